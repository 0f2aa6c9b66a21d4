// Package b imports no generated package.
package b

import "github.com/errkb/errkb/classify"

// IsZero compares a code of an API that has no constants here.
func IsZero(d classify.Decision) bool { return d.Code == "ERROR_ZERO_BALANCE" }
