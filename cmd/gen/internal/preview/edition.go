package preview

import (
	"reflect"
	"strings"
)

// Edition is what is shown from one change to the next. It does not change once
// it is given to a server.
type Edition struct {
	Files    map[string]func() []byte // make the files of the site, by paths with slashes, when one is asked for; nil where there is none
	From     any                      // what they are made from: the files of two editions are the same where it is deeply equal
	Problems Problems                 // shown above every page, and alone where there is no site
}

// Problems are why what is shown is not made of the newest source. The zero value
// is none.
type Problems struct {
	Summary string // a sentence without its full stop
	Detail  string // lines of plain text; may be empty
}

// equal reports whether another edition shows the same.
func (e *Edition) equal(other *Edition) bool {
	return e.Problems == other.Problems && (e.Files == nil) == (other.Files == nil) && reflect.DeepEqual(e.From, other.From)
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
