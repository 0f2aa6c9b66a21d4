package markdown

import (
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// text makes the texts of a catalog: from the name of a field, its value.
type text func(field string) string

func plainText(field string) string { return "The " + field + " of it" }

// sampleCatalog is a catalog that uses every part of the model. Its texts come
// from say; codes are its codes, in order.
func sampleCatalog(say text, codes [4]string) *model.Catalog {
	permanent := &model.Category{Name: "permanent", Title: "Permanent", Summary: say("category summary"), Action: classify.Fail, Who: "developer"}
	transient := &model.Category{Name: "transient", Title: "Transient", Summary: say("category summary"), Action: classify.Retry, Who: "client"}
	pending := &model.Category{Name: "pending", Title: say("category title"), Action: classify.WaitPoll, Who: "client"}
	success := &model.Category{Name: "success", Title: "Success", Summary: say("category summary"), Action: classify.OK}
	account := &model.Category{Name: "account", Title: "Account", Action: classify.FixAccount, Who: "account-owner"}
	backoff := &classify.Policy{
		Name: "backoff", Growth: classify.Exponential, Base: time.Second, Factor: 2,
		Jitter: classify.Jitter{Add: time.Second}, Max: 32 * time.Second, Retries: 4,
	}
	poll := &classify.Policy{
		Name: "poll", Base: 5 * time.Second, First: 3 * time.Second, Retries: classify.Unlimited, Within: 2 * time.Minute,
	}
	api := &model.API{
		Name:     "sample",
		Site:     "https://errors.example.com/",
		Title:    say("api title"),
		Summary:  say("api summary"),
		Source:   model.Link{Title: say("source title"), URL: "https://example.com/guide"},
		Verified: "2026-11-21",
		Links:    []model.Link{{Title: say("link title"), URL: say("link url")}, {URL: "https://example.com/a(b)?c=d&e"}},
		Operations: []*model.Operation{
			{Name: "submit", Title: say("operation title"), Method: "POST", Path: say("path"), Timeout: 30 * time.Second},
			{Name: "poll", Title: "Poll", Repeatable: true, Patience: 5 * time.Second, Look: 256 << 10},
		},
		Forms: []classify.Form{
			{
				Syntax: classify.JSON,
				OK: []classify.Test{
					{Kind: classify.Equals, At: classify.Path{"status"}, Values: []classify.Scalar{{Type: classify.Number, Text: "1"}, {Type: classify.String, Text: say("ok value")}}},
					{Kind: classify.HeaderEquals, Header: "X-Result", Values: []classify.Scalar{{Text: "good"}}},
					{Kind: classify.StatusIs, Status: []int{204, 2}},
				},
				Code:    []classify.Path{{"error", "code"}, {"errors", "*", say("pointer")}},
				Message: []classify.Path{{"error", "message"}},
				After:   "#",
				Before:  ":",
			},
			{Syntax: classify.Text, OK: []classify.Test{{Kind: classify.PrefixIs, Prefix: []string{"OK|"}}}, Code: []classify.Path{{""}, {"ERR|"}}},
			{Syntax: classify.Header, Code: []classify.Path{{"X-Error"}}},
		},
		Delays: []classify.Delay{
			{Header: "Retry-After", Unit: time.Second},
			{At: classify.Path{"retry", "after"}, Unit: time.Millisecond},
		},
		Checklist:       []string{say("checklist item"), "Set a timeout"},
		Troubleshooting: []model.Trouble{{Issue: say("issue"), Cause: say("cause"), Fix: say("remedy")}},
		FAQ:             []model.Question{{Question: say("question"), Answer: say("answer")}, {Question: "Really?", Answer: "Yes."}},
	}
	entry := func(kind classify.Kind, code string, c *model.Category, p *classify.Policy) *model.Entry {
		return &model.Entry{
			API: api, Kind: kind, Code: code, Category: c, Action: c.Action, Policy: p,
			Operations: []string{"submit", "poll"}, Meaning: say("meaning"), Fix: say("fix"),
		}
	}
	a := entry(classify.KindCode, codes[0], permanent, nil)
	a.Slug, a.Go = "first", "First"
	a.Statuses, a.Operations = []int{400, 422, 503}, []string{"submit"}
	a.Message, a.Details, a.Answer, a.Escalate = say("message"), say("details"), say("reply"), say("escalate")
	a.Frequency, a.Severity, a.Impact = "very-common", "high", say("impact")
	a.Aliases, a.Since = []string{say("alias")}, say("since")
	a.Examples = []model.Example{
		{Operation: "submit", Status: 400, Headers: []model.Header{{Name: "Content-Type", Value: say("header value")}}, Body: say("body")},
		{Body: "bare body"},
		{Status: 599, Body: "{\"error\": {\n  \"code\": \"x\"\n}}\n"},
	}
	b := entry(classify.KindCode, codes[1], transient, backoff)
	b.Slug, b.Go, b.Effect = "second", "Second", classify.EffectMaybe
	b.Overrides = []model.Override{{Operation: "submit", Category: permanent, Action: classify.Fail, Fix: say("override fix")}}
	b.LookAlikes = []model.LookAlike{{Entry: a, Difference: say("difference")}}
	c := entry(classify.KindCode, codes[2], pending, poll)
	c.Slug = "third"
	c.Retired = &model.Retired{Since: "2020", ReplacedBy: b, Note: say("note")}
	d := entry(classify.KindCode, codes[3], account, nil)
	d.Slug = "fourth"
	a.LookAlikes = []model.LookAlike{{Entry: b, Difference: say("difference")}, {Entry: d, Difference: "Another"}}
	prefix := entry(classify.KindPrefix, codes[0]+"*", transient, backoff)
	prefix.Slug = "prefix"
	api.Codes = []*model.Entry{a, b, c, d}
	api.Prefixes = []*model.Entry{prefix}
	ok := entry(classify.KindStatus, "200", success, nil)
	ok.Number, ok.Statuses = 200, []int{200}
	busy := entry(classify.KindStatus, "429", transient, backoff)
	busy.Number, busy.Statuses = 429, []int{429}
	server := entry(classify.KindStatusClass, "5xx", transient, backoff)
	server.Number, server.Effect = 5, classify.EffectMaybe
	api.Statuses = []*model.Entry{ok, busy}
	api.Classes = []*model.Entry{server}
	timeout := entry(classify.KindTransport, "timeout", transient, backoff)
	timeout.Effect = classify.EffectMaybe
	api.Transport = []*model.Entry{timeout, entry(classify.KindTransport, "dns", permanent, nil)}
	api.Unknown = entry(classify.KindUnknown, "unknown", permanent, nil)
	vary(api, say, permanent, account, backoff)
	bare := &model.API{Name: "bare", Title: "Bare"}
	none := entry(classify.KindCode, "NONE", permanent, nil)
	none.API, none.Slug, none.Operations = bare, "none", nil
	bare.Codes = []*model.Entry{none}
	return &model.Catalog{
		Site:       "https://errors.example.com/",
		Title:      say("title"),
		Categories: []*model.Category{permanent, transient, pending, success, account},
		Policies:   []*classify.Policy{backoff, poll},
		APIs:       []*model.API{api, bare},
	}
}

// vary gives the API what depends on what a reply holds, and waits in other forms.
func vary(api *model.API, say text, permanent, account *model.Category, backoff *classify.Policy) {
	api.Forms[0].Fail = []classify.Test{{Kind: classify.Present, At: classify.Path{"failure", say("pointer")}}}
	api.Forms[0].None = []string{"0", "", say("none")}
	api.Forms = append(api.Forms,
		classify.Form{In: classify.InSSE, Code: []classify.Path{{"error", "type"}}},
		classify.Form{In: classify.InString, Inside: classify.Path{say("pointer"), "message"}, Code: []classify.Path{{"code"}}, Message: []classify.Path{{"message"}}},
	)
	api.Delays = append(api.Delays, classify.Delay{Code: say("prefix"), Unit: time.Minute}, classify.Delay{Header: "X-Reset", As: classify.AsTime, Unit: time.Second})
	api.RequestID = []classify.Place{{Header: "X-Request-Id"}, {JSON: classify.Path{"error", say("pointer")}}}
	api.Field = []classify.Place{{XML: classify.Path{"Error", "@" + say("attribute")}}}
	api.Secret = []classify.Place{{JSON: classify.Path{"key"}}, {Header: "X-Key"}}
	daily := []classify.Test{{Kind: classify.Contains, At: classify.Path{"error", "message"}, Text: say("part")}}
	used := []classify.Test{
		{Kind: classify.StatusIs, Status: []int{403, 5}},
		{Kind: classify.Any, Tests: []classify.Test{
			{Kind: classify.HeaderPresent, Header: "Retry-After"},
			{Kind: classify.HeaderEquals, Header: "X-Remaining", Values: []classify.Scalar{{Text: "0"}, {Text: say("header value")}}},
			{Kind: classify.Not, Tests: []classify.Test{{Kind: classify.OperationIs, Operations: []classify.Operation{"submit"}}}},
		}},
	}
	busy := api.Statuses[1]
	busy.Variants = []model.Variant{
		{
			When: daily, Category: account, Action: classify.FixAccount, Meaning: say("variant meaning"), Fix: say("fix"),
			Details: say("details"), Answer: say("reply") + " It is {{field}}, in {{request_id}}.", Escalate: say("escalate"), Examples: []model.Example{{Status: 429, Body: say("body")}},
		},
		{When: used, Category: busy.Category, Action: busy.Action, Policy: backoff, Effect: classify.EffectMaybe, Meaning: busy.Meaning, Fix: busy.Fix},
	}
	api.Codes[0].Variants = []model.Variant{{When: used, Category: permanent, Action: classify.Fail, Fix: api.Codes[0].Fix, Delays: []classify.Delay{}}}
	api.Codes[1].Delays = []classify.Delay{{Header: "RateLimit", As: classify.AsRateLimit, Unit: time.Second}, {At: classify.Path{say("pointer")}, Unit: time.Hour}}
	api.Overrides = []model.ServerOverride{
		{When: used, Sets: true, Action: classify.Fail, Category: permanent, Fix: say("override fix")},
		{When: daily, Policy: backoff, Delays: []classify.Delay{{Header: "X-Wait", Unit: time.Millisecond}}},
	}
}

var plainCodes = [4]string{"ERROR_ONE", "ERROR_TWO", "NOT_READY", "NO_MONEY"}
