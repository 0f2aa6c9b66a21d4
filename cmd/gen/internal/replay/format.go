package replay

import (
	"bytes"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// Format is how an input is written.
type Format string

// The formats.
const (
	Auto   Format = ""       // as its first lines show
	Lines  Format = "jsonl"  // a JSON object a line
	JSON   Format = "json"   // JSON over several lines: an HTTP archive (HAR), a list, or one object after another
	Access Format = "access" // an access log in the common or the combined format
	Text   Format = "text"   // lines of text
)

// Formats lists the formats that an input can be told to have.
func Formats() []Format { return []Format{Lines, JSON, Access, Text} }

// isArchive is how an HTTP archive starts.
var isArchive = pattern.Of(`^\s*\{\s*"log"\s*:\s*\{`)

// formatOf tells the format of an input by its start.
func formatOf(start []byte) Format {
	text := bytes.TrimSpace(start)
	switch {
	case len(text) == 0:
		return Text
	case text[0] == '[':
		return listOrText(text)
	case isArchive().Match(text):
		return JSON
	case text[0] == '{':
		return linesOrDocument(text)
	}
	if line, _, _ := bytes.Cut(text, []byte("\n")); isAccess(line) {
		return Access
	}
	return Text
}

// listOrText tells a list from a line such as "[2026-11-30] request failed".
func listOrText(text []byte) Format {
	if c := at(text, space(text, 1)); c == '{' || c == ']' {
		return JSON
	}
	return Text
}

// linesOrDocument tells whether objects have a line each, of which the first may be broken.
func linesOrDocument(text []byte) Format {
	whole, _, more := bytes.Cut(text, []byte("\n"))
	if !more && len(text) > headSize/2 {
		return Lines
	}
	var s scanner
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 2 && s.read(line, &node{}) {
			return Lines
		}
	}
	if len(bytes.TrimSpace(whole)) > 1 && bytes.Count(text, []byte("\n{")) > 1 {
		return Lines // all of which are broken
	}
	if !more {
		return Lines
	}
	return JSON
}
