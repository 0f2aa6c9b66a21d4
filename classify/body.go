package classify

import (
	"context"
	"io"
	"maps"
	"math"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"time"
)

// How long the body of a reply is waited for, once its header is there. Of a body
// that is not whole by then counts what has come.
const (
	patienceFailed  = 25 * time.Millisecond // a status of 400 or above, which says enough
	patienceSuccess = time.Second           // a status that the body may belie, by default
	patienceWhole   = math.MaxInt64         // any, for a caller who reads the body in any case
)

// limits are how far and how long the bodies of an operation are read ahead.
type limits struct {
	look     int
	patience time.Duration           // for a status that the body may belie
	enough   func(start []byte) bool // reports whether no more of a stream is read; nil for a document
}

// limits returns those of the options, or else of the operation.
func (o *Options) limits(c *Catalog, operation Operation) limits {
	patience := o.Patience
	if patience == 0 && operation != "" {
		endpoint, _ := c.Endpoint(operation)
		patience = endpoint.Patience
	}
	if patience == 0 {
		patience = patienceSuccess
	}
	if o.whole {
		patience = patienceWhole
	}
	look := c.look(&Reply{Operation: operation, look: o.Look})
	return limits{look: int(min(look, math.MaxInt32-1)), patience: patience}
}

// peeked is a response with the start of its body.
type peeked struct {
	resp  *http.Response // with the whole body still to be read
	start []byte         // what is there in time
	told  bool           // that start is all there is
	err   error          // the body broke off, or the context ended
}

// peek looks at the start of a response's body. The response to hand on is a copy:
// net/http writes the trailers into the response that it made when a Read meets
// the end of the body, and such a Read may be under way in the background when the
// caller holds the response; and a base may answer with one response often. Where a
// caller holds it already, peek waits instead for a Read that could write trailers.
func peek(ctx context.Context, resp *http.Response, held bool, most limits) peeked {
	if resp.Body == nil || resp.Body == http.NoBody {
		return peeked{resp: resp, told: true}
	}
	patience := most.patience
	if resp.StatusCode >= 400 && patience < patienceWhole {
		patience = patienceFailed
	}
	body := &peekedBody{body: resp.Body, look: most.look, isStart: most.enough}
	switch n := resp.ContentLength; {
	case n >= 0 && n < int64(len(body.short)):
		body.ahead = body.short[:0]
	case n >= 0 && n <= int64(most.look):
		body.ahead = make([]byte, 0, n+1) // and one to meet the end
	default:
		body.ahead = make([]byte, 0, 1<<10)
	}
	body.joins = held && mayHaveTrailers(resp)
	out := resp
	if !held {
		out = body.handOver(resp)
	}
	out.Body = body
	if body.isHeld(resp.ContentLength) {
		body.readHeld(int(resp.ContentLength))
		body.rethrow()
	} else {
		go body.readAhead()
		body.await(ctx, patience)
	}
	start, told, err := body.start(ctx)
	if isEncoded(resp.Header) {
		start, told = nil, false
	}
	return peeked{out, start, told, err}
}

// mayHaveTrailers reports whether the end of a response's body can bring trailers:
// in HTTP/1.1 that of a chunked one alone (RFC 9112 section 7.1.2).
func mayHaveTrailers(resp *http.Response) bool {
	return resp.ProtoMajor != 1 || resp.ContentLength < 0
}

// peekedBody is a body whose start is read ahead: by a goroutine, so that nobody
// waits for it too long, unless it lies in memory. The goroutine ends with the body, with
// what is looked at, when the body is closed, or with the Read during which the patience
// ended.
type peekedBody struct {
	body    io.ReadCloser
	look    int               // how many bytes are looked at
	isStart func([]byte) bool // reports whether what was read of a stream is enough; nil for a document
	joins   bool              // no Read goes on in the background after the patience

	mu      sync.Mutex
	ahead   []byte        // read ahead; only grows
	next    int           // the part of it that the caller has read
	err     error         // how the body ended; nil if it goes on
	enough  bool          // read no more ahead
	closed  bool          // by the caller
	done    bool          // no more is read ahead
	stopped chan struct{} // closed when that is so; nil if nobody waits for it
	panics  any           // what reading ahead panicked with

	made *http.Response // the one that net/http made; nil if the caller holds that
	own  http.Response  // the caller's, where made is another

	short [112]byte // room for a short body
}

