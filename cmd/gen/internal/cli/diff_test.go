package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestDiffFailOn(t *testing.T) {
	older, newer := "testdata/shop.yaml", "testdata/newer.yaml"
	out, _, _ := run("", "diff", older, newer)
	if !strings.HasSuffix(out, "version step: major\n") {
		t.Fatalf("not what this test is for:\n%s", out)
	}
	for _, level := range []string{"patch", "minor", "major"} {
		want(t, 1, out, "gen: the changes need a major version\n", "diff", older, newer, "--fail-on", level)
		want(t, 0, "version step: none\n", "", "diff", older, older, "--fail-on", level)
	}
	want(t, 2, "", "patch, minor or major is wanted", "diff", older, newer, "--fail-on", "none")

	patch := filepath.Join(t.TempDir(), "patch.yaml")
	spec := file(t, older)
	writeFile(t, patch, strings.Replace(spec, "meaning: ", "meaning: Now ", 1))
	want(t, 0, "version step: patch\n", "", "diff", older, patch, "--fail-on", "minor")
	want(t, 1, "version step: patch\n", "", "diff", older, patch, "--fail-on", "patch")
}

// TestDiffRevision compares with specs in commits.
func TestDiffRevision(t *testing.T) {
	first := file(t, "testdata/shop.yaml")
	t.Chdir(t.TempDir())
	git := func(args ...string) {
		t.Helper()
		command := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"}, args...)...)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	if err := os.Mkdir("spec", 0o755); err != nil {
		t.Fatal(err)
	}
	git("init", "-q")
	writeFile(t, "spec/errors.yaml", first)
	writeFile(t, "spec/errors.de.yaml", "not an overlay that anybody reads here")
	git("add", ".")
	git("commit", "-q", "-m", "one")
	writeFile(t, "spec/errors.yaml", strings.Replace(first, "meaning: ", "meaning: Now ", 1))
	git("commit", "-q", "-a", "-m", "two")

	want(t, 0, "version step: patch\n", "", "diff", "HEAD~1:spec/errors.yaml", "spec/errors.yaml")
	want(t, 0, "version step: patch\n", "", "diff", "HEAD~1:./spec/errors.yaml", "HEAD:spec/errors.yaml")
	want(t, 0, "version step: none\n", "", "diff", "HEAD:spec/errors.yaml", "spec/errors.yaml")
	want(t, 2, "", "read spec HEAD:errors.yaml: ", "diff", "HEAD:errors.yaml", "spec/errors.yaml")
	want(t, 2, "", "read spec gone:spec/errors.yaml: ", "diff", "gone:spec/errors.yaml", "spec/errors.yaml")
	want(t, 2, "", "read spec: open --version:x: no such file", "diff", "--", "--version:x", "spec/errors.yaml")
	want(t, 1, "", "size", "diff", "HEAD:spec/errors.yaml", "spec/errors.yaml", "--max-size", "1KiB")
	t.Chdir("spec")
	want(t, 0, "version step: patch\n", "", "diff", "HEAD~1:errors.yaml", "errors.yaml")
	want(t, 0, "version step: patch\n", "", "diff", "HEAD~1:spec/errors.yaml", "errors.yaml")

	writeFile(t, "HEAD:errors.yaml", first) // a file is a file
	want(t, 0, "version step: none\n", "", "diff", "HEAD~1:errors.yaml", "HEAD:errors.yaml")
}
