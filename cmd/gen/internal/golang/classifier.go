package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify"
)

// classifierFile is classifier.go: how a reply is read.
func (p *pkg) classifierFile() *jen.File {
	f := p.newFile()
	title := visible(p.api.Title)
	declarations := []*declaration{
		guard(),
		commented(fmt.Sprintf("Classify decides what a reply of %s means and what to do about it.", title)).
			above(jen.Func().Id("Classify").Params(jen.Id("reply").Add(runtime("Reply"))).Add(runtime("Decision")).
				Block(jen.Return(jen.Id("catalog").Dot("Classify").Call(jen.Id("reply"))))),
		commented(fmt.Sprintf("ClassifyResponse decides what a response of %s means, and leaves its whole body to be read.", title)).
			above(jen.Func().Id("ClassifyResponse").Params(jen.Id("resp").Op("*").Qual("net/http", "Response")).Add(runtime("Decision")).
				Block(jen.Return(jen.Id("catalog").Dot("ClassifyResponse").Call(jen.Id("resp"))))),
		commented(fmt.Sprintf("Catalog returns the error catalog of %s. It must not be changed.", title)).
			above(jen.Func().Id("Catalog").Params().Op("*").Add(runtime("Catalog")).
				Block(jen.Return(jen.Op("&").Id("catalog")))),
		p.typedCodeFunc(),
		p.formsVar(),
		p.delaysVar(),
		p.targetsVar(),
		placesVar("requestID", "requestID are the places where a reply names the request.", p.table.RequestID),
		placesVar("field", "field are the places where a reply names the part of the request that is at fault.", p.table.Field),
		placesVar("secret", "secret are the places of what is cut from all that is printed.", p.table.Secret),
	}
	for _, declaration := range declarations {
		declaration.addTo(f)
	}
	return f
}

// guard is a constant that only a runtime of the same layout has: with any other, the package
// must not compile.
func guard() *declaration {
	return commented("The tables of this package need a classify with the same layout.").
		above(jen.Const().Id("_").Op("=").Add(layout("Layout10")))
}

// typedCodeFunc lets the runtime answer with this package's own codes:
//
//	func typedCode(number uint16) error { return Code(number) }
func (p *pkg) typedCodeFunc() *declaration {
	if !p.codes().any() {
		return nil
	}
	return commented("typedCode returns the Code of a row, so that errors.Is finds it.").
		above(jen.Func().Id("typedCode").Params(jen.Id("number").Uint16()).Error().
			Block(jen.Return(jen.Id("Code").Call(jen.Id("number")))))
}

// formsVar is how replies are read, or nil for an API known by status alone:
//
//	var forms = []classify.Form{
//		{
//			Syntax: classify.Text,
//			Code:   []classify.Path{{""}},
//		},
//	}
func (p *pkg) formsVar() *declaration {
	if len(p.table.Forms) == 0 {
		return nil
	}
	return commented("forms are the ways in which a reply is written, in the order in which they are tried.").
		above(jen.Var().Id("forms").Op("=").Index().Add(runtime("Form"), lines(each(p.table.Forms, p.form)...)))
}

func (p *pkg) form(form classify.Form) jen.Code {
	var f fields
	f.add("Syntax", runtime(syntaxes[form.Syntax]))
	if form.In != classify.InBody {
		f.add("In", runtime(wrappings[form.In]))
	}
	f.path("Inside", form.Inside)
	if len(form.OK) > 0 {
		f.add("OK", jen.Index().Add(runtime("Test"), lines(each(form.OK, p.test)...)))
	}
	if len(form.Fail) > 0 {
		f.add("Fail", jen.Index().Add(runtime("Test"), lines(each(form.Fail, p.test)...)))
	}
	f.list("Code", runtime("Path"), each(form.Code, place))
	f.list("Message", runtime("Path"), each(form.Message, place))
	f.text("After", form.After)
	f.text("Before", form.Before)
	f.list("None", jen.String(), texts(form.None))
	return lines(f...)
}

// place is a path whose type is left out.
func place(path classify.Path) jen.Code { return jen.Values(texts(path)...) }

// path adds a path, if there is one.
func (f *fields) path(name string, path classify.Path) {
	if len(path) > 0 {
		f.add(name, runtime("Path").Add(place(path)))
	}
}

func (p *pkg) test(t classify.Test) jen.Code {
	var f fields
	f.add("Kind", runtime(tests[t.Kind]))
	f.path("At", t.At)
	f.text("Header", t.Header)
	f.list("Values", runtime("Scalar"), each(t.Values, scalar))
	f.list("Prefix", jen.String(), texts(t.Prefix))
	f.text("Text", t.Text)
	f.list("Status", jen.Int(), each(t.Status, func(s int) jen.Code { return jen.Lit(s) }))
	f.list("Operations", runtime("Operation"), each(t.Operations, p.operation))
	f.list("Tests", runtime("Test"), each(t.Tests, p.test))
	return f.row()
}

func scalar(s classify.Scalar) jen.Code {
	var f fields
	f.add("Type", runtime(scalars[s.Type]))
	f.add("Text", jen.Lit(s.Text))
	return f.row()
}

// delaysVar is where the server says how long to wait, or nil for nowhere.
func (p *pkg) delaysVar() *declaration {
	if len(p.table.Delays) == 0 {
		return nil
	}
	return commented("delays are the places where the server may say how long to wait.").
		above(jen.Var().Id("delays").Op("=").Index().Add(runtime("Delay"), lines(each(p.table.Delays, delay)...)))
}

// targetsVar is what a JSON body is looked through for, or nil for nothing:
//
//	var targets = []classify.Target{
//		{Path: classify.Path{"error"}, Brief: []uint64{0x726f72726505}},
//	}
func (p *pkg) targetsVar() *declaration {
	if len(p.table.Plan.Targets) == 0 {
		return nil
	}
	return commented("targets are the places that a JSON body is looked through for, each of their names also in a word.").
		above(jen.Var().Id("targets").Op("=").Index().Add(runtime("Target"), lines(each(p.table.Plan.Targets, target)...)))
}

func target(t classify.Target) jen.Code {
	var f fields
	f.path("Path", t.Path)
	f.list("Brief", jen.Uint64(), each(t.Brief, func(n uint64) jen.Code { return number(n) }))
	return f.row()
}

// number is a word as a number to the base of 16, in which its bytes can be told.
func number(n uint64) *jen.Statement { return jen.Op(fmt.Sprintf("%#x", n)) }

func delay(d classify.Delay) jen.Code {
	var f fields
	f.text("Header", d.Header)
	f.path("At", d.At)
	f.text("Code", d.Code)
	f.duration("Unit", d.Unit)
	if d.As != classify.AsDelay {
		f.add("As", runtime(delayForms[d.As]))
	}
	f.flag("Decimal", d.Decimal)
	return f.row()
}

// placesVar is a list of places in a reply, or nil for none.
func placesVar(name, comment string, places []classify.Place) *declaration {
	if len(places) == 0 {
		return nil
	}
	return commented(comment).above(jen.Var().Id(name).Op("=").Index().Add(runtime("Place"), lines(each(places, replyPlace)...)))
}

func replyPlace(p classify.Place) jen.Code {
	var f fields
	f.text("Header", p.Header)
	f.path("JSON", p.JSON)
	f.path("XML", p.XML)
	return f.row()
}
