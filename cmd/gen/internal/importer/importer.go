// Package importer makes a first spec of what a team already has: a description of the API, a
// table of its errors, replies that were captured, or code.
//
// Each kind of source has a file that reads it into a draft, the one form that they have in
// common; the draft is written as YAML, and then checked like any spec. What a source does not
// say is written as TODO(author), what was inferred has its evidence beside it in a comment, and
// what no spec can hold is left out and told.
package importer

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// File is a file as it was read. Its name is for places and evidence.
type File struct {
	Name    string
	Content []byte
}

// Options are what the author says about the files.
type Options struct {
	From Kind   // "" if the content tells
	API  string // the name of the API; "" for one that is made from what the files say
}

// Result is a first spec.
type Result struct {
	Spec    []byte
	Kind    Kind     // what the files were read as
	API     string   // its name
	Codes   int      // how many it has
	ToDo    int      // how many TODO(author) it has
	LeftOut []string // what was not taken over, and why
}

// Fault is what is wrong with a file, at its place if that is known.
type Fault struct {
	diag.Place
	Message string
}

func (f *Fault) Error() string {
	switch {
	case f.Line == 0:
		return f.File + ": " + f.Message
	case f.Column == 0:
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)
}

func faultf(at diag.Place, message string, args ...any) *Fault {
	return &Fault{at, fmt.Sprintf(message, args...)}
}

// reader is how a kind of source is read: whether it may be one, and what it says.
type reader struct {
	kind Kind
	is   func(File) bool
	read func([]File) (*draft, error)
}

// Kind is a kind of source.
type Kind string

// readers are in the order in which content is tried: what is told more easily comes first.
var readers = []reader{
	{"proto", isProto, readProto},
	{"openapi", isOpenAPI, readOpenAPI},
	{"botocore", isBotocore, readBotocore},
	{"har", isHAR, readHAR},
	{"replies", isReplies, readReplies},
	{"go", isGo, readGo},
	{"csv", isCSV, readCSV},
	{"markdown", isMarkdown, readMarkdown},
}

// Kinds lists the kinds of sources.
func Kinds() []Kind {
	var all []Kind
	for _, r := range readers {
		all = append(all, r.kind)
	}
	return all
}

// Import makes a spec of files of one kind. An error is a [Fault] of a file.
func Import(files []File, o Options) (*Result, error) {
	r, err := readerOf(files, o.From)
	if err != nil {
		return nil, err
	}
	d, err := r.read(files)
	if err != nil {
		return nil, err
	}
	d.api = o.API
	if d.api == "" {
		d.api = apiName(d.title, base(files[0].Name))
	}
	for _, f := range files {
		d.sources = append(d.sources, path.Base(filepath.ToSlash(f.Name)))
	}
	d.complete()
	return d.settle(r.kind)
}

// readerOf returns the reader of a kind, or that of what the files hold.
func readerOf(files []File, from Kind) (*reader, error) {
	var found *reader
	for i := range readers {
		if readers[i].kind == from {
			return &readers[i], nil
		}
	}
	var first, untold string // the files that say what the others are, and of which nothing tells it
	for _, f := range files {
		switch of := guessed(f); {
		case of == nil:
			untold = f.Name
		case found == nil:
			found, first = of, f.Name
		case found != of:
			return nil, faultf(diag.Place{File: f.Name}, "it is of the kind %s, but %s is of the kind %s; import them one by one, or say what they are with --from", of.kind, first, found.kind)
		}
	}
	if found == nil || untold != "" && found.kind != "openapi" { // a part of a document does not say that it is one
		return nil, faultf(diag.Place{File: untold}, "nothing in it tells what it is; say so with --from")
	}
	return found, nil
}

func guessed(f File) *reader {
	for i := range readers {
		if readers[i].is(f) {
			return &readers[i]
		}
	}
	return nil
}

// base is the name of a file without its folder and its ending.
func base(name string) string {
	name = path.Base(filepath.ToSlash(name))
	return strings.TrimSuffix(name, path.Ext(name))
}

// settle writes a draft, and leaves out what check refuses until it refuses nothing more.
func (d *draft) settle(kind Kind) (*Result, error) {
	result := &Result{Kind: kind, API: d.api, LeftOut: d.leftOut}
	for range maxRounds {
		w := newWriter()
		w.draft(d)
		result.Spec = w.bytes()
		_, problems := check.Load("errors.yaml", result.Spec)
		result.ToDo = bytes.Count(result.Spec, []byte(model.ToDo))
		again := false
		for _, p := range problems {
			if p.Rule == check.RuleToDo {
				continue
			}
			if part := w.partAt(p.Line); part != nil && part.leaveOut(p.Rule) {
				result.LeftOut = append(result.LeftOut, part.what+": "+p.Message)
				again = true
			}
		}
		if !again {
			break
		}
	}
	result.Codes = len(d.codes)
	return result, nil
}

// maxRounds is how often a draft is checked: what is left out can make something else useless.
const maxRounds = 8
