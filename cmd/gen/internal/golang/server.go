package golang

import (
	"fmt"
	"reflect"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/serve"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/writing"
)

var servePath = reflect.TypeFor[serve.API]().PkgPath()

// served is a name of package serve.
func served(name string) *jen.Statement { return jen.Qual(servePath, name) }

// ServerName is the name of the package of an API's errors, and of its directory.
func ServerName(api string) string { return api + "errs" }

// ServerFiles returns the Go source of the package of each plan, in the order of the
// catalog's APIs, by its path, such as "shoperrs/errors.go".
func ServerFiles(c *model.Catalog, plans []*writing.Plan, o Options) (map[string][]byte, error) {
	files := make(map[string][]byte)
	for i, api := range c.APIs {
		p := newPkg(c, api, o)
		path := ServerName(api.Name) + "/errors.go"
		text, err := p.render(p.serverFile(plans[i]))
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", path, err)
		}
		files[path] = text
	}
	return files, nil
}

// serverFile is the package of the API's errors.
func (p *pkg) serverFile(plan *writing.Plan) *jen.File {
	f := p.newFileOf(ServerName(p.api.Name))
	f.ImportName(servePath, "serve")
	f.ImportName(p.clientPath(), p.clientName())
	about := commented("Package " + ServerName(p.api.Name) + " has the errors that the server of " + visible(p.api.Title) + " answers with: a function for each code. The clients of the catalog read each of them back as the code that it is.")
	for _, line := range about {
		f.PackageComment(line)
	}
	for _, declaration := range p.serverFuncs() {
		declaration.addTo(f)
	}
	for _, one := range serverArgs(plan) {
		p.argType(one).addTo(f)
	}
	for i, made := range plan.Made {
		p.errorFunc(i, made).addTo(f)
	}
	p.serverVar(&plan.API).addTo(f)
	if len(plan.Made) > 0 {
		rows := each(plan.Made, func(made writing.Made) jen.Code { return p.serverEntry(&made.Serve, made.Entry) })
		commented("entries are what the functions above return errors of.").
			above(jen.Var().Id("entries").Op("=").Index(jen.Op("...")).Add(served("Entry"), lines(rows...))).addTo(f)
	}
	return f
}

// serverFuncs are what every such package has:
//
//	func Write(w http.ResponseWriter, r *http.Request, err error) {
//		api.Write(w, r, err)
//	}
func (p *pkg) serverFuncs() []*declaration {
	title := visible(p.api.Title)
	handler := jen.Qual("net/http", "Handler")
	writer, request := jen.Qual("net/http", "ResponseWriter"), jen.Op("*").Qual("net/http", "Request")
	return []*declaration{
		commented("API returns how the server of " + title + " writes its errors, for a serve.Responder. It must not be changed.").
			above(jen.Func().Id("API").Params().Op("*").Add(served("API")).Block(jen.Return(jen.Op("&").Id("api")))),
		commented("Write answers a request with an error, as serve.Responder does.").
			above(jen.Func().Id("Write").Params(jen.Id("w").Add(writer), jen.Id("r").Add(request), jen.Err().Error()).
				Block(jen.Id("api").Dot("Write").Call(jen.Id("w"), jen.Id("r"), jen.Err()))),
		commented("Handler returns a handler that calls next, and answers its panics and the end of a context, as serve.Responder does.").
			above(jen.Func().Id("Handler").Params(jen.Id("next").Add(handler)).Add(handler).
				Block(jen.Return(jen.Id("api").Dot("Handler").Call(jen.Id("next"))))),
		commented("HandlerFunc returns a handler that calls f, and answers with the error that it returns, as serve.Responder does.").
			above(jen.Func().Id("HandlerFunc").Params(jen.Id("f").Func().Params(writer, request).Error()).Add(handler).
				Block(jen.Return(jen.Id("api").Dot("HandlerFunc").Call(jen.Id("f"))))),
	}
}

// errorFunc is the function of an entry:
//
//	func CardDeclined() *serve.Error {
//		return serve.New(&api, &entries[0])
//	}
func (p *pkg) errorFunc(i int, made writing.Made) *declaration {
	about := describe(made.Entry)
	call := []jen.Code{jen.Op("&").Id("api"), jen.Op("&").Id("entries").Index(jen.Lit(i))}
	var params []jen.Code
	_, args := made.Entry.Sent()
	constructor := "New"
	if isPrefix(made.Entry) {
		constructor = "NewPrefixed"
		about.paragraph()
		about.sentence("The code is what starts so with rest behind it; for a code that the catalog lists there is another function")
		params, call = append(params, jen.Id("rest").String()), append(call, jen.Id("rest"))
	}
	for _, one := range args {
		name := paramName(one.Go)
		params, call = append(params, jen.Id(name).Id(one.Go)), append(call, argText(one.Type, jen.Id(name)))
	}
	return about.above(jen.Func().Id(made.Entry.Go).Params(params...).Op("*").Add(served("Error")).
		Block(jen.Return(served(constructor).Call(call...))))
}

