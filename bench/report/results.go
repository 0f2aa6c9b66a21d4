package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// results are the turns of what is measured, by group and by row.
type results struct {
	CPU   string
	turns map[string]map[string][]figures
}

// figures are what one operation takes.
type figures struct {
	Time   float64 // of the CPU, in nanoseconds
	Bytes  float64 // of the heap; of a program's file
	Allocs float64
}

func newResults() *results {
	return &results{turns: make(map[string]map[string][]figures)}
}

// add notes a turn.
func (r *results) add(group, row string, f figures) {
	if r.turns[group] == nil {
		r.turns[group] = make(map[string][]figures)
	}
	r.turns[group][row] = append(r.turns[group][row], f)
}

// A line of a benchmark:
// BenchmarkGroup/row-2   1000   12.3 ns/op   11.9 cpu-ns/op   0 B/op   0 allocs/op
var line = regexp.MustCompile(`(?m)^Benchmark\w+/\S+\s+\d+\s+[\d.]+ ns/op\s+([\d.]+) cpu-ns/op\s+(\d+) B/op\s+(\d+) allocs/op`)

var processor = regexp.MustCompile(`(?m)^cpu: (.*)$`)

// readBenchmark reads the output of one turn of one benchmark.
func readBenchmark(text string) (figures, error) {
	matches := line.FindAllStringSubmatch(text, -1)
	if len(matches) != 1 {
		return figures{}, fmt.Errorf("not one benchmark with its CPU time in the output:\n%s", text)
	}
	var n [3]float64
	for i, field := range matches[0][1:] {
		value, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return figures{}, fmt.Errorf("read benchmark line %q: %w", matches[0][0], err)
		}
		n[i] = value
	}
	return figures{Time: n[0], Bytes: n[1], Allocs: n[2]}, nil
}

// readProcessor reads on which CPU benchmarks ran.
func readProcessor(text string) string {
	if match := processor.FindStringSubmatch(text); match != nil {
		return strings.TrimSpace(match[1])
	}
	return ""
}

// of returns a row's figures, and false if it has had no turn. The time is the tenth
// percentile of the turns: what else the machine does can only add to it. The rest is the
// middle.
func (r *results) of(group, row string) (figures, bool) {
	turns := r.turns[group][row]
	if len(turns) == 0 {
		return figures{}, false
	}
	at := func(part float64, figure func(figures) float64) float64 {
		values := make([]float64, len(turns))
		for i, turn := range turns {
			values[i] = figure(turn)
		}
		slices.Sort(values)
		return values[int(part*float64(len(values)))]
	}
	return figures{
		Time:   at(0.1, func(f figures) float64 { return f.Time }),
		Bytes:  at(0.5, func(f figures) float64 { return f.Bytes }),
		Allocs: at(0.5, func(f figures) float64 { return f.Allocs }),
	}, true
}
