package classify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
)

// Failure is a kind of getting no reply at all. It is an error, so that a
// [Reply] can carry it as its Err.
type Failure string

// The kinds of failure. Their texts are the keys of a catalog's transport table.
const (
	FailureTimeout    Failure = "timeout"    // no answer in time
	FailureConnection Failure = "connection" // refused, reset or closed before an answer
	FailureDNS        Failure = "dns"        // the host's name has no address
	FailureTLS        Failure = "tls"        // no trusted, encrypted connection
	FailureCanceled   Failure = "canceled"   // the caller gave up
)

// Failures lists the kinds of failure.
func Failures() []Failure {
	return []Failure{FailureTimeout, FailureConnection, FailureDNS, FailureTLS, FailureCanceled}
}

// Error returns the kind's name.
func (f Failure) Error() string { return string(f) }

// Effect returns whether a request may have taken effect that failed so: what was
// sent may have been carried out where the time ran out, the connection broke or the
// caller gave up. A decision on an error also knows where nothing was sent.
func (f Failure) Effect() Effect {
	switch f {
	case FailureTimeout, FailureConnection, FailureCanceled:
		return EffectMaybe
	}
	return EffectNone
}

// FailureOf returns the kind of failure that an error from a network call is,
// and "" for any other error: for one that was made before the network was
// asked, such as a bad URL, and for one that panics when it is asked, such as a
// nil pointer.
func FailureOf(err error) (failure Failure) {
	if err == nil {
		return ""
	}
	if given, ok := err.(Failure); ok {
		return given
	}
	defer func() {
		if recover() != nil {
			failure = ""
		}
	}()
	if given, ok := errors.AsType[Failure](err); ok {
		return given
	}
	dns, isDNS := errors.AsType[*net.DNSError](err)
	switch {
	case errors.Is(err, context.Canceled):
		return FailureCanceled
	case isTLS(err):
		return FailureTLS
	case isAddress(err):
		return ""
	case isDNS && !dns.IsTimeout:
		return FailureDNS
	case isTimeout(err):
		return FailureTimeout
	case isConnection(err):
		return FailureConnection
	}
	return ""
}

func isTLS(err error) bool {
	// crypto/tls wraps an alert, whose type it does not export, in one of these operations.
	if network, ok := errors.AsType[*net.OpError](err); ok && (network.Op == "remote error" || network.Op == "local error") {
		return true
	}
	return errors.Is(err, http.ErrSchemeMismatch) ||
		holds[tls.RecordHeaderError](err) || holds[tls.AlertError](err) || holds[*tls.CertificateVerificationError](err) ||
		holds[x509.UnknownAuthorityError](err) || holds[x509.CertificateInvalidError](err) || holds[x509.HostnameError](err)
}

// isAddress reports whether the address itself is wrong, so that nothing was
// dialled.
func isAddress(err error) bool {
	return holds[*net.AddrError](err) || holds[net.InvalidAddrError](err) || holds[net.UnknownNetworkError](err)
}

func holds[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// isTimeout asks every wrapped error: the outer ones know only of a timeout that
// they wrap directly.
func isTimeout(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || some(err, func(err error) bool {
		timeout, ok := err.(interface{ Timeout() bool })
		return ok && timeout.Timeout()
	})
}

func isConnection(err error) bool {
	for _, end := range []error{io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe, net.ErrClosed} {
		if errors.Is(err, end) {
			return true
		}
	}
	for _, errno := range closedErrnos {
		if errors.Is(err, errno) {
			return true
		}
	}
	return holds[*net.OpError](err) || holds[streamError](err) || saysClosed(err)
}

// streamError has the fields of the HTTP/2 stream error of net/http, which is not
// exported but turns itself into any error that has them.
type streamError struct {
	StreamID uint32
	Code     uint32
	Cause    error
}

func (streamError) Error() string { return "stream error" }

// closedTexts start the errors by which net/http says that the connection ended
// before the answer and which have no exported type or value.
var closedTexts = [...]string{
	"http: server closed idle connection",
	"http2: server sent GOAWAY",
	"http2: Transport received GOAWAY",
	"http2: Transport received Server's graceful shutdown GOAWAY",
	"http2: client connection lost",
	"http2: connection error",
	"connection error: ",
}

// saysClosed looks for such a text in each wrapped error by itself: the outer ones
// quote the URL, in which anything can stand.
func saysClosed(err error) bool {
	return some(err, func(err error) bool {
		text := err.Error()
		return slices.ContainsFunc(closedTexts[:], func(start string) bool { return strings.HasPrefix(text, start) })
	})
}

// some reports whether an error, or one that it wraps, passes a test.
func some(err error, test func(error) bool) bool {
	if err == nil {
		return false
	}
	if test(err) {
		return true
	}
	switch err := err.(type) {
	case interface{ Unwrap() error }:
		return some(err.Unwrap(), test)
	case interface{ Unwrap() []error }:
		return slices.ContainsFunc(err.Unwrap(), func(err error) bool { return some(err, test) })
	}
	return false
}

// isUnsent reports whether a call failed before anything of the request was sent.
// The error is one that FailureOf could ask without a panic.
func isUnsent(err error) bool {
	if _, ok := err.(Failure); ok {
		return false // which is all that is known
	}
	network, ok := errors.AsType[*net.OpError](err)
	return ok && network != nil && (network.Op == "dial" || network.Op == "proxyconnect" || network.Op == "socks connect")
}
