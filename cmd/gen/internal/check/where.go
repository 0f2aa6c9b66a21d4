package check

import (
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// Where finds the places of parts of a spec that has no error, for who finds that an output
// can't be made of them.
type Where struct{ c *checker }

// NewWhere reads a spec for its places.
func NewWhere(files []Source) Where {
	c, _ := open(files)
	return Where{c}
}

// Form returns the place of one of an API's reply forms.
func (w Where) Form(api string, i int) diag.Place {
	written := w.api(api)
	a := &apiChecker{checker: w.c, written: written}
	for j := range written.Value.Reply.Value {
		for _, f := range a.formsOf(&written.Value.Reply.Value[j].Value) {
			if i--; i < 0 {
				return f.Key
			}
		}
	}
	return written.Key
}

// Code returns the place of one of an API's codes, by its key.
func (w Where) Code(api, code string) diag.Place {
	written := w.api(api)
	for pair := range written.Value.Codes.Value.Good() {
		if pair.Name == code {
			return pair.Key
		}
	}
	return written.Key
}

func (w Where) api(name string) *format.Field[format.API] {
	for pair := range w.c.spec.APIs.Value.Good() {
		if pair.Name == name {
			return &pair.Field
		}
	}
	panic("internal error: the spec has no API " + name)
}
