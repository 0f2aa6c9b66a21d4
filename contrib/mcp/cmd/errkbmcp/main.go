// Command errkbmcp answers an assistant's questions about an error catalog: a server of the
// Model Context Protocol on standard input and output.
//
//	errkbmcp [--spec FILE] [--gen PATH] [--timeout DURATION] [--max-size SIZE]
//
// A client starts it; the README of its module says how.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	errkbmcp "github.com/errkb/errkb/contrib/mcp"
)

func main() { os.Exit(run(os.Args[1:])) }

// run returns the exit status: 0 when the client has gone, 2 for a wrong use, and 3 for
// everything else, as the command gen has them.
func run(args []string) int {
	var o errkbmcp.Options
	flags := flag.NewFlagSet("errkbmcp", flag.ContinueOnError)
	flags.Func("spec", "the spec, a YAML `file` or a directory of them; can be repeated (default: the catalog that is part of the command gen)", func(name string) error {
		o.Spec = append(o.Spec, name)
		return nil
	})
	flags.StringVar(&o.Gen, "gen", "", "the command gen, a `path` (default: the tool of the module here, else the one beside this program, else the one in PATH)")
	flags.DurationVar(&o.Timeout, "timeout", 30*time.Second, "how long an answer may take")
	flags.StringVar(&o.MaxSize, "max-size", "", "read specs of up to this `size`, such as 64MiB (default: what gen takes)")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(os.Stderr, "errkbmcp: unexpected argument %q\n", flags.Arg(0))
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server, err := errkbmcp.New(ctx, o)
	if err != nil {
		fmt.Fprintf(os.Stderr, "errkbmcp: %v\n", err)
		return 2
	}
	if err := server.Run(ctx, &mcp.StdioTransport{}); err != nil && ctx.Err() == nil && !errors.Is(err, io.EOF) {
		fmt.Fprintf(os.Stderr, "errkbmcp: %v\n", err)
		return 3
	}
	return 0
}
