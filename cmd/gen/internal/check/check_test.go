package check_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// specs returns the specs of a folder of testdata by their names, without overlays.
func specs(t testing.TB, folder string) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no specs in testdata/%s: %v", folder, err)
	}
	all := make(map[string][]byte)
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !check.IsOverlay(source) {
			all[filepath.Base(path)] = source
		}
	}
	return all
}

// withOverlays loads a spec of a folder of testdata with its overlays, and returns all
// its sources too.
func withOverlays(t testing.TB, folder, name string, source []byte) (catalogs []*model.Catalog, problems []diag.Problem, sources map[string][]byte) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", folder, strings.TrimSuffix(name, ".yaml")+".*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	sources = map[string][]byte{name: source}
	var overlays []check.Source
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sources[filepath.Base(path)] = content
		overlays = append(overlays, check.Source{Name: filepath.Base(path), Content: content})
	}
	catalogs, problems = check.LoadAll([]check.Source{{Name: name, Content: source}}, overlays...)
	return catalogs, problems, sources
}

// golden compares a text with the .out file of a spec.
func golden(t *testing.T, folder, spec, got string) {
	t.Helper()
	path := filepath.Join("testdata", folder, strings.TrimSuffix(spec, ".yaml")+".out")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func text(t *testing.T, name string, source []byte, problems []diag.Problem) string {
	t.Helper()
	return textOf(t, map[string][]byte{name: source}, problems)
}

func textOf(t *testing.T, sources map[string][]byte, problems []diag.Problem) string {
	t.Helper()
	var out bytes.Buffer
	if err := diag.Text(&out, problems, diag.Style{Sources: sources}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// rules counts the problems of each rule.
func rules(problems []diag.Problem) map[string]int {
	counts := make(map[string]int)
	for _, p := range problems {
		counts[p.Rule]++
	}
	return counts
}

func TestBad(t *testing.T) {
	for name, source := range specs(t, "bad") {
		t.Run(name, func(t *testing.T) {
			catalogs, problems, sources := withOverlays(t, "bad", name, source)
			golden(t, "bad", name, textOf(t, sources, problems))
			if (catalogs == nil) != diag.HasErrors(problems) {
				t.Errorf("there is a catalog: %v, and an error: %v", catalogs != nil, diag.HasErrors(problems))
			}
			// A case is named after the rule that it is about.
			about := ""
			for _, rule := range check.Rules() {
				if strings.HasPrefix(name, rule.ID) && len(rule.ID) > len(about) {
					about = rule.ID
				}
			}
			if about != "" && rules(problems)[about] == 0 {
				t.Errorf("no problem of rule %s", about)
			}
			for file, source := range sources {
				of := slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool { return p.File != file })
				places(t, source, of)
			}
		})
	}
}

// places checks every place against the source: it has to be inside.
func places(t testing.TB, source []byte, problems []diag.Problem) {
	t.Helper()
	lines := strings.Split(strings.TrimPrefix(string(source), "\ufeff"), "\n")
	inside := func(at diag.Place) bool {
		return at.Line >= 1 && at.Line <= len(lines) && at.Column >= 1 && at.Column <= len([]rune(lines[at.Line-1]))+1
	}
	for _, p := range problems {
		if !inside(p.Place) {
			t.Errorf("%d:%d is outside of the file: %s", p.Line, p.Column, p.Message)
		}
		for _, r := range p.Related {
			if !inside(r.Place) {
				t.Errorf("%d:%d is outside of the file: %s", r.Line, r.Column, r.Message)
			}
		}
	}
	if !slices.IsSortedFunc(problems, func(a, b diag.Problem) int {
		return (a.Line-b.Line)*1_000_000 + a.Column - b.Column
	}) {
		t.Error("the problems are not in the order of the file")
	}
}

// tooManyCodes is a spec that is too long for a file of testdata.
func tooManyCodes() []byte {
	var spec strings.Builder
	spec.WriteString("format: 1\ncategories: {c: {action: fail, who: client}}\napis:\n  shop:\n    reply: [{json: {code: [/code]}}]\n    codes:\n")
	for i := range 65_534 {
		fmt.Fprintf(&spec, "      %05d: {category: c, fix: x, message: x}\n", i)
	}
	spec.WriteString("      A: {category: c, fix: x, message: x, aliases: [B]}\n")
	return []byte(spec.String())
}

func TestTooManyCodes(t *testing.T) {
	source := tooManyCodes()
	_, problems := check.Load("s.yaml", source)
	want := []diag.Problem{{
		Place: diag.Place{File: "s.yaml", Line: 6 + 65_535, Column: 7}, Severity: diag.Error, Rule: "too-many-codes",
		Message: "the API has more than 65534 codes and aliases",
	}}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	source = bytes.Replace(source, []byte("      00000: {category: c, fix: x, message: x}\n"), nil, 1)
	_, problems = check.Load("s.yaml", source)
	want[0].Place = diag.Place{File: "s.yaml", Line: 6 + 65_534, Column: 54}
	if diff := cmp.Diff(want, problems); diff != "" {
		t.Errorf("problems with an alias too many (-want +got):\n%s", diff)
	}
	catalog, problems := check.Load("s.yaml", bytes.Replace(source, []byte(", aliases: [B]"), nil, 1))
	if len(problems) > 0 {
		t.Fatalf("problems of the most codes: %v", problems)
	}
	if e, ok := catalog.APIs[0].Table().Lookup("A"); !ok || e.Number() != 65_534 {
		t.Errorf("the last of the most codes is not found: %v", e.Number())
	}
}

// TestRulesHaveCases makes sure that no rule goes untested.
func TestRulesHaveCases(t *testing.T) {
	found := map[string]int{"too-many-codes": 1} // see TestTooManyCodes
	for name, source := range specs(t, "bad") {
		_, problems, _ := withOverlays(t, "bad", name, source)
		for rule, n := range rules(problems) {
			found[rule] += n
		}
	}
	maps.DeleteFunc(found, func(rule string, _ int) bool { return strings.HasPrefix(rule, "rules.") }) // of specs
	for _, rule := range check.Rules() {
		if found[rule.ID] == 0 {
			t.Errorf("rule %s has no case in testdata/bad", rule.ID)
		}
		if !strings.HasSuffix(rule.Doc, ".") {
			t.Errorf("the doc of rule %s is not a sentence: %q", rule.ID, rule.Doc)
		}
		delete(found, rule.ID)
	}
	if len(found) > 0 {
		t.Errorf("problems of rules that are not listed: %v", found)
	}
}

// TestEverything is one spec with many mistakes: each is reported, and nothing
// that only follows from another.
func TestEverything(t *testing.T) {
	name := "everything.yaml"
	source := specs(t, "bad")[name]
	_, problems := check.Load(name, source)
	counts := rules(problems)
	if len(counts) < 25 {
		t.Errorf("%d rules have a problem, want at least 25: %v", len(counts), counts)
	}
	if len(problems) != 32 {
		t.Errorf("%d problems, want 32", len(problems))
	}
}

func TestGood(t *testing.T) {
	for name, source := range specs(t, "good") {
		t.Run(name, func(t *testing.T) {
			catalog, problems := check.Load(name, source)
			if len(problems) > 0 {
				t.Fatalf("problems:\n%s", text(t, name, source, problems))
			}
			golden(t, "good", name, summary(catalog))
			for _, api := range catalog.APIs {
				examples(t, api)
			}
		})
	}
}

// summary lists the names and the decision of every entry.
func summary(c *model.Catalog) string {
	var out strings.Builder
	for _, category := range c.Categories {
		fmt.Fprintf(&out, "category %q %q %s %s %s on %s\n", category.Name, category.Title, category.Go, category.Action, category.Who, category.Address())
	}
	for _, api := range c.APIs {
		fmt.Fprintf(&out, "api %s %q\n", api.Name, api.Title)
		for _, op := range api.Operations {
			fmt.Fprintf(&out, "  operation %q %q %s\n", op.Name, op.Title, op.Go)
		}
		for _, e := range api.Entries() {
			fmt.Fprintf(&out, "  %s %q go=%s on %s %s %q %s", e.Kind, e.Code, e.Go, e.Address(), e.Action, e.Meaning, say.English.RetryRule(e.Policy, e.Action))
			if e.Effect == classify.EffectMaybe {
				out.WriteString(", may have taken effect")
			}
			out.WriteByte('\n')
			for i, alias := range e.Aliases {
				fmt.Fprintf(&out, "    alias %q on %s\n", alias, e.AliasAddress(i))
			}
			for _, o := range e.Overrides {
				fmt.Fprintf(&out, "    in %q %s %s %s\n", o.Operation, o.Category.Name, o.Action, say.English.RetryRule(o.Policy, o.Action))
			}
		}
	}
	return out.String()
}

// examples runs the examples of an API on their own: the check that is under
// test is not to be its own judge.
func examples(t *testing.T, api *model.API) {
	t.Helper()
	table := api.Table()
	for _, e := range api.Entries() {
		if e.Policy != nil && !e.Action.Waits() {
			t.Errorf("%s %q has a policy and does not wait", e.Kind, e.Code)
		}
		for _, o := range e.Overrides {
			if o.Policy != nil && !o.Action.Waits() {
				t.Errorf("%s %q has a policy in %s and does not wait", e.Kind, e.Code, o.Operation)
			}
		}
		for _, x := range e.Examples {
			d := table.Classify(x.Reply())
			if d.Entry.Kind() != e.Kind || d.Entry.Code() != e.Code {
				t.Errorf("an example of %s %q classifies to %s %q: %q", e.Kind, e.Code, d.Entry.Kind(), d.Entry.Code(), d.Why())
			}
			if (e.Action == classify.OK) != (d.Source == classify.KindSuccess) {
				t.Errorf("an example of %s %q has the source %s", e.Kind, e.Code, d.Source)
			}
		}
		for _, code := range append([]string{e.Code}, e.Aliases...) {
			if found, ok := table.Lookup(code); e.Kind == classify.KindCode && (!ok || found.Code() != e.Code) {
				t.Errorf("code %q is not found", code)
			}
		}
	}
}
