package classify

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// tree is an XML document. Namespaces are ignored.
type tree struct {
	of     []byte // the body that was read last
	ofCut  bool   // it was the start of one
	source []byte // in which names and texts stand
	nodes  int    // how many there are, in the order of the document, which is itself the first

	few  [48]element // the nodes, where there is room
	many []element   // the nodes otherwise
}

// node returns the node with a number.
func (t *tree) node(at int32) *element {
	if t.many != nil {
		return &t.many[at]
	}
	return &t.few[at]
}

// hasRoom reports whether one more node fits without the heap.
func (t *tree) hasRoom() bool { return t.nodes < len(t.few) }

// element is an XML element, or an attribute.
type element struct {
	name      span // without a namespace, and of an attribute without the @
	text      span
	escaped   bool // there are references in the text
	attribute bool
	first     int32 // of what is in it, attributes before elements; 0 for nothing
	next      int32 // behind it in the same element; 0 for nothing
	last      int32 // of what is in it, while the document is read
}

// read reads a whole XML document, or the start of one that is cut, in which the
// elements that are open have no text. It reports whether the body is one, which has to
// start with a bracket.
func (t *tree) read(body []byte, cut bool) bool {
	if len(t.of) != len(body) || &t.of[0] != &body[0] || t.ofCut != cut {
		t.of, t.ofCut = body, cut
		if cut || !t.scan(body) {
			t.decode(body, cut)
		}
	}
	return t.nodes > 0
}

// add adds a node to what is in another.
func (t *tree) add(in int32, node element) int32 {
	at := int32(t.nodes)
	t.nodes++
	if t.many != nil {
		t.many = append(t.many, node)
	} else {
		t.few[at] = node
	}
	around := t.node(in)
	if around.last > 0 {
		t.node(around.last).next = at
	} else {
		around.first = at
	}
	around.last = at
	return at
}

// keep puts a text into the source.
func (t *tree) keep(text []byte) span {
	start := uint32(len(t.source))
	t.source = append(t.source, text...)
	return span{start, uint32(len(t.source))}
}

// decode reads what scan does not: it allocates.
func (t *tree) decode(body []byte, cut bool) {
	t.nodes, t.many, t.source = 1, []element{{}}, nil
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.CharsetReader = latin1
	open := []int32{0}
	texts := [][]byte{nil} // of what is open
	roots := func() int {
		n := 0
		for i := t.node(0).first; i > 0; i = t.node(i).next {
			n++
		}
		return n
	}
	for {
		token, err := decoder.Token()
		if err != nil {
			whole := errors.Is(err, io.EOF) && len(bytes.TrimSpace(texts[0])) == 0
			if roots() != 1 || !whole && !(cut && isUnexpectedEnd(err)) {
				t.nodes = 0
			}
			return
		}
		inner := len(open) - 1
		switch token := token.(type) {
		case xml.StartElement:
			at := t.add(open[inner], element{name: t.keep([]byte(token.Name.Local))})
			for _, a := range token.Attr {
				t.add(at, element{name: t.keep([]byte(a.Name.Local)), text: t.keep([]byte(a.Value)), attribute: true})
			}
			open, texts = append(open, at), append(texts, nil)
		case xml.EndElement:
			t.node(open[inner]).text = t.keep(texts[inner])
			open, texts = open[:inner], texts[:inner]
		case xml.CharData:
			texts[inner] = append(texts[inner], token...)
		}
	}
}

func isUnexpectedEnd(err error) bool {
	bad, ok := errors.AsType[*xml.SyntaxError](err)
	return ok && strings.HasPrefix(bad.Msg, "unexpected EOF") // also in CDATA
}

// nth returns the node at a place before which n others are, and 0 for none.
func (t *tree) nth(place Path, n int) int32 {
	found, _ := t.find(0, place, n)
	return found
}

// count returns how many nodes are at a place, most at most.
func (t *tree) count(place Path, most int) int {
	_, missing := t.find(0, place, most)
	return most - missing
}

// find looks in a node for the one at a place before which n others are. If there are not
// so many, it returns how many are missing.
func (t *tree) find(in int32, place Path, n int) (found int32, missing int) {
	if len(place) == 0 {
		if n == 0 {
			return in, 0
		}
		return 0, n - 1
	}
	name, attribute := strings.CutPrefix(place[0], "@")
	for i := t.node(in).first; i > 0; {
		node, this := t.node(i), i
		i = node.next
		if node.attribute != attribute || place[0] != "*" && string(t.source[node.name.start:node.name.end]) != name {
			continue
		}
		if found, n = t.find(this, place[1:], n); found > 0 {
			return found, 0
		}
	}
	return 0, n
}

// text returns the text of a node without the space around it, in scratch if it has to be
// unescaped.
func (t *tree) text(at int32, scratch []byte) []byte {
	node := t.node(at)
	text := trimSpace(t.source[node.text.start:node.text.end])
	if node.escaped {
		return unescapeXML(scratch[:0], text)
	}
	return text
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
