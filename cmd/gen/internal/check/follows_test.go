package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// smallSpec is a spec around the parts of an API.
func smallSpec(api string) []byte {
	spec := `format: 1
categories:
  broken: {action: fail}
  done: {action: ok}
apis:
  shop:
`
	for line := range strings.Lines(api) {
		spec += "    " + line
	}
	return []byte(spec)
}

const jsonForm = "reply: [{json: {code: [/code]}}]\n"

// TestNothingFollows has one mistake each, or none: nothing is told that only follows from
// another problem, or is none.
func TestNothingFollows(t *testing.T) {
	tests := []struct {
		name, api string
		want      []string // the rules of the problems
	}{
		{"an example of an operation, where another is not a text", jsonForm + `operations: {pay: {method: POST}, list: {method: GET}}
codes:
  A: {category: broken, fix: f, meaning: m, operations: [{}], examples: [{operation: list, status: 400, body: '{"code":"A"}'}]}
`, []string{"wrong-kind"}},
		{"an alias of a retired code, twice", jsonForm + `codes:
  A: {category: broken, fix: f, meaning: m, aliases: [A], retired: {since: "1"}}
`, []string{"duplicate-code"}},
		{"an action that says what the category says", `reply: [{json: {ok: {at: /ok, equals: true}, code: [/code]}}]
codes:
  A: {category: done, action: ok, meaning: m}
  B: {category: broken, action: fail, meaning: m, fix: f}
`, nil},
		{"a body of broken JSON, beside plain texts", `reply: [{json: {code: [/code]}}, {text: {code: {prefix: [""]}}}]
codes:
  A: {category: broken, fix: f, meaning: m, status: 400, examples: [{body: '{"code":"A"'}]}
unrecognised: {category: broken, fix: f}
`, []string{"example-mismatch", "broken-example"}},
		{"a body of a plain text that starts like JSON", `reply: [{json: {code: [/code]}}, {text: {code: {prefix: ["[ERR] "]}}}]
codes:
  A: {category: broken, fix: f, meaning: m, status: 400, examples: [{body: '[ERR] A'}]}
`, nil},
		{"an API of XML, in what its server says", `reply: [{xml: {code: [/Error/Code]}}]
overrides: [{when: {at: /Error/Retry, equals: "no"}, action: fail}]
codes: {A: {category: broken, fix: f, meaning: m}}
`, nil},
		{"an action that contradicts its category in one operation, and a delay for it", jsonForm + `operations: {pay: {method: POST}}
codes: {A: {category: broken, fix: f, meaning: m, delay: [{header: Retry-After}], by_operation: {pay: {action: resubmit, retry: {base: 1s, retries: 1}}}}}
`, []string{"action-contradicts-category"}},
		{"a name that ends in an underscore", "", []string{"bad-name"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			spec := smallSpec(test.api)
			if test.api == "" {
				spec = []byte(strings.Replace(string(smallSpec(jsonForm+"codes: {A: {category: broken, fix: f, meaning: m}}\n")), "  shop:", "  shop_:", 1))
			}
			_, problems := check.Load("s.yaml", spec)
			var got []string
			for _, p := range problems {
				if p.Rule != "unused-category" {
					got = append(got, p.Rule)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rules (-want +got):\n%s\n%s", diff, text(t, "s.yaml", spec, problems))
			}
		})
	}
}

// TestSuccessWithoutEntry says what an example comes out at that no entry is for.
func TestSuccessWithoutEntry(t *testing.T) {
	_, problems := check.Load("s.yaml", smallSpec(`reply: [{json: {ok: {at: /ok, equals: true}, code: [/code]}}]
codes:
  A: {category: broken, fix: f, meaning: m, examples: [{status: 200, body: '{"ok":true}'}]}
`))
	const want = `the example classifies to success without an entry, not to code "A"`
	for _, p := range problems {
		if p.Message == want {
			return
		}
	}
	t.Errorf("problems = %v, want %q", problems, want)
}

// TestLongestName takes names of APIs up to a hundred characters.
func TestLongestName(t *testing.T) {
	for length, want := range map[int]int{100: 0, 101: 1} {
		spec := smallSpec(jsonForm + "codes: {A: {category: broken, fix: f, meaning: m}}\n")
		_, problems := check.Load("s.yaml", []byte(strings.Replace(string(spec), "shop", strings.Repeat("x", length), 1)))
		if got := rules(problems)["text-too-long"]; got != want {
			t.Errorf("%d problems with a name of %d characters, want %d", got, length, want)
		}
	}
}

// TestKnownNames lists the names that there are where none is close, and not too many.
func TestKnownNames(t *testing.T) {
	for count, want := range map[int]bool{1: true, 12: true, 13: false} {
		spec := "format: 1\ncategories:\n"
		for i := range count {
			spec += fmt.Sprintf("  c%02d: {action: fail}\n", i)
		}
		spec += "apis: {shop: {reply: [{json: {code: [/code]}}], codes: {A: {category: elsewhere, fix: f, meaning: m}}}}\n"
		_, problems := check.Load("s.yaml", []byte(spec))
		if len(problems) != 1 || strings.HasPrefix(problems[0].Hint, "known are c00") != want {
			t.Errorf("problems with %d names: %v, want the names: %t", count, problems, want)
		}
	}
}

// TestWarnedOnce tells a warning of a spec once, and not again with each overlay, whose own
// are told in the order of the file.
func TestWarnedOnce(t *testing.T) {
	spec := string(smallSpec(jsonForm+"codes:\n  A: {category: broken, fix: f, status: 400}\nstatuses: {200: {category: done, meaning: m}}\n")) + "title: T\n"
	overlay := "format: 1\nlanguage: de\ntranslates: s.yaml\ntitle: T\ncategories: {broken: {title: B}, done: {title: D}}\napis: {shop: {title: S, statuses: {200: {meaning: M}}, codes: {A: {meaning: M, fix: F}}}}\n"
	sources := func(overlay string) ([]check.Source, check.Source) {
		return []check.Source{{Name: "s.yaml", Content: []byte(spec)}}, check.Source{Name: "s.de.yaml", Content: []byte(overlay)}
	}
	of, over := sources(overlay)
	catalogs, problems := check.LoadAll(of, over)
	if len(catalogs) != 2 || rules(problems)["missing-meaning"] != 1 {
		t.Errorf("%d catalogs, problems = %v", len(catalogs), problems)
	}
	of, over = sources(strings.Replace(overlay, "translates: s.yaml", "translates: t.yaml", 1) + "nowhere: 1\n")
	for _, problems := range [][]diag.Problem{second(check.LoadAll(of, over)), second(check.Texts(of, over))} {
		places(t, over.Content, only(problems, "s.de.yaml"))
	}
}

func second[T any](_ T, problems []diag.Problem) []diag.Problem { return problems }

func only(problems []diag.Problem, file string) (of []diag.Problem) {
	for _, p := range problems {
		if p.File == file {
			of = append(of, p)
		}
	}
	return of
}

// TestTextsOfFlawedSpec translates a spec whose only problem is not about texts.
func TestTextsOfFlawedSpec(t *testing.T) {
	spec := smallSpec(jsonForm + "codes:\n  A: {category: broken, fix: f, meaning: m, examples: [{status: 400, body: '{\"code\":\"B\"}'}]}\n")
	overlay := []byte("format: 1\nlanguage: de\ntranslates: s.yaml\n")
	texts, problems := check.Texts([]check.Source{{Name: "s.yaml", Content: spec}}, check.Source{Name: "s.de.yaml", Content: overlay})
	var got []string
	for _, text := range texts {
		got = append(got, text.Pointer())
	}
	want := []string{"/categories/broken/title", "/categories/done/title", "/apis/shop/codes/A/meaning", "/apis/shop/codes/A/fix"}
	if diff := cmp.Diff(want, got); diff != "" { // the title of the API is its name, which needs no translation
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if len(problems) != 1 || problems[0].Message != "not translated: categories, apis" {
		t.Errorf("problems = %v", problems)
	}
	overlay = append(overlay, "apis: {shop: {title: \"\", codes: {elsewhere: {fix: F}}}}\n"...)
	_, problems = check.Texts([]check.Source{{Name: "s.yaml", Content: spec}}, check.Source{Name: "s.de.yaml", Content: overlay})
	for _, p := range problems {
		if p.Rule == "unknown-text" && p.Hint != "remove it" {
			t.Errorf("the hint at an unknown code is %q", p.Hint)
		}
	}
	if diff := cmp.Diff(map[string]int{"unknown-text": 1, "missing-text": 2}, rules(problems)); diff != "" {
		t.Errorf("rules (-want +got):\n%s\n%v", diff, problems)
	}
}
