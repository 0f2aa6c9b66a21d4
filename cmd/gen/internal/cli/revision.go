package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// revision reads a spec in a Git commit, which a name such as HEAD~1:errors.yaml is if there
// is no file of that name. The path counts from the working directory, as that of a file, or
// else from the top of the repository, as git has it.
func (s *session) revision(name string) (src source, is bool, err error) {
	commit, file, ok := strings.Cut(name, ":")
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) || !ok || commit == "" || commit[0] == '-' || file == "" || filepath.VolumeName(name) != "" {
		return source{}, false, nil
	}
	content, err := s.gitFile(commit + ":./" + strings.TrimPrefix(file, "./"))
	if err != nil {
		var top error
		if content, top = s.gitFile(commit + ":" + file); top != nil {
			return source{}, true, unreadable("spec "+name, err)
		}
	}
	return source{name: name, base: path.Base(file), content: content, maxSize: s.limit()}, true, nil
}

// gitFile returns a file that git knows by a name, as far as a byte more than a spec may have.
func (s *session) gitFile(name string) ([]byte, error) {
	var said bytes.Buffer
	git := exec.Command("git", "cat-file", "blob", name)
	git.Stderr = &said
	out, err := git.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := git.Start(); err != nil {
		return nil, err
	}
	content, err := s.readAll(out)
	if err == nil && int64(len(content)) > s.limit() {
		git.Process.Kill()
		git.Wait()
		return content, nil // too long, as whoever checks it reports
	}
	if _, ended := io.Copy(io.Discard, out); err == nil {
		err = ended
	}
	if failed := git.Wait(); failed != nil {
		if reason := strings.TrimSpace(said.String()); reason != "" {
			return nil, errors.New(strings.TrimPrefix(reason, "fatal: "))
		}
		return nil, fmt.Errorf("git: %w", failed)
	}
	return content, err
}
