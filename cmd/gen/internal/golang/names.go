package golang

import (
	"fmt"
	"go/token"
	"slices"
)

// declared are the exported names that a package declares besides its constants.
var declared = []string{
	"Catalog", "Classify", "ClassifyResponse",
	"Code", "CodeOf", "Codes", "ParseCode", "UnknownCode",
	"Status", "Statuses", "ParseStatus", "UnknownStatus",
}

// checkNames makes sure that the package compiles whatever the model calls its
// constants: a name that Go does not take would otherwise show up as a syntax
// error of the output.
func (p *pkg) checkNames() error {
	if !token.IsIdentifier(p.api.Name) {
		return fmt.Errorf("api %q: not a Go package name", p.api.Name)
	}
	taken := make(map[string]bool)
	for _, name := range declared {
		taken[name] = true
	}
	if p.options.SelfTest {
		for _, name := range selfTests {
			taken[name] = true
		}
	}
	for _, name := range p.constants() {
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			return fmt.Errorf("api %s: %q is not an exported Go name", p.api.Name, name)
		}
		if taken[name] {
			return fmt.Errorf("api %s: two declarations of %s", p.api.Name, name)
		}
		taken[name] = true
	}
	return nil
}

// constants lists the names of the package's constants.
func (p *pkg) constants() []string {
	var names []string
	for _, category := range p.catalog.Categories {
		names = append(names, category.Go)
	}
	for _, operation := range p.api.Operations {
		names = append(names, operation.Go)
	}
	for _, entry := range slices.Concat(p.api.Codes, p.api.Prefixes, p.api.Statuses, p.api.Classes) {
		names = append(names, entry.Go)
	}
	return names
}
