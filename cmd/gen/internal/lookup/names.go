package lookup

import (
	"slices"
	"strconv"
	"strings"

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
		x.spellings.walk(t, i, bridges, func(k, j int) { hits = append(hits, x.spellings.items[k].judge(t, i, j)...) })
	}
	covered = make([]bool, len(t.atoms))
	kept := outermost(hits)
	for k, h := range kept {
		if t.isPast(h.at, t.atoms[h.last].end, t.endBefore(kept, k), t.startAfter(kept, k)) {
			h.past, h.Confidence, h.Why = 1, Guess, why("past", h.Why)
		}
		f.add(h.candidate)
		for k := h.first; k <= h.last; k++ {
			covered[k] = true
		}
	}
	return covered
}

// endBefore returns where the last hit before one ends.
func (t *text) endBefore(hits []hit, k int) int {
	for i := k - 1; i >= 0; i-- {
		if hits[i].last < hits[k].first {
			return t.atoms[hits[i].last].end
		}
	}
	return 0
}

// startAfter returns where the first hit after one starts.
func (t *text) startAfter(hits []hit, k int) int {
	for _, next := range hits[k+1:] {
		if next.first > hits[k].last {
			return t.atoms[next.first].start
		}
	}
	return len(t.clean)
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

// judge returns what atoms i to j, which have the spelling's letters, stand for.
func (s *spelling) judge(t *text, i, j int) []hit {
	type reading struct {
		*name
		Confidence
		style
	}
	var readings []reading
	written := map[*model.API]bool{}                 // APIs with a name that stands here verbatim
	rivals := map[*model.API]map[*model.Entry]bool{} // entries with these letters in another style
	for k := range s.names {
		n := &s.names[k]
		confidence, how := n.judge(t, i, j)
		if confidence == "" {
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
		if r.kind != messageName && r.style != verbatim {
			if written[api] {
				continue
			}
			if len(written) > 0 || len(rivals[api]) > 1 {
				r.Confidence = r.Confidence.atMost(Likely)
			}
		}
		fit := t.fitOf(i, j, r.style)
		if fit == asClass {
			r.Confidence = r.Confidence.atMost(Likely)
		}
		match := Match{Confidence: r.Confidence, Entry: r.entry, Why: r.why(t.span(i, j), r.style)}
		kind := byCode
		if r.kind == messageName {
			kind = byMessage
		}
		hits = append(hits, hit{candidate{Match: match, fit: fit, at: t.atoms[i].start, kind: kind}, i, j})
	}
	return hits
}

// fitOf returns how atoms i to j have a name that they write in a style.
func (t *text) fitOf(i, j int, how style) fit {
	switch {
	case t.isClass(i, j, how):
		return asClass
	case t.touches(i, j, "_-./"):
		return partial
	case how != verbatim:
		return respelled
	}
	return literal
}

// isClass reports whether atoms i to j are the name of an exception's class: with the
// path to it, or, in the spelling of classes, before its message.
func (t *text) isClass(i, j int, how style) bool {
	if i < j || t.whole(i, j) || !isThrown(t.letters(i, i)) || len(humps(t.span(i, i))) < 2 {
		return false
	}
	if i > 0 && slices.Contains([]string{".", "::", "\\"}, t.gap(i-1)) {
		return true
	}
	next := t.after(j, 1)
	return how != verbatim && next != 0 && strings.IndexByte(":([", next) >= 0
}

// isThrown reports whether a folded word ends as the names of exceptions do.
func isThrown(word string) bool {
	return strings.HasSuffix(word, "error") || strings.HasSuffix(word, "exception")
}

func (n *name) why(span string, how style) string {
	switch {
	case n.kind == messageName:
		return why("message", strconv.Quote(n.text))
	case how == verbatim && n.kind == aliasName:
		return why("alias", n.text, n.entry.Code)
	case how == verbatim:
		return why("found", n.text)
	case how == mixed:
		return why("letters", quoted(span), n.text)
	}
	return why("spelling", quoted(span), n.text)
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

// judge returns how sure it is that atoms i to j stand for the name, "" for not at
// all, and how they write it.
func (n *name) judge(t *text, i, j int) (Confidence, style) {
	how := n.styleAt(t, i, j)
	at := place{n, t, i, j}
	for _, judgement := range judgements[n.subject()] {
		if judgement.holds(how, at) {
			return judgement.sure, how
		}
	}
	return "", how
}

// styleAt returns how atoms i to j write the name. What stands before and after its
// letters belongs to it.
func (n *name) styleAt(t *text, i, j int) style {
	how := n.unwrap(t.span(i, j))
	if how == verbatim && !(strings.HasSuffix(t.clean[:t.atoms[i].start], n.lead) && strings.HasPrefix(t.clean[t.atoms[j].end:], n.trail)) {
		return joined
	}
	return how
}

// unwrap returns how a span writes the name, also where lines end inside it.
func (n *name) unwrap(span string) style {
	lines := strings.Split(span, "\n")
	if len(lines) == 1 {
		return n.styleOf(span)
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
		// Two words that meet at the end of a line are not a code in one word.
		if how := n.styleOf(word); how <= joined && (strings.ContainsAny(word, "_-") || how == verbatim && len(word) >= minWrapped) {
			return how
		}
	}
	if n.styleOf(strings.Join(lines, " ")) == spaced {
		return spaced
	}
	return mixed
}

// minWrapped is how long a code without separators must be to be known when it
// is cut by the end of a line.
const minWrapped = 12
