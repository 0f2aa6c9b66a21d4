package cli

import (
	"bytes"
	"maps"
	"path/filepath"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// edition is what serve shows from one change of the spec to the next. It does
// not change.
type edition struct {
	version  string
	files    map[string][]byte // nil where the spec had errors from the start
	problems *problems         // nil for none
	replaced chan struct{}     // closed when another edition follows
}

// problems are why a spec has no site.
type problems struct {
	Summary string
	Detail  string // with their places; may be empty
}

// edition makes the site of a file's content and prints what is wrong with it. If
// anything is, the site stays what it was in the edition before.
func (s *session) edition(file *watcher, before *edition) *edition {
	e := &edition{}
	if before != nil {
		e.files = before.files
	}
	if file.now.err != nil {
		e.problems = &problems{Summary: unreadable("spec", file.now.err).Error()}
		s.report(nil, foundf("%s", e.problems.Summary+e.consequence()))
		return e
	}
	src := source{name: file.name, mark: filepath.Base(file.name), content: file.now.content}
	c, found := check.Load(src.name, src.content)
	s.warn(src, found)
	if diag.HasErrors(found) {
		e.problems = &problems{Summary: src.name + " has " + count(found), Detail: src.text(found, false)}
		s.report(nil, foundf("%s", e.problems.Summary+e.consequence()))
		return e
	}
	e.files = siteFiles(c, origin(src.mark, c.Title))
	if before != nil {
		s.messagef("%s has changed: made %s", diag.Visible(src.name), plural(len(e.files), "file"))
	}
	return e
}

// consequence says what is shown of a spec with problems.
func (e *edition) consequence() string {
	if e.files == nil {
		return "; there is no site until it is mended"
	}
	return "; the site stays as it was"
}

// equal reports whether another edition shows the same.
func (e *edition) equal(other *edition) bool {
	if (e.problems == nil) != (other.problems == nil) || e.problems != nil && *e.problems != *other.problems {
		return false
	}
	return maps.EqualFunc(e.files, other.files, bytes.Equal)
}
