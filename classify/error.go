package classify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ReplyError is a reply that is no success, as an error. A function that [Do]
// runs returns one, so that the reply is decided by the catalog; any other error
// is taken for a failure to get a reply. See [Catalog.Check].
type ReplyError struct {
	Reply Reply
}

// Error says which reply it is.
func (e *ReplyError) Error() string {
	if e.Reply.Err != nil {
		return e.Reply.Err.Error()
	}
	return fmt.Sprintf("reply with status %d", e.Reply.Status)
}

// Unwrap returns the reason why there was no reply, if that is so.
func (e *ReplyError) Unwrap() error { return e.Reply.Err }

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
	ReasonDeadline                  // the next try would start after the deadline, or after the policy's Within
	ReasonCanceled                  // the context ended
	ReasonServerDelay               // the server asks for a longer wait than the policy obeys
	ReasonAmbiguous                 // the request may have taken effect, and must not be sent twice
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

// String says the reason in a few words.
func (r Reason) String() string {
	if int(r) < len(reasonTexts) {
		return reasonTexts[r]
	}
	return "Reason(?)"
}

// Error is what is left when a loop stops without success. It unwraps to the
// last try's error, to the context's cause where that ended the loop, and to the
// generated package's own Code, so that errors.Is finds each of them.
type Error struct {
	Reason   Reason
	Attempts int           // calls made; 0 if the context had ended before the first
	Elapsed  time.Duration // since the first call began
	Decision Decision      // about the last reply; the zero value if there was no call
	Last     error         // what the last call returned; nil if there was none
	Cause    error         // why the context ended or would end; nil for other reasons

	ended error // the context's own error, where Cause is another
}

// Error says what went wrong, what the catalog says to do about it, and why
// there was no further try.
func (e *Error) Error() string {
	var text strings.Builder
	if e.Decision.Code != "" {
		fmt.Fprintf(&text, "%s: ", e.Decision.Code)
	}
	switch entry := e.Decision.Entry; {
	case entry != nil && entry.Meaning != "":
		text.WriteString(entry.Meaning)
	case e.Last != nil:
		text.WriteString(e.Last.Error())
	default:
		text.WriteString("no call was made")
	}
	if e.Decision.Fix != "" {
		fmt.Fprintf(&text, " (%s)", e.Decision.Fix)
	}
	fmt.Fprintf(&text, "; stopped after %s: %s", attempts(e.Attempts), e.why())
	return text.String()
}

func (e *Error) why() string {
	switch {
	case e.Reason == ReasonServerDelay:
		return fmt.Sprintf("the server asks for a wait of %s, over the limit of %s", e.Decision.ServerDelay, e.Decision.Policy.DelayLimit())
	case e.Cause != nil:
		return fmt.Sprintf("%s: %v", e.Reason, e.Cause)
	}
	return e.Reason.String()
}

func attempts(n int) string {
	if n == 1 {
		return "1 attempt"
	}
	return fmt.Sprintf("%d attempts", n)
}

// Unwrap returns the last error, the cause and the typed Code, those that there
// are.
func (e *Error) Unwrap() []error {
	var all []error
	for _, err := range []error{e.Last, e.Cause, e.ended, e.Decision.Err()} {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

// errAttemptTimeout is the cause with which one attempt's time ends.
var errAttemptTimeout = fmt.Errorf("attempt: %w", context.DeadlineExceeded)

// replyOf returns the reply that an error carries, or one that has not come.
func replyOf(err error) Reply {
	if carried, ok := errors.AsType[*ReplyError](err); ok && carried != nil {
		return carried.Reply
	}
	return Reply{Err: err}
}
