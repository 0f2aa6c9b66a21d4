package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

var formatPage = filepath.Join("..", "..", "..", "..", "docs", "spec-format.md")

// section is a part of the page: its heading, the text under it and its table.
type section struct {
	heading string
	text    []string
	table   []string
}

// sections splits the page at its third-level headings. What follows the table of
// one of them is the start of the next part.
func sections(page string) []section {
	var all []section
	current := section{}
	for line := range strings.Lines(page) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			all = append(all, current)
			current = section{heading: line}
			continue
		}
		if strings.HasPrefix(current.heading, "### ") && strings.HasPrefix(line, "|") {
			current.table = append(current.table, line)
			continue
		}
		current.text = append(current.text, line)
	}
	return append(all, current)
}

// String returns the section as it stands in the page: the table comes last.
func (s section) String() string {
	var out strings.Builder
	if s.heading != "" {
		out.WriteString(s.heading + "\n")
	}
	text := strings.Join(s.text, "\n")
	if !strings.HasPrefix(s.heading, "### ") {
		out.WriteString(text)
		if text != "" {
			out.WriteString("\n")
		}
		return out.String()
	}
	if text = strings.Trim(text, "\n"); text != "" {
		out.WriteString("\n" + text + "\n")
	}
	if s.table != nil {
		out.WriteString("\n" + strings.Join(s.table, "\n") + "\n")
	}
	return out.String() + "\n"
}

// TestFormatPage checks the tables of docs/spec-format.md against the format and
// the rules: every key of every object, every rule, and nothing else.
func TestFormatPage(t *testing.T) {
	page, err := os.ReadFile(formatPage)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"### Rules": ruleTable(t)}
	eachObject(format.Definition(), map[*format.Object]bool{}, func(o *format.Object) {
		want["### "+o.Name] = keyTable(o)
	})
	var rewritten strings.Builder
	for _, s := range sections(string(page)) {
		if strings.HasPrefix(s.heading, "### ") {
			table, ok := want[s.heading]
			if !ok {
				t.Errorf("%q is not an object of the format", s.heading)
			}
			if diff := cmp.Diff(table, s.table); diff != "" && !*update {
				t.Errorf("%s (-want +page):\n%s", s.heading, diff)
			}
			delete(want, s.heading)
			s.table = table
		}
		rewritten.WriteString(s.String())
	}
	for heading := range want {
		t.Errorf("the page has no part %q", heading)
	}
	if *update {
		text := strings.TrimRight(rewritten.String(), "\n") + "\n"
		if err := os.WriteFile(formatPage, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func eachObject(of format.Type, seen map[*format.Object]bool, do func(*format.Object)) {
	if of.Map != nil {
		eachObject(of.Map.Value, seen, do)
	}
	if of.List != nil {
		eachObject(format.Type{Object: of.List.Object, Map: of.List.Map}, seen, do)
	}
	if of.Object == nil || seen[of.Object] {
		return
	}
	seen[of.Object] = true
	do(of.Object)
	for _, f := range of.Object.Keys {
		eachObject(f.Type, seen, do)
	}
}

func keyTable(o *format.Object) []string {
	table := []string{"| key | required | value | what it is |", "|---|---|---|---|"}
	for _, f := range o.Keys {
		required := ""
		if f.Required {
			required = "yes"
		}
		table = append(table, fmt.Sprintf("| `%s` | %s | %s | %s |", f.Name, required, described(f.Type), cell(f.Doc)))
	}
	return table
}

// cell returns a text without what ends a cell or starts markup.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "*", `\*`, "<", `\<`).Replace(text)
}

// described says what a value is, in the words of the table of values.
func described(t format.Type) string {
	var shapes []string
	if t.Scalar != nil {
		shapes = append(shapes, describedScalar(t.Scalar, false))
	}
	if t.Object != nil {
		anchor := strings.ReplaceAll(strings.ToLower(t.Object.Name), " ", "-")
		shapes = append(shapes, "["+t.Object.Name+"](#"+anchor+")")
	}
	if t.Map != nil {
		shapes = append(shapes, "mapping of "+t.Map.Key+" to "+described(t.Map.Value))
	}
	if t.List != nil {
		items := "them"
		switch {
		case len(shapes) > 0:
		case t.List.Scalar != nil:
			items = describedScalar(t.List.Scalar, true)
		default:
			items = described(format.Type{Object: t.List.Object, Map: t.List.Map})
		}
		shapes = append(shapes, "list of "+items)
	}
	return strings.Join(shapes, ", or ")
}

func describedScalar(s *format.Scalar, many bool) string {
	if s.Kind == format.Enum {
		return "`" + strings.Join(s.Values, "`, `") + "`"
	}
	word := valueWords[s.Kind]
	switch {
	case s.Name == "markdown text" && many:
		word = "markdown text"
	case s.Name == "markdown text":
		word = "markdown"
	case s.Kind == format.Name && many:
		word = s.Name + " name"
	case s.Kind == format.Name:
		word = strings.TrimPrefix(s.Expect, "the ")
	}
	if many {
		word += "s"
	}
	if s.Max > 0 && (s.Kind == format.Text || s.Kind == format.Raw) {
		word += fmt.Sprintf(" up to %d characters", s.Max)
	}
	return word
}

// valueWords are the first column of the table of values.
var valueWords = map[format.Kind]string{
	format.Text: "text", format.Any: "value", format.Int: "number", format.Factor: "factor", format.Bool: "boolean",
	format.Duration: "duration", format.Jitter: "jitter", format.Size: "size", format.Count: "retries", format.Pointer: "pointer",
	format.ElementAt: "element path", format.Place: "place", format.Status: "status", format.StatusKey: "status or class",
	format.Date: "date", format.Name: "name", format.URL: "address", format.Folder: "folder", format.Raw: "raw text", format.Language: "language",
}

func TestValueTable(t *testing.T) {
	page, err := os.ReadFile(formatPage)
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(page), "\n| value | how it is written |\n|---|---|\n")
	part, _, _ = strings.Cut(part, "\n\n")
	words := map[string]bool{"markdown": true}
	for kind := format.Text; kind <= format.Language; kind++ {
		if kind != format.Enum {
			words[valueWords[kind]] = true
		}
	}
	for row := range strings.Lines(part) {
		word := strings.TrimSpace(strings.Split(row, "|")[1])
		if !words[word] {
			t.Errorf("%q is not a kind of value", word)
		}
		delete(words, word)
	}
	if len(words) > 0 {
		t.Errorf("the table of values lacks %v", words)
	}
}

