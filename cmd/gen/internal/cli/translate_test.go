package cli_test

import (
	"os"
	"strings"
	"testing"
)

// TestTranslate goes the way of a translator: a new overlay, a text in it, a text that
// changes, and one that the spec drops.
func TestTranslate(t *testing.T) {
	inModule(t)
	writeSpec(t, "errors.yaml", "My API errors", "myapi")
	const overlay = "errors.de.yaml"
	edit := func(name, old, text string) {
		t.Helper()
		content, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(content), old) {
			t.Fatalf("%s does not hold %q: %v\n%s", name, old, err, content)
		}
		if err := os.WriteFile(name, []byte(strings.Replace(string(content), old, text, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(name, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	steps := []struct {
		name   string
		before func()
		args   string
		status int
		want   string // on standard error or output
	}{
		{"no overlay", nil, "translate --spec errors.yaml", 2, "missing flag --language"},
		{"no language", nil, "translate --spec errors.yaml --language german", 2, `bad language "german"`},
		{"no spec", nil, "translate --language de", 2, "missing flag --spec"},
		{"the spec's language", nil, "translate --spec errors.yaml --language en", 2, `bad language "en": errors.yaml is in that language itself`},
		{"none written to compare", nil, "translate --spec errors.yaml --language de --check", 1, "errors.de.yaml: 0 texts translated, 4 texts missing"},
		{"new", nil, "translate --spec errors.yaml --language de", 0, "errors.de.yaml written: 0 texts translated, 4 texts missing"},
		{"once more", nil, "translate --spec errors.yaml", 0, "errors.de.yaml is up to date"},
		{"a text", func() { edit(overlay, "#| It is lost\n        meaning: \"\"", "meaning: Es ist weg") }, "translate --spec errors.yaml", 0, "written: 1 text translated, 3 texts missing"},
		{"what is missing for now", nil, "generate --spec errors.yaml --docs docs --check", 1, "not translated: title, and more in 2 other places [missing-text]"},
		{"in a file for a help desk", nil, "replies --spec errors.yaml --language de --format json", 0, "not translated: title, and more in 2 other places [missing-text]"},
		{"what is missing", nil, "check --spec errors.yaml", 0, "errors.de.yaml:13:7: warning: not translated: fix [missing-text]"},
		{"the overlay alone", nil, "check --spec errors.de.yaml", 0, "errors.de.yaml is an overlay; checking it with its spec, errors.yaml"},
		{"the overlay as a spec", nil, "list --spec errors.de.yaml", 2, "name the spec that it translates: --spec errors.yaml"},
		{"a change", func() { edit("errors.yaml", "It is lost", "It is gone") }, "check --spec errors.yaml", 0, "[stale-text]"},
		{"stale", nil, "translate --spec errors.yaml --check", 1, "1 text translated, 3 texts missing, 1 text stale"},
		{"marked as stale", nil, "translate --spec errors.yaml", 0, "1 text stale"},
		{"stale for good", nil, "translate --spec errors.yaml --check", 1, "1 text stale"},
		{"translated again", func() { edit(overlay, "Es ist weg", "Es ist fort") }, "translate --spec errors.yaml", 0, "written: 1 text translated, 3 texts missing\n"},
		{"another change", func() { edit("errors.yaml", "It is gone", "It's gone") }, "translate --spec errors.yaml --accept", 0, "written: 1 text translated, 3 texts missing\n"},
		{"accepted", nil, "check --spec errors.yaml", 0, "missing-text"},
		{"a code that is gone", func() { edit("errors.yaml", "LOST:", "MISSED:") }, "translate --spec errors.yaml", 1, `the spec has no code "LOST"`},
		{"an error of the overlay", nil, "generate --spec errors.yaml --docs docs", 1, "nothing is written"},
	}
	for _, step := range steps {
		if step.before != nil {
			step.before()
		}
		stdout, stderr, status := run("", strings.Fields(step.args)...)
		if status != step.status || !strings.Contains(stdout+stderr, step.want) {
			content, _ := os.ReadFile(overlay)
			t.Fatalf("%s: exit status %d, want %d, and %q in\n%s%s\nwith\n%s", step.name, status, step.status, step.want, stdout, stderr, content)
		}
	}
	if info, err := os.Stat(overlay); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the overlay's mode has changed: %v %v", info.Mode(), err)
	}
	if left, _ := os.ReadDir("."); len(left) != 3 {
		t.Errorf("there are other files than those: %v", left)
	}
}
