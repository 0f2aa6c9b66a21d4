package golang

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
)

// builder makes catalogs by hand, with the names that package check decides.
type builder struct {
	*model.Catalog
	api *model.API
}

// Categories and policies that the catalogs here share.
var (
	permanent = &model.Category{Name: "permanent", Title: "Permanent", Summary: "Fix the request, then submit it again.", Action: classify.Fail, Who: "developer", Go: "CategoryPermanent"}
	transient = &model.Category{Name: "transient", Title: "Transient", Summary: "Wait and retry automatically.", Action: classify.Retry, Who: "client", Go: "CategoryTransient"}
	pending   = &model.Category{Name: "pending", Title: "Pending", Action: classify.WaitPoll, Who: "client", Go: "CategoryPending"}
	success   = &model.Category{Name: "success", Title: "Success", Summary: "Use the result.", Action: classify.OK, Go: "CategorySuccess"}

	slot    = &classify.Policy{Name: "slot", Base: 5 * time.Second, Retries: 3}
	backoff = &classify.Policy{Name: "backoff", Growth: classify.Exponential, Base: time.Second, Factor: 2, Jitter: classify.Jitter{Add: time.Second}, Max: 32 * time.Second, Retries: 4}
	poll    = &classify.Policy{Name: "poll", Base: 5 * time.Second, First: 5 * time.Second, Retries: classify.Unlimited, Within: 2 * time.Minute}
	inline  = &classify.Policy{Growth: classify.Linear, Base: 1500 * time.Millisecond, Factor: 1.5, Jitter: classify.Jitter{Spread: 0.2}, Max: time.Hour, Retries: 1, ServerDelayMax: 90 * time.Second}
)

// catalog starts a catalog with one API.
func catalog(name string) *builder {
	api := &model.API{Name: name, Title: naming.Title(name)}
	return &builder{&model.Catalog{
		Title:      "Test errors",
		Categories: []*model.Category{permanent, transient, pending, success},
		APIs:       []*model.API{api},
	}, api}
}

