package classify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A status of 400 or above says enough for its body not to be waited for.
func TestPatienceByStatus(t *testing.T) {
	for status, want := range map[int]time.Duration{399: 200 * time.Millisecond, 400: patienceFailed} {
		synctest.Test(t, func(t *testing.T) {
			base := &counter{replies: []reply{responds(status, func() io.ReadCloser { return trickle(100*time.Millisecond, `{"code":`, `"WRONG"}`) })}}
			start := time.Now()
			resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "GET", shop, ""))
			if took := time.Since(start); took != want || base.calls() != 1 {
				t.Errorf("%d: %d calls in %s, want 1 in %s", status, base.calls(), took, want)
			}
			checkReadable(t, resp, `{"code":"WRONG"}`)
		})
	}
}

// Without an entry for the status, it is still not the body that says so late.
func TestLateBodyOfAnErrorStatusWithoutAnEntry(t *testing.T) {
	c := shopAPI(0)
	c.Classes, c.Unrecognised = nil, &Entry{Kind: KindUnrecognised, Action: Fail}
	synctest.Test(t, func(t *testing.T) {
		base := &counter{replies: []reply{responds(404, func() io.ReadCloser { return trickle(time.Second, `{"code":"BUSY"}`) })}}
		resp := roundTrip(t, &Transport{Options: Options{Catalog: c}, Base: base}, newRequest(t, "GET", shop, ""))
		if why := checkReason(t, resp, ReasonDecision, 1); why.Decision.Source != KindUnrecognised || Undecided(resp) {
			t.Error(why)
		}
		checkReadable(t, resp, `{"code":"BUSY"}`)
	})
}

// ClassifyResponse waits for a body that comes late and in parts, under any status.
func TestClassifyResponseWaitsForEachPart(t *testing.T) {
	for _, status := range []int{200, 400, 500} {
		synctest.Test(t, func(t *testing.T) {
			resp := response("GET", "/", status, "")
			resp.ProtoMajor, resp.ContentLength = 1, int64(len(`{"code":"WRONG"}`))
			resp.Body = trickle(time.Minute, `{"code":`, `"WRONG"}`)
			if d := shopAPI(0).ClassifyResponse(resp); d.Code != "WRONG" {
				t.Errorf("%d: %s by %q", status, d.Action, d.Code)
			}
		})
	}
}

// A response without a body is empty, and not one whose body did not come.
func TestNoBodyIsEmpty(t *testing.T) {
	c := shopAPI(0)
	c.Unrecognised = &Entry{Kind: KindUnrecognised, Action: Fail}
	for _, body := range []io.ReadCloser{nil, http.NoBody} {
		base := &counter{replies: []reply{func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: body, Request: req}, nil
		}}}
		resp := roundTrip(t, &Transport{Options: Options{Catalog: c}, Base: roundTripper(base.replies[0])}, newRequest(t, "GET", shop, ""))
		if why := checkReason(t, resp, ReasonDecision, 1); why.Decision.Reading.Cut || Undecided(resp) {
			t.Errorf("%v: %q", body, why.Decision.Why())
		}
	}
}

// What can't be read of a compressed body may say more.
func TestCompressedBodyIsCut(t *testing.T) {
	resp := response("GET", "/", 503, "compressed", "Content-Encoding", "br")
	if d := shopAPI(0).ClassifyResponse(resp); !d.Reading.Cut || d.Source != KindStatusClass {
		t.Errorf("decided by %s: %q", d.Source, d.Why())
	}
}

// What came before a body broke off counts under an error status.
func TestBodyThatBreaksOffUnderAnErrorStatus(t *testing.T) {
	resp := response("GET", "/", 503, "")
	resp.Body, resp.ContentLength = io.NopCloser(io.MultiReader(strings.NewReader(`{"code":"WRONG",`), breaks{io.ErrUnexpectedEOF})), -1
	if d := shopAPI(0).ClassifyResponse(resp); d.Code != "WRONG" || d.Action != Fail {
		t.Errorf("it is %s by %q", d.Action, d.Code)
	}
}

// stalled is a body each of whose Reads takes a time, and comes to the end or to a panic.
type stalled struct {
	takes  time.Duration
	panics bool
	reads  int
}

func (s *stalled) Read([]byte) (int, error) {
	s.reads++
	time.Sleep(s.takes)
	if s.panics {
		panic("boom")
	}
	return 0, io.EOF
}

func (s *stalled) Close() error { return nil }

// held is a response that its caller holds already, with a body.
func held(body io.ReadCloser, major int, length int64) *http.Response {
	resp := response("GET", "/", 200, "")
	resp.Body, resp.ProtoMajor, resp.ContentLength = body, major, length
	return resp
}

// No Read goes on in the background where its end could write trailers into a response that
// the caller holds.
func TestPeekWaitsForTheReadThatMayWriteTrailers(t *testing.T) {
	const takes = 5 * time.Second
	for _, test := range []struct {
		major  int
		length int64
		want   time.Duration
	}{
		{1, -1, takes}, {1, 0, patienceSuccess}, {1, 20, patienceSuccess}, {2, 20, takes}, {2, -1, takes},
	} {
		for _, panics := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				defer func() {
					if got := recover(); (got == "boom") != (panics && test.want == takes) || time.Since(start) != test.want {
						t.Errorf("HTTP/%d, %d bytes: panic %v after %s, want %s", test.major, test.length, got, time.Since(start), test.want)
					}
					time.Sleep(takes)
				}()
				peek(t.Context(), held(&stalled{takes: takes, panics: panics}, test.major, test.length), true, limits{look: MaxBody, patience: patienceSuccess})
			})
		}
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		start := time.Now()
		seen := peek(ctx, held(&stalled{takes: takes}, 1, -1), true, limits{look: MaxBody, patience: patienceSuccess})
		if seen.told || seen.err == nil || time.Since(start) != 2*time.Second {
			t.Errorf("told %t, %v after %s", seen.told, seen.err, time.Since(start))
		}
		time.Sleep(takes)
	})
}

