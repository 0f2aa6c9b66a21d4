package classify

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// How long the start of a reply's body is waited for, once its header is there.
// A body that has not come by then is decided by its status.
const (
	patienceFailed  = 25 * time.Millisecond // a status of 400 or above, which says enough
	patienceSuccess = time.Second           // a status that the body may belie
)

// peek returns the start of a reply's body, and leaves the reply with the whole
// body to be read.
func peek(resp *http.Response) []byte {
	if resp.Body == nil || resp.Body == http.NoBody || resp.ContentLength == 0 || isStream(resp) {
		return nil
	}
	body := &peekedBody{body: resp.Body, stopped: make(chan struct{})}
	resp.Body = body
	go body.fill()
	patience := patienceSuccess
	if resp.StatusCode >= 400 {
		patience = patienceFailed
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-body.stopped:
	case <-timer.C:
	}
	return body.start()
}

// isStream reports whether a body may go on without an end.
func isStream(resp *http.Response) bool {
	return resp.StatusCode == http.StatusSwitchingProtocols ||
		strings.HasPrefix(header(resp.Header, "Content-Type"), "text/event-stream")
}

// peekedBody is a body whose start is read ahead, by a goroutine that ends with
// the start, with the body, or when it is closed.
type peekedBody struct {
	body    io.ReadCloser
	stopped chan struct{} // closed when fill ends

	mu    sync.Mutex
	ahead []byte // read ahead, not yet by the caller
	whole int    // how much was read ahead in all
	err   error  // how reading ahead ended; nil if the body goes on

	closing  sync.Once
	closeErr error
}

func (b *peekedBody) fill() {
	defer close(b.stopped)
	buffer := make([]byte, 4<<10)
	for {
		n, err := b.body.Read(buffer)
		b.mu.Lock()
		b.ahead = append(b.ahead, buffer[:n]...)
		b.whole += n
		b.err = err
		full := b.whole > MaxBody
		b.mu.Unlock()
		if err != nil || full {
			return
		}
	}
}

// start returns what has come so far.
func (b *peekedBody) start() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.ahead[:len(b.ahead):len(b.ahead)]
}

// Read reads what was read ahead, and then the rest. Until reading ahead has
// ended it waits for that.
func (b *peekedBody) Read(p []byte) (int, error) {
	<-b.stopped
	if len(b.ahead) > 0 {
		n := copy(p, b.ahead)
		b.ahead = b.ahead[n:]
		return n, nil
	}
	if b.err != nil {
		return 0, b.err
	}
	return b.body.Read(p)
}

func (b *peekedBody) Close() error {
	b.closing.Do(func() { b.closeErr = b.body.Close() })
	return b.closeErr
}

// ownedBody lets go of what a reply holds when its body is closed.
type ownedBody struct {
	io.ReadCloser
	release func()
}

func (b *ownedBody) Close() error {
	defer b.release()
	return b.ReadCloser.Close()
}

// stoppedBody is the body of a reply that a [Transport] gave up on.
type stoppedBody struct {
	io.ReadCloser
	why *Error
}

// ErrorOf returns why a [Transport] handed back a reply that is no success
// instead of sending the request again, and nil if the reply is a success or not
// a Transport's.
func ErrorOf(resp *http.Response) *Error {
	if body, ok := resp.Body.(*stoppedBody); ok {
		return body.why
	}
	return nil
}

// giveBack returns a reply that is given up on, or the error where there is none.
func giveBack(resp *http.Response, stop error) (*http.Response, error) {
	why, ok := errors.AsType[*Error](stop)
	if resp == nil || !ok || why.Reason == ReasonCanceled {
		closeResponse(resp)
		return nil, stop
	}
	if resp.Body != nil {
		resp.Body = &stoppedBody{resp.Body, why}
	}
	return resp, nil
}

// closeResponse closes a reply's body. A short one has been read to its end, so
// that the connection can be used again; that of a long one is closed with it.
func closeResponse(resp *http.Response) {
	if resp != nil && resp.Body != nil {
		resp.Body.Close()
	}
}

func closeBody(req *http.Request) {
	if req != nil && req.Body != nil {
		req.Body.Close()
	}
}
