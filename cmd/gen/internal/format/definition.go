package format

import (
	"reflect"
	"strings"
)

// Definition is the format of a whole file, as the structs of spec.go have it.
var Definition = make(definer).value(reflect.TypeFor[Spec](), `is:"spec"`)

// definer makes types of the format of Go types and tags. It holds the objects
// that are made, by their structs.
type definer map[reflect.Type]*Object

// value returns the type of what is read into the Value of a Field.
func (d definer) value(into reflect.Type, tag reflect.StructTag) Type {
	if by, ok := tag.Lookup("by"); ok {
		pair := into.Field(0).Type.Elem()
		return Type{Map: &Map{Key: by, Pattern: patterns[by], Empty: by == "code", Value: d.single(pair.Field(1).Type.Field(1).Type, tag)}}
	}
	if into.Kind() != reflect.Slice || into.Elem().Kind() != reflect.Struct {
		return d.single(into, tag)
	}
	t := d.single(into.Elem().Field(1).Type, tag)
	if tag.Get("or") == "list" {
		return Type{Scalar: t.Scalar, Object: t.Object, List: &t}
	}
	return Type{List: &t}
}

// single returns the type of what is neither a list nor a mapping of names.
func (d definer) single(into reflect.Type, tag reflect.StructTag) Type {
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
func (d definer) object(into reflect.Type, name string) *Object {
	if d[into] != nil {
		return d[into]
	}
	if into.PkgPath() != reflect.TypeFor[Spec]().PkgPath() { // none of the structs of spec.go
		panic("internal error: the format has no scalar " + name)
	}
	o := &Object{Name: name}
	d[into] = o
	for field := range into.Fields() {
		o.Keys = append(o.Keys, Key{
			Name:     field.Tag.Get("key"),
			Type:     d.value(field.Type.Field(1).Type, field.Tag),
			Required: field.Tag.Get("required") == "yes",
			Doc:      field.Tag.Get("doc"),
		})
	}
	return o
}
