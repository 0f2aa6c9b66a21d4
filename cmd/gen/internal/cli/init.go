package cli

import (
	_ "embed"
	"fmt"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// starter is the spec that init writes.
//
//go:embed starter.yaml
var starter []byte

func (s *session) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a commented starter spec and a go:generate line",
		Long: `init writes errors.yaml, a small spec with comments, and generate.go, whose
go:generate line makes Go packages and docs from it. It overwrites nothing.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("unexpected argument %q", args[1])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return s.init(append(args, ".")[0])
		},
	}
}

func (s *session) init(dir string) error {
	created, err := output.Create(dir, map[string][]byte{
		specName:      starter,
		"generate.go": s.generateFile(dir),
	})
	if err != nil {
		return outputFailure(err)
	}
	for _, name := range created {
		fmt.Fprintln(&s.out, name)
	}
	s.messagef("next: write your errors into %s, then go generate; where go tool does not list gen yet, first go get -tool %s/cmd/gen", specName, modulePath())
	return nil
}

// modulePath is that of this module, right in a fork as well.
func modulePath() string {
	return strings.TrimSuffix(reflect.TypeFor[classify.Decision]().PkgPath(), "/classify")
}

// generateFile is a Go file with a go:generate line. It documents its package if it is the
// first file there.
func (s *session) generateFile(dir string) []byte {
	name, comment := s.existingPackage(dir), ""
	if name == "" {
		name = newPackage(dir)
		comment = "// Package " + name + " holds the error catalog in errors.yaml and what is generated from it.\n"
	}
	return fmt.Appendf(nil, `%spackage %s

//go:generate go tool gen generate --spec errors.yaml --go . --docs docs/errors
`, comment, name)
}

// existingPackage returns the name of the package in a directory, as the Go files there say it,
// or nothing.
func (s *session) existingPackage(dir string) string {
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, file := range files {
		content, err := s.readFile(file)
		if err != nil {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, content, parser.PackageClauseOnly)
		if err == nil && !strings.HasSuffix(file, "_test.go") {
			return f.Name.Name
		}
	}
	return ""
}

// newPackage returns a name for the package in a directory: what the directory's own name comes
// to.
func newPackage(dir string) string {
	place, err := filepath.Abs(dir)
	if err != nil {
		place = dir
	}
	name := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(filepath.Base(place)))
	name = strings.TrimLeft(name, "0123456789")
	if name == "" || token.IsKeyword(name) || name == "main" {
		return "errorcodes"
	}
	return name
}
