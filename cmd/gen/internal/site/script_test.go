package site

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/minified"
)

// TestMinified has the scripts and the style of sites be those of their sources. The check of
// the module cmd/gen/minify compares them byte by byte.
func TestMinified(t *testing.T) {
	if stale := minified.Stale(minifiedFiles, Sources()); len(stale) > 0 {
		t.Errorf("%q are of other sources: run make generate", stale)
	}
}

// TestPrograms has all files of scripts in a program.
func TestPrograms(t *testing.T) {
	files, err := os.ReadDir("assets/script")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file.Name(), ".js")
		isIn := false
		for _, program := range programs {
			isIn = isIn || slices.Contains(program, name)
		}
		if !isIn {
			t.Errorf("%s is in no script", file.Name())
		}
	}
}
