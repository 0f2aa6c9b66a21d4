package frozen

import (
	"reflect"
	"sync"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// layout is a text of the types that a catalog is made of: their fields, in order.
var layout = sync.OnceValue(func() []byte {
	var l layouts
	l.add(reflect.TypeFor[model.Catalog]())
	return l.text
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
