package diag_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

func problem(line, column int) diag.Problem {
	return diag.Problem{
		Place: diag.Place{File: "e.yaml", Line: line, Column: column}, Severity: diag.Error,
		Rule: "some-rule", Message: "wrong",
	}
}

func text(t *testing.T, source string, style diag.Style, problems ...diag.Problem) string {
	t.Helper()
	style.Sources = map[string][]byte{"e.yaml": []byte(source)}
	var out bytes.Buffer
	if err := diag.Text(&out, problems, style); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestText(t *testing.T) {
	warning := problem(2, 3)
	warning.Severity = diag.Warning
	warning.Hint = "do better"
	warning.Related = []diag.Related{
		{Place: diag.Place{File: "e.yaml", Line: 1, Column: 1}, Message: "first here"},
		{Place: diag.Place{File: "other.yaml", Line: 9, Column: 9}, Message: "and there"},
	}
	got := text(t, "a: 1\n  b: 2\n", diag.Style{}, problem(1, 4), warning)
	want := `e.yaml:1:4: error: wrong [some-rule]
    a: 1
       ^
e.yaml:2:3: warning: wrong [some-rule]
      b: 2
      ^
  e.yaml:1:1: first here
  other.yaml:9:9: and there
  hint: do better
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("a", 200) + "X" + strings.Repeat("b", 200)
	tests := []struct {
		name         string
		source       string
		line, column int
		want         string
	}{
		{"tab", "\ta\tb", 1, 4, "    \ta\tb\n    \t \t^\n"},
		{"wide", "日本: x", 1, 5, "    日本: x\n          ^\n"},
		{"emoji", "😀x", 1, 2, "    😀x\n      ^\n"},
		{"combining", "e\u0301x", 1, 3, "    e\u0301x\n     ^\n"},
		{"control", "\x1b[31mx", 1, 6, "    ␛[31mx\n         ^\n"},
		{"override", "a\u202ebc", 1, 3, "    a<U+202E>bc\n             ^\n"},
		{"not text", "a\xffb", 1, 3, "    a\ufffdb\n      ^\n"},
		{"carriage return", "ab\r\ncd\r\n", 1, 3, "    ab\n      ^\n"},
		{"byte order mark", "\ufeffab", 1, 1, "    ab\n    ^\n"},
		{"past the end", "ab", 1, 99, "    ab\n      ^\n"},
		{"past the file", "ab", 3, 1, ""},
		{"empty line", "\n", 1, 1, "    \n    ^\n"},
		{"no column", "ab", 1, 0, ""},
		{"long", long, 1, 201, "    …" + strings.Repeat("a", 60) + "X" + strings.Repeat("b", 59) + "…\n" + strings.Repeat(" ", 65) + "^\n"},
		{"long, at start", long, 1, 1, "    " + strings.Repeat("a", 120) + "…\n    ^\n"},
		{"long, at end", long, 1, 402, "    …" + strings.Repeat("b", 120) + "\n" + strings.Repeat(" ", 125) + "^\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, got, _ := strings.Cut(text(t, test.source, diag.Style{}, problem(test.line, test.column)), "\n")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("excerpt (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTextIsSafeOnTerminals(t *testing.T) {
	p := problem(1, 1)
	p.File, p.Message, p.Hint = "e\x1b.yaml", "wrong \x1b[2J\n", "\u009b1m"
	p.Related = []diag.Related{{Place: p.Place, Message: "\x07"}}
	if got := text(t, "", diag.Style{}, p); strings.ContainsAny(got, "\x1b\x07\u009b") {
		t.Errorf("text holds control characters: %q", got)
	}
}

func TestColor(t *testing.T) {
	got := text(t, "a", diag.Style{Color: true}, problem(1, 1))
	want := "\x1b[1me.yaml:1:1\x1b[0m: \x1b[1;31merror\x1b[0m: wrong [some-rule]\n    a\n    \x1b[1;32m^\x1b[0m\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestGitHub(t *testing.T) {
	p := problem(3, 7)
	p.File, p.Message, p.Hint = "a,b:c.yaml", "100 % wrong\r\n::set-output", "fix"
	p.Related = []diag.Related{{Place: diag.Place{File: "e.yaml", Line: 1, Column: 2}, Message: "here"}}
	var out bytes.Buffer
	if err := diag.GitHub(&out, []diag.Problem{p}); err != nil {
		t.Fatal(err)
	}
	want := "::error file=a%2Cb%3Ac.yaml,line=3,col=7,title=some-rule::100 %25 wrong␍␊::set-output [some-rule]%0Ae.yaml:1:2: here%0Ahint: fix\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("commands (-want +got):\n%s", diff)
	}
}

func TestJSON(t *testing.T) {
	p := problem(3, 7)
	p.Message = "wrong <&>"
	tests := []struct {
		name     string
		problems []diag.Problem
		want     string
	}{
		{"none", nil, "{\n  \"problems\": []\n}\n"},
		{"one", []diag.Problem{p}, `{
  "problems": [
    {
      "file": "e.yaml",
      "line": 3,
      "column": 7,
      "severity": "error",
      "rule": "some-rule",
      "message": "wrong <&>",
      "hint": "",
      "related": []
    }
  ]
}
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			if err := diag.JSON(&out, test.problems); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
		})
	}
}
