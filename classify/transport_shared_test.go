package classify

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// again is a body that is read from the start once it was closed.
type again struct {
	text   string
	reader *strings.Reader
}

func (b *again) Read(p []byte) (int, error) {
	if b.reader == nil {
		b.reader = strings.NewReader(b.text)
	}
	return b.reader.Read(p)
}

func (b *again) Close() error {
	b.reader = nil
	return nil
}

// A base may answer with one response, over and over: it is left alone, and means the
// same each time.
func TestTransportLeavesASharedResponseAlone(t *testing.T) {
	catalog := retryAPI(&Policy{Retries: 1})
	bodies := map[string]io.ReadCloser{
		"no body":                 nil,
		"http.NoBody":             http.NoBody,
		"a body of no bytes":      io.NopCloser(strings.NewReader("")),
		"a body to be read again": &again{text: "busy"},
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			shared := &http.Response{StatusCode: 503, ProtoMajor: 1, Header: http.Header{"A": {"b"}}, Body: body, ContentLength: -1}
			before := *shared
			sent := 0
			transport := &Transport{Options: Options{Catalog: catalog}, Base: roundTripper(func(*http.Request) (*http.Response, error) {
				sent++
				return shared, nil
			})}
			for n := 1; n <= 3; n++ {
				resp, err := transport.RoundTrip(newRequest(t, "GET", shop+"/quotes", ""))
				if err != nil {
					t.Fatal(err)
				}
				if resp.Body != nil {
					text, err := io.ReadAll(resp.Body)
					if body, ok := body.(*again); err != nil || ok && string(text) != body.text {
						t.Errorf("call %d: read %q, %v", n, text, err)
					}
					resp.Body.Close()
				}
				if sent != 2*n || ErrorOf(resp) == nil {
					t.Errorf("call %d: sent %d times, %v", n, sent, ErrorOf(resp))
				}
				if shared.Body != before.Body || len(shared.Header) != 1 || shared.Request != nil {
					t.Errorf("call %d changed the base's response: %+v", n, shared)
				}
			}
		})
	}
}
