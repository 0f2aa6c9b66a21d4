package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// selfTests are the functions that a self-check test declares at most.
var selfTests = []string{"TestEveryCode", "TestEveryStatus", "TestEveryReply"}

// selfTestFile is the self-check test: that the package does what its table says
// with the classify it is built with. It needs the standard library only. It is
// nil where there is nothing to check.
func (p *pkg) selfTestFile() *jen.File {
	candidate, ok := p.probe()
	replies := ok || len(p.api.Statuses)+len(p.api.Transport) > 0
	if !replies && !p.codes().any() && !p.statuses().any() {
		return nil
	}
	f := p.newFile()
	for _, e := range []enum{p.codes(), p.statuses()} {
		if e.any() {
			e.textTest().addTo(f)
		}
	}
	if replies {
		p.replyTest(candidate, ok).addTo(f)
	}
	if ok || len(p.api.Statuses) > 0 {
		p.checkFunc().addTo(f)
	}
	return f
}

// testFunc is a test:
//
//	func TestEveryCode(t *testing.T)
func testFunc(name, text string, body ...jen.Code) *declaration {
	return commented(name + " " + text).
		above(jen.Func().Id(name).Params(jen.Id("t").Op("*").Qual("testing", "T")).Block(body...))
}

// textTest takes every constant to its text and back:
//
//	func TestEveryCode(t *testing.T)
func (e enum) textTest() *declaration {
	value := jen.Id(e.noun)
	return testFunc("TestEvery"+e.name, "takes every "+e.noun+" to its text and back.",
		jen.For(jen.Id("row").Op(":=").Range().Id("catalog").Dot("Entries").Call()).Block(
			jen.If(
				jen.Id("kind").Op(":=").Add(rowField("Kind")),
				jen.Id("kind").Op("!=").Add(runtime(kinds[e.kinds[0]])).Op("&&").Id("kind").Op("!=").Add(runtime(kinds[e.kinds[1]])),
			).Block(jen.Continue()),
			jen.List(value, jen.Id("ok")).Op(":=").Id("Parse"+e.name).Call(rowField("Code")),
			jen.If(jen.Op("!").Id("ok").Op("||").Add(value).Op("!=").Id(e.name).Call(rowField("Number"))).Block(
				fails("Parse"+e.name+"(%q) = %v, %t, want number %d", rowField("Code"), value, jen.Id("ok"), rowField("Number")),
			),
			jen.If(
				jen.List(jen.Id("text"), jen.Err()).Op(":=").Add(value).Dot("MarshalText").Call(),
				jen.Err().Op("!=").Nil().Op("||").String().Call(jen.Id("text")).Op("!=").Add(rowField("Code")),
			).Block(
				fails("text of %v = %q, %v, want %q", value, jen.Id("text"), jen.Err(), rowField("Code")),
			),
		),
	)
}

// fails is a call of t.Errorf.
func fails(format string, operands ...jen.Code) jen.Code {
	return jen.Id("t").Dot("Errorf").Call(append([]jen.Code{jen.Lit(format)}, operands...)...)
}

// replyTest has replies classified that hold nothing but a code or a status:
//
//	func TestEveryReply(t *testing.T)
func (p *pkg) replyTest(candidate probe, codes bool) *declaration {
	var cases []jen.Code
	if codes {
		cases = append(cases, jen.Case(runtime("KindCode")).Block(candidate.classify(p)...))
	}
	if len(p.api.Statuses) > 0 {
		cases = append(cases, jen.Case(runtime("KindStatus")).Block(
			jen.If(rowField("Number").Op("<").Lit(probeStatus).Op("||").Add(rowField("Action")).Op("==").Add(runtime("OK"))).Block(
				jen.Continue().Comment("// without a body it may be no success"),
			),
			checked(jen.Id("Status").Op(":").Int().Call(rowField("Number"))),
		))
	}
	if len(p.api.Transport) > 0 {
		cases = append(cases, jen.Case(runtime("KindTransport")).Block(
			jen.Id("failure").Op(":=").Add(runtime("Failure")).Call(rowField("Code")),
			jen.If(
				jen.Id("d").Op(":=").Id("Classify").Call(runtime("Reply").Values(jen.Id("Err").Op(":").Id("failure"))),
				jen.Id("d").Dot("Entry").Op("!=").Id("row"),
			).Block(fails("%s: %s by %q", jen.Id("failure"), jen.Id("d").Dot("Action"), jen.Id("d").Dot("Why").Call())),
		))
	}
	return testFunc("TestEveryReply", "decides by its own row each reply that holds nothing but a code or a status, and each lack of one.",
		jen.For(jen.Id("row").Op(":=").Range().Id("catalog").Dot("Entries").Call()).Block(
			jen.Switch(rowField("Kind")).Block(cases...),
		))
}

