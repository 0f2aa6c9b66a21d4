package lookup

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// hit is a name that atoms first to last stand for.
type hit struct {
	*name
	Confidence
	style
	fit         fit
	first, last int
	span        string
}

// String says why the name is there.
func (h *hit) String() string { return h.why(h.span, h.style).String() }

// findNames finds codes, aliases and messages wherever they stand, and returns
// which atoms they take.
func (x *Index) findNames(t *text, f *findings) (covered []bool) {
	var hits []hit
	x.spellings.walkAll(t, bridges, func(k, i, j int) {
		if len(hits) < maxHits || hits[len(hits)-1].first == i {
			hits = x.spellings.items[k].judge(t, i, j, hits)
		}
	})
	covered = make([]bool, len(t.atoms))
	kept := outermost(hits)
	for k := range kept {
		h := &kept[k]
		c := candidate{Match: Match{Confidence: h.Confidence, Entry: h.entry}, reason: h, fit: h.fit, at: t.start(h.first), kind: byCode}
		if h.kind == messageName {
			c.kind = byMessage
		}
		if t.isPast(c.at, t.end(h.last), t.endBefore(kept, k), t.startAfter(kept, k)) {
			c.past, c.Confidence, c.reason = 1, Guess, why("past", c.reason)
		}
		f.add(c)
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
			return t.end(hits[i].last)
		}
	}
	return 0
}

// startAfter returns where the first hit after one starts.
func (t *text) startAfter(hits []hit, k int) int {
	for _, next := range hits[k+1:] {
		if next.first > hits[k].last {
			return t.start(next.first)
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
	return len(gap) <= 12 && strings.Count(gap, "\n") == 1 && holdsOnly(gap, " \n>|#*-_=")
}

// outermost leaves out the hits inside longer ones that are no less sure. Hits
// are in order of their first atom, then of their last.
func outermost(hits []hit) []hit {
	kept := make([]hit, 0, len(hits))
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

// judge adds what atoms i to j, which have the spelling's letters, stand for.
func (s *spelling) judge(t *text, i, j int, hits []hit) []hit {
	first := len(hits)
	for k := range s.names {
		n := &s.names[k]
		if confidence, how := n.judge(t, i, j); confidence != "" {
			fit := t.fitOf(i, j, how)
			if fit == asClass {
				confidence = confidence.atMost(Likely)
			}
			hits = append(hits, hit{n, confidence, how, fit, i, j, t.span(i, j)})
		}
	}
	if own := hits[first:]; len(own) > 1 {
		return append(hits[:first], settled(own)...)
	}
	return hits
}

// settled returns the hits in one place that stay beside each other: of an API, a name that
// stands there verbatim beats others; if none does, or if it does of another API, they are
// less sure.
func settled(hits []hit) []hit {
	written := map[*model.API]bool{}                 // APIs with a name that stands here verbatim
	rivals := map[*model.API]map[*model.Entry]bool{} // entries with these letters in another style
	for _, h := range hits {
		switch api := h.entry.API; {
		case h.kind == messageName:
		case h.style == verbatim:
			written[api] = true
		case rivals[api] == nil:
			rivals[api] = map[*model.Entry]bool{h.entry: true}
		default:
			rivals[api][h.entry] = true
		}
	}
	kept := hits[:0]
	for _, h := range hits {
		if api := h.entry.API; h.kind != messageName && h.style != verbatim {
			if written[api] {
				continue
			}
			if len(written) > 0 || len(rivals[api]) > 1 {
				h.Confidence = h.Confidence.atMost(Likely)
			}
		}
		kept = append(kept, h)
	}
	return kept
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
	if i < j || t.whole(i, j) || !isThrown(t.letters(i, i)) || !hasHumps(t.span(i, i)) {
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

func (n *name) why(span string, how style) reason {
	switch {
	case n.kind == messageName:
		return why("message", inQuotes(n.text))
	case how == verbatim && n.kind == aliasName:
		return why("alias", n.text, n.entry.Code)
	case how == verbatim:
		return why("found", n.text)
	case how == mixed:
		return why("letters", words(span), n.text)
	}
	return why("spelling", words(span), n.text)
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
	for _, judgement := range judgements()[n.about] {
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
	if how == verbatim && !(strings.HasSuffix(t.clean[:t.start(i)], n.lead) && strings.HasPrefix(t.clean[t.end(j):], n.trail)) {
		return joined
	}
	return how
}

// unwrap returns how a span writes the name, also where lines end inside it.
func (n *name) unwrap(span string) style {
	if !strings.Contains(span, "\n") {
		return n.styleOf(span)
	}
	lines := strings.Split(span, "\n")
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
