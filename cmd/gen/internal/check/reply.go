package check

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// maxReplyWords is how many words a customer reads.
const maxReplyWords = 120

const spelledUnit = `milliseconds?|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?`

var literal = pattern.Of(`(?i)\b(\d+(\.\d+)?[ -]?(ms|s|m|h|` + spelledUnit + `)|` +
	`(an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|sixty)[ -](` + spelledUnit + `)|` +
	`\d+ (times|retries|tries|attempts))\b`)

// placeholders are the names that a reply can use, in the order they are listed.
var placeholders = []string{"wait", "retries", "within", "code", "meaning", "api", "request_id", "field"}

// reply fills in the placeholders of a reply to the customer: the entry's, or that of
// one of its variants.
func (a *apiChecker) reply(e *entry, at *format.Field[string]) string {
	text := at.Value
	if words := len(strings.Fields(text)); words > maxReplyWords {
		a.Warnf(at.Place, "text-too-long", "the reply has %d words; the limit for customers is %d", words, maxReplyWords)
	}
	if ofPolicy := a.fillable(e, "wait", "retries", "within"); len(ofPolicy) > 0 {
		if figure := literalIn(text); figure != "" {
			a.Warnf(a.placeOf(at.Place, figure, 0), "literal-duration", "the reply states %s itself", diag.Quote(figure)).
				Hint = "write " + say.English.Or(marks(ofPolicy)) + ": the policy fills it in"
		}
	}
	var filled strings.Builder
	rest := 0
	for _, span := range placeholdersIn(text) {
		mark := text[span[0]:span[1]]
		name := strings.TrimSpace(strings.Trim(mark, "{}"))
		value, why := a.placeholder(e, name)
		if why != "" {
			a.Errorf(a.placeOf(at.Place, mark, strings.Count(text[:span[0]], mark)), "unknown-placeholder", "%s %s", diag.Quote(mark), why).
				Hint = a.placeholderHint(e, name)
		}
		filled.WriteString(text[rest:span[0]] + value)
		rest = span[1]
	}
	return filled.String() + text[rest:]
}

// literalIn returns a figure that a text states, or nothing.
func literalIn(text string) string {
	if !strings.ContainsAny(text, "0123456789") && !hasUnit(text) {
		return "" // every figure has a digit or a unit, and most texts have neither
	}
	return literal().FindString(text)
}

// hasUnit reports whether a text may have a unit of spelledUnit.
func hasUnit(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc([]string{"sec", "ſec", "min", "hr", "hour", "day"}, func(unit string) bool { return strings.Contains(text, unit) })
}

// placeholdersIn returns where a text has placeholders, and braces of what may be meant as
// one.
func placeholdersIn(text string) (spans [][2]int) {
	for at := 0; ; {
		start := at + strings.IndexAny(text[at:], "{}")
		if start < at {
			return spans
		}
		at = start + 1
		if !strings.HasPrefix(text[at:], text[start:at]) {
			continue // a brace alone
		}
		at++
		if inside := strings.IndexAny(text[at:], "{}"); text[start] == '{' && inside >= 0 && strings.HasPrefix(text[at+inside:], "}}") {
			at += inside + len("}}")
		}
		spans = append(spans, [2]int{start, at})
	}
}

func (a *apiChecker) placeholderHint(of *entry, name string) string {
	here := append(a.fillable(of, placeholders...), of.argNames()...)
	if guess, ok := diag.Closest(name, here); ok && guess != name {
		return diag.Meant("{{" + guess + "}}")
	}
	return "here are " + say.English.List(marks(here))
}

// marks are placeholders as a reply has them.
func marks(names []string) []string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = "{{" + name + "}}"
	}
	return all
}

// fillable returns those placeholders that have a value in an entry's reply.
func (a *apiChecker) fillable(of *entry, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, why := a.placeholder(of, name)
		return why != ""
	})
}

