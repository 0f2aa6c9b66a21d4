package lookup

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// load reads a spec that must have no errors.
func load(tb testing.TB, source string) *model.Catalog {
	tb.Helper()
	c, problems := check.Load("errors.yaml", []byte(source))
	if diag.HasErrors(problems) {
		tb.Fatalf("the spec has errors: %v", problems)
	}
	return c
}

// shipped returns the catalog that the tool comes with.
func shipped(tb testing.TB) *model.Catalog {
	tb.Helper()
	source, err := os.ReadFile(filepath.FromSlash("../../../../spec/errors.yaml"))
	if err != nil {
		tb.Fatal(err)
	}
	return load(tb, string(source))
}

// answer is a match as the vectors have it.
type answer struct {
	API        string     `json:"api"`
	Kind       string     `json:"kind"`
	Code       string     `json:"code"`
	Confidence Confidence `json:"confidence"`
}

func answers(matches []Match) []answer {
	all := []answer{}
	for _, m := range matches {
		all = append(all, answer{m.Entry.API.Name, m.Entry.Kind.String(), m.Entry.Code, m.Confidence})
	}
	return all
}

// lines returns matches as "confidence api kind code".
func lines(matches []Match) []string {
	all := []string{}
	for _, a := range answers(matches) {
		all = append(all, strings.Join([]string{string(a.Confidence), a.API, a.Kind, a.Code}, " "))
	}
	return all
}

// TestVectors answers the queries that every port of this package answers alike.
// They are asked of the shipped catalog.
func TestVectors(t *testing.T) {
	source, err := os.ReadFile(filepath.FromSlash("../../../../spec/vectors/search.json"))
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Query   string   `json:"query"`
		Matches []answer `json:"matches"`
	}
	if err := json.Unmarshal(source, &vectors); err != nil {
		t.Fatal(err)
	}
	x := New(shipped(t))
	for _, v := range vectors {
		if diff := cmp.Diff(v.Matches, answers(x.Explain(v.Query))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", v.Query, diff)
		}
	}
}

func TestEverySpellingInEveryWrapper(t *testing.T) {
	c := shipped(t)
	x := New(c)
	for _, api := range c.APIs {
		for _, e := range api.Codes {
			for _, spelling := range lookuptest.Spellings(e.Code) {
				for _, wrapper := range lookuptest.Wrappers {
					if strings.Contains(spelling, " ") && strings.Contains(wrapper, "?") {
						continue // a space is not part of an address
					}
					query := strings.ReplaceAll(wrapper, "%s", spelling)
					got := x.Explain(query)
					if len(got) > 0 && got[0].Decision != nil && spelling != e.Code {
						// A program spells its codes: another spelling is another code to the classifier.
						if !slices.ContainsFunc(got, func(m Match) bool { return m.Entry == e }) {
							t.Errorf("%q: got %v, want %s among them", query, lines(got), e.Code)
						}
						continue
					}
					if len(got) > 0 && got[0].Decision != nil && got[0].Entry.API != api {
						continue // a reply as another API sends it
					}
					if len(got) == 0 || got[0].Entry != e || got[0].Confidence != Exact {
						t.Errorf("%q: got %v, want exact %s first", query, lines(got), e.Code)
					}
				}
			}
		}
	}
}

// TestEncodedCodes spells the code itself in the ways of web pages and programs.
func TestEncodedCodes(t *testing.T) {
	c := shipped(t)
	x := New(c)
	for _, api := range c.APIs {
		for _, e := range api.Codes {
			for _, underscore := range lookuptest.Underscores {
				query := strings.ReplaceAll(e.Code, "_", underscore)
				if strings.Contains(underscore, "\n") {
					query = strings.Replace(e.Code, "_", underscore, 1) // a code is wrapped once
				}
				for _, text := range []string{query, `Got "` + query + `" again, please help.`} {
					got := x.Explain(text)
					if len(got) == 0 || got[0].Entry != e || got[0].Confidence != Exact {
						t.Errorf("%q: got %v, want exact %s first", text, lines(got), e.Code)
					}
				}
			}
			for _, text := range []string{strings.ReplaceAll(e.Code, "_", "_\n"), strings.ReplaceAll(e.Code, "_", "\n  _")} {
				got := x.Explain(text)
				if len(got) == 0 || got[0].Entry != e || got[0].Confidence != Exact {
					t.Errorf("%q: got %v, want exact %s first", text, lines(got), e.Code)
				}
			}
			kebab := strings.ToLower(strings.Replace(strings.ReplaceAll(e.Code, "_", "-"), "-", "-\n", 1))
			if got := x.Explain(kebab); len(got) == 0 || got[0].Entry != e || got[0].Confidence != Exact {
				t.Errorf("%q: got %v, want exact %s first", kebab, lines(got), e.Code)
			}
			for cut := 1; cut < len(e.Code); cut++ {
				for _, text := range []string{"it says " + e.Code[:cut] + "\n" + e.Code[cut:] + " today", "> " + e.Code[:cut] + "\n> " + e.Code[cut:]} {
					got := x.Explain(text)
					if len(got) == 0 || got[0].Entry != e || got[0].Confidence != Exact {
						t.Errorf("%q: got %v, want exact %s first", text, lines(got), e.Code)
					}
				}
			}
		}
	}
}

func TestDeterministic(t *testing.T) {
	c := shipped(t)
	var text strings.Builder
	for _, api := range c.APIs {
		for _, e := range api.Codes {
			fmt.Fprintf(&text, "%s %s %s\n", strings.ToLower(e.Code), e.Message, e.Code[1:])
		}
	}
	want := lines(New(c).Explain(text.String()))
	for range 20 {
		if diff := cmp.Diff(want, lines(New(c).Explain(text.String()))); diff != "" {
			t.Fatalf("another answer to the same text (-want +got):\n%s", diff)
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, c := range []*model.Catalog{nil, {}} {
		for _, query := range []string{"", "429", "X", `{"code":"X"}`} {
			if got := New(c).Explain(query); got != nil {
				t.Errorf("%q: got %v of an empty catalog", query, got)
			}
		}
	}
	if got := New(shipped(t)).Explain(" \n\t\u200b"); got != nil {
		t.Errorf("got %v for no text", got)
	}
}

func FuzzExplain(f *testing.F) {
	for _, wrapper := range lookuptest.Wrappers {
		f.Add(strings.ReplaceAll(wrapper, "%s", "RATE_LIMIT_EXCEEDED"))
	}
	for _, text := range lookuptest.Negatives {
		f.Add(text)
	}
	for _, text := range []string{"\xff\xfe", `\`, "&", "&#;", "%", "%5", "[", "[1", "{", `{"`, `\u00`, "HTTP/1.1 200 OK\na:b", "-1", "08", "\n", "> ", "İ", "余额不足"} {
		f.Add(text)
	}
	indexes := []*Index{New(shipped(f)), New(load(f, lookuptest.OddSpec))}
	f.Fuzz(func(t *testing.T, text string) {
		for _, x := range indexes {
			got := x.Explain(text)
			if diff := cmp.Diff(lines(got), lines(x.Explain(text))); diff != "" {
				t.Fatalf("two answers:\n%s", diff)
			}
			for i, m := range got {
				if m.Why == "" || m.Entry == nil || m.Confidence.rank() < 0 || i > 0 && got[i-1].Confidence.rank() > m.Confidence.rank() {
					t.Fatalf("match %d of %v is not right", i, lines(got))
				}
			}
		}
	})
}
