//go:build !plan9

package classify

import "syscall"

// closedErrnos are the system's errors of a broken connection. The net package
// wraps them, but a dialler of one's own may not.
var closedErrnos = [...]error{syscall.ECONNREFUSED, syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE}
