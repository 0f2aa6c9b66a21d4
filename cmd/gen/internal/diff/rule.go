package diff

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// rule is a field, how it is written in a report, and the step that a change of
// it needs.
type rule[T any] struct {
	field string
	level Level
	value func(T) string
	adds  func(older, newer T) bool // reports whether a change only adds, which is minor; may be nil
}

// step returns the step that a change of the field needs.
func (r rule[T]) step(older, newer T) Level {
	if r.adds != nil && r.adds(older, newer) {
		return min(r.level, Minor)
	}
	return r.level
}

var catalogRules = []rule[*model.Catalog]{
	{field: "title", level: Patch, value: func(c *model.Catalog) string { return c.Title }},
	{field: "site", level: Patch, value: func(c *model.Catalog) string { return c.Site }},
}

// A category's own action is only a default: what changes by it shows in the
// entries.
var categoryRules = []rule[*model.Category]{
	{field: "go", level: Major, value: func(c *model.Category) string { return c.Go }},
	{field: "action", level: Patch, value: func(c *model.Category) string { return c.Action.String() }},
	{field: "who", level: Patch, value: func(c *model.Category) string { return c.Who }},
	{field: "title", level: Patch, value: func(c *model.Category) string { return c.Title }},
	{field: "summary", level: Patch, value: func(c *model.Category) string { return c.Summary }},
}

var apiRules = []rule[*model.API]{
	{field: "reply", level: Major, value: func(a *model.API) string { return joined(a.Forms, form) }, adds: readsMore},
	{field: "match", level: Major, value: func(a *model.API) string {
		if a.FoldCase {
			return "case: insensitive"
		}
		return "case: sensitive"
	}, adds: func(_, newer *model.API) bool { return newer.FoldCase }},
	{field: "delay", level: Minor, value: func(a *model.API) string {
		return joined(a.Delays, func(d classify.Delay) string { return say.English.DelayPlace(d).String() })
	}},
	{field: "request_id", level: Minor, value: func(a *model.API) string { return strings.Join(say.English.PlaceTexts(a.RequestID), ", ") }},
	{field: "field", level: Minor, value: func(a *model.API) string { return strings.Join(say.English.PlaceTexts(a.Field), ", ") }},
	{field: "secret", level: Minor, value: func(a *model.API) string { return strings.Join(say.English.PlaceTexts(a.Secret), ", ") }},
	{field: "title", level: Patch, value: func(a *model.API) string { return a.Title }},
	{field: "summary", level: Patch, value: func(a *model.API) string { return a.Summary }},
	{field: "source", level: Patch, value: func(a *model.API) string { return link(a.Source) }},
	{field: "verified", level: Patch, value: func(a *model.API) string { return a.Verified }},
	{field: "links", level: Patch, value: func(a *model.API) string { return joined(a.Links, link) }},
	{field: "checklist", level: Patch, value: func(a *model.API) string { return strings.Join(a.Checklist, "; ") }},
	{field: "troubleshooting", level: Patch, value: func(a *model.API) string {
		return joined(a.Troubleshooting, func(t model.Trouble) string { return t.Issue + ": " + t.Cause + ": " + t.Fix })
	}},
	{field: "faq", level: Patch, value: func(a *model.API) string {
		return joined(a.FAQ, func(q model.Question) string { return q.Question + " " + q.Answer })
	}},
}

var operationRules = []rule[*model.Operation]{
	{field: "go", level: Major, value: func(o *model.Operation) string { return o.Go }},
	{field: "method", level: Minor, value: func(o *model.Operation) string { return o.Method }},
	{field: "path", level: Minor, value: func(o *model.Operation) string { return o.Path }},
	{field: "repeatable", level: Minor, value: func(o *model.Operation) string { return strconv.FormatBool(o.Repeatable) }},
	{field: "timeout", level: Minor, value: func(o *model.Operation) string { return say.English.Duration(o.Timeout) }},
	{field: "patience", level: Minor, value: func(o *model.Operation) string { return orDefault(o.Patience > 0, say.English.Duration(o.Patience)) }},
	{field: "look", level: Minor, value: func(o *model.Operation) string { return orDefault(o.Look > 0, say.English.Size(o.Look)) }},
	{field: "title", level: Patch, value: func(o *model.Operation) string { return o.Title }},
}