// ruleTable lists the rules; the bad cases tell how severe each is.
func ruleTable(t *testing.T) []string {
	severities := map[string][]string{"too-many-codes": {string(diag.Error)}}
	for name, source := range specs(t, "bad") {
		_, problems, _ := withOverlays(t, "bad", name, source)
		for _, p := range problems {
			if !slices.Contains(severities[p.Rule], string(p.Severity)) {
				severities[p.Rule] = append(severities[p.Rule], string(p.Severity))
			}
		}
	}
	table := []string{"| rule | severity | what it finds |", "|---|---|---|"}
	for _, rule := range check.Rules() {
		slices.Sort(severities[rule.ID])
		table = append(table, fmt.Sprintf("| `%s` | %s | %s |", rule.ID, strings.Join(severities[rule.ID], " or "), cell(rule.Doc)))
	}
	return table
}

// TestFormatExample loads the example spec of the page.
func TestFormatExample(t *testing.T) {
	page, err := os.ReadFile(formatPage)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\nformat: 1\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("the page has no example")
	}
	source := []byte("format: 1\n" + example)
	catalog, problems := check.Load("example.yaml", source)
	if len(problems) > 0 {
		t.Fatalf("problems:\n%s", text(t, "example.yaml", source, problems))
	}
	for _, api := range catalog.APIs {
		examples(t, api)
	}
}

