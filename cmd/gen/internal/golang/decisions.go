package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// decisionsFile is decisions.go: the table.
func (p *pkg) decisionsFile() *jen.File {
	f := p.newFile()
	catalog := p.catalogVar()
	var rules []classify.Entry
	if p.table.Table != nil {
		rules = p.table.Table.Rules
	}
	entries := []*declaration{
		p.entriesVar("rules", "rules are what codes say alike.", rules),
		p.entriesVar("prefixes", "prefixes stand for every unlisted code that starts so, the longest first.", p.table.Prefixes),
		p.entriesVar("statuses", "statuses are the exact HTTP statuses.", p.table.Statuses),
		p.entriesVar("classes", "classes stand for every unlisted status of the class.", p.table.Classes),
		p.entriesVar("transport", "transport is what no answer at all means.", p.table.Transport),
		p.entryVar("unknown", "unknown stands for every code that is not listed.", p.table.Unknown),
		p.entryVar("unrecognised", "unrecognised stands for every reply in no known form.", p.table.Unrecognised),
		p.overridesVar(),
	}
	declarations := append([]*declaration{p.siteConst(), catalog, p.policiesVar()}, entries...)
	declarations = append(declarations, p.endpointsVar())
	declarations = append(declarations, p.packedDecls()...)
	for _, declaration := range declarations {
		declaration.addTo(f)
	}
	return f
}

// siteConst is where the pages of the entries are, or nil where they are nowhere:
//
//	const site = "https://errors.example.com/"
func (p *pkg) siteConst() *declaration {
	if p.api.Site == "" {
		return nil
	}
	return commented("site is where the pages of the entries are.").above(jen.Const().Id("site").Op("=").Lit(p.api.Site))
}

// catalogVar is the table as a whole, its parts by name:
//
//	var catalog = classify.Catalog{
//		Name:  "captchaai",
//		Codes: codes,
//	}
func (p *pkg) catalogVar() *declaration {
	t := p.table
	var f fields
	f.text("Name", t.Name)
	f.text("Title", t.Title)
	f.flag("FoldCase", t.FoldCase)
	part := func(field, name string, size int) {
		if size > 0 {
			f.add(field, jen.Id(name))
		}
	}
	part("Forms", "forms", len(t.Forms))
	part("Delays", "delays", len(t.Delays))
	part("Endpoints", "endpoints", len(t.Endpoints))
	part("Overrides", "overrides", len(t.Overrides))
	part("RequestID", "requestID", len(t.RequestID))
	part("Field", "field", len(t.Field))
	part("Secret", "secret", len(t.Secret))
	part("Prefixes", "prefixes", len(t.Prefixes))
	part("Statuses", "statuses", len(t.Statuses))
	part("Classes", "classes", len(t.Classes))
	part("Transport", "transport", len(t.Transport))
	if t.Unknown != nil {
		f.add("Unknown", jen.Op("&").Id("unknown"))
	}
	if t.Unrecognised != nil {
		f.add("Unrecognised", jen.Op("&").Id("unrecognised"))
	}
	if t.Table != nil {
		f.add("Table", jen.Op("&").Id("table"))
	}
	if len(t.Index.Slots) > 0 {
		f.add("Index", p.index())
	}
	f.add("Facts", facts(t.Facts))
	if len(t.Plan.Targets) > 0 {
		f.add("Plan", plan(&t.Plan))
	}
	if p.codes().any() {
		f.add("TypedCode", jen.Id("typedCode"))
	}
	return commented("catalog is the whole table. It and its parts are data that nothing changes.").
		above(jen.Var().Id("catalog").Op("=").Add(runtime("Catalog"), lines(f...)))
}

// facts are what holds of the table:
//
//	packed.FactsNoted | packed.FactSign
func facts(of packed.Facts) *jen.Statement {
	noted := layout("FactsNoted")
	for _, fact := range factNames {
		if of&fact.fact != 0 {
			noted.Op("|").Add(layout(fact.name))
		}
	}
	return noted
}

// plan is what a JSON body is looked through for:
//
//	classify.Plan{Targets: targets, Names: []uint32{18: 0x1, 42: 0x2}}
func plan(p *classify.Plan) *jen.Statement {
	var names fields
	for i, targets := range p.Names {
		if targets != 0 {
			names = append(names, jen.Lit(i).Op(":").Add(number(uint64(targets))))
		}
	}
	var f fields
	f.add("Targets", jen.Id("targets"))
	f.add("Names", jen.Index().Uint32().Values(names...))
	return runtime("Plan").Add(f.row())
}

