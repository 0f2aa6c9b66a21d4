package classify

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ReplyError is a reply that is not a success, as an error: what [Catalog.Check] and
// [Decision.Err] return. A function that [Do] runs returns one, so that the reply is
// decided by the catalog; any other error is taken for a failure to get a reply. It
// unwraps to the generated package's own Code, if a code decided, and else to the reason
// why there was no reply, so that errors.Is finds each of them.
type ReplyError struct {
	Reply    Reply    // of Decision.Err it has no Header and no Body
	Decision Decision // about the reply; the zero value if nobody has asked a catalog

	decided bool // the Decision is all there is to go by
}

// Error says what went wrong and what the catalog says to do about it, as [Error] does;
// if nobody has asked a catalog, which status the reply has.
func (e *ReplyError) Error() string {
	if e == nil {
		return nilText(e)
	}
	if e.unasked() {
		return e.bare()
	}
	text := e.Decision.told(e, true)
	if url := e.Decision.Entry.URL(); url != "" {
		text += "; see " + url
	}
	return text
}

// unasked reports whether nobody has asked a catalog about the reply.
func (e *ReplyError) unasked() bool { return e.Decision.Entry.IsZero() && !e.decided }

// bare says what came back, without the catalog.
func (e *ReplyError) bare() string {
	switch {
	case e.Reply.Err != nil:
		return errorText(e.Reply.Err)
	case e.Reply.Status == 0:
		return "reply without a status"
	}
	return fmt.Sprintf("reply with status %d", e.Reply.Status)
}

// Unwrap returns the typed Code, or the reason why there was no reply, if there is one.
func (e *ReplyError) Unwrap() error {
	if e == nil {
		return nil
	}
	if code := e.Decision.typedCode(); code != nil {
		return code
	}
	return e.Reply.Err
}

// ErrorType is [Decision.ErrorType], or the status if nobody has asked a catalog. Its name
// is the one by which OpenTelemetry asks an error for its error.type.
func (e *ReplyError) ErrorType() string {
	switch {
	case e == nil:
		return otherType
	case e.unasked() && e.Reply.Err == nil && e.Reply.Status >= 400:
		return strconv.Itoa(e.Reply.Status)
	}
	return e.Decision.ErrorType()
}

// Check returns nil if the reply is a success by the catalog, and otherwise a
// [*ReplyError] with the reply and the decision about it.
func (c *Catalog) Check(r Reply) error {
	d := c.Classify(r)
	if d.Action == OK {
		return nil
	}
	return &ReplyError{Reply: r, Decision: d}
}

// Err returns nil for success, and otherwise the decision as a [*ReplyError]. Returned
// by a function that [Do] or a [Job] runs, it is followed as the reply would be.
func (d Decision) Err() error {
	if d.Action == OK {
		return nil
	}
	reply := Reply{Status: d.Status, Operation: d.Operation}
	if d.Failure != "" {
		reply.Err = d.Failure
	}
	return &ReplyError{Reply: reply, Decision: d, decided: true}
}

// told says what went wrong, and what the catalog says to do about it if that is to be
// said. The last error is what was returned; nil if there was no call.
func (d *Decision) told(last error, fix bool) string {
	text := d.what(last)
	if d.Fix != "" && fix {
		text += " (" + d.Fix + ")"
	}
	if d.Field != "" {
		text += "; field " + quote(d.Field)
	}
	if d.RequestID != "" {
		text += "; request id " + quote(d.RequestID)
	}
	return text
}

// meaning is what the entry that decided means, in the variant that holds.
func (d *Decision) meaning() string {
	if variants := d.Entry.Variants(); d.Variant > 0 && int(d.Variant) <= len(variants) {
		return variants[d.Variant-1].Meaning
	}
	return d.Entry.Meaning()
}

// what says what went wrong.
func (d *Decision) what(last error) string {
	meaning := d.meaning()
	switch {
	case meaning == "" && last == nil:
		meaning = "no success, and no entry in the catalog"
	case meaning == "":
		meaning = d.lastText(last)
	case d.Source == KindTransport && last != nil:
		meaning += ": " + d.lastText(last)
	}
	switch {
	case d.Code == "":
		return meaning
	case d.Source == KindCode: // whose text the catalog has as well
		return d.Code + ": " + meaning
	}
	return quote(d.Code) + ": " + meaning
}

// asksNobody reports whether the decision is that of no catalog.
func (d *Decision) asksNobody() bool { return d.Entry == nothing && d.catalog == nil }

// lastText is the text of the last error, which may hold what the reply does.
func (d *Decision) lastText(last error) string {
	reply := replyOf(last)
	text := func(text string) string { return d.catalog.Redact(reply, text) }
	if given, _ := last.(*ReplyError); given != nil {
		return text(given.bare()) // the decision is told once
	}
	return errorTextCut(last, text)
}

// Reason is why a loop stopped.
type Reason uint8

// The reasons.
const (
	ReasonDecision    Reason = iota // the decision says to stop
	ReasonExhausted                 // the policy's retries are used up
	ReasonDeadline                  // the context's deadline or the policy's Within has passed, or will before the next try
	ReasonCanceled                  // the context was cancelled
	ReasonServerDelay               // the server asks for a longer wait than the policy obeys
	ReasonEffect                    // the request may have taken effect, and must not be sent twice
	ReasonBudget                    // the shared budget of retries is used up
	ReasonBody                      // the request's body can't be sent again
	ReasonRefused                   // the Progress of a Job returned an error, which is the Cause
)

