package say

import (
	"math"
	"strconv"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// DelayRule says what a wait named by the server does to the entry's own.
// It is empty where the server names none or nothing is sent again.
func DelayRule(e *model.Entry) Text {
	if len(e.API.Delays) == 0 || e.Kind == classify.KindTransport || RetryStop(e.Policy, e.Action) == "" {
		return nil
	}
	rule := Text{plain("If the answer names a wait, in ")}
	rule = append(rule, DelayPlaces(e.API)...)
	text := ", it replaces the wait in the table"
	switch jitter := e.Policy.Jitter; {
	case jitter.Full:
		text += ", and a random part of up to the wait in the table is added"
	case jitter.Spread > 0:
		text += ", and a random part of up to " + strconv.FormatFloat(math.Round(jitter.Spread*1e5)/1e3, 'f', -1, 64) + " % is added"
	case jitter.Add > 0:
		text += ", and a random part of up to " + Duration(jitter.Add) + " is added"
	}
	text += ". A wait of zero does not count. If the answer names more than " + Duration(e.Policy.DelayLimit()) + ", give up."
	return append(rule, plain(text))
}

// DelayOrder says which of several waits that the server names counts.
const DelayOrder = "The answer may name the time to wait. The first of these that is present counts:"

// DelayPlace says where the server may name a wait, and in which unit.
func DelayPlace(d classify.Delay) Text {
	unit := "in seconds"
	if d.Unit == time.Millisecond {
		unit = "in milliseconds"
	}
	if d.Header != "" {
		return Text{plain("the header "), wire(d.Header), plain(", " + unit + " or as a date")}
	}
	return Text{wire(pointer(d.At)), plain(" of the JSON body, " + unit)}
}

// DelayPlaces lists the places where an API's server may name a wait. It is
// empty for an API that has none.
func DelayPlaces(a *model.API) Text {
	texts := make([]Text, len(a.Delays))
	for i, delay := range a.Delays {
		if delay.Header != "" {
			texts[i] = Text{plain("the header "), wire(delay.Header)}
		} else {
			texts[i] = Text{wire(pointer(delay.At)), plain(" of the JSON body")}
		}
	}
	return join(texts, " or ")
}
