package cli_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestFewerFlags checks output with other flags than it was made with.
func TestFewerFlags(t *testing.T) {
	inModule(t)
	writeSpec(t, "errors.yaml", "Errors", "shop")
	generate := func(flags ...string) []string {
		args := []string{"generate", "--spec", "errors.yaml"}
		for _, flag := range flags {
			args = append(args, "--"+flag, filepath.Join("out", flag))
		}
		return args
	}
	check := func(flags ...string) []string { return append(generate(flags...), "--check") }

	want(t, 0, "", "wrote", generate("go", "ts", "py", "docs")...)
	want(t, 0, "", "", check("go", "ts", "py", "docs")...)
	for name, line := range map[string]string{
		"go/shop/classifier.go": "// Made with --go --ts --py --docs.",
		"ts/shop.ts":            "// Made with --go --ts --py --docs.",
		"py/shop.py":            "# Made with --go --ts --py --docs.",
		"docs/index.md":         `[//]: # "Made with --go --ts --py --docs."`,
	} {
		if got := contents(t, "out")[name]; !strings.Contains(got, "DO NOT EDIT.") || !strings.Contains(got, "\n"+line+"\n") {
			t.Errorf("%s does not say %q:\n%.200s", name, line, got)
		}
	}
	for _, fewer := range []string{"go", "ts", "py", "docs"} {
		want(t, 1, "Made with --go --ts --py --docs.",
			"gen: "+filepath.Join("out", fewer)+" was made with --go --ts --py --docs, and this check has --"+fewer+"; check with the same flags, or generate again with these\n", check(fewer)...)
	}
	want(t, 1, "", "and this check has --go --docs;", check("go", "docs")...)

	// What was made by several runs can be checked by one.
	want(t, 0, "", "wrote", generate("site")...)
	want(t, 0, "", "", check("go", "ts", "py", "docs", "site")...)

	// Output of one kind has no stamp, and no other output is looked at.
	want(t, 0, "", "wrote 1 of", generate("go")...)
	want(t, 0, "", "", check("go")...)
	if got := contents(t, "out")["go/shop/classifier.go"]; strings.Contains(got, "Made with") {
		t.Errorf("a package alone has a stamp:\n%.200s", got)
	}
	want(t, 1, "", filepath.Join("out", "ts")+" was made with --go --ts --py --docs, and this check has --go --ts;", check("go", "ts")...)
}
