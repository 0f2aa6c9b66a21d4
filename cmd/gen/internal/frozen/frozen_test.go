package frozen

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/golang/golangtest"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/spec"
)

// TestShipped wants the embedded catalog to be that of the shipped spec.
func TestShipped(t *testing.T) {
	c, _ := check.Load("errors.yaml", spec.Errors)
	if string(Freeze(c)) != shipped {
		t.Fatal("the frozen catalog is not what the spec makes: run make generate")
	}
	if diff := cmp.Diff(c, Shipped()); diff != "" {
		t.Errorf("-spec +thawed:\n%s", diff)
	}
}

// catalogs are those of all specs that the tests of the generator have.
func catalogs(t *testing.T) map[string]*model.Catalog {
	all := map[string]*model.Catalog{
		"empty": {}, "full": golangtest.Full(), "large": lookuptest.Large(1500), "shipped": Shipped(),
	}
	for _, pattern := range []string{"../check/testdata/*/*.yaml", "../*/testdata/*.yaml", "../../../../spec/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if c, problems := check.Load(file, source); !diag.HasErrors(problems) {
				all[file] = c
			}
		}
	}
	return all
}

// TestThaw wants catalogs to be what they were, with what they point to in several places
// still one and the same: if it were not, there would be more of it when they are frozen again.
func TestThaw(t *testing.T) {
	all := catalogs(t)
	if len(all) < 30 {
		t.Errorf("only %d catalogs", len(all))
	}
	for name, c := range all {
		once := Freeze(c)
		thawed := Thaw(string(once))
		if !reflect.DeepEqual(thawed, c) {
			t.Errorf("%s: -frozen +thawed:\n%s", name, cmp.Diff(c, thawed))
		}
		if again := Freeze(thawed); !bytes.Equal(again, once) {
			t.Errorf("%s: %d bytes, and %d when frozen again", name, len(once), len(again))
		}
	}
}

// TestEveryField freezes a catalog in which each field of each type has a value.
func TestEveryField(t *testing.T) {
	c := &model.Catalog{}
	fill(reflect.ValueOf(c).Elem(), 6)
	if thawed := Thaw(string(Freeze(c))); !reflect.DeepEqual(thawed, c) {
		t.Errorf("-frozen +thawed:\n%s", cmp.Diff(c, thawed))
	}
}

// fill sets all that a value is made of, down to a depth.
func fill(v reflect.Value, depth int) {
	if depth == 0 {
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(-0.1)
	case reflect.String:
		v.SetString("ß" + v.Type().String())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(1), depth-1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth-1)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth)
		}
	default:
		if v.CanInt() {
			v.SetInt(-1 << (v.Type().Bits() - 1))
		} else {
			v.SetUint(1<<v.Type().Bits() - 1)
		}
	}
}

// TestEmptyList wants a list without elements to stay another thing than none.
func TestEmptyList(t *testing.T) {
	c := &model.Catalog{APIs: []*model.API{{Forms: []classify.Form{}}}}
	if got := Thaw(string(Freeze(c))); got.APIs[0].Forms == nil || got.APIs[0].Delays != nil {
		t.Errorf("got %#v", got.APIs[0])
	}
}

// TestBroken wants nothing that was cut or changed to be loaded.
func TestBroken(t *testing.T) {
	whole := string(Freeze(golangtest.Full()))
	for i := range len(whole) {
		if Thaw(whole[:i]) != nil {
			t.Fatalf("loaded the first %d of %d bytes", i, len(whole))
		}
		if i%7 != 0 {
			continue
		}
		changed := []byte(whole)
		changed[i] ^= 1 << (i % 8)
		if Thaw(string(changed)) != nil {
			t.Fatalf("loaded with another byte %d", i)
		}
	}
	if Thaw(whole+"\x00") != nil {
		t.Error("loaded with one more byte")
	}
}
