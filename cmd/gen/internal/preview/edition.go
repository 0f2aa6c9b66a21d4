package preview

import (
	"bytes"
	"maps"
	"strings"
)

// Edition is what is shown from one change to the next. It does not change once
// it is given to a server.
type Edition struct {
	Files    map[string][]byte // the site, by paths with slashes; nil where there is none
	Problems Problems          // shown above every page, and alone where there is no site
}

// Problems are why what is shown is not made of the newest source. The zero value
// is none.
type Problems struct {
	Summary string // a sentence without its full stop
	Detail  string // lines of plain text; may be empty
}

// equal reports whether another edition shows the same.
func (e *Edition) equal(other *Edition) bool {
	return e.Problems == other.Problems && maps.EqualFunc(e.Files, other.Files, bytes.Equal)
}

// find returns the file that a path stands for: itself, the page without its
// extension, or the first page of a directory.
func (e *Edition) find(asked string) (name string, ok bool) {
	candidates := []string{asked, asked + ".html"}
	if asked == "" || strings.HasSuffix(asked, "/") {
		candidates = []string{asked + "index.html"}
	}
	for _, name := range candidates {
		if _, ok := e.Files[name]; ok {
			return name, true
		}
	}
	return "", false
}
