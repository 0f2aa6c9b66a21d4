package errkbmcp_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestModuleTool starts the server in a module that has the command as a tool, as a user's
// module has it, and where no other command is.
func TestModuleTool(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	const module = "github.com/errkb/errkb"
	text := strings.Replace(string(mod), "module "+module, "module example.com/shop", 1) +
		"\nrequire " + module + " v0.0.0-00010101000000-000000000000\n\nreplace " + module + " => " + root + "\n\ntool " + module + "/cmd/gen\n"
	write(t, filepath.Join(dir, "go.mod"), text)
	write(t, filepath.Join(dir, "go.sum"), string(sum))
	write(t, filepath.Join(dir, "errors.yaml"), odd)
	alone := filepath.Join(t.TempDir(), filepath.Base(binary("errkbmcp")))
	copyFile(t, binary("errkbmcp"), alone)
	command := exec.Command(alone, "--spec", "errors.yaml")
	command.Dir = dir
	got := call(t, connectTo(t, command), "explain", map[string]any{"text": "ONE"})
	want := gen(t, dir, "ONE", "explain", "--spec", "errors.yaml", "-")
	if said := texts(t, got); got.IsError || said[0] != string(want.out) {
		t.Errorf("%q, want %q", said, want.out)
	}

	write(t, filepath.Join(dir, "go.mod"), strings.ReplaceAll(text, root, root+"/nowhere"))
	if said, status := start(t, exec.Command(alone), dir, ""); status != 2 || !strings.Contains(said, "build the command with go tool: ") {
		t.Errorf("of a tool that can't be built: %d, %s", status, said)
	}
}

// TestCommandNotFound starts the server where there is no command, or another program of
// its name.
func TestCommandNotFound(t *testing.T) {
	dir := t.TempDir()
	alone := filepath.Join(dir, filepath.Base(binary("errkbmcp")))
	copyFile(t, binary("errkbmcp"), alone)
	other := filepath.Join(dir, filepath.Base(binary("gen")))
	copyFile(t, binary("errkbmcp"), other) // which takes no argument
	for want, command := range map[string]*exec.Cmd{
		"errkbmcp: the command gen is not there": exec.Command(alone),
		"errkbmcp: run " + other + " version":    exec.Command(alone, "--gen", other),
		"errkbmcp: find the command: ":           exec.Command(alone, "--gen", filepath.Join(dir, "none")),
		"errkbmcp: unexpected argument \"x\"":    exec.Command(alone, "x"),
		"flag provided but not defined: -speck":  exec.Command(alone, "--speck", "x"),
		"errkbmcp: the spec can't be read from":  exec.Command(alone, "--gen", binary("gen"), "--spec", "errors.yaml", "--spec", "-"),
	} {
		if said, status := start(t, command, dir, dir); status != 2 || !strings.HasPrefix(said, want) {
			t.Errorf("%q: %d, %s, want %s", command.Args[1:], status, said, want)
		}
	}
}

// start runs a server that fails at once, with a PATH if one is given.
func start(t *testing.T, command *exec.Cmd, dir, path string) (said string, status int) {
	t.Helper()
	command.Dir = dir
	if path != "" {
		command.Env = append(os.Environ(), "PATH="+path)
	}
	var out, words bytes.Buffer
	command.Stdout, command.Stderr = &out, &words
	if err := command.Run(); err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	if out.Len() > 0 {
		t.Errorf("%q prints %s", command.Args, out.String())
	}
	return words.String(), command.ProcessState.ExitCode()
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, content, 0o755); err != nil {
		t.Fatal(err)
	}
}
