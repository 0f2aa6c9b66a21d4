package format

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// hidden warns of characters that can't be seen in what is compared with replies: a value,
// the items of a list or the keys of a mapping.
func (d *decoder) hidden(n *syntax.Node, name string) {
	switch n.Kind {
	case syntax.Scalar:
		d.hiddenIn(n, name)
	case syntax.Sequence:
		for _, item := range n.Items {
			if item.Kind == syntax.Scalar {
				d.hiddenIn(item, name)
			}
		}
	case syntax.Mapping:
		for _, pair := range n.Pairs {
			d.hiddenIn(pair.Key, name)
		}
	}
}

func (d *decoder) hiddenIn(n *syntax.Node, name string) {
	if n.Hidden.Rune == 0 {
		return
	}
	escape := fmt.Sprintf(`\u%04X`, n.Hidden.Rune)
	if n.Hidden.Rune > 0xffff {
		escape = fmt.Sprintf(`\U%08X`, n.Hidden.Rune)
	}
	d.Warnf(n.Hidden.Place, "hidden-character", "%s in %s can't be seen, and is compared with replies", diag.RuneName(n.Hidden.Rune), name).
		Hint = "remove it, or write a space; if replies have it, write it as " + escape + " in double quotes"
}

// slipHint is what to say before the guess at a key or a value that holds such a character, or
// is in quotation marks that are none to YAML.
func slipHint(n *syntax.Node) string {
	switch {
	case n.Hidden.Rune != 0:
		return "there is " + diag.RuneName(n.Hidden.Rune) + " in it; "
	case n.Quote != 0:
		return diag.RuneName(n.Quote) + " is not a quote in YAML; "
	}
	return ""
}

// bare returns a text without such characters and marks.
func bare(n *syntax.Node) string {
	text := strings.Map(func(r rune) rune {
		if diag.IsHidden(r) {
			return ' '
		}
		return r
	}, n.Text)
	if n.Quote != 0 {
		_, first := utf8.DecodeRuneInString(text)
		_, last := utf8.DecodeLastRuneInString(text)
		text = text[first : len(text)-last]
	}
	return strings.TrimSpace(text)
}

// quotes warns of a text that is good, and in quotation marks that are none to YAML.
func (d *decoder) quotes(n *syntax.Node) {
	if n.Quote != 0 {
		d.Warnf(n.Place, "typographic-quotes", "%s is not a quote in YAML: it is part of the text", diag.RuneName(n.Quote)).
			Hint = "write a straight quote: \" or '; or put straight quotes around the whole text if they are part of it"
	}
}

// swallowed warns of the lines at the end of a text, or of an item of a list of texts, that
// are keys of the mapping around it: they are indented too far. They are keys that the mapping
// lacks, with values that fit. A body may hold whatever looks like a key.
func (d *decoder) swallowed(pair syntax.Pair, key Key, around *syntax.Node, o *Object, to reflect.Value) {
	if key.Type.Scalar != nil && key.Type.Scalar.Kind == Raw {
		return
	}
	for _, n := range append([]*syntax.Node{pair.Value}, pair.Value.Items...) {
		first := len(n.Keys)
		for first > 0 && d.isLost(n.Keys[first-1], around, o, to) {
			first--
		}
		if first == len(n.Keys) {
			continue
		}
		line := n.Keys[first]
		p := d.Warnf(line.Place, syntax.RuleSwallow, "this line is part of %s, and looks like the key %s", key.Name, line.Key)
		p.Hint = fmt.Sprintf("start it in column %d if it is a key", pair.Key.Place.Column)
		p.Relate(n.Place, "the text starts here")
	}
}

// isLost reports whether a line in a text is a key that the mapping around the text lacks.
func (d *decoder) isLost(line syntax.Line, around *syntax.Node, o *Object, to reflect.Value) bool {
	k := o.Index(line.Key)
	if k < 0 || slices.ContainsFunc(around.Pairs, func(pair syntax.Pair) bool { return pair.Key.Text == line.Key }) {
		return false
	}
	t := o.Keys[k].Type
	if line.Value == "" {
		return t.Scalar == nil || t.Object != nil
	}
	value, problems := syntax.Parse("", []byte(line.Value+"\n"), syntax.DefaultSize)
	if value == nil || len(problems) > 0 {
		return false
	}
	if t.Scalar != nil && t.Scalar.Kind == Name && strings.Contains(value.Text, " ") { // a sentence
		return false
	}
	trial := &decoder{root: d.root, isOverlay: d.isOverlay}
	field := reflect.New(to.Field(o.Keys[k].Field).Type()).Elem()
	return trial.value(value, t, subject{}, field) == Good && len(trial.List) == 0
}
