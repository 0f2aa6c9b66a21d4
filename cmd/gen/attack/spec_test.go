package attack

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/golang"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// odd are pieces of text that specs seldom hold.
var odd = []string{
	"\t", "\x00", "\uFEFF", "\u2028", "\u0085", "\x1b[31m", "\u202e", "\xff", "\r", "\r\n", "\u00a0", "\u201c", "'", "\"", "`", "*/", "${", "{{", "}}", "</script>", "]]>", "<!--", "::error::", "%0A", "|", ">-",
	"&a ", "*a", "!!binary ", "!x ", "<<: ", "- ", "? ", ": ", "# ", "---\n", "...\n", "%YAML 1.2\n", "~", "[]", "{}", "-1", "1e400", "0x10", "1_000", ".inf", "2026-11-30", "yes", "null",
	strings.Repeat("long ", 300), strings.Repeat("[", 300), strings.Repeat("  ", 60),
}

// mutate returns lines with one change, the kind of which comes by chance, with lines of
// another spec at hand.
func mutate(r *rand.Rand, lines, others []string) []string {
	at := r.IntN(len(lines))
	line := lines[at]
	other := others[r.IntN(len(others))]
	changed := append([]string{}, lines...)
	switch r.IntN(12) {
	case 0: // a line is gone
		return append(changed[:at], changed[at+1:]...)
	case 1: // it is there twice
		return append(changed[:at], append([]string{line}, lines[at:]...)...)
	case 2: // it stands elsewhere
		to := r.IntN(len(lines))
		changed[at], changed[to] = changed[to], changed[at]
	case 3: // it is indented more
		changed[at] = strings.Repeat(" ", 1+r.IntN(4)) + line
	case 4: // or less
		changed[at] = strings.TrimPrefix(line, strings.Repeat(" ", min(1+r.IntN(4), len(line)-len(strings.TrimLeft(line, " ")))))
	case 5: // another line stands in its place
		changed[at] = other
	case 6: // another value
		key, _, _ := strings.Cut(line, ": ")
		_, value, _ := strings.Cut(other, ": ")
		changed[at] = key + ": " + value
	case 7: // an odd one
		key, _, _ := strings.Cut(line, ": ")
		changed[at] = key + ": " + odd[r.IntN(len(odd))]
	case 8: // an odd piece inside
		cut := r.IntN(len(line) + 1)
		changed[at] = line[:cut] + odd[r.IntN(len(odd))] + line[cut:]
	case 9: // a byte is another
		if len(line) > 0 {
			bytes := []byte(line)
			bytes[r.IntN(len(bytes))] = byte(r.IntN(256))
			changed[at] = string(bytes)
		}
	case 10: // the file is cut off
		cut := r.IntN(len(line) + 1)
		changed = append(changed[:at], line[:cut])
	case 11: // and goes on as another
		from := r.IntN(len(others))
		changed = append(changed[:at], others[from:]...)
	}
	return changed
}

// TestMutatedSpecs reads specs with a fault or two. Each has an error with its place, or a
// catalog from which everything can be written.
func TestMutatedSpecs(t *testing.T) {
	var sources [][]string
	for _, pattern := range []string{"../internal/check/testdata/good/*.yaml", "../internal/check/testdata/vendors/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no specs in %s: %v", pattern, err)
		}
		for _, name := range names {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sources = append(sources, strings.SplitAfter(string(source), "\n"))
		}
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	refused, made := 0, 0
	for range times(600, 30_000) {
		lines := sources[r.IntN(len(sources))]
		for range 1 + r.IntN(2) {
			lines = mutate(r, lines, sources[r.IntN(len(sources))])
			if len(lines) == 0 {
				break
			}
		}
		source := strings.Join(lines, "")
		func() {
			defer func() {
				if v := recover(); v != nil {
					t.Errorf("panic: %v\nof\n%s", v, source)
				}
			}()
			catalog, problems := check.Load("errors.yaml", []byte(source))
			for _, p := range problems {
				if n := strings.Count(source, "\n") + 1; p.Line < 0 || p.Line > n+1 || p.Column < 0 || p.Message == "" || !utf8.ValidString(p.Message) {
					t.Errorf("a problem at %d:%d of %d lines, %q\nof\n%s", p.Line, p.Column, n, p.Message, source)
				}
			}
			switch isRefused := diag.HasErrors(problems); {
			case isRefused != (catalog == nil):
				t.Errorf("errors: %v, a catalog: %v\nof\n%s", isRefused, catalog != nil, source)
			case isRefused:
				refused++
			default:
				made++
				makeAll(t, catalog, source, made)
			}
		}()
	}
	t.Logf("%d refused, %d made", refused, made)
	if refused == 0 || made == 0 {
		t.Errorf("%d specs are refused and %d accepted: want some of each", refused, made)
	}
}

// makeAll writes from a catalog all that there is: Go that parses, valid JSON, and now and then
// the docs and the site, which take long.
func makeAll(t *testing.T, catalog *model.Catalog, source string, n int) {
	t.Helper()
	files, err := golang.Files(catalog, golang.Options{})
	if err != nil {
		t.Errorf("no Go: %v\nof\n%s", err, source)
	}
	for name, content := range files {
		if _, err := parser.ParseFile(token.NewFileSet(), name, content, parser.SkipObjectResolution); err != nil {
			t.Errorf("%v\nof\n%s", err, source)
		}
	}
	if !json.Valid(catalogjson.File(catalog, "errors.yaml")) {
		t.Errorf("the catalog in JSON is not valid\nof\n%s", source)
	}
	if n%50 == 0 {
		for name, content := range markdown.Files(catalog, "errors.yaml") {
			if !utf8.Valid(content) {
				t.Errorf("%s is not UTF-8\nof\n%s", name, source)
			}
		}
		site.Files(catalog, "errors.yaml")
	}
}
