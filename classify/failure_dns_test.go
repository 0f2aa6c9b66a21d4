package classify

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// dnsServer is a name server that answers every question with one code, or not
// at all where the code is negative.
func dnsServer(t *testing.T, code int) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		buffer := make([]byte, 512)
		for {
			n, from, err := conn.ReadFrom(buffer)
			if err != nil {
				return
			}
			if code < 0 || n < 12 {
				continue
			}
			answer := append([]byte(nil), buffer[:n]...)
			answer[2], answer[3] = 0x81, 0x80|byte(code) // a reply, recursion wanted and there
			end := 12 + strings.IndexByte(string(answer[12:]), 0) + 5
			clear(answer[6:12]) // no answers, no others
			conn.WriteTo(answer[:end], from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func TestFailureOfDNS(t *testing.T) {
	resolving := func(t *testing.T, r *net.Resolver) *http.Client {
		client := newClient(t)
		client.Transport.(*http.Transport).DialContext = (&net.Dialer{Resolver: r}).DialContext
		return client
	}
	const address = "http://api.errkb.invalid./"
	t.Run("no such name", func(t *testing.T) {
		err := getError(t, resolving(t, dnsServer(t, 3)), address)
		if dns, ok := errors.AsType[*net.DNSError](err); !ok || !dns.IsNotFound {
			t.Fatalf("%v is not the error meant", err)
		}
		checkFailure(t, err, FailureDNS)
	})
	t.Run("refused by the name server", func(t *testing.T) {
		// Which says nothing about the name.
		checkFailure(t, getError(t, resolving(t, dnsServer(t, 5)), address), FailureConnection)
	})
	t.Run("no name server in time", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		checkFailure(t, getErrorWith(t, ctx, resolving(t, dnsServer(t, -1)), address), FailureTimeout)
	})
	t.Run("errors alone", func(t *testing.T) {
		dns := &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}
		checkFailure(t, dns, FailureDNS)
		checkFailure(t, &net.OpError{Op: "dial", Net: "tcp", Err: dns}, FailureDNS)
		checkFailure(t, &net.DNSError{Err: "no such host", Name: "x"}, FailureDNS)
		checkFailure(t, &net.DNSError{Err: "server misbehaving", Name: "x", IsTemporary: true}, FailureConnection)
		checkFailure(t, &net.DNSError{Err: "Temporary failure in name resolution", Name: "x", IsTemporary: true}, FailureConnection)
		checkFailure(t, &net.DNSError{Err: "i/o timeout", Name: "x", IsTimeout: true, IsTemporary: true}, FailureTimeout)
	})
}