// handOver returns a copy of a response for the caller. Its trailers are its own.
func (b *peekedBody) handOver(resp *http.Response) *http.Response {
	b.made, b.own = resp, *resp
	b.own.Trailer = maps.Clone(resp.Trailer)
	return &b.own
}

// ended copies the trailers to the caller's response when the caller meets the
// end of the body, and returns what the caller's Read does.
func (b *peekedBody) ended(n int, err error) (int, error) {
	if err == io.EOF && b.made != nil && len(b.made.Trailer) > 0 {
		if b.own.Trailer == nil {
			b.own.Trailer = make(http.Header, len(b.made.Trailer))
		}
		maps.Copy(b.own.Trailer, b.made.Trailer)
	}
	return n, err
}

// isHeld reports whether a body lies in memory as a whole: it says by a method Len that as
// much is left of it as the response has, as the readers of bytes and strings do.
func (b *peekedBody) isHeld(length int64) bool {
	held, ok := b.body.(interface{ Len() int })
	return ok && b.isStart == nil && length >= 0 && length <= int64(b.look) && int64(held.Len()) == length
}

// readHeld reads a body that lies in memory, and no further: it takes no goroutine, as no
// Read has to be waited for.
func (b *peekedBody) readHeld(length int) {
	defer func() { b.stop(recover()) }()
	for {
		n, err := b.body.Read(b.ahead[len(b.ahead):length])
		if err == nil && len(b.ahead)+n == length {
			err = io.EOF
		}
		if b.took(n, err) || n == 0 {
			return
		}
	}
}

func (b *peekedBody) readAhead() {
	defer func() { b.stop(recover()) }()
	for {
		n, err := b.body.Read(b.ahead[len(b.ahead):min(cap(b.ahead), b.look+1)])
		if b.took(n, err) {
			return
		}
	}
}

// stop says that no more is read ahead, and what reading panicked with.
func (b *peekedBody) stop(panics any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.panics, b.done = panics, true
	if b.stopped != nil {
		close(b.stopped)
	}
}

// waits returns what to wait on until no more is read ahead, and nil if that is so.
func (b *peekedBody) waits() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done {
		return nil
	}
	if b.stopped == nil {
		b.stopped = make(chan struct{})
	}
	return b.stopped
}

// took counts what was read, and reports whether that is enough.
func (b *peekedBody) took(n int, err error) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ahead = b.ahead[:len(b.ahead)+n]
	b.err = err
	if err != nil || b.enough || len(b.ahead) > b.look || b.isStart != nil && b.isStart(b.ahead) {
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
	stopped := b.waits()
	if stopped == nil {
		b.rethrow()
		return
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-stopped:
		b.rethrow()
	case <-ctx.Done():
	case <-timer.C:
		b.join(ctx, stopped)
	}
}

// join waits for the Read under way, where it must not go on in the background.
func (b *peekedBody) join(ctx context.Context, stopped <-chan struct{}) {
	if !b.joins {
		return
	}
	b.mu.Lock()
	b.enough = true
	b.mu.Unlock()
	select {
	case <-stopped:
		b.rethrow()
	case <-ctx.Done():
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
	case len(b.ahead) > b.look:
		return b.ahead[:b.look], false, nil
	case b.err == io.EOF:
		return b.ahead, true, nil
	case b.err != nil:
		return b.ahead, false, b.err
	}
	return b.ahead, false, ctx.Err()
}

// Read reads what was read ahead, and then the rest.
func (b *peekedBody) Read(p []byte) (int, error) {
	if n, err := b.readTaken(p); n > 0 || err != nil || len(p) == 0 {
		return n, err
	}
	if stopped := b.waits(); stopped != nil {
		<-stopped
	}
	b.rethrow()
	if n, err := b.readTaken(p); n > 0 || err != nil {
		return n, err
	}
	if b.err != nil {
		return b.ended(0, b.err)
	}
	return b.ended(b.body.Read(p))
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
	closed, done := b.closed, b.done
	b.closed, b.enough = true, true
	b.mu.Unlock()
	switch {
	case closed:
		return nil
	case done:
		return b.body.Close()
	}
	go b.body.Close()
	return nil
}
