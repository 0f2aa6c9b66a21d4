package classify

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
)

// heldBody is a body that says how much of it lies in memory.
type heldBody struct {
	io.Reader
	left func() int
}

func (b *heldBody) Len() int     { return b.left() }
func (b *heldBody) Close() error { return nil }

// unending blocks after its text, as a pipe does: nobody may ask it for more.
type unending struct{ *strings.Reader }

func (u unending) Read(p []byte) (int, error) {
	if u.Len() == 0 {
		select {}
	}
	return u.Reader.Read(p)
}

// A body that lies in memory is read at once and in the goroutine of the caller, who can read
// all of it.
func TestTransportReadsABodyInMemory(t *testing.T) {
	text := func(text string) io.ReadCloser {
		r := strings.NewReader(text)
		return &heldBody{r, r.Len}
	}
	long := `{"success":true,"text":"` + strings.Repeat("a", 5000) + `"}`
	tests := []struct {
		name   string
		body   io.ReadCloser
		length int
		want   string
	}{
		{"short", text(good), len(good), good},
		{"long", text(long), len(long), long},
		{"empty", text(""), 0, ""},
		{"without an end", func() io.ReadCloser {
			r := unending{strings.NewReader(good)}
			return &heldBody{r, r.Len}
		}(), len(good), good},
		{"less than the response has", text(good), len(good) + 1, good},
		{"more than the response has", text(good + "  "), len(good), good + "  "},
		{"of unknown length", text(good), -1, good},
		{"a buffer", &heldBody{bytes.NewBufferString(good), func() int { return len(good) }}, len(good), good},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			resp := &http.Response{StatusCode: 200, ContentLength: int64(test.length), Body: test.body}
			seen := peek(t.Context(), resp, false, limits{look: MaxBody, patience: patienceSuccess})
			if string(seen.start) != test.want || !seen.told || seen.err != nil {
				t.Errorf("start is %q, told is %t, err is %v", seen.start, seen.told, seen.err)
			}
			if body, err := io.ReadAll(seen.resp.Body); string(body) != test.want || err != nil {
				t.Errorf("the caller reads %q, %v", body, err)
			}
		})
	}
}

// stuck reads nothing, and says neither that there is more nor that it has ended.
type stuck struct{ panics bool }

func (s stuck) Read([]byte) (int, error) {
	if s.panics {
		panic("out of order")
	}
	return 0, nil
}

func TestTransportReadsABrokenBodyInMemory(t *testing.T) {
	length := func() int { return 3 }
	resp := &http.Response{StatusCode: 200, ContentLength: 3, Body: &heldBody{stuck{}, length}}
	seen := peek(t.Context(), resp, false, limits{look: MaxBody, patience: patienceSuccess})
	if len(seen.start) > 0 || seen.told || seen.err != nil {
		t.Errorf("start is %q, told is %t, err is %v", seen.start, seen.told, seen.err)
	}
	defer func() {
		if recover() != "out of order" {
			t.Error("the panic is not the caller's")
		}
	}()
	resp.Body = &heldBody{stuck{panics: true}, length}
	peek(t.Context(), resp, false, limits{look: MaxBody, patience: patienceSuccess})
}
