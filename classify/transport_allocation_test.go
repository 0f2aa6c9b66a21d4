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
	timed := statusShop()
	for i := range timed.Endpoints {
		timed.Endpoints[i].Timeout = time.Minute
	}
	tests := []struct {
		name    string
		options Options
		want    float64
	}{
		{"success by status", Options{Catalog: statusShop(), Budget: new(Budget)}, 0},
		{"success by status, within a time", Options{Catalog: timed}, 5},
		{"success by the body", Options{Catalog: shopAPI(0), Budget: new(Budget)}, 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			transport := &Transport{Options: test.options, Base: base}
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
