package diff

import (
	"slices"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Catalogs compares an older catalog with a newer one.
func Catalogs(older, newer *model.Catalog) Report {
	r := Report{Changes: []Change{}}
	compare(&r, Change{}, catalogRules, older, newer)
	things(&r, thing[*model.Category]{
		field: func(*model.Category) string { return "category" },
		name:  func(c *model.Category) string { return c.Name },
		said:  func(c *model.Category) string { return c.Action.String() },
		rules: categoryRules,
	}, "", older.Categories, newer.Categories)
	apis(&r, older, newer)
	return r
}

func apis(r *Report, older, newer *model.Catalog) {
	byName := func(c *model.Catalog, name string) *model.API {
		i := slices.IndexFunc(c.APIs, func(a *model.API) bool { return a.Name == name })
		if i < 0 {
			return nil
		}
		return c.APIs[i]
	}
	for _, a := range older.APIs {
		b := byName(newer, a.Name)
		if b == nil {
			r.add(Change{API: a.Name, Kind: Removed, Field: "api", Old: a.Title, Level: Major})
			continue
		}
		api(r, a, b)
	}
	for _, b := range newer.APIs {
		if byName(older, b.Name) == nil {
			r.add(Change{API: b.Name, Kind: Added, Field: "api", New: b.Title, Level: Minor})
		}
	}
}

func api(r *Report, older, newer *model.API) {
	compare(r, Change{API: older.Name}, apiRules, older, newer)
	things(r, thing[*model.Operation]{
		field: func(*model.Operation) string { return "operation" },
		name:  func(o *model.Operation) string { return o.Name },
		rules: operationRules,
	}, older.Name, older.Operations, newer.Operations)
	things(r, thing[*model.Entry]{
		field: func(e *model.Entry) string { return e.Kind.String() },
		name:  func(e *model.Entry) string { return e.Code },
		said:  func(e *model.Entry) string { return e.Action.String() },
		known: func(e *model.Entry) []string { return e.Aliases },
		rules: entryRules,
		bare:  true,
		inner: entry,
	}, older.Name, older.Entries(), newer.Entries())
	cases(r, Change{API: older.Name}, serverCases, older.Overrides, newer.Overrides)
}

// thing says how values of one sort are told apart and compared.
type thing[T any] struct {
	field func(T) string   // which sort it is
	name  func(T) string   // which of its sort
	said  func(T) string   // what to say of one that is added or removed; may be nil
	known func(T) []string // other names that it is known by, as one that was renamed is; may be nil
	rules []rule[T]
	bare  bool // changed fields stand without the sort
	inner func(r *Report, at Change, older, newer T)
}

// key tells the things of one list apart: a code may be spelled like a status.
type key struct{ field, name string }

// things compares two lists of things, whatever their order.
func things[T any](r *Report, t thing[T], api string, older, newer []T) {
	said := func(value T) string {
		if t.said == nil {
			return ""
		}
		return t.said(value)
	}
	index := func(values []T) map[key]T {
		byKey := make(map[key]T, len(values))
		for _, value := range values {
			byKey[key{t.field(value), t.name(value)}] = value
		}
		return byKey
	}
	before, after := index(older), index(newer)
	renamed := make(map[key]T) // what is new, by its former name
	for _, b := range newer {
		if _, ok := before[key{t.field(b), t.name(b)}]; ok || t.known == nil {
			continue
		}
		for _, name := range t.known(b) {
			former := key{t.field(b), name}
			if _, ok := before[former]; ok {
				renamed[former] = b
				before[key{t.field(b), t.name(b)}] = before[former]
				break
			}
		}
	}
	for _, a := range older {
		at := Change{API: api, Code: t.name(a), Field: t.field(a)}
		b, ok := after[key{t.field(a), t.name(a)}]
		if !ok {
			if b, ok = renamed[key{t.field(a), t.name(a)}]; ok {
				at.Code = t.name(b)
				r.add(Change{API: api, Code: at.Code, Kind: Renamed, Field: at.Field, Old: t.name(a), New: at.Code, Level: Minor, Entry: entryOf(b)})
			}
		}
		if !ok {
			at.Kind, at.Old, at.Level = Removed, said(a), Major
			r.add(at)
			continue
		}
		at.Entry = entryOf(b)
		if t.bare {
			at.Field = ""
		}
		compare(r, at, t.rules, a, b)
		if t.inner != nil {
			t.inner(r, at, a, b)
		}
	}
	for _, b := range newer {
		if _, ok := before[key{t.field(b), t.name(b)}]; !ok {
			r.add(Change{API: api, Code: t.name(b), Kind: Added, Field: t.field(b), New: said(b), Level: Minor, Entry: entryOf(b)})
		}
	}
}

// entryOf returns a thing that is an entry, and nil for any other.
func entryOf(thing any) *model.Entry {
	e, _ := thing.(*model.Entry)
	return e
}

// compare reports the fields in which two values differ. The change at is that
// of the whole; its field, if any, goes before theirs.
func compare[T any](r *Report, at Change, rules []rule[T], older, newer T) {
	prefix := at.Field
	if prefix != "" {
		prefix += "."
	}
	for _, rule := range rules {
		before, after := rule.value(older), rule.value(newer)
		if before != after {
			at.Kind, at.Field, at.Old, at.New, at.Level = Changed, prefix+rule.field, before, after, rule.step(older, newer)
			r.add(at)
		}
	}
}

// entry compares the parts of an entry that are not one value.
func entry(r *Report, at Change, older, newer *model.Entry) {
	at.Field = "alias"
	for _, alias := range older.Aliases {
		if !slices.Contains(newer.Aliases, alias) {
			at.Kind, at.Old, at.New, at.Level = Removed, alias, "", Major
			r.add(at)
		}
	}
	for _, alias := range newer.Aliases {
		if !slices.Contains(older.Aliases, alias) && alias != older.Code {
			at.Kind, at.Old, at.New, at.Level = Added, "", alias, Minor
			r.add(at)
		}
	}
	for _, operation := range overridden(older, newer) {
		at.Field = "by_operation." + operation
		compare(r, at, overrideRules, resolved(older, operation), resolved(newer, operation))
	}
	cases(r, at, variantCases(older, newer), older.Variants, newer.Variants)
}

// overridden returns the operations for which either entry has an override.
func overridden(older, newer *model.Entry) []string {
	var operations []string
	for _, o := range slices.Concat(older.Overrides, newer.Overrides) {
		if !slices.Contains(operations, o.Operation) {
			operations = append(operations, o.Operation)
		}
	}
	return operations
}

// resolved returns what an entry says in one operation.
func resolved(e *model.Entry, operation string) model.Override {
	for _, o := range e.Overrides {
		if o.Operation == operation {
			return o
		}
	}
	return model.Override{Operation: operation, Category: e.Category, Action: e.Action, Policy: e.Policy, Fix: e.Fix}
}
