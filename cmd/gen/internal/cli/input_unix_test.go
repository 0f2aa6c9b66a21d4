//go:build unix

package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
)

// soon runs the command, and fails the test if it hangs.
func soon(t *testing.T, stdin string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); stdout, stderr, status = run(stdin, args...) }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatalf("%q hangs", args)
	}
	return stdout, stderr, status
}

// TestOnlyFiles gives pipes and devices where files are read: none of them is opened.
func TestOnlyFiles(t *testing.T) {
	inModule(t)
	writeSpec(t, "errors.yaml", "Errors", "shop")
	for _, name := range []string{"pipe", "errors.de.yaml", "pipe.go"} {
		if err := syscall.Mkfifo(name, 0o644); err != nil {
			t.Skip(err)
		}
	}
	if err := os.Symlink("/dev/zero", "zero"); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"check", "--spec", "pipe"}, {"check", "--spec", "/dev/zero"}, {"check", "--spec", "zero"}, {"list", "--spec", "pipe"},
		{"generate", "--spec", "pipe", "--docs", "docs"}, {"diff", "pipe", "zero"}, {"check", "--notices", "pipe"},
		{"classify", "--api", "captchaai", "pipe"}, {"check", "--spec", "errors.yaml"}, {"translate", "--spec", "pipe", "--language", "de"},
	} {
		if args[0] == "check" && args[1] == "--notices" {
			args = append(args, "--spec", "zero")
		}
		if _, stderr, status := soon(t, "", args...); status != 2 || !strings.Contains(stderr, " is not a regular file\n") {
			t.Errorf("%q: exit status %d\n%s", args, status, stderr)
		}
	}
	os.Remove("errors.de.yaml")
	for dir, want := range map[string]int{"pipe": 1, "zero": 1, "docs": 0} {
		if _, stderr, status := soon(t, "", "generate", "--spec", "errors.yaml", "--docs", dir); status != want {
			t.Errorf("--docs %s: exit status %d\n%s", dir, status, stderr)
		}
	}
	// The package clause of init is that of a file, not of a pipe that ends in .go.
	if _, stderr, status := soon(t, "", "init", "."); status != 1 || !strings.Contains(stderr, "errors.yaml: exists already") {
		t.Errorf("init: exit status %d\n%s", status, stderr)
	}
}

// TestHandedPipe reads a spec from a pipe that the process was started with, as a shell
// makes one for the output of a command.
func TestHandedPipe(t *testing.T) {
	if _, err := os.Stat("/dev/fd/0"); err != nil {
		t.Skip(err)
	}
	inModule(t)
	writeSpec(t, "errors.yaml", "Errors", "shop")
	spec, _ := os.ReadFile("errors.yaml")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	go func() { defer w.Close(); w.Write(spec) }()
	name := fmt.Sprintf("/dev/fd/%d", r.Fd())
	if stdout, stderr, status := soon(t, "", "list", "--spec", name); status != 0 || !strings.Contains(stdout, "LOST") {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
	if _, stderr, status := soon(t, "", "serve", "--spec", name); status != 2 || !strings.Contains(stderr, "a pipe can't change") {
		t.Errorf("serve: exit status %d\n%s", status, stderr)
	}
}

// endless is an input without an end.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += copy(p, bytes.Repeat([]byte("# c\n"), len(p)/4+1))
	return len(p), nil
}

// TestMaxSize reads no more than a spec may have, which a flag raises.
func TestMaxSize(t *testing.T) {
	t.Chdir(t.TempDir())
	input := &endless{}
	var out, errs bytes.Buffer
	status := cli.Main([]string{"check", "--spec", "-", "--max-size", "1MiB"}, input, &out, &errs)
	if status != 1 || !strings.HasPrefix(out.String(), "stdin: error: the file has more than 1 MiB [too-large]\n") || input.read > 2<<20 {
		t.Errorf("exit status %d after %d bytes\n%s%s", status, input.read, out.String(), errs.String())
	}
	writeSpec(t, "errors.yaml", "Errors", "shop")
	spec, _ := os.ReadFile("errors.yaml")
	long := func(size int) {
		comment := slices.Concat([]byte("# "), bytes.Repeat([]byte("long "), size/len("long ")), []byte("\n"))
		if err := os.WriteFile("errors.yaml", append(comment, spec...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"check", "--spec", "errors.yaml"}, {"diff", "errors.yaml", "errors.yaml"}, {"generate", "--spec", "errors.yaml", "--docs", "docs"}} {
		refused := func(limit string, args ...string) {
			if stdout, stderr, status := run("", args...); status != 1 || !strings.Contains(stdout+stderr, "errors.yaml: error: the file has more than "+limit+" [too-large]\n") {
				t.Errorf("%q: exit status %d\n%s%s", args, status, stdout, stderr)
			}
		}
		long(18 << 20)
		refused("16 MiB", args...)
		refused("17 MiB", append(args, "--max-size", "17MiB")...)
		long(500 << 10)
		refused("256 KiB", append(args, "--max-size", "256KiB")...)
		if stdout, stderr, status := run("", append(args, "--max-size", "1MiB")...); status != 0 {
			t.Errorf("%q: exit status %d\n%s%s", args, status, stdout, stderr)
		}
	}
	if _, stderr, status := run("", "check", "--spec", "errors.yaml", "--max-size", "much"); status != 2 || !strings.Contains(stderr, "not a size such as 64MiB") {
		t.Errorf("exit status %d\n%s", status, stderr)
	}
}

// TestReaderGone prints into a pipe that nobody reads from any more, as head leaves one.
func TestReaderGone(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r.Close()
	var messages bytes.Buffer
	if status := cli.Main([]string{"list"}, nil, w, &messages); status != 0 || messages.Len() > 0 {
		t.Errorf("exit status %d, %s", status, &messages)
	}
}
