package classify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"syscall"
	"testing"
)

// What is wrong before the network is asked is of no kind, and so fails.
func TestFailureOfNothing(t *testing.T) {
	loop := httptest.NewServer(http.RedirectHandler("/", http.StatusFound))
	defer loop.Close()
	t.Run("redirect loop", func(t *testing.T) { checkFailure(t, getError(t, newClient(t), loop.URL), "") })
	for _, address := range []string{
		"ftp://127.0.0.1/", "127.0.0.1:80", "http:///path", "http://[::1", "http://127.0.0.1:99999/", "%zz",
		"ftp://x/http2: server sent GOAWAY/connection error: /context canceled",
	} {
		t.Run(address, func(t *testing.T) { checkFailure(t, getError(t, newClient(t), address), "") })
	}
	t.Run("malformed reply", func(t *testing.T) {
		address := rawServer(t, nil, func(conn net.Conn) {
			readRequest(conn)
			io.WriteString(conn, "ICY 200 OK\r\n\r\n")
		})
		checkFailure(t, getError(t, newClient(t), "http://"+address), "")
	})
	t.Run("errors alone", func(t *testing.T) {
		for _, err := range []error{
			errors.New("timeout"), errors.New("no such host"), os.ErrNotExist, http.ErrUseLastResponse,
			fmt.Errorf("read \"http2: server sent GOAWAY\""),
			&net.OpError{Op: "dial", Err: net.UnknownNetworkError("tcp9")},
			&net.AddrError{Err: "missing port in address", Addr: "x"},
		} {
			checkFailure(t, err, "")
		}
		if got := FailureOf(nil); got != "" {
			t.Errorf("no error is %q", got)
		}
	})
}

// brokenError panics when it is asked, as a nil pointer in an interface does.
type brokenError struct{ err error }

func (e *brokenError) Error() string { return e.err.Error() }

func (e *brokenError) Unwrap() error { return e.err }

func TestFailureOfBrokenErrors(t *testing.T) {
	for _, err := range []error{
		(*url.Error)(nil), (*net.OpError)(nil), (*net.DNSError)(nil), (*brokenError)(nil), (*tls.CertificateVerificationError)(nil),
		&url.Error{}, &net.OpError{}, &brokenError{},
	} {
		if got := FailureOf(err); got != "" && got != FailureConnection {
			t.Errorf("%T is %q", err, got)
		}
		d := taskAPI().Classify(Reply{Err: err})
		if d.Action != Fail {
			t.Errorf("%T is answered by %s", err, d.Action)
		}
	}
}

func TestFailures(t *testing.T) {
	for _, failure := range Failures() {
		if got := FailureOf(fmt.Errorf("x: %w", failure)); got != failure || failure.Error() != string(failure) {
			t.Errorf("%q is %q", failure, got)
		}
	}
}

// streamErrorOfXNet has the text of golang.org/x/net/http2, which unlike the copy in
// net/http turns itself into no other error.
type streamErrorOfXNet struct{ code string }

func (e streamErrorOfXNet) Error() string {
	return "stream error: stream ID 45; " + e.code + "; received from peer"
}

