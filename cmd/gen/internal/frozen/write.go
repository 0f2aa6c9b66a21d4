package frozen

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Of a struct, a mask says which fields are not zero, and only these follow. Of a pointer, a
// number says whether it is nil, to something new, which follows, or to what an earlier one
// is to. Numbers take as many bytes as they need.

// What the number of a pointer says. Greater ones count what there is, from toKnown on.
const (
	toNothing = iota
	toNew
	toKnown
)

// writer writes a catalog.
type writer struct {
	out  []byte
	seen map[any]uint64 // what pointers are to, counted in the order of their first
}

func (w *writer) catalog(c *model.Catalog) {
	w.value(reflect.ValueOf(c))
	w.out = append(binary.AppendUvarint(nil, uint64(len(w.seen))), w.out...)
}

func (w *writer) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

func (w *writer) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		n := uint64(0)
		if v.Bool() {
			n = 1
		}
		w.number(n)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		w.out = binary.AppendVarint(w.out, v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		w.number(v.Uint())
	case reflect.Float64:
		w.number(math.Float64bits(v.Float()))
	case reflect.String:
		w.number(uint64(v.Len()))
		w.out = append(w.out, v.String()...)
	case reflect.Slice:
		w.list(v)
	case reflect.Pointer:
		w.pointer(v)
	case reflect.Struct:
		w.fields(v)
	default:
		panic(fmt.Sprintf("internal error: a %s can't be frozen", v.Type()))
	}
}

// list writes the length of a slice, which is 0 for nil and else one more than it has.
func (w *writer) list(v reflect.Value) {
	if v.IsNil() {
		w.number(0)
		return
	}
	w.number(uint64(v.Len()) + 1)
	for i := range v.Len() {
		w.value(v.Index(i))
	}
}

func (w *writer) pointer(v reflect.Value) {
	if v.IsNil() {
		w.number(toNothing)
		return
	}
	if n, known := w.seen[v.Interface()]; known {
		w.number(toKnown + n)
		return
	}
	w.seen[v.Interface()] = uint64(len(w.seen))
	w.number(toNew)
	w.value(v.Elem())
}

func (w *writer) fields(v reflect.Value) {
	mask := uint64(0)
	for i := range v.NumField() {
		if !v.Field(i).IsZero() {
			mask |= 1 << i
		}
	}
	w.number(mask)
	for i := range v.NumField() {
		if mask>>i&1 != 0 {
			w.value(v.Field(i))
		}
	}
}