// TestFormatOverlay lays the overlay of the page over the example spec.
func TestFormatOverlay(t *testing.T) {
	page, err := os.ReadFile(formatPage)
	if err != nil {
		t.Fatal(err)
	}
	block := func(start string) []byte {
		_, rest, _ := strings.Cut(string(page), "```yaml\n"+start)
		block, _, ok := strings.Cut(rest, "```")
		if !ok {
			t.Fatalf("the page has no block that starts with %q", start)
		}
		return []byte(start + block)
	}
	spec := []check.Source{{Name: "errors.yaml", Content: block("format: 1\ntitle")}}
	overlay := check.Source{Name: "errors.de.yaml", Content: block("format: 1\nlanguage")}
	catalogs, problems := check.LoadAll(spec, overlay)
	for _, p := range problems {
		if p.Rule != "missing-text" {
			t.Errorf("%s [%s] in the overlay", p.Message, p.Rule)
		}
	}
	if len(catalogs) != 2 {
		t.Errorf("%d catalogs, want 2", len(catalogs))
	}
}

// TestFormatFiles loads the files of the page as one spec.
func TestFormatFiles(t *testing.T) {
	page, err := os.ReadFile(formatPage)
	if err != nil {
		t.Fatal(err)
	}
	var files []check.Source
	for _, block := range strings.Split(string(page), "```yaml\n# errors/")[1:] {
		content, _, _ := strings.Cut(block, "```")
		name, _, _ := strings.Cut(content, "\n")
		files = append(files, check.Source{Name: name, Content: []byte("# " + content)})
	}
	if catalogs, problems := check.LoadAll(files); len(files) < 3 || len(catalogs) != 1 || len(problems) > 0 {
		t.Errorf("%d files have %d catalogs, and problems:\n%s", len(files), len(catalogs), said(problems))
	}
}

// TestRecipes checks the recipes of the page: the first block is the start of them all,
// and each of the others goes on from it.
func TestRecipes(t *testing.T) {
	page, err := os.ReadFile(formatPage)
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(page), "\n## Recipes\n")
	part, _, _ = strings.Cut(part, "\n## ")
	var blocks []string
	for _, block := range strings.Split(part, "```yaml\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		blocks = append(blocks, block)
	}
	if len(blocks) < 2 {
		t.Fatal("docs/spec-format.md has no recipes")
	}
	for _, recipe := range blocks[1:] {
		_, problems := check.Load("recipe.yaml", []byte(blocks[0]+recipe))
		for _, p := range problems {
			if !strings.HasPrefix(p.Rule, "unused-") { // a recipe needs a part of the start
				t.Errorf("%s [%s] in the recipe\n%s", p.Message, p.Rule, recipe)
			}
		}
	}
}

// TestOwnRules asks the rules of the page of a spec that breaks each of them once, and wants
// the problem that the page shows.
func TestOwnRules(t *testing.T) {
	page, err := os.ReadFile(formatPage)
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(page), "\n## Own rules\n")
	_, block, _ := strings.Cut(part, "```yaml\n")
	block, rest, _ := strings.Cut(block, "```")
	_, shown, _ := strings.Cut(rest, "```text\n")
	shown, _, _ = strings.Cut(shown, "```")
	source := []byte("format: 1\n" + block + `categories: {busy: {action: retry}, broken: {action: fail}}
apis:
  shop:
    reply: [{json: {code: [/code]}}]
    codes:
      TIMEOUT:
        {category: busy, retry: {base: 1s, retries: 3}, meaning: Too late, fix: Wait}
      late: {category: broken, meaning: Late, fix: Order earlier}
      LONG: {category: broken, meaning: Long, fix: ` + strings.Repeat("x", 121) + "}\n")
	_, problems := check.Load("errors.yaml", source)
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s: %s: %s", p.Severity, p.Rule, p.Message))
	}
	want := []string{
		"error: rules.retry-has-reply: a code that is retried needs a reply for the customer",
		"error: rules.code-pattern: a code is upper-case words joined by underscores",
		"warning: rules.short-fix: the fix is longer than a line",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	first := text(t, "errors.yaml", source, problems[:1])
	_, shown, _ = strings.Cut(shown, ":7: ")
	if !strings.HasSuffix(first, ":7: "+shown) {
		t.Errorf("the page shows\n%s\nnot\n%s", shown, first)
	}
}
