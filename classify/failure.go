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

// Failure is a reason for getting no reply at all. It is an error, so that a
// [Reply] can carry it as its Err.
type Failure string

// The kinds of failure. Their texts are the keys of a catalog's transport table.
const (
	FailureTimeout    Failure = "timeout"    // no answer in time
	FailureConnection Failure = "connection" // refused, reset or closed before an answer, or the host could not be looked up
	FailureDNS        Failure = "dns"        // the host's name does not exist
	FailureTLS        Failure = "tls"        // no trusted, encrypted connection
	FailureCanceled   Failure = "canceled"   // the caller gave up
)

// Failures lists the kinds of failure.
func Failures() []Failure {
	return []Failure{FailureTimeout, FailureConnection, FailureDNS, FailureTLS, FailureCanceled}
}

// Error returns the kind's name.
func (f Failure) Error() string { return string(f) }

// ErrorType returns the kind's name, by the method that OpenTelemetry asks an error for.
func (f Failure) ErrorType() string { return string(f) }

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
	defer func() { recover() }()
	if holds[*bodyError](err) {
		return "" // whatever the body says of itself
	}
	if given, ok := errors.AsType[Failure](err); ok {
		return given
	}
	dns, isDNS := errors.AsType[*net.DNSError](err)
	switch {
	case holds[*lateTry](err):
		return FailureTimeout
	case errors.Is(err, context.Canceled):
		return FailureCanceled
	case isTLS(err):
		return FailureTLS
	case isAddress(err):
		return ""
	case isDNS && isNoHost(dns):
		return FailureDNS
	case isTimeout(err):
		return FailureTimeout
	case isDNS, isConnection(err):
		return FailureConnection
	}
	return ""
}

// isNoHost reports whether a resolver says that the name does not exist. A resolver
// that is down or misbehaves says nothing about the name.
func isNoHost(err *net.DNSError) bool {
	return err.IsNotFound || !err.IsTemporary && !err.IsTimeout && err.Err == "no such host"
}

func isTLS(err error) bool {
	// crypto/tls wraps an alert, whose type it does not export, in one of these operations.
	if network, ok := errors.AsType[*net.OpError](err); ok && (network.Op == "remote error" || network.Op == "local error") {
		return network.Err == nil || !slices.Contains(damageTexts[:], network.Err.Error())
	}
	if alert, ok := errors.AsType[tls.AlertError](err); ok {
		return !slices.Contains(damageTexts[:], alert.Error())
	}
	return errors.Is(err, http.ErrSchemeMismatch) ||
		holds[tls.RecordHeaderError](err) || holds[*tls.CertificateVerificationError](err) ||
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
	return holds[*net.OpError](err) || holds[tls.AlertError](err) || holds[streamError](err) || startsWith(err, closedTexts[:])
}

// damageTexts are the TLS alerts about a record that was damaged on its way (RFC 8446
// section 6.2): that says nothing against the peer.
var damageTexts = [...]string{"tls: bad record MAC", "tls: record overflow"}

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
	streamText, // of golang.org/x/net/http2
	"http2: Transport: cannot retry err [stream error: ",
	"http2: Transport: cannot retry err [http2: Transport received Server's graceful shutdown GOAWAY",
}

const streamText = "stream error: stream ID "

// unprocessedTexts start the errors of streams that the server proves not to have
// processed: those above the last one of a GOAWAY (RFC 9113 section 6.8).
var unprocessedTexts = [...]string{
	"http2: Transport received Server's graceful shutdown GOAWAY",
	"http2: Transport: cannot retry err [http2: Transport received Server's graceful shutdown GOAWAY",
}

// unconnectedTexts start the errors of connections that were not there yet.
var unconnectedTexts = [...]string{"net/http: TLS handshake timeout"}

// startsWith looks for a text at the start of each wrapped error: the outer ones quote
// the URL, in which anything can stand.
func startsWith(err error, texts []string) bool {
	return some(err, func(err error) bool {
		text := err.Error()
		return slices.ContainsFunc(texts, func(start string) bool { return strings.HasPrefix(text, start) })
	})
}

// refusedStream is the code of a stream that was not processed at all (RFC 9113
// section 8.7).
const refusedStream = 7

// isUnprocessed reports whether an HTTP/2 server proves that it did nothing.
func isUnprocessed(err error) bool {
	if stream, ok := errors.AsType[streamError](err); ok {
		return stream.Code == refusedStream
	}
	return startsWith(err, unprocessedTexts[:]) || some(err, func(err error) bool {
		text := err.Error()
		return strings.HasPrefix(text, streamText) && strings.Contains(text, "; REFUSED_STREAM")
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

// effectOf returns whether a call may have taken effect that came to an error, where
// the catalog says so of its kind, or the kind does. Of several errors in one, each
// failure has to prove for itself that nothing was done.
func effectOf(err error, said Effect) (effect Effect) {
	defer func() {
		if recover() != nil { // an error that panics when it is asked proves nothing
			effect = max(said, FailureOf(err).Effect())
		}
	}()
	if somePart(err, func(part error) bool {
		failure := FailureOf(part)
		return failure != "" && max(said, failure.Effect()) == EffectMaybe && !isUndone(part)
	}) {
		return EffectMaybe
	}
	return EffectNone
}

// somePart reports whether one of the errors that are joined in an error passes a
// test, or the error itself, where none are.
func somePart(err error, test func(error) bool) bool {
	for inner := err; ; {
		switch e := inner.(type) {
		case *net.OpError: // which says itself how far the call came
			return test(err)
		case interface{ Unwrap() []error }:
			return slices.ContainsFunc(e.Unwrap(), func(part error) bool { return somePart(part, test) })
		case interface{ Unwrap() error }:
			inner = e.Unwrap()
		default:
			return test(err)
		}
	}
}

// isUndone reports whether it is certain that a call took no effect: nothing of the
// request was sent, or the server proves that it did not process it.
func isUndone(err error) bool {
	if _, ok := err.(Failure); ok {
		return false // which is all that is known
	}
	if late, ok := errors.AsType[*lateTry](err); ok && late.unsent {
		return true
	}
	if holds[*net.DNSError](err) {
		return true
	}
	if network, _ := errors.AsType[*net.OpError](err); network != nil {
		return network.Op == "dial" || network.Op == "proxyconnect" || network.Op == "socks connect"
	}
	return startsWith(err, unconnectedTexts[:]) || !errors.Is(err, io.EOF) && isUnprocessed(err)
}
