package format

import (
	"reflect"
	"strings"
	"sync"
)

// Definition returns the format of a whole file, as the structs of spec.go have it.
var Definition = sync.OnceValue(func() Type {
	return (&definer{made: make(map[reflect.Type]*Object)}).value(reflect.TypeFor[Spec](), `is:"spec"`)
})

// Overlay returns the format of a file that holds the texts of a spec in another
// language: of the same structs, those keys that are such texts or hold some. What is a
// list in a spec is a mapping of positions there, so that it can hold some of the items.
var Overlay = sync.OnceValue(func() Type {
	return (&definer{made: make(map[reflect.Type]*Object), overlay: true}).value(reflect.TypeFor[Spec](), `is:"overlay"`)
})

// definer makes types of the format of Go types and tags. It holds the objects
// that are made, by their structs.
type definer struct {
	made    map[reflect.Type]*Object
	overlay bool
}

// value returns the type of what is read into the Value of a Field.
func (d *definer) value(into reflect.Type, tag reflect.StructTag) Type {
	if by, ok := tag.Lookup("by"); ok {
		pair := into.Field(0).Type.Elem()
		most := MaxKey
		if by == "pointer" {
			most = maxPointer
		}
		return Type{Map: &Map{Key: by, Pattern: patterns[by], Empty: by == "code", Max: most, Value: d.single(pair.Field(1).Type.Field(1).Type, tag)}}
	}
	if into.Kind() != reflect.Slice || into.Elem().Kind() != reflect.Struct {
		return d.single(into, tag)
	}
	t := d.single(into.Elem().Field(1).Type, tag)
	if d.overlay {
		return Type{Map: &Map{Key: "position", Pattern: positionPattern, Max: MaxKey, Listed: true, Value: t}}
	}
	if tag.Get("or") == "list" {
		return Type{Scalar: t.Scalar, Object: t.Object, List: &t}
	}
	return Type{List: &t}
}

// single returns the type of what is neither a list nor a mapping of names.
func (d *definer) single(into reflect.Type, tag reflect.StructTag) Type {
	is, or := tag.Get("is"), tag.Get("or")
	of, isName := tag.Lookup("names")
	switch {
	case isName && is == "":
		return Type{Scalar: nameOf(of)}
	case isName: // a Ref
		return Type{Scalar: nameOf(of), Object: d.object(into.Field(1).Type.Elem().Field(1).Type, is)}
	case scalars[is] != nil && or != "" && or != "list": // a Ref as well
		return Type{Scalar: scalars[is], Object: d.object(into.Field(1).Type.Elem().Field(1).Type, or)}
	case scalars[is] != nil:
		return Type{Scalar: scalars[is]}
	}
	return Type{Object: d.object(into, is)}
}

func nameOf(what string) *Scalar {
	article := "a "
	if strings.ContainsAny(what[:1], "aeio") {
		article = "an "
	}
	return &Scalar{Name: what, Expect: "the name of " + article + what, Kind: Name}
}

// object returns the object that is read into a struct. Its keys are in the order
// of the struct's fields.
func (d *definer) object(into reflect.Type, name string) *Object {
	if d.made[into] != nil {
		return d.made[into]
	}
	if into.PkgPath() != reflect.TypeFor[Spec]().PkgPath() { // none of the structs of spec.go
		panic("internal error: the format has no scalar " + name)
	}
	o := &Object{Name: name}
	d.made[into] = o
	for i := range into.NumField() {
		field := into.Field(i)
		role := field.Tag.Get("overlay")
		if !d.overlay && role == "only" {
			continue
		}
		key := Key{
			Name:     field.Tag.Get("key"),
			Type:     d.value(field.Type.Field(1).Type, field.Tag),
			Required: field.Tag.Get("required") == "yes",
			Wire:     field.Tag.Get("wire") == "yes",
			Parts:    field.Tag.Get("parts") == "yes",
			Doc:      field.Tag.Get("doc"),
			Field:    i,
		}
		if d.overlay {
			if role == "" && !holdsKeys(key.Type) {
				continue
			}
			key.Required = role == "yes" || role == "only" && key.Required
		}
		o.Keys = append(o.Keys, key)
	}
	return o
}

// holdsKeys reports whether a type is an object that has keys, or holds such objects.
func holdsKeys(t Type) bool {
	return t.Object != nil && len(t.Object.Keys) > 0 || t.Map != nil && holdsKeys(t.Map.Value) || t.List != nil && holdsKeys(*t.List)
}
