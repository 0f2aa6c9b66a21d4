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

// nth returns the element at a place below e before which n others are, or nil.
func (e *element) nth(place Path, n int) *element {
	found, _ := e.find(place, n)
	return found
}

// count returns how many elements are at a place below e, most at most.
func (e *element) count(place Path, most int) int {
	_, missing := e.find(place, most)
	return most - missing
}

// find looks for the element at a place before which n others are. If there are not so
// many, it returns how many are missing.
func (e *element) find(place Path, n int) (found *element, missing int) {
	if len(place) == 0 {
		if n == 0 {
			return e, 0
		}
		return nil, n - 1
	}
	below := e.children
	if strings.HasPrefix(place[0], "@") {
		below = e.attributes
	}
	for _, child := range below {
		if place[0] == "*" || place[0] == child.name {
			if found, n = child.find(place[1:], n); found != nil {
				return found, 0
			}
		}
	}
	return nil, n
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
