package site

import (
	"slices"
	"strconv"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// timeline is when something is sent again, as a table and as a drawing: a row for each
// of what is sent, over an axis of time. Places along the axis are shares of the width,
// so that the drawing fits any screen and its text keeps its size. Where the rows don't
// show all that is sent, the axis is broken: what is left of the break is true to scale,
// and right of it stands the end.
type timeline struct {
	ID      string
	Caption string // names the drawing
	About   string // says what it shows
	Title   string // what is sent, as the title of a column
	Note    string
	Table   []say.WaitRow

	Drawn  bool
	Start  string // what stands at the start
	Left   string // where the axis begins
	Right  string // and ends
	Bars   []bar
	Rest   string // what stands in the row of those that the rows don't show
	RestY  int
	Ticks  []tick
	End    string // when it ends, at the latest; empty for never
	EndX   string // where that is
	Axis   int    // where the axis is, from the top
	Head   int    // where the strokes of its break begin
	Foot   int    // where they and its ticks end
	Label  int    // where their times stand
	Height int    // in CSS pixels
}

// bar is the time in which something is sent.
type bar struct {
	Number   int
	X        string // what it stands before
	Y        int
	From, To string
	Gap      string // where the time ends in which the one before was sent; empty for none
	Perhaps  bool
}

// tick is a round time on the axis.
type tick struct {
	X, Text string
}

// The measures of a drawing: rows in CSS pixels, places along the axis in percent.
const (
	rowTop    = 14
	rowHeight = 22
	axisLeft  = 12.0
	axisRight = 98.0
	axisBreak = 82.0 // where a broken axis ends
	axisAgain = 86.0 // and goes on
	narrow    = 280  // how wide a drawing is on a small phone, in CSS pixels
)

// newTimeline returns the time line of an entry, or nil where nothing is sent again.
func newTimeline(l *say.Language, e *model.Entry) *timeline {
	line := e.Timeline()
	if len(line.Beats) == 0 {
		return nil
	}
	t := &timeline{
		ID:      id(e.Address()),
		Caption: l.DrawingTitle(e.Action),
		About:   l.DrawingText(e.Action),
		Title:   l.Say(say.RetryTitle(e.Action)),
		Note:    l.WaitNote(e, line),
		Table:   l.WaitTable(line),
	}
	if shown := line.Beats[len(line.Beats)-1].At.Max; shown > 0 {
		t.draw(l, e, line, shown)
	}
	return t
}

// Hollow reports whether the drawing has a hollow bar.
func (t *timeline) Hollow() bool {
	return slices.ContainsFunc(t.Bars, func(b bar) bool { return b.Perhaps })
}

// draw draws the line, whose rows show what is sent up to a time.
func (t *timeline) draw(l *say.Language, e *model.Entry, line model.Timeline, shown time.Duration) {
	t.Drawn = true
	t.Start = l.WaitStart(e)
	t.Left, t.Right = percent(axisLeft), percent(axisRight)
	scale := scale{end: line.End, right: axisRight}
	if line.Rest != nil {
		scale = scaleTo(shown)
		t.Rest = l.WaitRest(line)
	}
	y := rowTop
	row := func(b model.Beat) *bar {
		y += rowHeight
		t.Bars = append(t.Bars, bar{Number: b.Number, X: t.Left, Y: y, From: scale.at(b.At.Min), To: scale.at(b.At.Max), Perhaps: b.Perhaps})
		return &t.Bars[len(t.Bars)-1]
	}
	before := time.Duration(0)
	for _, b := range line.Beats {
		drawn := row(b)
		if b.At.Min > before {
			drawn.Gap = scale.at(before)
		}
		before = b.At.Max
	}
	if line.Rest != nil {
		y += rowHeight
		t.RestY = y
	}
	if line.End > 0 {
		t.End, t.EndX = l.Duration(line.End), percent(axisRight)
	}
	if b := line.Last; b != nil {
		// right of the break, as far from the end as the scale says
		from, to := axisRight-scale.width(line.End-b.At.Min), axisRight-scale.width(line.End-b.At.Max)
		if from > axisAgain+1 {
			y += rowHeight
			t.Bars = append(t.Bars, bar{Number: b.Number, X: percent(from), Y: y, From: percent(from), To: percent(to)})
		}
	}
	t.Axis = y + rowHeight - 6
	t.Head, t.Foot, t.Label, t.Height = t.Axis-5, t.Axis+5, t.Axis+20, t.Axis+26
	t.Ticks = ticks(l, scale, shown, t.End)
}

// scale is how long times are along an axis.
type scale struct {
	end   time.Duration // the time at the right end
	right float64       // where that is
}

func scaleTo(end time.Duration) scale { return scale{end, axisBreak - 2} }

// width is how wide a time is, in percent.
func (s scale) width(d time.Duration) float64 {
	return float64(d) / float64(s.end) * (s.right - axisLeft)
}

// at is where a time is.
func (s scale) at(d time.Duration) string { return percent(axisLeft + s.width(d)) }

func percent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }

// ticks returns round times along an axis, as many as there is room for beside each other
// and beside the time at its end.
func ticks(l *say.Language, s scale, shown time.Duration, end string) []tick {
	wide := func(text string) float64 { return widthOf(text) / narrow * 100 } // in percent
	room := axisRight - wide(end) - 2
	for step := range timeSteps {
		var all []tick
		free := 0.0
		for at := time.Duration(0); at <= shown; at += step {
			text, x := l.Duration(at), axisLeft+s.width(at)
			half := wide(text) / 2
			if x-half < free {
				all = nil
				break
			}
			free = x + half + 1
			if x+half <= room {
				all = append(all, tick{percent(x), text})
			}
			if at > shown-step { // times may be as long as there are
				break
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	return nil
}

// timeSteps yields times that people count by, from a microsecond up.
func timeSteps(yield func(time.Duration) bool) {
	for unit := time.Microsecond; unit < time.Second; unit *= 10 {
		for _, n := range []time.Duration{1, 2, 5} {
			if !yield(n * unit) {
				return
			}
		}
	}
	for _, unit := range []time.Duration{time.Second, time.Minute} {
		for _, n := range []time.Duration{1, 2, 5, 10, 15, 30} {
			if !yield(n * unit) {
				return
			}
		}
	}
	for _, hours := range []time.Duration{1, 2, 3, 6, 12, 24} {
		if !yield(hours * time.Hour) {
			return
		}
	}
	for unit := 24 * time.Hour; unit < 1e5*24*time.Hour; unit *= 10 {
		for _, n := range []time.Duration{2, 5, 10} {
			if !yield(n * unit) {
				return
			}
		}
	}
}
