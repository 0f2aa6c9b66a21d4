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
	places := e.DelayPlaces()
	if len(places) == 0 || e.Kind == classify.KindTransport || !resends(e.Policy, e.Action) {
		return nil
	}
	rule := Text{plain("If the answer names a wait, in ")}
	rule = append(rule, delayPlaces(places)...)
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

// DelayPlace says where the server may name a wait, and in which form.
func DelayPlace(d classify.Delay) Text {
	unit := "in " + delayUnit(d.Unit)
	if d.Decimal {
		unit += ", also with decimals,"
	}
	text := unit
	switch {
	case d.As == classify.AsTime:
		text = "as a point in time: " + unit + " since 1970, or a date"
	case d.As == classify.AsRateLimit:
		text = "the longest wait for a limit that is used up: the largest t where r is 0"
	case d.Header != "":
		text = unit + " or as a date"
	}
	return append(delayPlace(d), plain(", "+text))
}

// delayUnit names the unit of a wait in full.
func delayUnit(unit time.Duration) string {
	for _, u := range units {
		if u.length == unit {
			return u.many
		}
	}
	return "seconds"
}

// delayPlace says where the server may name a wait.
func delayPlace(d classify.Delay) Text {
	switch {
	case d.Header != "":
		return headerText(d.Header)
	case d.Code != "":
		return Text{plain("the rest of a code that starts with "), wire(d.Code)}
	}
	return Text{wire(pointer(d.At)), plain(" of the JSON body")}
}

func delayPlaces(places []classify.Delay) Text {
	texts := make([]Text, len(places))
	for i, delay := range places {
		texts[i] = delayPlace(delay)
	}
	return join(texts, " or ")
}

// DelayList lists places for a wait, of which the first that holds one counts. It is
// empty for none.
func DelayList(places []classify.Delay) Text {
	texts := make([]Text, len(places))
	for i, delay := range places {
		texts[i] = DelayPlace(delay)
	}
	return join(texts, "; or else ")
}

// DelayOwn says where a wait is read that is not read where the API's others are. It is
// empty for one that is.
func DelayOwn(places []classify.Delay) Text {
	switch {
	case places == nil:
		return nil
	case len(places) == 0:
		return Text{plain("Here a wait that the answer names does not count.")}
	}
	return append(append(Text{plain("Here the time to wait is read from ")}, DelayList(places)...), plain("."))
}
