package cli

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// defaultAddress is where serve listens unless told otherwise: on this computer
// only.
const defaultAddress = "127.0.0.1:8080"

// How long the server waits for a request's header, for the next request on a
// connection, and at the end for answers under way.
const (
	headerTimeout   = 5 * time.Second
	idleTimeout     = time.Minute
	shutdownTimeout = 3 * time.Second
)

func (s *session) serveCommand() *cobra.Command {
	var spec, addr string
	command := &cobra.Command{
		Use:   "serve --spec FILE [--addr HOST:PORT]",
		Short: "Show the site of a spec, and make it anew when the spec changes",
		Long: `serve shows the site of a spec to a browser on this computer and writes no
file. When the spec changes, the site is made anew and open pages load again.
While the spec has errors, the pages stay as they were and show the problems,
which are printed as well.

With port 0 a free port is taken; the address is printed once the server
listens. To let other computers see the site, name one of this computer's
addresses, or 0.0.0.0 for all of them.

Ctrl-C ends it, with exit status 0.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second signal ends the process at once
			return s.serve(ctx, spec, addr)
		},
	}
	specFlag(command, &spec, "")
	command.Flags().StringVar(&addr, "addr", defaultAddress, "listen on `host:port`")
	return command
}

// serve shows the site until the context ends.
func (s *session) serve(ctx context.Context, spec, addr string) error {
	switch spec {
	case "":
		return missingSpec()
	case stdinName:
		return usagef("standard input can't change; the spec of serve is a file")
	}
	at, err := parseAddress(addr)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", at.String())
	if err != nil {
		return internalf("listen on %s: %w; choose another place with --addr", addr, rootCause(err))
	}
	defer listener.Close()

	file := newWatcher(spec)
	p := newPreview()
	p.show(s.edition(file, nil))

	server := &http.Server{
		Handler:           p.handler(at),
		ReadHeaderTimeout: headerTimeout,
		WriteTimeout:      holdTime + headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    1 << 16,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          log.New(s.stderr, "gen: ", 0),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	s.announce(spec, at, listener.Addr())
	defer shutdown(server)
	return s.watch(ctx, file, p, failed)
}

// announce says where the site is.
func (s *session) announce(spec string, at address, listening net.Addr) {
	s.messagef("the site of %s is at %s; press Ctrl-C to end", diag.Visible(spec), at.url(listening))
	if tcp, ok := listening.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		s.messagef("other computers can see it too")
	}
}

// watch makes the site anew whenever the spec has changed, until the context ends
// or the server fails.
func (s *session) watch(ctx context.Context, file *watcher, p *preview, failed <-chan error) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return internalf("serve: %w", err)
		case <-time.After(file.pause()):
		}
		if file.changed() {
			p.show(s.edition(file, p.current()))
		}
	}
}

// shutdown lets answers under way come to their end, but not for long.
func shutdown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		server.Close()
	}
}

// rootCause strips what the caller says itself from an error of package net.
func rootCause(err error) error {
	if system, ok := errors.AsType[*os.SyscallError](err); ok {
		return system.Err
	}
	if operation, ok := errors.AsType[*net.OpError](err); ok {
		return operation.Err
	}
	return err
}
