package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify/packed"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// isSeparate reports whether the API has its codes in a separate package.
func (p *pkg) isSeparate() bool { return p.options.Separate != "" && p.codes().any() }

// codesName is the name of the package of the codes alone, and codesPath its import path.
func (p *pkg) codesName() string { return p.api.Name + "codes" }
func (p *pkg) codesPath() string {
	return p.options.Separate + "/" + p.api.Name + "/" + p.codesName()
}

// ownCodes are the codes as the package has them: another name of those of the package below
// it, if they are there.
func (p *pkg) ownCodes() enum {
	e := p.codes()
	if p.isSeparate() {
		e.from = p.codesPath()
	}
	return e
}

// separateFile is the package of the codes alone.
func (p *pkg) separateFile() *jen.File {
	f := p.newFileOf(p.codesName())
	var about comment
	about.sentence("Package " + p.codesName() + " has the error codes of " + visible(p.api.Title) + " for programs that only tell them apart. The Code of package " + p.api.Name + " is the same type; unlike that package, this one does not need net/http.")
	for _, line := range about {
		f.PackageComment(line)
	}
	e := p.codes()
	e.view = codesView
	declarations := append([]*declaration{guard()}, e.declarations()...)
	for _, declaration := range append(declarations, p.listingDecls()...) {
		declaration.addTo(f)
	}
	return f
}

// listingDecls are the codes with what they mean, and what finds them.
func (p *pkg) listingDecls() []*declaration {
	meanings := make([]string, len(p.api.Codes))
	for i, e := range p.api.Codes {
		meanings[i] = e.Meaning
	}
	texts := packed.NewTexts(meanings)
	var f fields
	var declarations []*declaration
	if p.table.Table != nil {
		f.add("Names", packedTexts("names", "nameAt"))
		f.add("Meanings", packedTexts("meanings", "meaningAt"))
		f.add("Index", p.index())
		declarations = append(p.nameDecls(),
			textConst("meanings", "meanings are what each code means.", texts.Text),
			numbersVar("meaningAt", "meaningAt is where each of the meanings starts, and where the last one ends.", texts.Starts, 16))
		if len(p.table.Table.Aliases) > 0 {
			f.add("Aliases", jen.Id("aliases"))
		}
	}
	if len(p.api.Prefixes) > 0 {
		f.add("Prefixes", jen.Id("prefixes"))
		rows := each(p.api.Prefixes, func(e *model.Entry) jen.Code {
			var f fields
			f.text("Code", e.Code)
			f.number("Number", int(e.Number))
			f.text("Meaning", e.Meaning)
			return f.row()
		})
		declarations = append(declarations, commented("prefixes stand for every unlisted code that starts so.").
			above(jen.Var().Id("prefixes").Op("=").Index().Add(layout("Prefix"), lines(rows...))))
	}
	return append([]*declaration{
		commented("codes is what the methods of Code find the codes in.").
			above(jen.Var().Id("codes").Op("=").Add(layout("Codes"), lines(f...))),
	}, declarations...)
}
