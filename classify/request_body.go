package classify

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
)

// sentBody is the body of a request that can break off. A base returns the error of its Read
// as its own, and that could be one of a broken connection: the body remembers it.
type sentBody struct {
	io.ReadCloser
	broken atomic.Pointer[error]
}

func (b *sentBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		b.broken.CompareAndSwap(nil, &err)
	}
	return n, err
}

// watched returns a request whose body remembers how it broke off, and that body. It is nil
// where that is not needed: a body that lies in memory can be read again and writes itself.
func watched(req *http.Request) (*http.Request, *sentBody) {
	switch body := req.Body.(type) {
	case *sentBody:
		return req, nil
	case io.WriterTo:
		if req.GetBody != nil || body == http.NoBody {
			return req, nil
		}
	}
	body := &sentBody{ReadCloser: req.Body}
	out := req.WithContext(req.Context())
	out.Body = body
	return out, body
}

// answered returns what a base answers to a request with the body: of the caller's request,
// and the error as that of the body if it is.
func (b *sentBody) answered(req, sent *http.Request, resp *http.Response, err error) (*http.Response, error) {
	if resp != nil && resp.Request == sent {
		resp.Request = req
	}
	why := b.broken.Load()
	if err != nil && why != nil && (errors.Is(err, *why) || fmt.Sprint(err) == fmt.Sprint(*why)) {
		return resp, &bodyError{err}
	}
	return resp, err
}

// bodyError is why a request could not be sent: its own body broke off. It is not a failure of
// the network.
type bodyError struct{ err error }

func (e *bodyError) Error() string { return "the request's body broke off: " + errorText(e.err) }

func (e *bodyError) Unwrap() error { return e.err }