// What happened on the way says nothing against the peer, and what the peer proves not
// to have processed took no effect.
func TestFailureByWhatIsProven(t *testing.T) {
	const retry = "http2: Transport: cannot retry err [%v] after Request.Body was written; define Request.GetBody to avoid this error"
	goaway := errors.New("http2: Transport received Server's graceful shutdown GOAWAY")
	for _, test := range []struct {
		err    error
		want   Failure
		effect Effect
	}{
		{&net.OpError{Op: "local error", Err: tls.AlertError(20)}, FailureConnection, EffectMaybe}, // bad_record_mac
		{tls.AlertError(20), FailureConnection, EffectMaybe},
		{tls.AlertError(22), FailureConnection, EffectMaybe}, // record_overflow
		{tls.AlertError(42), FailureTLS, EffectNone},         // bad_certificate
		{&net.OpError{Op: "remote error", Err: tls.AlertError(48)}, FailureTLS, EffectNone},
		{streamErrorOfXNet{"INTERNAL_ERROR"}, FailureConnection, EffectMaybe},
		{streamErrorOfXNet{"REFUSED_STREAM"}, FailureConnection, EffectNone},
		{streamError{StreamID: 1, Code: 2}, FailureConnection, EffectMaybe},
		{streamError{StreamID: 1, Code: refusedStream}, FailureConnection, EffectNone},
		{goaway, FailureConnection, EffectNone},
		{fmt.Errorf(retry, goaway), FailureConnection, EffectNone},
		{fmt.Errorf(retry, streamErrorOfXNet{"INTERNAL_ERROR"}), FailureConnection, EffectMaybe},
		{errors.New("http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug=\"\""), FailureConnection, EffectMaybe},
		{&net.OpError{Op: "dial", Err: &net.DNSError{Err: "server misbehaving", IsTemporary: true}}, FailureConnection, EffectNone},
		{&net.DNSError{Err: "i/o timeout", IsTimeout: true}, FailureTimeout, EffectNone},
		{&net.OpError{Op: "read", Err: syscall.ECONNRESET}, FailureConnection, EffectMaybe},
		{&net.OpError{Op: "socks connect", Err: io.EOF}, FailureConnection, EffectNone},
		{&net.OpError{Op: "proxyconnect", Err: io.EOF}, FailureConnection, EffectNone},
		{&net.OpError{Op: "local error", Err: errors.New("tls: no")}, FailureTLS, EffectNone},
		{&net.OpError{Op: "remote error"}, FailureTLS, EffectNone},
		{&net.DNSError{Err: "unknown", IsNotFound: true}, FailureDNS, EffectNone},
		{&net.DNSError{Err: "no such host"}, FailureDNS, EffectNone},
		{&net.DNSError{Err: "no such host", IsTemporary: true}, FailureConnection, EffectNone},
		{&net.DNSError{Err: "no such host", IsTimeout: true}, FailureTimeout, EffectNone},
		{&net.OpError{Op: "dial", Err: net.InvalidAddrError("x")}, "", EffectNone},
		{lateByItsIs{}, FailureTimeout, EffectMaybe},
		{fmt.Errorf("%w: %w", goaway, io.EOF), FailureConnection, EffectMaybe},
		{eofAfter{goaway.Error()}, FailureConnection, EffectMaybe},
	} {
		checkFailure(t, test.err, test.want)
		for _, err := range []error{test.err, &url.Error{Op: "Get", URL: "http://x/?stream error: stream ID 1; REFUSED_STREAM", Err: test.err}} {
			if got := (&Catalog{}).Classify(Reply{Err: err}).Effect; got != test.effect {
				t.Errorf("%v: the effect is %s, want %s", err, got, test.effect)
			}
		}
	}
}

// eofAfter is an error with a text of its package that wraps the end of the connection.
type eofAfter struct{ text string }

func (e eofAfter) Error() string { return e.text }
func (e eofAfter) Unwrap() error { return io.EOF }

// lateByItsIs is a deadline's end by what it says to errors.Is alone.
type lateByItsIs struct{}

func (lateByItsIs) Error() string        { return "late" }
func (lateByItsIs) Is(target error) bool { return target == context.DeadlineExceeded }

type unwrapPanics struct{}

func (unwrapPanics) Error() string { return "panics" }
func (unwrapPanics) Unwrap() error { panic("asked") }

// Where the catalog says that a failure may have taken effect, an error that panics proves
// nothing else, and one of no known kind does not count.
func TestEffectThatTheCatalogSays(t *testing.T) {
	dial := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	for err, want := range map[error]Effect{unwrapPanics{}: EffectMaybe, errors.Join(dial, errStopped): EffectNone, dial: EffectNone, FailureDNS: EffectMaybe} {
		if got := effectOf(err, EffectMaybe); got != want {
			t.Errorf("%T: %s, want %s", err, got, want)
		}
	}
}

// Of several errors in one, each failure has to prove for itself that nothing was done:
// one that did not reach its host proves nothing about another that did.
func TestEffectOfSeveralErrors(t *testing.T) {
	refused := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	broken := &net.OpError{Op: "read", Err: syscall.ECONNRESET}
	noHost := &net.DNSError{Err: "no such host", IsNotFound: true}
	untrusted := x509.UnknownAuthorityError{}
	sentinel := errors.New("payment")
	for _, test := range []struct {
		parts []error
		want  Effect
	}{
		{[]error{refused, broken}, EffectMaybe},
		{[]error{noHost, broken}, EffectMaybe},
		{[]error{untrusted, broken}, EffectMaybe},
		{[]error{refused, context.DeadlineExceeded}, EffectMaybe},
		{[]error{refused, refused}, EffectNone},
		{[]error{refused, noHost, untrusted}, EffectNone},
		{[]error{sentinel, refused}, EffectNone},
		{[]error{sentinel, broken}, EffectMaybe},
	} {
		backwards := slices.Clone(test.parts)
		slices.Reverse(backwards)
		for _, err := range []error{errors.Join(test.parts...), errors.Join(backwards...), fmt.Errorf("order: %w", errors.Join(backwards...)), errors.Join(errors.Join(test.parts...), sentinel)} {
			if got := (&Catalog{}).Classify(Reply{Err: err}).Effect; got != test.want {
				t.Errorf("%q: the effect is %s, want %s", err, got, test.want)
			}
		}
	}
}
