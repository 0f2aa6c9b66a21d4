package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// benchmarks are the benchmarks of this module as tasks: each turn is a process.
type benchmarks struct {
	dir       string // for what is built
	turns     int
	benchtime time.Duration
}

// tasks builds the benchmarks and returns a task for each row of a group of benchmarks; if
// only is given, just those of that row.
func (b benchmarks) tasks(r *results, only string) ([]task, error) {
	binary := filepath.Join(b.dir, "bench.test")
	if _, err := run("go", "test", "-c", "-o", binary, "."); err != nil {
		return nil, err
	}
	text, err := run(binary, "-test.run", "^$", "-test.bench", "^BenchmarkStatus$/^errkb$", "-test.benchtime", "1x")
	if err != nil {
		return nil, err
	}
	r.CPU = readProcessor(text)
	var tasks []task
	for _, g := range groups {
		for _, row := range g.Rows {
			if g.Unit == perOperation && (only == "" || row.Library == only) {
				tasks = append(tasks, b.task(binary, g.Name, row.Library, row.Library))
			}
		}
	}
	return tasks, nil
}

// task is a benchmark of a binary. Its figures stand in a row.
func (b benchmarks) task(binary, group, library, row string) task {
	return task{group: group, row: row, turns: b.turns, turn: func() (figures, error) {
		text, err := run(binary, "-test.run", "^$", "-test.bench", "^Benchmark"+group+"$/^"+library+"$", "-test.benchtime", b.benchtime.String())
		if err != nil {
			return figures{}, err
		}
		return readBenchmark(text)
	}}
}

// beforeTasks builds the benchmarks of a revision, with its runtime, and returns a task for
// each that they have in common with these.
func (b benchmarks) beforeTasks(revision string) ([]task, error) {
	dir := filepath.Join(b.dir, "before")
	archive, binary := filepath.Join(b.dir, "before.tar"), filepath.Join(b.dir, "before.test")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	for _, c := range []command{
		{dir: "..", args: []string{"git", "archive", "-o", archive, revision}},
		{args: []string{"tar", "-xf", archive, "-C", dir}},
		{dir: filepath.Join(dir, "bench"), args: []string{"go", "test", "-c", "-o", binary, "."}},
	} {
		if _, _, err := c.run(); err != nil {
			return nil, err
		}
	}
	var tasks []task
	for _, g := range groups {
		if g.Unit != perOperation {
			continue
		}
		t := b.task(binary, g.Name, own, before)
		if _, err := t.turn(); err != nil {
			fmt.Fprintf(os.Stderr, "%s has no such benchmark: %v\n", revision, err)
			continue
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}
