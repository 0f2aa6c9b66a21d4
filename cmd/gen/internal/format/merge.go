package format

import (
	"slices"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Merge makes one tree of those of a spec's files, in their order. A mapping of names, of
// which each file may hold a part, is gathered from all of them, and so are the keys of an
// API. Anything else that stands in two files is in the tree twice, just as what stands twice
// in one file is: Decode reports both alike. What stands twice in a file and is gathered is
// reported here.
func Merge(files []*syntax.Node) (*syntax.Node, []diag.Problem) {
	for _, root := range files {
		if root.Kind != syntax.Mapping {
			return root, nil // as Decode reports
		}
	}
	if len(files) == 1 {
		return files[0], nil
	}
	var d decoder
	return d.gather(files, Definition()), d.List
}

// gather makes one mapping of its parts in several files.
func (d *decoder) gather(parts []*syntax.Node, t Type) *syntax.Node {
	whole := *parts[0]
	whole.Pairs = nil
	type gathered struct {
		Type
		at    int // in the whole
		parts []*syntax.Node
	}
	named := make(map[string]*gathered)
	for _, part := range parts {
		if t.Map != nil {
			d.empty(part)
		}
		whole.Incomplete = whole.Incomplete || part.Incomplete
		here := make(map[string]diag.Place)
		for _, pair := range part.Pairs {
			name := pair.Key.Text
			below, isGathered := t.below(name)
			if isGathered && pair.Value.Kind != syntax.Mapping && inAnother(parts, part, name) {
				if pair.Value.Kind != syntax.Unreadable { // which is reported
					d.wrongKind(pair.Value, below, t.subject(name))
				}
				whole.Incomplete = true
				continue
			}
			if !isGathered || pair.Value.Kind != syntax.Mapping {
				whole.Pairs = append(whole.Pairs, pair)
				continue
			}
			if first, twice := here[name]; twice {
				d.duplicateKey(pair.Key, first)
				continue
			}
			here[name] = pair.Key.Place
			if named[name] == nil {
				named[name] = &gathered{Type: below, at: len(whole.Pairs)}
				whole.Pairs = append(whole.Pairs, pair)
			}
			named[name].parts = append(named[name].parts, pair.Value)
		}
	}
	for _, g := range named {
		if len(g.parts) > 1 {
			whole.Pairs[g.at].Value = d.gather(g.parts, g.Type)
		}
	}
	return &whole
}

// inAnother reports whether another part than this one has a key.
func inAnother(parts []*syntax.Node, this *syntax.Node, key string) bool {
	return slices.ContainsFunc(parts, func(part *syntax.Node) bool {
		return part != this && slices.ContainsFunc(part.Pairs, func(p syntax.Pair) bool { return p.Key.Text == key })
	})
}

// subject is what problems call the value of a key of a mapping.
func (t Type) subject(key string) string {
	if t.Object != nil {
		return t.Object.Keys[t.Object.Index(key)].Name
	}
	return t.Map.subject(key)
}

// below returns the type under a key of a mapping, if that may be gathered from several files.
func (t Type) below(key string) (below Type, isGathered bool) {
	hasParts := func(o *Object) bool { return slices.ContainsFunc(o.Keys, func(k Key) bool { return k.Parts }) }
	switch {
	case t.Object != nil:
		if i := t.Object.Index(key); i >= 0 && t.Object.Keys[i].Parts {
			return t.Object.Keys[i].Type, true
		}
	case t.Map != nil && t.Map.Value.Object != nil:
		return t.Map.Value, hasParts(t.Map.Value.Object)
	}
	return Type{}, false
}
