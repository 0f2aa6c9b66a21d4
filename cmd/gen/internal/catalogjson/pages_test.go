package catalogjson_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

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
	if !strings.HasPrefix(content, "{\"generated\": \""+model.Mark("shop.yaml")+"\",\n") {
		t.Errorf("%s starts %.100q", name, content)
	}
	if err := json.Unmarshal(pages[name], &form); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return form
}

func madePages(c *model.Catalog) map[string][]byte {
	pages := map[string][]byte{}
	for name, page := range catalogjson.Pages(c, "shop.yaml") {
		pages[name] = page()
	}
	return pages
}

func TestPages(t *testing.T) {
	c := load(t)
	pages := madePages(c)
	want := []string{"index.json"}
	byAction, byCategory := make(map[string][]catalogjson.EntryLink), make(map[string][]catalogjson.EntryLink)
	index := decode[catalogjson.IndexPage](t, pages, "index.json")
	all := catalogjson.NewList(c)
	if got := (catalogjson.List{Format: index.Format, Title: index.Title, Language: index.Language, Site: index.Site, Categories: index.Categories, Policies: index.Policies}); len(index.APIs) != len(c.APIs) {
		t.Errorf("index.json has %d APIs", len(index.APIs))
	} else if diff := cmp.Diff(all, got, cmpopts.IgnoreFields(all, "APIs")); diff != "" {
		t.Errorf("index.json (-list +page):\n%s", diff)
	}
	for i, a := range c.APIs {
		if diff := cmp.Diff(catalogjson.APILink{Name: a.Name, Title: a.Title, Summary: a.Summary, Entries: len(a.Entries()), Address: a.Address()}, index.APIs[i]); diff != "" {
			t.Errorf("index.json (-want +got):\n%s", diff)
		}
		name := a.Address() + ".json"
		want = append(want, name)
		if diff := cmp.Diff(linked(t, all.APIs[i]), decode[catalogjson.APIPage](t, pages, name)); diff != "" {
			t.Errorf("%s (-list +page):\n%s", name, diff)
		}
		for _, e := range a.Entries() {
			form := catalogjson.NewEntry(e)
			byAction[form.Action] = append(byAction[form.Action], linkOf(form))
			byCategory[form.Category] = append(byCategory[form.Category], linkOf(form))
			names := []string{e.Address() + ".json"}
			for i := range e.Aliases {
				names = append(names, e.AliasAddress(i)+".json")
			}
			for _, name := range names {
				if diff := cmp.Diff(form, decode[catalogjson.Entry](t, pages, name)); diff != "" {
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
		if diff := cmp.Diff(append([]catalogjson.EntryLink{}, byCategory[category.Name]...), got.Entries); diff != "" {
			t.Errorf("%s: entries (-want +got):\n%s", name, diff)
		}
	}
	for _, action := range classify.Actions() {
		address := model.ActionAddress(action)
		name := address + ".json"
		want = append(want, name)
		got := decode[catalogjson.ActionPage](t, pages, name)
		entries := append([]catalogjson.EntryLink{}, byAction[action.String()]...)
		if diff := cmp.Diff(entries, got.Entries); diff != "" {
			t.Errorf("%s: entries (-want +got):\n%s", name, diff)
		}
		if got.Name != action.String() || got.Title != say.English.ActionTitle(action) || got.Advice != say.English.ActionAdvice(action) || got.Address != address {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(maps.Keys(pages))); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

// linkOf returns what pages say of an entry.
func linkOf(e catalogjson.Entry) catalogjson.EntryLink {
	return catalogjson.EntryLink{API: e.API, Kind: e.Kind, Code: e.Code, Action: e.Action, Meaning: e.Meaning, Address: e.Address}
}

// linked returns an API with links to its entries: these have no other members than
// entries have.
func linked(t *testing.T, a catalogjson.API) (page catalogjson.APIPage) {
	t.Helper()
	if err := json.Unmarshal(catalogjson.Encode(a), &page); err != nil {
		t.Fatal(err)
	}
	return page
}

// TestPageShapes holds that no list of a page is null.
func TestPageShapes(t *testing.T) {
	for name, content := range madePages(load(t)) {
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
