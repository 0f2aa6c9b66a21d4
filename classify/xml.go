package classify

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// element is an XML element, or an attribute, whose name starts with @. Namespaces are
// ignored.
type element struct {
	name       string
	text       []byte
	attributes []*element
	children   []*element
}

// parseXML reads a whole XML document, or the start of one that is cut, in which the
// elements that are open have no text. It returns nil for anything else.
func parseXML(body []byte, cut bool) *element {
	if len(body) == 0 || body[0] != '<' {
		return nil
	}
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.CharsetReader = latin1
	document := new(element)
	open := []*element{document}
	for {
		token, err := decoder.Token()
		if err != nil {
			if errors.Is(err, io.EOF) && len(document.children) == 1 && len(bytes.TrimSpace(document.text)) == 0 {
				return document
			}
			if cut && isUnexpectedEnd(err) && len(document.children) == 1 {
				for _, e := range open {
					e.text = nil
				}
				return document
			}
			return nil
		}
		parent := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			child := &element{name: token.Name.Local}
			for _, a := range token.Attr {
				child.attributes = append(child.attributes, &element{name: "@" + a.Name.Local, text: []byte(a.Value)})
			}
			parent.children = append(parent.children, child)
			open = append(open, child)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			parent.text = append(parent.text, token...)
		}
	}
}

func isUnexpectedEnd(err error) bool {
	bad, ok := errors.AsType[*xml.SyntaxError](err)
	return ok && strings.HasPrefix(bad.Msg, "unexpected EOF") // also in CDATA
}

// at returns the first element at a place below e, or nil.
func (e *element) at(place Path) *element {
	var room [1]*element
	if found := e.all(place, room[:0]); len(found) > 0 {
		return found[0]
	}
	return nil
}

// all appends the elements at a place below e to those that were found before, as long as
// there is room.
func (e *element) all(place Path, found []*element) []*element {
	if len(place) == 0 {
		return append(found, e)
	}
	below := e.children
	if strings.HasPrefix(place[0], "@") {
		below = e.attributes
	}
	for _, child := range below {
		if len(found) < cap(found) && (place[0] == "*" || place[0] == child.name) {
			found = child.all(place[1:], found)
		}
	}
	return found
}

// latin1 reads the bytes of a document in a single-byte encoding as ISO 8859-1:
// codes are ASCII in all of them.
func latin1(_ string, input io.Reader) (io.Reader, error) {
	raw, err := io.ReadAll(input)
	if err != nil {
		return nil, err
	}
	runes := make([]rune, len(raw))
	for i, b := range raw {
		runes[i] = rune(b)
	}
	return bytes.NewReader([]byte(string(runes))), nil
}
