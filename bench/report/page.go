package main

import (
	"bytes"
	"fmt"
	"strings"
)

// machine is where and how the figures came to be.
type machine struct {
	Go       string
	Platform string
	Cores    int
	Date     string
	Runs     string
	Before   string // the revision of the earlier build; empty for none
	Versions map[string]string
}

const intro = `# Performance

What errkb's runtime costs, compared with the retry libraries that Go programs use. This
page is made by ` + "`make bench`" + `; its texts stand in ` + "`bench/report/groups.go`" + `.

All rows run on one machine, turn by turn in random order, each turn in a new process. A
figure is CPU time, of all threads and with the garbage collector: the tenth percentile of
the turns. The ratios count, not the times. A ratio above 1 means slower than errkb; a
difference of less than a tenth is noise. Each library is set up as its own docs recommend,
with no wait between tries.
`

// page writes the results as Markdown.
func page(r *results, m machine) []byte {
	var w bytes.Buffer
	w.WriteString(intro)
	writeTargets(&w, r, m.Before)
	for i := range groups {
		writeGroup(&w, &groups[i], r, m.Before)
	}
	w.WriteString("\n## Where and how\n\n| what | which |\n|---|---|\n")
	lines := [][2]string{
		{"Go", m.Go + " " + m.Platform},
		{"CPU", r.CPU},
		{"cores", fmt.Sprint(m.Cores)},
		{"date", m.Date},
		{"runs", m.Runs},
	}
	for _, path := range libraries {
		lines = append(lines, [2]string{path, m.Versions[path]})
	}
	for _, line := range lines {
		fmt.Fprintf(&w, "| %s | %s |\n", line[0], line[1])
	}
	return w.Bytes()
}

// target is what the runtime is meant to keep to.
type target struct {
	Text     string
	Measured string
	Met      bool
}

func writeTargets(w *bytes.Buffer, r *results, earlier string) {
	w.WriteString("\n## Targets\n\n| target | measured | met |\n|---|---|---|\n")
	for _, t := range targets(r, earlier) {
		met := "yes"
		if !t.Met {
			met = "no"
		}
		fmt.Fprintf(w, "| %s | %s | %s |\n", t.Text, t.Measured, met)
	}
}

// small is the part of a call that nobody notices.
const small = 0.1

func targets(r *results, earlier string) []target {
	success, _ := r.of("Success", own)
	call, _ := r.of("Success", bare)
	request, _ := r.of("Client", bare)
	failOnce, _ := r.of("FailOnce", own)
	decision, _ := r.of("Decision", own)
	body, _ := r.of("BodyCode", own)
	roundTrip, _ := r.of("RoundTrip", own)
	base, _ := r.of("RoundTrip", bare)
	start, _ := r.of("Start", own)
	startFew, _ := r.of("Start", "errkb-10")
	cycle, _ := r.of("Collect", own)
	cycleFew, _ := r.of("Collect", "errkb-10")
	targets := []target{
		{
			Text:     "a successful Do adds less than a tenth to the cheapest request, one of an http.Client that is answered in the same process",
			Measured: fmt.Sprintf("%s ns on top of %s ns", number(success.Time-call.Time), number(request.Time)),
			Met:      success.Time-call.Time < small*request.Time,
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
		few("a program with 10,000 codes starts as fast as one with 10", start, startFew),
		few("10,000 codes cost a cycle of the garbage collector what 10 cost", cycle, cycleFew),
	}
	if earlier != "" {
		targets = append(targets, noSlower(r, earlier))
	}
	return targets
}

// few is the target that many codes take what few do.
func few(text string, many, few figures) target {
	return target{Text: text, Measured: fmt.Sprintf("%.2f times", many.Time/few.Time), Met: many.Time <= (1+noise)*few.Time}
}

// noSlower is the target that no benchmark of errkb takes more than in an earlier build.
func noSlower(r *results, earlier string) target {
	t := target{Text: "nothing is slower than in " + earlier, Measured: "nothing", Met: true}
	var slower []string
	for i := range groups {
		g := &groups[i]
		was, ok := r.of(g.Name, before)
		if is, _ := r.of(g.Name, own); ok && is.Time > (1+noise)*was.Time {
			slower = append(slower, fmt.Sprintf("%s (%.2f times)", g.Title, is.Time/was.Time))
		}
	}
	if len(slower) > 0 {
		t.Measured, t.Met = strings.Join(slower, "; "), false
	}
	return t
}

func allocations(n float64) string {
	if n == 1 {
		return "1 allocation"
	}
	return fmt.Sprintf("%.0f allocations", n)
}

// noise is the difference, as a part, below which two libraries are even.
const noise = 0.1

func writeGroup(w *bytes.Buffer, g *group, r *results, earlier string) {
	reference, ok := r.of(g.Name, own)
	if !ok {
		return
	}
	fmt.Fprintf(w, "\n## %s\n\n%s\n\n", g.Title, g.Text)
	head, rule := "", ""
	if g.Unit.Heap {
		head, rule = " B/op | allocs/op |", "---:|---:|"
	}
	if g.Unit.File {
		head, rule = " MB |", "---:|"
	}
	fmt.Fprintf(w, "| row | %s | ratio |%s by |\n|---|---:|---:|%s---|\n", g.Unit.Time, head, rule)
	var faster []string
	for _, row := range g.rows(earlier) {
		f, ok := r.of(g.Name, row.Library)
		if !ok {
			continue
		}
		fmt.Fprintf(w, "| %s | %s | %.2f |", title(row.Library), number(f.Time/g.Unit.Scale), f.Time/reference.Time)
		if g.Unit.Heap {
			fmt.Fprintf(w, " %.0f | %.0f |", f.Bytes, f.Allocs)
		}
		if g.Unit.File {
			fmt.Fprintf(w, " %.1f |", f.Bytes/1e6)
		}
		fmt.Fprintf(w, " %s |\n", row.Means)
		if f.Time < (1-noise)*reference.Time && isRival(row.Library) {
			faster = append(faster, fmt.Sprintf("- %s is faster: %s.\n", title(row.Library), why(row)))
		}
	}
	if len(faster) > 0 {
		fmt.Fprintf(w, "\n%s", strings.Join(faster, ""))
	}
}

// rows are the rows of the group, with that of an earlier build below errkb's.
func (g *group) rows(earlier string) []row {
	var rows []row
	for _, r := range g.Rows {
		if rows = append(rows, r); r.Library == own {
			rows = append(rows, row{Library: before, Means: "the same in " + earlier})
		}
	}
	return rows
}

// isRival reports whether a row is of something other than errkb and the base line.
func isRival(library string) bool {
	return library != bare && library != before && !strings.HasPrefix(library, own)
}

func title(library string) string {
	switch library {
	case own:
		return "**errkb**"
	case before:
		return "errkb before"
	case "errkb-timed":
		return "errkb, timed tries"
	case "errkb-stream":
		return "errkb, a stream"
	case "errkb-10":
		return "errkb, 10 codes"
	case "errkb-pie":
		return "errkb, position-independent"
	case bare:
		return "bare"
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
