package cli_test

import (
	"os"
	"testing"
)

func TestFmt(t *testing.T) {
	t.Chdir(t.TempDir())
	const other, one, broken = "a:\n- 1   # one\n", "a:\n  - 1   # one\n", "a: [1\n"
	writeFile(t, "other.yaml", other)
	writeFile(t, "one.yaml", one)
	writeFile(t, "broken.yaml", broken)
	expect := func(name, want string) {
		t.Helper()
		if got := file(t, name); got != want {
			t.Errorf("%s is now %q, want %q", name, got, want)
		}
	}

	want(t, 1, "other.yaml\n", "gen: 1 file in another layout", "fmt", "--check", "one.yaml", "other.yaml")
	expect("other.yaml", other)
	if err := os.Chmod("other.yaml", 0o600); err != nil {
		t.Fatal(err)
	}
	if stdout, stderr, status := run("", "fmt", "one.yaml", "other.yaml"); status != 0 || stdout != "other.yaml\n" || stderr != "" {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
	expect("other.yaml", one)
	expect("one.yaml", one)
	if info, err := os.Stat("other.yaml"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has become %v, %v", info.Mode(), err)
	}
	for _, args := range [][]string{{"fmt", "other.yaml", "one.yaml"}, {"fmt", "--check", "other.yaml", "one.yaml"}} {
		if stdout, stderr, status := run("", args...); status != 0 || stdout+stderr != "" {
			t.Errorf("%v: exit status %d\n%s%s", args, status, stdout, stderr)
		}
	}

	if stdout, _, status := run(other, "fmt", "-"); status != 0 || stdout != one {
		t.Errorf("exit status %d, %q", status, stdout)
	}
	if stdout, _, status := run(other, "fmt", "--check", "-"); status != 1 || stdout != "stdin\n" {
		t.Errorf("exit status %d, %q", status, stdout)
	}

	// A file that is not YAML is told, and the others are put in order all the same.
	writeFile(t, "other.yaml", other)
	want(t, 1, "other.yaml\n", "broken.yaml:1:4: error: ", "fmt", "broken.yaml", "other.yaml")
	expect("other.yaml", one)
	expect("broken.yaml", broken)
	want(t, 1, "", "gen: read spec: open none.yaml: no such file", "fmt", "none.yaml", "broken.yaml")
	want(t, 2, "", "missing argument", "fmt")
}
