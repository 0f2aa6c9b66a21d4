package preview

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// DefaultAddress is where a preview is unless told otherwise: on this computer
// only.
const DefaultAddress = "127.0.0.1:8080"

// Address is where a preview listens, as the user names it.
type Address struct{ host, port string }

// ParseAddress reads a host and a port, which is a number. No host is this
// computer, not all of its addresses as package net has it.
func ParseAddress(text string) (Address, error) {
	host, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return Address{}, fmt.Errorf("bad address %q; an address is a host and a port, such as %s", text, DefaultAddress)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return Address{host, port}, nil
}

// String returns the address as package net takes it.
func (a Address) String() string { return net.JoinHostPort(a.host, a.port) }

// URL returns where a browser finds what listens there; listening is what the
// address has become, as its port may be 0 for any that is free.
func (a Address) URL(listening net.Addr) string {
	host, port := a.host, a.port
	if tcp, ok := listening.(*net.TCPAddr); ok {
		port = strconv.Itoa(tcp.Port)
	}
	if a.isEverywhere() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

// isEverywhere reports whether the address stands for all of the computer's.
func (a Address) isEverywhere() bool {
	ip, err := netip.ParseAddr(a.host)
	return err == nil && ip.IsUnspecified()
}

// answersTo reports whether a request may call the server by a name, which is
// the Host of its header. A page of another site can get a browser to send
// requests here by giving a name that it owns this computer's address; those are
// known by that name.
func (a Address) answersTo(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	ip, err := netip.ParseAddr(host)
	switch {
	case host == "localhost", strings.HasSuffix(host, ".localhost"), err == nil && ip.Unmap().IsLoopback():
		return true
	case !a.isEverywhere():
		return host == strings.ToLower(a.host)
	case err == nil:
		return true
	}
	own, err := os.Hostname()
	own = strings.ToLower(own)
	return err == nil && own != "" && (host == own || host == own+".local")
}
