package check

import (
	"bytes"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// A file of which the end is missing is often a spec as well, and one from which far less
// is generated. What follows are the signs of that which a whole file does not have.

// noLineEnd warns of a file whose last line has no end.
func noLineEnd(list *diag.List, source Source, root *syntax.Node) {
	if root == nil || bytes.HasSuffix(source.Content, []byte("\n")) {
		return
	}
	at := diag.Place{File: source.Name, Line: bytes.Count(source.Content, []byte("\n")) + 1, Column: 1}
	if text, _, ok := diag.NewLines(source.Content).Find(at.Line, 1); ok {
		at.Column += len([]rune(string(text)))
	}
	list.Warnf(at, "cut-off", "the file does not end in a line feed").Hint = "if it is cut off here, restore the rest; otherwise end the last line"
}

// minNeighbours is how many entries have to have a key in common for the last one to be
// noticed that lacks it.
const minNeighbours = 3

// cutEntry warns where the last entry of a file lacks keys that all those before it have
// after its last one. It does not compare APIs, which have different things.
func (c *checker) cutEntry(root *syntax.Node) {
	depth := 0
	for n := root; n != nil && !inBraces(n); depth++ {
		var last *syntax.Node
		var place diag.Place
		neighbours := n.Items
		if n.Kind == syntax.Mapping {
			for _, pair := range n.Pairs {
				neighbours, place = append(neighbours, pair.Value), pair.Key.Place
			}
		}
		if len(neighbours) == 0 {
			return
		}
		last, neighbours = neighbours[len(neighbours)-1], neighbours[:len(neighbours)-1]
		if n.Kind == syntax.Sequence {
			place = last.Place
		}
		if lacks := missingKeys(last, neighbours); len(lacks) > 0 && depth > 1 {
			c.Warnf(place, "cut-off", "the last one here lacks %s, which all %d before it have", strings.Join(lacks, ", "), len(neighbours)).
				Hint = "if the file is cut off here, restore the rest"
		}
		n = last
	}
}

// inBraces reports whether a mapping is written in braces, which it can't be cut off
// inside of: it starts before its first key.
func inBraces(n *syntax.Node) bool {
	return n.Kind == syntax.Mapping && len(n.Pairs) > 0 && n.Place != n.Pairs[0].Key.Place
}

// missingKeys returns the keys that all neighbours of a mapping have, and it does not. A key
// that they have before its last one was left out and not cut off, and so was a policy, which
// is an error where one is needed.
func missingKeys(n *syntax.Node, neighbours []*syntax.Node) (missing []string) {
	if len(neighbours) < minNeighbours || n.Kind != syntax.Mapping || len(n.Pairs) == 0 || inBraces(n) {
		return nil
	}
	position := func(n *syntax.Node, key string) int {
		return slices.IndexFunc(n.Pairs, func(pair syntax.Pair) bool { return pair.Key.Text == key })
	}
	end := n.Pairs[len(n.Pairs)-1].Key.Text
	for _, pair := range neighbours[0].Pairs {
		key := pair.Key.Text
		isAfter := func(n *syntax.Node) bool { at := position(n, key); return at >= 0 && at > position(n, end) }
		if key != "retry" && position(n, key) < 0 && !slices.ContainsFunc(neighbours, func(n *syntax.Node) bool { return !isAfter(n) }) {
			missing = append(missing, key)
		}
	}
	return missing
}
