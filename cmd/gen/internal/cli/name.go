package cli

import (
	"cmp"
	"path/filepath"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// Name returns how somebody called a command that was started as a path: by the path's last
// part, with "go tool" before it if it is one that the go command built and keeps in its cache.
func Name(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".exe")
	if !isPlain().MatchString(name) {
		return "" // no shell and no terminal is to read it
	}
	if keptByGo().MatchString(filepath.Base(filepath.Dir(path))) {
		return "go tool " + name
	}
	return name
}

// isPlain matches names that mean nothing else in a script.
var isPlain = pattern.Of(`^[A-Za-z0-9_][A-Za-z0-9_.-]*$`)

// keptByGo matches the directories in which the go command keeps tools.
var keptByGo = pattern.Of(`^[0-9a-f]{64}-d$`)

// called returns how the command was called.
func (s *session) called() string { return cmp.Or(s.name, "gen") }

// base returns the last word of that, for what speaks of the command: messages and the
// completion of shells.
func (s *session) base() string { return s.called()[strings.LastIndexByte(s.called(), ' ')+1:] }
