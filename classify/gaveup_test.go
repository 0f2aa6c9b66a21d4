package classify

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// attemptsFailed is what the list of errors of retry-go shows of itself.
type attemptsFailed []error

func (e attemptsFailed) Error() string          { return fmt.Sprintf("All attempts fail:\n%v", []error(e)) }
func (e attemptsFailed) Unwrap() []error        { return e }
func (e attemptsFailed) WrappedErrors() []error { return e }

// What the loop of another library has given up on is not tried again. The real ones are
// tried in the module bench.
func TestGaveUp(t *testing.T) {
	lost := status(503)
	within := func(text string) error {
		return &url.Error{Op: "Get", URL: shop, Err: fmt.Errorf(text+": %w", lost)}
	}
	tests := []struct {
		name  string
		err   error
		calls int
	}{
		{"retry-go", attemptsFailed{lost, lost}, 1},
		{"retry-go, wrapped", fmt.Errorf("charge: %w", attemptsFailed{lost}), 1},
		{"failsafe-go", fmt.Errorf("retries exceeded. last result: 0, last error: %w", lost), 1},
		{"backoff", errors.Join(errors.New("backoff: retries exhausted"), lost), 1},
		{"go-retryablehttp", within("GET https://shop.test giving up after 4 attempt(s)"), 1},
		{"a reply", lost, 3},
		{"several", errors.Join(lost, lost), 3},
		{"a server that gives up", replySaying(t, "GET x giving up after 4 attempt(s)"), 3},
		{"others that give up", fmt.Errorf("the server is giving up after 4 attempt(s): %w", lost), 3},
		{"a lock", fmt.Errorf("All attempts failed to lock the row: %w", lost), 3},
		{"a queue", fmt.Errorf("retries exceeded by none so far: %w", lost), 3},
		{"a node", fmt.Errorf("node-1: giving up after 2 attempt(s), electing: %w", lost), 3},
		{"a dialler", fmt.Errorf("dial tcp: giving up after 3 attempt(s): %w", lost), 3},
		{"go-retryablehttp, without a cause", errors.Join(errors.New("POST https://shop.test/a giving up after 4 attempt(s)"), lost), 1},
		{"a text about a text", fmt.Errorf("log: GET https://shop.test giving up after 4 attempt(s): %w", lost), 3},
		{"an address of two words", fmt.Errorf("GET https://shop.test/a b giving up after 4 attempt(s): %w", lost), 3},
		{"a method in small letters", fmt.Errorf("get https://shop.test giving up after 4 attempt(s): %w", lost), 3},
		{"no address", fmt.Errorf("GET shop.test giving up after 4 attempt(s): %w", lost), 3},
		{"no number", fmt.Errorf("GET https://shop.test giving up after many attempt(s): %w", lost), 3},
		{"no word of attempts", errors.Join(errors.New("GET https://shop.test giving up after 4"), lost), 3},
		{"no attempts", fmt.Errorf("GET https://shop.test giving up after 4: %w", lost), 3},
		{"more words", fmt.Errorf("GET https://shop.test giving up after 4 attempt(s), once more: %w", lost), 3},
		{"an error that panics", errors.Join(lost, (*panics)(nil)), 3},
	}
	for _, test := range tests {
		c := retryAPI(&Policy{Retries: 2})
		calls := 0
		_, err := Do(t.Context(), &Options{Catalog: c, Operation: "read"}, func(context.Context) (int, error) { calls++; return 0, test.err })
		stop, ok := errors.AsType[*Error](err)
		if calls != test.calls || !ok || stop.Reason != ReasonExhausted {
			t.Errorf("%s: %d calls, want %d: %v", test.name, calls, test.calls, err)
		}
	}

	gone := within("GET https://shop.test giving up after 4 attempt(s)")
	base := &counter{replies: []reply{func(*http.Request) (*http.Response, error) { return nil, gone }}}
	options := Options{Catalog: shopAPI(0)}
	if _, err := (&Transport{Options: options, Base: base}).RoundTrip(newRequest(t, "GET", shop, "")); base.calls() != 1 || !errors.Is(err, gone) {
		t.Errorf("a Transport: %d calls, %v", base.calls(), err)
	}
	if options.Catalog.Retryable(nil, gone) {
		t.Error("another library's loop is told to go on")
	}
	mark := options.Catalog.Marker(t.Context(), "", func(err error) error { return err }, func(time.Duration, error) error { return errGoOn })
	if err := mark(gone); errors.Is(err, errGoOn) {
		t.Error("backoff is told to go on")
	}
}

type panics struct{ text string }

func (p *panics) Error() string { return p.text }

// replySaying is a reply whose text is the server's.
func replySaying(t *testing.T, text string) error {
	t.Helper()
	err := retryAPI(&Policy{Retries: 2}).Check(Reply{Status: 503, Body: []byte(text), Operation: "read"})
	if err == nil || !strings.Contains(fmt.Sprint(err), "503") {
		t.Fatalf("the reply is %v", err)
	}
	return err
}
