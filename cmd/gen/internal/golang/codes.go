package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// codesFile is codes.go: the typed codes and statuses and the other constants.
func (p *pkg) codesFile() *jen.File {
	f := p.newFile()
	for _, line := range p.packageComment() {
		f.PackageComment(line)
	}
	for _, e := range []enum{p.codes(), p.statuses()} {
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
	c.line(fmt.Sprintf("Package %s is the error catalog of %s: what each status and error code means, what to do about it and how long to wait.",
		p.api.Name, p.api.Title))
	if p.api.Summary != "" {
		c.paragraph()
		c.sentence("The API: " + p.api.Summary)
	}
	if source := source(p.api); source != "" {
		c.paragraph()
		c.sentence(source)
	}
	return c
}

// source says what an API's entries were taken from, and when.
func source(api *model.API) string {
	text := "Source: " + api.Source.Title
	switch {
	case api.Source == model.Link{}:
		return ""
	case api.Source.Title == "":
		text = "Source: " + api.Source.URL
	case api.Source.URL != "":
		text += ", " + api.Source.URL
	}
	if api.Verified != "" {
		text += ", as of " + api.Verified
	}
	return text
}

// categoryConsts are the catalog's categories, the same in each of its packages:
//
//	const (
//		// CategoryTransient: Wait and retry automatically. Whose move: The program itself.
//		CategoryTransient classify.Category = "transient"
//	)
func (p *pkg) categoryConsts() *declaration {
	return commented("The categories of the catalog.").
		above(jen.Const().DefsFunc(func(g *jen.Group) {
			for _, category := range p.catalog.Categories {
				var c comment
				c.sentence(describeCategory(category))
				c.add(g)
				g.Id(category.Go).Add(runtime("Category")).Op("=").Lit(category.Name)
			}
		}))
}

func describeCategory(c *model.Category) string {
	summary := c.Summary
	if summary == "" {
		summary = say.ActionTitle(c.Action)
	}
	text := c.Go + ": " + sentence(summary)
	if c.Who != "" {
		text += " Whose move: " + say.WhoTitle(c.Who)
	}
	return text
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
				c.sentence(describeOperation(operation))
				c.add(g)
				g.Id(operation.Go).Add(runtime("Operation")).Op("=").Lit(operation.Name)
			}
		}))
}

func describeOperation(o *model.Operation) string {
	text := o.Go + ": " + o.Title
	switch {
	case o.Method != "" && o.Path != "":
		return text + " (" + o.Method + " " + o.Path + ")"
	case o.Method != "" || o.Path != "":
		return text + " (" + o.Method + o.Path + ")"
	}
	return text
}
