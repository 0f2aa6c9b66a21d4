package classify

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// Event is a try that did not succeed and is followed by another.
type Event struct {
	Operation Operation
	Resend    int           // which resend comes next, from 1
	Wait      time.Duration // before it
	Decision  Decision      // about the try
	Err       error         // the try's error; nil where there was a reply
}

// Hooks are called by the loops, in the goroutine of the call. The zero value
// has none.
type Hooks struct {
	Retry  func(context.Context, Event)  // before the wait
	GiveUp func(context.Context, *Error) // when a loop stops without success
}

// LogTo returns hooks that log each retry at level info and each failure at level
// warn. Attributes are named after the semantic conventions of OpenTelemetry
// where these have a name: error.type is the code, the status, or the kind of
// failure, http.request.resend_count the number of the resend.
func LogTo(logger *slog.Logger) Hooks {
	return Hooks{
		Retry: func(ctx context.Context, e Event) {
			logger.LogAttrs(ctx, slog.LevelInfo, "retry",
				slog.String("error.type", e.Decision.ErrorType()),
				slog.Int("http.request.resend_count", e.Resend),
				slog.Duration("errkb.wait", e.Wait),
				slog.String("errkb.operation", string(e.Operation)),
				slog.String("errkb.action", e.Decision.Action.String()),
			)
		},
		GiveUp: func(ctx context.Context, e *Error) {
			logger.LogAttrs(ctx, slog.LevelWarn, "give up",
				slog.String("error.type", e.Decision.ErrorType()),
				slog.Int("http.request.resend_count", max(0, e.Attempts-1)),
				slog.Duration("errkb.elapsed", e.Elapsed),
				slog.String("errkb.operation", string(e.Decision.Operation)),
				slog.String("errkb.action", e.Decision.Action.String()),
				slog.String("errkb.reason", e.Reason.String()),
				slog.Any("error", e),
			)
		},
	}
}

// ErrorType names what went wrong in a word of low cardinality, as error.type of
// OpenTelemetry does: a listed code, else the HTTP status, else the kind of
// failure, else "_OTHER". It is empty for success.
func (d Decision) ErrorType() string {
	switch {
	case d.Action == OK:
		return ""
	case d.Entry != nil && (d.Entry.Kind == KindCode || d.Entry.Kind == KindPrefix):
		return d.Entry.Code
	case d.Failure != "":
		return string(d.Failure)
	case d.Status != 0:
		return fmt.Sprint(d.Status)
	}
	return "_OTHER"
}
