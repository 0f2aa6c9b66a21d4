package check_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// The files of a spec of three: what all have in common, and the codes of two teams.
const (
	headFile = `format: 1
title: Errors
categories: {broken: {action: fail}, busy: {action: retry}}
`
	payFile = `policies: {soon: {base: 1s, retries: 3}}
apis:
  shop:
    title: Shop
    reply: [{json: {code: [/code]}}]
    codes:
      NO_MONEY: {category: broken, meaning: No money, fix: Top up}
`
	stockFile = `apis:
  shop:
    codes:
      SOLD_OUT: {category: busy, retry: soon, meaning: Sold out, fix: Wait}
`
)

// sources returns files of which the names and contents take turns.
func sources(files ...string) []check.Source {
	var all []check.Source
	for pair := range slices.Chunk(files, 2) {
		all = append(all, check.Source{Name: pair[0], Content: []byte(pair[1])})
	}
	return all
}

// said returns problems as people read them, without the lines of the source.
func said(problems []diag.Problem) string {
	var text bytes.Buffer
	if err := diag.Text(&text, problems, diag.Style{}); err != nil {
		panic(err)
	}
	return text.String()
}

// TestFiles makes one catalog of several files, which is that of one file with all in it.
func TestFiles(t *testing.T) {
	whole := headFile + payFile + strings.TrimPrefix(stockFile, "apis:\n  shop:\n    codes:\n")
	want, problems := check.Load("s.yaml", []byte(whole))
	if want == nil || len(problems) > 0 {
		t.Fatal(said(problems))
	}
	for name, files := range map[string][]check.Source{
		"three files":         sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile),
		"the head in between": sources("b.yaml", payFile, "a.yaml", headFile, "c.yaml", stockFile),
		"an API of nothing":   sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile, "d.yaml", "apis: {shop: {}}\n"),
	} {
		got, problems := check.LoadAll(files)
		if len(got) != 1 || len(problems) > 0 {
			t.Errorf("%s: %d catalogs\n%s", name, len(got), said(problems))
		} else if diff := cmp.Diff(want, got[0], cmp.AllowUnexported(model.Entry{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	catalogs, _ := check.LoadAll(sources("a.yaml", headFile, "c.yaml", stockFile, "b.yaml", payFile))
	if got := catalogs[0].APIs[0].Entries()[0].Code; got != "SOLD_OUT" {
		t.Errorf("the first code is %s, want that of the first file", got)
	}
}

// TestFilesProblems has something wrong in files that are right together, or the other way round.
func TestFilesProblems(t *testing.T) {
	for name, test := range map[string]struct {
		files []check.Source
		want  string
	}{
		"format twice": {
			sources("a.yaml", headFile, "b.yaml", "format: 1\n"+payFile, "c.yaml", stockFile),
			"b.yaml:1:1: error: duplicate key \"format\" [duplicate-key]\n  a.yaml:1:1: first here\n  hint: keep it in one of the files\n",
		},
		"no format": {
			sources("a.yaml", strings.TrimPrefix(headFile, "format: 1\n"), "b.yaml", payFile, "c.yaml", stockFile),
			"a.yaml:1:1: error: the spec has no format, which is required [missing-key]\n  hint: format: the version of the format: 1\n",
		},
		"a category twice": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile+"categories: {busy: {action: retry}}\n"),
			"c.yaml:5:14: error: duplicate key \"busy\" [duplicate-key]\n  a.yaml:3:38: first here\n  hint: keep it in one of the files\n",
		},
		"a policy twice": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile+"policies: {soon: {base: 2s, retries: 3}}\n"),
			"c.yaml:5:12: error: duplicate key \"soon\" [duplicate-key]\n  b.yaml:1:12: first here\n  hint: keep it in one of the files\n",
		},
		"a code twice": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile+"      NO_MONEY: {category: broken, meaning: No money, fix: Top up}\n"),
			"c.yaml:5:7: error: duplicate code \"NO_MONEY\" [duplicate-code]\n  b.yaml:7:7: first here\n  hint: if a code comes with several statuses, list them: status: [400, 422]\n",
		},
		"an operation, a status and what stands once": {
			sources("a.yaml", headFile, "b.yaml", payFile+"    operations: {pay: {method: POST}}\n    statuses: {429: {category: busy, retry: soon, meaning: m, fix: f}}\n",
				"c.yaml", stockFile+"    operations: {pay: {method: PUT}}\n    statuses: {429: {category: busy, retry: soon, meaning: m, fix: f}}\n    title: T\n    reply: [{json: {code: [/c]}}]\n"),
			`c.yaml:5:18: error: duplicate key "pay" [duplicate-key]
  b.yaml:8:18: first here
  hint: keep it in one of the files
c.yaml:6:16: error: duplicate key "429" [duplicate-key]
  b.yaml:9:16: first here
  hint: keep it in one of the files
c.yaml:7:5: error: duplicate key "title" [duplicate-key]
  b.yaml:4:5: first here
  hint: keep it in one of the files
c.yaml:8:5: error: duplicate key "reply" [duplicate-key]
  b.yaml:5:5: first here
  hint: keep it in one of the files
`,
		},
		"twice in one of them": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile+"apis: {shop: {}}\n"),
			"c.yaml:5:1: error: duplicate key \"apis\" [duplicate-key]\n  c.yaml:1:1: first here\n",
		},
		"an empty mapping": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile+"policies: {}\n"),
			"c.yaml:5:11: error: an empty mapping [text-empty]\n  hint: remove the key\n",
		},
		"not a mapping": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", "- apis\n"),
			"c.yaml:1:1: error: the file is a list, not a mapping with keys such as format, title or site [wrong-kind]\n",
		},
		"an empty file": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", "# soon\n"),
			"c.yaml:1:1: error: the file is empty [syntax]\n  hint: write what belongs there, or remove the file\n",
		},
		"two that are not YAML": {
			sources("a.yaml", headFile, "b.yaml", "a: 'b\n", "c.yaml", "a: 'b\n"),
			`b.yaml:1:4: error: the quoted text is not closed [syntax]
  hint: close the quote where the text ends
c.yaml:1:4: error: the quoted text is not closed [syntax]
  hint: close the quote where the text ends
`,
		},
		"an anchor of another file": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile+"    links: *all\n"),
			"c.yaml:5:12: error: alias *all of nothing [syntax]\n  hint: quote a text that starts with *\n",
		},
		"what another names": {
			sources("a.yaml", headFile, "c.yaml", stockFile+"    reply: [{json: {code: [/code]}}]\n"),
			"c.yaml:4:41: error: unknown policy \"soon\" [unknown-policy]\n",
		},
		"a key that can't be read": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile+"policies: {? [later] : {base: 1s, retries: 3}}\n",
				"d.yaml", "apis: {shop: {codes: {LATER: {category: busy, retry: later, meaning: m, fix: f}}}}\n"),
			"c.yaml:5:14: error: a key that is not a single value [yaml-feature]\n  hint: quote it if it is meant as text\n",
		},
		"no end of a line": {
			sources("a.yaml", strings.TrimSuffix(headFile, "\n"), "b.yaml", payFile, "c.yaml", stockFile),
			"a.yaml:3:60: warning: the file does not end in a line feed [cut-off]\n  hint: if it is cut off here, restore the rest; otherwise end the last line\n",
		},
		"cut off": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", stockFile[:strings.Index(stockFile, "SOLD_OUT")]+
				"A:\n        category: broken\n        fix: f\n      B:\n        category: broken\n        fix: f\n      C:\n        category: broken\n        fix: f\n      D:\n        category: broken\n"),
			"c.yaml:13:7: warning: the last one here lacks fix, which all 3 before it have [cut-off]",
		},
		"left to the author": {
			sources("a.yaml", headFile, "b.yaml", payFile, "c.yaml", strings.Replace(stockFile, "fix: Wait", "fix: "+model.ToDo, 1)),
			"c.yaml:4:71: warning: the author has something to say here [todo]",
		},
	} {
		_, problems := check.LoadAll(test.files)
		if got := said(problems); got != test.want && (strings.HasSuffix(test.want, "\n") || !strings.Contains(got, test.want)) {
			t.Errorf("%s (-want +got):\n%s", name, cmp.Diff(test.want, got))
		}
	}
}

