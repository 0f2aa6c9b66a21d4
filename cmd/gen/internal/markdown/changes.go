package markdown

import (
	"fmt"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// changesName is the page that says what changed.
const changesName = "changes.md"

// steps are the headings over the changes that need each version step, the greatest first.
var steps = []struct {
	level   diff.Level
	heading say.Message
}{
	{diff.Major, "What may break a program"},
	{diff.Minor, "What is new, or happens at other times"},
	{diff.Patch, "What is said in other words"},
}

// changes prints what differs from the previous version of the catalog.
func (d *docs) changes(r *diff.Report) *page {
	p := &page{docs: d, file: changesName}
	p.title(p.l.Say("What changed"))
	if len(r.Changes) == 0 {
		p.para(p.words("Nothing that a program or a reader would notice has changed since the previous version."))
		return p
	}
	p.para(p.words("This is what a program or a reader would notice, compared with the previous version."))
	for _, step := range steps {
		var list []string
		for _, c := range r.Changes {
			if c.Level == step.level {
				list = append(list, "- "+string(p.change(c.Brief())))
			}
		}
		if list != nil {
			p.heading(2, p.l.Say(step.heading))
			p.para(markup(strings.Join(list, "\n")))
		}
	}
	return p
}

// change says in a line of the page what changed. Values are shown as written: some of them
// are in English in any language.
func (p *page) change(c diff.Change) markup {
	value := func(text string) markup {
		if text == "" {
			return p.words("nothing|a value that is not there")
		}
		return p.code(line(text))
	}
	named := func(parts ...string) markup {
		var all []string
		for _, part := range parts {
			if part != "" {
				all = append(all, string(p.code(part)))
			}
		}
		return markup(strings.Join(all, " "))
	}
	of := func(what markup, text markup) markup {
		if what == "" {
			return text
		}
		return p.words("%s: %s", what, text)
	}
	var text markup
	switch {
	case c.Kind == diff.Renamed:
		text = p.words("%s is now %s, and the old name an alias.", named(c.Field, c.Old), named(c.New))
	case c.Kind == diff.Changed:
		text = of(named(c.Code, c.Field), value(c.Old)+" → "+value(c.New))
	default:
		text = named(c.Field, c.Code)
		if c.Old+c.New != "" {
			text = of(text, value(c.Old+c.New))
		}
		if c.Kind == diff.Added {
			text = p.words("New: %s", text)
		} else {
			text = p.words("Gone: %s", text)
		}
	}
	return of(named(c.API), text)
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
