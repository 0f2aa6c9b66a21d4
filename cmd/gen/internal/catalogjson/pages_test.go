package catalogjson_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// decode reads a page's form, whose first member is the mark.
func decode[T any](t *testing.T, pages map[string][]byte, name string) T {
	t.Helper()
	var form T
	content := string(pages[name])
	if !strings.HasPrefix(content, "{\n  \"generated\": \""+model.Mark("shop.yaml")+"\",\n") {
		t.Errorf("%s starts %.100q", name, content)
	}
	if err := json.Unmarshal(pages[name], &form); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return form
}

func TestPages(t *testing.T) {
	c := load(t)
	pages := catalogjson.Pages(c, "shop.yaml")
	want := []string{"index.json"}
	byAction, byCategory := make(map[string][]catalogjson.Entry), make(map[string][]catalogjson.Entry)
	for i, a := range c.APIs {
		name := a.Address() + ".json"
		want = append(want, name)
		if diff := cmp.Diff(catalogjson.NewList(c).APIs[i], decode[catalogjson.APIPage](t, pages, name).API); diff != "" {
			t.Errorf("%s (-list +page):\n%s", name, diff)
		}
		for _, e := range a.Entries() {
			form := catalogjson.NewEntry(e)
			byAction[form.Action] = append(byAction[form.Action], form)
			byCategory[form.Category] = append(byCategory[form.Category], form)
			names := []string{e.Address() + ".json"}
			for i := range e.Aliases {
				names = append(names, e.AliasAddress(i)+".json")
			}
			for _, name := range names {
				if diff := cmp.Diff(form, decode[catalogjson.EntryPage](t, pages, name).Entry); diff != "" {
					t.Errorf("%s (-entry +page):\n%s", name, diff)
				}
			}
			want = append(want, names...)
		}
	}
	for i, category := range c.Categories {
		name := category.Address() + ".json"
		want = append(want, name)
		got := decode[catalogjson.CategoryPage](t, pages, name)
		if diff := cmp.Diff(catalogjson.NewList(c).Categories[i], got.Category); diff != "" {
			t.Errorf("%s (-list +page):\n%s", name, diff)
		}
		if diff := cmp.Diff(append([]catalogjson.Entry{}, byCategory[category.Name]...), got.Entries); diff != "" {
			t.Errorf("%s: entries (-want +got):\n%s", name, diff)
		}
	}
	for _, action := range classify.Actions() {
		address := model.ActionAddress(action)
		name := address + ".json"
		want = append(want, name)
		got := decode[catalogjson.ActionPage](t, pages, name)
		entries := append([]catalogjson.Entry{}, byAction[action.String()]...)
		if diff := cmp.Diff(entries, got.Entries); diff != "" {
			t.Errorf("%s: entries (-want +got):\n%s", name, diff)
		}
		if got.Name != action.String() || got.Title != say.ActionTitle(action) || got.Advice != say.ActionAdvice(action) || got.Address != address {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(maps.Keys(pages))); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if string(pages["index.json"]) != string(catalogjson.File(c, "shop.yaml")) {
		t.Error("index.json is not the catalog's file")
	}
}

// TestPageShapes holds that no list of a page is null.
func TestPageShapes(t *testing.T) {
	for name, content := range catalogjson.Pages(load(t), "shop.yaml") {
		var page any
		if err := json.Unmarshal(content, &page); err != nil {
			t.Fatal(err)
		}
		for _, member := range nulls("", page) {
			if !slices.Contains([]string{"retired", "unknown", "unrecognised"}, member) {
				t.Errorf("%s: %q is null", name, member)
			}
		}
	}
}
