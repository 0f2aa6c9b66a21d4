package site

import (
	"strconv"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// timeline is a drawing of when retries are sent. Places along it are shares of
// its width, so that it fits any screen and its text keeps its size.
type timeline struct {
	ID     string
	What   string // what is sent: retry, poll or new task
	Height int    // in CSS pixels
	Beats  []beat
	Axis   int // where the axis is, from the top
	Ticks  int // where the text below it stands
	End    string
	Rest   *say.WaitRow // sums up the retries that are not shown; nil for none
}

// beat is one retry of the drawing.
type beat struct {
	model.Beat
	Label    int    // where its text stands, from the top
	Bar      int    // where its bar is
	From, To string // where its bar begins and ends, in percent of the width
}

// The rows of a drawing, in CSS pixels: a line of text over a bar.
const (
	rowHeight   = 36
	labelOffset = 16
	barOffset   = 26
	axisHeight  = 28
)

// newTimeline returns the drawing of an entry's waits, or nil where nothing is
// sent again.
func newTimeline(e *model.Entry) *timeline {
	beats, more := model.Timeline(e.Policy)
	if len(beats) == 0 || !e.Action.Waits() {
		return nil
	}
	end := beats[len(beats)-1].At.Max
	t := &timeline{ID: id(e.Address()), What: say.RetryNoun(e.Action), End: say.Duration(end)}
	if more {
		rest := say.WaitRest(e.Policy, len(beats))
		t.Rest = &rest
	}
	for i, b := range beats {
		top := i * rowHeight
		t.Beats = append(t.Beats, beat{b, top + labelOffset, top + barOffset, share(b.At.Min, end), share(b.At.Max, end)})
	}
	t.Axis = len(beats)*rowHeight + 4
	t.Ticks = t.Axis + 18
	t.Height = t.Axis + axisHeight
	return t
}

// share returns a time as a share of the whole, in percent of the width; a
// percent stays free at either end, for the round ends of bars.
func share(at, whole time.Duration) string {
	part := 0.0
	if whole > 0 {
		part = float64(at) / float64(whole)
	}
	return strconv.FormatFloat(1+98*part, 'f', 2, 64) + "%"
}
