package replay

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// stub returns an entry for a code that the catalog does not list, as it stands in a spec.
func stub(c *model.Catalog, u UnknownCode) string {
	var out strings.Builder
	fmt.Fprintf(&out, "apis:\n  %s:\n    codes:\n", u.API)
	for line := range strings.Lines(Entry(c, u)) {
		out.WriteString("      " + line)
	}
	return out.String()
}

// Entry returns an entry for a code that the catalog does not list, as it stands among the
// codes of its API. It is decided by as unlisted codes are, until its author says more:
//
//	# Seen 12 times since 2026-11-30T10:00:00Z.
//	"ERROR_NEW":
//	  status: 429
//	  message: "Something new"
//	  meaning: "TODO(author): …"
func Entry(c *model.Catalog, u UnknownCode) string {
	var out strings.Builder
	line := func(indent int, text string) { fmt.Fprintf(&out, "%*s%s\n", indent, "", text) }
	seen := "# Seen once"
	if u.Count != 1 {
		seen = fmt.Sprintf("# Seen %d times", u.Count)
	}
	if u.First != "" {
		seen += ", first " + comment(u.First)
	}
	line(0, seen+".")
	line(0, quote(u.Code)+":")
	if len(u.Statuses) > 0 {
		line(2, "status: "+list(u.Statuses))
	}
	if u.Message != "" {
		line(2, "message: "+quote(u.Message))
	}
	line(2, "meaning: "+quote(model.ToDo+": what it means, in a few words"))
	line(2, "fix: "+quote(model.ToDo+": what to do about it"))
	for _, text := range ruling(c, u) {
		line(2, text)
	}
	if u.Sample != "" && !strings.HasSuffix(u.Sample, "…") {
		line(2, "examples:")
		if len(u.Statuses) > 0 {
			line(4, "- status: "+strconv.Itoa(u.Statuses[0]))
			line(6, "body: "+quote(u.Sample))
		} else {
			line(4, "- body: "+quote(u.Sample))
		}
	}
	return out.String()
}

// ruling returns the lines that say what is to be done: what is done about the sample, as long
// as the code is not listed, or without one about unlisted codes; or else what stops.
func ruling(c *model.Catalog, u UnknownCode) []string {
	var names []string
	for _, category := range c.Categories {
		names = append(names, category.Name)
	}
	mark := "    # " + model.ToDo + ": one of " + strings.Join(names, ", ")
	category, action, policy := doneAbout(c, u)
	i := slices.IndexFunc(c.Categories, func(own *model.Category) bool { return own.Name == category })
	if i < 0 {
		action = classify.Fail
		if i = slices.IndexFunc(c.Categories, func(own *model.Category) bool { return own.Action == classify.Fail }); i < 0 {
			return []string{"category: " + model.ToDo + mark}
		}
	}
	lines := []string{"category: " + quote(c.Categories[i].Name) + mark}
	if action != c.Categories[i].Action {
		lines = append(lines, "action: "+action.String())
	}
	switch {
	case policy == nil || !action.Waits():
	case policy.Name != "":
		lines = append(lines, "retry: "+quote(policy.Name))
	default:
		lines = append(lines, "retry: {"+model.PolicyText(policy)+"}")
	}
	return lines
}

// doneAbout returns what is done about a code that is not listed.
func doneAbout(c *model.Catalog, u UnknownCode) (category string, action classify.Action, policy *classify.Policy) {
	i := slices.IndexFunc(c.APIs, func(a *model.API) bool { return a.Name == u.API })
	if i < 0 {
		return "", 0, nil
	}
	a := c.APIs[i]
	if u.Sample != "" {
		reply := classify.Reply{Body: []byte(u.Sample)}
		if len(u.Statuses) > 0 {
			reply.Status = u.Statuses[0]
		}
		if d := a.Table().Classify(reply); d.Code == u.Code && d.Action != classify.OK {
			return string(d.Category), d.Action, d.Policy
		}
	}
	if a.Unknown != nil {
		return a.Unknown.Category.Name, a.Unknown.Action, a.Unknown.Policy
	}
	return "", 0, nil
}

// comment returns a text for a comment: on one line, and without what can't be seen.
func comment(text string) string {
	quoted := quote(text)
	return quoted[1 : len(quoted)-1]
}

func list(statuses []int) string {
	if len(statuses) == 1 {
		return strconv.Itoa(statuses[0])
	}
	texts := make([]string, len(statuses))
	for i, status := range statuses {
		texts[i] = strconv.Itoa(status)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// quote returns a text as YAML has it in double quotes, which is nearly as JSON has it.
func quote(text string) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic("internal error: " + err.Error())
	}
	quoted := strings.TrimSuffix(out.String(), "\n")
	out.Reset()
	for _, r := range quoted {
		switch {
		case r == ' ' || unicode.IsGraphic(r) && r != '\ufeff':
			out.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&out, `\U%08x`, r)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}
