package lookup

import (
	"regexp"
	"slices"
	"sort"
	"strings"
)

// newText cleans a text and cuts it, and notes what of it is quoted.
func newText(pasted string) *text {
	lines := cleanLines(pasted)
	t := cut(dropQuoteMarks(lines))
	t.noteQuotes(lines)
	return t
}

// noteQuotes notes which lines are quoted from an older mail: those after a mark, and all
// below the line that some programs put there. Where there are no others, none counts.
func (t *text) noteQuotes(lines string) {
	if !strings.Contains(lines, ">") && !strings.Contains(lines, originalMessage) {
		return
	}
	below, any, all := false, false, true
	at := 0
	quotes := []bool{}
	starts := []int{}
	cleanLines := strings.Split(t.clean, "\n")
	for i, line := range strings.Split(lines, "\n") {
		below = below || strings.Contains(line, originalMessage)
		quoted := below || strings.HasPrefix(strings.TrimLeft(line, " "), ">")
		starts, quotes = append(starts, at), append(quotes, quoted)
		at += len(cleanLines[i]) + 1
		any = any || quoted
		all = all && (quoted || strings.TrimSpace(line) == "")
	}
	if any && !all {
		t.lines, t.quotes = starts, quotes
	}
}

const originalMessage = "-----Original Message-----"

// isQuoted reports whether what stands at a place is quoted from an older mail.
func (t *text) isQuoted(at int) bool {
	if t.quotes == nil {
		return false
	}
	return t.quotes[sort.Search(len(t.lines), func(i int) bool { return t.lines[i] > at })-1]
}

// isLog reports whether the text is lines of a log: two of them start with a time.
func (t *text) isLog() bool {
	found := 0
	for line := range strings.SplitSeq(t.clean, "\n") {
		if logLine.MatchString(head(line, maxLogStart)) {
			if found++; found == 2 {
				return true
			}
		}
	}
	return false
}

var logLine = regexp.MustCompile(`^[\[<( ]*(?:[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}|[0-9]{2}:[0-9]{2}:[0-9]{2}|[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}|[0-9a-fA-F.:]+ [^ ]+ [^ ]+ \[[0-9]{2}/)`)

// maxLogStart is where in a line its time starts at the latest.
const maxLogStart = 80

// isPast reports whether the text says of what stands from one place to another that it
// is over. Nothing else that was found stands between the bounds.
func (t *text) isPast(from, to, first, last int) bool {
	before := fold(t.clean[max(first, from-maxPast):from])
	after := fold(t.clean[to:min(last, to+maxPast)])
	if loc := clauseEnd.FindAllStringIndex(before, -1); len(loc) > 0 {
		before = before[loc[len(loc)-1][1]:]
	}
	if loc := clauseEnd.FindStringIndex(after); loc != nil {
		after = after[:loc[0]]
	}
	return slices.ContainsFunc(pastBefore, func(words string) bool { return strings.Contains(before, words) }) ||
		slices.ContainsFunc(pastAfter, func(words string) bool { return strings.Contains(after, words) })
}

// maxPast is how far from a name it may stand that it is over.
const maxPast = 60

var clauseEnd = regexp.MustCompile(`[.!?;] |\n| but | now | then `)

// pastBefore and pastAfter say that what stands after or before them is over.
var (
	pastBefore = []string{"no longer", "used to", "fixed ", "solved ", "resolved ", "instead of "}
	pastAfter  = []string{"fixed", "solved", "resolved", "not any more", "not anymore", "any longer", "no longer", "is gone", "went away", "is over"}
)
