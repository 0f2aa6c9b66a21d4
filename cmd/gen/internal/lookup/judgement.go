package lookup

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// row is a row of the judgement: how sure it is that a part of a text stands for a
// name that it has the letters of.
type row struct {
	subject string     // code, word for one that may be an ordinary word, or message
	styles  string     // the styles that it is about; all where it names none
	when    string     // the facts that hold, and after ! those that do not
	sure    Confidence // never for not at all
}

const never Confidence = ""

// rows are the judgement. Of those about a subject the first that holds decides; where
// none does, it is nothing.
var rows = []row{
	{"code", "marked", "underscored", never}, // the first word may be a label of the others
	{"code", "marked", "hyphened", never},
	{"code", "marked", "long", Likely},
	{"code", "marked", "opens closes", Likely},
	{"code", "marked", "", never},
	{"code", "mixed", "whole tight", Guess},
	{"code", "mixed", "separated tight !spread !underscored !hyphened", Guess},
	{"code", "mixed", "", never},
	{"code", "", "whole", Exact},
	{"code", "", "underscored", never},
	{"code", "", "spread !wrapped hyphened", never},
	{"code", "", "spread !wrapped opens closes", Exact},
	{"code", "", "spread !wrapped", Likely},
	{"code", "spaced", "opens closes !hyphened", Exact},
	{"code", "spaced", "", never},
	{"code", "verbatim", "hyphened hyphenless", Likely},
	{"code", "", "hyphened", never},
	{"code", "dotted", "long !pointed", Likely}, // more often a member or a file than a code
	{"code", "dotted", "", never},
	{"code", "", "continued", Likely},
	{"code", "", "", Exact},

	{"word", "spaced dotted marked mixed", "", never},
	{"word", "", "whole", Exact},
	{"word", "", "linked", never},
	{"word", "", "wrapped", never},
	{"word", "", "labelled closes", Exact},
	{"word", "verbatim", "capital", Likely},
	{"word", "verbatim", "told pauses", Likely},

	{"message", "", "!single !spread", never}, // another API's code
	{"message", "", "whole", Likely},
	{"message", "", "underscored", never},
	{"message", "", "hyphened", never},
	{"message", "", "numbered pauses", Likely},
	{"message", "", "opens closes", Likely},
	{"message", "", "single", never},
	{"message", "", "opens pauses", Likely},
	{"message", "", "long pauses !counted", Likely}, // that many words are not a coincidence, unless they are a status's
	{"message", "", "long quoted", Likely},
	{"message", "", "pauses quoted", Likely},
}

// place is where a text has the letters of a name: in atoms i to j.
type place struct {
	name *name
	text *text
	i, j int
}

func (p place) span() string { return p.text.span(p.i, p.j) }

// facts are what can hold of a place.
var facts = map[string]func(p place) bool{
	// Of what stands around it.
	"whole":       func(p place) bool { return p.text.whole(p.i, p.j) },
	"opens":       func(p place) bool { return p.text.opens(p.i) },
	"closes":      func(p place) bool { return p.text.closes(p.j) },
	"pauses":      func(p place) bool { return p.text.pauses(p.j) },
	"labelled":    func(p place) bool { return p.text.labelled(p.i) },
	"told":        func(p place) bool { return p.text.told(p.i) },
	"counted":     func(p place) bool { return p.i > 0 && p.text.isNumber(p.i-1) },
	"numbered":    func(p place) bool { return p.i > 0 && p.text.letters(p.i-1, p.i-1) == squash(p.name.entry.Code) },
	"underscored": func(p place) bool { return p.text.touches(p.i, p.j, "_") },
	"hyphened":    func(p place) bool { return p.text.touches(p.i, p.j, "-") },
	"pointed":     func(p place) bool { return p.text.touches(p.i, p.j, ".") },
	"linked":      func(p place) bool { return p.text.touches(p.i, p.j, "_-./") },
	"continued":   func(p place) bool { return p.text.touchesRight(p.j, ".") },
	// Of how it is written.
	"spread":    func(p place) bool { return strings.ContainsAny(p.span(), " \n") },
	"wrapped":   func(p place) bool { return strings.Contains(p.span(), "\n") },
	"separated": func(p place) bool { return strings.ContainsAny(p.span(), "_-") },
	"tight":     func(p place) bool { return p.text.isTight(p.i, p.j) },
	"quoted":    place.isQuoted,
	// Of the name.
	"single":     func(p place) bool { return len(p.name.words()) < 2 },
	"long":       func(p place) bool { return len(p.name.words()) > 2 },
	"hyphenless": func(p place) bool { return !strings.Contains(p.name.text, "-") },
	"capital":    func(p place) bool { return strings.ContainsFunc(p.name.text, unicode.IsUpper) },
}

// pathMarks stand between things, not between the words of one.
const pathMarks = ":=,;/|\\"

// isTight reports whether between atoms i to j stands never more than a slip of the
// hand.
func (t *text) isTight(i, j int) bool {
	for k := i; k < j; k++ {
		gap := t.gap(k)
		if strings.ContainsAny(gap, pathMarks+"\n") {
			return false
		}
		if runes := len([]rune(gap)); runes > 2 || runes == 2 && !strings.Contains(gap, "_") {
			return false
		}
	}
	return true
}

// isQuoted reports whether the place has the name to the letter, in the middle of a
// sentence, where a capital shows that the words are quoted.
func (p place) isQuoted() bool {
	n := p.name
	same := strings.Join(strings.Fields(p.span()), " ") == n.text[len(n.lead):len(n.text)-len(n.trail)]
	return same && unicode.IsUpper([]rune(p.span())[0]) && !p.text.opens(p.i)
}

// judgement is a row, ready to be asked.
type judgement struct {
	styles uint // a bit each
	facts  []condition
	sure   Confidence
}

type condition struct {
	holds func(p place) bool
	want  bool
}

func (g *judgement) holds(how style, p place) bool {
	return g.styles&(1<<how) != 0 && !slices.ContainsFunc(g.facts, func(c condition) bool { return c.holds(p) != c.want })
}

// judgements are the rows, by their subjects.
var judgements = sync.OnceValue(func() map[string][]judgement { return newJudgements(rows) })

func newJudgements(rows []row) map[string][]judgement {
	all := map[string][]judgement{}
	for _, r := range rows {
		own := judgement{sure: r.sure}
		for how, name := range styles {
			if r.styles == "" || slices.Contains(strings.Fields(r.styles), name) {
				own.styles |= 1 << how
			}
		}
		for _, name := range strings.Fields(r.when) {
			name, negated := strings.CutPrefix(name, "!")
			if facts[name] == nil {
				panic("internal error: no fact is called " + name)
			}
			own.facts = append(own.facts, condition{facts[name], !negated})
		}
		all[r.subject] = append(all[r.subject], own)
	}
	return all
}
