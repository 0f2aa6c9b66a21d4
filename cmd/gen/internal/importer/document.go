package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// document reads a file of JSON or YAML as a tree.
func document(f File) (*syntax.Node, error) {
	if startsLikeJSON(f.Content) {
		j := newJSON(f)
		root, err := j.next()
		if err == nil && !j.atEnd() {
			return nil, faultf(j.place(), "something follows the JSON document")
		}
		if err == nil || looksLikeStrictJSON(f.Name) {
			return root, err
		}
	}
	root, problems := syntax.Document(f.Name, f.Content, max(syntax.DefaultSize, 4*int64(len(f.Content))))
	if len(problems) > 0 {
		return nil, faultf(problems[0].Place, "%s", problems[0].Message)
	}
	return root, nil
}

func startsLikeJSON(content []byte) bool {
	content = bytes.TrimLeft(bytes.TrimPrefix(content, []byte("\ufeff")), " \t\r\n")
	return len(content) > 0 && (content[0] == '{' || content[0] == '[')
}

// looksLikeStrictJSON reports whether a name is that of a file of JSON, which YAML in braces is not.
func looksLikeStrictJSON(name string) bool {
	return !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml")
}

// jsonReader reads documents of JSON, each as a tree with places.
type jsonReader struct {
	file    string
	source  []byte
	decoder *json.Decoder
	at      int // an offset, and its line and the start of that
	line    int
	start   int
}

func newJSON(f File) *jsonReader {
	j := &jsonReader{file: f.Name, source: bytes.TrimPrefix(f.Content, []byte("\ufeff")), line: 1}
	j.decoder = json.NewDecoder(bytes.NewReader(j.source))
	j.decoder.UseNumber()
	return j
}

// maxDepth is how deep values are nested that are read.
const maxDepth = 500

// next reads a document. After the last it returns io.EOF.
func (j *jsonReader) next() (*syntax.Node, error) {
	return j.value(0)
}

func (j *jsonReader) atEnd() bool {
	j.skip()
	return j.at >= len(j.source)
}

// skip moves to the next token.
func (j *jsonReader) skip() {
	j.moveTo(int(j.decoder.InputOffset()))
	for j.at < len(j.source) && strings.IndexByte(" \t\r\n,:", j.source[j.at]) >= 0 {
		j.moveTo(j.at + 1)
	}
}

func (j *jsonReader) moveTo(offset int) {
	for ; j.at < offset; j.at++ {
		if j.source[j.at] == '\n' {
			j.line, j.start = j.line+1, j.at+1
		}
	}
}

func (j *jsonReader) place() diag.Place {
	return diag.Place{File: j.file, Line: j.line, Column: 1 + utf8.RuneCount(j.source[j.start:j.at])}
}

// fault returns an error of the decoder as a fault.
func (j *jsonReader) fault(err error) error {
	if broken, ok := errors.AsType[*json.SyntaxError](err); ok {
		at := min(int(broken.Offset), len(j.source))
		if at > 0 && !(at < len(j.source) && strings.Contains(broken.Error(), "character "+strconv.QuoteRune(rune(j.source[at])))) {
			at-- // it counts the character at fault for some faults, and not for others
		}
		j.moveTo(at)
		return faultf(j.place(), "broken JSON: %s", broken)
	}
	j.moveTo(len(j.source))
	return faultf(j.place(), "broken JSON: it ends too early")
}

func (j *jsonReader) value(depth int) (*syntax.Node, error) {
	j.skip()
	n := &syntax.Node{Place: j.place()}
	token, err := j.decoder.Token()
	if err != nil {
		if err == io.EOF && depth == 0 {
			return nil, io.EOF
		}
		return nil, j.fault(err)
	}
	if depth > maxDepth {
		return nil, faultf(n.Place, "more than %d levels in each other", maxDepth)
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '[' {
			n.Kind = syntax.Sequence
			return n, j.items(n, depth)
		}
		n.Kind = syntax.Mapping
		return n, j.pairs(n, depth)
	case string:
		n.Text = token
	case json.Number:
		n.Text, n.Type = token.String(), syntax.Integer
		if strings.ContainsAny(n.Text, ".eE") {
			n.Type = syntax.Float
		}
	case bool:
		n.Text, n.Type = "false", syntax.Boolean
		if token {
			n.Text = "true"
		}
	case nil:
		n.Text, n.Type = "null", syntax.Null
	}
	return n, nil
}

func (j *jsonReader) items(n *syntax.Node, depth int) error {
	for j.decoder.More() {
		item, err := j.value(depth + 1)
		if err != nil {
			return err
		}
		n.Items = append(n.Items, item)
	}
	return j.close()
}

func (j *jsonReader) pairs(n *syntax.Node, depth int) error {
	for j.decoder.More() {
		key, err := j.value(depth + 1)
		if err != nil {
			return err
		}
		value, err := j.value(depth + 1)
		if err != nil {
			return err
		}
		n.Pairs = append(n.Pairs, syntax.Pair{Key: key, Value: value})
	}
	return j.close()
}

func (j *jsonReader) close() error {
	if _, err := j.decoder.Token(); err != nil {
		return j.fault(err)
	}
	return nil
}

// at returns what is at the end of a path of keys, or nil.
func at(n *syntax.Node, path ...string) *syntax.Node {
	for _, key := range path {
		n = n.At(key)
	}
	return n
}

// text returns the text at the end of a path of keys, and "" if there is none.
func text(n *syntax.Node, path ...string) string {
	if n = at(n, path...); n == nil || n.Kind != syntax.Scalar || n.Type == syntax.Null {
		return ""
	}
	return n.Text
}

// isText reports whether a node is text, and not a number, a truth value or null.
func isText(n *syntax.Node) bool {
	return n != nil && n.Kind == syntax.Scalar && n.Type == syntax.Text
}

// asJSON writes a tree as JSON on one line.
func asJSON(n *syntax.Node) string {
	var out bytes.Buffer
	writeJSON(&out, n, 0)
	return out.String()
}

func writeJSON(out *bytes.Buffer, n *syntax.Node, depth int) {
	if depth > maxDepth || out.Len() > maxBody {
		return
	}
	separate := func(i int) {
		if i > 0 {
			out.WriteString(", ")
		}
	}
	switch n.Kind {
	case syntax.Mapping:
		out.WriteByte('{')
		for i, pair := range n.Pairs {
			separate(i)
			out.WriteString(jsonText(pair.Key.Text) + ": ")
			writeJSON(out, pair.Value, depth+1)
		}
		out.WriteByte('}')
	case syntax.Sequence:
		out.WriteByte('[')
		for i, item := range n.Items {
			separate(i)
			writeJSON(out, item, depth+1)
		}
		out.WriteByte(']')
	default:
		switch {
		case n.Type == syntax.Null:
			out.WriteString("null")
		case n.Type != syntax.Text && json.Valid([]byte(n.Text)):
			out.WriteString(n.Text)
		default:
			out.WriteString(jsonText(n.Text))
		}
	}
}

func jsonText(text string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic("internal error: " + err.Error())
	}
	return strings.TrimSuffix(out.String(), "\n")
}
