// Package pattern compiles regular expressions when they are first asked for: the command
// has a hundred of them, and most runs need a few.
package pattern

import (
	"regexp"
	"sync"
)

// Of returns a function that returns a regular expression. A mistake in it panics there.
func Of(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
