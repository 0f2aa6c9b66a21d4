package frozen

import (
	"math"
	"math/bits"
	"reflect"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// reader reads what a writer has written. The strings that it makes are parts of that.
type reader struct {
	rest  string
	known []reflect.Value // what pointers are to, in the order of the first
	rooms map[reflect.Type]*room
}

// room is where the next values of a type are made.
type room struct {
	values reflect.Value // a slice
	used   int
}

func (r *reader) catalog() *model.Catalog {
	r.rooms = map[reflect.Type]*room{}
	r.known = make([]reflect.Value, 0, r.number())
	var c *model.Catalog
	r.value(reflect.ValueOf(&c).Elem())
	return c
}

func (r *reader) number() uint64 {
	n := uint64(0)
	for i := range len(r.rest) {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	panic("internal error: a frozen catalog ends early")
}

// value reads what v has been, where v is zero.
func (r *reader) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(r.number() == 1)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n := r.number()
		v.SetInt(int64(n>>1) ^ -int64(n&1)) // as binary.Varint
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(r.number())
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(r.number()))
	case reflect.String:
		n := r.number()
		v.SetString(r.rest[:n])
		r.rest = r.rest[n:]
	case reflect.Slice:
		if n := int(r.number()) - 1; n >= 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				r.value(v.Index(i))
			}
		}
	case reflect.Pointer:
		r.pointer(v)
	case reflect.Struct:
		for mask := r.number(); mask != 0; mask &= mask - 1 {
			r.value(v.Field(bits.TrailingZeros64(mask)))
		}
	}
}

func (r *reader) pointer(v reflect.Value) {
	switch n := r.number(); n {
	case toNothing:
	case toNew:
		to := r.take(v.Type().Elem())
		v.Set(to)
		r.known = append(r.known, to)
		r.value(to.Elem())
	default:
		v.Set(r.known[n-toKnown])
	}
}

// take returns a pointer to a new value. Values of a type are made many at once.
func (r *reader) take(t reflect.Type) reflect.Value {
	in := r.rooms[t]
	if in == nil || in.used == atOnce {
		in = &room{values: reflect.MakeSlice(reflect.SliceOf(t), atOnce, atOnce)}
		r.rooms[t] = in
	}
	in.used++
	return in.values.Index(in.used - 1).Addr()
}

// atOnce is how many values of a type are made at once.
const atOnce = 32
