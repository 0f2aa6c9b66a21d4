package errkbotel

import (
	"context"
	"errors"
	"slices"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/errkb/errkb/classify"
)

// scope is the name of the instrumentation.
const scope = "github.com/errkb/errkb/contrib/otel"

// The attributes and metrics that the semantic conventions have no name for.
const (
	operationKey = attribute.Key("errkb.operation") // the operation, if it is known
	actionKey    = attribute.Key("errkb.action")    // what the decision says to do
	reasonKey    = attribute.Key("errkb.reason")    // why the loop stopped without success
	waitKey      = attribute.Key("errkb.wait")      // before the next attempt, in seconds

	attemptDuration = "errkb.attempt.duration"
	callDuration    = "errkb.call.duration"
	callAttempts    = "errkb.call.attempts"
)

// Options say where metrics and spans go. The zero value takes the global providers.
type Options struct {
	MeterProvider  metric.MeterProvider // nil for otel.GetMeterProvider
	TracerProvider trace.TracerProvider // nil for otel.GetTracerProvider

	// Attributes are those of every metric and span, such as the name of the API.
	Attributes []attribute.KeyValue
}

// Hooks returns hooks that record:
//
//   - for each attempt, a value of the histogram errkb.attempt.duration, in seconds, and a
//     span of kind internal, a child of the caller's, which is the parent of the spans that
//     the attempt makes. In a [classify.Transport] both go up to the reply's header. The
//     second attempt and later ones have http.request.resend_count.
//   - for each call, values of the histograms errkb.call.duration, in seconds with all waits,
//     and errkb.call.attempts.
//   - for each wait and for each end without success, an event of the caller's span.
//
// Metrics have the attributes errkb.operation, errkb.action and http.response.status_code,
// those that are known, and without success error.type and, for a call, errkb.reason. A reply
// that is undecided has the error.type of its decision. The error is that of the meter, which
// refuses an instrument. [classify.JoinHooks] puts other hooks beside them.
func Hooks(o Options) (classify.Hooks, error) {
	if o.MeterProvider == nil {
		o.MeterProvider = otel.GetMeterProvider()
	}
	if o.TracerProvider == nil {
		o.TracerProvider = otel.GetTracerProvider()
	}
	r := &recorder{tracer: o.TracerProvider.Tracer(scope, trace.WithSchemaURL(semconv.SchemaURL)), own: o.Attributes}
	meter := o.MeterProvider.Meter(scope, metric.WithSchemaURL(semconv.SchemaURL))
	var errs [3]error
	r.attempt, errs[0] = meter.Float64Histogram(attemptDuration, seconds, metric.WithUnit("s"),
		metric.WithDescription("The time of one attempt."))
	r.call, errs[1] = meter.Float64Histogram(callDuration, seconds, metric.WithUnit("s"),
		metric.WithDescription("The time of a call with all its attempts and waits."))
	r.attempts, errs[2] = meter.Int64Histogram(callAttempts, metric.WithUnit("{attempt}"),
		metric.WithDescription("The number of attempts of a call."), metric.WithExplicitBucketBoundaries(0, 1, 2, 3, 4, 5, 7, 10, 20))
	return classify.Hooks{Start: r.tellStart, Attempt: r.tellAttempt, Retry: r.tellRetry, GiveUp: r.tellGiveUp, Done: r.tellDone}, errors.Join(errs[:]...)
}

// seconds are the bounds that the semantic conventions give http.client.request.duration, and
// more for calls with waits.
var seconds = metric.WithExplicitBucketBoundaries(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 300)

// recorder records what hooks are told.
type recorder struct {
	tracer        trace.Tracer
	own           []attribute.KeyValue
	attempt, call metric.Float64Histogram
	attempts      metric.Int64Histogram
}

// spanKey is the key of the span that a recorder has started for an attempt.
type spanKey struct{ *recorder }

// tellStart starts the span of an attempt.
func (r *recorder) tellStart(ctx context.Context, begins classify.Try) context.Context {
	all := slices.Clone(r.own)
	name := "attempt"
	if begins.Operation != "" {
		name += " " + string(begins.Operation)
		all = append(all, operationKey.String(string(begins.Operation)))
	}
	if begins.Number > 1 {
		all = append(all, semconv.HTTPRequestResendCount(begins.Number-1))
	}
	ctx, span := r.tracer.Start(ctx, name, trace.WithTimestamp(begins.Start), trace.WithAttributes(all...))
	return context.WithValue(ctx, spanKey{r}, span)
}

func (r *recorder) tellAttempt(ctx context.Context, try classify.Try) {
	all := r.attributes(try.Operation, &try.Decision)
	r.attempt.Record(ctx, try.Latency.Seconds(), metric.WithAttributes(all...))
	span, ok := ctx.Value(spanKey{r}).(trace.Span)
	if !ok {
		return // the attempt was told of without its start
	}
	span.SetAttributes(all...)
	if try.Err != nil && try.Decision.Action != classify.WaitPoll { // which is not an error
		span.SetStatus(codes.Error, try.Decision.ErrorType())
	}
	span.End(trace.WithTimestamp(try.Start.Add(try.Latency)))
}

func (r *recorder) tellRetry(ctx context.Context, e classify.Event) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	name := "retry"
	if e.Decision.Action == classify.WaitPoll {
		name = "poll again"
	}
	span.AddEvent(name, trace.WithAttributes(append(r.attributes(e.Operation, &e.Decision),
		semconv.HTTPRequestResendCount(e.Resend), waitKey.Float64(e.Wait.Seconds()))...))
}

func (r *recorder) tellGiveUp(ctx context.Context, e *classify.Error) {
	span := trace.SpanFromContext(ctx)
	if !span.IsRecording() {
		return
	}
	span.AddEvent("give up", trace.WithAttributes(append(r.attributes(e.Decision.Operation, &e.Decision),
		reasonKey.String(e.Reason.String()))...))
}

func (r *recorder) tellDone(ctx context.Context, s classify.Summary) {
	all := r.attributes(s.Operation, &s.Decision)
	if s.Err != nil {
		all = append(all, reasonKey.String(s.Reason.String()))
	}
	with := metric.WithAttributeSet(attribute.NewSet(all...))
	r.call.Record(ctx, s.Elapsed.Seconds(), with)
	r.attempts.Record(ctx, int64(s.Attempts), with)
}

// attributes are those of a decision. They are few, so that metrics stay small.
func (r *recorder) attributes(operation classify.Operation, d *classify.Decision) []attribute.KeyValue {
	all := make([]attribute.KeyValue, 0, len(r.own)+6)
	all = append(append(all, r.own...), actionKey.String(d.Action.String()))
	if operation != "" {
		all = append(all, operationKey.String(string(operation)))
	}
	if d.Status != 0 {
		all = append(all, semconv.HTTPResponseStatusCode(d.Status))
	}
	if why := d.ErrorType(); why != "" {
		all = append(all, semconv.ErrorTypeKey.String(why))
	}
	return all
}
