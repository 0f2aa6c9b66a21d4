package syntax

import (
	"bytes"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// Document reads the first document of a YAML file that is not a spec, and that may have what
// specs do without: an alias stands for what it names, a merge key for what it merges, and
// tags count for nothing. The tree is nil if there is a problem.
func Document(file string, source []byte, size int64) (*Node, []diag.Problem) {
	p := &parser{file: file, source: source, size: size}
	if int64(len(source)) > size {
		p.tooLarge(size)
		return nil, p.problems
	}
	p.lines = newLines(file, source)
	if at := invalidUTF8(source); at >= 0 {
		p.problem(p.placeAt(at), RuleSyntax, "the file is not UTF-8 text", "")
		return nil, p.problems
	}
	p.text = string(source)
	p.start = len(p.text) - len(bytes.TrimPrefix(source, []byte("\ufeff")))
	decoder, read := watch(source, maxNodes(size))
	var document yaml.Node
	err := decoder.Decode(&document)
	switch {
	case read.exceeded():
		p.tooMany(p.mark(parserState(decoder).FieldByName("mark")))
	case err != nil:
		p.syntaxError(decoder, err)
	}
	if err != nil || len(p.problems) > 0 {
		return nil, p.problems
	}
	d := documentReader{parser: p, made: make(map[*yaml.Node]*Node)}
	root := d.node(document.Content[0], 0)
	if len(p.problems) > 0 {
		return nil, p.problems
	}
	return root, nil
}

// documentReader converts nodes. What several aliases name is made once.
type documentReader struct {
	*parser
	made map[*yaml.Node]*Node
}

func (d *documentReader) node(n *yaml.Node, depth int) *Node {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if made := d.made[n]; made != nil {
		return made
	}
	node := &Node{Place: d.place(n), Text: n.Value, Type: scalarType(n)}
	d.made[n] = node
	if depth > maxDepth {
		if len(d.problems) == 0 {
			d.tooDeep(node.Place)
		}
		return node
	}
	switch n.Kind {
	case yaml.MappingNode:
		node.Kind = Mapping
		var merged []*Node
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], d.node(n.Content[i+1], depth+1)
			if key.ShortTag() == "!!merge" && !isQuoted(key) {
				merged = append(merged, value)
				continue
			}
			node.Pairs = append(node.Pairs, Pair{Key: &Node{Place: d.place(key), Text: key.Value}, Value: value})
		}
		for _, from := range merged {
			node.merge(from)
		}
	case yaml.SequenceNode:
		node.Kind = Sequence
		for _, item := range n.Content {
			node.Items = append(node.Items, d.node(item, depth+1))
		}
	case yaml.ScalarNode:
		if isNull(n) {
			node.Type = Null
		}
	}
	return node
}

// merge adds the pairs of a mapping, or of each of a list of them, whose keys are not there.
func (n *Node) merge(from *Node) {
	for _, item := range from.Items {
		n.merge(item)
	}
	for _, pair := range from.Pairs {
		if n.At(pair.Key.Text) == nil {
			n.Pairs = append(n.Pairs, pair)
		}
	}
}
