package cli

// readerGone is empty: Plan 9 has texts in place of numbers.
var readerGone [0]error
