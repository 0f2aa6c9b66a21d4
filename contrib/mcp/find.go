package errkbmcp

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// toolPath is the command as a go.mod names it. Its name alone may be that of another tool.
const toolPath = "github.com/errkb/errkb/cmd/gen"

// find returns the path of the command: the one that is named or, for "", the tool of the
// module that the server is started in, the command that lies beside the server, or the
// one in PATH.
func find(ctx context.Context, name string) (string, error) {
	if name != "" {
		path, err := exec.LookPath(name)
		if err != nil {
			return "", fmt.Errorf("find the command: %w", err)
		}
		if err := isCommand(ctx, path); err != nil {
			return "", err
		}
		return path, nil
	}
	path, err := moduleTool(ctx)
	if path != "" || err != nil {
		return path, err
	}
	if own, err := os.Executable(); err == nil {
		beside := filepath.Join(filepath.Dir(own), "gen"+filepath.Ext(own))
		if isCommand(ctx, beside) == nil {
			return beside, nil
		}
	}
	if path, err := exec.LookPath("gen"); err == nil && isCommand(ctx, path) == nil {
		return path, nil
	}
	return "", fmt.Errorf("the command gen is not there: no module here has it as a tool, and it is neither beside this program nor in PATH; add it with 'go get -tool %s', or say where it is with --gen", toolPath)
}

// moduleTool returns the path of the tool that go has built for the module of this folder,
// and "" where there is none. That it can't be built is an error: any other command may be
// of another version.
func moduleTool(ctx context.Context) (string, error) {
	command := exec.CommandContext(ctx, "go", "tool", "-n", toolPath)
	var words strings.Builder
	command.Stderr = &words
	out, err := command.Output()
	switch {
	case err == nil:
		return strings.TrimSpace(string(out)), nil
	case ctx.Err() != nil:
		return "", fmt.Errorf("find the command: %w", ctx.Err())
	case errors.Is(err, exec.ErrNotFound), strings.Contains(words.String(), "no such tool"):
		return "", nil
	}
	return "", fmt.Errorf("build the command with go tool: %s", strings.TrimSpace(words.String()))
}

// isCommand returns an error for a file that is not the command, such as another program of
// the name gen.
func isCommand(ctx context.Context, path string) error {
	out, err := exec.CommandContext(ctx, path, "version").Output()
	if err != nil {
		return fmt.Errorf("run %s version: %w", path, err)
	}
	if version, ok := strings.CutPrefix(string(out), "gen "); !ok || strings.Count(version, "\n") != 1 {
		return fmt.Errorf("%s is another program than the command of errkb", path)
	}
	return nil
}
