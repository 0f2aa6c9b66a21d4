// Package golangtest holds the catalogs that the generated Go code is tested with:
// in memory beside the emitter, and by the compiler in cmd/gen/downstream.
package golangtest

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
)

// Builder makes catalogs by hand, with the names that package check decides.
type Builder struct {
	*model.Catalog
	API *model.API // the only one
}

// Categories and policies that the catalogs here share.
var (
	Permanent = &model.Category{Name: "permanent", Title: "Permanent", Summary: "Fix the request, then submit it again.", Action: classify.Fail, Who: "developer", Go: "CategoryPermanent"}
	Transient = &model.Category{Name: "transient", Title: "Transient", Summary: "Wait and retry automatically.", Action: classify.Retry, Who: "client", Go: "CategoryTransient"}
	pending   = &model.Category{Name: "pending", Title: "Pending", Action: classify.WaitPoll, Who: "client", Go: "CategoryPending"}
	success   = &model.Category{Name: "success", Title: "Success", Summary: "Use the result.", Action: classify.OK, Go: "CategorySuccess"}

	Slot    = &classify.Policy{Name: "slot", Base: 5 * time.Second, Retries: 3}
	backoff = &classify.Policy{Name: "backoff", Growth: classify.Exponential, Base: time.Second, Factor: 2, Jitter: classify.Jitter{Add: time.Second}, Max: 32 * time.Second, Retries: 4}
	poll    = &classify.Policy{Name: "poll", Base: 5 * time.Second, First: 5 * time.Second, Retries: classify.Unlimited, Within: 2 * time.Minute}
	inline  = &classify.Policy{Growth: classify.Linear, Base: 1500 * time.Millisecond, Factor: 1.5, Jitter: classify.Jitter{Spread: 0.2}, Max: time.Hour, Retries: 1, ServerDelayMax: 90 * time.Second}
)

// New starts a catalog with one API.
func New(name string) *Builder {
	api := &model.API{Name: name, Title: naming.Title(name)}
	return &Builder{&model.Catalog{
		Title:      "Test errors",
		Categories: []*model.Category{Permanent, Transient, pending, success},
		APIs:       []*model.API{api},
	}, api}
}

// Entry returns an entry of a category, with a policy where that waits. It is
// not part of the catalog yet.
func (b *Builder) Entry(kind classify.Kind, code string, category *model.Category, policy *classify.Policy) *model.Entry {
	return &model.Entry{
		API:        b.API,
		Kind:       kind,
		Code:       code,
		Category:   category,
		Action:     category.Action,
		Policy:     policy,
		Meaning:    "What " + code + " means",
		Fix:        "What to do about it",
		Operations: b.operations(),
	}
}

func (b *Builder) operations() []string {
	var names []string
	for _, o := range b.API.Operations {
		names = append(names, o.Name)
	}
	return names
}

// Code adds a code.
func (b *Builder) Code(code string, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.Entry(classify.KindCode, code, category, policy)
	e.Go = naming.Exported(code, "Code")
	b.API.Codes = append(b.API.Codes, e)
	b.number()
	return e
}

// Prefix adds an entry for the codes that start alike; code ends in a star.
func (b *Builder) Prefix(code string, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.Entry(classify.KindPrefix, code, category, policy)
	e.Go = naming.Exported(code, "Code")
	b.API.Prefixes = append(b.API.Prefixes, e)
	b.number()
	return e
}

// number numbers the codes, and after them the prefixes.
func (b *Builder) number() {
	for i, e := range b.API.Codes {
		e.Number = uint16(i + 1)
	}
	for i, e := range b.API.Prefixes {
		e.Number = uint16(len(b.API.Codes) + i + 1)
	}
}

// Status adds a status.
func (b *Builder) Status(status int, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.Entry(classify.KindStatus, fmt.Sprint(status), category, policy)
	e.Number = uint16(status)
	e.Go = "Status" + naming.Exported(http.StatusText(status), "Status")
	b.API.Statuses = append(b.API.Statuses, e)
	return e
}

func (b *Builder) class(class int, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.Entry(classify.KindStatusClass, fmt.Sprintf("%dxx", class), category, policy)
	e.Number = uint16(class)
	e.Go = fmt.Sprintf("Status%dxx", class)
	b.API.Classes = append(b.API.Classes, e)
	return e
}

