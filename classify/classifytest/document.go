package classifytest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strconv"

	"github.com/errkb/errkb/classify"
)

// tree is a document that is filled place by place.
type tree interface {
	// put sets the value at a place, and reports whether there is room for it.
	put(place classify.Path, value any) bool
	bytes() ([]byte, bool)
}

func textOf(value any) string { return fmt.Sprint(value) }

// jsonTree is a JSON document.
type jsonTree struct{ root any }

func (t *jsonTree) put(place classify.Path, value any) bool {
	root, ok := put(t.root, place, value)
	if ok {
		t.root = root
	}
	return ok
}

func (t *jsonTree) bytes() ([]byte, bool) {
	body, err := json.Marshal(t.root)
	return body, err == nil
}

// put returns a value with another at a place in it. An array is made for a * and
// for an index; any other token is the name of an object's member.
func put(in any, place classify.Path, value any) (any, bool) {
	if len(place) == 0 {
		return value, in == nil
	}
	if i, ok := index(place[0]); ok {
		list, ok := in.([]any)
		if !ok && in != nil {
			return in, false
		}
		for len(list) <= i {
			list = append(list, nil)
		}
		element, ok := put(list[i], place[1:], value)
		if !ok {
			return in, false
		}
		list[i] = element
		return list, true
	}
	object, ok := in.(map[string]any)
	if !ok && in != nil {
		return in, false
	}
	member, ok := put(object[place[0]], place[1:], value)
	if !ok {
		return in, false
	}
	if object == nil {
		object = make(map[string]any)
	}
	object[place[0]] = member
	return object, true
}

// index returns the array index that a reference token stands for. One that would
// need a long array is taken for a name.
func index(token string) (int, bool) {
	if token == "*" {
		return 0, true
	}
	i, err := strconv.Atoi(token)
	return i, err == nil && 0 <= i && i < 10 && strconv.Itoa(i) == token
}

// withMember returns a JSON body with a number at a place, and reports whether it
// has room for it.
func withMember(body []byte, place classify.Path, number string) ([]byte, bool) {
	var doc jsonTree
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&doc.root) != nil || !doc.put(place, json.Number(number)) {
		return nil, false
	}
	return doc.bytes()
}

// xmlTree is an XML document, as the element that holds its root.
type xmlTree struct {
	name     string
	text     string
	children []*xmlTree
	full     bool // has a text, and so no children
}

func (t *xmlTree) put(place classify.Path, value any) bool {
	if len(place) == 0 {
		if t.full || len(t.children) > 0 {
			return false
		}
		t.text, t.full = textOf(value), true
		return true
	}
	if t.full {
		return false
	}
	for _, child := range t.children {
		if place[0] == "*" || place[0] == child.name {
			return child.put(place[1:], value)
		}
	}
	if t.name == "" && len(t.children) > 0 {
		return false // a document has one root
	}
	child := &xmlTree{name: place[0]}
	if place[0] == "*" {
		child.name = "Response"
	}
	if !child.put(place[1:], value) {
		return false
	}
	t.children = append(t.children, child)
	return true
}

func (t *xmlTree) bytes() ([]byte, bool) {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	for _, child := range t.children {
		child.write(&out)
	}
	return out.Bytes(), len(t.children) == 1
}

func (t *xmlTree) write(out *bytes.Buffer) {
	out.WriteString("<" + t.name + ">")
	xml.EscapeText(out, []byte(t.text))
	for _, child := range t.children {
		child.write(out)
	}
	out.WriteString("</" + t.name + ">")
}