// serverVar is how the API's errors are written.
func (p *pkg) serverVar(api *serve.API) *declaration {
	var f fields
	f.text("Name", api.Name)
	if len(api.Forms) > 0 {
		f.add("Forms", jen.Index().Add(served("Form"), lines(each(api.Forms, func(form serve.Form) jen.Code { return serverForm(&form) })...)))
	}
	f.text("RequestID", api.RequestID)
	f.text("Field", api.Field)
	f.add("Delay", served("Delay").Add(serverDelay(api.Delay)))
	f.add("Internal", served("Entry").Add(p.serverEntry(&api.Internal, nil)))
	f.add("Unavailable", served("Entry").Add(p.serverEntry(&api.Unavailable, nil)))
	return commented("api is how the errors are written.").
		above(jen.Var().Id("api").Op("=").Add(served("API"), lines(f...)))
}

// serverEntry is a row. That of a code names the code of the client package, if that is
// known.
func (p *pkg) serverEntry(e *serve.Entry, of *model.Entry) jen.Code {
	var f fields
	f.text("Code", e.Code)
	f.flag("Bare", e.Bare)
	f.number("Status", e.Status)
	f.text("Message", e.Message)
	f.list("Args", jen.String(), texts(e.Args))
	f.text("Title", e.Title)
	f.text("URL", e.URL)
	if p.clientPath() != "" && of != nil {
		f.add("Is", jen.Qual(p.clientPath(), of.Go))
	}
	if e.Delay != (serve.Delay{}) {
		f.add("Delay", served("Delay").Add(serverDelay(e.Delay)))
	}
	f.duration("Wait", e.Wait)
	f.list("Skip", jen.Int(), each(e.Skip, func(i int) jen.Code { return jen.Lit(i) }))
	return f.row()
}

func serverDelay(d serve.Delay) jen.Code {
	var f fields
	f.text("Header", d.Header)
	f.duration("Unit", d.Unit)
	f.flag("IsTime", d.IsTime)
	return f.row()
}

// serverForm is a form.
func serverForm(form *serve.Form) jen.Code {
	var f fields
	f.text("Name", form.Name)
	f.text("MediaType", form.MediaType)
	if form.Syntax != serve.JSON {
		f.add("Syntax", served(serveSyntaxes[form.Syntax]))
	}
	f.text("Before", form.Before)
	f.text("After", form.After)
	if form.Document.Name != "" || len(form.Document.Nodes) > 0 || form.Document.Value != serve.Object {
		f.add("Document", served("Node").Add(serverNode(&form.Document)))
	}
	if len(form.Header) > 0 {
		f.add("Header", serverNodes(form.Header))
	}
	return lines(f...)
}

// serverNode is a part of a document, its type left out.
func serverNode(n *serve.Node) jen.Code {
	var f fields
	f.text("Name", n.Name)
	if n.Value != serve.Object {
		f.add("Value", served(serveValues[n.Value]))
	}
	f.text("Text", n.Text)
	if len(n.Nodes) > 0 {
		f.add("Nodes", serverNodes(n.Nodes))
	}
	return f.row()
}

func serverNodes(nodes []serve.Node) *jen.Statement {
	return jen.Index().Add(served("Node"), lines(each(nodes, func(n serve.Node) jen.Code { return serverNode(&n) })...))
}

var (
	serveSyntaxes = [...]string{serve.JSON: "JSON", serve.XML: "XML", serve.Text: "Text", serve.None: "None"}
	serveValues   = [...]string{
		serve.Object: "Object", serve.Array: "Array", serve.Wrapped: "Wrapped", serve.Literal: "Literal", serve.Code: "Code", serve.NumberCode: "NumberCode",
		serve.Message: "Message", serve.Status: "Status", serve.Title: "Title", serve.URL: "URL",
		serve.RequestID: "RequestID", serve.Field: "Field", serve.Wait: "Wait",
	}
)

func isPrefix(e *model.Entry) bool { return e.Kind == classify.KindPrefix }

// clientPath is the import path of the package that has the codes, and clientName its name;
// they are empty where that is not known.
func (p *pkg) clientPath() string {
	switch {
	case p.options.Client == "" || !p.codes().any():
		return ""
	case p.isSeparate():
		return p.codesPath()
	}
	return p.options.Client + "/" + p.api.Name
}

func (p *pkg) clientName() string {
	if p.isSeparate() {
		return p.codesName()
	}
	return p.api.Name
}
