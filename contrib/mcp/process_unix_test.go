//go:build unix

package errkbmcp_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// started waits for a command that sleeps, and returns its process.
func started(t *testing.T, file string) *os.Process {
	t.Helper()
	for {
		if text, _ := os.ReadFile(file); len(text) > 0 {
			pid, err := strconv.Atoi(string(text))
			if err != nil {
				t.Fatal(err)
			}
			process, err := os.FindProcess(pid)
			if err != nil {
				t.Fatal(err)
			}
			return process
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// ends fails if a process goes on.
func ends(t *testing.T, process *os.Process) {
	t.Helper()
	for range 500 {
		if process.Signal(syscall.Signal(0)) != nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the command still runs")
	if err := process.Kill(); err != nil {
		t.Error(err)
	}
}

// TestCancel wants the command's process to end with the question.
func TestCancel(t *testing.T) {
	for tool, args := range map[string]map[string]any{"explain": {"text": "x"}, "list": {}} {
		file := filepath.Join(t.TempDir(), "pid")
		session := connectTo(t, fakeCommand(t, "sleeps", file))
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error, 1)
		go func() {
			_, err := session.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: args})
			failed <- err
		}()
		process := started(t, file)
		cancel()
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", tool, err)
		}
		ends(t, process)
	}
}

// TestTerminated wants the command's process to end with the server.
func TestTerminated(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pid")
	server := fakeCommand(t, "sleeps", file)
	session := connectTo(t, server)
	failed := make(chan error, 1)
	go func() {
		_, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "explain", Arguments: map[string]any{"text": "x"}})
		failed <- err
	}()
	process := started(t, file)
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-failed; err == nil {
		t.Error("an answer of a server that was ended")
	}
	ends(t, process)
}
