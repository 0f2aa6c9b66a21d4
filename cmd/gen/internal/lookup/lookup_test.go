package lookup

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

var update = flag.Bool("update", false, "rewrite the matches of testdata/vectors.json")

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
	path := filepath.Join("testdata", "vectors.json")
	source, err := os.ReadFile(path)
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
	for i, v := range vectors {
		got := answers(x.Explain(v.Query))
		if *update {
			vectors[i].Matches = got
		} else if diff := cmp.Diff(v.Matches, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", v.Query, diff)
		}
	}
	if *update {
		var out strings.Builder
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(vectors); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// spellings returns a code in every clean spelling.
func spellings(code string) []string {
	words := strings.Split(strings.ToLower(code), "_")
	var titled []string
	for _, w := range words {
		titled = append(titled, strings.ToUpper(w[:1])+w[1:])
	}
	camel := words[0] + strings.Join(titled[1:], "")
	sentence := titled[0] + strings.TrimPrefix(strings.Join(words, " "), words[0])
	lower, upper := strings.ToLower(code), strings.ToUpper(code)
	return []string{
		code, lower, upper, strings.Join(titled, "_"),
		strings.ReplaceAll(lower, "_", "-"), strings.ReplaceAll(upper, "_", "-"), strings.Join(titled, "-"),
		camel, strings.Join(titled, ""),
		strings.ReplaceAll(lower, "_", ""), strings.ReplaceAll(upper, "_", ""),
		strings.ReplaceAll(lower, "_", " "), strings.ReplaceAll(upper, "_", " "), strings.Join(titled, " "), sentence,
	}
}

// wrappers are texts around a code; %s stands for it.
var wrappers = []string{
	"%s", " %s\n", "\t%s\r\n\r\n", `"%s"`, "`%s`", "'%s'", "“%s”", "«%s»", "**%s**", "(%s)", "[%s]", "<code>%s</code>", "%s.", "%s!", "Error: %s",
	"code=%s", `code: "%s"`, `{"success":false,"code":"%s"}`, "{\n  \"status\": 0,\n  \"request\": \"%s\"\n}",
	`{\"success\":false,\"code\":\"%s\"}`, `{"success":false,"code":"%s","err`, `{'success': False, 'code': '%s'}`,
	"&quot;%s&quot;", "> %s", "> > \"%s\"", "Hi,\n\n> it says:\n> %s\n\nBest\n", "\ufeff%s", "\u200b%s\u200b", "\x1b[31m%s\x1b[0m",
	`ts=2026-11-21T20:08:11Z level=error msg="request failed" code="%s" attempt=3`,
	"Nov 21 20:08:11 web-1 solver[4291]: request failed: \"%s\"",
	"Traceback (most recent call last):\n  File \"/app/solve.py\", line 42, in solve\n    raise RuntimeError(data)\nRuntimeError: %s",
	"panic: %s\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:12 +0x1d",
	"Error: %s\n    at solve (/app/index.js:10:9)\n    at async main (/app/index.js:20:3)",
	"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: application/json\r\n\r\n{\"success\":false,\"code\":\"%s\"}",
	"HTTP/2 200\ncontent-type: text/plain\n\n%s",
	"https://example.com/callback?error=%s&state=x1",
	"| code | count |\n|---|---|\n| %s | 12 |",
}

func TestEverySpellingInEveryWrapper(t *testing.T) {
	c := shipped(t)
	x := New(c)
	for _, api := range c.APIs {
		for _, e := range api.Codes {
			for _, spelling := range spellings(e.Code) {
				for _, wrapper := range wrappers {
					if strings.Contains(spelling, " ") && strings.Contains(wrapper, "?") {
						continue // a space is no part of an address
					}
					query := strings.ReplaceAll(wrapper, "%s", spelling)
					got := x.Explain(query)
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
	encodings := []string{
		"_", "&#95;", "&#x5F;", "&lowbar;", "&amp;#95;", `\_`, `\u005f`, `\\u005F`, `\x5f`, "%5F", "＿", "\u00ad_", "_\u200b", "_&shy;", "_<wbr>",
		"_\n", "\n_", "_\r\n> ", "_=\n",
	}
	c := shipped(t)
	x := New(c)
	for _, api := range c.APIs {
		for _, e := range api.Codes {
			for _, underscore := range encodings {
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
	for _, wrapper := range wrappers {
		f.Add(strings.ReplaceAll(wrapper, "%s", "RATE_LIMIT_EXCEEDED"))
	}
	for _, text := range negatives {
		f.Add(text)
	}
	for _, text := range []string{"\xff\xfe", `\`, "&", "&#;", "%", "%5", "[", "[1", "{", `{"`, `\u00`, "HTTP/1.1 200 OK\na:b", "-1", "08", "\n", "> ", "İ", "余额不足"} {
		f.Add(text)
	}
	indexes := []*Index{New(shipped(f)), New(load(f, oddSpec))}
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
