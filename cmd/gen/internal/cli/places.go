package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// yamlExtensions are how the names of specs and overlays end.
var yamlExtensions = []string{".yaml", ".yml"}

// places are where the files of a spec are.
type places struct {
	files  []string // as named, and those of the directories that are named
	beside []string // the files beside those that are named which may be overlays of them
}

// placesOf finds the files of a spec: those that are named, and in directories all whose names
// end in .yaml, in the order of their names. Hidden files, and directories in them, are none.
func placesOf(names []string) (p places, err error) {
	for _, name := range names {
		if name == "" {
			return p, errors.New("an empty name")
		}
		if info, err := os.Stat(name); name == stdinName || err != nil || !info.IsDir() {
			p.files = append(p.files, name)
			if name != stdinName {
				p.beside = append(p.beside, overlayNames(name)...)
			}
			continue
		}
		in, err := yamlIn(name)
		if err != nil {
			return p, err
		}
		p.files = append(p.files, in...)
	}
	return p, distinct(p.files)
}

// yamlIn returns the YAML files of a directory.
func yamlIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if !isYAML(entry.Name()) {
			continue
		}
		name := filepath.Join(dir, entry.Name())
		if info, err := os.Stat(name); err != nil || !info.IsDir() {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("the directory %s holds no file whose name ends in .yaml", dir)
	}
	return names, nil
}

// isYAML reports whether a file of a directory counts, by its name.
func isYAML(name string) bool {
	return slices.Contains(yamlExtensions, filepath.Ext(name)) && !strings.HasPrefix(name, ".")
}

// maxFiles is how many files a spec may have.
const maxFiles = 4096

// distinct refuses a file that is named twice, also by different names.
func distinct(names []string) error {
	if len(names) < 2 {
		return nil
	}
	if len(names) > maxFiles {
		return fmt.Errorf("%d files; a spec has at most %d", len(names), maxFiles)
	}
	infos := make([]os.FileInfo, len(names))
	for i, name := range names {
		if name != stdinName {
			infos[i], _ = os.Stat(name) // that it can't be read is told when it is
		}
		for j, other := range names[:i] {
			switch {
			case other == name:
				return fmt.Errorf("%s is named twice", name)
			case infos[i] != nil && infos[j] != nil && os.SameFile(infos[i], infos[j]):
				return fmt.Errorf("%s and %s are the same file", other, name)
			}
		}
	}
	return nil
}

// overlayNames returns the files beside a spec that may be overlays of it by their names,
// even where these say no language: then the overlay will say so.
func overlayNames(spec string) []string {
	dir := filepath.Dir(spec)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // the spec may be no file of a directory, such as a pipe
	}
	var names []string
	before := strings.TrimSuffix(filepath.Base(spec), filepath.Ext(spec)) + "."
	for _, entry := range entries {
		rest, ok := strings.CutPrefix(entry.Name(), before)
		if ok && slices.Contains(yamlExtensions, filepath.Ext(rest)) && !entry.IsDir() {
			names = append(names, filepath.Join(dir, entry.Name()))
		}
	}
	return names
}

// areOf reports whether a file is one that is named, or is in a directory that is.
func areOf(names []string, file string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return name == file || filepath.Clean(name) == filepath.Dir(file)
	})
}
