// Command freeze writes the shipped catalog as package frozen embeds it, so that the command
// need not parse and check its spec in each run. With --check it writes nothing, and fails if
// the file is not what the spec makes. It runs in its own folder.
package main

import (
	"bytes"
	"flag"
	"log"
	"os"
	"path/filepath"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/frozen"
	"github.com/errkb/errkb/spec"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("freeze: ")
	isCheck := flag.Bool("check", false, "compare and write nothing")
	flag.Parse()
	c, problems := check.Load("errors.yaml", spec.Errors)
	if diag.HasErrors(problems) {
		log.Fatal("spec/errors.yaml has errors; gen check shows them")
	}
	path := filepath.Join("..", "internal", "frozen", "shipped.frozen")
	want := frozen.Freeze(c)
	switch got, err := os.ReadFile(path); {
	case err == nil && bytes.Equal(got, want):
	case *isCheck:
		log.Fatalf("%s is not what the spec makes: run make generate", path)
	default:
		if err := os.WriteFile(path, want, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}
