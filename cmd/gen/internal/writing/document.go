package writing

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/serve"
)

// document is a document of JSON or XML in the making, and the header fields beside it.
type document struct {
	isXML  bool
	root   serve.Node // in XML it has the root element
	header []serve.Node
}

// put puts a value at a place, and reports whether there is room for it.
func (d *document) put(place classify.Path, value serve.Node) bool {
	if d.isXML && (len(place) == 0 || len(d.root.Nodes) > 0 && place[0] != "*" && d.root.Nodes[0].Name != place[0]) {
		return false // a document of XML has one root
	}
	return put(&d.root, place, value, d.isXML)
}

func put(in *serve.Node, place classify.Path, value serve.Node, isXML bool) bool {
	isEmpty := in.Value == serve.Object && len(in.Nodes) == 0
	if len(place) == 0 {
		if isEmpty {
			value.Name = in.Name
			*in = value
		}
		return isEmpty
	}
	token := place[0]
	if i, ok := index(token); ok && !isXML {
		if isEmpty {
			in.Value = serve.Array
		}
		if in.Value != serve.Array {
			return false
		}
		for len(in.Nodes) < i {
			in.Nodes = append(in.Nodes, serve.Node{Value: serve.Literal, Text: "null"})
		}
		return child(in, i, serve.Node{}, place[1:], value, isXML)
	}
	if in.Value != serve.Object && !(isXML && strings.HasPrefix(token, "@")) {
		return false
	}
	i := slices.IndexFunc(in.Nodes, func(n serve.Node) bool { return n.Name == token || isXML && token == "*" })
	if i < 0 {
		i = len(in.Nodes)
	}
	if token == "*" {
		token = "Response" // any name would do
	}
	return child(in, i, serve.Node{Name: token}, place[1:], value, isXML)
}

// child puts a value into a node of another, which may be a new one.
func child(in *serve.Node, i int, fresh serve.Node, place classify.Path, value serve.Node, isXML bool) bool {
	isNew := i == len(in.Nodes)
	if isNew {
		in.Nodes = append(in.Nodes, fresh)
	}
	ok := put(&in.Nodes[i], place, value, isXML)
	if !ok && isNew {
		in.Nodes = in.Nodes[:i]
	}
	return ok
}

// index returns the array index that a reference token stands for. One that would need a
// long array is taken for a name.
func index(token string) (int, bool) {
	if token == "*" {
		return 0, true
	}
	i, err := strconv.Atoi(token)
	return i, err == nil && 0 <= i && i < 10 && strconv.Itoa(i) == token
}

// literal is a value that is the same in every reply.
func (d *document) literal(value classify.Scalar) serve.Node {
	if value.Type == classify.String && !d.isXML {
		quoted, err := json.Marshal(value.Text)
		if err != nil {
			panic("internal error: a text has no JSON: " + err.Error())
		}
		value.Text = string(quoted)
	}
	return serve.Node{Value: serve.Literal, Text: value.Text}
}

// set sets a header field, unless another value is there.
func (d *document) set(name, text string) bool {
	for _, field := range d.header {
		if strings.EqualFold(field.Name, name) {
			return field.Value == serve.Literal && field.Text == text
		}
	}
	d.header = append(d.header, serve.Node{Name: name, Value: serve.Literal, Text: text})
	return true
}
