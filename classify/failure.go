package classify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
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

// FailureOf returns the kind of failure that an error from a network call is,
// and "" for any other error.
func FailureOf(err error) Failure {
	var failure Failure
	var dns *net.DNSError
	var timeout interface{ Timeout() bool }
	var network *net.OpError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &failure):
		return failure
	case errors.Is(err, context.Canceled):
		return FailureCanceled
	case isTLS(err):
		return FailureTLS
	case errors.As(err, &dns) && !dns.IsTimeout:
		return FailureDNS
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return FailureTimeout
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, net.ErrClosed), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return FailureConnection
	}
	return ""
}

func isTLS(err error) bool {
	var (
		record      tls.RecordHeaderError
		alert       tls.AlertError
		certificate *tls.CertificateVerificationError
		authority   x509.UnknownAuthorityError
		invalid     x509.CertificateInvalidError
		host        x509.HostnameError
	)
	return errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &certificate) ||
		errors.As(err, &authority) || errors.As(err, &invalid) || errors.As(err, &host)
}
