package simulate

import (
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// The sizes of a chart, in pixels.
const (
	chartWidth = 720
	plotLeft   = 64
	plotWidth  = chartWidth - plotLeft - 16
	plotHeight = 72
	rowHeight  = plotHeight + 56
	headHeight = 64
)

// Chart draws the load of a server over time, a row for each run, all in one scale, as an SVG
// document. The mark tells whose file it is.
func Chart(r Report, mark string) []byte {
	shown := r.Shown()
	peak := int64(1)
	for _, o := range r.Runs {
		for _, n := range o.Load[:shown] {
			peak = max(peak, n)
		}
	}
	var out strings.Builder
	height := headHeight + len(r.Runs)*rowHeight
	title := fmt.Sprintf("Load of a server that was down for %s, by the policy %s", span(r.Outage), r.Policy)
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title about">`+"\n", chartWidth, height)
	if mark != "" {
		fmt.Fprintf(&out, "<!-- %s -->\n", mark)
	}
	fmt.Fprintf(&out, "<title id=\"title\">%s</title>\n<desc id=\"about\">%s</desc>\n", html.EscapeString(title), html.EscapeString(r.about()))
	out.WriteString(`<style>
text { font: 13px system-ui, sans-serif; fill: #222 }
.small { font-size: 11px; fill: #555 }
.paper { fill: #fff } .outage { fill: #ececec } .load { fill: #d9692b } .answered { fill: #2a7f62 } .axis { stroke: #888 } .capacity { stroke: #222; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
  text { fill: #eee } .small { fill: #bbb } .paper { fill: #1b1b1b } .outage { fill: #333 } .load { fill: #f08c4f } .answered { fill: #4fb892 } .capacity { stroke: #eee }
}
</style>
`)
	fmt.Fprintf(&out, `<rect class="paper" width="%d" height="%d"/>`+"\n", chartWidth, height)
	fmt.Fprintf(&out, `<text x="16" y="24">%s</text>`+"\n", html.EscapeString(title))
	fmt.Fprintf(&out, `<rect class="answered" x="16" y="38" width="10" height="10"/><text class="small" x="30" y="47">answered</text>`+
		`<rect class="load" x="96" y="38" width="10" height="10"/><text class="small" x="110" y="47">refused</text>`+
		`<rect class="outage" x="168" y="38" width="10" height="10"/><text class="small" x="182" y="47">down</text>`+
		`<path class="capacity" d="M226 43h14"/><text class="small" x="246" y="47">what it can answer; requests a second</text>`+"\n")
	for i, o := range r.Runs {
		r.row(&out, o, headHeight+i*rowHeight, shown, peak)
	}
	out.WriteString("</svg>\n")
	return []byte(out.String())
}

// about is what the chart shows, in a sentence a run.
func (r Report) about() string {
	var all []string
	for _, o := range r.Runs {
		all = append(all, fmt.Sprintf("%s: %d requests of which %d were refused, at most %d in a second; %s.", o.Name, o.Requests, o.Refused, o.Peak, o.recovery()))
	}
	return strings.Join(all, " ")
}

func (o Outcome) recovery() string {
	switch {
	case o.Recovered == nil:
		return "the server does not recover"
	case *o.Recovered == 0:
		return "the server recovers at once"
	}
	return "the server recovers after " + span(*o.Recovered)
}

// span is a time in milliseconds as the spec format writes it.
func span(ms int64) string { return model.DurationText(time.Duration(ms) * time.Millisecond) }

func (r Report) row(out *strings.Builder, o Outcome, top, shown int, peak int64) {
	base := top + 24 + plotHeight
	x := func(second int64) float64 { return plotLeft + float64(second)*plotWidth/float64(shown) }
	y := func(n int64) float64 { return float64(base) - float64(n)*plotHeight/float64(peak) }
	fmt.Fprintf(out, `<text x="16" y="%d">%s: %s</text>`+"\n", top+12, html.EscapeString(o.Name), o.recovery())
	fmt.Fprintf(out, `<rect class="outage" x="%.1f" y="%d" width="%.1f" height="%d"/>`+"\n", x(r.OutageFrom/1000), top+24, x((r.OutageFrom+r.Outage)/1000)-x(r.OutageFrom/1000), plotHeight)
	area(out, "load", o.Load[:shown], x, y)
	area(out, "answered", o.Answered[:shown], x, y)
	if capacity := int64(r.Capacity); capacity <= peak {
		fmt.Fprintf(out, `<path class="capacity" d="M%d %.1fh%d"/>`, plotLeft, y(capacity), plotWidth)
	}
	fmt.Fprintf(out, `<path class="axis" d="M%d %dh%d"/>`, plotLeft, base, plotWidth)
	fmt.Fprintf(out, `<text class="small" x="%d" y="%d" text-anchor="end">%d</text>`, plotLeft-6, top+32, peak)
	fmt.Fprintf(out, `<text class="small" x="%d" y="%d">0</text><text class="small" x="%d" y="%d" text-anchor="end">%s</text>`+"\n",
		plotLeft, base+14, plotLeft+plotWidth, base+14, span(int64(shown)*1000))
}

// area draws what there was in each second, as a step.
func area(out *strings.Builder, class string, all []int64, x func(int64) float64, y func(int64) float64) {
	fmt.Fprintf(out, `<path class="%s" d="M%.1f %.1f`, class, x(0), y(0))
	for i, n := range all {
		if i > 0 && n == all[i-1] {
			continue
		}
		fmt.Fprintf(out, "H%.1fV%.1f", x(int64(i)), y(n))
	}
	fmt.Fprintf(out, `H%.1fV%.1fZ"/>`+"\n", x(int64(len(all))), y(0))
}
