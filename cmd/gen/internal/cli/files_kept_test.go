package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// parts are the files of a spec.
var parts = map[string]string{
	"spec/a.yaml":   "format: 1\ntitle: Errors\ncategories: {wrong: {action: fail}}\n",
	"spec/pay.yaml": "apis:\n  shop:\n    reply: [{json: {code: [/code]}}]\n    codes:\n      NO_MONEY: {category: wrong, meaning: No money, fix: Top up}\n",
}

// inParts goes to a module with a spec of several files.
func inParts(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv(cacheVariable, t.TempDir())
	writeOver(t, "go.mod", "module example.com/m\n")
	if err := os.Mkdir("spec", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range parts {
		writeOver(t, name, content)
	}
}

// TestFactsOfFiles changes the files of a spec, and wants the next run to notice.
func TestFactsOfFiles(t *testing.T) {
	inParts(t)
	renders := func() int {
		var said bytes.Buffer
		s := &session{stdin: strings.NewReader(""), stdout: &said, stderr: &said}
		if status := s.run([]string{"generate", "--spec", "spec", "--docs", "docs"}); status != 0 {
			t.Fatalf("exit status %d\n%s", status, said.String())
		}
		return s.renders
	}
	for _, step := range []struct {
		name   string
		change func() error
		want   int
	}{
		{"first", func() error { return nil }, 1},
		{"nothing", func() error { return nil }, 0},
		{"a comment", func() error { return os.WriteFile("spec/pay.yaml", []byte("# pay\n"+parts["spec/pay.yaml"]), 0o644) }, 1},
		{"another name", func() error { return os.Rename("spec/pay.yaml", "spec/b.yaml") }, 1},
		{"another file", func() error { return os.WriteFile("spec/c.yaml", []byte("site: https://example.com/\n"), 0o644) }, 1},
		{"none of the files", func() error { return os.WriteFile("spec/c.txt", []byte("notes\n"), 0o644) }, 0},
		{"an overlay", func() error {
			return os.WriteFile("spec/b.de.yaml", []byte("format: 1\nlanguage: de\ntranslates: b.yaml\n"), 0o644)
		}, 1},
		{"nothing more", func() error { return nil }, 0},
	} {
		if err := step.change(); err != nil {
			t.Fatal(err)
		}
		if got := renders(); got != step.want {
			t.Errorf("%s: rendered %d times, want %d", step.name, got, step.want)
		}
	}
}

// TestKeptOfFiles keeps the catalog of several files, under the bytes of each.
func TestKeptOfFiles(t *testing.T) {
	inParts(t)
	ask := func(want int, out string) {
		t.Helper()
		if a := answer("", "list", "--spec", "spec"); a.checks != want || a.status != 0 || !strings.Contains(a.out, out) {
			t.Errorf("%+v; want %d checks and %q", a, want, out)
		}
	}
	ask(1, "NO_MONEY")
	ask(0, "NO_MONEY")
	writeOver(t, "spec/stock.yaml", "apis: {shop: {codes: {SOLD_OUT: {category: wrong, meaning: Sold out, fix: Wait}}}}\n")
	ask(1, "SOLD_OUT")
	ask(0, "SOLD_OUT")
	// The same bytes, with another line in the first of two files.
	whole := parts["spec/a.yaml"] + "policies: {soon: {base: 1s, retries: 3}}\n"
	writeOver(t, "spec/a.yaml", whole)
	ask(1, "SOLD_OUT")
	writeOver(t, "spec/a.yaml", parts["spec/a.yaml"])
	writeOver(t, "spec/pay.yaml", "policies: {soon: {base: 1s, retries: 3}}\n"+parts["spec/pay.yaml"])
	ask(1, "SOLD_OUT")
}

// TestServeDirectory shows the site of a directory: a file comes, breaks and goes.
func TestServeDirectory(t *testing.T) {
	inParts(t)
	s := startServer(t, "spec")
	before := s.get("c/shop/no-money.html", 200)
	s.get("c/shop/sold-out.html", 404)

	stock := filepath.Join("spec", "stock.yaml")
	writeOver(t, stock, "apis: {shop: {codes: {SOLD_OUT: {category: wrong, meaning: Sold out, fix: Wait}}}}\n")
	s.changed(s.version(before))
	s.printed("spec has changed; open pages load again")
	both := s.get("c/shop/sold-out.html", 200)

	writeOver(t, stock, "title: Stock\n")
	s.changed(s.version(both))
	s.printed(`spec/stock.yaml:1:1: error: duplicate key "title"`)
	broken := s.get("c/shop/sold-out.html", 200)
	if !strings.Contains(broken, "spec has 1 error") {
		t.Errorf("with a broken file:\n%s", broken)
	}

	if err := os.Remove(stock); err != nil {
		t.Fatal(err)
	}
	s.changed(s.version(broken))
	s.get("c/shop/sold-out.html", 404)
}
