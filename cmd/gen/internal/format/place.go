package format

import (
	"strings"
	"unicode"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// BodyPlace is a place in a body. The form that it stands in says how it is read.
type BodyPlace string

// In reads the place in a form of XML, or else of JSON. If it is not written as
// one, path is nil, and the rest says what is wanted.
func (p BodyPlace) In(s classify.Syntax) (path classify.Path, want, hint string) {
	text := string(p)
	if s == classify.XML {
		path, _ = parseElements(text)
		return path, scalars["element path"].Expect, elementsHint(text)
	}
	path, _ = parsePointer(text)
	return path, scalars["pointer"].Expect, pointerHint(text)
}

// parsePointer splits a JSON Pointer (RFC 6901) into its reference tokens.
func parsePointer(text string) (classify.Path, bool) {
	rest, ok := strings.CutPrefix(text, "/")
	if !ok {
		return nil, false
	}
	path := strings.Split(rest, "/")
	for i, token := range path {
		if strings.Contains(strings.NewReplacer("~0", "", "~1", "").Replace(token), "~") {
			return nil, false
		}
		path[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(token)
	}
	return path, true
}

// pointerHint guesses what was meant by something that is not a pointer.
func pointerHint(text string) string {
	path := strings.Trim(strings.NewReplacer(".", "/", "[", "/", "]", "", "//", "/").Replace(text), "$#/")
	if guess := "/" + path; path != "" && !strings.HasPrefix(text, "/") {
		return diag.Meant(guess)
	}
	return "~0 and ~1 stand for ~ and / in a name"
}

// parseElements splits a path of XML elements into their names. The last may be that of
// an attribute, with @ before it.
func parseElements(text string) (classify.Path, bool) {
	rest, ok := strings.CutPrefix(text, "/")
	if !ok {
		return nil, false
	}
	path := strings.Split(rest, "/")
	for i, name := range path {
		attribute, ok := strings.CutPrefix(name, "@")
		if ok && i > 0 && i == len(path)-1 && isElement(attribute) {
			continue
		}
		if name != "*" && !isElement(name) {
			return nil, false
		}
	}
	return path, true
}

// isElement reports whether an XML element can have a name, without a prefix.
func isElement(name string) bool {
	for i, r := range name {
		starts := unicode.IsLetter(r) || r == '_'
		if !starts && (i == 0 || !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '-' && r != '.' && r != '·') {
			return false
		}
	}
	return name != ""
}

func elementsHint(text string) string {
	switch {
	case strings.Contains(text, ":"):
		return "namespaces are ignored: write names without their prefix"
	case !strings.HasPrefix(text, "/"):
		return pointerHint(text)
	}
	return "names of elements between slashes, or * for any; an attribute at the end has @ before it"
}
