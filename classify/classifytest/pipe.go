package classifytest

import (
	"context"
	"net"
	"sync"
)

// listener is a net.Listener of connections in memory. It waits by channels
// alone, so that a testing/synctest bubble can see it wait.
type listener struct {
	name   string
	dialed chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func newListener(name string) *listener {
	return &listener{name: name, dialed: make(chan net.Conn), closed: make(chan struct{})}
}

func (l *listener) dial(ctx context.Context, network, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.dialed <- server:
		return client, nil
	case <-l.closed:
		return nil, &net.OpError{Op: "dial", Net: network, Addr: l.Addr(), Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, &net.OpError{Op: "dial", Net: network, Addr: l.Addr(), Err: ctx.Err()}
	}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case connection := <-l.dialed:
		return connection, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *listener) Addr() net.Addr { return l }

func (l *listener) Network() string { return "pipe" }

func (l *listener) String() string { return l.name }
