package bench

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/failsafe-go/failsafe-go/failsafehttp"
	"github.com/hashicorp/go-retryablehttp"

	"github.com/errkb/errkb/classify"
)

// inProcess is a RoundTripper that answers without a network, so that what is
// measured is the overhead. It fails the first of every period tries with a 503.
type inProcess struct {
	period int // 0 for no failures
	body   string
	stream bool // the body does not say that it lies in memory
	tries  int
}

// inMemory is a body that says so, by the method Len of its reader.
type inMemory struct{ *strings.Reader }

func (inMemory) Close() error { return nil }

func (p *inProcess) RoundTrip(req *http.Request) (*http.Response, error) {
	p.tries++
	resp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: http.NoBody, Request: req}
	if p.period > 0 && p.tries%p.period == 1 {
		resp.StatusCode = http.StatusServiceUnavailable
		return resp, nil
	}
	if p.body != "" {
		resp.Body, resp.ContentLength = inMemory{strings.NewReader(p.body)}, int64(len(p.body))
		if p.stream {
			resp.Body = io.NopCloser(resp.Body)
		}
	}
	return resp, nil
}

// retryable is a client of go-retryablehttp over a base, without logs and waits.
func retryable(base http.RoundTripper) *retryablehttp.Client {
	client := retryablehttp.NewClient()
	client.HTTPClient = &http.Client{Transport: base}
	client.Logger = nil
	client.RetryMax = 3
	client.Backoff = func(_, _ time.Duration, _ int, _ *http.Response) time.Duration { return 0 }
	return client
}

func failsafeTransport(base http.RoundTripper) http.RoundTripper {
	return failsafehttp.NewRoundTripper(base, failsafehttp.NewRetryPolicyBuilder().WithMaxRetries(3).ReturnLastFailure().Build())
}

func get(b *testing.B) *http.Request {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "http://api.example/solve", nil)
	if err != nil {
		b.Fatal(err)
	}
	return req
}

// roundTrips sends one request again and again through a RoundTripper.
func roundTrips(b *testing.B, transport http.RoundTripper) {
	req := get(b)
	defer measure(b)()
	for b.Loop() {
		resp, err := transport.RoundTrip(req)
		if err != nil || resp.StatusCode != http.StatusOK {
			b.Fatal(resp, err)
		}
		resp.Body.Close()
	}
}

// calls sends one request again and again through an http.Client.
func calls(b *testing.B, client *http.Client) {
	req := get(b)
	defer measure(b)()
	for b.Loop() {
		resp, err := client.Do(req)
		if err != nil || resp.StatusCode != http.StatusOK {
			b.Fatal(resp, err)
		}
		resp.Body.Close()
	}
}

// retryableCalls does the same through the client of go-retryablehttp.
func retryableCalls(b *testing.B, client *retryablehttp.Client) {
	req, err := retryablehttp.FromRequest(get(b))
	if err != nil {
		b.Fatal(err)
	}
	defer measure(b)()
	for b.Loop() {
		resp, err := client.Do(req)
		if err != nil || resp.StatusCode != http.StatusOK {
			b.Fatal(resp, err)
		}
		resp.Body.Close()
	}
}

func own(catalog *classify.Catalog, base http.RoundTripper) http.RoundTripper {
	return &classify.Transport{Options: classify.Options{Catalog: catalog}, Base: base}
}

// BenchmarkRoundTrip sends a request that succeeds at once, through the
// RoundTrippers.
func BenchmarkRoundTrip(b *testing.B) {
	base := &inProcess{}
	b.Run("bare", func(b *testing.B) { roundTrips(b, base) })
	b.Run("errkb", func(b *testing.B) { roundTrips(b, own(byStatus, base)) })
	b.Run("errkb-timed", func(b *testing.B) {
		roundTrips(b, &classify.Transport{Options: *timed, Base: base})
	})
	b.Run("go-retryablehttp", func(b *testing.B) { roundTrips(b, &retryablehttp.RoundTripper{Client: retryable(base)}) })
	b.Run("failsafe-go", func(b *testing.B) { roundTrips(b, failsafeTransport(base)) })
}

// BenchmarkClient does the same as a program does, through an http.Client.
func BenchmarkClient(b *testing.B) {
	base := &inProcess{}
	b.Run("bare", func(b *testing.B) { calls(b, &http.Client{Transport: base}) })
	b.Run("errkb", func(b *testing.B) { calls(b, &http.Client{Transport: own(byStatus, base)}) })
	b.Run("go-retryablehttp", func(b *testing.B) { retryableCalls(b, retryable(base)) })
	b.Run("failsafe-go", func(b *testing.B) { calls(b, &http.Client{Transport: failsafeTransport(base)}) })
}

// BenchmarkClientFailOnce sends a request that is answered by a 503 first.
func BenchmarkClientFailOnce(b *testing.B) {
	b.Run("errkb", func(b *testing.B) { calls(b, &http.Client{Transport: own(byStatus, &inProcess{period: 2})}) })
	b.Run("go-retryablehttp", func(b *testing.B) { retryableCalls(b, retryable(&inProcess{period: 2})) })
	b.Run("failsafe-go", func(b *testing.B) {
		calls(b, &http.Client{Transport: failsafeTransport(&inProcess{period: 2})})
	})
}

const solved = `{"success":true,"text":"7hq2","id":"2122988149"}`

// BenchmarkBodySuccess sends a request whose success only the body tells, and
// reads the body.
func BenchmarkBodySuccess(b *testing.B) {
	base := &inProcess{body: solved}
	read := func(base http.RoundTripper) func(*testing.B) {
		return func(b *testing.B) {
			transport, req := own(byBody, base), get(b)
			defer measure(b)()
			for b.Loop() {
				resp, err := transport.RoundTrip(req)
				if err != nil {
					b.Fatal(err)
				}
				body, err := io.ReadAll(resp.Body)
				if resp.Body.Close(); err != nil || len(body) != len(solved) {
					b.Fatal(len(body), err)
				}
			}
		}
	}
	b.Run("errkb", read(base))
	b.Run("errkb-stream", read(&inProcess{body: solved, stream: true}))
	b.Run("by-hand", func(b *testing.B) {
		req := get(b)
		defer measure(b)()
		for b.Loop() {
			resp, err := base.RoundTrip(req)
			if err != nil {
				b.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			var reply struct {
				Success bool   `json:"success"`
				Code    string `json:"code"`
			}
			if err == nil {
				err = json.Unmarshal(body, &reply)
			}
			if err != nil || !reply.Success {
				b.Fatal(len(body), err)
			}
		}
	})
}
