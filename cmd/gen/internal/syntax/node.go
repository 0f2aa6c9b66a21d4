// Package syntax reads a YAML file into a tree in which everything has its
// place. It is the only importer of yaml.v3; package format reads the tree.
package syntax

import "github.com/errkb/errkb/cmd/gen/internal/diag"

// Kind is what a node is.
type Kind uint8

// The kinds of nodes.
const (
	Scalar Kind = iota
	Mapping
	Sequence
	Unreadable // what a spec can't hold, such as an alias; that is reported
)

// String returns the kind in the words of problems.
func (k Kind) String() string {
	switch k {
	case Mapping:
		return "a mapping"
	case Sequence:
		return "a list"
	}
	return "a single value"
}

// Type is what YAML takes a plain scalar for. Quoted and block scalars are Text.
type Type uint8

// The types of scalars.
const (
	Text Type = iota
	Integer
	Float
	Boolean // in any of YAML's spellings
	Null    // in a [Document]; a spec has none
)

// Node is a value in the file.
type Node struct {
	Kind  Kind
	Place diag.Place
	Text  string // of a scalar, as written
	Type  Type   // of a scalar that is not a key
	Plain bool   // of a key: it has no quotes around it
	Pairs []Pair // of a mapping, in the order of the file
	Items []*Node

	Keys   []Line // of a text in a block: its last lines, where they look like keys
	Quote  rune   // of a plain scalar in quotation marks that are none to YAML: the first
	Hidden Hidden // of a scalar: the first character in the file that can't be seen

	Incomplete bool // a mapping with keys that can't be read; that is reported
}

// Line is a line inside of a text that looks like a key and its value.
type Line struct {
	Place diag.Place
	Key   string
	Value string // as written; empty where it is on the lines that follow
}

// Pair is a key of a mapping with its value. A key is text, whatever YAML would
// take it for.
type Pair struct {
	Key   *Node
	Value *Node
}

// At returns the value of a key of a mapping, or nil.
func (n *Node) At(key string) *Node {
	if n == nil {
		return nil
	}
	for _, pair := range n.Pairs {
		if pair.Key.Text == key {
			return pair.Value
		}
	}
	return nil
}
