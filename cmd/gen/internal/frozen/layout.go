package frozen

import (
	"reflect"
	"sync"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// typesSum is the digest of the types that a catalog is made of: their fields, in order.
var typesSum = sync.OnceValue(func() string {
	var l layouts
	l.add(reflect.TypeFor[model.Catalog]())
	return sumOf(string(l.text))
})

type layouts struct {
	text []byte
	seen []reflect.Type // structs
}

func (l *layouts) add(t reflect.Type) {
	l.text = append(append(l.text, t.Kind().String()...), ' ')
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		l.add(t.Elem())
	case reflect.Struct:
		l.text = append(append(l.text, t.String()...), ' ')
		for _, other := range l.seen {
			if other == t {
				return
			}
		}
		l.seen = append(l.seen, t)
		for i := range t.NumField() {
			field := t.Field(i)
			l.text = append(append(l.text, field.Name...), ' ')
			l.add(field.Type)
		}
	}
}
