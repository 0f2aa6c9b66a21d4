package cli_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
)

// broken fails every read and write.
type broken struct{ err error }

// TestExplainPipe asks about what is piped into the command, without a -.
func TestExplainPipe(t *testing.T) {
	if stdout, stderr, status := run("we get ERROR_ZERO_BALANCE\n", "explain"); status != 0 || !strings.Contains(stdout, "ERROR_ZERO_BALANCE of CaptchaAI") {
		t.Errorf("exit status %d\nstdout: %s\nstderr: %s", status, stdout, stderr)
	}
	for _, nothing := range []string{"", " \n"} {
		if stdout, stderr, status := run(nothing, "explain"); status != 2 || stdout != "" || !strings.Contains(stderr, "missing query") {
			t.Errorf("of %q: exit status %d\nstdout: %s\nstderr: %s", nothing, status, stdout, stderr)
		}
	}
}

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func (b broken) Read([]byte) (int, error) {
	if b.err == nil {
		panic("a bug")
	}
	return 0, b.err
}

func TestBrokenStreams(t *testing.T) {
	tests := []struct {
		name   string
		stdout io.Writer
		stdin  io.Reader
		args   []string
		want   int
		stderr string
	}{
		{"pipe closed", broken{io.ErrClosedPipe}, nil, []string{"list"}, 0, ""},
		{"disk full", broken{errors.New("no space left")}, nil, []string{"list"}, 3, "gen: write output: no space left"},
		{"no input", io.Discard, broken{errors.New("gone")}, []string{"classify", "--api", "captchaai"}, 2, "gen: read body: gone"},
		{"no spec", io.Discard, broken{errors.New("gone")}, []string{"check", "--spec", "-"}, 2, "gen: read standard input: gone"},
		{"bug", io.Discard, broken{}, []string{"explain", "-"}, 3, "internal error: a bug"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var messages bytes.Buffer
			status := cli.Main(test.args, test.stdin, test.stdout, &messages)
			if status != test.want || !strings.HasPrefix(messages.String(), test.stderr) || test.stderr == "" && messages.Len() > 0 {
				t.Errorf("exit status %d, %s, want %d, %s", status, messages.String(), test.want, test.stderr)
			}
		})
	}
}
