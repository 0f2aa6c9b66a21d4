package serve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime/debug"
)

// PanicError is the panic of a handler, as [Responder.Log] is told of it.
type PanicError struct {
	Value any
	Stack []byte // of the goroutine that panicked
}

// Error says what the panic was, with the stack.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v\n%s", e.Value, e.Stack) }

// Unwrap returns the value, if it is an error.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Handler returns a handler that calls next, and writes an error where next panics, or has
// written nothing by the time its request's context has ended. A panic after the header is
// written breaks the connection off, so that no client takes half a reply for a whole one.
// Panics with http.ErrAbortHandler go through.
func (s Responder) Handler(next http.Handler) http.Handler {
	return s.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
		next.ServeHTTP(w, r)
		return nil
	})
}

// HandlerFunc returns a handler that calls f, and writes the error that it returns, or what
// [Responder.Handler] writes. A function that has written a reply returns nil: an error
// after the header is written breaks the connection off.
func (s Responder) HandlerFunc(f func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := &writer{ResponseWriter: w}
		err := protected(f, begun, r)
		if err == nil && !begun.is && r.Context().Err() != nil {
			err = context.Cause(r.Context())
		}
		switch {
		case err == nil:
		case begun.is:
			_, listed := s.find(r, err)
			s.log(r, err, listed)
			panic(http.ErrAbortHandler)
		default:
			s.Write(w, r, err)
		}
	})
}

// Handler returns a handler that calls next, as [Responder.Handler] does.
func (a *API) Handler(next http.Handler) http.Handler { return Responder{API: a}.Handler(next) }

// HandlerFunc returns a handler that calls f, as [Responder.HandlerFunc] does.
func (a *API) HandlerFunc(f func(http.ResponseWriter, *http.Request) error) http.Handler {
	return Responder{API: a}.HandlerFunc(f)
}

// protected calls f, and returns its panic as an error.
func protected(f func(http.ResponseWriter, *http.Request) error, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			panic(v)
		default:
			failure := &PanicError{Value: v, Stack: debug.Stack()}
			if errors.Is(failure, http.ErrAbortHandler) {
				panic(http.ErrAbortHandler)
			}
			err = failure
		}
	}()
	return f(w, r)
}

// writer knows whether the reply has begun. Everything else it leaves to the ResponseWriter
// that it has, which http.ResponseController finds.
type writer struct {
	http.ResponseWriter
	is bool
}

func (w *writer) WriteHeader(status int) {
	w.is = w.is || status >= 200 || status == http.StatusSwitchingProtocols
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(body []byte) (int, error) {
	w.is = true
	return w.ResponseWriter.Write(body)
}

// ReadFrom lets the kernel copy a file, where the ResponseWriter does.
func (w *writer) ReadFrom(from io.Reader) (int64, error) {
	w.is = true
	return io.Copy(w.ResponseWriter, from)
}

// Flush is there for handlers that ask for an http.Flusher.
func (w *writer) Flush() { w.FlushError() }

// FlushError is what http.ResponseController calls.
func (w *writer) FlushError() error {
	err := http.NewResponseController(w.ResponseWriter).Flush()
	w.is = w.is || err == nil
	return err
}

// Hijack is there for handlers that ask for an http.Hijacker.
func (w *writer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	w.is = w.is || err == nil
	return conn, rw, err
}

// Unwrap is for http.ResponseController.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }
