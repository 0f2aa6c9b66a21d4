package diff

import (
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// Step is the changes that need one version step.
type Step struct {
	Title   say.Message
	Changes []Change
}

// steps are the titles of the version steps, the greatest first.
var steps = []struct {
	level Level
	title say.Message
}{
	{Major, "What may break a program"},
	{Minor, "What is new, or happens at other times"},
	{Patch, "What is said in other words"},
}

// Steps returns the changes by the version step that they need, the greatest first. None is
// without changes.
func (r *Report) Steps() []Step {
	var all []Step
	for _, s := range steps {
		step := Step{Title: s.title}
		for _, c := range r.Changes {
			if c.Level == s.level {
				step.Changes = append(step.Changes, c)
			}
		}
		if step.Changes != nil {
			all = append(all, step)
		}
	}
	return all
}

// Summary says what the report lists.
func (r *Report) Summary() say.Message {
	if len(r.Changes) == 0 {
		return "Nothing that a program or a reader would notice has changed since the previous version."
	}
	return "This is what a program or a reader would notice, compared with the previous version."
}

// Signs are how a format shows the parts of a sentence.
type Signs struct {
	Words func(text string) string // escapes words
	Code  func(text string) string // shows a value or a name as written
	API   func(name string) string // shows the API that a change is in
	Key   func(code string) string // shows what a change is about
}

// Sentence says in a line what changed. Values are shown as written: some of them are in
// English in any language.
func (c Change) Sentence(l *say.Language, s Signs) string {
	c = c.Brief()
	words := func(m say.Message, values ...string) string { return l.Markup(m, s.Words, values...) }
	value := func(text string) string {
		if text == "" {
			return words("nothing|a value that is not there")
		}
		return s.Code(text)
	}
	key := func(code string) string {
		if code == "" {
			return ""
		}
		return s.Key(code)
	}
	of := func(what, text string) string {
		if what == "" {
			return text
		}
		return words("%s: %s", what, text)
	}
	var text string
	switch c.Kind {
	case Renamed:
		text = words("%s is now %s, and the old name an alias.", s.Code(c.Field)+" "+s.Code(c.Old), key(c.New))
	case Changed:
		text = of(strings.TrimSpace(key(c.Code)+" "+s.Code(c.Field)), value(c.Old)+s.Words(" → ")+value(c.New))
	default:
		text = strings.TrimSpace(s.Code(c.Field) + " " + key(c.Code))
		if c.Old+c.New != "" {
			text = of(text, value(c.Old+c.New))
		}
		if c.Kind == Added {
			text = words("New: %s", text)
		} else {
			text = words("Gone: %s", text)
		}
	}
	if c.API == "" {
		return text
	}
	return of(s.API(c.API), text)
}
