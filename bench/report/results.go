package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// results are the runs of the benchmarks, by group and by library.
type results struct {
	CPU  string
	runs map[string]map[string][]figures
}

// figures are what one operation takes.
type figures struct {
	Time   float64 // in nanoseconds
	Bytes  float64
	Allocs float64
}

func newResults() *results {
	return &results{runs: make(map[string]map[string][]figures)}
}

// A line of a benchmark: BenchmarkGroup/library-2   1000   12.3 ns/op   0 B/op   0 allocs/op
var line = regexp.MustCompile(`^Benchmark(\w+)/([\w-]+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op\s+(\d+) B/op\s+(\d+) allocs/op`)

// add reads the output of one run.
func (r *results) add(text string) error {
	before := r.count()
	for s := range strings.Lines(text) {
		if cpu, ok := strings.CutPrefix(s, "cpu: "); ok {
			r.CPU = strings.TrimSpace(cpu)
		}
		match := line.FindStringSubmatch(s)
		if match == nil {
			continue
		}
		var n [3]float64
		for i, field := range match[3:] {
			value, err := strconv.ParseFloat(field, 64)
			if err != nil {
				return fmt.Errorf("read benchmark line %q: %w", s, err)
			}
			n[i] = value
		}
		group, library := match[1], match[2]
		if r.runs[group] == nil {
			r.runs[group] = make(map[string][]figures)
		}
		r.runs[group][library] = append(r.runs[group][library], figures{Time: n[0], Bytes: n[1], Allocs: n[2]})
	}
	if r.count() == before {
		return fmt.Errorf("no benchmark in the output:\n%s", text)
	}
	return nil
}

func (r *results) count() (n int) {
	for _, libraries := range r.runs {
		for _, runs := range libraries {
			n += len(runs)
		}
	}
	return n
}

// median returns the middle of a library's figures, and false if there are none.
func (r *results) median(group, library string) (figures, bool) {
	runs := r.runs[group][library]
	if len(runs) == 0 {
		return figures{}, false
	}
	of := func(figure func(figures) float64) float64 {
		values := make([]float64, len(runs))
		for i, run := range runs {
			values[i] = figure(run)
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	return figures{
		Time:   of(func(f figures) float64 { return f.Time }),
		Bytes:  of(func(f figures) float64 { return f.Bytes }),
		Allocs: of(func(f figures) float64 { return f.Allocs }),
	}, true
}
