//go:build !race

// The race detector itself allocates.

package classify

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// replayed is a base that answers with one response, over and over, and
// allocates nothing.
type replayed struct {
	resp *http.Response
	text *strings.Reader
	body io.ReadCloser
}

func (b *replayed) RoundTrip(req *http.Request) (*http.Response, error) {
	req.Body.Close()
	b.text.Reset(good)
	b.resp.Body = b.body
	return b.resp, nil
}

func TestTransportAllocates(t *testing.T) {
	text := strings.NewReader(good)
	base := &replayed{&http.Response{StatusCode: 200, ContentLength: int64(len(good))}, text, io.NopCloser(text)}
	held := &replayed{&http.Response{StatusCode: 200, ContentLength: int64(len(good))}, text, &heldBody{text, text.Len}}
	timed := statusShop()
	for i := range timed.Endpoints {
		timed.Endpoints[i].Timeout = time.Minute
	}
	tests := []struct {
		name    string
		options Options
		base    http.RoundTripper
		want    float64
	}{
		{"success by status", Options{Catalog: statusShop(), Budget: new(Budget)}, base, 0},
		{"success by status, within a time", Options{Catalog: timed}, base, 5},
		{"success by the body", Options{Catalog: shopAPI(0), Budget: new(Budget)}, base, 3},
		{"success by a body in memory", Options{Catalog: shopAPI(0), Budget: new(Budget)}, held, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			transport := &Transport{Options: test.options, Base: test.base}
			req := newRequest(t, "POST", shop+"/quotes", "2 apples")
			n := testing.AllocsPerRun(1000, func() {
				resp, err := transport.RoundTrip(req)
				if err != nil || resp.Body.Close() != nil {
					t.Fatal(err)
				}
			})
			if n > test.want {
				t.Errorf("%v allocations, want %v", n, test.want)
			}
		})
	}
}

// failing is a base that answers every other request with a 503, and allocates nothing.
type failing struct{ failed, good *http.Response }

func (b *failing) RoundTrip(*http.Request) (*http.Response, error) {
	b.failed, b.good = b.good, b.failed
	return b.good, nil
}

// What a try leaves behind is made into an error, and a request copied, only where somebody
// asks for it: a retry costs the state of the loop.
func TestTransportAllocatesForARetry(t *testing.T) {
	catalog := statusShop()
	for i := range catalog.Classes {
		if e := &catalog.Classes[i]; e.Action == Retry {
			e.Policy, e.Effect = &Policy{Retries: 1}, EffectNone
		}
	}
	base := &failing{&http.Response{StatusCode: 503, Body: http.NoBody}, &http.Response{StatusCode: 200, Body: http.NoBody}}
	transport := &Transport{Options: Options{Catalog: catalog}, Base: base}
	req := newRequest(t, "GET", shop+"/quotes", "")
	n := testing.AllocsPerRun(1000, func() {
		if resp, err := transport.RoundTrip(req); err != nil || resp.StatusCode != 200 {
			t.Fatal(resp, err)
		}
	})
	if n > 1 {
		t.Errorf("%v allocations, want 1", n)
	}
}
