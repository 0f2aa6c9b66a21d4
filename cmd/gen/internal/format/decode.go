package format

import (
	"math"
	"reflect"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Decode reads a tree by the definition. It returns nil if the root is not a spec,
// and all that is not as the definition wants it.
func Decode(root *syntax.Node) (*Spec, []diag.Problem) {
	return (&decoder{root: Definition()}).file(root)
}

// DecodeOverlay reads a tree that is an overlay. A text that is empty is absent: it is
// still to be written.
func DecodeOverlay(root *syntax.Node) (*Spec, []diag.Problem) {
	return (&decoder{root: Overlay(), isOverlay: true}).file(root)
}

// decoder walks the definition, the tree and the values side by side.
type decoder struct {
	diag.List
	root      Type // the definition
	isOverlay bool
}

func (d *decoder) file(root *syntax.Node) (*Spec, []diag.Problem) {
	var file Field[Spec]
	if d.value(root, d.root, subject{"the file", root.Place}, reflect.ValueOf(&file).Elem()); !file.Good() {
		return nil, d.List
	}
	return &file.Value, d.List
}

// subject is what a node is called in problems, and where something that it
// lacks is reported: at its key.
type subject struct {
	name string
	key  diag.Place
}

// value reads a node of a type into a Field, and reports what does not fit. A
// container with a bad part is not bad itself.
func (d *decoder) value(n *syntax.Node, t Type, of subject, field reflect.Value) State {
	mark, to := markOf(field), field.Field(1)
	mark.Key, mark.Place, mark.Text, mark.State = of.key, n.Place, n.Text, Bad
	isObject := n.Kind == syntax.Mapping && t.Object != nil
	single := isObject || n.Kind == syntax.Scalar && t.Scalar != nil
	switch {
	case n.Kind == syntax.Unreadable, n.Incomplete && len(n.Pairs) == 0:
	case len(n.Pairs)+len(n.Items) > maxItems(t):
		d.Errorf(of.key, syntax.RuleLimit, "%s has %d keys or items; the limit is %d", of.name, len(n.Pairs)+len(n.Items), maxItems(t))
	case single && t.List != nil:
		items := reflect.MakeSlice(to.Type(), 1, 1)
		if mark.State = d.value(n, *t.List, of, items.Index(0)); mark.Good() {
			to.Set(items)
		}
	case single && t.Object != nil && t.Scalar != nil:
		mark.State = d.ref(n, t, of, to)
	case isObject:
		mark.State = d.object(n, t.Object, mark, to)
	case single:
		mark.State = d.scalar(n, t.Scalar, to)
	case n.Kind == syntax.Sequence && t.List != nil:
		mark.State = d.list(n, t, to)
	case n.Kind == syntax.Mapping && t.Map != nil && t.Map.Listed:
		mark.State = d.positions(n, t.Map, to)
	case n.Kind == syntax.Mapping && t.Map != nil:
		mark.State = d.mapping(n, t.Map, to)
	default:
		d.wrongKind(n, t, of.name)
	}
	return mark.State
}

// maxItems is how many keys a mapping and items a list may have. Codes and their aliases
// are numbered in 16 bits; the rest is compared with each other, and no API has as much.
func maxItems(t Type) int {
	switch {
	case t.Map != nil && t.Map.Value.Object == nil: // the digests of an overlay
		return math.MaxInt
	case t.Map != nil && t.Map.Key == "code", t.List != nil && t.List.Scalar != nil && t.List.Scalar.Kind == Text:
		return 1 << 16
	case t.List != nil:
		return 1 << 10
	}
	return 1 << 12
}

func (d *decoder) wrongKind(n *syntax.Node, t Type, name string) {
	p := d.Errorf(n.Place, "wrong-kind", "%s is %s, not %s", name, n.Kind, expected(t))
	switch {
	case n.Kind == syntax.Scalar && t.Object != nil && shortHand(n.Text, t.Object) != "":
		p.Hint = "write " + shortHand(n.Text, t.Object)
	case n.Kind == syntax.Sequence && t.Map != nil && t.Map.Listed:
		p.Hint = "write each item under its position in the spec, from 1"
	case t.List == nil:
	case n.Kind == syntax.Scalar && t.List.Object != nil && shortHand(n.Text, t.List.Object) != "":
		p.Hint = "write a list: [" + shortHand(n.Text, t.List.Object) + "]"
	case n.Kind == syntax.Scalar && t.List.Scalar != nil:
		p.Hint = "write a list: [" + n.Text + "]"
	case n.Kind == syntax.Mapping && t.List.Object != nil:
		p.Hint = "start each item with a hyphen"
	}
}

// shortHand guesses the mapping that a single text stands for where it is a place in a
// reply or a test: {json: /error/id} for a pointer, say. It is empty for what is neither.
func shortHand(text string, o *Object) string {
	takes := func(key string) bool {
		i := o.Index(key)
		return i >= 0 && o.Keys[i].Type.Scalar != nil
	}
	_, isStatus := ParseStatusKey(text)
	switch {
	case !takes("header"):
	case strings.HasPrefix(text, "/") && takes("json"):
		return "{json: " + text + "}"
	case strings.HasPrefix(text, "/") && takes("present"):
		return "{present: " + text + "}"
	case isStatus && takes("present"):
		return "{status: " + text + "}"
	case fieldName().MatchString(text) && (takes("json") || strings.Contains(text, "-")):
		return "{header: " + text + "}"
	}
	return ""
}

var fieldName = pattern.Of(`^[A-Za-z][A-Za-z0-9-]*$`)

// markOf returns the mark of a Field.
func markOf(field reflect.Value) *Mark { return field.Field(0).Addr().Interface().(*Mark) }

// list reads the items of a list, and leaves bad ones out.
func (d *decoder) list(n *syntax.Node, t Type, to reflect.Value) State {
	if len(n.Items) == 0 {
		d.Errorf(n.Place, "text-empty", "an empty list").Hint = "remove the key"
		return Bad
	}
	items, state, kept := reflect.MakeSlice(to.Type(), len(n.Items), len(n.Items)), Good, 0
	for _, item := range n.Items {
		fits := d.value(item, *t.List, subject{"the list item", item.Place}, items.Index(kept))
		state = min(state, max(fits, Partial))
		if fits != Bad {
			kept++
		}
	}
	if kept == 0 {
		return Bad
	}
	to.Set(items.Slice(0, kept))
	return state
}

// positions reads a mapping of positions into a list. What it does not have is absent.
func (d *decoder) positions(n *syntax.Node, m *Map, to reflect.Value) State {
	if len(n.Pairs) == 0 {
		return Absent
	}
	state := Good
	for _, pair := range n.Pairs {
		position, ok := parseWhole(pair.Key.Text)
		if !ok || !isPosition().MatchString(pair.Key.Text) {
			d.Errorf(pair.Key.Place, "bad-number", "%s is not a position in a list", diag.Quote(pair.Key.Text)).Hint = "positions count from 1"
			state = Partial
			continue
		}
		if grow := position - to.Len(); grow > 0 {
			to.Set(reflect.AppendSlice(to, reflect.MakeSlice(to.Type(), grow, grow)))
		}
		into := to.Index(position - 1)
		if first := markOf(into); first.Written() {
			d.duplicateKey(pair.Key, first.Key)
			state = Partial
			continue
		}
		if d.value(pair.Value, m.Value, subject{"the item " + pair.Key.Text, pair.Key.Place}, into) != Good {
			state = Partial
		}
	}
	return state
}

var isPosition = pattern.Of(positionPattern)

// ref reads a name, or what is written in place of one, into a Ref.
func (d *decoder) ref(n *syntax.Node, t Type, of subject, to reflect.Value) State {
	name, here := to.Field(0), to.Field(1)
	if n.Kind == syntax.Scalar {
		return d.scalar(n, t.Scalar, name)
	}
	here.Set(reflect.New(here.Type().Elem()))
	return d.value(n, Type{Object: t.Object}, of, here.Elem())
}

// expected says in words what a type takes.
func expected(t Type) string {
	var shapes []string
	if t.Scalar != nil {
		shapes = append(shapes, t.Scalar.expected())
	}
	if t.Object != nil {
		var names []string
		for _, key := range t.Object.Keys[:min(3, len(t.Object.Keys))] {
			names = append(names, key.Name)
		}
		shapes = append(shapes, "a mapping with keys such as "+diag.OneOf(names))
	}
	if t.Map != nil {
		shapes = append(shapes, "a mapping of each "+t.Map.Key+" to its entry")
	}
	if t.List != nil {
		if t.Object != nil {
			return diag.OneOf(shapes) + ", or a list of them"
		}
		shapes = append(shapes, "a list")
	}
	return diag.OneOf(shapes)
}

func lowerFirst(text string) string {
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}