func (b *Builder) failure(f classify.Failure, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.Entry(classify.KindTransport, string(f), category, policy)
	b.API.Transport = append(b.API.Transport, e)
	return e
}

func (b *Builder) operation(name string) *model.Operation {
	o := &model.Operation{Name: name, Title: naming.Title(name), Go: "Operation" + naming.Exported(name, "")}
	b.API.Operations = append(b.API.Operations, o)
	return o
}

func (b *Builder) form(f classify.Form) { b.API.Forms = append(b.API.Forms, f) }

// Full is a catalog that uses everything that a table can hold.
func Full() *model.Catalog {
	b := New("full")
	b.API.Title = "Full"
	b.Site, b.API.Site = "https://errors.example.com/", "https://errors.example.com/"
	b.API.Summary = "An API that uses every part of the format"
	b.API.Source = model.Link{Title: "Full error guide", URL: "https://example.com/errors"}
	b.API.Verified = "2026-11-21"
	submit := b.operation("submit")
	submit.Method, submit.Path, submit.Repeatable, submit.Timeout = "POST", "/in.php", true, 30*time.Second
	submit.Patience, submit.Look = 5*time.Second, 1<<20
	b.operation("poll").Path = "/res.php"

	b.form(classify.Form{
		Syntax: classify.JSON,
		OK: []classify.Test{
			{Kind: classify.Equals, At: classify.Path{"status"}, Values: []classify.Scalar{{Type: classify.Number, Text: "1"}, {Type: classify.String, Text: "1"}, {Type: classify.Bool, Text: "true"}}},
			{Kind: classify.Present, At: classify.Path{"solution", "text"}},
		},
		Code:    []classify.Path{{"request"}, {"errors", "*", "code"}},
		Message: []classify.Path{{"message"}},
	})
	b.form(classify.Form{Syntax: classify.XML, Code: []classify.Path{{"Error", "Code"}}, OK: []classify.Test{{Kind: classify.Absent, At: classify.Path{"Error"}}}})
	b.form(classify.Form{Syntax: classify.Header, Code: []classify.Path{{"X-Error-Code"}}, After: "#", Before: ":", OK: []classify.Test{
		{Kind: classify.HeaderEquals, Header: "X-Status", Values: []classify.Scalar{{Text: "ok"}}},
		{Kind: classify.StatusIs, Status: []int{204, 3}},
	}})
	b.form(classify.Form{Syntax: classify.Text, OK: []classify.Test{{Kind: classify.PrefixIs, Prefix: []string{"OK|"}}}, Code: []classify.Path{{"ERR: "}, {""}}})
	b.form(classify.Form{
		Syntax: classify.JSON,
		In:     classify.InString,
		Inside: classify.Path{"error", "message"},
		OK:     []classify.Test{{Kind: classify.Contains, At: classify.Path{"note"}, Text: "done"}},
		Fail:   []classify.Test{{Kind: classify.HeaderPresent, Header: "X-Error"}, {Kind: classify.HeaderPrefix, Header: "X-Result", Prefix: []string{"ERR", "NO"}}},
		Code:   []classify.Path{{"inner", "code"}},
		None:   []string{"0", ""},
	})
	b.form(classify.Form{Syntax: classify.JSON, In: classify.InSSE, Code: []classify.Path{{"event", "code"}}})
	b.form(classify.Form{Syntax: classify.JSON, In: classify.InNDJSON, Code: []classify.Path{{"line", "code"}}})
	b.API.Delays = []classify.Delay{
		{Header: "Retry-After", Unit: time.Second, Decimal: true},
		{At: classify.Path{"wait"}, Unit: time.Millisecond},
		{Header: "X-Reset", Unit: time.Second, As: classify.AsTime},
		{Header: "Ratelimit", Unit: time.Second, As: classify.AsRateLimit},
		{Code: "WAIT_", Unit: time.Minute},
	}
	b.API.RequestID = []classify.Place{{Header: "X-Request-Id"}, {JSON: classify.Path{"id"}}}
	b.API.Field = []classify.Place{{JSON: classify.Path{"errors", "*", "field"}}, {XML: classify.Path{"Error", "@field"}}}
	b.API.Secret = []classify.Place{{JSON: classify.Path{"key"}}}
	b.API.Overrides = []model.ServerOverride{
		{When: []classify.Test{{Kind: classify.HeaderEquals, Header: "X-Should-Retry", Values: []classify.Scalar{{Text: "false"}}}}, Sets: true, Action: classify.Fail},
		{
			When: []classify.Test{{Kind: classify.HeaderEquals, Header: "X-Should-Retry", Values: []classify.Scalar{{Text: "true"}}}},
			Sets: true, Action: classify.Retry, Category: Transient, Policy: backoff, Fix: "Wait", Delays: []classify.Delay{{Header: "X-Pushback", Unit: time.Millisecond}},
		},
	}

	busy := b.Code("ERROR_NO_SLOT_AVAILABLE", Transient, Slot)
	busy.Meaning, busy.Fix = "All workers busy", "Retry after 5 seconds"
	busy.Operations, busy.Statuses = []string{"submit"}, []int{429, 503}
	busy.Aliases = []string{"NO_SLOT", "1003"}
	busy.Overrides = []model.Override{
		{Operation: "poll", Category: Permanent, Action: classify.Fail, Fix: "Submit the task first"},
		{Operation: "submit", Category: Transient, Action: classify.Retry, Policy: inline, Fix: busy.Fix},
	}
	busy.Delays = []classify.Delay{{Header: "X-Slot", Unit: time.Second}}
	busy.Variants = []model.Variant{
		{
			When: []classify.Test{
				{Kind: classify.Any, Tests: []classify.Test{{Kind: classify.All, Tests: []classify.Test{{Kind: classify.OperationIs, Operations: []classify.Operation{"poll"}}, {Kind: classify.HeaderPresent, Header: "X-Quota"}}}, {Kind: classify.BodyContains, Text: "per day"}}},
				{Kind: classify.Not, Tests: []classify.Test{{Kind: classify.All, Tests: []classify.Test{{Kind: classify.StatusIs, Status: []int{503}}}}}},
			},
			Category: Permanent, Action: classify.Fail, Meaning: "No slot today", Fix: "Ask for more slots",
		},
		{
			When:     []classify.Test{{Kind: classify.Present, At: classify.Path{"until"}}},
			Category: Transient, Action: classify.Retry, Policy: backoff, Effect: classify.EffectMaybe, Meaning: busy.Meaning, Fix: busy.Fix,
			Delays: []classify.Delay{{At: classify.Path{"until"}, Unit: time.Second, As: classify.AsTime}},
		},
	}
	ready := b.Code("CAPCHA_NOT_READY", pending, poll)
	ready.Fix, ready.Effect = "", classify.EffectMaybe
	old := b.Code("ERROR_OLD", Permanent, nil)
	old.Retired = &model.Retired{Since: "2025-03", ReplacedBy: busy, Note: "It was too vague."}
	b.Code("OK_CACHED", success, nil)
	b.Code("-1", Permanent, nil)
	b.Prefix("08*", Transient, backoff)
	b.Prefix("0800*", Permanent, nil).Statuses = []int{500}

	b.Status(200, success, nil)
	b.Status(429, Transient, backoff)
	b.class(4, Permanent, nil)
	b.class(5, Transient, backoff).Effect = classify.EffectMaybe
	b.failure(classify.FailureTimeout, Transient, backoff).Effect = classify.EffectMaybe
	b.failure(classify.FailureCanceled, Permanent, nil)
	b.API.Unknown = b.Entry(classify.KindUnknown, "unknown", Permanent, nil)
	b.API.Unrecognised = b.Entry(classify.KindUnrecognised, "unrecognised", Transient, inline)
	for _, e := range b.API.Entries() {
		e.Slug = strings.ToLower(e.Go)
	}
	return b.Catalog
}

