package cli

import (
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"

	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// importPath returns the import path of a directory, which need not exist yet. Behind a
// link, it is that of where the link leads: by another, the go command has its packages twice.
func importPath(dir string) (string, error) {
	dir, err := output.Resolve(dir)
	if err != nil {
		return "", outputFailure(err)
	}
	root := above(dir, "go.mod")
	if root == "" {
		return "", foundf("no go.mod in %s or above: where packages import each other, their import paths have to be known", dir)
	}
	file := filepath.Join(root, "go.mod")
	content, err := os.ReadFile(file)
	if err != nil {
		return "", internalf("%w", err)
	}
	module := modfile.ModulePath(content)
	if module == "" {
		return "", foundf("%s: no module path", file)
	}
	below, err := filepath.Rel(root, dir)
	if err != nil {
		return "", internalf("%w", err)
	}
	return path.Join(module, filepath.ToSlash(below)), nil
}
