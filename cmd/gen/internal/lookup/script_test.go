package lookup

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/minified"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/table"
)

// dataOf returns the tables and the APIs of a script with the rows that its second part has,
// and the messages of that.
func dataOf(t *testing.T, c *model.Catalog, mark string) (tables map[string]any, apis []map[string]any, messages []any) {
	t.Helper()
	var second []any
	for i, script := range scripts(c, mark) {
		own := strings.TrimSuffix(string(script), ");\n")
		program, data := own[:strings.LastIndex(own, "\n")], own[strings.LastIndex(own, "\n")+1:]
		data, isCall := strings.CutPrefix(data, "(")
		if !isCall || !strings.HasSuffix(program, "})") {
			t.Fatalf("the script does not end in a line with its data: %.200s", data)
		}
		var both []json.RawMessage
		if err := json.Unmarshal([]byte("["+data+"]"), &both); err != nil || len(both) != 2 {
			t.Fatalf("the data are not two values: %v", err)
		}
		if err := json.Unmarshal(both[0], &tables); err != nil { // to those of the part before
			t.Fatal(err)
		}
		if err := json.Unmarshal(both[1], []any{&apis, &second}[i]); err != nil {
			t.Fatal(err)
		}
	}
	messages = second[0].([]any)
	for _, rows := range second[1].([]any) { // in place of how many they are
		at := rows.([]any)
		group := apis[int(at[0].(float64))]["groups"].([]any)[int(at[1].(float64))].([]any)
		if own := at[2].([]any); group[3] != float64(len(own)) {
			t.Fatalf("%v rows, %d of them in the second part", group[3], len(own))
		}
		group[3] = at[2]
	}
	return tables, apis, messages
}

// scripts returns both parts of the script.
func scripts(c *model.Catalog, mark string) [2][]byte {
	lookup, rest := New(c).Scripts(mark)
	return [2][]byte{lookup, rest}
}

func TestScript(t *testing.T) {
	c := shipped(t)
	all := scripts(c, "errors.yaml")
	for range 5 {
		if again := scripts(shipped(t), "errors.yaml"); !bytes.Equal(all[0], again[0]) || !bytes.Equal(all[1], again[1]) {
			t.Fatal("two scripts of one catalog differ")
		}
	}
	for _, script := range all {
		first, _, _ := bytes.Cut(script, []byte("\n"))
		if diff := cmp.Diff("// "+model.Mark("errors.yaml"), string(first)); diff != "" {
			t.Errorf("first line (-want +got):\n%s", diff)
		}
		if comment := regexp.MustCompile(`(?m)//[ !].*`).FindAll(script, -1); len(comment) != 1 {
			t.Errorf("comments are left: %q", comment[1:])
		}
	}
	if tables, apis, _ := dataOf(t, c, "errors.yaml"); len(tables) != 52 || len(apis) != len(c.APIs) {
		t.Errorf("got %d tables and %d APIs", len(tables), len(apis))
	}
}

// TestScriptParts has all files in one of the parts.
func TestScriptParts(t *testing.T) {
	files, err := sources.ReadDir("script")
	if err != nil || len(files) != len(first)+len(second)-1 {
		t.Errorf("%d files for %d and %d sections: %v", len(files), len(first), len(second), err)
	}
}

// TestScriptWithoutXML leaves the parser of XML out where no form needs it.
func TestScriptWithoutXML(t *testing.T) {
	const parser = "<![CDATA["
	if bytes.Contains(scripts(shipped(t), "errors.yaml")[0], []byte(parser)) {
		t.Error("the script of a catalog without XML has a parser of it")
	}
	if !bytes.Contains(scripts(load(t, lookuptest.FormsSpec), "errors.yaml")[0], []byte(parser)) {
		t.Error("the script of a catalog with XML has no parser of it")
	}
}

func TestScriptOfNothing(t *testing.T) {
	for _, c := range []*model.Catalog{nil, {}} {
		if _, apis, messages := dataOf(t, c, "errors.yaml"); len(apis)+len(messages) != 0 {
			t.Errorf("got %v and %v of an empty catalog", apis, messages)
		}
	}
}