// entry is an entry of a category, with a policy where that waits.
func (b *builder) entry(kind classify.Kind, code string, category *model.Category, policy *classify.Policy) *model.Entry {
	return &model.Entry{
		API:        b.api,
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

func (b *builder) operations() []string {
	var names []string
	for _, o := range b.api.Operations {
		names = append(names, o.Name)
	}
	return names
}

func (b *builder) code(code string, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.entry(classify.KindCode, code, category, policy)
	e.Go = naming.Exported(code, "Code")
	b.api.Codes = append(b.api.Codes, e)
	b.number()
	return e
}

func (b *builder) prefix(code string, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.entry(classify.KindPrefix, code, category, policy)
	e.Go = naming.Exported(code, "Code")
	b.api.Prefixes = append(b.api.Prefixes, e)
	b.number()
	return e
}

// number numbers the codes, and after them the prefixes.
func (b *builder) number() {
	for i, e := range b.api.Codes {
		e.Number = uint16(i + 1)
	}
	for i, e := range b.api.Prefixes {
		e.Number = uint16(len(b.api.Codes) + i + 1)
	}
}

func (b *builder) status(status int, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.entry(classify.KindStatus, fmt.Sprint(status), category, policy)
	e.Number = uint16(status)
	e.Go = "Status" + naming.Exported(http.StatusText(status), "Status")
	b.api.Statuses = append(b.api.Statuses, e)
	return e
}

func (b *builder) class(class int, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.entry(classify.KindStatusClass, fmt.Sprintf("%dxx", class), category, policy)
	e.Number = uint16(class)
	e.Go = fmt.Sprintf("Status%dxx", class)
	b.api.Classes = append(b.api.Classes, e)
	return e
}

func (b *builder) failure(f classify.Failure, category *model.Category, policy *classify.Policy) *model.Entry {
	e := b.entry(classify.KindTransport, string(f), category, policy)
	b.api.Transport = append(b.api.Transport, e)
	return e
}

func (b *builder) operation(name string) *model.Operation {
	o := &model.Operation{Name: name, Title: naming.Title(name), Go: "Operation" + naming.Exported(name, "")}
	b.api.Operations = append(b.api.Operations, o)
	return o
}

func (b *builder) form(f classify.Form) { b.api.Forms = append(b.api.Forms, f) }

// full is a catalog that uses everything that a table can hold.
func full() *model.Catalog {
	b := catalog("full")
	b.api.Title = "Full"
	b.api.Summary = "An API that uses every part of the format"
	b.api.Source = model.Link{Title: "Full error guide", URL: "https://example.com/errors"}
	b.api.Verified = "2026-11-21"
	submit := b.operation("submit")
	submit.Method, submit.Path, submit.Repeatable, submit.Timeout = "POST", "/in.php", true, 30*time.Second
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
	b.api.Delays = []classify.Delay{{Header: "Retry-After", Unit: time.Second}, {At: classify.Path{"wait"}, Unit: time.Millisecond}}

	busy := b.code("ERROR_NO_SLOT_AVAILABLE", transient, slot)
	busy.Meaning, busy.Fix = "All workers busy", "Retry after 5 seconds"
	busy.Operations, busy.Statuses = []string{"submit"}, []int{429, 503}
	busy.Aliases = []string{"NO_SLOT", "1003"}
	busy.Overrides = []model.Override{
		{Operation: "poll", Category: permanent, Action: classify.Fail, Fix: "Submit the task first"},
		{Operation: "submit", Category: transient, Action: classify.Retry, Policy: inline, Fix: busy.Fix},
	}
	ready := b.code("CAPCHA_NOT_READY", pending, poll)
	ready.Fix, ready.Effect = "", classify.EffectMaybe
	old := b.code("ERROR_OLD", permanent, nil)
	old.Retired = &model.Retired{Since: "2025-03", ReplacedBy: busy, Note: "It was too vague."}
	b.code("OK_CACHED", success, nil)
	b.code("-1", permanent, nil)
	b.prefix("08*", transient, backoff)
	b.prefix("0800*", permanent, nil).Statuses = []int{500}

	b.status(200, success, nil)
	b.status(429, transient, backoff)
	b.class(4, permanent, nil)
	b.class(5, transient, backoff).Effect = classify.EffectMaybe
	b.failure(classify.FailureTimeout, transient, backoff).Effect = classify.EffectMaybe
	b.failure(classify.FailureCanceled, permanent, nil)
	b.api.Unknown = b.entry(classify.KindUnknown, "unknown", permanent, nil)
	b.api.Unrecognised = b.entry(classify.KindUnrecognised, "unrecognised", transient, inline)
	return b.Catalog
}

// insensitive has codes that match in any case.
func insensitive() *model.Catalog {
	b := catalog("insensitive")
	b.api.FoldCase = true
	b.form(classify.Form{Syntax: classify.JSON, Code: []classify.Path{{"errors", "*", "code"}}, After: "#"})
	b.code("NotFound", permanent, nil).Aliases = []string{"missing"}
	b.code("has#mark", permanent, nil)
	b.code("\xff\x00broken", permanent, nil).Go = "Broken"
	return b.Catalog
}

// parts are the catalogs that lack something.
func parts() map[string]*model.Catalog {
	parts := make(map[string]*model.Catalog)
	part := func(name string, fill func(b *builder)) {
		b := catalog(strings.ToLower(name))
		fill(b)
		parts[name] = b.Catalog
	}
	text := classify.Form{Syntax: classify.Text, Code: []classify.Path{{""}}}
	part("empty", func(b *builder) { b.Categories = nil })
	part("categories", func(b *builder) {})
	part("operations", func(b *builder) { b.operation("solve") })
	part("text", func(b *builder) { b.form(text); b.code("BUSY", transient, slot) })
	part("unread", func(b *builder) { b.code("BUSY", transient, slot) })
	part("meaningless", func(b *builder) {
		e := b.code("BUSY", transient, slot)
		e.Meaning, e.Fix = "", ""
	})
	part("prefixes", func(b *builder) { b.form(text); b.prefix("08*", transient, slot) })
	part("statuses", func(b *builder) { b.status(404, permanent, nil) })
	part("classes", func(b *builder) { b.class(5, transient, slot) })
	part("transport", func(b *builder) { b.failure(classify.FailureDNS, permanent, nil) })
	part("unknown", func(b *builder) { b.api.Unknown = b.entry(classify.KindUnknown, "unknown", permanent, nil) })
	part("delays", func(b *builder) { b.api.Delays = []classify.Delay{{Header: "Retry-After", Unit: time.Second}} })
	part("success", func(b *builder) { b.form(text); b.code("FINE", success, nil) })
	// Names that the generated code uses itself.
	for _, name := range []string{"classify", "codes", "fmt", "json", "time", "x_windows"} {
		part(name, func(b *builder) { b.form(text); b.code("BUSY", transient, slot); b.status(429, transient, slot) })
	}
	return parts
}