// TestFilesLimits holds a spec of several files to what one may have: its bytes, and the keys
// and values in it. Once they have too much, no further file is read.
func TestFilesLimits(t *testing.T) {
	small := "a: [" + strings.Repeat("b, ", 60) + "b]\n"
	for name, test := range map[string]struct {
		content string
		size    int64
		want    string
	}{
		"bytes": {strings.Repeat("#", 500) + "\n", 1200, "f2.yaml: error: the files have together more than 1200 bytes [too-large]\n  hint: --max-size raises the limit\n"},
		"keys":  {small, 24 * 150, "f2.yaml:1:185: error: the files have together more than 150 keys and values up to here [too-large]\n  hint: --max-size raises this limit too\n"},
	} {
		var files []check.Source
		for i := range 5 {
			files = append(files, check.Source{Name: fmt.Sprintf("f%d.yaml", i), Content: []byte(test.content), MaxSize: test.size})
		}
		_, problems := check.LoadAll(files)
		problems = slices.DeleteFunc(problems, func(p diag.Problem) bool { return p.Rule != syntax.RuleLimit })
		if diff := cmp.Diff(test.want, said(problems)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestFilesOverlays has overlays of the files of a spec: each holds the texts of its file.
func TestFilesOverlays(t *testing.T) {
	const (
		start   = "format: 1\nlanguage: de\ntranslates: "
		ofHead  = start + "a.yaml\ntitle: Fehler\ncategories: {broken: {title: Kaputt}, busy: {title: Voll}}\n"
		ofPay   = start + "b.yaml\napis: {shop: {title: Laden, codes: {NO_MONEY: {meaning: Kein Geld, fix: Aufladen}}}}\n"
		ofStock = start + "c.yaml\napis: {shop: {codes: {SOLD_OUT: {meaning: Weg, fix: Warten}}}}\n"
	)
	files := sources("x/a.yaml", headFile, "x/b.yaml", payFile, "x/c.yaml", stockFile)
	all := sources("x/a.de.yaml", ofHead, "x/b.de.yaml", ofPay, "x/c.de.yaml", ofStock)
	catalogs, problems := check.LoadAll(files, all...)
	if len(catalogs) != 2 || len(problems) > 0 {
		t.Fatalf("%d catalogs\n%s", len(catalogs), said(problems))
	}
	german := catalogs[1]
	got := []string{german.Title, german.Categories[1].Title, german.APIs[0].Title, german.APIs[0].Entries()[0].Meaning, german.APIs[0].Entries()[1].Fix}
	if diff := cmp.Diff([]string{"Fehler", "Voll", "Laden", "Kein Geld", "Warten"}, got); diff != "" {
		t.Errorf("in German (-want +got):\n%s", diff)
	}
	for name, test := range map[string]struct {
		overlays []check.Source
		want     string
	}{
		"one file has none": {
			all[:2], "x/a.de.yaml:2:11: warning: not translated: c.yaml [missing-text]\n  hint: gen translate --language de writes their overlays\n",
		},
		"a text is missing": {
			sources("x/a.de.yaml", ofHead, "x/b.de.yaml", strings.Replace(ofPay, ", fix: Aufladen", "", 1), "x/c.de.yaml", ofStock),
			"x/b.de.yaml:4:37: warning: not translated: fix [missing-text]\n  hint: gen translate adds what is missing\n",
		},
		"a text of another file": {
			sources("x/a.de.yaml", ofHead, "x/b.de.yaml", ofPay, "x/c.de.yaml", strings.Replace(ofStock, "codes: {", "codes: {NO_MONEY: {fix: Mehr}, ", 1)),
			"x/c.de.yaml:4:34: error: the text that this translates is in \"b.yaml\" [unknown-text]\n  hint: move it to an overlay of that file\n",
		},
		"two of a file": {
			append(slices.Clone(all), sources("x/c.german.yaml", ofStock)...),
			"x/c.german.yaml:2:11: error: the overlay \"c.de.yaml\" is in de too [bad-language]\n  hint: remove one of them\n",
		},
		"of no file": {
			append(slices.Clone(all), sources("x/d.de.yaml", start+"d.yaml\ntitle: x\n")...),
			"x/d.de.yaml:3:13: error: the overlay translates \"d.yaml\", which is not a file of the spec [bad-overlay]\n  hint: name a file in its folder, or remove the overlay\n",
		},
		"in another folder": {
			append(slices.Clone(all), sources("y/c.de.yaml", ofStock)...),
			"y/c.de.yaml:3:13: error: the overlay translates \"c.yaml\", which is not a file of the spec [bad-overlay]\n  hint: name a file in its folder, or remove the overlay\n",
		},
	} {
		_, problems := check.LoadAll(files, test.overlays...)
		if diff := cmp.Diff(test.want, said(problems)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
