package markdown

import (
	"fmt"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diff"
)

// changesName is the page that says what changed.
const changesName = "changes.md"

// changes prints what differs from the previous version of the catalog.
func (d *docs) changes(r *diff.Report) *page {
	p := &page{docs: d, file: changesName}
	p.title(p.l.Say("What changed"))
	p.para(p.words(r.Summary()))
	for _, step := range r.Steps() {
		p.heading(2, p.l.Say(step.Title))
		list := make([]string, len(step.Changes))
		for i, c := range step.Changes {
			list[i] = "- " + c.Sentence(p.l, p.signs())
		}
		p.para(markup(strings.Join(list, "\n")))
	}
	return p
}

// signs are how the page shows the parts of a sentence.
func (p *page) signs() diff.Signs {
	code := func(text string) string { return string(p.code(line(text))) }
	return diff.Signs{Words: escapePart, Code: code, API: code, Key: code}
}

// Changes writes what changed between two catalogs for a changelog: a list for each version
// step, the greatest first.
func Changes(r diff.Report) []byte {
	var out strings.Builder
	for level := diff.Major; level > diff.None; level-- {
		first := true
		for _, c := range r.Changes {
			if c.Level != level {
				continue
			}
			if first {
				fmt.Fprintf(&out, "### %s\n\n", strings.ToUpper(level.String()[:1])+level.String()[1:])
				first = false
			}
			fmt.Fprintf(&out, "- %s\n", change(c.Brief()))
		}
		if !first {
			out.WriteString("\n")
		}
	}
	if out.Len() == 0 {
		return []byte("No changes.\n")
	}
	return []byte(strings.TrimSuffix(out.String(), "\n"))
}

// change is a line of such a list.
func change(c diff.Change) markup {
	var p page
	value := func(text string) markup {
		if text == "" {
			return "nothing"
		}
		return escape(line(text))
	}
	var text markup
	if c.API != "" {
		text = p.code(c.API) + ": "
	}
	switch {
	case c.Kind == diff.Renamed:
		return text + markup(c.Field) + " " + p.code(c.Old) + " is now " + p.code(c.New) + ", and the old name an alias"
	case c.Kind == diff.Changed:
		if c.Code != "" {
			text += p.code(c.Code) + ": "
		}
		return text + escape(c.Field) + ": " + value(c.Old) + " → " + value(c.New)
	}
	text += markup(c.Kind) + " " + escape(c.Field)
	if c.Code != "" {
		text += " " + p.code(c.Code)
	}
	if c.Old+c.New != "" {
		text += ": " + value(c.Old+c.New)
	}
	return text
}