// What panics while it is read ahead does so where it is waited for: in the round trip, or
// in the Read of the caller.
func TestPeekPanicsWhereItWaits(t *testing.T) {
	for takes, inPeek := range map[time.Duration]bool{time.Millisecond: true, 2 * time.Second: false} {
		synctest.Test(t, func(t *testing.T) {
			var resp *http.Response
			defer func() {
				if got := recover(); got != "boom" || (resp == nil) != inPeek {
					t.Errorf("panic %v in the round trip: %t", got, resp == nil)
				}
			}()
			resp = peek(t.Context(), held(&stalled{takes: takes, panics: true}, 1, 20), false, limits{look: MaxBody, patience: patienceSuccess}).resp
			resp.Body.Read(make([]byte, 1))
		})
	}
}

// A closed body says so at once, and an empty Read waits for nothing, however long the Read
// under way takes.
func TestPeekedBodyDoesNotWaitInVain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := &stalled{takes: time.Hour}
		resp := peek(t.Context(), held(body, 1, 20), false, limits{look: MaxBody, patience: patienceSuccess}).resp
		start := time.Now()
		if n, err := resp.Body.Read(nil); n != 0 || err != nil || time.Since(start) != 0 {
			t.Errorf("an empty Read: %d, %v after %s", n, err, time.Since(start))
		}
		read := make(chan error)
		go func() {
			_, err := resp.Body.Read(make([]byte, 1))
			read <- err
		}()
		synctest.Wait()
		resp.Body.Close()
		if _, err := resp.Body.Read(make([]byte, 1)); !errors.Is(err, http.ErrBodyReadAfterClose) || time.Since(start) != 0 {
			t.Errorf("a Read after the close: %v after %s", err, time.Since(start))
		}
		if err := <-read; !errors.Is(err, http.ErrBodyReadAfterClose) {
			t.Errorf("a Read that was waiting: %v", err)
		}
	})
}

// After the close no more is read ahead.
func TestPeekedBodyReadsNoMoreOnceClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := &drips{}
		resp := peek(t.Context(), held(body, 1, 1<<10), false, limits{look: MaxBody, patience: 5 * time.Second / 2}).resp
		resp.Body.Close()
		time.Sleep(time.Hour)
		if body.reads.Load() != 3 {
			t.Errorf("%d times read", body.reads.Load())
		}
	})
}

// Once the patience has ended no Read begins before the caller's, whether or not the one under
// way is waited for.
func TestPeekReadsNoMoreAfterThePatience(t *testing.T) {
	for _, isHeld := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			body, start := &drips{}, time.Now()
			resp := peek(t.Context(), held(body, 1, -1), isHeld, limits{look: MaxBody, patience: 5 * time.Second / 2}).resp
			if took, want := time.Since(start), map[bool]time.Duration{false: 5 * time.Second / 2, true: 3 * time.Second}[isHeld]; took != want {
				t.Errorf("held %t: back after %s, want %s", isHeld, took, want)
			}
			time.Sleep(time.Hour)
			if n := body.reads.Load(); n != 3 {
				t.Errorf("held %t: %d times read", isHeld, n)
			}
			resp.Body.Close()
		})
	}
}

// drips is a body of a byte each second.
type drips struct{ reads atomic.Int32 }

func (d *drips) Read(p []byte) (int, error) {
	if d.reads.Add(1) == 20 {
		return 0, io.EOF
	}
	time.Sleep(time.Second)
	return copy(p, "x"), nil
}

func (d *drips) Close() error { return nil }

// trailed is a late body with whose end net/http writes trailers into the response that it
// made.
type trailed struct {
	io.Reader
	made *http.Response
	ends http.Header
}

func (b *trailed) Read(p []byte) (int, error) {
	time.Sleep(2 * time.Second)
	n, err := b.Reader.Read(p)
	if err == io.EOF && b.ends != nil {
		if b.made.Trailer == nil {
			b.made.Trailer = http.Header{}
		}
		for name, values := range b.ends {
			b.made.Trailer[name] = values
		}
	}
	return n, err
}

func (b *trailed) Close() error { return nil }

// Trailers of a late body, announced or not, come to the caller with the end of what it reads.
func TestTrailersOfAPeekedBody(t *testing.T) {
	for _, announced := range []http.Header{nil, {"Checksum": nil}} {
		for _, ends := range []http.Header{nil, {"Checksum": {"a1"}}} {
			synctest.Test(t, func(t *testing.T) {
				made := &http.Response{StatusCode: 200, Trailer: announced.Clone(), ContentLength: -1}
				made.Body = &trailed{strings.NewReader("text"), made, ends}
				resp := peek(t.Context(), made, false, limits{look: MaxBody, patience: patienceSuccess}).resp
				time.Sleep(time.Minute)
				if got, want := fmt.Sprint(resp.Trailer == nil, resp.Trailer), fmt.Sprint(announced == nil, announced); got != want {
					t.Errorf("before the end the trailers are %s, want %s", got, want)
				}
				io.Copy(io.Discard, resp.Body)
				if got, want := resp.Trailer.Get("Checksum"), ends.Get("Checksum"); got != want || announced == nil && ends == nil && resp.Trailer != nil {
					t.Errorf("after the end the trailers are %v, want Checksum %q", resp.Trailer, want)
				}
			})
		}
	}
}
