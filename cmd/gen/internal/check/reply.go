package check

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// maxReplyWords is how many words a customer reads.
const maxReplyWords = 120

const spelledUnit = `milliseconds?|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?`

var (
	placeholder = regexp.MustCompile(`\{\{[^{}]*\}\}|\{\{|\}\}`)
	literal     = regexp.MustCompile(`(?i)\b(\d+(\.\d+)?[ -]?(ms|s|m|h|` + spelledUnit + `)|` +
		`(one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty)[ -](` + spelledUnit + `))\b`)
)

// placeholders are the names that a reply can use, in the order they are listed.
var placeholders = []string{"wait", "retries", "within", "code", "meaning", "api"}

// reply fills in the placeholders of an entry's reply to the customer.
func (a *apiChecker) reply(e *model.Entry, n *syntax.Node) string {
	at := a.get(n, "reply")
	if at == nil {
		return ""
	}
	text := strings.TrimSpace(at.Text)
	if words := len(strings.Fields(text)); words > maxReplyWords {
		a.warnf(at.Place, "text-too-long", "the reply has %d words; customers read %d at most", words, maxReplyWords)
	}
	if figure := literal.FindString(text); figure != "" {
		a.warnf(a.placeOf(at, figure), "literal-duration", "the reply states %s itself", diag.Quote(figure)).
			Hint = "write {{wait}} or {{within}}, which follow the policy"
	}
	return placeholder.ReplaceAllStringFunc(text, func(mark string) string {
		name := strings.TrimSpace(strings.Trim(mark, "{}"))
		value, why := a.placeholder(e, name)
		if why != "" {
			a.errorf(a.placeOf(at, mark), "unknown-placeholder", "%s %s", mark, why).Hint = placeholderHint(name)
		}
		return value
	})
}

func placeholderHint(name string) string {
	if hint := didYouMean(name, placeholders); hint != "" && !contains(placeholders, name) {
		return hint
	}
	return "there are {{" + strings.Join(placeholders, "}}, {{") + "}}"
}

// placeholder returns what a placeholder stands for, or why it stands for nothing.
func (a *apiChecker) placeholder(e *model.Entry, name string) (value, why string) {
	switch name {
	case "code":
		return e.Code, ""
	case "meaning":
		return e.Meaning, ""
	case "api":
		return a.made.Title, ""
	case "wait", "retries", "within":
		if e.Policy == nil {
			return "", "has no value here: there is no policy"
		}
	default:
		return "", "is no placeholder"
	}
	switch {
	case name == "wait":
		return model.SpokenWait(e.Policy), ""
	case name == "within" && e.Policy.Within > 0:
		return model.SpokenDuration(e.Policy.Within), ""
	case name == "retries" && e.Policy.Retries != classify.Unlimited:
		return strconv.Itoa(e.Policy.Retries), ""
	}
	return "", "has no value here: the policy sets none"
}

// placeOf returns where a part of a text first stands in the file, and where the
// text starts if it is not there as it is.
func (c *checker) placeOf(n *syntax.Node, part string) diag.Place {
	if c.lines == nil {
		c.lines = strings.Split(string(c.source), "\n")
	}
	at := n.Place
	last := min(len(c.lines), at.Line+strings.Count(n.Text, "\n")+strings.Count(n.Text, " ")/4+2)
	for i := at.Line - 1; i < last; i++ {
		from := 0
		if i == at.Line-1 {
			from = len(string([]rune(c.lines[i])[:min(at.Column-1, len([]rune(c.lines[i])))]))
		}
		if j := strings.Index(c.lines[i][from:], part); j >= 0 {
			return diag.Place{File: at.File, Line: i + 1, Column: len([]rune(c.lines[i][:from+j])) + 1}
		}
	}
	return at
}
