package cli

import (
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// address is where serve listens, as the user names it.
type address struct{ host, port string }

// parseAddress reads a host and a port. No host is this computer, not all of its
// addresses as package net has it.
func parseAddress(text string) (address, error) {
	host, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return address{}, usagef("bad address %q; an address is a host and a port, such as %s", text, defaultAddress)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return address{host, port}, nil
}

// String returns the address as package net takes it.
func (a address) String() string { return net.JoinHostPort(a.host, a.port) }

// url returns where a browser finds what listens there.
func (a address) url(listening net.Addr) string {
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
func (a address) isEverywhere() bool {
	ip, err := netip.ParseAddr(a.host)
	return err == nil && ip.IsUnspecified()
}

// answersTo reports whether a request may call the server by a name, which is
// the Host of its header. A page of another site can get a browser to send
// requests here by giving a name of its own this computer's address; those are
// known by that name.
func (a address) answersTo(host string) bool {
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
