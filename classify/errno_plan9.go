package classify

// closedErrnos is empty: Plan 9 has texts in place of numbers.
var closedErrnos [0]error
