package cli

import (
	_ "embed"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/modfile"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/importer"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// starter is the spec that init writes.
//
//go:embed starter.yaml
var starter []byte

func (s *session) initCommand() *cobra.Command {
	var from []string
	command := &cobra.Command{
		Use:   "init [DIR] [--from FILE]...",
		Short: "Write a commented starter spec and a go:generate line",
		Long: `init writes errors.yaml, a small spec with comments; errors.schema.json, by which
editors complete it; generate.go, whose go:generate line makes Go packages and docs
from it; and .gitattributes, which keeps what is generated out of reviews. It
overwrites nothing, and says what comes next. With --from the spec is the one that
gen import makes of a file, or of several.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("unexpected argument %q", args[1])
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return s.init(append(args, ".")[0], from)
		},
	}
	command.Flags().StringArrayVar(&from, "from", nil, "start with what gen import makes of `file`; can be repeated")
	s.maxSizeFlag(command)
	return command
}

// The files that init writes beside the spec.
const (
	generateName   = "generate.go"
	schemaName     = "errors.schema.json"
	attributesName = ".gitattributes"
)

// attributes are the lines of .gitattributes for what the go:generate line makes and no tool
// knows for generated: Go files say so themselves.
const attributes = "/docs/errors/** linguist-generated\n/" + schemaName + " linguist-generated\n"

func (s *session) init(dir string, from []string) error {
	spec, edit := starter, "write your errors into"
	var result *importer.Result
	if len(from) > 0 {
		var err error
		if result, err = s.imported(from, importing{}); err != nil {
			return err
		}
		spec, edit = result.Spec, "write what is marked "+model.ToDo+" in"
	}
	files := map[string][]byte{
		specName:     spec,
		schemaName:   format.Schema(),
		generateName: s.generateFile(dir),
	}
	_, err := os.Lstat(filepath.Join(dir, attributesName))
	hasAttributes := !errors.Is(err, fs.ErrNotExist)
	if !hasAttributes {
		files[attributesName] = []byte(attributes)
	}
	created, err := output.Create(dir, files)
	if err != nil {
		return outputFailure(err)
	}
	for _, name := range created {
		fmt.Fprintln(&s.out, name)
	}
	if hasAttributes {
		s.messagef("%s is yours; these lines keep what is generated out of reviews:", filepath.Join(dir, attributesName))
		io.WriteString(messages{s}, attributes)
	}
	if result != nil {
		s.importedAs(result, filepath.Join(dir, specName))
	}
	s.messagef("next:")
	if !hasTool(dir) {
		s.messagef("  go get -tool %s", toolPath())
	}
	s.messagef("  %s %s", edit, filepath.Join(dir, specName))
	s.messagef("  go generate %s   (the first run compiles the command)", packagePath(dir))
	return nil
}

// packagePath is a directory as the go command wants it.
func packagePath(dir string) string {
	if dir = filepath.ToSlash(filepath.Clean(dir)); filepath.IsLocal(dir) && dir != "." {
		return "./" + dir
	}
	return dir
}

// toolPath is the import path of this command, right in a fork as well. The go command takes
// its last part too, unless the module has another tool of that name.
func toolPath() string {
	return strings.TrimSuffix(reflect.TypeFor[classify.Decision]().PkgPath(), "/classify") + "/cmd/gen"
}

// hasTool reports whether the module of a directory lists this command as a tool.
func hasTool(dir string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	content, err := os.ReadFile(filepath.Join(above(dir, "go.mod"), "go.mod"))
	if err != nil {
		return false
	}
	file, err := modfile.Parse("go.mod", content, nil)
	return err == nil && slices.ContainsFunc(file.Tool, func(tool *modfile.Tool) bool { return tool.Path == toolPath() })
}

// generateFile is a Go file with a go:generate line, and the same for CI. It documents its
// package if it is the first file there.
func (s *session) generateFile(dir string) []byte {
	name, comment := s.existingPackage(dir), ""
	if name == "" {
		name = newPackage(dir)
		comment = "// Package " + name + " holds the error catalog in errors.yaml and what is generated from it.\n"
	}
	command := "go tool " + toolPath() + " generate --spec " + specName + " --go . --docs docs/errors"
	return fmt.Appendf(nil, `%spackage %s

//go:generate %s

// In CI, this line fails if what is generated is not what errors.yaml says:
//
//	%[3]s --check
`, comment, name, command)
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
