package classify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"
)

// timedTry is one try of a Transport that has its own time: the context of its request,
// and the body of its response.
type timedTry struct {
	context.Context // ends with the time, and when the response has been read
	ownedBody

	deadline  time.Time   // up to the response
	responded atomic.Bool // there is no time any more

	// What the base says of the connection, where that matters.
	asked     atomic.Bool // for a connection
	connected atomic.Bool
}

// sendWithin bounds the time up to the header: the body is read in the caller's
// own time.
func (t *Transport) sendWithin(timeout time.Duration, req *http.Request, operation Operation) (*http.Response, error) {
	parent := req.Context()
	ctx, cancel := context.WithCancel(parent)
	try := &timedTry{Context: ctx, deadline: time.Now().Add(timeout)}
	if earlier, ok := parent.Deadline(); ok && earlier.Before(try.deadline) {
		try.deadline = earlier
	}
	timer := time.AfterFunc(timeout, cancel)
	inUse := false
	defer func() {
		if !inUse {
			timer.Stop()
			cancel()
		}
	}()
	timed := req.WithContext(try.seen(!t.mayRepeat(req, operation)))
	resp, err := t.base().RoundTrip(timed)
	if !timer.Stop() {
		closeResponse(resp)
		return nil, try.late(err)
	}
	try.responded.Store(true)
	if err != nil || resp == nil {
		return resp, err
	}
	if resp.Request == timed {
		resp.Request = req
	}
	if resp.Body == nil || resp.Body == http.NoBody {
		return resp, nil
	}
	resp.Body = try.own(resp.Body, cancel)
	inUse = true
	return resp, nil
}

// mayRepeat reports whether it does no harm to send a request twice.
func (t *Transport) mayRepeat(req *http.Request, operation Operation) bool {
	return t.Repeatable || t.Catalog.isRepeatable(req, operation) || operation != "" && t.Catalog.repeats(operation)
}

// seen returns the context that the base sees. If the request must not be sent twice, it
// asks the base when there is a connection: net/http says of a dial that was not done in
// time no more than that.
func (t *timedTry) seen(once bool) context.Context {
	if !once {
		return t
	}
	return httptrace.WithClientTrace(t, &httptrace.ClientTrace{
		GetConn: func(string) { t.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { t.connected.Store(true) },
	})
}

// Deadline returns when the time of the try is over.
func (t *timedTry) Deadline() (time.Time, bool) {
	if t.responded.Load() {
		return t.Context.Deadline()
	}
	return t.deadline, true
}

// Err says of the end of the time that it is a deadline's.
func (t *timedTry) Err() error {
	err := t.Context.Err()
	if err == context.Canceled && !t.responded.Load() && !time.Now().Before(t.deadline) {
		return context.DeadlineExceeded
	}
	return err
}

// late returns the error of a try whose time is over, after what the base says.
func (t *timedTry) late(err error) error {
	unsent := t.asked.Load() && !t.connected.Load() || FailureOf(err) != "" && effectOf(err, EffectMaybe) == EffectNone
	if !unsent && isOver(err) {
		return errAttemptTimeout // which is all that the base says
	}
	return &lateTry{err, unsent}
}

// isOver reports whether an error says no more than that the context has ended.
func isOver(err error) bool {
	return err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// lateTry is a try that was not done in time.
type lateTry struct {
	err    error // the base's; may be nil
	unsent bool  // there was no connection yet
}

func (e *lateTry) Error() string {
	if isOver(e.err) {
		return errAttemptTimeout.Error()
	}
	return "the attempt timed out: " + errorText(e.err)
}

// Is makes it the end of the attempt's time.
func (e *lateTry) Is(target error) bool {
	return target == context.DeadlineExceeded || target == errAttemptTimeout
}

// Unwrap returns the base's error, unless it says that the caller has cancelled, who has not.
func (e *lateTry) Unwrap() error {
	if errors.Is(e.err, context.Canceled) {
		return nil
	}
	return e.err
}

// ownedBody lets go of what a response holds when its body has ended or is closed: before
// that, so that a Read under way ends.
type ownedBody struct {
	io.ReadCloser
	release func()
}

func (b *ownedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.release()
	}
	return n, err
}

func (b *ownedBody) Close() error {
	b.release()
	return b.ReadCloser.Close()
}

// ownedStream is the body of a response that switched protocols, to which can be
// written. The end of what is read is not that of the stream.
type ownedStream struct {
	*ownedBody
	io.Writer
}

func (b *ownedStream) Read(p []byte) (int, error) { return b.ReadCloser.Read(p) }

// CloseWrite closes the connection for writing, as the body of net/http does.
func (b *ownedStream) CloseWrite() error {
	if half, ok := b.Writer.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return http.ErrNotSupported
}

// own returns the body of the try's response.
func (t *timedTry) own(body io.ReadCloser, release func()) io.ReadCloser {
	t.ownedBody = ownedBody{body, release}
	if stream, ok := body.(io.ReadWriteCloser); ok {
		return &ownedStream{&t.ownedBody, stream}
	}
	return &t.ownedBody
}
