package cli_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// writeCodes writes a spec with a number of codes.
func writeCodes(t *testing.T, api string, n int) {
	t.Helper()
	writeSpec(t, "errors.yaml", "Errors", api)
	spec, err := os.ReadFile("errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		spec = fmt.Appendf(spec, "      LOST_%d: {category: wrong, meaning: It is lost, fix: Look for it}\n", i)
	}
	spec = []byte(strings.Replace(string(spec), "codes: {LOST: {category: wrong, meaning: It is lost, fix: Look for it}}", "codes:", 1))
	if err := os.WriteFile("errors.yaml", spec, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestCutOffSpec generates from a spec that has lost most of its codes: only if that is
// meant, files are removed.
func TestCutOffSpec(t *testing.T) {
	for _, args := range [][]string{
		{"generate", "--spec", "errors.yaml", "--go", "out", "--docs", "out/docs"},
		{"generate", "--spec", "errors.yaml", "--site", "out/docs"},
		{"site", "--spec", "errors.yaml", "--out", "out/docs"},
	} {
		inModule(t)
		writeCodes(t, "shop", 100)
		if _, stderr, status := run("", args...); status != 0 {
			t.Fatal(stderr)
		}
		before := contents(t, "out")
		writeCodes(t, "shop", 2)
		stdout, stderr, status := run("", args...)
		if status != 1 || stdout != "" || !strings.HasPrefix(stderr, "gen: out/docs: ") ||
			!strings.HasSuffix(stderr, " files would be left\ngen: nothing is written; if the spec is not cut off and this is meant, run this once with --allow-removal\n") {
			t.Errorf("%q: exit status %d\n%s", args, status, stderr)
		}
		if after := contents(t, "out"); len(after) != len(before) {
			t.Errorf("%d of %d files are left", len(after), len(before))
		}
		if stdout, _, status := run("", append(args, "--check")...); status != 1 || !strings.Contains(stdout, "out/docs/") {
			t.Errorf("%q --check: exit status %d\n%s", args, status, stdout)
		}
		if _, stderr, status := run("", append(args, "--allow-removal")...); status != 0 {
			t.Errorf("%q --allow-removal: exit status %d\n%s", args, status, stderr)
		}
		if _, stderr, status := run("", append(args, "--check")...); status != 0 {
			t.Errorf("%q --check: exit status %d\n%s", args, status, stderr)
		}
	}
}

// TestRenamedAPI needs no flag: as many files are made as are removed.
func TestRenamedAPI(t *testing.T) {
	inModule(t)
	args := []string{"generate", "--spec", "errors.yaml", "--go", ".", "--docs", "docs", "--site", "site"}
	for _, api := range []string{"shop", "store"} {
		writeCodes(t, api, 50)
		if _, stderr, status := run("", args...); status != 0 {
			t.Fatal(stderr)
		}
	}
}