// placeholder returns what a placeholder stands for, or why it stands for nothing.
func (a *apiChecker) placeholder(of *entry, name string) (value, why string) {
	e := of.made
	if mark, ok := of.mark(name); ok {
		return mark, ""
	}
	switch name {
	case "code":
		if e.Kind == classify.KindUnknown || e.Kind == classify.KindUnrecognised || e.Kind == classify.KindTransport {
			return "", "has no value here: there is no one code"
		}
		return e.Code, ""
	case "meaning":
		return e.Meaning, ""
	case "api":
		return a.made.Title, ""
	case "request_id":
		return a.ofReply(say.RequestIDMark, e, "request_id", &a.written.Value.RequestID)
	case "field":
		return a.ofReply(say.FieldMark, e, "field", &a.written.Value.Part)
	case "wait", "retries", "within":
		if of.vague() || e.Policy == nil && (e.Action.Waits() || of.Value.Retry.Has()) {
			return "", "" // the reason is reported
		}
		if e.Policy == nil {
			return "", "has no value here: there is no policy"
		}
	default:
		return "", "is not a placeholder"
	}
	switch {
	case e.Policy.Retries == 0:
		return "", "has no value here: the policy has no retries"
	case name == "wait":
		return say.In(a.tag()).WaitInFull(e.Policy), ""
	case name == "within" && e.Policy.Within > 0:
		return say.In(a.tag()).DurationInFull(e.Policy.Within), ""
	case name == "retries" && e.Policy.Retries != classify.Unlimited:
		return strconv.Itoa(e.Policy.Retries), ""
	}
	return "", "has no value here: the policy sets none"
}

// ofReply returns the mark of what a reply fills in, or why none does.
func (a *apiChecker) ofReply(mark string, e *model.Entry, key string, list *format.List[format.ReplyPlace]) (value, why string) {
	switch {
	case e.Kind == classify.KindTransport:
		return "", "has no value here: there is no reply"
	case e.Action == classify.OK:
		return "", "has no value here: it is read where there is no success"
	case !list.Has():
		return "", "has no value here: the API has no " + key
	}
	return mark, ""
}

// placeOf returns where a part of a text stands in the file, after so many other
// occurrences of the same, and where the text starts if the file has it in
// another spelling.
func (c *checker) placeOf(at diag.Place, part string, after int) diag.Place {
	lines := c.linesOf(at.File)
	first, offset, ok := lines.Find(at.Line, at.Column)
	next := *lines // which goes on from there, and lines does not
	rest := first[offset:]
	for line, column := at.Line, at.Column; ok; column = 1 {
		for ; ; after-- {
			j := bytes.Index(rest, []byte(part))
			if j < 0 {
				break
			}
			if column += utf8.RuneCount(rest[:j]); after == 0 {
				return diag.Place{File: at.File, Line: line, Column: column}
			}
			column += utf8.RuneCountInString(part)
			rest = rest[j+len(part):]
		}
		line++
		if rest, _, ok = next.Find(line, 1); len(bytes.TrimSpace(rest)) > 0 && indent(rest) <= indent(first) {
			break // the text ends where a line is not indented any more
		}
	}
	return at
}

// linesOf returns the lines of a file.
func (c *checker) linesOf(file string) *diag.Lines {
	if c.lines == nil {
		c.lines = make(map[string]*diag.Lines)
		for _, source := range c.sources {
			c.lines[source.Name] = diag.NewLines(source.Content)
		}
	}
	return c.lines[file]
}

// indent is how many spaces a line starts with.
func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// placeholders compares those of a text and of its translation, which is a reply or has
// arguments.
func (o *overlay) placeholders(at *format.Mark, what string, text Text) {
	set := func(text string) []string {
		var all []string
		for _, span := range placeholdersIn(text) {
			mark := text[span[0]:span[1]]
			all = append(all, strings.ReplaceAll(mark, " ", ""))
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	want, got := set(text.Source), set(text.Text)
	for _, mark := range want {
		if !slices.Contains(got, mark) {
			o.Warnf(at.Place, "unlike-placeholders", "the %s of the spec has %s, and this one does not", what, diag.Quote(mark))
		}
	}
	for _, mark := range got {
		if !slices.Contains(want, mark) {
			o.Warnf(at.Place, "unlike-placeholders", "the %s of the spec does not have %s", what, diag.Quote(mark))
		}
	}
}
