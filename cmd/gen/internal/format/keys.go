package format

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// unknownKey reports a key that an object has not: that of the first of the pairs
// which are still to be read. Where another key is meant and is not there, its
// index is returned: the pair is taken for it from then on. Otherwise it is -1.
func (d *decoder) unknownKey(rest []syntax.Pair, o *Object, to reflect.Value) int {
	key := rest[0].Key
	var names []string
	for _, k := range o.Keys {
		names = append(names, k.Name)
	}
	guess, close := diag.Closest(key.Text, names)
	if meant := bare(key); o.Index(meant) >= 0 {
		guess, close = meant, true
	}
	if i := slices.IndexFunc(names, func(name string) bool { return sameWord(key.Text, name) }); i >= 0 {
		guess, close = names[i], true
	}
	homes := homesOf(d.root, key.Text)
	switch {
	case close && (len(homes) == 0 || sameWord(key.Text, guess)):
		d.Errorf(key.Place, "unknown-key", "unknown key %s in the %s", diag.Quote(key.Text), o.Name).Hint = slipHint(key) + diag.Meant(guess)
		taken := slices.ContainsFunc(rest, func(pair syntax.Pair) bool { return pair.Key.Text == guess })
		if k := o.Index(guess); !taken && !markOf(to.Field(o.Keys[k].Field)).Written() {
			return k
		}
	case len(homes) > 0:
		d.Errorf(key.Place, "misplaced-key", "key %s does not belong in the %s", diag.Quote(key.Text), o.Name).
			Hint = "known key, but it belongs " + diag.OneOf(homes)
	case d.isOverlay && len(homesOf(Definition(), key.Text)) > 0:
		d.Errorf(key.Place, "misplaced-key", "key %s does not belong in an overlay, which holds only texts", diag.Quote(key.Text)).
			Hint = "remove it: the spec says it for all languages"
	case rest[0].Value.Kind == syntax.Unreadable: // the pair is reported already
	case isLike(rest[0].Value, o):
		d.Errorf(key.Place, "unknown-key", "unknown key %s in the %s", diag.Quote(key.Text), o.Name).
			Hint = "it holds keys of the " + o.Name + " itself: if it is another one, indent it less"
	default:
		d.Errorf(key.Place, "unknown-key", "unknown key %s in the %s", diag.Quote(key.Text), o.Name).
			Hint = "the keys here are " + list(names)
	}
	return -1
}

// isLike reports whether a value could be an object of a kind: a mapping with some keys, all of
// which the object has.
func isLike(n *syntax.Node, o *Object) bool {
	return len(n.Pairs) > 0 && !slices.ContainsFunc(n.Pairs, func(pair syntax.Pair) bool { return o.Index(pair.Key.Text) < 0 })
}

// maxListed is how many keys of an object a hint lists, and maxShort how many it does
// where it lists not all.
const (
	maxListed = 10
	maxShort  = 8
)

// list returns the names of an object's keys, of many the first, which matter most.
func list(names []string) string {
	if len(names) <= maxListed {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more, which gen schema has", strings.Join(names[:maxShort], ", "), len(names)-maxShort)
}

// sameWord reports whether two names are one word, in another case or number.
func sameWord(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	return a == b || slices.Contains(plurals(a), b) || slices.Contains(plurals(b), a)
}

func plurals(word string) []string {
	return []string{word + "s", word + "es", strings.TrimSuffix(word, "y") + "ies"}
}

// maxHomes is how many places a hint names.
const maxHomes = 3

// homesOf returns where a format has a key of a name: "under <path>".
func homesOf(root Type, name string) []string {
	var homes []string
	seen := make(map[*Object]bool)
	var walk func(t Type, path string)
	walk = func(t Type, path string) {
		if t.Map != nil {
			walk(t.Map.Value, path+".<"+t.Map.Key+">")
		}
		if t.List != nil && t.List.Object != nil && t.Object == nil {
			walk(*t.List, path+"[]")
		}
		if t.Object == nil || t.Scalar != nil || seen[t.Object] {
			return
		}
		seen[t.Object] = true
		for _, k := range t.Object.Keys {
			if k.Name == name {
				homes = append(homes, "under "+strings.TrimPrefix(path, "."))
			}
		}
		// Of the places that have the same keys, codes is named: it is the last map.
		for _, k := range slices.Backward(t.Object.Keys) {
			if k.Type.Map != nil {
				walk(k.Type, path+"."+k.Name)
			}
		}
		for _, k := range t.Object.Keys {
			if k.Type.Map == nil {
				walk(k.Type, path+"."+k.Name)
			}
		}
	}
	walk(root, "")
	for i, home := range homes {
		homes[i] = strings.ReplaceAll(home, "<API name>", "<name>")
		if home == "under " {
			homes[i] = "at the top of the file"
		}
	}
	return homes[:min(len(homes), maxHomes)]
}