var reasonTexts = [...]string{
	"the decision is to stop",
	"the retries are used up",
	"the next try would come too late",
	"the context ended",
	"the server asks for too long a wait",
	"the request may have taken effect",
	"the budget of retries is used up",
	"the body can't be sent again",
	"the program refused to go on",
}

// String returns the reason in a few words.
func (r Reason) String() string {
	if int(r) < len(reasonTexts) {
		return reasonTexts[r]
	}
	return "Reason(?)"
}

// Error is what is left when a loop stops without success. It unwraps to the
// last try's error, to the context's error and cause where these ended the loop,
// and to the generated package's own Code, so that errors.Is finds each of them.
type Error struct {
	Reason   Reason
	Attempts int           // calls made; 0 if the context had ended before the first
	Elapsed  time.Duration // since the first call began; see [Do] for when it is since that failed
	Decision Decision      // about the last reply; if there was no call, it has only Operation and Failure
	Last     error         // what the last call returned; nil if there was none

	// Cause is what ended the loop where that is not the reply: the context's
	// cause; an error that is context.DeadlineExceeded where the next try would come
	// too late; why the request's body can't be read again; or why the Progress of a Job
	// refused to go on. It is nil otherwise.
	Cause error

	ended error // the context's own error, where Cause is another
}

// Error says what went wrong, what the catalog says to do about it, and why
// there was no further try, and where there is more about it. The text of the reply is
// quoted and cut to 80 characters; what the catalog says is secret is not in it.
// Addresses in the text of other errors end with their path: queries hold keys.
func (e *Error) Error() string {
	if e == nil {
		return nilText(e)
	}
	noCall := e.Attempts == 0 && e.Last == nil
	if noCall && e.Reason != ReasonDecision {
		return "no call was made: " + e.why()
	}
	var text strings.Builder
	text.WriteString(e.Decision.told(e.Last, e.Reason != ReasonEffect)) // a fix such as "retry" is not for that
	if !noCall {
		fmt.Fprintf(&text, "; stopped after %s: %s", attempts(e.Attempts), e.why())
	}
	if url := e.Decision.Entry.URL(); url != "" {
		fmt.Fprintf(&text, "; see %s", url)
	}
	return text.String()
}

func (e *Error) why() string {
	switch {
	case e.Reason == ReasonServerDelay && e.Decision.Policy != nil:
		return fmt.Sprintf("the server asks for a wait of %s, over the limit of %s", delayText(e.Decision.ServerDelay), e.Decision.Policy.DelayLimit())
	case e.Reason == ReasonDecision && e.Decision.asksNobody():
		return "the options have no Catalog"
	case e.Cause != nil:
		return e.Reason.String() + ": " + errorText(e.Cause)
	}
	return e.Reason.String()
}

func attempts(n int) string {
	if n == 1 {
		return "1 attempt"
	}
	return fmt.Sprintf("%d attempts", n)
}

// Unwrap returns the last error, the cause, the context's error and the typed
// Code, those that there are.
func (e *Error) Unwrap() []error {
	if e == nil {
		return nil
	}
	all := make([]error, 0, 4)
	for _, err := range [...]error{e.Last, e.Cause, e.ended, e.Decision.typedCode()} {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

// ErrorType is [Decision.ErrorType] of the last decision. Its name is the one by which
// OpenTelemetry asks an error for its error.type.
func (e *Error) ErrorType() string {
	if e == nil {
		return otherType
	}
	return e.Decision.ErrorType()
}

// Timeout reports whether the loop or its last try ran out of time, as [net.Error]
// and url.Error do.
func (e *Error) Timeout() bool {
	if e == nil || e.Reason == ReasonCanceled {
		return false
	}
	return e.Reason == ReasonDeadline || e.Decision.Failure == FailureTimeout
}

// errAttemptTimeout is the cause with which the time of one attempt ends.
var errAttemptTimeout = fmt.Errorf("the attempt timed out: %w", context.DeadlineExceeded)

// lateError is why a wait is not begun: it would end too late.
type lateError struct {
	wait, left time.Duration
	bound      string // what is left of what
}

func (e *lateError) Error() string {
	wait, left := e.wait, max(0, e.left)
	if wait >= time.Second { // to the millisecond, so that what is left stays less
		wait, left = (wait + time.Millisecond - 1).Truncate(time.Millisecond), left.Truncate(time.Millisecond)
	}
	return fmt.Sprintf("a wait of %s, with %s left %s", wait, left, e.bound)
}

// Unwrap makes it the error of a deadline, which it is ahead of time.
func (*lateError) Unwrap() error { return context.DeadlineExceeded }

// replyOf returns the reply that an error carries, or one that has not come.
func replyOf(err error) Reply {
	if carried, ok := find[*ReplyError](err); ok {
		return carried.Reply
	}
	return Reply{Err: err}
}

// find is errors.AsType for errors of any make: a nil pointer is not found, and
// an error that panics when it is asked, as one with a nil pointer in it does,
// holds nothing.
func find[E interface {
	error
	comparable
}](err error) (found E, ok bool) {
	defer func() { recover() }()
	var none E
	found, _ = errors.AsType[E](err)
	return found, found != none
}