// index is the perfect hash of the codes, with its numbers in variables.
func (p *pkg) index() *jen.Statement {
	var f fields
	f.number("Seed", int(p.table.Index.Seed))
	f.flag("Fold", p.table.Index.Fold)
	f.number("Longest", p.table.Index.Longest)
	f.add("Displacements", jen.Id("displacements"))
	f.add("Slots", jen.Id("slots"))
	if p.table.Index.Cells != "" {
		f.add("Cells", jen.Id("cells"))
	}
	return layout("Index").Add(f.row())
}

// entriesVar is a part of the table, one row per entry:
//
//	var codes = []classify.Entry{
//		{Kind: classify.KindCode, Number: 1, Code: "ERROR_ZERO_BALANCE", …},
//	}
func (p *pkg) entriesVar(name, comment string, entries []classify.Entry) *declaration {
	if len(entries) == 0 {
		return nil
	}
	rows := make([]jen.Code, len(entries))
	for i := range entries {
		rows[i] = p.entry(&entries[i]).row()
	}
	return commented(comment).above(jen.Var().Id(name).Op("=").Index().Add(runtime("Entry"), lines(rows...)))
}

// entryVar is one entry alone, or nil for none.
func (p *pkg) entryVar(name, comment string, e *classify.Entry) *declaration {
	if e == nil {
		return nil
	}
	return commented(comment).above(jen.Var().Id(name).Op("=").Add(runtime("Entry"), lines(p.entry(e)...)))
}

func (p *pkg) entry(e *classify.Entry) fields {
	var f fields
	f.add("Kind", runtime(kinds[e.Kind]))
	f.number("Number", int(e.Number))
	f.text("Code", e.Code)
	p.addDecision(&f, e.Action, e.Category, e.Policy)
	if e.Effect == classify.EffectMaybe {
		f.add("Effect", runtime("EffectMaybe"))
	}
	f.flag("Retired", e.Retired)
	f.list("Statuses", jen.Uint16(), each(e.Statuses, func(s uint16) jen.Code { return jen.Lit(int(s)) }))
	f.list("Operations", runtime("Operation"), each(e.Operations, p.operation))
	f.text("Meaning", e.Meaning)
	f.text("Fix", e.Fix)
	if page, ok := strings.CutPrefix(e.URL, p.api.Site); ok && e.URL != "" {
		f.add("URL", jen.Id("site").Op("+").Lit(page))
	}
	f.list("Delays", runtime("Delay"), each(e.Delays, delay))
	if len(e.Variants) > 0 {
		f.add("Variants", jen.Index().Add(runtime("Variant"), lines(each(e.Variants, p.variant)...)))
	}
	f.list("ByOperation", runtime("OperationVariant"), each(e.ByOperation, p.operationVariant))
	return f
}

func (p *pkg) variant(v classify.Variant) jen.Code {
	var f fields
	f.list("When", runtime("Test"), each(v.When, p.test))
	p.addDecision(&f, v.Action, v.Category, v.Policy)
	if v.Effect == classify.EffectMaybe {
		f.add("Effect", runtime("EffectMaybe"))
	}
	f.text("Meaning", v.Meaning)
	f.text("Fix", v.Fix)
	f.list("Delays", runtime("Delay"), each(v.Delays, delay))
	return f.row()
}

// overridesVar is what the server itself says to do, or nil for nothing.
//
//	var overrides = []classify.Override{
//		{When: []classify.Test{…}, Sets: true, Action: classify.Retry, …},
//	}
func (p *pkg) overridesVar() *declaration {
	if len(p.table.Overrides) == 0 {
		return nil
	}
	return commented("overrides are what the server itself says to do, in the order in which they are tried.").
		above(jen.Var().Id("overrides").Op("=").Index().Add(runtime("Override"), lines(each(p.table.Overrides, p.override)...)))
}

func (p *pkg) override(o classify.Override) jen.Code {
	var f fields
	f.list("When", runtime("Test"), each(o.When, p.test))
	f.flag("Sets", o.Sets)
	if o.Action != classify.Fail {
		f.add("Action", runtime(model.ActionConstant(o.Action)))
	}
	if o.Category != "" {
		f.add("Category", p.category(o.Category))
	}
	p.addPolicy(&f, o.Policy)
	f.text("Fix", o.Fix)
	f.list("Delays", runtime("Delay"), each(o.Delays, delay))
	return f.row()
}

