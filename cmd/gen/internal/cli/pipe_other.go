//go:build !windows && !plan9

package cli

import "syscall"

// readerGone are the system's errors of a write to a pipe that nobody reads from any more.
var readerGone = [...]error{syscall.EPIPE}
