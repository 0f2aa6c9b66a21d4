package classify

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"
)

// How long the body of a reply is waited for, once its header is there. A body
// that is not whole by then is decided by its status.
const (
	patienceFailed  = 25 * time.Millisecond // a status of 400 or above, which says enough
	patienceSuccess = time.Second           // a status that the body may belie
)

// peek returns the start of a response's body, and leaves the response with the
// whole body to be read. It is told if that start is all there is; there is none
// if the body is not there in time, and an error if it breaks off or the context
// ends.
func peek(ctx context.Context, resp *http.Response) (start []byte, told bool, err error) {
	if resp.Body == nil || resp.Body == http.NoBody {
		return nil, true, nil
	}
	patience := patienceSuccess
	if resp.StatusCode >= 400 {
		patience = patienceFailed
	}
	body := &peekedBody{body: resp.Body, stopped: make(chan struct{})}
	body.ahead = body.short[:0]
	if n := resp.ContentLength; n >= int64(len(body.short)) && n <= MaxBody {
		body.ahead = make([]byte, 0, n+1) // and one to meet the end
	}
	resp.Body = body
	go body.readAhead()
	body.await(ctx, patience)
	start, told, err = body.start(ctx)
	if isEncoded(resp.Header) {
		return nil, false, err
	}
	return start, told, err
}

// peekedBody is a body whose start is read ahead by a goroutine, so that nobody
// waits for it too long. The goroutine ends with the body, with MaxBody, when the
// body is closed, or with the Read during which the patience ended.
type peekedBody struct {
	body    io.ReadCloser
	stopped chan struct{} // closed when no more is read ahead
	panics  any           // what reading ahead panicked with

	mu     sync.Mutex
	ahead  []byte // read ahead; only grows
	next   int    // the part of it that the caller has read
	err    error  // how the body ended; nil if it goes on
	enough bool   // read no more ahead
	closed bool

	short [1 << 10]byte // room for most
}

func (b *peekedBody) readAhead() {
	defer close(b.stopped)
	defer func() { b.panics = recover() }()
	for {
		n, err := b.body.Read(b.ahead[len(b.ahead):min(cap(b.ahead), MaxBody+1)])
		if b.took(n, err) {
			return
		}
	}
}

// took counts what was read, and reports whether that is enough.
func (b *peekedBody) took(n int, err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ahead = b.ahead[:len(b.ahead)+n]
	b.err = err
	if err != nil || b.enough || len(b.ahead) > MaxBody {
		return true
	}
	if len(b.ahead) == cap(b.ahead) {
		b.ahead = slices.Grow(b.ahead, len(b.ahead))
	}
	return false
}

// await waits until no more is read ahead, at most for the patience.
func (b *peekedBody) await(ctx context.Context, patience time.Duration) {
	runtime.Gosched() // mostly all is there, and a turn of the reader saves the timer
	select {
	case <-b.stopped:
		b.rethrow()
		return
	default:
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-b.stopped:
		b.rethrow()
	case <-ctx.Done():
	case <-timer.C:
	}
}

// rethrow panics where reading ahead did, in the goroutine of the caller.
func (b *peekedBody) rethrow() {
	if b.panics != nil {
		b.Close()
		panic(b.panics)
	}
}

func (b *peekedBody) start(ctx context.Context) (start []byte, told bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.enough = true
	switch {
	case len(b.ahead) > MaxBody:
		return b.ahead[:MaxBody], false, nil
	case b.err == io.EOF:
		return b.ahead, true, nil
	case b.err != nil:
		return nil, false, b.err
	}
	return nil, false, ctx.Err()
}

// Read reads what was read ahead, and then the rest.
func (b *peekedBody) Read(p []byte) (int, error) {
	if n, err := b.readTaken(p); n > 0 || err != nil || len(p) == 0 {
		return n, err
	}
	<-b.stopped
	b.rethrow()
	if n, err := b.readTaken(p); n > 0 || err != nil {
		return n, err
	}
	if b.err != nil {
		return 0, b.err
	}
	return b.body.Read(p)
}

func (b *peekedBody) readTaken(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, http.ErrBodyReadAfterClose
	}
	n := copy(p, b.ahead[b.next:])
	b.next += n
	return n, nil
}

// Close closes the body. It does not wait for a Read that is under way, as the
// bodies do that net/http decompresses.
func (b *peekedBody) Close() error {
	b.mu.Lock()
	closed := b.closed
	b.closed, b.enough = true, true
	b.mu.Unlock()
	if closed {
		return nil
	}
	select {
	case <-b.stopped:
		return b.body.Close()
	default:
		go b.body.Close()
		return nil
	}
}

// ownedBody lets go of what a response holds when its body is closed: before
// that, so that a Read under way ends.
type ownedBody struct {
	io.ReadCloser
	release func()
}

func (b *ownedBody) Close() error {
	b.release()
	return b.ReadCloser.Close()
}

// ownedStream is the body of a response that switched protocols, to which can be
// written.
type ownedStream struct {
	ownedBody
	io.Writer
}

func owned(body io.ReadCloser, release func()) io.ReadCloser {
	if stream, ok := body.(io.ReadWriteCloser); ok {
		return &ownedStream{ownedBody{body, release}, stream}
	}
	return &ownedBody{body, release}
}
