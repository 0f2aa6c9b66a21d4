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

// watched returns a request whose body remembers how it broke off. A body that lies in
// memory does not, and stays: such a one can be read again and writes itself.
func watched(req *http.Request) (*http.Request, *sentBody) {
	if req.Body == nil || req.Body == http.NoBody {
		return req, nil
	}
	if _, ok := req.Body.(io.WriterTo); ok && req.GetBody != nil {
		return req, nil
	}
	body := &sentBody{ReadCloser: req.Body}
	out := req.WithContext(req.Context())
	out.Body = body
	return out, body
}

// blamed returns the error of a base as that of the body, if it is.
func (b *sentBody) blamed(err error) error {
	if why := b.broken.Load(); why != nil && (errors.Is(err, *why) || fmt.Sprint(err) == fmt.Sprint(*why)) {
		return &bodyError{err}
	}
	return err
}

// bodyError is why a request could not be sent: its own body broke off. It is not a failure of
// the network.
type bodyError struct{ err error }

func (e *bodyError) Error() string { return "the request's body broke off: " + errorText(e.err) }

func (e *bodyError) Unwrap() error { return e.err }