func (p *pkg) operationVariant(o classify.OperationVariant) jen.Code {
	var f fields
	f.add("Operation", p.operation(o.Operation))
	p.addDecision(&f, o.Action, o.Category, o.Policy)
	f.text("Fix", o.Fix)
	return f.row()
}

func (p *pkg) addDecision(f *fields, action classify.Action, category classify.Category, policy *classify.Policy) {
	if action != classify.Fail {
		f.add("Action", runtime(model.ActionConstant(action)))
	}
	f.add("Category", p.category(category))
	p.addPolicy(f, policy)
}

func (p *pkg) addPolicy(f *fields, policy *classify.Policy) {
	if policy != nil {
		f.add("Policy", jen.Op("&").Id("policies").Index(jen.Lit(p.policies.place(policy))))
	}
}

// category is the constant of a category.
func (p *pkg) category(c classify.Category) jen.Code {
	if name := p.categories[c]; name != "" {
		return jen.Id(name)
	}
	return jen.Lit(string(c))
}

// operation is the constant of an operation.
func (p *pkg) operation(o classify.Operation) jen.Code {
	if name := p.operations[o]; name != "" {
		return jen.Id(name)
	}
	return jen.Lit(string(o))
}

// The runtime's constants by value.
var (
	kinds = [...]string{
		classify.KindNone:         "KindNone",
		classify.KindCode:         "KindCode",
		classify.KindPrefix:       "KindPrefix",
		classify.KindStatus:       "KindStatus",
		classify.KindStatusClass:  "KindStatusClass",
		classify.KindTransport:    "KindTransport",
		classify.KindUnknown:      "KindUnknown",
		classify.KindUnrecognised: "KindUnrecognised",
	}
	factNames = [...]struct {
		fact packed.Facts
		name string
	}{
		{packed.FactSign, "FactSign"},
		{packed.FactHeader, "FactHeader"},
		{packed.FactEmpty, "FactEmpty"},
		{packed.FactWithin, "FactWithin"},
		{packed.FactDenies, "FactDenies"},
		{packed.FactTimed, "FactTimed"},
	}
	growths = [...]string{
		classify.Constant:    "Constant",
		classify.Linear:      "Linear",
		classify.Exponential: "Exponential",
	}
	syntaxes = [...]string{
		classify.JSON:   "JSON",
		classify.XML:    "XML",
		classify.Text:   "Text",
		classify.Header: "Header",
	}
	tests = [...]string{
		classify.Equals:        "Equals",
		classify.Present:       "Present",
		classify.Absent:        "Absent",
		classify.PrefixIs:      "PrefixIs",
		classify.HeaderEquals:  "HeaderEquals",
		classify.StatusIs:      "StatusIs",
		classify.Contains:      "Contains",
		classify.BodyContains:  "BodyContains",
		classify.HeaderPresent: "HeaderPresent",
		classify.HeaderPrefix:  "HeaderPrefix",
		classify.OperationIs:   "OperationIs",
		classify.All:           "All",
		classify.Any:           "Any",
		classify.Not:           "Not",
	}
	wrappings = [...]string{
		classify.InBody:   "InBody",
		classify.InSSE:    "InSSE",
		classify.InNDJSON: "InNDJSON",
		classify.InString: "InString",
	}
	delayForms = [...]string{
		classify.AsDelay:     "AsDelay",
		classify.AsTime:      "AsTime",
		classify.AsRateLimit: "AsRateLimit",
	}
	scalars = [...]string{
		classify.String: "String",
		classify.Number: "Number",
		classify.Bool:   "Bool",
	}
)

// endpointsVar is the API's operations, or nil for none.
func (p *pkg) endpointsVar() *declaration {
	if len(p.table.Endpoints) == 0 {
		return nil
	}
	rows := each(p.table.Endpoints, func(e classify.Endpoint) jen.Code {
		var f fields
		f.add("Operation", p.operation(e.Operation))
		f.text("Method", e.Method)
		f.text("Path", e.Path)
		f.flag("Repeatable", e.Repeatable)
		f.duration("Timeout", e.Timeout)
		f.duration("Patience", e.Patience)
		f.number("Look", int(e.Look))
		return f.row()
	})
	return commented("endpoints are the API's operations.").
		above(jen.Var().Id("endpoints").Op("=").Index().Add(runtime("Endpoint"), lines(rows...)))
}
