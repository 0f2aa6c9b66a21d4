package preview

import (
	"fmt"
	"net"
	"os"
	"testing"
)

func TestAddressURL(t *testing.T) {
	for _, test := range []struct{ text, listen, url string }{
		{"127.0.0.1:0", "127.0.0.1:0", "http://127.0.0.1:4711/"},
		{"localhost:8080", "localhost:8080", "http://localhost:4711/"},
		{":8080", "127.0.0.1:8080", "http://127.0.0.1:4711/"},
		{"[::1]:8080", "[::1]:8080", "http://[::1]:4711/"},
		{"0.0.0.0:8080", "0.0.0.0:8080", "http://127.0.0.1:4711/"},
		{"[::]:8080", "[::]:8080", "http://127.0.0.1:4711/"},
	} {
		a, err := ParseAddress(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		}
		if a.String() != test.listen || a.URL(&net.TCPAddr{Port: 4711}) != test.url {
			t.Errorf("%s: listens on %s as %s, want %s as %s", test.text, a, a.URL(&net.TCPAddr{Port: 4711}), test.listen, test.url)
		}
	}
}

func TestAnswersTo(t *testing.T) {
	own, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		address string
		answers []string
		refuses []string
	}{
		{"127.0.0.1:8080",
			[]string{"127.0.0.1:8080", "localhost:8080", "LOCALHOST", "localhost.", "site.localhost:1", "127.1.2.3", "[::1]:8080", "[::1]", "[::ffff:127.0.0.1]:8080"},
			[]string{"", "evil.example:8080", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5:8080", "8.8.8.8", own, "::", "evil.example:localhost"}},
		{"Errors.intern:80", []string{"errors.intern", "errors.INTERN:80", "127.0.0.1"}, []string{"intern", "xerrors.intern", "192.168.1.5"}},
		{"192.168.1.5:80", []string{"192.168.1.5:80", "localhost"}, []string{"192.168.1.6", "evil.example"}},
		{"0.0.0.0:80", []string{"192.168.1.5:80", "[fe80::1]:80", "localhost", own, own + ".local:80"}, []string{"evil.example", "", "x" + own}},
	} {
		a, err := ParseAddress(test.address)
		if err != nil {
			t.Fatal(err)
		}
		for _, host := range test.answers {
			if !a.answersTo(host) {
				t.Errorf("%s: refuses %q", test.address, host)
			}
		}
		for _, host := range test.refuses {
			if a.answersTo(host) {
				t.Errorf("%s: answers to %q", test.address, host)
			}
		}
	}
}

func TestParseAddressErrors(t *testing.T) {
	for _, text := range []string{"", "8080", "localhost", "localhost:http", "localhost:65536", "localhost:-1", "::1:80"} {
		want := fmt.Sprintf("bad address %q; an address is a host and a port, such as 127.0.0.1:8080", text)
		if a, err := ParseAddress(text); err == nil || err.Error() != want || a != (Address{}) {
			t.Errorf("%q: %v, %v, want the error %s", text, a, err, want)
		}
	}
	if a, err := ParseAddress(DefaultAddress); err != nil || a.String() != DefaultAddress {
		t.Errorf("%s: %v, %v", DefaultAddress, a, err)
	}
}
