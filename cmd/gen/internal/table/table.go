// Package table is the decision table of an API as versioned data: all that
// classify.Catalog holds, as JSON, for interpreters in other languages.
// docs/table.md describes it.
package table

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/errkb/errkb/classify"
)

// Version is the version of the table. It rises with whatever an interpreter that
// does not know it would decide wrongly.
const Version = 2

// JSON returns a catalog as a table, always the same for the same catalog. Each
// row stands on its own line, so that a change of the spec shows as one.
func JSON(c *classify.Catalog) []byte { return File(c, "") }

// File returns a catalog as the table in a file, whose first member is a mark such
// as that of generated files. No mark is none.
func File(c *classify.Catalog, mark string) []byte {
	s := newShared(c)
	w := &writer{first: true}
	if mark != "" {
		w.member("generated", mark)
	}
	w.member("table", Version)
	w.member("api", c.Name)
	w.member("title", c.Title)
	if c.FoldCase {
		w.member("fold", true)
	}
	lines(w, "forms", c.Forms, newForm)
	lines(w, "delays", c.Delays, newDelay)
	lines(w, "request_id", c.RequestID, newPlace)
	lines(w, "field", c.Field, newPlace)
	lines(w, "secret", c.Secret, newPlace)
	lines(w, "operations", c.Endpoints, newOperation)
	lines(w, "policies", s.policies, newPolicy)
	lines(w, "overrides", c.Overrides, s.newOverride)
	lines(w, "codes", c.Codes, s.newRow)
	lines(w, "prefixes", c.Prefixes, s.newRow)
	lines(w, "statuses", c.Statuses, s.newRow)
	lines(w, "classes", c.Classes, s.newRow)
	lines(w, "transport", c.Transport, s.newRow)
	if c.Unknown != nil {
		w.member("unknown", s.newRow(*c.Unknown))
	}
	if c.Unrecognised != nil {
		w.member("unrecognised", s.newRow(*c.Unrecognised))
	}
	lines(w, "aliases", c.Aliases, func(a classify.Alias) [2]any { return [2]any{a.Text, a.Code - 1} })
	w.out.WriteString("\n}\n")
	return w.out.Bytes()
}

// writer writes the members of an object.
type writer struct {
	out   bytes.Buffer
	first bool
}

func (w *writer) member(key string, value any) {
	if w.first {
		w.out.WriteString("{\n  ")
	} else {
		w.out.WriteString(",\n  ")
	}
	w.first = false
	w.out.Write(encode(key))
	w.out.WriteString(": ")
	w.out.Write(encode(value))
}

// lines writes a list with each element on a line, and nothing for no element.
func lines[T, J any](w *writer, key string, values []T, shape func(T) J) {
	if len(values) == 0 {
		return
	}
	w.member(key, json.RawMessage("[]"))
	w.out.Truncate(w.out.Len() - 1)
	for i, value := range values {
		if i > 0 {
			w.out.WriteByte(',')
		}
		w.out.WriteString("\n    ")
		w.out.Write(encode(shape(value)))
	}
	w.out.WriteString("\n  ]")
}

// encode returns a value as JSON on one line. Text is not escaped for HTML.
func encode(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic("internal error: " + err.Error())
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// milliseconds is a duration as a number of milliseconds. Its text is exact to
// the nanosecond, and so is the number for all that is whole or shorter than fifty
// days.
type milliseconds time.Duration

// MarshalJSON writes no more digits than it needs.
func (m milliseconds) MarshalJSON() ([]byte, error) {
	return []byte(decimal(int64(m), int64(time.Millisecond))), nil
}
