package downstream_test

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// offline is the environment of modules that get everything from the file system.
// They share a module cache, so that each package is compiled once.
var offline = sync.OnceValues(func() ([]string, error) {
	if err := fillCache(); err != nil {
		return nil, err
	}
	cache, err := output(".", os.Environ(), "go", "env", "GOMODCACHE")
	if err != nil {
		return nil, err
	}
	proxy := filepath.Join(scratch, "proxy")
	if err := layOut(proxy); err != nil {
		return nil, err
	}
	return append(os.Environ(),
		"GOPROXY=file://"+proxy+",file://"+filepath.Join(strings.TrimSpace(cache), "cache", "download"),
		"GOMODCACHE="+filepath.Join(scratch, "mod"),
		"GOFLAGS=-modcacherw",
		"GONOSUMDB=*", "GONOSUMCHECK=1", "GOSUMDB=off", "GOWORK=off", "GOTOOLCHAIN=local",
	), nil
})

// fillCache downloads all that a module which requires this one has to load:
// building this one takes less. It works on a copy, as it changes go.sum.
func fillCache() error {
	dir := filepath.Join(scratch, "fill")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	_, err := output(dir, os.Environ(), "go", "mod", "download", "all")
	return err
}

// layOut lays this module out as a module proxy does.
func layOut(proxy string) error {
	versions := filepath.Join(proxy, filepath.FromSlash(modulePath), "@v")
	if err := os.MkdirAll(versions, 0o755); err != nil {
		return err
	}
	gomod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	for name, content := range map[string]string{
		"list":                  moduleVersion + "\n",
		moduleVersion + ".info": `{"Version":"` + moduleVersion + `"}`,
		moduleVersion + ".mod":  string(gomod),
	} {
		if err := os.WriteFile(filepath.Join(versions, name), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return zipModule(filepath.Join(versions, moduleVersion+".zip"))
}

// zipModule writes the files of this module to an archive.
func zipModule(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(file)
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			_, err := os.Stat(filepath.Join(path, "go.mod"))
			isOtherModule := err == nil && rel != "."
			if isOtherModule || rel == "build" || strings.HasPrefix(entry.Name(), ".") && rel != "." {
				return filepath.SkipDir
			}
			return nil
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		w, err := archive.Create(modulePath + "@" + moduleVersion + "/" + filepath.ToSlash(rel))
		if err != nil {
			return err
		}
		_, err = w.Write(content)
		return err
	})
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		return err
	}
	return file.Close()
}
