// Command minify writes the scripts and the style that the generator puts into sites, minified
// from their sources: esbuild does it once here instead of the generator in each run, which so
// neither needs it nor waits for it. With --check it writes nothing, and fails if they are not
// what the sources make. It runs in its own folder.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/minified"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// embedded are the sources by the packages that embed them when they are minified.
var embedded = map[string]map[string]string{"lookup": lookup.Sources(), "site": site.Sources()}

func main() {
	log.SetFlags(0)
	log.SetPrefix("minify: ")
	check := flag.Bool("check", false, "compare and write nothing")
	flag.Parse()
	for pkg, sources := range embedded {
		for name, source := range sources {
			want, err := minify(name, source)
			if err != nil {
				log.Fatal(err)
			}
			path := filepath.Join("..", "internal", pkg, "minified", name)
			switch got, err := os.ReadFile(path); {
			case err == nil && bytes.Equal(got, want):
			case *check:
				log.Fatalf("%s is not what its sources make: run make generate", path)
			default:
				if err := os.WriteFile(path, want, 0o644); err != nil {
					log.Fatal(err)
				}
			}
		}
	}
}

// minify returns a script or a style for browsers of 2020 and later. Globals of a script keep
// their names.
func minify(name, source string) ([]byte, error) {
	options := api.TransformOptions{
		Sourcefile:        name,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsInline,
		Target:            api.ES2020,
	}
	if strings.HasSuffix(name, ".css") {
		options.Loader, options.Target = api.LoaderCSS, api.ESNext // as written
	}
	result := api.Transform(source, options)
	if problems := append(result.Errors, result.Warnings...); len(problems) > 0 {
		return nil, fmt.Errorf("%s: %s at %+v", name, problems[0].Text, problems[0].Location)
	}
	return append([]byte(minified.Mark(source)), result.Code...), nil
}
