package downstream_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	modulePath    = "github.com/errkb/errkb"
	moduleVersion = "v0.0.1"
)

// root is the folder of this repository.
var root = filepath.Join("..", "..", "..")

// userModule is a module of a user's.
type userModule struct {
	t   *testing.T
	dir string
	env []string
}

// newUserModule returns an empty module that requires nothing yet. It gets this
// module, and what that needs, from a proxy in the file system and not from the
// network.
func newUserModule(t *testing.T) *userModule {
	t.Helper()
	env, err := offline()
	if err != nil {
		t.Fatal(err)
	}
	m := &userModule{t: t, dir: t.TempDir(), env: env}
	m.run("go", "mod", "init", "example.com/downstream")
	return m
}

// newGeneratedModule returns a module that requires this repository as it stands
// and nothing else.
func newGeneratedModule(t *testing.T) *userModule {
	t.Helper()
	here, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	m := &userModule{t: t, dir: t.TempDir(), env: append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")}
	m.write("go.mod", "module "+generatedModule+"\n\ngo 1.26\n\nrequire "+modulePath+" v0.0.0\n\nreplace "+modulePath+" => "+here+"\n")
	return m
}

func (m *userModule) write(name, content string) {
	m.t.Helper()
	path := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		m.t.Fatal(err)
	}
}

func (m *userModule) read(name string) string {
	m.t.Helper()
	return read(m.t, filepath.Join(m.dir, filepath.FromSlash(name)))
}

// run runs a program that must succeed, and returns what it prints.
func (m *userModule) run(program string, args ...string) string {
	m.t.Helper()
	out, err := output(m.dir, m.env, program, args...)
	if err != nil {
		m.t.Fatal(err)
	}
	return out
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// output returns what a program writes to its standard output.
func output(dir string, env []string, program string, args ...string) (string, error) {
	command := exec.Command(program, args...)
	command.Dir, command.Env = dir, env
	var messages strings.Builder
	command.Stderr = &messages
	out, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s%s", program, strings.Join(args, " "), err, out, messages.String())
	}
	return string(out), nil
}

// scratch is a folder that all tests share.
var scratch string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if scratch, err = os.MkdirTemp("", "errkb-downstream"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(scratch)
		return m.Run()
	}())
}
