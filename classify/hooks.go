package classify

import (
	"context"
	"log/slog"
	"strconv"
	"time"
)

// Event is a try that did not succeed and is followed by another.
type Event struct {
	Operation Operation
	Resend    int           // which resend comes next, from 1
	Wait      time.Duration // before it
	Decision  Decision      // about the try; its action is retry or wait_poll, or resubmit in a Job
	Err       error         // the try's error, a [*ReplyError] where there was a reply
}

// Try is one attempt, once it is over and decided about.
type Try struct {
	Operation Operation
	Number    int           // which attempt of its loop it was, from 1
	Start     time.Time     // when it began
	Latency   time.Duration // of the function; in a [Transport], up to the reply's header
	Decision  Decision      // about it; of a success only the action, the operation and, in a Transport, the status
	Err       error         // its error; nil for success, and for a reply that is [Undecided]
}

// Summary is a call with all its attempts, once it has ended.
type Summary struct {
	Operation Operation     // of a [Job], the one that it was in last
	Attempts  int           // how many were made; 0 if the context had ended before the first
	Elapsed   time.Duration // from the start of the first attempt to the end, waits included
	Decision  Decision      // about the last attempt, as in [Try]
	Reason    Reason        // why no other attempt was made; meaningless if Err is nil
	Err       error         // an [*Error] or a [*JobError], or an error that holds one; nil for success, and for a reply that is [Undecided]
}

// Hooks are called by the loops, in the goroutine of the call. The zero value
// has none.
type Hooks struct {
	// Start is called before each attempt, of which it is told Operation, Number and Start.
	// The context that it returns is that of the attempt: the function of a [Do] or [Job]
	// and the base of a [Transport] receive it or one made from it, [Loop.Context] returns
	// such a one, and the hook Attempt receives it. Nil leaves the context. If the attempt
	// panics, Attempt does not follow.
	Start func(context.Context, Try) context.Context

	Attempt func(context.Context, Try)    // after each attempt, whatever came of it, before the hooks below
	Retry   func(context.Context, Event)  // before the wait
	GiveUp  func(context.Context, *Error) // when a loop stops without success

	// Done is called once at the end of each call of [Do], each run of a [Job] and each
	// request through a [Transport], of success too, after all other hooks. A reply that a
	// Transport leaves to the caller, as it does where the action is wait_poll, has an Err
	// here and no GiveUp. A loop inside the call has its own end. If the call panics, Done
	// is not called.
	Done func(context.Context, Summary)

	// Undecided is called when a [Transport] hands back a reply that it could not
	// decide, with what can be said about it.
	Undecided func(context.Context, Decision)
}

// JoinHooks returns hooks that call those of several in turn, such as those of [LogTo] and
// those that count.
func JoinHooks(all ...Hooks) (joined Hooks) {
	for _, h := range all {
		joined.Start = starts(joined.Start, h.Start)
		joined.Attempt = both(joined.Attempt, h.Attempt)
		joined.Retry = both(joined.Retry, h.Retry)
		joined.GiveUp = both(joined.GiveUp, h.GiveUp)
		joined.Undecided = both(joined.Undecided, h.Undecided)
		joined.Done = both(joined.Done, h.Done)
	}
	return joined
}

// both returns a hook that calls two, of which either may be nil.
func both[T any](a, b func(context.Context, T)) func(context.Context, T) {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func(ctx context.Context, told T) {
		a(ctx, told)
		b(ctx, told)
	}
}

// starts returns a hook that calls two, the second with the context of the first.
func starts(a, b func(context.Context, Try) context.Context) func(context.Context, Try) context.Context {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func(ctx context.Context, begins Try) context.Context {
		if own := a(ctx, begins); own != nil {
			ctx = own
		}
		if own := b(ctx, begins); own != nil {
			ctx = own
		}
		return ctx
	}
}

