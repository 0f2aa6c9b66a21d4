package classify

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

func TestPeekedBodyIsReadAsItComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := &counter{replies: []reply{responds(200, func() io.ReadCloser { return trickle(700*time.Millisecond, "a", "b", "c", "d") })}}
		start := time.Now()
		resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "GET", shop, ""))
		got := make([]byte, 10)
		for i, want := range []string{"a", "b", "c", "d"} {
			n, err := resp.Body.Read(got)
			if at := max(patienceSuccess, time.Duration(i+1)*700*time.Millisecond); err != nil || string(got[:n]) != want || time.Since(start) != at {
				t.Errorf("%q, %v after %s, want %q after %s", got[:n], err, time.Since(start), want, at)
			}
		}
		checkReadable(t, resp, "")
	})
}

// The body comes back byte for byte, however it is read and however it ends.
func TestPeekedBodyIsTheWholeBody(t *testing.T) {
	synctest.Test(t, peekWholeBodies) // where no reader is too slow
}

func peekWholeBodies(t *testing.T) {
	broken := errors.New("cable cut")
	readers := map[string]func(io.Reader) io.Reader{
		"unchanged":        func(r io.Reader) io.Reader { return r },
		"byte by byte":     iotest.OneByteReader,
		"in halves":        iotest.HalfReader,
		"with its end":     iotest.DataErrReader,
		"with empty reads": func(r io.Reader) io.Reader { return &hesitant{r: r} },
	}
	for _, size := range []int{0, 1, 1023, 1024, 1025, 4 << 10, MaxBody - 1, MaxBody, MaxBody + 1, MaxBody + 2, 3 * MaxBody} {
		want := make([]byte, size)
		for i := range want {
			want[i] = byte(i * 31 >> 3)
		}
		for name, reader := range readers {
			for _, known := range []bool{false, true} {
				for _, end := range []error{nil, broken} {
					source := io.Reader(bytes.NewReader(want))
					if end != nil {
						source = io.MultiReader(source, iotest.ErrReader(end))
					}
					body := &countedBody{Reader: &ending{r: reader(source)}}
					resp := &http.Response{StatusCode: 200, Body: body, ContentLength: -1}
					if known {
						resp.ContentLength = int64(size)
					}
					seen := peek(t.Context(), resp, false, limits{look: MaxBody, patience: patienceSuccess})
					start, told, err := seen.start, seen.told, seen.err
					resp = seen.resp
					wantTold := size <= MaxBody && end == nil
					if told != wantTold || told && !bytes.Equal(start, want) || err != nil && err != end {
						t.Fatalf("%d %s: told %t, %d bytes, %v", size, name, told, len(start), err)
					}
					if n := body.read.Load(); n > MaxBody+1 {
						t.Errorf("%d %s: %d bytes are read", size, name, n)
					}
					got, err := io.ReadAll(iotest.HalfReader(resp.Body))
					if err != end || !bytes.Equal(got, want) {
						t.Fatalf("%d %s: got %d bytes, %v", size, name, len(got), err)
					}
					if err := errors.Join(resp.Body.Close(), resp.Body.Close()); err != nil || body.closed.Load() != 1 {
						t.Fatalf("closed %d times: %v", body.closed.Load(), err)
					}
					if n, err := resp.Body.Read(make([]byte, 1)); n != 0 || !errors.Is(err, http.ErrBodyReadAfterClose) {
						t.Fatalf("%d, %v after the close", n, err)
					}
				}
			}
		}
	}
}

// ending says only once how it ends.
type ending struct {
	r     io.Reader
	ended bool
}

func (e *ending) Read(p []byte) (int, error) {
	if e.ended {
		return 0, errors.New("read after the end")
	}
	n, err := e.r.Read(p)
	e.ended = err != nil
	return n, err
}

// hesitant reads nothing every other time.
type hesitant struct {
	r    io.Reader
	beat bool
}

func (h *hesitant) Read(p []byte) (int, error) {
	if h.beat = !h.beat; h.beat {
		return 0, nil
	}
	return h.r.Read(p)
}

func TestPeekedBodyIsClosedWhileItIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		r, _ := io.Pipe()
		body := &countedBody{Reader: r}
		resp := &http.Response{StatusCode: 200, Body: &closesBoth{body, r}, ContentLength: -1}
		start := time.Now()
		seen := peek(ctx, resp, false, limits{look: MaxBody, patience: patienceSuccess})
		if seen.told || !errors.Is(seen.err, context.DeadlineExceeded) || time.Since(start) > time.Millisecond {
			t.Errorf("told %t, %v after %s", seen.told, seen.err, time.Since(start))
		}
		resp = seen.resp
		read := make(chan error)
		go func() {
			_, err := resp.Body.Read(make([]byte, 1))
			read <- err
		}()
		synctest.Wait()
		resp.Body.Close()
		if err := <-read; err == nil {
			t.Error("no error")
		}
		synctest.Wait()
		if body.closed.Load() != 1 {
			t.Errorf("closed %d times", body.closed.Load())
		}
	})
}

func TestPeekedBodyPanicsWhereItIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := &countedBody{Reader: io.MultiReader(trickle(2*time.Second, "x"), panicReader{})}
		resp := &http.Response{StatusCode: 200, Body: body, ContentLength: -1}
		resp = peek(t.Context(), resp, false, limits{look: MaxBody, patience: patienceSuccess}).resp
		defer func() {
			if got := recover(); got != "boom" || body.closed.Load() != 0 {
				t.Errorf("panic %v, closed %d times", got, body.closed.Load())
			}
		}()
		io.Copy(io.Discard, resp.Body)
	})
}
