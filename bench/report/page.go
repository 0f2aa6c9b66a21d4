package main

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// machine is where and how the figures came to be.
type machine struct {
	Go        string
	Platform  string
	Cores     int
	Date      string
	Rounds    int
	Benchtime time.Duration
	Versions  map[string]string
}

const intro = `# Performance

What errkb's runtime costs, compared with the retry libraries that Go programs use. This
page is made by ` + "`make bench`" + `; its texts stand in ` + "`bench/report/groups.go`" + `.

All libraries run in one process on one machine, which has other work to do: the
ratios count, not the times. A ratio above 1 means slower than errkb; a difference
of less than a tenth is noise. Each library is set up as its own docs recommend, with
no wait between tries.
`

// page writes the results as Markdown.
func page(r *results, m machine) []byte {
	var w bytes.Buffer
	w.WriteString(intro)
	writeTargets(&w, r)
	for i := range groups {
		writeGroup(&w, &groups[i], r)
	}
	w.WriteString("\n## Where and how\n\n| what | which |\n|---|---|\n")
	for _, line := range [][2]string{
		{"Go", m.Go + " " + m.Platform},
		{"CPU", r.CPU},
		{"cores", fmt.Sprint(m.Cores)},
		{"date", m.Date},
		{"runs", fmt.Sprintf("the median of %d rounds of all benchmarks, %s each", m.Rounds, m.Benchtime)},
	} {
		fmt.Fprintf(&w, "| %s | %s |\n", line[0], line[1])
	}
	for _, path := range libraries {
		fmt.Fprintf(&w, "| %s | %s |\n", path, m.Versions[path])
	}
	return w.Bytes()
}

// target is what the runtime is meant to keep to.
type target struct {
	Text     string
	Measured string
	Met      bool
	Why      string // where it is not met
}

func writeTargets(w *bytes.Buffer, r *results) {
	w.WriteString("\n## Targets\n\n| target | measured | met |\n|---|---|---|\n")
	targets := targets(r)
	for _, t := range targets {
		met := "yes"
		if !t.Met {
			met = "no"
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", t.Text, t.Measured, met)
	}
	separator := "\n"
	for _, t := range targets {
		if !t.Met && t.Why != "" {
			fmt.Fprintf(w, "%s- %s: %s.\n", separator, t.Text, t.Why)
			separator = ""
		}
	}
}

func targets(r *results) []target {
	success, _ := r.median("Success", own)
	call, _ := r.median("Success", bare)
	failOnce, _ := r.median("FailOnce", own)
	decision, _ := r.median("Decision", own)
	body, _ := r.median("BodyCode", own)
	roundTrip, _ := r.median("RoundTrip", own)
	base, _ := r.median("RoundTrip", bare)
	within := 1.5
	return []target{
		{
			Text:     "a successful Do within 1.5 times a bare call",
			Measured: fmt.Sprintf("%s ns on top of %s ns", number(success.Time-call.Time), number(call.Time)),
			Met:      success.Time <= within*call.Time,
			Why:      fmt.Sprintf("the bare call here does nothing, so that to ask for its timeout costs more than the call; the target is met for every call that takes over %s ns on its own", number((success.Time-call.Time)/(within-1))),
		},
		{Text: "a successful Do allocates nothing", Measured: allocations(success.Allocs), Met: success.Allocs == 0},
		{Text: "a Do that fails once allocates nothing", Measured: allocations(failOnce.Allocs), Met: failOnce.Allocs == 0},
		{Text: "a decision by status and header allocates nothing", Measured: allocations(decision.Allocs), Met: decision.Allocs == 0},
		{Text: "a decision by a listed code allocates nothing", Measured: allocations(body.Allocs), Met: body.Allocs == 0},
		{
			Text:     "Transport adds no allocation to a success by status",
			Measured: fmt.Sprintf("%s more than the base", allocations(roundTrip.Allocs-base.Allocs)),
			Met:      roundTrip.Allocs == base.Allocs,
		},
	}
}

func allocations(n float64) string {
	if n == 1 {
		return "1 allocation"
	}
	return fmt.Sprintf("%.0f allocations", n)
}

// noise is the difference, as a part, below which two libraries are even.
const noise = 0.1

func writeGroup(w *bytes.Buffer, g *group, r *results) {
	reference, ok := r.median(g.Name, own)
	if !ok {
		return
	}
	fmt.Fprintf(w, "\n## %s\n\n%s\n\n", g.Title, g.Text)
	w.WriteString("| library | ns/op | ratio | B/op | allocs/op | by |\n|---|---:|---:|---:|---:|---|\n")
	var faster []string
	for _, row := range g.Rows {
		f, ok := r.median(g.Name, row.Library)
		if !ok {
			continue
		}
		fmt.Fprintf(w, "| %s | %s | %.2f | %.0f | %.0f | %s |\n",
			title(row.Library), number(f.Time), f.Time/reference.Time, f.Bytes, f.Allocs, row.Means)
		if f.Time < (1-noise)*reference.Time && row.Library != bare {
			faster = append(faster, fmt.Sprintf("- %s is faster: %s.\n", title(row.Library), why(row)))
		}
	}
	if len(faster) > 0 {
		fmt.Fprintf(w, "\n%s", strings.Join(faster, ""))
	}
}

func title(library string) string {
	switch library {
	case own:
		return "**errkb**"
	case "errkb-timed":
		return "errkb, timed tries"
	case bare:
		return "bare call"
	case "by-hand":
		return "by hand"
	}
	return library
}

func why(r row) string {
	if r.Faster == "" {
		return "the reason has not been looked for"
	}
	return r.Faster
}

// number writes a figure, with a fraction only where it is below 10.
func number(f float64) string {
	if f < 10 {
		return fmt.Sprintf("%.1f", f)
	}
	return fmt.Sprintf("%.0f", f)
}
