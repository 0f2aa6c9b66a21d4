package classify

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// silentAfter is a body that goes silent after a text until it is closed.
type silentAfter struct {
	text   io.Reader
	closed chan struct{}
}

func (b *silentAfter) Read(p []byte) (int, error) {
	if n, _ := b.text.Read(p); n > 0 {
		return n, nil
	}
	<-b.closed
	return 0, io.ErrClosedPipe
}

func (b *silentAfter) Close() error {
	close(b.closed)
	return nil
}

// streamed answers with a stream of a media type.
func streamed(media, text string, length int64) reply {
	return func(req *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode:    200,
			Header:        http.Header{"Content-Type": {media}},
			Body:          &silentAfter{strings.NewReader(text), make(chan struct{})},
			ContentLength: length,
			Request:       req,
		}, nil
	}
}

// A stream is handed back at once, but for the first record where a form reads records.
func TestTransportDoesNotHoldStreamsBack(t *testing.T) {
	lines := func(c *Catalog) { c.Forms[0].In = InNDJSON }
	for name, test := range map[string]struct {
		media, text string
		length      int64
		change      func(*Catalog)
		held        time.Duration
		code        string
	}{
		"ndjson":                  {"application/x-ndjson; charset=utf-8", "", -1, nil, 0, ""},
		"json-seq":                {"application/json-seq", "\x1e{\"id\":1}\n", -1, nil, 0, ""},
		"multipart":               {"Multipart/X-Mixed-Replace; boundary=x", "--x\r\n", -1, nil, 0, ""},
		"grpc":                    {"application/grpc+proto", "", -1, nil, 0, ""},
		"video":                   {"video/mp4", "", 1 << 30, nil, 0, ""},
		"audio":                   {"audio/mpeg", "", -1, nil, 0, ""},
		"document":                {"application/json", "{", -1, nil, second, ""},
		"records of known length": {"application/x-ndjson", "", 20, nil, second, ""},
		"form of lines, of data":  {"application/x-ndjson", "{\"id\":1}\n{", -1, lines, 0, ""},
		"form of lines, of error": {"application/x-ndjson", "{\"code\":\"WRONG\"}\n", -1, lines, 0, "WRONG"},
		"form of lines, silent":   {"application/x-ndjson", "", -1, lines, second, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := shopAPI(0)
				if test.change != nil {
					test.change(c)
				}
				start := time.Now()
				base := &counter{replies: []reply{streamed(test.media, test.text, test.length)}}
				resp := roundTrip(t, &Transport{Options: Options{Catalog: c}, Base: base}, newRequest(t, "GET", shop, ""))
				if held := time.Since(start); held != test.held {
					t.Errorf("held back for %s, want %s", held, test.held)
				}
				if why := stopOn(resp); (why != nil) != (test.code != "") || why != nil && why.Decision.Code != test.code {
					t.Errorf("handed back because of %v", why)
				}
				resp.Body.Close()
			})
		})
	}
}

// breaks is a request's body that breaks off.
type breaks struct{ err error }

func (b breaks) Read([]byte) (int, error) { return 0, b.err }
func (b breaks) Close() error             { return nil }

// reads is a base that reads the request, and returns what that comes to, as net/http does.
func reads(req *http.Request) (*http.Response, error) {
	if _, err := io.Copy(io.Discard, req.Body); err != nil {
		return nil, err
	}
	return answers(200, good)(req)
}

// A request whose own body breaks off has not met a broken connection.
func TestTransportTellsABrokenRequestBody(t *testing.T) {
	for _, broken := range []error{io.ErrUnexpectedEOF, syscall.ECONNRESET, FailureTimeout} {
		for _, again := range []bool{false, true} {
			req := newRequest(t, "PUT", shop, "")
			req.Body = breaks{broken}
			if again {
				req.GetBody = func() (io.ReadCloser, error) { return breaks{broken}, nil }
			}
			calls := 0
			base := roundTripper(func(req *http.Request) (*http.Response, error) { calls++; return reads(req) })
			_, err := (&Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}).RoundTrip(req)
			stop := stopped(t, err, ReasonDecision, 1)
			if calls != 1 || stop.Decision.Failure != "" || stop.Decision.Effect != EffectNone || !errors.Is(err, broken) {
				t.Errorf("%v: %d calls, %+v", broken, calls, stop)
			}
			if want := "the request's body broke off: "; !strings.HasPrefix(err.Error(), want) {
				t.Errorf("the text is %q", err)
			}
		}
	}
	req := newRequest(t, "PUT", shop, "")
	req.Body = io.NopCloser(io.MultiReader(strings.NewReader("x"))) // not in memory, and whole
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: roundTripper(reads)}, req)
	if resp.Request != req {
		t.Error("the response is not of the caller's request")
	}
	lost := roundTripper(func(req *http.Request) (*http.Response, error) {
		io.Copy(io.Discard, req.Body)
		return nil, io.ErrUnexpectedEOF
	})
	_, err := (&Transport{Options: Options{Catalog: shopAPI(0)}, Base: lost}).RoundTrip(req)
	if stop := stopped(t, err, ReasonBody, 1); stop.Decision.Failure != FailureConnection {
		t.Errorf("a lost connection is %+v", stop)
	}
}
