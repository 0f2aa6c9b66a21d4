package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// unknownKey reports a key that an object has not. Where another key is meant,
// the pair is taken for it from then on, and its field is returned.
func (c *checker) unknownKey(n *syntax.Node, pair *syntax.Pair, o *format.Object) (field format.Field, ok bool) {
	var names []string
	for _, f := range o.Fields {
		names = append(names, f.Name)
	}
	key := pair.Key
	guess, close := closest(key.Text, names)
	if i := slices.IndexFunc(names, func(name string) bool { return sameWord(key.Text, name) }); i >= 0 {
		guess, close = names[i], true
	}
	homes := homesOf(key.Text)
	switch {
	case close && (len(homes) == 0 || sameWord(key.Text, guess)):
		c.errorf(key.Place, "unknown-key", "unknown key %s in the %s", diag.Quote(key.Text), o.Name).Hint = meant(guess)
	case len(homes) > 0:
		c.errorf(key.Place, "misplaced-key", "key %s does not belong in the %s", diag.Quote(key.Text), o.Name).
			Hint = "known key, but it belongs " + oneOf(homes)
		close = false
	case pair.Value.Kind == syntax.Unreadable: // the pair is reported already
	default:
		c.errorf(key.Place, "unknown-key", "unknown key %s in the %s", diag.Quote(key.Text), o.Name).
			Hint = "the keys here are " + strings.Join(names, ", ")
	}
	c.flawed[n] = true
	if !close || n.Get(guess) != nil {
		return format.Field{}, false
	}
	pair.Key = &syntax.Node{Place: key.Place, Text: guess}
	return o.Field(guess)
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

// homesOf returns where the format has a key of a name: "under <path>".
func homesOf(name string) []string {
	var homes []string
	seen := make(map[*format.Object]bool)
	var walk func(t format.Type, path string)
	walk = func(t format.Type, path string) {
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
		for _, f := range t.Object.Fields {
			if f.Name == name {
				homes = append(homes, "under "+strings.TrimPrefix(path, "."))
			}
		}
		// Of the places that have the same keys, codes is named: it is the last map.
		for _, f := range slices.Backward(t.Object.Fields) {
			if f.Type.Map != nil {
				walk(f.Type, path+"."+f.Name)
			}
		}
		for _, f := range t.Object.Fields {
			if f.Type.Map == nil {
				walk(f.Type, path+"."+f.Name)
			}
		}
	}
	walk(format.Spec, "")
	for i, home := range homes {
		homes[i] = strings.ReplaceAll(home, "<API name>", "<name>")
		if home == "under " {
			homes[i] = "at the top of the file"
		}
	}
	return homes[:min(len(homes), maxHomes)]
}
