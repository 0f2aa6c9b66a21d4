package cli

import "testing"

// Outside of a module and a repository no path of the machine gets into the mark.
func TestMarkHoldsNoPathOfTheMachine(t *testing.T) {
	dir := t.TempDir()
	if above(dir, "go.mod") != "" || above(dir, ".git") != "" {
		t.Skip("the temporary directory is in a module or a repository")
	}
	src := source{file: dir + "/errors.yaml", base: "errors.yaml"}
	if got := src.mark("My errors", t.TempDir()); got != "errors.yaml (My errors)" {
		t.Errorf("got %q", got)
	}
}
