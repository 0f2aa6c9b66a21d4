package site

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// What a site has thousands of, its entries and the frame of its pages, is written by Go
// code: html/template finds each value by reflection, which takes most of the time that a
// large site takes. All else is in templates/.

// writer is a page as it grows.
type writer struct{ bytes.Buffer }

// constant is markup that stands in the code. The type keeps texts that are put together
// at run time from being taken for markup: what comes from the catalog is a value.
type constant string

// put writes markup with a value for each %s in it, which stands between tags or in a
// quoted attribute: there, the same signs are to be escaped. Of all values, only those of
// the type [template.HTML] are markup.
func (w *writer) put(markup constant, values ...any) {
	rest := string(markup)
	for _, value := range values {
		before, after, found := strings.Cut(rest, "%s")
		if !found {
			panic("internal error: more values than places in " + string(markup))
		}
		w.WriteString(before)
		switch value := value.(type) {
		case template.HTML:
			w.WriteString(string(value))
		case string:
			w.WriteString(template.HTMLEscapeString(value))
		default:
			w.WriteString(template.HTMLEscapeString(fmt.Sprint(value)))
		}
		rest = after
	}
	if strings.Contains(rest, "%s") {
		panic("internal error: fewer values than places in " + string(markup))
	}
	w.WriteString(rest)
}

// written returns what a function writes.
func written(write func(w *writer)) template.HTML {
	w := buffers.Get().(*writer)
	defer buffers.Put(w)
	w.Reset()
	write(w)
	return template.HTML(w.String())
}

// visible returns what a function writes, in which what has no visible form, or turns the
// direction of what follows, is a replacement character.
func visible(write func(w *writer)) string { return model.Visible(string(written(write))) }
