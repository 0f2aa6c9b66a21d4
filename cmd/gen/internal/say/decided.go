package say

import (
	"fmt"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Decided is what to say about one reply, beside what its entry says of all.
type Decided struct {
	Verdict string   // in a few words what to do
	Remedy  string   // what to do, where the reply makes it differ from what its entry says; else empty, as those that follow
	Who     string   // who has to act
	Retry   string   // whether to send it again
	Answer  string   // a draft of what to tell the customer, in place of the entry's answers
	Wait    string   // the server's wait, which belongs behind the entry's answers
	Notes   []string // what else counts in this reply, a sentence each
}

// DecidedWords are the sentences about one reply, with %s for what it holds, and
// [Duration] for durations. The site's script says the same in them.
var DecidedWords = map[string]string{
	"waits":     "%s: wait %s",
	"check":     CheckFirst,
	"tooLong":   "Stop: the server asks for a wait of %s, and at most %s is obeyed",
	"byHand":    "%s, by hand: the catalog has no retry for it",
	"later":     "Do not let the program wait that long. Try again later, by hand.",
	"notNow":    "Not automatically: the server asks for a wait of %s.",
	"asks":      "The server asks for a wait of %s.",
	"ifCertain": "Only if it is certain that the request was not carried out, or if sending it twice does no harm.",
	"effect":    "The request may have been carried out all the same. " + CheckEffect,
	"variant":   "This counts if %s.",
	"override":  "The server says so itself: %s.",
	"operation": "The call was: %s.",
	"also":      "The answer also holds %s, a finer code that the catalog does not list.",
	"alsoOdd":   "The answer also holds a finer code that the catalog does not list.",
	"undecided": "Only the start of the answer is there: it may be a success or a failure.",

	"thisTime": "This time, %s asks for a wait of %s.",

	"retryYes": "Yes: wait %s first.",
	"retryNo":  "No.",

	"causeFailure": "The call to %s got no answer.",
	"causeUnknown": "We don't know this answer of %s yet.",
	"causeStatus":  "%s answered with status %s.",
	"causeCode":    "%s answered with %s.",

	"answerTooLong": "Please try again in %s: %s asks for that wait.",
	"answerStops":   "Please try again later.",
	"answerCheck":   "Please check whether the request was carried out before you send it again.",
	"answerTask":    "You don't need to do anything yet: the program starts a new task.",
	"answerWaits":   "You don't need to do anything yet: the program waits and sends the request again.",

	"answerFail":       "Please don't send the same request again unchanged: it would fail in the same way.",
	"answerFixAccount": "Please see to the account before the request is sent again.",
	"answerWaitPoll":   "You don't need to do anything: the result is not ready yet, and the program asks again.",
	"answerOK":         "Nothing needs to be done: the request succeeded.",
}

func decided(key string, values ...any) string {
	if len(values) == 0 {
		return DecidedWords[key]
	}
	return fmt.Sprintf(DecidedWords[key], values...)
}

// Decide says what a decision on one reply comes to. The entry is the one that decided.
func Decide(e *model.Entry, d classify.Decision) Decided {
	next := d.Resend(classify.Attempt{})
	said := Decided{Verdict: DecidedVerdict(d), Notes: decidedNotes(e, d)}
	tooLong := !next.Again && next.Reason == classify.ReasonServerDelay
	onlyOnce := !next.Again && next.Reason == classify.ReasonEffect
	if d.Override > 0 && !leaves(e, d) {
		o := e.API.Overrides[d.Override-1]
		said.Remedy, said.Who = OverrideRemedy(o), overrideWho(o)
		said.Answer = decidedAdvice(d.Action, d.Policy)
		if said.Retry = decided("retryNo"); next.Again {
			said.Retry = decided("retryYes", Window(model.Window{Min: next.Shortest, Max: next.Longest}))
		}
	}
	switch {
	case tooLong:
		said.Remedy, said.Retry = decided("later"), decided("notNow", Duration(d.ServerDelay))
		said.Answer = decided("answerTooLong", Duration(d.ServerDelay), e.API.Title)
	case onlyOnce:
		said.Retry = decided("ifCertain")
		said.Answer = decided("answerCheck")
	}
	switch {
	case said.Answer != "":
		said.Answer = model.Line(said.Answer + " " + draftCause(e))
	case next.Again && d.ServerDelay > 0:
		wait := (d.ServerDelay + time.Second - 1).Truncate(time.Second)
		said.Wait = model.Line(decided("thisTime", e.API.Title, DurationInFull(wait)))
	}
	return said
}

// leaves reports whether the server only says to stop, where the entry says so as well: it
// then adds nothing to that.
func leaves(e *model.Entry, d classify.Decision) bool {
	o := e.API.Overrides[d.Override-1]
	said := e.ActionOf(d)
	return o.Sets && o.Action == classify.Fail && (said == classify.Fail || said == classify.FixAccount)
}

// OverrideRemedy says what to do where the server itself says something. It is empty
// where that is what the entry says.
func OverrideRemedy(o model.ServerOverride) string {
	if o.Fix == "" && o.Sets {
		return ActionAdvice(o.Action)
	}
	return Sentence(o.Fix)
}

func overrideWho(o model.ServerOverride) string {
	if o.Category == nil {
		return ""
	}
	return WhoTitle(o.Category.Who)
}

// DecidedVerdict says in a few words what to do about one reply.
func DecidedVerdict(d classify.Decision) string {
	title := ActionTitle(d.Action)
	next := d.Resend(classify.Attempt{})
	switch {
	case next.Again:
		return decided("waits", title, Window(model.Window{Min: next.Shortest, Max: next.Longest}))
	case next.Reason == classify.ReasonEffect:
		return decided("check")
	case next.Reason == classify.ReasonServerDelay:
		return decided("tooLong", Duration(d.ServerDelay), Duration(d.Policy.DelayLimit()))
	case next.Reason == classify.ReasonExhausted:
		return decided("byHand", title)
	}
	return title
}

// DecidedAnswers returns what to tell customers about one reply. It is a draft where what
// the author has written does not fit this reply.
func DecidedAnswers(e *model.Entry, d classify.Decision) []Answer {
	said := Decide(e, d)
	if said.Answer != "" {
		return []Answer{{Text: said.Answer, Draft: true}}
	}
	answers := Answers(e.In(d))
	if said.Wait != "" {
		for i := range answers {
			answers[i].Text = model.Line(answers[i].Text) + " " + said.Wait
		}
	}
	return answers
}

// decidedAdvice is what to tell a customer first.
func decidedAdvice(a classify.Action, p *classify.Policy) string {
	switch {
	case a == classify.OK:
		return decided("answerOK")
	case a == classify.WaitPoll:
		return decided("answerWaitPoll")
	case a == classify.FixAccount:
		return decided("answerFixAccount")
	case a == classify.Fail:
		return decided("answerFail")
	case p == nil || p.Retries == 0:
		return decided("answerStops")
	case a == classify.Resubmit:
		return decided("answerTask")
	}
	return decided("answerWaits")
}

func decidedNotes(e *model.Entry, d classify.Decision) []string {
	var notes []string
	for _, op := range e.API.Operations {
		if op.Name == string(d.Operation) {
			notes = append(notes, decided("operation", op.Title))
		}
	}
	if d.Variant > 0 {
		notes = append(notes, decided("variant", When(e.API, e.Variants[d.Variant-1].When)))
	}
	if d.Override > 0 {
		notes = append(notes, decided("override", When(e.API, e.API.Overrides[d.Override-1].When)))
	}
	if d.Also != "" {
		notes = append(notes, alsoText(d.Also))
	}
	if d.Undecided() {
		notes = append(notes, decided("undecided"))
	}
	if d.Effect == classify.EffectMaybe && d.Action != classify.OK && d.Action != classify.WaitPoll {
		notes = append(notes, decided("effect"))
	}
	if d.WaitSource() == classify.WaitServer {
		notes = append(notes, decided("asks", Duration(d.ServerDelay)))
	}
	return notes
}

// alsoText names a code that is not listed if it is short and plain.
func alsoText(code string) string {
	if len(code) > MaxAlso || strings.ContainsFunc(code, func(r rune) bool { return r < ' ' || r > '~' }) {
		return decided("alsoOdd")
	}
	return decided("also", code)
}

// MaxAlso is how long a code may be that is named though it is not listed.
const MaxAlso = 80
