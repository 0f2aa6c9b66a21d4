// Command report measures the runtime beside its peers and writes what that came to as a
// page. It runs in the module's folder:
//
//	go run ./report -out ../docs/performance.md
//
// Every row is measured turn by turn, each turn a process, all turns in random order. A
// figure is the CPU time of a good turn: what else the machine does is not in it, so that
// the ratios hold at any load.
//
// The last release, or the revision that -before names, stands beside the runtime where it
// has the same benchmark. With -limit only these two are compared, without a page:
//
//	go run ./report -before v1.2.0 -limit 1.2
package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

func main() {
	var f flags
	flag.StringVar(&f.out, "out", "", "the page to write; empty for stdout")
	flag.StringVar(&f.before, "before", "", "the `revision` to compare with; empty for the last release, if there is one")
	flag.Float64Var(&f.limit, "limit", 0, "fail where a benchmark takes more than this many times what it took before, and write no page")
	flag.IntVar(&f.turns, "turns", 20, "how many turns a row has")
	flag.DurationVar(&f.benchtime, "benchtime", 40*time.Millisecond, "how long a turn of a benchmark takes")
	flag.Parse()
	if err := report(f); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

type flags struct {
	out, before string
	limit       float64
	turns       int
	benchtime   time.Duration
}

func report(f flags) error {
	dir, err := os.MkdirTemp("", "report")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if f.before == "" {
		f.before = lastRelease()
	}
	if f.limit > 0 && f.before == "" {
		fmt.Println("no release to compare with")
		return nil
	}
	results := newResults()
	tasks, err := f.tasks(dir, results)
	if err != nil {
		return err
	}
	if err := take(tasks, results); err != nil {
		return err
	}
	if f.limit > 0 {
		return hold(results, f.before, f.limit)
	}
	versions, err := versions()
	if err != nil {
		return err
	}
	page := page(results, machine{
		Go:       runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Cores:    runtime.NumCPU(),
		Date:     time.Now().UTC().Format(time.DateOnly),
		Runs:     fmt.Sprintf("%d turns of %s", f.turns, f.benchtime),
		Before:   f.before,
		Versions: versions,
	})
	if f.out == "" {
		_, err = os.Stdout.Write(page)
		return err
	}
	return os.WriteFile(f.out, page, 0o644)
}

// tasks builds all that is measured, below dir.
func (f flags) tasks(dir string, r *results) ([]task, error) {
	only := ""
	if f.limit > 0 {
		only = own
	}
	b := benchmarks{dir, f.turns, f.benchtime}
	tasks, err := b.tasks(r, only)
	if err != nil {
		return nil, err
	}
	if f.before != "" {
		earlier, err := b.beforeTasks(f.before)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, earlier...)
	}
	if only != "" {
		return tasks, nil
	}
	p, err := newPrograms(dir)
	if err != nil {
		return nil, err
	}
	more, err := p.tasks(f.turns)
	return append(tasks, more...), err
}

// hold returns an error that names the benchmarks that take more than limit times what they
// took before.
func hold(r *results, revision string, limit float64) error {
	var slower []string
	compared := 0
	for _, g := range groups {
		was, ok := r.of(g.Name, before)
		is, also := r.of(g.Name, own)
		if !ok || !also {
			continue
		}
		compared++
		fmt.Printf("%-16s %8s ns, was %8s ns, %.2f times\n", g.Name, number(is.Time), number(was.Time), is.Time/was.Time)
		if is.Time > limit*was.Time {
			slower = append(slower, g.Name)
		}
	}
	switch {
	case compared == 0:
		return fmt.Errorf("%s has no benchmark to compare with", revision)
	case len(slower) > 0:
		return fmt.Errorf("over %.2f times what it took in %s: %s", limit, revision, strings.Join(slower, ", "))
	}
	return nil
}

// lastRelease is the last tag vX.Y.Z that this commit comes after, or empty.
func lastRelease() string {
	tag, err := run("git", "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
	if err != nil {
		return "" // there is none
	}
	return strings.TrimSpace(tag)
}

// versions returns the required modules with their versions, as go.mod has them, and those of
// the tools.
func versions() (map[string]string, error) {
	text, err := run("go", "list", "-m", "-f", "{{.Path}} {{.Version}}", "all")
	if err != nil {
		return nil, err
	}
	versions := make(map[string]string)
	for _, tool := range []string{stringer, goEnum} {
		path, version, _ := strings.Cut(tool, "@")
		versions[path] = version
	}
	for line := range strings.Lines(text) {
		if path, version, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			versions[path] = cmp.Or(versions[path], version)
		}
	}
	return versions, nil
}
