package format

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// object reads the keys of a mapping into the fields of a struct, which are in
// the same order. What is missing is reported at the mapping's own key.
func (d *decoder) object(n *syntax.Node, o *Object, mark *Mark, to reflect.Value) State {
	state := Good
	unknown := make(map[string]diag.Place)
	for i, pair := range n.Pairs {
		k := o.Index(pair.Key.Text)
		if k < 0 {
			mark.Flawed = true
			k = d.unknownKey(n.Pairs[i:], o, to)
		}
		if k < 0 {
			if first, twice := unknown[pair.Key.Text]; twice {
				d.duplicateKey(pair.Key, first)
			} else {
				unknown[pair.Key.Text] = pair.Key.Place
			}
			continue
		}
		into := to.Field(o.Keys[k].Field)
		if first := markOf(into); first.Written() {
			mark.Flawed = true
			d.duplicateKey(pair.Key, first.Key)
			into = reflect.New(into.Type()).Elem()
		}
		if d.value(pair.Value, o.Keys[k].Type, subject{o.Keys[k].Name, pair.Key.Place}, into) != Good {
			state = Partial
		}
		if o.Keys[k].Wire {
			d.hidden(pair.Value, o.Keys[k].Name)
		}
		d.swallowed(pair, o.Keys[k], n, o, to)
	}
	d.missing(n, o, mark, to)
	if mark.Flawed || n.Incomplete {
		return Partial
	}
	return state
}

// missing marks what an object lacks, and reports what it has to have.
func (d *decoder) missing(n *syntax.Node, o *Object, mark *Mark, to reflect.Value) {
	for _, key := range o.Keys {
		switch at := markOf(to.Field(key.Field)); {
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
	if d.empty(n) {
		return Bad
	}
	list := reflect.MakeSlice(to.Field(0).Type(), len(n.Pairs), len(n.Pairs))
	state, index, seen := Good, make(map[string]int, len(n.Pairs)), twins{}
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
		of := subject{m.subject(key.Text), key.Place}
		if d.value(pair.Value, m.Value, of, into.Field(1)) != Good {
			state = Partial
		}
		if twice {
			state = Partial
			d.duplicateName(m, key, list.Index(first), into)
			continue
		}
		index[key.Text] = len(index)
		d.twin(key, seen)
	}
	to.Field(0).Set(list.Slice(0, len(index)))
	to.Field(1).SetBool(n.Incomplete)
	if n.Incomplete {
		return Partial
	}
	return state
}

// subject is what problems call the value of a key.
func (m *Map) subject(key string) string {
	return "the " + strings.TrimSuffix(m.Key, " name") + " " + diag.Quote(key)
}

// empty reports a mapping of nothing.
func (d *decoder) empty(n *syntax.Node) bool {
	if len(n.Pairs) == 0 && !n.Incomplete {
		d.Errorf(n.Place, "text-empty", "an empty mapping").Hint = "remove the key"
	}
	return len(n.Pairs) == 0
}

func (d *decoder) nameFits(key *syntax.Node, m *Map) bool {
	length := utf8.RuneCountInString(key.Text)
	switch {
	case length == 0 && !m.Empty:
		d.Errorf(key.Place, "text-empty", "an empty %s", m.Key)
	case length > m.Max:
		d.Errorf(key.Place, "text-too-long", "the %s has %d characters; the limit is %d", m.Key, length, m.Max)
	default:
		d.quotes(key)
		return true
	}
	return false
}

// duplicateKey reports a key that is there twice. The first counts.
func (d *decoder) duplicateKey(key *syntax.Node, first diag.Place) {
	p := d.Errorf(key.Place, "duplicate-key", "duplicate key %s", diag.Quote(key.Text))
	p.Relate(first, "first here")
	if key.Place.File != first.File {
		p.Hint = "keep it in one of the files"
	}
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
		p.Hint = "a retired code is never reused; remove one of the two"
	} else {
		p = d.Errorf(key.Place, "duplicate-code", "duplicate code %s", diag.Quote(key.Text))
		p.Hint = "if a code comes with several statuses, list them: status: [400, 422]"
	}
	p.Relate(at, "first here")
}

func isRetired(code reflect.Value) bool {
	return code.Addr().Interface().(*Pair[Entry]).Value.Retired.Written()
}
