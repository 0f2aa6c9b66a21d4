package bench

import (
	"fmt"
	"go/parser"
	"maps"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the tables for users of other libraries quote: Go expressions, more than one in a cell.
var quoted = regexp.MustCompile("`([^`]+)`")

// comingImports are the packages that the table of one library takes in place of the others.
var comingImports = map[string]map[string]string{
	"the AWS SDK": {
		"retry":     "github.com/aws/aws-sdk-go-v2/aws/retry",
		"aws":       "github.com/aws/aws-sdk-go-v2/aws",
		"ratelimit": "github.com/aws/aws-sdk-go-v2/aws/ratelimit",
	},
	"retry-go":    {"retry": "github.com/avast/retry-go/v5"},
	"failsafe-go": {"timeout": "github.com/failsafe-go/failsafe-go/timeout", "budget": "github.com/failsafe-go/failsafe-go/budget"},
}

// TestComingFrom builds each line of the tables in docs/runtime.md for users of other
// libraries: what there is there, and what is named as the same here.
func TestComingFrom(t *testing.T) {
	t.Parallel()
	_, section, found := strings.Cut(read(t, filepath.Join("..", "docs", "runtime.md")), "\n## If you come from another library\n")
	if !found {
		t.Fatal("docs/runtime.md has no such section")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	tables := strings.Split(section, "\n### From ")[1:]
	if len(tables) != 5 {
		t.Errorf("%d libraries, want 5", len(tables))
	}
	files, places := make(map[string]string), make(map[string]string)
	for i, table := range tables {
		library, rows, _ := strings.Cut(table, "\n")
		var code strings.Builder
		n := 0
		for row := range strings.Lines(rows) {
			if !strings.HasPrefix(row, "| ") || strings.HasPrefix(row, "| there ") {
				continue
			}
			n++
			cells := strings.Split(strings.Trim(row, "|\n"), " | ")
			if len(cells) != 2 {
				t.Errorf("%s: not two cells: %s", library, row)
				continue
			}
			for _, cell := range cells {
				spans := quoted.FindAllStringSubmatch(cell, -1)
				if len(spans) == 0 {
					t.Errorf("%s: no code in %q", library, cell)
				}
				for _, span := range spans {
					if _, err := parser.ParseExpr(span[1]); err != nil {
						t.Errorf("%s: %q: %v", library, span[1], err)
						continue
					}
					fmt.Fprintf(&code, "\t_ = %s\n", span[1])
				}
			}
		}
		if n < 5 {
			t.Errorf("%s has %d lines", library, n)
		}
		packages := maps.Clone(imported)
		maps.Copy(packages, comingImports[library])
		text := "func _(" + given + ") {\n" + code.String() + "}\n"
		file, err := parse(text)
		if err != nil {
			t.Fatal(err)
		}
		folder := fmt.Sprintf("from%d", i+1)
		places[folder] = "the table from " + library
		files[folder] = importing(text, file, packages)
	}
	vet(t, files, func(folder string) string { return places[folder] })
}
