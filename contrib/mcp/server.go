package errkbmcp

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Options say which catalog a server answers from.
type Options struct {
	Spec    []string      // the spec, YAML files or directories of them; none for the catalog that is part of the command
	MaxSize string        // how large the spec may be, as the command's --max-size takes it; empty for its default
	Gen     string        // the command gen, a path or a name in PATH; empty to look for it
	Timeout time.Duration // of one run of the command; 0 for 30 s
}

const defaultTimeout = 30 * time.Second

// instructions are what a client may tell its assistant of the server.
const instructions = `This is the error catalog of the APIs that this project uses: what each status and error code means, whether a retry helps and after which wait, and what to do. When you see an error of one of them, in a log, a test or a reply, ask explain with the whole text (classify where the API, the status and the body are known apart) instead of guessing. A code that the catalog does not list is not known: say so.`

// Server answers for one catalog.
type Server struct {
	gen     *command
	answers *mcp.Server
}

// New returns a server that answers from a catalog. It fails if the command is not there.
// A spec with errors does not stop it: each question is answered with what is wrong, until
// the spec is mended.
func New(ctx context.Context, o Options) (*Server, error) {
	if slices.Contains(o.Spec, "-") {
		return nil, errors.New("the spec can't be read from standard input, which is the client's")
	}
	gen := &command{
		find:    func(ctx context.Context) (string, error) { return find(ctx, o.Gen) },
		timeout: o.Timeout,
		ended:   make(chan struct{}),
		slots:   make(chan struct{}, max(2, runtime.GOMAXPROCS(0))),
	}
	if gen.timeout <= 0 {
		gen.timeout = defaultTimeout
	}
	for _, name := range o.Spec {
		gen.common = append(gen.common, "--spec="+name)
	}
	if o.MaxSize != "" {
		gen.common = append(gen.common, "--max-size="+o.MaxSize)
	}
	if _, err := gen.executable(ctx); err != nil {
		return nil, err
	}
	s := &Server{gen: gen}
	s.answers = mcp.NewServer(&mcp.Implementation{Name: "errkb", Title: "Error catalog", Version: version()}, &mcp.ServerOptions{
		Instructions: instructions,
		Capabilities: &mcp.ServerCapabilities{ // nothing tells of changes: each answer is of the spec at that time
			Tools:     &mcp.ToolCapabilities{},
			Resources: &mcp.ResourceCapabilities{},
		},
		CompletionHandler: s.complete,
		SetCacheable:      unshared,
	})
	s.addTools()
	s.answers.AddResourceTemplate(&mcp.ResourceTemplate{
		URITemplate: template,
		Name:        "entry",
		Title:       "Entry of the error catalog",
		Description: "All that the catalog says of a code, a status or a failure. kind is code, prefix, status, status_class, transport, unknown or unrecognised; the others are as the tool list has them.",
		MIMEType:    jsonType,
	}, s.readResource)
	s.answers.AddReceivingMiddleware(s.listResources)
	return s, nil
}

// Run answers a client until it goes or the context ends, and returns when no run of the
// command is left.
func (s *Server) Run(ctx context.Context, t mcp.Transport) error {
	defer s.gen.end()
	return s.answers.Run(ctx, t)
}

func version() string {
	if build, ok := debug.ReadBuildInfo(); ok && build.Main.Version != "" {
		return build.Main.Version
	}
	return "(devel)"
}
