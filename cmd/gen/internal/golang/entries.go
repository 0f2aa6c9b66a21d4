package golang

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// describe is the comment on the constant of a code or a status:
//
//	// ErrorNoSlotAvailable is ERROR_NO_SLOT_AVAILABLE: All workers busy.
//	//
//	// Wait and retry (transient): up to 3 retries, 5 s apart.
//	// Fix: Retry after 5 seconds.
//	// In submit, with status 429.
func describe(e *model.Entry) comment {
	var c comment
	c.sentence(e.Go + " is " + key(e) + ": " + e.Meaning)
	c.paragraph()
	c.sentence(do(e.Action, e.Category, e.Policy))
	if e.Fix != "" {
		c.sentence("Fix: " + e.Fix)
	}
	if where := where(e); where != "" {
		c.sentence(where)
	}
	for _, o := range e.Overrides {
		c.sentence("In " + o.Operation + ": " + do(o.Action, o.Category, o.Policy))
		if o.Fix != "" && o.Fix != e.Fix {
			c.sentence("Fix in " + o.Operation + ": " + o.Fix)
		}
	}
	if len(e.Aliases) > 0 {
		c.sentence("Also written " + say.Or(quoted(e.Aliases)))
	}
	if e.Retired != nil {
		c.paragraph()
		c.sentence(retired(e.Retired))
	}
	return c
}

// key is what the constant stands for, in words.
func key(e *model.Entry) string {
	switch e.Kind {
	case classify.KindPrefix:
		return "any code " + word(e.Code) + " that is not listed"
	case classify.KindStatus:
		return "status " + e.Code
	case classify.KindStatusClass:
		return "any status " + e.Code + " that is not listed"
	}
	return word(e.Code)
}

// do is what to do about an entry, such as "Wait and retry (transient): up to 3
// retries, 5 s apart".
func do(action classify.Action, category *model.Category, policy *classify.Policy) string {
	text := fmt.Sprintf("%s (%s)", say.ActionTitle(action), category.Name)
	if policy != nil && action.Waits() {
		text += ": " + say.RetryRule(policy, action)
	}
	return text
}

// where says in which operations and with which statuses a code comes, as far
// as that tells it from the others.
func where(e *model.Entry) string {
	var parts []string
	if len(e.Operations) > 0 && e.API != nil && len(e.Operations) < len(e.API.Operations) {
		parts = append(parts, "in "+say.And(e.Operations))
	}
	if len(e.Statuses) > 0 && (e.Kind == classify.KindCode || e.Kind == classify.KindPrefix) {
		statuses := make([]string, len(e.Statuses))
		for i, status := range e.Statuses {
			statuses[i] = strconv.Itoa(status)
		}
		parts = append(parts, "with status "+say.Or(statuses))
	}
	if len(parts) == 0 {
		return ""
	}
	return "Comes " + strings.Join(parts, ", ")
}

// retired is a deprecation that Go's tools know by its first word.
func retired(r *model.Retired) string {
	text := "Deprecated: The API no longer sends it"
	if r.Since != "" {
		text += ", since " + r.Since
	}
	if r.ReplacedBy != nil {
		text = sentence(text) + " It sends " + word(r.ReplacedBy.Code) + " instead"
	}
	if r.Note != "" {
		text = sentence(text) + " " + r.Note
	}
	return text
}

// word is a code as it can stand in a sentence: bare where it is a plain word.
func word(code string) string {
	plain := func(r rune) bool {
		return 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune("_-.*", r)
	}
	if code != "" && !strings.ContainsFunc(code, func(r rune) bool { return !plain(r) }) {
		return code
	}
	return strconv.Quote(code)
}

func quoted(codes []string) []string {
	words := slices.Clone(codes)
	for i, code := range words {
		words[i] = word(code)
	}
	return words
}
