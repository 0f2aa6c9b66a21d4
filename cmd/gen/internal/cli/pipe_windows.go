package cli

import "syscall"

// readerGone are the system's errors of a write to a pipe that nobody reads from any more:
// package syscall has no name for ERROR_NO_DATA.
var readerGone = [...]error{syscall.ERROR_BROKEN_PIPE, syscall.Errno(232)}
