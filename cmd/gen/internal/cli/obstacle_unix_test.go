//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// asNobody runs a function as a user who may do less than root.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	if os.Geteuid() == 0 {
		const nobody = 65534
		if err := syscall.Setreuid(-1, nobody); err != nil {
			t.Fatal(err)
		}
		defer syscall.Setreuid(-1, 0)
	}
	f()
}

// TestCheckNamesWhatItCannotRead says of an old package that can't be read that it may be
// there, beside what else differs.
func TestCheckNamesWhatItCannotRead(t *testing.T) {
	inModule(t)
	here, _ := os.Getwd()
	for _, dir := range []string{filepath.Dir(here), here} {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"generate", "--spec", "errors.yaml", "--go", "gen"}
	for _, api := range []string{"old", "new"} {
		writeSpec(t, "errors.yaml", "Errors", api)
		if api == "new" {
			break
		}
		if _, stderr, status := run("", args...); status != 0 {
			t.Fatal(stderr)
		}
	}
	if err := os.Chmod("gen/old/codes.go", 0); err != nil {
		t.Fatal(err)
	}
	asNobody(t, func() {
		stdout, stderr, status := run("", append(args, "--check")...)
		if status != 3 || !strings.Contains(stdout, "gen/old/classifier.go: orphaned") || !strings.HasPrefix(stderr, "gen: gen/old/codes.go: permission denied\n") {
			t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
		}
	})
}

// TestSeparateCodesBehindLink writes to a directory by a link: its packages import each other
// by the path that the go command knows it by.
func TestSeparateCodesBehindLink(t *testing.T) {
	inModule(t)
	writeSpec(t, "errors.yaml", "Errors", "shop")
	if err := os.Mkdir("real", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real", "link"); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := run("", "generate", "--spec", "errors.yaml", "--go", "link/errs", "--separate-codes"); status != 0 {
		t.Fatal(stderr)
	}
	code, err := os.ReadFile("real/errs/shop/codes.go")
	if err != nil || !strings.Contains(string(code), `/real/errs/shop/shopcodes"`) {
		t.Errorf("%v\n%s", err, code)
	}
}
