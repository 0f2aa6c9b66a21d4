package cli

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/check"
)

// revision reads a spec in a Git commit, which a name such as HEAD~1:errors.yaml is if there
// is no file of that name. The path, of a file or a directory, counts from the working
// directory, as that of a file, or else from the top of the repository, as git has it.
func (s *session) revision(name string) (src source, is bool, err error) {
	commit, file, ok := strings.Cut(name, ":")
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) || !ok || commit == "" || commit[0] == '-' || file == "" || filepath.VolumeName(name) != "" {
		return source{}, false, nil
	}
	file = path.Clean(file)
	files, isThere, err := s.committed(name, commit+":./"+file)
	if !isThere {
		if top, isThere, failed := s.committed(name, commit+":"+file); isThere {
			files, err = top, failed
		}
	}
	if err != nil {
		return source{}, true, unreadable("spec "+name, err)
	}
	if src, err = assembled([]string{name}, files, nil); err != nil {
		return source{}, true, unreadable("spec", err)
	}
	src.base, src.file = path.Base(file), ""
	return src, true, nil
}

// committed returns what git knows by a name: a file, or those of a directory. It reports
// whether there is something of the name.
func (s *session) committed(name, object string) (files []check.Source, isThere bool, err error) {
	listed, err := git("ls-tree", "-z", "--full-tree", object)
	if err != nil { // it is not a directory
		if isLink(object) {
			return nil, true, errors.New("a symbolic link is not followed in a commit")
		}
		content, err := gitFile(object, s.limit())
		return []check.Source{s.source(name, content)}, err == nil, err
	}
	files, err = s.committedIn(name, listed)
	return files, true, err
}

// committedIn returns the files of a directory that git lists.
func (s *session) committedIn(name, listed string) ([]check.Source, error) {
	var files []check.Source
	rest := s.limit()
	for entry := range strings.SplitSeq(listed, "\x00") {
		about, base, _ := strings.Cut(entry, "\t")
		if !isYAML(base) || !strings.Contains(about, " blob ") {
			continue
		}
		if strings.HasPrefix(about, symbolicLink) {
			return nil, fmt.Errorf("%s is a symbolic link, which is not followed in a commit", base)
		}
		if len(files) == maxFiles {
			return nil, fmt.Errorf("more than %d files", maxFiles)
		}
		content, err := gitFile(strings.Fields(about)[2], rest)
		if err != nil {
			return nil, err
		}
		file := s.source(strings.TrimSuffix(name, "/")+"/"+base, content)
		if !isOverlay(file) {
			rest = max(0, rest-int64(len(content)))
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, errors.New("the directory holds no file whose name ends in .yaml")
	}
	return files, nil
}

// isLink reports whether git knows a symbolic link by COMMIT:PATH.
func isLink(object string) bool {
	commit, file, _ := strings.Cut(object, ":")
	args := []string{"ls-tree", commit, "--", file}
	if !strings.HasPrefix(file, "./") {
		args = slices.Insert(args, 1, "--full-tree")
	}
	listed, err := git(args...)
	return err == nil && strings.HasPrefix(listed, symbolicLink)
}

// symbolicLink is the mode that git lists one with.
const symbolicLink = "120000 "

// git returns what a command of git prints.
func git(args ...string) (string, error) {
	var out, said bytes.Buffer
	command := exec.Command("git", args...)
	command.Stdout, command.Stderr = &out, &said
	err := command.Run()
	return out.String(), gitFailure(err, said.String())
}

// gitFailure returns why git failed, as it says itself if it does.
func gitFailure(err error, said string) error {
	if err == nil {
		return nil
	}
	if reason := strings.TrimSpace(said); reason != "" {
		return errors.New(strings.TrimPrefix(reason, "fatal: "))
	}
	return fmt.Errorf("git: %w", err)
}

// gitFile returns a file that git knows by a name, as far as a byte more than it may have.
func gitFile(name string, most int64) ([]byte, error) {
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
	content, err := readUpTo(out, most)
	if err == nil && int64(len(content)) > most {
		git.Process.Kill()
		git.Wait()
		return content, nil // too long, as whoever checks it reports
	}
	if _, ended := io.Copy(io.Discard, out); err == nil {
		err = ended
	}
	return content, cmp.Or(gitFailure(git.Wait(), said.String()), err)
}
