package output

import (
	"fmt"
	"strings"
)

// Conflict is something that stands where output belongs, or can't be read.
type Conflict struct {
	Path   string // as the user would write it
	Reason string
}

func lines(conflicts []Conflict) string {
	lines := make([]string, len(conflicts))
	for i, c := range conflicts {
		lines[i] = c.Path + ": " + c.Reason
	}
	return strings.Join(lines, "\n")
}

// ConflictError says why nothing was written. It lists everything that is in the
// way.
type ConflictError struct {
	Conflicts []Conflict // at least one, in the order of the trees
	Begun     bool       // it got in the way of a run that had put other files in their places
}

// Error returns a line for each conflict.
func (e *ConflictError) Error() string { return lines(e.Conflicts) }

func conflict(at, reason string) *ConflictError {
	return &ConflictError{Conflicts: []Conflict{{at, reason}}}
}

// UnreadError lists what can't be read, and so may be output that is stale or no longer
// made.
type UnreadError struct {
	Unread []Conflict // at least one, in the order of the trees
}

// Error returns a line for each path.
func (e *UnreadError) Error() string { return lines(e.Unread) }

// RemovalError says why nothing was written: more than half of the files in a directory
// would go, as after a spec was cut off.
type RemovalError struct {
	Losses []Loss // at least one, in the order of the trees
}

// Loss is how few files of a directory would be left.
type Loss struct {
	Root        string // the directory, as the user names it
	Before, Now int    // how many files of the spec it has, and would have
}

// Error returns a line for each directory.
func (e *RemovalError) Error() string {
	lines := make([]string, len(e.Losses))
	for i, l := range e.Losses {
		lines[i] = fmt.Sprintf("%s: %d of %d files would be left", l.Root, l.Now, l.Before)
	}
	return strings.Join(lines, "\n")
}

// losses returns the trees that would lose more than half of their files. What is renamed
// is not lost: as many files are made as are removed.
func (p *plan) losses() (losses []Loss) {
	for _, t := range p.trees {
		before := len(t.orphans) + len(t.files) - t.missing()
		if now := len(t.files); 2*now < before && !t.AllowRemoval {
			losses = append(losses, Loss{t.Root, before, now})
		}
	}
	return losses
}
