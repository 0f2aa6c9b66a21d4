package lookup

import (
	"fmt"
	"sort"
	"strings"
	"unicode"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// hit is a name found in atoms first to last.
type hit struct {
	candidate
	first, last int
}

// findNames finds codes, aliases and messages wherever they stand, and returns
// which atoms they take.
func (x *Index) findNames(t *text, f *findings) (covered []bool) {
	var hits []hit
	for i := 0; i < len(t.atoms) && len(hits) < maxHits; i++ {
		lo := 0
		for j := i; j < len(t.atoms); j++ {
			if j > i && !bridges(t.gap(j-1)) {
				break
			}
			letters := t.letters(i, j)
			if len(letters) > x.longest || len(letters) >= headLength && !x.heads[letters[:headLength]] {
				break
			}
			lo += sort.Search(len(x.forms)-lo, func(k int) bool { return x.forms[lo+k].letters >= letters })
			if lo == len(x.forms) || !strings.HasPrefix(x.forms[lo].letters, letters) {
				break
			}
			if x.forms[lo].letters == letters {
				hits = append(hits, x.forms[lo].judge(t, i, j)...)
			}
		}
	}
	covered = make([]bool, len(t.atoms))
	for _, h := range outermost(hits) {
		f.add(h.candidate)
		for k := h.first; k <= h.last; k++ {
			covered[k] = true
		}
	}
	return covered
}

// maxHits is about how many names are found in a text: a message that thousands
// of codes share can be in each of its lines.
const maxHits = 100_000

// bridges reports whether a name may go on after a gap: a few characters, or the
// end of a line.
func bridges(gap string) bool {
	if len(gap) <= 3 {
		return true
	}
	return len(gap) <= 12 && strings.Count(gap, "\n") == 1 && strings.Trim(gap, " \n>|#*-_=") == ""
}

// outermost leaves out the hits inside longer ones that are no less sure. Hits
// are in order of their first atom, then of their last.
func outermost(hits []hit) []hit {
	var kept []hit
	reach := [3]int{-1, -1, -1} // the last atom of hits that start earlier, by confidence
	for start := 0; start < len(hits); {
		end := start
		for end < len(hits) && hits[end].first == hits[start].first {
			end++
		}
		group := hits[start:end]
		far := [3]int{-1, -1, -1} // the last atom of hits that start here, by confidence
		for _, h := range group {
			rank := h.Confidence.rank()
			far[rank] = max(far[rank], h.last)
		}
		for _, h := range group {
			inside := false
			for rank := range h.Confidence.rank() + 1 {
				inside = inside || reach[rank] >= h.last || far[rank] > h.last
			}
			if !inside {
				kept = append(kept, h)
			}
		}
		for rank := range reach {
			reach[rank] = max(reach[rank], far[rank])
		}
		start = end
	}
	return kept
}

// judge returns what atoms i to j, which have the form's letters, stand for.
func (fm *form) judge(t *text, i, j int) []hit {
	type reading struct {
		*name
		Confidence
		spelling
	}
	var readings []reading
	written := map[*model.API]bool{}                 // APIs with a name that stands here as it is written
	rivals := map[*model.API]map[*model.Entry]bool{} // entries with another spelling of these letters
	for k := range fm.names {
		n := &fm.names[k]
		confidence, how, ok := n.judge(t, i, j)
		if !ok {
			continue
		}
		readings = append(readings, reading{n, confidence, how})
		if n.kind == messageName {
			continue
		}
		if how == verbatim {
			written[n.entry.API] = true
		} else if rivals[n.entry.API] == nil {
			rivals[n.entry.API] = map[*model.Entry]bool{n.entry: true}
		} else {
			rivals[n.entry.API][n.entry] = true
		}
	}
	var hits []hit
	for _, r := range readings {
		api := r.entry.API
		if r.kind != messageName && r.spelling != verbatim {
			if written[api] {
				continue
			}
			if len(written) > 0 || len(rivals[api]) > 1 {
				r.Confidence = r.Confidence.atMost(Likely)
			}
		}
		match := Match{r.Confidence, r.entry, r.why(t.span(i, j), r.spelling)}
		hits = append(hits, hit{candidate{Match: match, at: t.atoms[i].start, message: r.kind == messageName}, i, j})
	}
	return hits
}

func (n *name) why(span string, how spelling) string {
	switch {
	case n.kind == messageName:
		return fmt.Sprintf("found its message %q", n.text)
	case how == verbatim && n.kind == aliasName:
		return fmt.Sprintf("found %s, another name of %s", n.text, n.entry.Code)
	case how == verbatim:
		return fmt.Sprintf("found %s in the text", n.text)
	case how == mixed:
		return fmt.Sprintf("%q has the letters of %s", short(span), n.text)
	}
	return fmt.Sprintf("%q is the same as %s in another spelling", short(span), n.text)
}

// short cuts what is quoted from a text to a length that can be read.
func short(span string) string { return shortTo(span, 60) }

// shortTo cuts a clean text to some characters, with one space between words.
func shortTo(span string, length int) string {
	runes := []rune(strings.Join(strings.Fields(span), " "))
	if len(runes) > length {
		return string(runes[:length]) + "…"
	}
	return string(runes)
}

// judge returns how sure it is that atoms i to j stand for the name, and how
// they are spelled.
func (n *name) judge(t *text, i, j int) (Confidence, spelling, bool) {
	span := t.span(i, j)
	if n.kind == messageName {
		return Likely, verbatim, n.isMessage(t, i, j)
	}
	how, wrapped := n.unwrap(span)
	if how == verbatim && n.lead+n.trail != "" &&
		!(strings.HasSuffix(t.clean[:t.atoms[i].start], n.lead) && strings.HasPrefix(t.clean[t.atoms[j].end:], n.trail)) {
		how = joined
	}
	if wrapped && how == mixed {
		return "", how, false
	}
	if n.isWord() {
		confidence, ok := n.judgeWord(t, i, j, how)
		return confidence, how, ok
	}
	confidence, ok := n.judgeCode(t, i, j, how)
	return confidence, how, ok
}

// unwrap returns how a span writes the name, also where lines end inside it.
func (n *name) unwrap(span string) (how spelling, wrapped bool) {
	lines := strings.Split(span, "\n")
	if len(lines) == 1 {
		return n.spellingOf(span), false
	}
	whole, unhyphened := "", ""
	for i, line := range lines {
		if i > 0 {
			line = strings.TrimLeft(line, " >|#*")
		}
		if i < len(lines)-1 {
			line = strings.TrimRight(line, " =")
		}
		lines[i] = line
		whole += line
		unhyphened = strings.TrimSuffix(unhyphened, "-") + line
	}
	for _, word := range []string{whole, unhyphened} {
		// Two words that meet at the end of a line are no code in one word.
		if how = n.spellingOf(word); how <= joined && (strings.ContainsAny(word, "_-") || how == verbatim && len(word) >= minWrapped) {
			return how, true
		}
	}
	if n.spellingOf(strings.Join(lines, " ")) == spaced {
		return spaced, true
	}
	return mixed, true
}

// minWrapped is how long a code without separators must be to be known when it
// is cut by the end of a line.
const minWrapped = 12

// judgeCode judges a code of several words, or one that is no word at all.
func (n *name) judgeCode(t *text, i, j int, how spelling) (Confidence, bool) {
	span := t.span(i, j)
	prose := strings.Contains(span, " ") && !strings.Contains(span, "\n")
	switch {
	case how == marked: // the first word may be a label of the others
		return Likely, !t.touches(i, j, "_-") && (len(n.words) > 2 || t.opens(i) && t.closes(j))
	case t.whole(i, j):
		if how == mixed {
			return Guess, isTight(t, i, j, pathMarks)
		}
		return Exact, true
	case how == mixed:
		return Guess, strings.ContainsAny(span, "_-") && !t.touches(i, j, "_-") && isTight(t, i, j, pathMarks+" ")
	case t.touches(i, j, "_"):
		return "", false
	case how == spaced || prose:
		if t.touches(i, j, "-") {
			return "", false
		}
		if t.opens(i) && t.closes(j) {
			return Exact, true
		}
		return Likely, !strings.Contains(span, "\n")
	case t.touches(i, j, "-"):
		return Likely, how == verbatim && !strings.Contains(n.text, "-")
	case how == dotted: // more often a member or a file than a code
		return Likely, len(n.words) > 2 && !t.touches(i, j, ".")
	case t.touchesRight(j, "."):
		return Likely, true
	}
	return Exact, true
}

// pathMarks stand between things, not between the words of one.
const pathMarks = ":=,;/|\\"

// isTight reports whether between atoms i and j stands never more than a slip of
// the hand, and none of marks.
func isTight(t *text, i, j int, marks string) bool {
	for k := i; k < j; k++ {
		gap := t.gap(k)
		if strings.ContainsAny(gap, marks) || strings.Contains(gap, "\n") {
			return false
		}
		if runes := len([]rune(gap)); runes > 2 || runes == 2 && !strings.Contains(gap, "_") {
			return false
		}
	}
	return true
}

// judgeWord judges a code that may be an ordinary word.
func (n *name) judgeWord(t *text, i, j int, how spelling) (Confidence, bool) {
	switch {
	case how > joined:
		return "", false
	case t.whole(i, j):
		return Exact, true
	case t.touches(i, j, "_-./") || strings.Contains(t.span(i, j), "\n"):
		return "", false
	case t.labelled(i) && t.closes(j):
		return Exact, true
	}
	return Likely, how == verbatim && strings.ContainsFunc(n.text, unicode.IsUpper)
}

// isMessage reports whether atoms i to j, which have the letters of the message,
// are it: a sentence or a value of its own, or the message to the letter.
func (n *name) isMessage(t *text, i, j int) bool {
	switch {
	case len(n.words) > 1 && !strings.ContainsAny(t.span(i, j), " \n"):
		return false // another API's code
	case t.whole(i, j):
		return true
	case t.touches(i, j, "_-"):
		return false
	case len(n.words) < 2:
		return t.opens(i) && t.closes(j)
	case t.opens(i) && t.pauses(j):
		return true
	}
	if len(n.words) > 2 && t.pauses(j) && (i == 0 || !t.isNumber(i-1)) {
		return true // that many words are no coincidence, unless they are a status's
	}
	// In the middle of a sentence a capital shows that the words are quoted.
	same := strings.Join(strings.Fields(t.span(i, j)), " ") == n.text[len(n.lead):len(n.text)-len(n.trail)]
	return same && unicode.IsUpper([]rune(t.span(i, i))[0]) && !t.opens(i) && (len(n.words) > 2 || t.pauses(j))
}
