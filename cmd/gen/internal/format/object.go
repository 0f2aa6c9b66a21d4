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

// object reads the keys of a mapping into the fields of a struct, or into Pairs.
// What is missing is reported at the mapping's own key.
func (d *decoder) object(n *syntax.Node, o *Object, mark *Mark, to reflect.Value) State {
	field := d.fields(o, to)
	state := Good
	unknown := make(map[string]diag.Place)
	for i, pair := range n.Pairs {
		k := o.Index(pair.Key.Text)
		if k < 0 {
			mark.Flawed = true
			k = d.unknownKey(n.Pairs[i:], o, field)
		}
		if k < 0 {
			if first, twice := unknown[pair.Key.Text]; twice {
				d.duplicateKey(pair.Key, first)
			} else {
				unknown[pair.Key.Text] = pair.Key.Place
			}
			continue
		}
		into := field(k)
		if first := markOf(into); first.Written() {
			mark.Flawed = true
			d.duplicateKey(pair.Key, first.Key)
			into = reflect.New(into.Type()).Elem()
		}
		if d.value(pair.Value, o.Keys[k].Type, subject{o.Keys[k].Name, pair.Key.Place}, into) != Good {
			state = Partial
		}
	}
	d.missing(n, o, mark, field)
	if all, ok := to.Addr().Interface().(pairs); ok {
		all.settle()
	}
	if mark.Flawed || n.Incomplete {
		return Partial
	}
	return state
}

// missing marks what an object lacks, and reports what it has to have.
func (d *decoder) missing(n *syntax.Node, o *Object, mark *Mark, field fieldAt) {
	for i, key := range o.Keys {
		switch at := markOf(field(i)); {
		case at.Written():
		case n.Incomplete:
			at.State = Hidden
		case key.Required:
			mark.Flawed = true
			d.Errorf(mark.Key, "missing-key", "the %s has no %s, which is required", o.Name, key.Name).
				Hint = key.Name + ": " + lowerFirst(strings.TrimSuffix(key.Doc, "."))
		}
	}
}

// mapping reads a mapping whose keys are the author's. The names of bad values
// stay, so that what refers to them is not reported as well.
func (d *decoder) mapping(n *syntax.Node, m *Map, to reflect.Value) State {
	if len(n.Pairs) == 0 {
		d.Errorf(n.Place, "text-empty", "an empty mapping").Hint = "remove the key"
		return Bad
	}
	list := reflect.MakeSlice(to.Field(0).Type(), len(n.Pairs), len(n.Pairs))
	state, index := Good, make(map[string]int, len(n.Pairs))
	for _, pair := range n.Pairs {
		key := pair.Key
		if !d.nameFits(key, m) {
			continue
		}
		into := list.Index(len(index))
		first, twice := index[key.Text]
		if twice {
			into = reflect.New(into.Type()).Elem()
		}
		into.Field(0).SetString(key.Text)
		of := subject{"the " + strings.TrimSuffix(m.Key, " name") + " " + diag.Quote(key.Text), key.Place}
		if d.value(pair.Value, m.Value, of, into.Field(1)) != Good {
			state = Partial
		}
		if twice {
			state = Partial
			d.duplicateName(m, key, list.Index(first), into)
			continue
		}
		index[key.Text] = len(index)
	}
	to.Field(0).Set(list.Slice(0, len(index)))
	to.Field(1).SetBool(n.Incomplete)
	if n.Incomplete {
		return Partial
	}
	return state
}

func (d *decoder) nameFits(key *syntax.Node, m *Map) bool {
	length := utf8.RuneCountInString(key.Text)
	switch {
	case length == 0 && !m.Empty:
		d.Errorf(key.Place, "text-empty", "an empty %s", m.Key)
	case length > MaxKey:
		d.Errorf(key.Place, "text-too-long", "the %s has %d characters; %d is the most", m.Key, length, MaxKey)
	default:
		return true
	}
	return false
}

// duplicateKey reports a key that is there twice. The first counts.
func (d *decoder) duplicateKey(key *syntax.Node, first diag.Place) {
	d.Errorf(key.Place, "duplicate-key", "duplicate key %s", diag.Quote(key.Text)).Relate(first, "first here")
}

// duplicateName reports a pair whose name is there before.
func (d *decoder) duplicateName(m *Map, key *syntax.Node, first, again reflect.Value) {
	at := markOf(first.Field(1)).Key
	if m.Key != "code" {
		d.duplicateKey(key, at)
		return
	}
	var p *diag.Problem
	if isRetired(first) != isRetired(again) {
		p = d.Errorf(key.Place, "retired-reused", "code %s is retired, and listed again", diag.Quote(key.Text))
		p.Hint = "a retired code is never used anew; remove one of the two"
	} else {
		p = d.Errorf(key.Place, "duplicate-code", "duplicate code %s", diag.Quote(key.Text))
		p.Hint = "where one code comes with several statuses, list them: status: [400, 422]"
	}
	p.Relate(at, "first here")
}

func isRetired(code reflect.Value) bool {
	return code.Addr().Interface().(*Pair[Entry]).Value.Retired.Written()
}

// fieldAt returns the Field of an object's key, by the key's index.
type fieldAt func(key int) reflect.Value

// fields returns where the keys of an object are read to.
func (d *decoder) fields(o *Object, to reflect.Value) fieldAt {
	if _, ok := to.Addr().Interface().(pairs); ok {
		list := reflect.MakeSlice(to.Field(0).Type(), len(o.Keys), len(o.Keys))
		for i, key := range o.Keys {
			list.Index(i).Field(0).SetString(key.Name)
		}
		to.Field(0).Set(list)
		return func(key int) reflect.Value { return list.Index(key).Field(1) }
	}
	of := layout{o, to.Type()}
	index, known := d.layouts[of]
	if !known {
		index = of.index()
		d.layouts[of] = index
	}
	return func(key int) reflect.Value { return to.FieldByIndex(index[key]) }
}

// layout is an object of the format and the struct that it is read into.
type layout struct {
	object *Object
	into   reflect.Type
}

// index returns the index of the field of each key. It panics if a key has no
// field, or a field no key.
func (l layout) index() [][]int {
	tagged := make(map[string][]int)
	for _, field := range reflect.VisibleFields(l.into) {
		if key, ok := field.Tag.Lookup("key"); ok {
			tagged[key] = field.Index
		}
	}
	index := make([][]int, len(l.object.Keys))
	for i, key := range l.object.Keys {
		index[i] = tagged[key.Name]
		if index[i] == nil {
			panic(fmt.Sprintf("internal error: %s has no field for key %s of the %s", l.into, key.Name, l.object.Name))
		}
		delete(tagged, key.Name)
	}
	if len(tagged) > 0 {
		panic(fmt.Sprintf("internal error: the %s has no keys for fields %v of %s", l.object.Name, tagged, l.into))
	}
	return index
}

// pairs is Pairs of any values.
type pairs interface{ settle() }

// settle leaves out the names that are not there, and brings the others into the
// order of the file.
func (p *Pairs[T]) settle() {
	p.List = slices.DeleteFunc(p.List, func(one Pair[T]) bool { return !one.Written() })
	slices.SortFunc(p.List, func(a, b Pair[T]) int { return a.Key.Compare(b.Key) })
}