// Insensitive has codes that match in any case.
func Insensitive() *model.Catalog {
	b := New("insensitive")
	b.API.FoldCase = true
	b.form(classify.Form{Syntax: classify.JSON, Code: []classify.Path{{"errors", "*", "code"}}, After: "#"})
	b.Code("NotFound", Permanent, nil).Aliases = []string{"missing"}
	b.Code("has#mark", Permanent, nil)
	b.Code("\xff\x00broken", Permanent, nil).Go = "Broken"
	return b.Catalog
}

// Parts are the catalogs that lack something, by the name of the case.
func Parts() map[string]*model.Catalog {
	parts := make(map[string]*model.Catalog)
	part := func(name string, fill func(b *Builder)) {
		b := New(strings.ToLower(name))
		fill(b)
		parts[name] = b.Catalog
	}
	text := classify.Form{Syntax: classify.Text, Code: []classify.Path{{""}}}
	part("empty", func(b *Builder) { b.Categories = nil })
	part("categories", func(b *Builder) {})
	part("operations", func(b *Builder) { b.operation("solve") })
	part("text", func(b *Builder) { b.form(text); b.Code("BUSY", Transient, Slot) })
	part("unread", func(b *Builder) { b.Code("BUSY", Transient, Slot) })
	part("meaningless", func(b *Builder) {
		e := b.Code("BUSY", Transient, Slot)
		e.Meaning, e.Fix = "", ""
	})
	part("prefixes", func(b *Builder) { b.form(text); b.Prefix("08*", Transient, Slot) })
	part("statuses", func(b *Builder) { b.Status(404, Permanent, nil) })
	part("classes", func(b *Builder) { b.class(5, Transient, Slot) })
	part("transport", func(b *Builder) { b.failure(classify.FailureDNS, Permanent, nil) })
	part("unknown", func(b *Builder) { b.API.Unknown = b.Entry(classify.KindUnknown, "unknown", Permanent, nil) })
	part("delays", func(b *Builder) { b.API.Delays = []classify.Delay{{Header: "Retry-After", Unit: time.Second}} })
	part("places", func(b *Builder) { b.API.Secret = []classify.Place{{Header: "X-Key"}} })
	part("success", func(b *Builder) { b.form(text); b.Code("FINE", success, nil) })
	// Names that the generated code uses itself.
	for _, name := range []string{"classify", "codes", "fmt", "json", "time", "x_windows"} {
		part(name, func(b *Builder) { b.form(text); b.Code("BUSY", Transient, Slot); b.Status(429, Transient, Slot) })
	}
	return parts
}

