// Package catalogjson is the JSON form of the resolved catalog, of a decision
// and of what a pasted text is. Other programs read it: members are added, but
// none is renamed, dropped or given another type. Every member is always there;
// a list without elements is [], and a text that the catalog does not have is "".
// Only what a part of the format brought that most catalogs do without (variants,
// overrides, an entry's own delay, wrapped) is there where the catalog has it.
package catalogjson

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// FileName is what the docs call the file that [File] returns.
const FileName = model.CatalogName

// Encode returns a value as indented JSON with a final newline, always the same
// for the same value. Text is not escaped for HTML. A value that is not JSON is a
// bug of the caller.
func Encode(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Sprintf("internal error: encode %T: %v", value, err))
	}
	return bytes.Clone(out.Bytes()) // without the room that the buffer still has
}

// milliseconds rounds to the nearest.
func milliseconds(d time.Duration) int64 { return d.Round(time.Millisecond).Milliseconds() }

// list returns the forms of values, never nil.
func list[T, J any](values []T, form func(T) J) []J {
	forms := make([]J, 0, len(values))
	for _, value := range values {
		forms = append(forms, form(value))
	}
	return forms
}

// texts returns the texts, never nil.
func texts(values []string) []string { return append([]string{}, values...) }
