package syntax

import (
	"errors"
	"io"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// Document reads the first document of a YAML file that is not a spec, and that may have what
// specs do without: an alias stands for what it names, a merge key for what it merges, and
// tags count for nothing. The tree is nil if there is a problem.
func Document(file string, source []byte, size int64) (*Node, []diag.Problem) {
	p, ok := begin(file, source, NewReader(1, size))
	if !ok {
		return nil, p.problems
	}
	decoder, read := watch(source, maxNodes(size))
	var document yaml.Node
	err := decoder.Decode(&document)
	switch {
	case errors.Is(err, io.EOF):
		p.problem(diag.Place{File: file, Line: 1, Column: 1}, RuleSyntax, "the file is empty", "")
	case read.exceeded():
		p.tooMany(p.mark(parserState(decoder).FieldByName("mark")))
	case err != nil:
		p.syntaxError(decoder, err)
	}
	if len(p.problems) > 0 {
		return nil, p.problems
	}
	d := documentReader{parser: p, made: make(map[*yaml.Node]*made)}
	root := d.node(document.Content[0], 0)
	if len(p.problems) == 0 && d.made[document.Content[0]].weight > maxNodes(size) {
		p.tooMany(root.Place)
	}
	if len(p.problems) > 0 {
		return nil, p.problems
	}
	return root, nil
}

// documentReader converts nodes. What several aliases name is made once.
type documentReader struct {
	*parser
	made map[*yaml.Node]*made
}

// made is a node that was converted, and how many there are in it if each alias counts as all
// that it names; 0 while it is being made.
type made struct {
	node   *Node
	weight int64
}

func (d *documentReader) node(n *yaml.Node, depth int) *Node {
	at := d.place(n)
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if known := d.made[n]; known != nil {
		if known.weight == 0 && len(d.problems) == 0 {
			d.problem(at, RuleFeature, "an alias inside of what it names", "write out what is meant")
		}
		return known.node
	}
	node := &Node{Place: d.place(n), Text: n.Value, Type: scalarType(n)}
	own := &made{node: node}
	d.made[n] = own
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
		for i := 0; i < len(n.Content); i += 2 {
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
	weight := int64(1)
	for _, inner := range n.Content {
		if inner.Kind == yaml.AliasNode {
			inner = inner.Alias
		}
		if known := d.made[inner]; known != nil { // a key is none
			weight = min(weight+known.weight, maxWeight)
		}
	}
	own.weight = weight
	return node
}

// maxWeight is more than any file may have.
const maxWeight = 1 << 40

// merge adds the pairs of a mapping, or of each mapping of a list, whose keys are not there.
func (n *Node) merge(from *Node) {
	known := make(map[string]bool)
	for _, pair := range n.Pairs {
		known[pair.Key.Text] = true
	}
	for _, item := range append([]*Node{from}, from.Items...) {
		for _, pair := range item.Pairs { // of a mapping alone
			if !known[pair.Key.Text] {
				known[pair.Key.Text] = true
				n.Pairs = append(n.Pairs, pair)
			}
		}
	}
}
