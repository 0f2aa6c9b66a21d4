package classify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ReplyError is a reply that is not a success, as an error. A function that [Do]
// runs returns one, so that the reply is decided by the catalog; any other error
// is taken for a failure to get a reply. See [Catalog.Check].
type ReplyError struct {
	Reply Reply
}

// Error says which reply it is.
func (e *ReplyError) Error() string {
	switch {
	case e == nil:
		return "no reply"
	case e.Reply.Err != nil:
		return errorText(e.Reply.Err)
	}
	return fmt.Sprintf("reply with status %d", e.Reply.Status)
}

// Unwrap returns the reason why there was no reply, if that is so.
func (e *ReplyError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Reply.Err
}

// Check returns nil if the reply is a success by the catalog, and otherwise a
// [*ReplyError] with it.
func (c *Catalog) Check(r Reply) error {
	if c.Classify(r).Action == OK {
		return nil
	}
	return &ReplyError{Reply: r}
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
	// too late; or why the request's body can't be read again. It is nil otherwise.
	Cause error

	ended error // the context's own error, where Cause is another
}

// Error says what went wrong, what the catalog says to do about it, and why
// there was no further try, and where there is more about it. The text of the reply is
// quoted and cut to 80 characters; what the catalog says is secret is not in it.
// Addresses in the text of other errors end with their path: queries hold keys.
func (e *Error) Error() string {
	if e == nil {
		return "no error"
	}
	noCall := e.Attempts == 0 && e.Last == nil
	if noCall && e.Reason != ReasonDecision {
		return "no call was made: " + e.why()
	}
	var text strings.Builder
	text.WriteString(e.what())
	if e.Decision.Fix != "" && e.Reason != ReasonEffect { // a fix such as "retry" is not for that
		fmt.Fprintf(&text, " (%s)", e.Decision.Fix)
	}
	if e.Decision.Field != "" {
		text.WriteString("; field " + quote(e.Decision.Field))
	}
	if e.Decision.RequestID != "" {
		text.WriteString("; request id " + quote(e.Decision.RequestID))
	}
	if !noCall {
		fmt.Fprintf(&text, "; stopped after %s: %s", attempts(e.Attempts), e.why())
	}
	if url := e.Decision.url(); url != "" {
		fmt.Fprintf(&text, "; see %s", url)
	}
	return text.String()
}

// what says what went wrong.
func (e *Error) what() string {
	d := &e.Decision
	meaning := ""
	if d.Entry != nil {
		meaning = d.Entry.Meaning
	}
	switch {
	case meaning == "" && e.Last == nil:
		meaning = "no success, and no entry in the catalog"
	case meaning == "":
		meaning = e.last()
	case d.Source == KindTransport && e.Last != nil:
		meaning += ": " + e.last()
	}
	switch {
	case d.Code == "":
		return meaning
	case d.Source == KindCode: // whose text the catalog has as well
		return d.Code + ": " + meaning
	}
	return quote(d.Code) + ": " + meaning
}

// last is the text of the last error, which may hold what the reply does.
func (e *Error) last() string {
	c, reply := e.Decision.catalog, replyOf(e.Last)
	return errorTextCut(e.Last, func(text string) string { return c.Redact(reply, text) })
}

func (e *Error) why() string {
	switch {
	case e.Reason == ReasonServerDelay && e.Decision.Policy != nil:
		return fmt.Sprintf("the server asks for a wait of %s, over the limit of %s", delayText(e.Decision.ServerDelay), e.Decision.Policy.DelayLimit())
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
	return fmt.Sprintf("a wait of %s, with %s left %s", e.wait, max(0, e.left), e.bound)
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
	var none E
	defer func() {
		if recover() != nil {
			found, ok = none, false
		}
	}()
	found, ok = errors.AsType[E](err)
	return found, ok && found != none
}