var entryRules = []rule[*model.Entry]{
	{field: "action", level: Major, value: func(e *model.Entry) string { return e.Action.String() }},
	{field: "go", level: Major, value: func(e *model.Entry) string { return e.Go }, adds: func(older, _ *model.Entry) bool { return older.Go == "" }},
	{field: "category", level: Minor, value: func(e *model.Entry) string { return e.Category.Name }},
	{field: "retry", level: Minor, value: func(e *model.Entry) string { return model.PolicyText(e.Policy) }},
	{field: "status", level: Minor, value: func(e *model.Entry) string { return joined(e.Statuses, strconv.Itoa) }},
	{field: "processed", level: Minor, value: func(e *model.Entry) string { return processed(e.Effect) }},
	{field: "delay", level: Minor, value: func(e *model.Entry) string { return ownDelays(e.Delays) }},
	{field: "retired", level: Minor, value: retired},
	{field: "operations", level: Patch, value: func(e *model.Entry) string { return strings.Join(e.Operations, ", ") }},
	{field: "policy", level: Patch, value: func(e *model.Entry) string { return policyName(e.Policy) }},
	{field: "args", level: Major, value: func(e *model.Entry) string {
		return joined(e.Args, func(a model.Arg) string { return a.Name + ": " + a.Type })
	}, adds: sameFunction},
	{field: "args.example", level: Patch, value: func(e *model.Entry) string {
		return joined(e.Args, func(a model.Arg) string { return a.Example })
	}},
	{field: "message", level: Patch, value: func(e *model.Entry) string { return e.Message }},
	{field: "meaning", level: Patch, value: func(e *model.Entry) string { return e.Meaning }},
	{field: "fix", level: Patch, value: func(e *model.Entry) string { return e.Fix }},
	{field: "details", level: Patch, value: func(e *model.Entry) string { return e.Details }},
	{field: "reply", level: Patch, value: func(e *model.Entry) string { return e.Answer }},
	{field: "reply_own", level: Patch, value: func(e *model.Entry) string { return e.AnswerOwn }},
	{field: "escalate", level: Patch, value: func(e *model.Entry) string { return e.Escalate }},
	{field: "frequency", level: Patch, value: func(e *model.Entry) string { return e.Frequency }},
	{field: "severity", level: Patch, value: func(e *model.Entry) string { return e.Severity }},
	{field: "impact", level: Patch, value: func(e *model.Entry) string { return e.Impact }},
	{field: "lookalikes", level: Patch, value: func(e *model.Entry) string {
		return joined(e.LookAlikes, func(l model.LookAlike) string { return l.Entry.Code + ": " + l.Difference })
	}},
	{field: "examples", level: Patch, value: func(e *model.Entry) string { return joined(e.Examples, example) }},
	{field: "since", level: Patch, value: func(e *model.Entry) string { return e.Since }},
}

var overrideRules = []rule[model.Override]{
	{field: "action", level: Major, value: func(o model.Override) string { return o.Action.String() }},
	{field: "category", level: Minor, value: func(o model.Override) string { return o.Category.Name }},
	{field: "retry", level: Minor, value: func(o model.Override) string { return model.PolicyText(o.Policy) }},
	{field: "fix", level: Patch, value: func(o model.Override) string { return o.Fix }},
}

// sameFunction reports whether the function of a server's package takes the same arguments
// for both entries.
func sameFunction(older, newer *model.Entry) bool {
	_, before := older.Sent()
	_, now := newer.Sent()
	return slices.EqualFunc(before, now, func(a, b model.Arg) bool { return a.Name == b.Name && a.Type == b.Type })
}

// readsMore reports whether the newer reply forms are the older ones, in order,
// and some after them.
func readsMore(older, newer *model.API) bool {
	n := len(older.Forms)
	return len(newer.Forms) > n && joined(newer.Forms[:n], form) == joined(older.Forms, form)
}

func joined[T any](values []T, text func(T) string) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = text(value)
	}
	return strings.Join(texts, "; ")
}

func link(l model.Link) string { return strings.TrimSpace(l.Title + " " + l.URL) }

// form writes all that a reply form reads, so that no change of it goes unseen.
func form(f classify.Form) string {
	text := f.Syntax.String() + " body"
	if f.In != classify.InBody {
		text = say.English.FormTitle(&f).String()
	}
	text += ": code at " + say.English.FormCode(&f).String()
	if f.Syntax == classify.Header {
		text = "header: code in " + say.English.FormCode(&f).String()
	}
	if message := say.English.FormPlaces(&f, f.Message).String(); message != "" {
		text += ", message at " + message
	}
	if success := say.English.FormSuccess(&f).String(); len(f.OK) > 0 {
		text += ", success if " + success
	} else if success != "" {
		text += ", success " + success
	}
	return text
}

func retired(e *model.Entry) string {
	if e.Retired == nil {
		return ""
	}
	text := "retired"
	if e.Retired.Since != "" {
		text += " since " + e.Retired.Since
	}
	if e.Retired.ReplacedBy != nil {
		text += ", replaced by " + e.Retired.ReplacedBy.Code
	}
	if e.Retired.Note != "" {
		text += ": " + e.Retired.Note
	}
	return text
}

func processed(effect classify.Effect) string {
	if effect == classify.EffectMaybe {
		return "maybe"
	}
	return "no"
}

func policyName(p *classify.Policy) string {
	if p == nil {
		return ""
	}
	return p.Name
}

func example(x model.Example) string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s %d", x.Operation, x.Status)
	for _, h := range x.Headers {
		fmt.Fprintf(&text, ", %s: %s", h.Name, h.Value)
	}
	return text.String() + ", " + x.Body
}

// orDefault is a value in words, or that there is none and the default counts.
func orDefault(set bool, value string) string {
	if !set {
		return "default"
	}
	return value
}
