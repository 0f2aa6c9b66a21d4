package classify

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
)

// logOf returns a logger that writes into a buffer, from a level on, without the
// time.
func logOf(level slog.Level) (*slog.Logger, *bytes.Buffer) {
	var log bytes.Buffer
	return slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{
		Level: level,
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})), &log
}

func TestLogTo(t *testing.T) {
	const (
		poll = `level=DEBUG msg="poll again" error.type=202 http.request.resend_count=1 errkb.wait=5s errkb.operation=read` +
			" errkb.action=wait_poll http.response.status_code=202\n"
		retries = `level=INFO msg=retry error.type=MAINTENANCE http.request.resend_count=2 errkb.wait=1s errkb.operation=read` +
			" errkb.action=retry http.response.status_code=503\n" +
			`level=INFO msg=retry error.type=timeout http.request.resend_count=3 errkb.wait=1s errkb.operation=read errkb.action=retry` + "\n"
		failure = `level=WARN msg="give up" error.type=400 http.request.resend_count=3 errkb.elapsed=7s errkb.operation=read` +
			` errkb.reason="the decision is to stop" exception.message="Wrong request (Change it); stopped after 4 attempts: the decision is to stop"` +
			" errkb.action=fail http.response.status_code=400\n"
	)
	for level, want := range map[slog.Level]string{
		slog.LevelDebug: poll + retries + failure,
		slog.LevelInfo:  retries + failure,
		slog.LevelWarn:  failure,
		slog.LevelError: "",
	} {
		t.Run(level.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				logger, log := logOf(level)
				o := &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 3}), Operation: "read", Hooks: LogTo(logger)}
				s := playing(status(202), status(503, "X-Code", "MAINTENANCE"), FailureTimeout, status(400))
				Do(t.Context(), o, s.call)
				if log.String() != want {
					t.Errorf("the log is\n%swant\n%s", log, want)
				}
			})
		})
	}
}

// deaf is a handler that handles nothing and says so.
type deaf struct{ t *testing.T }

func (deaf) Enabled(context.Context, slog.Level) bool { return false }

func (d deaf) Handle(context.Context, slog.Record) error {
	d.t.Error("told of what is not logged")
	return nil
}

func (d deaf) WithAttrs([]slog.Attr) slog.Handler { return d }

func (d deaf) WithGroup(string) slog.Handler { return d }

// tripwire is an error that must not be asked for its text.
type tripwire struct{ t *testing.T }

func (w tripwire) Error() string {
	w.t.Error("the text was made")
	return ""
}

func TestLogToComputesNothingThatIsNotLogged(t *testing.T) {
	hooks := LogTo(slog.New(deaf{t}))
	hooks.Retry(t.Context(), Event{Err: tripwire{t}})
	hooks.GiveUp(t.Context(), &Error{Attempts: 1, Last: tripwire{t}})
}

func TestLogToGivesUpBeforeTheFirstCall(t *testing.T) {
	logger, log := logOf(slog.LevelWarn)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	synctest.Test(t, func(*testing.T) {
		Do(ctx, &Options{Operation: "read", Hooks: LogTo(logger)}, playing(nil).call)
	})
	want := `level=WARN msg="give up" error.type=canceled http.request.resend_count=0 errkb.elapsed=0s errkb.operation=read` +
		` errkb.reason="the context ended" exception.message="no call was made: the context ended: context canceled" errkb.action=fail` + "\n"
	if log.String() != want {
		t.Errorf("the log is\n%swant\n%s", log, want)
	}
}

func TestErrorType(t *testing.T) {
	c := taskAPI()
	for _, test := range []struct {
		reply Reply
		want  string
	}{
		{Reply{Status: 200, Body: []byte("OK|1")}, ""},
		{Reply{Status: 200, Body: []byte("NO_SLOT")}, "NO_SLOT"},
		{Reply{Status: 500, Body: []byte("KEIN GUTHABEN")}, "ZERO_BALANCE"},
		{Reply{Status: 200, Body: []byte("08001")}, "080*"},
		{Reply{Status: 429}, "429"},
		{Reply{Status: 599}, "599"},
		{Reply{Status: 418, Body: []byte("NEW_CODE")}, "418"},
		{Reply{Status: 200, Body: []byte("NEW_CODE")}, "_OTHER"},
		{Reply{Status: 429, Body: []byte("NEW_CODE")}, "429"},
		{Reply{Body: []byte("NEW_CODE")}, "_OTHER"},
		{Reply{Err: FailureTimeout}, "timeout"},
		{Reply{Err: FailureDNS}, "dns"},
		{Reply{Err: io.ErrNoProgress}, "_OTHER"},
	} {
		if got := c.Classify(test.reply).ErrorType(); got != test.want {
			t.Errorf("%+v is %q, want %q", test.reply, got, test.want)
		}
	}
	if got := (Decision{}).ErrorType(); got != "_OTHER" {
		t.Errorf("the zero decision is %q", got)
	}
}

func TestLogToNamesThePage(t *testing.T) {
	logger, log := logOf(slog.LevelWarn)
	entry := &Entry{Kind: KindCode, Code: "LOST", URL: "https://errors.example.com/c/shop/lost.html"}
	LogTo(logger).GiveUp(t.Context(), &Error{Attempts: 1, Decision: Decision{Entry: entry.View()}})
	if want := " errkb.url=" + entry.URL + "\n"; !strings.HasSuffix(log.String(), want) {
		t.Errorf("the log is\n%swant one that ends in%s", log, want)
	}
}
