package lookup

import (
	"slices"
	"strings"
	"unicode"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// prefixes finds the prefix entries that a word falls to.
type prefixes struct {
	entries map[string][]*model.Entry // by prefix, without the star
	lengths []int                     // of the prefixes in bytes, longest first
	said    *lexicon[[]*model.Entry]  // those of several words, squashed
	phrases map[string][]*model.Entry // the same, until they are in order
}

func (p *prefixes) add(e *model.Entry) {
	prefix := strings.TrimSuffix(e.Code, "*")
	if prefix == "" {
		return // matches every word
	}
	if p.entries == nil {
		p.entries = map[string][]*model.Entry{}
		p.phrases = map[string][]*model.Entry{}
	}
	if letters := squash(prefix); strings.Contains(strings.Trim(prefix, " "), " ") && letters != "" {
		p.phrases[letters] = append(p.phrases[letters], e)
	}
	p.entries[prefix] = append(p.entries[prefix], e)
	if !slices.Contains(p.lengths, len(prefix)) {
		p.lengths = append(p.lengths, len(prefix))
		slices.SortFunc(p.lengths, func(a, b int) int { return b - a })
	}
}

// sort puts the prefixes of several words in order.
func (p *prefixes) sort() {
	p.said = newLexicon[[]*model.Entry](ofSayings)
	for letters, entries := range p.phrases {
		p.said.add(letters, entries)
	}
	p.said.sort()
}

// findSaidPrefixes finds prefixes of several words, as programs print them behind their
// own words.
func (x *Index) findSaidPrefixes(t *text, f *findings) {
	x.prefixes.said.walkAll(t, bridges, func(k, i, j int) {
		for _, e := range x.prefixes.said.items[k] {
			prefix := strings.TrimRight(strings.TrimSuffix(e.Code, "*"), " ")
			prefix = prefix[cut(prefix).start(0):]
			if !strings.HasPrefix(t.clean[t.start(i):], prefix) || t.touches(i, j, "_-") {
				continue
			}
			confidence := Guess
			if j-i >= 2 {
				confidence = Likely // that many words are not a coincidence
			}
			f.add(candidate{Match: Match{Confidence: confidence, Entry: e}, reason: why("start", e.Code), at: t.start(i), kind: byCode})
		}
	})
}

// findPrefixes finds words that look like unlisted codes with a listed prefix.
func (x *Index) findPrefixes(t *text, f *findings) {
	if len(x.prefixes.lengths) == 0 {
		return
	}
	x.findSaidPrefixes(t, f)
	for _, i := range t.may[ofPrefixes] {
		if i == 0 || !t.joined(int(i)-1) {
			x.findPrefix(t, int(i), t.wordEnd(int(i)), f)
		}
	}
}

// wordEnd returns the last atom of the word that starts with atom i: what _ or -
// joins is one word.
func (t *text) wordEnd(i int) int {
	for t.joined(i) {
		i++
	}
	return i
}

// longestWord is the length in bytes over which a word is not a code.
const longestWord = 64

func (x *Index) findPrefix(t *text, i, j int, f *findings) {
	if t.end(j)-t.start(i) > longestWord {
		return
	}
	word := t.span(i, j)
	if len(x.keyed(word)) > 0 || !looksLikeCode(word) {
		return
	}
	done := map[*model.API]bool{}
	for _, length := range x.prefixes.lengths {
		if length >= len(word) {
			continue
		}
		prefix := word[:length]
		for _, e := range x.prefixes.entries[prefix] {
			confidence := t.prefixConfidence(i, j, prefix)
			if done[e.API] || confidence == "" {
				continue
			}
			done[e.API] = true
			why := why("startsAs", word, e.Code)
			f.add(candidate{Match: Match{Confidence: confidence, Entry: e}, reason: why, at: t.start(i), kind: byCode})
		}
	}
}

// looksLikeCode reports whether a word is not a word of any language: it has a
// digit or an underscore, or no small letter.
func looksLikeCode(word string) bool {
	return strings.ContainsAny(word, "0123456789_") || !strings.ContainsFunc(word, unicode.IsLower)
}

// prefixConfidence returns how sure it is that the word of atoms i to j is a code
// with a prefix, and "" for not at all.
func (t *text) prefixConfidence(i, j int, prefix string) Confidence {
	word := t.span(i, j)
	if areDigits(prefix) && (i != j || len(word) > maxNumeric) {
		return "" // a telephone number, a date
	}
	if t.whole(i, j) && strings.Trim(t.clean, wrapping) == word || t.labelled(i) && t.closesWord(j) {
		return Likely
	}
	if len(squash(prefix)) >= shortest && strings.Contains(word, "_") {
		return Guess
	}
	return ""
}

// closesWord reports whether the word that ends with atom j is not part of a date,
// an amount or the like.
func (t *text) closesWord(j int) bool {
	next := t.after(j, 1)
	return next != '%' && !(strings.IndexByte(".,:/", next) >= 0 && next != 0 && isLetter(rune(t.after(j, 2))))
}

// maxNumeric is how long a code can be whose prefix is a number.
const maxNumeric = 8