// LogTo returns hooks that log each retry at level info, each poll for a result
// that is not ready at level debug, each failure at level warn, and each reply that is
// undecided at level info. What is not logged is not computed.
//
// Attributes are named after the semantic conventions of OpenTelemetry where
// these have a name: error.type is [Decision.ErrorType], http.request.resend_count
// is the number of the resend that comes next or, in a failure, that was the last,
// and http.response.status_code is there if a reply was. So are errkb.request_id and
// errkb.field, if the catalog says where they are and the reply has them.
func LogTo(logger *slog.Logger) Hooks {
	return Hooks{
		Retry: func(ctx context.Context, e Event) {
			level, message := slog.LevelInfo, "retry"
			if e.Decision.Action == WaitPoll {
				level, message = slog.LevelDebug, "poll again"
			}
			if !logger.Enabled(ctx, level) {
				return
			}
			logger.LogAttrs(ctx, level, message, e.Decision.attributes(
				slog.Int("http.request.resend_count", e.Resend),
				slog.Duration("errkb.wait", e.Wait),
				slog.String("errkb.operation", string(e.Operation)),
			)...)
		},
		GiveUp: func(ctx context.Context, e *Error) {
			if !logger.Enabled(ctx, slog.LevelWarn) {
				return
			}
			logger.LogAttrs(ctx, slog.LevelWarn, "give up", e.Decision.attributes(
				slog.Int("http.request.resend_count", max(0, e.Attempts-1)),
				slog.Duration("errkb.elapsed", e.Elapsed),
				slog.String("errkb.operation", string(e.Decision.Operation)),
				slog.String("errkb.reason", e.Reason.String()),
				slog.String("exception.message", e.Error()),
			)...)
		},
		Undecided: func(ctx context.Context, d Decision) {
			logger.LogAttrs(ctx, slog.LevelInfo, "undecided", d.noted(
				slog.String("errkb.operation", string(d.Operation)),
				slog.Int("http.response.status_code", d.Status),
			)...)
		},
	}
}

// attributes puts those of a loop among those of the decision.
func (d *Decision) attributes(ofLoop ...slog.Attr) []slog.Attr {
	all := []slog.Attr{slog.String("error.type", d.ErrorType())}
	all = append(all, ofLoop...)
	all = append(all, slog.String("errkb.action", d.Action.String()))
	if d.Status != 0 {
		all = append(all, slog.Int("http.response.status_code", d.Status))
	}
	if url := d.Entry.URL(); url != "" {
		all = append(all, slog.String("errkb.url", url))
	}
	return d.noted(all...)
}

// noted adds what the reply says for support, quoted where it is not one printable word.
func (d *Decision) noted(all ...slog.Attr) []slog.Attr {
	if d.RequestID != "" {
		all = append(all, slog.String("errkb.request_id", plain(d.RequestID)))
	}
	if d.Field != "" {
		all = append(all, slog.String("errkb.field", plain(d.Field)))
	}
	return all
}

// LogValue is the decision in a log: its error type, its action, and what the reply says
// for support.
func (d Decision) LogValue() slog.Value {
	return slog.GroupValue(d.attributes()...)
}

// otherType is what OpenTelemetry calls an error of no known type.
const otherType = "_OTHER"

// ErrorType names what went wrong in a word of low cardinality, as error.type of
// OpenTelemetry does: the key of the catalog's entry where that is a code or a
// prefix, else the status that the catalog covers, else the kind of failure, else
// "_OTHER", as for a reply that the catalog does not list. It is empty for success.
func (d Decision) ErrorType() string {
	switch {
	case d.Action == OK:
		return ""
	case d.Entry.Kind() == KindCode || d.Entry.Kind() == KindPrefix:
		return d.Entry.Code()
	case d.Failure != "":
		return string(d.Failure)
	case d.Source == KindStatus || d.Source == KindStatusClass:
		return strconv.Itoa(d.Status)
	}
	return otherType
}
