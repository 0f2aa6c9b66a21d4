package cli

import (
	"os"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// isTerminal reports whether a reader or writer is a terminal: a character
// device other than the one that swallows everything.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// colors reports whether a stream is to get colours (no-color.org).
func colors(stream any) bool {
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(stream)
}

// strong returns a text in bold where standard output takes colours.
func (s *session) strong(text string) string {
	text = diag.Visible(text)
	if colors(s.stdout) {
		return "\x1b[1m" + text + "\x1b[0m"
	}
	return text
}
