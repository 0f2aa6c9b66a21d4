package errkbotel

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/errkb/errkb/classify"
)

// busyAPI tells everything by the status.
var busyAPI = &classify.Catalog{
	Name:      "busy",
	Endpoints: []classify.Endpoint{{Operation: "read", Method: "GET", Path: "/", Repeatable: true}},
	Statuses: []classify.Entry{
		{Kind: classify.KindStatus, Number: 200, Code: "200", Action: classify.OK},
		{Kind: classify.KindStatus, Number: 202, Code: "202", Action: classify.WaitPoll, Policy: again},
		{Kind: classify.KindStatus, Number: 402, Code: "402", Action: classify.FixAccount},
		{Kind: classify.KindStatus, Number: 503, Code: "503", Action: classify.Retry, Policy: again},
	},
}

var again = &classify.Policy{Base: 10 * time.Second, Retries: 2}

// telemetry is what the real SDK has recorded.
type telemetry struct {
	reader *metric.ManualReader
	spans  *tracetest.InMemoryExporter
	tracer *trace.TracerProvider
	hooks  classify.Hooks
}

func record(t *testing.T) *telemetry {
	t.Helper()
	r := &telemetry{reader: metric.NewManualReader(), spans: tracetest.NewInMemoryExporter()}
	r.tracer = trace.NewTracerProvider(trace.WithSyncer(r.spans))
	var err error
	r.hooks, err = Hooks(Options{
		MeterProvider:  metric.NewMeterProvider(metric.WithReader(r.reader)),
		TracerProvider: r.tracer,
		Attributes:     []attribute.KeyValue{attribute.String("errkb.api", "busy")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func text(all []attribute.KeyValue) string {
	var texts []string
	for _, a := range all {
		texts = append(texts, fmt.Sprintf("%s=%v", a.Key, a.Value.AsInterface()))
	}
	slices.Sort(texts)
	return strings.Join(texts, " ")
}

// metrics are the points of all histograms: name, unit, attributes, count and sum.
func (r *telemetry) metrics(t *testing.T) (all []string) {
	t.Helper()
	var got metricdata.ResourceMetrics
	if err := r.reader.Collect(context.Background(), &got); err != nil {
		t.Fatal(err)
	}
	note := func(m metricdata.Metrics, set attribute.Set, count uint64, sum any) {
		all = append(all, fmt.Sprintf("%s %s {%s} %d of %v", m.Name, m.Unit, text(set.ToSlice()), count, sum))
	}
	for _, scope := range got.ScopeMetrics {
		for _, m := range scope.Metrics {
			switch data := m.Data.(type) {
			case metricdata.Histogram[float64]:
				for _, p := range data.DataPoints {
					note(m, p.Attributes, p.Count, p.Sum)
				}
			case metricdata.Histogram[int64]:
				for _, p := range data.DataPoints {
					note(m, p.Attributes, p.Count, p.Sum)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

// ended are the spans in the order of their end, with their events.
func (r *telemetry) ended() (all []string) {
	for _, s := range r.spans.GetSpans() {
		line := fmt.Sprintf("%s %s %s {%s}", s.Name, s.SpanKind, s.EndTime.Sub(s.StartTime), text(s.Attributes))
		if s.Status.Code == codes.Error {
			line += " error " + s.Status.Description
		}
		for _, e := range s.Events {
			line += fmt.Sprintf("; %s {%s}", e.Name, text(e.Attributes))
		}
		all = append(all, line)
	}
	return all
}

func compare(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// calls makes a call that is answered with the statuses, each after a second.
func calls(ctx context.Context, o *classify.Options, statuses ...int) error {
	_, err := classify.Do(ctx, o, func(context.Context) (int, error) {
		time.Sleep(time.Second)
		status := statuses[0]
		statuses = statuses[1:]
		return status, busyAPI.Check(classify.Reply{Status: status, Operation: "read"})
	})
	return err
}

func TestDoIsRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := record(t)
		o := &classify.Options{Catalog: busyAPI, Operation: "read", Hooks: r.hooks}
		ctx, caller := r.tracer.Tracer("caller").Start(t.Context(), "caller")
		if err := calls(ctx, o, 503, 202, 200); err != nil {
			t.Error(err)
		}
		if err := calls(ctx, o, 402); err == nil {
			t.Error("no error")
		}
		caller.End()

		const busy = "errkb.action=retry errkb.api=busy errkb.operation=read error.type=503"
		const poll = "errkb.action=wait_poll errkb.api=busy errkb.operation=read error.type=202"
		const good = "errkb.action=ok errkb.api=busy errkb.operation=read"
		const funds = "errkb.action=fix_account errkb.api=busy errkb.operation=read"
		const stop = "errkb.reason=the decision is to stop error.type=402 http.response.status_code=402"
		compare(t, "metrics", r.metrics(t),
			"errkb.attempt.duration s {"+funds+" error.type=402 http.response.status_code=402} 1 of 1",
			"errkb.attempt.duration s {"+good+"} 1 of 1",
			"errkb.attempt.duration s {"+busy+" http.response.status_code=503} 1 of 1",
			"errkb.attempt.duration s {"+poll+" http.response.status_code=202} 1 of 1",
			"errkb.call.attempts {attempt} {"+strings.Replace(funds, "errkb.operation=read", "errkb.operation=read "+stop, 1)+"} 1 of 1",
			"errkb.call.attempts {attempt} {"+good+"} 1 of 3",
			"errkb.call.duration s {"+strings.Replace(funds, "errkb.operation=read", "errkb.operation=read "+stop, 1)+"} 1 of 1",
			"errkb.call.duration s {"+good+"} 1 of 23",
		)
		compare(t, "spans", r.ended(),
			"attempt read internal 1s {"+busy+" http.response.status_code=503} error 503",
			"attempt read internal 1s {"+poll+" http.request.resend_count=1 http.response.status_code=202}",
			"attempt read internal 1s {"+good+" http.request.resend_count=2}",
			"attempt read internal 1s {"+funds+" error.type=402 http.response.status_code=402} error 402",
			"caller internal 24s {}"+
				"; retry {errkb.action=retry errkb.api=busy errkb.operation=read errkb.wait=10 error.type=503 http.request.resend_count=1 http.response.status_code=503}"+
				"; poll again {errkb.action=wait_poll errkb.api=busy errkb.operation=read errkb.wait=10 error.type=202 http.request.resend_count=2 http.response.status_code=202}"+
				"; give up {errkb.action=fix_account errkb.api=busy errkb.operation=read "+stop+"}",
		)
		all := r.spans.GetSpans()
		for _, s := range all[:4] {
			if s.Parent.SpanID() != caller.SpanContext().SpanID() {
				t.Errorf("%s is a child of %s", s.Name, s.Parent.SpanID())
			}
		}
	})
}

func TestTransportIsRecorded(t *testing.T) {
	statuses := []int{503, 200}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(statuses[0])
		statuses = statuses[1:]
	}))
	defer server.Close()
	r := record(t)
	quick, err := busyAPI.With(classify.SetPolicy("503", classify.Policy{Retries: 1}))
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &classify.Transport{Options: classify.Options{Catalog: quick, Hooks: r.hooks}}}
	resp, err := client.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	var names []string
	for _, m := range r.metrics(t) {
		names = append(names, m[:strings.LastIndex(m, "}")])
	}
	const good = "errkb.action=ok errkb.api=busy errkb.operation=read http.response.status_code=200"
	compare(t, "metrics", names,
		"errkb.attempt.duration s {"+good,
		"errkb.attempt.duration s {errkb.action=retry errkb.api=busy errkb.operation=read error.type=503 http.response.status_code=503",
		"errkb.call.attempts {attempt} {"+good,
		"errkb.call.duration s {"+good,
	)
	if spans := r.ended(); len(spans) != 2 || !strings.Contains(spans[1], "http.request.resend_count=1") {
		t.Errorf("spans %q", spans)
	}
}

// What an attempt does is below its span, also with two recorders and a loop inside.
func TestSpansOfAnAttemptAreItsChildren(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, other := record(t), record(t)
		inner := &classify.Options{Catalog: busyAPI, Operation: "read", Hooks: r.hooks}
		outer := &classify.Options{Catalog: busyAPI, Hooks: classify.JoinHooks(r.hooks, other.hooks), Timeout: time.Minute}
		_, err := classify.Do(t.Context(), outer, func(ctx context.Context) (int, error) {
			return 0, calls(ctx, inner, 503, 200)
		})
		if err != nil {
			t.Fatal(err)
		}
		all := r.spans.GetSpans()
		if len(all) != 3 || len(other.spans.GetSpans()) != 1 {
			t.Fatalf("%d spans and %d, want 3 and 1", len(all), len(other.spans.GetSpans()))
		}
		// The outer attempt ends last. Its other recorder's span is the inner one of the two.
		parent := other.spans.GetSpans()[0]
		if parent.Parent.SpanID() != all[2].SpanContext.SpanID() {
			t.Errorf("the second recorder's span is a child of %s", parent.Parent.SpanID())
		}
		for _, s := range all[:2] {
			if s.Parent.SpanID() != parent.SpanContext.SpanID() {
				t.Errorf("%s is a child of %s", s.Name, s.Parent.SpanID())
			}
		}
		if got := len(all[2].Events) + len(parent.Events); got != 1 {
			t.Errorf("%d events, want that of the retry in the attempt around it", got)
		}
	})
}

// Metrics are recorded too where only the end of an attempt is told.
func TestAttemptWithoutStart(t *testing.T) {
	r := record(t)
	o := &classify.Options{Catalog: busyAPI, Operation: "read", Hooks: classify.Hooks{Attempt: r.hooks.Attempt}}
	if _, err := classify.Do(t.Context(), o, func(context.Context) (int, error) { return 0, nil }); err != nil {
		t.Fatal(err)
	}
	if metrics, spans := r.metrics(t), r.ended(); len(metrics) != 1 || len(spans) != 0 {
		t.Errorf("metrics %q, spans %q", metrics, spans)
	}
}

func TestZeroOptions(t *testing.T) {
	hooks, err := Hooks(Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := &classify.Options{Catalog: busyAPI, Hooks: hooks, MaxRetries: -1}
	_, err = classify.Do(t.Context(), o, func(context.Context) (int, error) { return 0, errors.New("no reply") })
	if err == nil {
		t.Error("no error")
	}
}
