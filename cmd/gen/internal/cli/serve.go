package cli

import (
	"context"
	"errors"
	"log"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/preview"
)

func (s *session) serveCommand() *cobra.Command {
	var spec []string
	var addr string
	command := &cobra.Command{
		Use:   "serve [--spec FILE] [--addr HOST:PORT]",
		Short: "Show the site of a spec, and rebuild it when the spec changes",
		Long: `serve shows the site of a spec in a browser on this computer and writes no
files. When a file of the spec or an overlay changes, comes or goes, the site is
rebuilt and open pages reload.
While the spec has errors, the pages don't change and show the problems, which are
printed as well. A notices.json beside the spec is shown as that of the site. The catalog that is part of the command never changes.

Port 0 picks a free port; the address is printed once the server listens. To let
other computers see the site, name one of this computer's addresses, or 0.0.0.0
for all of them.

Press Ctrl-C to stop it; the exit status is then 0.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second signal ends the process at once
			s.collectAsUsual()           // it runs for hours
			return s.serve(ctx, spec, addr)
		},
	}
	s.specFlag(command, &spec, byDefault)
	command.Flags().StringVar(&addr, "addr", preview.DefaultAddress, "listen on `host:port`")
	return command
}

// serve shows the site until the context ends.
func (s *session) serve(ctx context.Context, spec []string, addr string) error {
	for _, name := range spec {
		if name == stdinName {
			return usagef("standard input can't change; the spec of serve is a file")
		}
		if info, err := os.Stat(name); err == nil && isHanded(name, info) {
			return usagef("a pipe can't change; the spec of serve is a file")
		}
	}
	var shown source
	err, ok := inTime(ctx, func() (err error) { shown, err = s.read(spec); return err })
	if !ok {
		return nil
	}
	if overlay, ok := errors.AsType[*overlayError](err); ok {
		return overlay
	}
	at, err := preview.ParseAddress(addr)
	if err != nil {
		return usagef("%w", err)
	}
	listener, err := net.Listen("tcp", at.String())
	if err != nil {
		return internalf("listen on %s: %w; choose another place with --addr", addr, rootCause(err))
	}
	defer listener.Close()

	files, ok := inTime(ctx, func() *preview.Watcher {
		return preview.NewWatcher(func() ([]string, error) { return watched(spec) }, s.readFile)
	})
	if !ok {
		return nil
	}
	if isNone(spec) {
		var now preview.Reading
		for _, file := range slices.Concat(shown.files, shown.overlays) {
			now.Files = append(now.Files, preview.File{Name: file.Name, Content: file.Content})
		}
		spec, files = []string{shown.name}, preview.Still(now)
	}
	edition := s.edition(ctx, spec, files.Now, nil)
	if edition == nil {
		return nil // ended before there was anything to show
	}
	server := preview.NewServer(at, edition)
	server.ErrorLog = log.New(messages{s}, "", 0)

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, listener); cancel() }()
	s.announce(called(spec), at, listener.Addr())
	for {
		if changed, ok := inTime(ctx, func() bool { return files.Next(ctx) }); !ok || !changed {
			break // without waiting for a disk that does not answer
		}
		next := s.edition(ctx, spec, files.Now, edition)
		if next == nil {
			break
		}
		edition = next
		server.Show(edition)
	}
	if err := <-served; err != nil {
		return internalf("serve: %w", err)
	}
	return nil
}

// watched returns the files that a spec is read from: its own, those that may be overlays of
// it, and the notices.
func watched(spec []string) ([]string, error) {
	if isNone(spec) {
		return nil, nil
	}
	places, err := placesOf(spec)
	if err != nil {
		return nil, err
	}
	all := places.files
	for _, name := range append(places.beside, noticesBeside(places.files)...) {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all, nil
}

// noticesBeside returns the file of notices that stands beside a file of a spec, if there is one.
func noticesBeside(files []string) []string {
	for _, file := range files {
		name := filepath.Join(filepath.Dir(file), noticesName)
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			return []string{name}
		}
	}
	return nil
}

// announce says where the site is.
func (s *session) announce(spec string, at preview.Address, listening net.Addr) {
	s.messagef("the site of %s is at %s; press Ctrl-C to end", spec, at.URL(listening))
	if tcp, ok := listening.(*net.TCPAddr); ok && !tcp.IP.IsLoopback() {
		s.messagef("other computers can see it too")
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
