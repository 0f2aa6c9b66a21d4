package say

import (
	"strconv"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Decided is what to say about one reply, beside what its entry says of all.
type Decided struct {
	Verdict string   // in a few words what to do
	Only    string   // when what its entry says to do is to be done, where that is not always
	Remedy  string   // what to do, where the reply makes it differ from what its entry says; else empty, as those that follow
	Who     string   // who has to act
	Retry   string   // whether to send it again
	Answer  string   // a draft of what to tell the customer, in place of the entry's answers
	Wait    string   // the server's wait, which belongs behind the entry's answers
	Notes   []string // what else counts in this reply, a sentence each
}

// decidedWords are the messages about one reply, with %s for what it holds, and
// [Language.Duration] for durations. The site's script says the same in them.
var decidedWords = map[string]Message{
	"waits":     "%s: wait %s",
	"check":     checkFirst,
	"tooLong":   "Stop: the server asks for a wait of %s, and at most %s is obeyed",
	"byHand":    "%s, by hand: the catalog has no retry for it",
	"later":     "Do not let the program wait that long. Try again later, by hand.",
	"notNow":    "Not automatically: the server asks for a wait of %s.",
	"asks":      "The server asks for a wait of %s.",
	"ifNot":     "Only if it was not carried out:",
	"ifCertain": "Only if it is certain that the request was not carried out, or if sending it twice does no harm.",
	"effect":    "The request may have been carried out all the same. Find out whether the request was carried out.",
	"variant":   "This counts if %s.",
	"override":  "The server says so itself: %s.",
	"operation": "The call was: %s.",
	"also":      "The answer also holds %s, a finer code that the catalog does not list.",
	"alsoOdd":   "The answer also holds a finer code that the catalog does not list.",
	"unsent":    "No connection was opened, so nothing was sent.",
	"undecided": "Only the start of the answer is there: it may be a success or a failure.",

	"thisTime": "This time, %s asks for a wait of %s.",

	"retryYes": "Yes: wait %s first.",
	"retryNo":  "No.",

	"causeFailure": "The call to %s got no answer.",
	"causeUnknown": "We don't know this answer of %s yet.",
	"causeStatus":  "%s answered with status %s.",
	"causeCode":    "%s answered with %s.",
	"causeEmpty":   "%s answered with an empty code.",

	"answerTooLong": "Please try again in %s: %s asks for that wait.",
	"answerStops":   "Please try again later.",
	"answerCheck":   "Please check whether the request was carried out before you send it again.",
	"answerTask":    "You don't need to do anything yet: the program starts a new task.",
	"answerWaits":   "You don't need to do anything yet: the program waits and sends the request again.",

	"answerFail":       "Please don't send the same request again unchanged: it would fail in the same way.",
	"answerFixAccount": "Please see to the account before the request is sent again.",
	"answerWaitPoll":   "You don't need to do anything: the result is not ready yet, and the program asks again.",
	"answerOK":         "Nothing needs to be done: the request succeeded.",

	"sentences": twoSentences,
	"units":     twoUnits,
	"range":     fromTo,
	"decimal":   decimalMark,
}

func (l *Language) decided(key string, values ...any) string {
	return l.Say(decidedWords[key], values...)
}

// DecidedWords returns what is said about one reply, by the names that the site's script
// has for it, with the verbs of messages.
func (l *Language) DecidedWords() map[string]string {
	words := make(map[string]string, len(decidedWords))
	for name, m := range decidedWords {
		words[name] = l.Template(m)
	}
	return words
}

// Decide says what a decision on one reply comes to. The entry is the one that decided.
func (l *Language) Decide(e *model.Entry, d classify.Decision) Decided {
	next := d.Resend(classify.Attempt{})
	said := Decided{Verdict: l.DecidedVerdict(d), Notes: l.decidedNotes(e, d)}
	tooLong := !next.Again && next.Reason == classify.ReasonServerDelay
	onlyOnce := !next.Again && next.Reason == classify.ReasonEffect && !IsOpen(e, d)
	if d.Override > 0 && !leaves(e, d) {
		o := e.API.Overrides[d.Override-1]
		said.Remedy, said.Who = l.OverrideRemedy(o), l.overrideWho(o)
		said.Answer = l.decidedAdvice(d.Action, d.Policy)
		if said.Retry = l.decided("retryNo"); next.Again {
			said.Retry = l.decided("retryYes", l.Window(model.Window{Min: next.Shortest, Max: next.Longest}))
		}
	}
	switch {
	case tooLong:
		said.Remedy, said.Retry = l.decided("later"), l.decided("notNow", l.Duration(d.ServerDelay))
		said.Answer = l.decided("answerTooLong", l.Duration(d.ServerDelay), e.API.Title)
	case onlyOnce:
		said.Retry = l.decided("ifCertain")
		said.Answer = l.decided("answerCheck")
	}
	if next.Reason == classify.ReasonEffect && !next.Again && said.Remedy == "" {
		said.Only = l.decided("ifNot")
	}
	cause := l.draftCause(e)
	if e.Kind == classify.KindStatusClass && d.Status != 0 && e.Action != classify.OK {
		cause = l.decided("causeStatus", e.API.Title, strconv.Itoa(d.Status))
	}
	if IsUnsent(e, d) {
		cause = l.decided("unsent")
		if next.Again {
			said.Remedy, said.Retry = cause, l.decided("retryYes", l.Window(model.Window{Min: next.Shortest, Max: next.Longest}))
			said.Answer = l.decidedAdvice(d.Action, d.Policy)
		}
	}
	switch {
	case said.Answer != "":
		said.Answer = model.Line(l.Sentences(said.Answer, cause))
	case next.Again && d.ServerDelay > 0:
		wait := (d.ServerDelay + time.Second - 1).Truncate(time.Second)
		said.Wait = model.Line(l.decided("thisTime", e.API.Title, l.DurationInFull(wait)))
	}
	return said
}

// IsUnsent reports whether a call certainly was not sent that could have been, for all that
// its failure says. What the entry says need not hold then.
func IsUnsent(e *model.Entry, d classify.Decision) bool {
	return e.Kind == classify.KindTransport && e.Effect == classify.EffectMaybe && d.Effect == classify.EffectNone
}

// IsOpen reports whether a decision only stops because nobody knows which operation the call
// was: in some the request is sent again. What the entry says of each then stands below the verdict, as it
// does where there is no decision.
func IsOpen(e *model.Entry, d classify.Decision) bool {
	next := d.Resend(classify.Attempt{})
	if next.Again || next.Reason != classify.ReasonEffect || d.Operation != "" || d.Override > 0 {
		return false
	}
	if d.Variant > 0 {
		return e.InVariant(e.Variants[d.Variant-1]).Depends()
	}
	return e.Depends()
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
func (l *Language) OverrideRemedy(o model.ServerOverride) string {
	if o.Fix == "" && o.Sets {
		return l.ActionAdvice(o.Action)
	}
	return Sentence(o.Fix)
}

func (l *Language) overrideWho(o model.ServerOverride) string {
	if o.Category == nil {
		return ""
	}
	return l.WhoTitle(o.Category.Who)
}

// DecidedVerdict says in a few words what to do about one reply.
func (l *Language) DecidedVerdict(d classify.Decision) string {
	title := l.ActionTitle(d.Action)
	next := d.Resend(classify.Attempt{})
	switch {
	case next.Again:
		return l.decided("waits", title, l.Window(model.Window{Min: next.Shortest, Max: next.Longest}))
	case next.Reason == classify.ReasonEffect:
		return l.decided("check")
	case next.Reason == classify.ReasonServerDelay:
		return l.decided("tooLong", l.Duration(d.ServerDelay), l.Duration(d.Policy.DelayLimit()))
	case next.Reason == classify.ReasonExhausted:
		return l.decided("byHand", title)
	}
	return title
}

// DecidedAnswers returns what to tell customers about one reply. It is a draft where what
// the author has written does not fit this reply.
func (l *Language) DecidedAnswers(e *model.Entry, d classify.Decision) []Answer {
	said := l.Decide(e, d)
	if said.Answer != "" {
		return []Answer{{Text: said.Answer, Draft: true}}
	}
	answers := l.Answers(e.In(d))
	if said.Wait != "" {
		for i := range answers {
			answers[i].Text = l.Sentences(model.Line(answers[i].Text), said.Wait)
		}
	}
	return answers
}

// decidedAdvice is what to tell a customer first.
func (l *Language) decidedAdvice(a classify.Action, p *classify.Policy) string {
	switch {
	case a == classify.OK:
		return l.decided("answerOK")
	case a == classify.WaitPoll:
		return l.decided("answerWaitPoll")
	case a == classify.FixAccount:
		return l.decided("answerFixAccount")
	case a == classify.Fail:
		return l.decided("answerFail")
	case p == nil || p.Retries == 0:
		return l.decided("answerStops")
	case a == classify.Resubmit:
		return l.decided("answerTask")
	}
	return l.decided("answerWaits")
}

func (l *Language) decidedNotes(e *model.Entry, d classify.Decision) []string {
	var notes []string
	for _, op := range e.API.Operations {
		if op.Name == string(d.Operation) {
			notes = append(notes, l.decided("operation", op.Title))
		}
	}
	if d.Variant > 0 {
		notes = append(notes, l.decided("variant", l.When(e.API, e.Variants[d.Variant-1].When)))
	}
	if d.Override > 0 {
		notes = append(notes, l.decided("override", l.When(e.API, e.API.Overrides[d.Override-1].When)))
	}
	if d.Also != "" {
		notes = append(notes, l.alsoText(d.Also))
	}
	if d.Undecided() {
		notes = append(notes, l.decided("undecided"))
	}
	if d.Effect == classify.EffectMaybe && d.Action != classify.OK && d.Action != classify.WaitPoll {
		notes = append(notes, l.decided("effect"))
	}
	if d.WaitSource() == classify.WaitServer {
		notes = append(notes, l.decided("asks", l.Duration(d.ServerDelay)))
	}
	return notes
}

// alsoText names a code that is not listed if it is short and plain.
func (l *Language) alsoText(code string) string {
	if len(code) > MaxAlso || strings.ContainsFunc(code, func(r rune) bool { return r < ' ' || r > '~' }) {
		return l.decided("alsoOdd")
	}
	return l.decided("also", code)
}

// MaxAlso is how long a code may be that is named though it is not listed.
const MaxAlso = 80
