package serve

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// reply is an error in a form, with what only the request knows.
type reply struct {
	*Error
	form      *Form
	requestID string
	now       time.Time
}

// header sets the header fields that say something of the error.
func (p *reply) header(h http.Header) {
	for i := range p.form.Header {
		field := &p.form.Header[i]
		if text := p.text(field); text != "" {
			h.Set(field.Name, text)
		}
	}
	set := func(name, value string) {
		if name != "" && value != "" {
			h.Set(name, value)
		}
	}
	set(p.place().Header, p.wait())
	set(p.api.RequestID, p.requestID)
	set(p.api.Field, p.field)
}

// body returns the body.
func (p *reply) body() []byte {
	switch p.form.Syntax {
	case JSON:
		out, ok := p.json(nil, &p.form.Document)
		if !ok {
			out = []byte("{}")
		}
		return append(out, '\n')
	case XML:
		var out bytes.Buffer
		out.WriteString(xml.Header)
		p.xml(&out, &p.form.Document)
		return append(out.Bytes(), '\n')
	case Text:
		if !p.entry.Bare {
			return []byte(p.form.Before + p.Code() + p.form.After)
		}
	}
	return nil
}

// text returns the text of a value that is not a document, and "" for none.
func (p *reply) text(n *Node) string {
	switch n.Value {
	case Literal:
		return n.Text
	case Code, NumberCode:
		if !p.entry.Bare {
			return p.form.Before + p.Code() + p.form.After
		}
	case Message:
		return p.Message()
	case Status:
		return strconv.Itoa(p.Status())
	case Title:
		return p.entry.Title
	case URL:
		return p.entry.URL
	case RequestID:
		return p.requestID
	case Field:
		return p.field
	case Wait:
		if p.place().Header == "" {
			return p.wait()
		}
	}
	return ""
}

// place returns where the reply says how long to wait.
func (p *reply) place() *Delay {
	if p.entry.Delay != (Delay{}) {
		return &p.entry.Delay
	}
	return &p.api.Delay
}

// wait returns how long the client is to wait, as its place says it, and "" for nothing. It
// is never shorter than what was asked for.
func (p *reply) wait() string {
	d := p.place()
	if p.delay <= 0 || d.Unit <= 0 {
		return ""
	}
	from := int64(0)
	if d.IsTime {
		from = p.now.UnixNano()
	}
	until := from + int64(p.delay)
	if until < from { // more than 64 bits can say
		until = math.MaxInt64
	}
	count := until / int64(d.Unit)
	if until%int64(d.Unit) > 0 {
		count++
	}
	return strconv.FormatInt(count, 10)
}

// json appends a node's value as JSON, and reports whether there is one.
func (p *reply) json(out []byte, n *Node) ([]byte, bool) {
	switch n.Value {
	case Object, Array:
		return p.jsonNodes(out, n)
	case Wrapped:
		inside, ok := p.jsonNodes(nil, n)
		if !ok {
			return out, false
		}
		return appendString(out, string(inside)), true
	case Literal:
		return append(out, n.Text...), true
	}
	text := p.text(n)
	isCode := n.Value == Code || n.Value == NumberCode
	if text == "" && (!isCode || p.entry.Bare) {
		return out, false
	}
	if n.Value == Status || n.Value == Wait || n.Value == NumberCode && isNumber(text) {
		return append(out, text...), true
	}
	return appendString(out, text), true
}

// isNumber reports whether a text is a whole number as JSON writes it.
func isNumber(text string) bool {
	n, err := strconv.ParseInt(text, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == text
}

// jsonNodes appends an object or an array of a node's nodes.
func (p *reply) jsonNodes(out []byte, n *Node) ([]byte, bool) {
	opening, closing := byte('{'), byte('}')
	if n.Value == Array {
		opening, closing = '[', ']'
	}
	start := len(out)
	out = append(out, opening)
	for i := range n.Nodes {
		before := len(out)
		if before > start+1 {
			out = append(out, ',')
		}
		if n.Value != Array {
			out = append(appendString(out, n.Nodes[i].Name), ':')
		}
		var ok bool
		if out, ok = p.json(out, &n.Nodes[i]); !ok {
			out = out[:before]
		}
	}
	if len(out) == start+1 {
		return out[:start], false
	}
	return append(out, closing), true
}

// appendString appends a text as JSON. What is not UTF-8 becomes replacement characters.
func appendString(out []byte, text string) []byte {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic("internal error: a text has no JSON: " + err.Error())
	}
	return append(out, quoted...)
}

// xml writes an element, and reports whether there is anything in it.
func (p *reply) xml(out *bytes.Buffer, n *Node) bool {
	start := out.Len()
	out.WriteString("<" + n.Name)
	filled := false
	for i := range n.Nodes {
		if name, ok := strings.CutPrefix(n.Nodes[i].Name, "@"); ok {
			if text := p.text(&n.Nodes[i]); text != "" {
				filled = true
				out.WriteString(" " + name + `="`)
				xml.EscapeText(out, []byte(text))
				out.WriteByte('"')
			}
		}
	}
	out.WriteByte('>')
	if n.Value != Object {
		text := p.text(n)
		filled = filled || text != "" || n.Value == Literal || n.Value == Code && !p.entry.Bare
		xml.EscapeText(out, []byte(text))
	}
	for i := range n.Nodes {
		if !strings.HasPrefix(n.Nodes[i].Name, "@") && p.xml(out, &n.Nodes[i]) {
			filled = true
		}
	}
	if !filled {
		out.Truncate(start)
		return false
	}
	out.WriteString("</" + n.Name + ">")
	return true
}