// TestScriptOfHostileTexts puts texts that end scripts, lines, strings and
// comments where a catalog has texts.
func TestScriptOfHostileTexts(t *testing.T) {
	texts := []string{
		"</script><script>alert(1)</script>", "<!--", "]]>", "a\u2028b\u2029c", `"`, `'`, "`${alert(1)}`", `\`, `\"`, `");alert(1);("`,
		"//", "/*", "*/", "\n", "\r\n", "\x00", "__proto__", "constructor", "\ufeff", "\U0001f600", "//# sourceMappingURL=x",
	}
	for _, text := range texts {
		a := &model.API{
			Name: "a", Title: text,
			Forms: []classify.Form{{Syntax: classify.Text, Code: []classify.Path{{text}}, After: text, Before: text, OK: []classify.Test{
				{Kind: classify.PrefixIs, Prefix: []string{text}},
				{Kind: classify.HeaderEquals, Header: text, Values: []classify.Scalar{{Text: text}}},
				{At: classify.Path{text}, Values: []classify.Scalar{{Text: text}}},
			}}},
		}
		a.Codes = []*model.Entry{{
			API: a, Kind: classify.KindCode, Code: text, Number: 1, Slug: "page", Aliases: []string{text + "2"}, Message: text + " and more",
			Category: &model.Category{Name: text},
		}}
		c := &model.Catalog{APIs: []*model.API{a}}
		_, apis, messages := dataOf(t, c, text)
		form := map[string]any{
			"syntax": "text", "code": []any{[]any{text}}, "after": text, "before": text, "ok": []any{
				map[string]any{"kind": "prefix", "prefix": []any{text}},
				map[string]any{"kind": "header", "header": text, "values": []any{[]any{"string", text}}},
				map[string]any{"kind": "equals", "at": []any{text}, "values": []any{[]any{"string", text}}},
			},
		}
		row := []any{text, []any{text + "2"}, "page"}
		want := []map[string]any{{
			"title": text, "table": map[string]any{"table": float64(table.Version), "api": "", "title": "", "forms": []any{form}}, "says": []any{map[string]any{"action": "fail"}}, "groups": []any{[]any{"code", "c/a/", "", []any{row}}},
		}}
		if titles := titlesOf(a); len(titles) > 0 {
			want[0]["titles"] = []any{titles[0]}
		}
		if diff := cmp.Diff(want, apis); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		if diff := cmp.Diff([]any{text + " and more"}, messages); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
		for _, script := range scripts(c, text) {
			_, body, _ := bytes.Cut(script, []byte("\n"))
			if bytes.ContainsAny(body[bytes.LastIndexByte(bytes.TrimSpace(body), '\n'):], "<>&\u2028\u2029\x00") || !utf8.Valid(script) {
				t.Errorf("%q is not escaped", text)
			}
		}
	}
}

// TestScriptRows leaves out of a row what the script knows without it.
func TestScriptRows(t *testing.T) {
	a := &model.API{Name: "a", Title: "A"}
	fine := &model.Category{Name: "fine", Action: classify.OK}
	broken := &model.Category{Name: "broken"}
	a.Codes = []*model.Entry{
		{API: a, Kind: classify.KindCode, Code: "BAD_KEY", Number: 1, Slug: "bad-key", Category: broken},
		{API: a, Kind: classify.KindCode, Code: "Bad Word", Number: 2, Slug: "bad-word", Category: broken, Message: "Oh"},
		{API: a, Kind: classify.KindCode, Code: "GOOD_KEY", Number: 3, Slug: "good-key", Category: fine, Action: classify.OK, Aliases: []string{"FINE"}},
	}
	a.Statuses = []*model.Entry{{API: a, Kind: classify.KindStatus, Code: "404", Category: broken, Message: "Not here"}}
	a.Unknown = &model.Entry{API: a, Kind: classify.KindUnknown, Code: "unknown", Category: broken}
	_, apis, messages := dataOf(t, &model.Catalog{APIs: []*model.API{a}}, "errors.yaml")
	want := []any{
		[]any{"code", "c/a/", "", []any{"BAD_KEY", []any{"Bad Word", 0., "bad-word"}, []any{"GOOD_KEY", []any{"FINE"}}}, []any{0., 0., 1.}},
		[]any{"status", "s/a/", "Status ", []any{"404"}},
		[]any{"unknown", "u/a/", "", []any{[]any{"unknown", 0., 0., "Unlisted code"}}},
	}
	if diff := cmp.Diff([]any{0., 0., 0., "Not here", 0.}, messages); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, apis[0]["groups"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMinified has the script of sites be that of its sources. The check of the module
// cmd/gen/minify compares them byte by byte.
func TestMinified(t *testing.T) {
	if stale := minified.Stale(minifiedFiles, Sources()); len(stale) > 0 {
		t.Errorf("%q are of other sources: run make generate", stale)
	}
}