// Served is a catalog whose server says the given texts.
func Served(name string, texts []string) *model.Catalog {
	b := New(name)
	b.form(classify.Form{Syntax: classify.JSON, Code: []classify.Path{{"code"}}, Message: []classify.Path{{"message"}}})
	b.form(classify.Form{Syntax: classify.XML, Code: []classify.Path{{"Error", "@code"}}, Message: []classify.Path{{"Error", "Message"}}})
	for i, text := range texts {
		fill(b.Code(fmt.Sprintf("SAYS_%d", i), Permanent, nil), text)
	}
	return b.Catalog
}

// Args is a catalog whose messages have values of every type, under names that the code of a
// server has itself.
func Args() *model.Catalog {
	b := New("args")
	b.form(classify.Form{Syntax: classify.JSON, Code: []classify.Path{{"code"}}, Message: []classify.Path{{"message"}}})
	b.form(classify.Form{Syntax: classify.XML, Code: []classify.Path{{"Error", "Code"}}, Message: []classify.Path{{"Error", "Message"}}})
	b.form(classify.Form{Syntax: classify.Text, Code: []classify.Path{{""}}})
	arg := func(name, kind, example string) model.Arg {
		return model.Arg{Name: name, Go: naming.Exported(name, ""), Type: kind, Example: example}
	}
	large := b.Code("TOO_LARGE", Permanent, nil)
	large.Args = []model.Arg{arg("limit", "bytes", "2 MiB"), arg("file_name", "string", "cat.png"), arg("unsent", "int", "7")}
	large.Message, large.Meaning, large.Fix = "‹file name› is over ‹limit›.", "The file is over ‹limit›", "Resize it to ‹unsent›"
	late := b.Code("TOO_LATE", Transient, Slot)
	late.Args = []model.Arg{arg("time", "time", "2026-01-31 17:00:00 UTC"), arg("func", "duration", "5 s"), arg("http", "string", "a"), arg("id", "int", "7"), arg("limit", "bytes", "1 kB")}
	late.Meaning = "‹func› after ‹time›: ‹id› of ‹http›, ‹limit›"
	prefix := b.Prefix("WAIT_*", Transient, Slot)
	prefix.Args, prefix.Meaning = []model.Arg{arg("rest", "string", "a")}, "Wait for ‹rest›"
	return b.Catalog
}

// Everything is every catalog of this package, by the name of the case.
func Everything() map[string]*model.Catalog {
	all := Parts()
	all["full"] = Full()
	all["insensitive"] = Insensitive()
	all["hostile"] = Hostile("hostile", HostileTexts)
	all["served"] = Served("served", HostileTexts)
	all["args"] = Args()
	return all
}