// rowField is what a row says:
//
//	row.Code()
func rowField(name string) *jen.Statement { return jen.Id("row").Dot(name).Call() }

// classify has the probe's replies checked:
//
//	body := []byte(row.Code())
//	check(t, classify.Reply{Status: 400, Body: body}, row)
func (b probe) classify(p *pkg) []jen.Code {
	var body []jen.Code
	if missed, _ := p.try(b); len(missed) > 0 {
		body = append(body, jen.Switch(jen.Id("Code").Call(rowField("Number"))).Block(
			jen.Case(each(missed, func(name string) jen.Code { return jen.Id(name) })...).Block(
				jen.Continue().Comment("// not read from such a reply"),
			),
		))
	}
	text := rowField("Code")
	if b.form.Syntax == classify.JSON {
		body = append(body,
			jen.List(jen.Id("body"), jen.Err()).Op(":=").Qual("encoding/json", "Marshal").Call(b.value(text)),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Id("t").Dot("Fatal").Call(jen.Err())),
		)
	} else {
		if b.place[0] != "" {
			text = jen.Lit(b.place[0]).Op("+").Add(b.marked(text))
		} else {
			text = b.marked(text)
		}
		body = append(body, jen.Id("body").Op(":=").Index().Byte().Call(text))
	}
	return append(body, checked(jen.Id("Status").Op(":").Lit(probeStatus), jen.Id("Body").Op(":").Id("body")))
}

// checked is a call of the generated check:
//
//	check(t, classify.Reply{Status: 400, Body: body}, row)
func checked(reply ...jen.Code) jen.Code {
	return jen.Id("check").Call(jen.Id("t"), runtime("Reply").Values(reply...), jen.Id("row"))
}

// varies reports whether what a row says depends on more than the row.
func (p *pkg) varies() bool {
	return len(p.table.Overrides) > 0 || slices.ContainsFunc(p.api.Entries(), func(e *model.Entry) bool { return len(e.Variants) > 0 })
}

// checkFunc compares a decision with a row:
//
//	func check(t *testing.T, reply classify.Reply, row classify.View)
func (p *pkg) checkFunc() *declaration {
	got := func(field string) *jen.Statement { return jen.Id("d").Dot(field) }
	differs := func(said func(field string) *jen.Statement) *jen.Statement {
		return got("Action").Op("!=").Add(said("Action")).
			Op("||").Add(got("Category")).Op("!=").Add(said("Category")).
			Op("||").Add(got("Policy")).Op("!=").Add(said("Policy")).
			Op("||").Add(got("Fix")).Op("!=").Add(said("Fix"))
	}
	same := func(said func(field string) *jen.Statement) *jen.Statement {
		if !p.varies() {
			return differs(said)
		}
		return got("Variant").Op("==").Lit(0).Op("&&").Add(got("Override")).Op("==").Lit(0).Op("&&").Parens(differs(said))
	}
	override := func(field string) *jen.Statement { return jen.Id("override").Dot(field) }
	return commented("check compares what is decided about a reply with a row, in every operation that differs.").
		above(jen.Func().Id("check").Params(
			jen.Id("t").Op("*").Qual("testing", "T"),
			jen.Id("reply").Add(runtime("Reply")),
			jen.Id("row").Add(runtime("View")),
		).Block(
			jen.Id("t").Dot("Helper").Call(),
			jen.Id("d").Op(":=").Id("Classify").Call(jen.Id("reply")),
			jen.If(got("Entry").Op("!=").Id("row").Op("||").Add(same(rowField))).Block(
				fails("%s: %s by %q, want %s", rowField("Code"), got("Action"), got("Why").Call(), rowField("Action")),
			),
			jen.For(jen.List(jen.Id("_"), jen.Id("override")).Op(":=").Range().Add(rowField("ByOperation"))).Block(
				jen.Id("reply").Dot("Operation").Op("=").Id("override").Dot("Operation"),
				jen.If(jen.Id("d").Op(":=").Id("Classify").Call(jen.Id("reply")), same(override)).Block(
					fails("%s in %s: %s, want %s", rowField("Code"), override("Operation"), got("Action"), jen.Id("override").Dot("Action")),
				),
			),
		))
}
