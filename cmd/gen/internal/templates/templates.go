// Package templates writes what users want from their catalog and the generator does not
// make: by templates of text/template, which get the catalog in the JSON form of the
// command list. A template reads nothing else and runs nothing, so that what it writes
// depends on the catalog and on its text alone.
package templates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

const (
	extension = ".tmpl"
	perAPI    = "{api}" // in a name: the file is made for each API
	partial   = "_"     // before a name: the template is only for others
)

// Error is what is wrong with a template, with its name and mostly its line.
type Error struct{ Reason string }

func (e *Error) Error() string { return e.Reason }

// brokenBy is what package template says of a template.
func brokenBy(err error) error { return &Error{strings.TrimPrefix(err.Error(), "template: ")} }

// maxSize is how many bytes a file may have.
const maxSize = 64 << 20

// Set is the templates of a directory.
type Set struct {
	Sources map[string]string // by slash-separated path
	all     *template.Template
}

// Read reads the templates of a directory and of those below it. Whatever else is there is
// left alone.
func Read(dir fs.FS) (*Set, error) {
	s := &Set{Sources: make(map[string]string), all: template.New("").Option("missingkey=error").Funcs(functions(""))}
	err := fs.WalkDir(dir, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case path.Ext(name) != extension || !entry.Type().IsRegular():
			return nil
		}
		source, err := fs.ReadFile(dir, name)
		s.Sources[name] = string(source)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(s.Sources)) {
		if _, err := s.all.New(name).Parse(s.Sources[name]); err != nil {
			return nil, brokenBy(err)
		}
	}
	if !slices.ContainsFunc(slices.Collect(maps.Keys(s.Sources)), makesFile) {
		return nil, fmt.Errorf("no template whose name ends in %s", extension)
	}
	return s, nil
}

// makesFile reports whether a template is not only for others.
func makesFile(name string) bool { return !strings.HasPrefix(path.Base(name), partial) }

// Files returns what the templates make of a catalog, which is the JSON of the command list,
// by slash-separated path. Each file has to have the mark in one of its first lines, by which
// the generator knows it again.
func (s *Set) Files(list []byte, mark string) (map[string][]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(list))
	decoder.UseNumber()
	var catalog map[string]any
	if err := decoder.Decode(&catalog); err != nil {
		return nil, err
	}
	numbers(catalog)
	s.all.Funcs(functions(mark))
	files := make(map[string][]byte)
	for _, name := range slices.Sorted(maps.Keys(s.Sources)) {
		file := strings.TrimSuffix(name, extension)
		switch {
		case !makesFile(name):
			continue
		case !strings.Contains(file, perAPI):
			if err := s.file(files, name, file, catalog, mark); err != nil {
				return nil, err
			}
			continue
		}
		for _, api := range catalog["apis"].([]any) {
			api := maps.Clone(api.(map[string]any))
			api["catalog"] = catalog
			if err := s.file(files, name, strings.ReplaceAll(file, perAPI, api["name"].(string)), api, mark); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

// file makes one file by a template.
func (s *Set) file(files map[string][]byte, name, file string, data any, mark string) error {
	out := limited{size: maxSize}
	if err := s.all.ExecuteTemplate(&out, name, data); err != nil {
		return brokenBy(err)
	}
	switch _, twice := files[file]; {
	case twice:
		return &Error{fmt.Sprintf("%s: another template makes %s as well", name, file)}
	case !output.IsMarked(out.text.Bytes(), mark):
		return &Error{fmt.Sprintf("%s: %s is without the mark; write {{mark}} as a comment on a separate line, one of the first ten", name, file)}
	}
	files[file] = out.text.Bytes()
	return nil
}

// limited is a buffer that takes no more than so many bytes.
type limited struct {
	text bytes.Buffer
	size int
}

func (l *limited) Write(text []byte) (int, error) {
	if l.text.Len()+len(text) > l.size {
		return 0, fmt.Errorf("the file has more than %d MiB", l.size>>20)
	}
	return l.text.Write(text)
}

// numbers makes the numbers of JSON those that templates compare: whole ones int, others
// float64.
func numbers(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			value[key] = numbers(inner)
		}
	case []any:
		for i, inner := range value {
			value[i] = numbers(inner)
		}
	case json.Number:
		if whole, err := strconv.Atoi(value.String()); err == nil {
			return whole
		}
		fraction, _ := value.Float64()
		return fraction
	}
	return value
}

// functions are what templates can call beside what all templates can.
func functions(mark string) template.FuncMap {
	return template.FuncMap{
		"mark":    func() string { return mark },
		"json":    encode,
		"join":    join,
		"lower":   strings.ToLower,
		"upper":   strings.ToUpper,
		"replace": func(old, with, text string) string { return strings.ReplaceAll(text, old, with) },
		"indent": func(by int, text string) (string, error) {
			if by < 0 || by > 100 {
				return "", fmt.Errorf("%d is not a number of spaces from 0 to 100", by)
			}
			return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", by)), nil
		},
	}
}

// encode returns a value as JSON on one line.
func encode(value any) (string, error) {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return strings.TrimSuffix(out.String(), "\n"), err
}

// join joins the texts or numbers of a list.
func join(separator string, list []any) string {
	texts := make([]string, len(list))
	for i, item := range list {
		texts[i] = fmt.Sprint(item)
	}
	return strings.Join(texts, separator)
}
