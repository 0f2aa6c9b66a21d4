package learn

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/replay"
)

const entry = "# Seen once.\n\"NEW\":\n  meaning: \"\"\n"

// TestAdd puts an entry behind the codes of an API.
func TestAdd(t *testing.T) {
	for name, test := range map[string]struct{ before, want string }{
		"at the end":           {"apis:\n  shop:\n    codes:\n      A: {}\n", "apis:\n  shop:\n    codes:\n      A: {}\n+"},
		"no line feed":         {"apis:\n  shop:\n    codes:\n      A: {}", "apis:\n  shop:\n    codes:\n      A: {}\n+"},
		"before other keys":    {"apis:\n  shop:\n    codes:\n      A:\n        fix: x\n\n    # others\n    unknown: {}\n", "apis:\n  shop:\n    codes:\n      A:\n        fix: x\n+\n    # others\n    unknown: {}\n"},
		"behind a text":        {"apis:\n  shop:\n    codes:\n      A:\n        fix: |\n          one\n\n          two # no comment\n\n  mail: {}\n", "apis:\n  shop:\n    codes:\n      A:\n        fix: |\n          one\n\n          two # no comment\n+\n  mail: {}\n"},
		"behind a comment":     {"apis:\n  shop:\n    codes:\n      A: {}\n      # B was here\n# end\n", "apis:\n  shop:\n    codes:\n      A: {}\n      # B was here\n+# end\n"},
		"a comment in between": {"apis:\n  shop:\n    codes:\n      A: {}\n# left\n      B: {}\n", "apis:\n  shop:\n    codes:\n      A: {}\n# left\n      B: {}\n+"},
		"another indent":       {"apis:\n    shop:\n        codes:\n            'A': {}\n", "apis:\n    shop:\n        codes:\n            'A': {}\n++++++"},
		"no codes yet":         {"apis:\n  shop:\n    title: Shop\n  mail: {}\n", "apis:\n  shop:\n    title: Shop\n    codes:\n+  mail: {}\n"},
		"another API":          {"apis:\n  mail:\n    codes:\n      A: {}\n  shop:\n    codes:\n      A: {}\n", "apis:\n  mail:\n    codes:\n      A: {}\n  shop:\n    codes:\n      A: {}\n+"},
	} {
		t.Run(name, func(t *testing.T) {
			indent := "      "
			if name == "another indent" {
				indent, test.want = "            ", strings.Replace(test.want, "++++++", "+", 1)
			}
			var lines string
			for line := range strings.Lines(entry) {
				lines += indent + line
			}
			want := strings.Replace(test.want, "+", lines, 1)
			for _, end := range []string{"\n", "\r\n"} {
				before := strings.ReplaceAll(test.before, "\n", end)
				_, got, err := Add([]File{{"errors.yaml", []byte(before)}}, "shop", []string{entry})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(strings.ReplaceAll(want, "\n", end), string(got)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

// TestAddRefuses names what has no room for lines.
func TestAddRefuses(t *testing.T) {
	for before, want := range map[string]string{
		"apis:\n  shop:\n    codes: {A: {}}\n":    "errors.yaml:3:5: its codes is written in braces; give each of its keys a line first",
		"apis:\n  shop: {codes: {A: {}}}\n":       "errors.yaml:2:10: its codes is written in braces; give each of its keys a line first",
		"apis:\n  shop: {title: S}\n":             "errors.yaml:2:3: the API is written in braces; give each of its keys a line first",
		"apis:\n  mail:\n    codes:\n    A: {}\n": `the spec has no API "shop"`,
		"": `the spec has no API "shop"`,
	} {
		if _, _, err := Add([]File{{"errors.yaml", []byte(before)}}, "shop", []string{entry}); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", before, err, want)
		}
	}
}

// TestAddFiles takes the file that has the codes.
func TestAddFiles(t *testing.T) {
	files := []File{
		{"a.yaml", []byte("format: 1\napis:\n  shop:\n    title: Shop\n")},
		{"b.yaml", []byte("apis:\n  shop:\n    codes:\n      A: {}\n")},
		{"c.yaml", []byte("apis:\n  mail:\n    codes:\n      A: {}\n")},
	}
	for _, turned := range []bool{false, true} {
		if turned {
			slices.Reverse(files)
		}
		if at, _, err := Add(files, "shop", []string{entry}); err != nil || files[at].Name != "b.yaml" {
			t.Errorf("%d, %v", at, err)
		}
	}
	if at, _, err := Add([]File{files[0], files[2]}, "shop", []string{entry}); err != nil || at != 1 {
		t.Errorf("%d, %v", at, err)
	}
}

// TestAddKeeps adds to specs that are there for other tests: all their lines stay.
func TestAddKeeps(t *testing.T) {
	names, err := filepath.Glob("../check/testdata/good/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	added := 0
	for _, name := range append(names, "../../../../spec/errors.yaml") {
		before, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, api := range []string{"captchaai", "fastcaptcha", "jobs", "shop", "api", "mail"} {
			_, after, err := Add([]File{{name, before}}, api, []string{entry})
			if err != nil {
				continue
			}
			added++
			at := 0
			kept := strings.SplitAfter(string(after), "\n")
			for line := range strings.Lines(string(before)) {
				i := slices.Index(kept[at:], line)
				if i < 0 {
					t.Fatalf("%s: the line %q is gone", name, line)
				}
				at += i + 1
			}
		}
	}
	if added < 4 {
		t.Errorf("%d specs were added to", added)
	}
}

// TestRead reads reports and rows.
func TestRead(t *testing.T) {
	for input, want := range map[string][]replay.UnknownCode{
		`{"lines":3,"unknown":[{"api":"shop","code":"A","count":3,"first":"2026","statuses":[409],"message":"m","sample":"s"}]}`: {{API: "shop", Code: "A", Count: 3, First: "2026", Statuses: []int{409}, Message: "m", Sample: "s"}},
		`{"lines":3,"unknown":[]}`:                                                           nil,
		`[{"code":"A","count":"3"},{"code":1001.0}]`:                                         {{API: "mail", Code: "A", Count: 3}, {API: "mail", Code: "1001.0", Count: 1}},
		"{\"code\":\"A\",\"status\":404}\n{\"code\":\"B\",\"status\":null,\"first\":null}\n": {{API: "mail", Code: "A", Count: 1, Statuses: []int{404}}, {API: "mail", Code: "B", Count: 1}},
		`{"code":"A","statuses":[0,999]}`:                                                    {{API: "mail", Code: "A", Count: 1, Statuses: []int{}}},
	} {
		got, err := Read(strings.NewReader(input), "mail")
		if err != nil {
			t.Errorf("%s: %v", input, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", input, diff)
		}
	}
	for input, want := range map[string]string{
		"":                           "it is empty",
		"A,3":                        "value 1 is not JSON: ",
		`{"code":"A"} [{"count":1}]`: "value 2: row 1 has no code",
		`"A"`:                        `value 1: "A" is neither a report nor a row`,
		`{"code":true}`:              "value 1: true where a text is wanted",
		`{"code":"A","count":-1}`:    "value 1: -1 where a whole number is wanted",
	} {
		if _, err := Read(strings.NewReader(input), "mail"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", input, err, want)
		}
	}
	if _, err := Read(strings.NewReader(`{"code":"A"}`), ""); err == nil || err.Error() != `value 1: row 1 does not say which API the code "A" is of; --api does` {
		t.Error(err)
	}
}

// TestMerge adds up what is of one code.
func TestMerge(t *testing.T) {
	got := Merge([]replay.UnknownCode{
		{API: "a", Code: "X", Count: 2, First: "2026-02", Statuses: []int{409}},
		{API: "b", Code: "X", Count: 1},
		{API: "a", Code: "X", Count: 3, First: "2026-01", Statuses: []int{410, 409}, Sample: "s"},
		{API: "a", Code: "X", Count: 1, Message: "m"},
	})
	want := []replay.UnknownCode{{API: "a", Code: "X", Count: 6, First: "2026-01", Statuses: []int{409, 410}, Sample: "s", Message: "m"}, {API: "b", Code: "X", Count: 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
