package output

import (
	"fmt"
	"strings"
)

// Conflict is something that stands where output belongs.
type Conflict struct {
	Path   string // as the user would write it
	Reason string
}

// ConflictError says why nothing was written. It lists everything that is in the
// way.
type ConflictError struct {
	Conflicts []Conflict // at least one, in the order of the trees
}

// Error returns a line for each conflict.
func (e *ConflictError) Error() string {
	lines := make([]string, len(e.Conflicts))
	for i, c := range e.Conflicts {
		lines[i] = fmt.Sprintf("%s: %s", c.Path, c.Reason)
	}
	return strings.Join(lines, "\n")
}
