package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// codesFile is codes.go: the typed codes and statuses and the other constants.
func (p *pkg) codesFile() *jen.File {
	f := p.newFile()
	for _, line := range p.packageComment() {
		f.PackageComment(line)
	}
	for _, e := range []enum{p.ownCodes(), p.statuses()} {
		if !e.any() {
			continue
		}
		for _, declaration := range e.declarations() {
			declaration.addTo(f)
		}
	}
	if len(p.catalog.Categories) > 0 {
		p.categoryConsts().addTo(f)
	}
	if len(p.api.Operations) > 0 {
		p.operationConsts().addTo(f)
	}
	return f
}

// packageComment says what the package is and which guide it comes from.
func (p *pkg) packageComment() comment {
	var c comment
	for i, text := range say.CommentAPI(p.api) {
		if i == 0 {
			c.line("Package " + p.api.Name + " is the" + strings.TrimPrefix(text, "The") + ".")
			continue
		}
		c.paragraph()
		c.sentence(text)
	}
	return c
}

// categoryConsts are the catalog's categories, the same in each of its packages:
//
//	const (
//		// CategoryTransient: Wait and retry automatically. Who has to act: The program itself.
//		CategoryTransient classify.Category = "transient"
//	)
func (p *pkg) categoryConsts() *declaration {
	return commented("The categories of the catalog.").
		above(jen.Const().DefsFunc(func(g *jen.Group) {
			for _, category := range p.catalog.Categories {
				var c comment
				c.sentence(category.Go + ": " + sentences(say.CommentCategory(category)))
				c.add(g)
				g.Id(category.Go).Add(runtime("Category")).Op("=").Lit(category.Name)
			}
		}))
}

// operationConsts are the calls of the API:
//
//	const (
//		// OperationSubmit: Submit a task (POST /in.php).
//		OperationSubmit classify.Operation = "submit"
//	)
func (p *pkg) operationConsts() *declaration {
	return commented("The operations of the API.").
		above(jen.Const().DefsFunc(func(g *jen.Group) {
			for _, operation := range p.api.Operations {
				var c comment
				c.sentence(operation.Go + ": " + say.CommentOperation(operation))
				c.add(g)
				g.Id(operation.Go).Add(runtime("Operation")).Op("=").Lit(operation.Name)
			}
		}))
}
