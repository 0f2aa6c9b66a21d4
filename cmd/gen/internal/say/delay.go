package say

import (
	"math"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// DelayRule says what a wait named by the server does to the entry's own.
// It is empty where the server names none or nothing is sent again.
func (l *Language) DelayRule(e *model.Entry) Text {
	places := e.DelayPlaces()
	if len(places) == 0 || e.Kind == classify.KindTransport || !resends(e.Policy, e.Action) {
		return nil
	}
	where := l.delayPlaces(places)
	var rule Text
	switch jitter := e.Policy.Jitter; {
	case jitter.Full:
		rule = l.Text("If the answer names a wait, in %s, it replaces the wait in the table, and a random part of up to the wait in the table is added.", where)
	case jitter.Spread > 0:
		rule = l.Text("If the answer names a wait, in %s, it replaces the wait in the table, and a random part of up to %s %% is added.",
			where, l.number(math.Round(jitter.Spread*1e5)/1e3))
	case jitter.Add > 0:
		rule = l.Text("If the answer names a wait, in %s, it replaces the wait in the table, and a random part of up to %s is added.", where, l.Duration(jitter.Add))
	default:
		rule = l.Text("If the answer names a wait, in %s, it replaces the wait in the table.", where)
	}
	return l.Text(twoSentences, rule,
		l.Say("A wait of zero does not count. If the answer names more than %s, give up.", l.Duration(e.Policy.DelayLimit())))
}

// DelayOrder says which of several waits that the server names counts.
func (l *Language) DelayOrder() string {
	return l.Say("The answer may name the time to wait. The first of these that is present counts:")
}

// DelayPlace says where the server may name a wait, and in which form.
func (l *Language) DelayPlace(d classify.Delay) Text {
	place, unit := l.delayPlace(d), l.delayUnit(d.Unit)
	switch {
	case d.As == classify.AsTime:
		return l.Text("%s, as a point in time: %s since 1970, or a date|a place, such as the header X, and a unit, such as in seconds", place, unit)
	case d.As == classify.AsRateLimit:
		return l.Text("%s, the longest wait for a limit that is used up: the largest t where r is 0|a place", place)
	case d.Header != "" && d.Decimal:
		return l.Text("%s, %s, also with decimals, or as a date|a place and a unit", place, unit)
	case d.Header != "":
		return l.Text("%s, %s or as a date|a place and a unit", place, unit)
	}
	return l.Text("%s, %s|a place and a unit", place, unit)
}

// delayUnit says in which unit a wait is.
func (l *Language) delayUnit(length time.Duration) string {
	for _, u := range units {
		if u.length == length {
			return l.Say(u.in)
		}
	}
	return l.Say(second.in)
}

// delayPlace says where the server may name a wait.
func (l *Language) delayPlace(d classify.Delay) Text {
	switch {
	case d.Header != "":
		return l.headerText(d.Header)
	case d.Code != "":
		return l.Text("the rest of a code that starts with %s", wire(d.Code))
	}
	return l.Text("%s of the JSON body", wire(pointer(d.At)))
}

func (l *Language) delayPlaces(places []classify.Delay) Text {
	texts := make([]Text, len(places))
	for i, delay := range places {
		texts[i] = l.delayPlace(delay)
	}
	return l.or(texts)
}

// DelayList lists places for a wait, of which the first that holds one counts. It is
// empty for none.
func (l *Language) DelayList(places []classify.Delay) Text {
	texts := make([]Text, len(places))
	for i, delay := range places {
		texts[i] = l.DelayPlace(delay)
	}
	return l.textList(texts, comma, "%s; or else %s|list")
}

// DelayOwn says where a wait is read that is not read where the API's others are. It is
// empty for one that is.
func (l *Language) DelayOwn(places []classify.Delay) Text {
	switch {
	case places == nil:
		return nil
	case len(places) == 0:
		return l.Text("Here a wait that the answer names does not count.")
	}
	return l.Text("Here the time to wait is read from %s.", l.DelayList(places))
}
