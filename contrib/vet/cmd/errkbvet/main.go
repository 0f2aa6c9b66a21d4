// Command errkbvet is a tool for go vet -vettool: it finds mistakes in the use of error
// catalogs, which package vet describes.
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/errkb/errkb/contrib/vet"
)

func main() { unitchecker.Main(vet.Analyzer) }
