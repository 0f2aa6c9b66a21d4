package attack

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var full = flag.Bool("full", false, "all of each attack, which takes minutes")

// times returns how often something is tried: a part, or in full.
func times(part, all int) int {
	if *full {
		return all
	}
	return part
}

// gen is the path of the command.
var gen string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "errkb-attack-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		gen = filepath.Join(dir, "gen.exe")
		build := exec.Command("go", "build", "-o", gen, "./cmd/gen")
		build.Dir = filepath.Join("..", "..", "..")
		build.Env = append(os.Environ(), "CGO_ENABLED=0") // so that no call is the dynamic linker's
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// limit is how long a run may take before it counts as one that hangs.
const limit = 2 * time.Minute

// result is what a run of the command came to. Its status is -1 if it was killed.
type result struct {
	status int
	output string // of both streams
}

// command returns a run of a program in a directory that is ended with the test or at the
// limit.
func command(t *testing.T, dir string, argv ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir = dir
	return cmd
}

// finish waits for the end of a run that was started.
func finish(t *testing.T, cmd *exec.Cmd, output *strings.Builder) result {
	t.Helper()
	err := cmd.Wait()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{cmd.ProcessState.ExitCode(), output.String()}
}

func start(t *testing.T, dir string, argv ...string) (*exec.Cmd, *strings.Builder) {
	t.Helper()
	cmd, output := command(t, dir, argv...), new(strings.Builder)
	cmd.Stdout, cmd.Stderr = output, output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, output
}

func run(t *testing.T, dir string, argv ...string) result {
	t.Helper()
	cmd, output := start(t, dir, argv...)
	return finish(t, cmd, output)
}

// generate are the arguments of the run that is attacked.
var generate = []string{"generate", "--spec", "errors.yaml", "--go", "generated", "--docs", "docs", "--site", "site"}

// files are the files, links and directories under a directory, by their paths, with what
// they hold.
type files map[string]string

const isDirectory = "\x00directory"

func filesOf(t *testing.T, dir string) files {
	t.Helper()
	all := files{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		name = filepath.ToSlash(name)
		if entry.IsDir() {
			all[name] = isDirectory
			return nil
		}
		content, err := os.ReadFile(path)
		all[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func isLeftover(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".errkb-") && strings.HasSuffix(base, ".tmp")
}

// attacked is a directory in which a run is due: what it holds before, and what after a run
// that nothing disturbs.
type attacked struct {
	template      string
	before, after files
	own           []string // what is the user's
}

// prepare makes the directory of a user with generated files and files of the user's beside
// them. The spec has changed since: the next run writes, replaces and removes files.
func prepare(t *testing.T) *attacked {
	t.Helper()
	a := &attacked{template: t.TempDir()}
	if r := run(t, a.template, gen, "init"); r.status != 0 {
		t.Fatal(r.output)
	}
	for _, name := range []string{"go.mod", "generated/own.txt", "generated/example/own.go", "docs/own.md", "docs/example/own.md", "site/own.html", "site/c/own/own.html"} {
		a.own = append(a.own, name)
		put(t, filepath.Join(a.template, name), "// the user's\npackage own\n")
	}
	put(t, filepath.Join(a.template, "go.mod"), "module example.com/m\n\ngo 1.26\n")
	a.own = append(a.own, "errors.yaml", "generate.go")
	if r := run(t, a.template, append([]string{gen}, generate...)...); r.status != 0 {
		t.Fatal(r.output)
	}
	spec := filepath.Join(a.template, "errors.yaml")
	text, err := os.ReadFile(spec)
	if err != nil {
		t.Fatal(err)
	}
	codes := "    codes:\n      ADDED: {meaning: Added, fix: Look, category: request}\n"
	changed := strings.NewReplacer("title: Errors of the example API", "title: Errors of another API", "    codes:\n", codes, "INVALID_NAME", "OTHER_NAME").Replace(string(text))
	if strings.Count(changed, "OTHER_NAME") == 0 || !strings.Contains(changed, codes) {
		t.Fatalf("the starter has changed: no code to add or to rename in\n%s", text)
	}
	put(t, spec, changed)
	a.before = filesOf(t, a.template)
	dir := a.copy(t)
	if r := run(t, dir, append([]string{gen}, generate...)...); r.status != 0 {
		t.Fatal(r.output)
	}
	a.after = filesOf(t, dir)
	added, changedOnes, removed := 0, 0, 0
	for name, content := range a.after {
		if _, ok := a.before[name]; !ok {
			added++
		} else if a.before[name] != content {
			changedOnes++
		}
	}
	for name := range a.before {
		if _, ok := a.after[name]; !ok {
			removed++
		}
	}
	if added == 0 || changedOnes == 0 || removed == 0 {
		t.Fatalf("the run adds %d files, changes %d and removes %d: want some of each", added, changedOnes, removed)
	}
	return a
}

func put(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// copy returns a copy of the directory to attack.
func (a *attacked) copy(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(filepath.Dir(a.template), "run-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(a.template)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// judge looks at what an attacked run has left: each file whole, in its old or its new state,
// and nothing of the user's touched; a run that says that all went well has done it all.
// --check tells what is not as it should be, and the next run heals it.
func (a *attacked) judge(t *testing.T, name, dir string, r result) {
	t.Helper()
	defer os.RemoveAll(dir)
	left := filesOf(t, dir)
	leftovers := 0
	for path, content := range left {
		before, isOld := a.before[path]
		after, isNew := a.after[path]
		switch {
		case isLeftover(path):
			leftovers++
		case isOld && content == before || isNew && content == after:
		default:
			t.Errorf("%s: %s is neither the old file nor the new one: %.200q\n%s", name, path, content, r.output)
		}
	}
	for path := range a.before {
		if _, stays := a.after[path]; stays && left[path] == "" {
			t.Errorf("%s: %s is gone\n%s", name, path, r.output)
		}
	}
	for _, path := range a.own {
		if left[path] != a.before[path] {
			t.Errorf("%s: the user's %s is touched\n%s", name, path, r.output)
		}
	}
	isWhole := maps.Equal(left, a.after)
	if r.status == 0 && !isWhole {
		t.Errorf("%s: status 0, but not all is done: %s\n%s", name, difference(left, a.after), r.output)
	}
	if r.status > 0 && !strings.Contains(r.output, "gen: ") {
		t.Errorf("%s: status %d without an error\n%s", name, r.status, r.output)
	}
	checked := run(t, dir, append([]string{gen}, append(generate, "--check")...)...)
	if (checked.status == 0) != isWhole {
		t.Errorf("%s: --check ends in %d where this differs: %s\n%s", name, checked.status, difference(left, a.after), checked.output)
	}
	if leftovers > 0 && !strings.Contains(checked.output, ".errkb-") {
		t.Errorf("%s: --check does not name what was left behind\n%s", name, checked.output)
	}
	healed := run(t, dir, append([]string{gen}, generate...)...)
	if now := filesOf(t, dir); healed.status != 0 || !maps.Equal(now, a.after) {
		t.Errorf("%s: the next run ends in %d and does not heal: %s\n%s", name, healed.status, difference(now, a.after), healed.output)
	}
}

// difference names the first paths that differ.
func difference(a, b files) string {
	var names []string
	for name := range a {
		if other, ok := b[name]; !ok || other != a[name] {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return strings.Join(names[:min(len(names), 5)], ", ")
}
