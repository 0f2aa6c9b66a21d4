package say

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// What the comments on constants say, in English like all code: each text is a sentence,
// without its full stop unless it holds several.

// CommentAPI says what the API's generated code is and which guide it comes from.
// The first text is not for Go, which starts with the package's name.
func CommentAPI(a *model.API) []string {
	texts := []string{"The error catalog of " + a.Title + ": what each status and error code means, what to do about it and how long to wait"}
	if a.Summary != "" {
		texts = append(texts, "The API: "+a.Summary)
	}
	if source := sourceText(a); source != "" {
		texts = append(texts, source)
	}
	for _, h := range English.HandOn(a) {
		texts = append(texts, h.What+": "+h.Where.String())
	}
	for _, o := range a.Overrides {
		if does := overrideText(o); does != "" {
			texts = append(texts, "Whatever a reply's code and status say, if "+English.When(a, o.When).String()+": "+does)
		}
	}
	return texts
}

// overrideText says in a line what the server's own word changes, and nothing where that
// is only where the wait is.
func overrideText(o model.ServerOverride) string {
	var parts []string
	for _, part := range []string{English.OverrideAction(o), English.OverrideRule(o), o.Fix} {
		if part != "" && part != English.RetryRule(nil, classify.Fail) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}

// sourceText says what the entries were taken from, and when.
func sourceText(a *model.API) string {
	text := "Source: " + a.Source.Title
	switch {
	case a.Source == model.Link{}:
		return ""
	case a.Source.Title == "":
		text = "Source: " + a.Source.URL
	case a.Source.URL != "":
		text += ", " + a.Source.URL
	}
	if a.Verified != "" {
		text += ", as of " + a.Verified
	}
	return text
}

// CommentCategory says what the category asks for, and of whom.
func CommentCategory(c *model.Category) []string {
	texts := []string{c.Summary}
	if c.Summary == "" {
		texts[0] = English.ActionTitle(c.Action)
	}
	if c.Who != "" {
		texts = append(texts, "Who has to act: "+English.WhoTitle(c.Who))
	}
	return texts
}

// CommentOperation says what the operation is, such as "Submit a task (POST /in.php)".
func CommentOperation(o *model.Operation) string {
	if request := strings.TrimSpace(o.Method + " " + o.Path); request != "" {
		return o.Title + " (" + request + ")"
	}
	return o.Title
}

// CommentType says what one of the constants of a type is.
func CommentType(a *model.API, name string) string {
	switch name {
	case "Code":
		return "An error code of " + a.Title + ", as on the wire"
	case "Prefix":
		return "A prefix that several codes of " + a.Title + " share, as the catalog writes it"
	case "Status":
		return "An HTTP status of " + a.Title
	case "StatusClass":
		return "A class of HTTP statuses of " + a.Title + ", as the catalog writes it"
	case "Category":
		return "A category of the catalog"
	case "Operation":
		return "An operation of " + a.Title
	case "Action":
		return "What to do about a reply"
	}
	panic("internal error: no constants of type " + name)
}

// CommentKey returns what the entry stands for, in words.
func CommentKey(e *model.Entry) string {
	switch e.Kind {
	case classify.KindPrefix:
		return "any code " + CodeWord(e.Code) + " that is not listed"
	case classify.KindStatus:
		return "status " + e.Code
	case classify.KindStatusClass:
		return "any status " + e.Code + " that is not listed"
	}
	return CodeWord(e.Code)
}

// CommentEntry says what to do about the entry and where it comes.
func CommentEntry(e *model.Entry) []string {
	texts := []string{whatToDo(e.Action, e.Category, e.Policy)}
	if e.Fix != "" {
		texts = append(texts, "Fix: "+e.Fix)
	}
	if where := whereText(e); where != "" {
		texts = append(texts, where)
	}
	for i := range e.Variants {
		texts = append(texts, commentVariant(e, &e.Variants[i])...)
	}
	for _, o := range e.Overrides {
		texts = append(texts, "In "+o.Operation+": "+whatToDo(o.Action, o.Category, o.Policy))
		if o.Fix != "" && o.Fix != e.Fix {
			texts = append(texts, "Fix in "+o.Operation+": "+o.Fix)
		}
	}
	if len(e.Aliases) > 0 {
		words := make([]string, len(e.Aliases))
		for i, alias := range e.Aliases {
			words[i] = CodeWord(alias)
		}
		texts = append(texts, "Also written "+English.Or(words))
	}
	if url := e.URL(); url != "" {
		texts = append(texts, "See "+url)
	}
	return texts
}

// commentVariant says in which replies one of the entry's variants counts, and what to
// do about these.
func commentVariant(e *model.Entry, v *model.Variant) []string {
	in := "If " + English.When(e.API, v.When).String()
	if v.Meaning != e.Meaning && v.Meaning != "" {
		in += " (" + v.Meaning + ")"
	}
	texts := []string{in + ": " + whatToDo(v.Action, v.Category, v.Policy)}
	if v.Fix != "" && v.Fix != e.Fix {
		texts = append(texts, "Fix in that case: "+v.Fix)
	}
	return texts
}

// whatToDo is such as "Wait and retry (transient): up to 3 retries, 5 s apart".
func whatToDo(action classify.Action, category *model.Category, policy *classify.Policy) string {
	text := fmt.Sprintf("%s (%s)", English.ActionTitle(action), category.Name)
	if policy != nil && action.Waits() {
		text += ": " + English.RetryRule(policy, action)
	}
	return text
}

// whereText says which operations return a code and with which statuses, as far as
// that tells it from the others.
func whereText(e *model.Entry) string {
	var parts []string
	if len(e.Operations) > 0 && e.API != nil && len(e.Operations) < len(e.API.Operations) {
		parts = append(parts, "by "+English.And(e.Operations))
	}
	if len(e.Statuses) > 0 && (e.Kind == classify.KindCode || e.Kind == classify.KindPrefix) {
		statuses := make([]string, len(e.Statuses))
		for i, status := range e.Statuses {
			statuses[i] = strconv.Itoa(status)
		}
		parts = append(parts, "with status "+English.Or(statuses))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Returned " + strings.Join(parts, ", ")
}

// CommentRetired says since when the code is not sent, and which is instead.
func CommentRetired(r *model.Retired) []string {
	texts := []string{"The API no longer sends it"}
	if r.Since != "" {
		texts[0] += ", since " + r.Since
	}
	if r.ReplacedBy != nil {
		texts = append(texts, "It sends "+CodeWord(r.ReplacedBy.Code)+" instead")
	}
	if r.Note != "" {
		texts = append(texts, r.Note)
	}
	return texts
}

// CodeWord returns a code as it can stand in a sentence: bare where it is a plain word.
func CodeWord(code string) string {
	plain := func(r rune) bool {
		return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune("_-.*", r)
	}
	if code != "" && !strings.ContainsFunc(code, func(r rune) bool { return !plain(r) }) {
		return code
	}
	return strconv.Quote(code)
}
