package output

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Create writes new files into a directory, which it makes if it is missing, and
// returns their paths. They are the user's from then on and need no mark. If any
// of them is there already it returns a [ConflictError] and writes none.
func Create(dir string, files map[string][]byte) (created []string, err error) {
	names := slices.Sorted(maps.Keys(files))
	var conflicts []Conflict
	for _, name := range names {
		at := filepath.Join(dir, name)
		if fault := nameFault(name); fault != "" {
			conflicts = append(conflicts, Conflict{at, fault})
		} else if _, err := os.Lstat(at); err == nil {
			conflicts = append(conflicts, Conflict{at, existsAlready})
		}
	}
	if len(conflicts) > 0 {
		return nil, &ConflictError{Conflicts: conflicts}
	}
	if _, err := Resolve(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make directory %s: %w", dir, cause(err))
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open directory %s: %w", dir, cause(err))
	}
	defer root.Close()
	for i, name := range names {
		if err := createFile(root, name, files[name]); err != nil {
			for _, earlier := range names[:i] {
				root.Remove(earlier)
			}
			if errors.Is(err, fs.ErrExist) {
				return nil, conflict(filepath.Join(dir, name), existsAlready)
			}
			return nil, fmt.Errorf("write %s: %w", filepath.Join(dir, name), cause(err))
		}
		created = append(created, filepath.Join(dir, name))
	}
	return created, nil
}

const existsAlready = "exists already"

// Replace writes a file that is the user's and has no mark: beside its place first, and
// then there, so that it is never half written. A link is followed.
func Replace(name string, content []byte) error {
	at, mode := name, os.FileMode(0o644)
	if real, err := filepath.EvalSymlinks(name); err == nil {
		at = real
	}
	if info, err := os.Stat(at); err == nil {
		mode = info.Mode().Perm()
	}
	root, err := os.OpenRoot(filepath.Dir(at))
	if err != nil {
		return fmt.Errorf("open directory %s: %w", filepath.Dir(name), cause(err))
	}
	defer root.Close()
	temporary, err := createTemporary(root, content)
	if err == nil {
		rename := func() error { return root.Rename(temporary, filepath.Base(at)) }
		if err = errors.Join(root.Chmod(temporary, mode), again(rename)); err != nil {
			root.Remove(temporary)
		}
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, cause(err))
	}
	return nil
}

// createFile writes a new file, whole or not at all. It leaves nothing behind if it fails,
// and does not change an existing file.
func createFile(root *os.Root, name string, content []byte) error {
	temporary, err := createTemporary(root, content)
	if err != nil {
		return err
	}
	if err := putNew(root, temporary, name); err != nil {
		return errors.Join(err, discard(root, temporary))
	}
	return nil
}

// createTemporary writes a temporary file, of which nothing is left if that fails.
func createTemporary(root *os.Root, content []byte) (name string, err error) {
	name = temporaryName()
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, discard(root, name))
	}
	return name, nil
}
