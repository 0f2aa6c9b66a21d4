package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
)

func main() {
	src, _ := os.ReadFile(os.Args[1])
	c, problems := check.Load("errors.yaml", src)
	for _, p := range problems {
		fmt.Println(p.Line, p.Column, p.Severity, p.Message, p.Rule)
	}
	if c == nil {
		os.Exit(1)
	}
	for name, b := range markdown.Files(c, "errors.yaml") {
		f := filepath.Join(os.Args[2], name)
		os.MkdirAll(filepath.Dir(f), 0o755)
		os.WriteFile(f, b, 0o644)
	}
}
