package classify

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// scan reads a document of the kind that APIs write: elements and attributes with plain
// names, text in UTF-8, and no references but those for < > & " and '. It takes nothing
// that encoding/xml does not, and says the same of it, but allocates nothing. It reports
// false where it can't tell, or has no room.
func (t *tree) scan(body []byte) bool {
	t.nodes, t.many, t.source = 1, nil, body
	t.few[0] = element{}
	x := xmlScan{tree: t, body: body, i: declaration(body)}
	return x.read()
}

// declaration returns the length of an XML declaration of the usual kind, and 0 for any other.
func declaration(body []byte) int {
	rest, ok := bytes.CutPrefix(body, []byte(`<?xml version="1.0"`))
	if !ok {
		return 0
	}
	for _, part := range [...]string{` encoding="UTF-8"`, ` encoding="utf-8"`, ` standalone="yes"`} {
		rest = bytes.TrimPrefix(rest, []byte(part))
	}
	if rest, ok = bytes.CutPrefix(rest, []byte("?>")); !ok {
		return 0
	}
	return len(body) - len(rest)
}

// xmlScan is a document that is being read. The way to the element that is open is in the
// tree: while it is open, its next is the element around it.
type xmlScan struct {
	tree *tree
	body []byte
	i    int   // what is read next
	open int32 // the innermost element that is open; 0 for the document
}

func (x *xmlScan) read() bool {
	for x.i < len(x.body) {
		start := x.i
		n := bytes.IndexByte(x.body[start:], '<')
		if n < 0 {
			n = len(x.body) - start
		}
		if x.i += n; n > 0 && !x.text(span{uint32(start), uint32(x.i)}) {
			return false
		}
		if x.i == len(x.body) {
			break
		}
		x.i++ // the bracket
		if x.i < len(x.body) && x.body[x.i] == '/' {
			if !x.end() {
				return false
			}
		} else if !x.start() {
			return false
		}
	}
	root := x.tree.few[0].first
	return x.open == 0 && root > 0 && x.tree.few[root].next == 0
}

// text takes a text for that of the element that is open. One of two parts, as around
// another element, is left to encoding/xml, and so is one outside of the root.
func (x *xmlScan) text(at span) bool {
	text := trimSpace(x.body[at.start:at.end])
	if len(text) == 0 {
		return plainXML(x.body[at.start:at.end])
	}
	node := &x.tree.few[x.open]
	if x.open == 0 || node.text.end > 0 || !plainXML(x.body[at.start:at.end]) {
		return false
	}
	node.text = at
	node.escaped = bytes.IndexByte(text, '&') >= 0
	return true
}

// start reads a tag that opens an element, behind its bracket.
func (x *xmlScan) start() bool {
	t := x.tree
	name, ok := x.name()
	if !ok || !t.hasRoom() {
		return false
	}
	at := t.add(x.open, element{name: local(x.body, name)})
	for {
		spaced := x.space()
		if x.i >= len(x.body) {
			return false
		}
		switch x.body[x.i] {
		case '>':
			x.i++
			t.few[at].next, x.open = x.open, at
			return true
		case '/':
			x.i += 2
			return x.i <= len(x.body) && x.body[x.i-1] == '>'
		}
		if !spaced || !x.attribute(at) {
			return false
		}
	}
}

// attribute reads an attribute of an element.
func (x *xmlScan) attribute(of int32) bool {
	t := x.tree
	name, ok := x.name()
	if !ok || !t.hasRoom() || x.i+1 >= len(x.body) || x.body[x.i] != '=' {
		return false
	}
	quote := x.body[x.i+1]
	if quote != '"' && quote != '\'' {
		return false
	}
	start := x.i + 2
	n := bytes.IndexByte(x.body[start:], quote)
	if n < 0 {
		return false
	}
	value := x.body[start : start+n]
	if bytes.IndexByte(value, '<') >= 0 || !plainXML(value) {
		return false
	}
	x.i = start + n + 1
	t.add(of, element{
		name: local(x.body, name), text: span{uint32(start), uint32(start + n)},
		escaped: bytes.IndexByte(value, '&') >= 0, attribute: true,
	})
	return true
}

// end reads a tag that closes an element, at its slash.
func (x *xmlScan) end() bool {
	x.i++
	start := x.i
	name, ok := x.name()
	x.space()
	if !ok || x.open == 0 || x.i >= len(x.body) || x.body[x.i] != '>' {
		return false
	}
	x.i++
	node := &x.tree.few[x.open]
	opened := int(node.name.end) - int(name.end-name.start) // with the prefix, if there is one
	if opened < 1 || x.body[opened-1] != '<' || string(x.body[opened:node.name.end]) != string(x.body[start:name.end]) {
		return false
	}
	x.open, node.next = node.next, 0
	return true
}

// name reads a name of ASCII letters, digits and _ - . with at most one colon inside.
func (x *xmlScan) name() (at span, ok bool) {
	start, colons := x.i, 0
	for ; x.i < len(x.body); x.i++ {
		c := x.body[x.i]
		switch {
		case c|0x20-'a' <= 'z'-'a' || c == '_':
		case x.i > start && (c-'0' <= 9 || c == '-' || c == '.'):
		case x.i > start && c == ':':
			colons++
		default:
			return span{uint32(start), uint32(x.i)}, x.i > start && colons <= 1 && x.body[x.i-1] != ':' && !x.oddLocal(start)
		}
	}
	return span{}, false
}

// oddLocal reports whether what follows the colon of a name does not start as a name does.
func (x *xmlScan) oddLocal(start int) bool {
	i := bytes.IndexByte(x.body[start:x.i], ':')
	if i < 0 {
		return false
	}
	c := x.body[start+i+1]
	return c|0x20-'a' > 'z'-'a' && c != '_'
}

// local returns a name without its prefix.
func local(body []byte, name span) span {
	if i := bytes.IndexByte(body[name.start:name.end], ':'); i >= 0 {
		name.start += uint32(i) + 1
	}
	return name
}

func (x *xmlScan) space() (some bool) {
	for x.i < len(x.body) && (x.body[x.i] == ' ' || x.body[x.i] == '\n' || x.body[x.i] == '\t' || x.body[x.i] == '\r') {
		x.i++
		some = true
	}
	return some
}

// plainXML reports whether a text is one that encoding/xml takes and does not change but
// for the references that unescapeXML knows.
func plainXML(text []byte) bool {
	ascii := true
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			ascii = false
		case c == '&':
			if _, size := reference(text[i:]); size == 0 {
				return false
			}
		case c == ']':
			if bytes.HasPrefix(text[i:], []byte("]]>")) {
				return false
			}
		case c < ' ' && c != '\n' && c != '\t':
			return false
		}
	}
	return ascii || utf8.Valid(text) && !bytes.Contains(text, []byte("\xef\xbf")) // U+FFFE and U+FFFF among others
}

// unescapeXML appends a text to out, with its references resolved.
func unescapeXML(out, text []byte) []byte {
	for i := 0; i < len(text); i++ {
		c, size := text[i], 1
		if c == '&' {
			c, size = reference(text[i:])
		}
		out = append(out, c)
		i += size - 1
	}
	return out
}

// reference returns the character that a reference at the start of a text stands for,
// and how long that is; 0 if it is another.
func reference(text []byte) (c byte, size int) {
	for _, r := range [...]struct {
		text string
		c    byte
	}{{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}} {
		if strings.HasPrefix(string(text[:min(len(text), len(r.text))]), r.text) {
			return r.c, len(r.text)
		}
	}
	return 0, 0
}
