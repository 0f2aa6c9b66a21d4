package lookup

import (
	"slices"
	"strings"
	"sync"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// lesser holds the codes by what is left of them where a reader or a machine takes
// one sign for another, or leaves a word out.
type lesser struct {
	glyphs map[string][]*model.Entry // by their letters, alike ones made the same
	words  map[string][]*model.Entry // by their letters without one word
}

func newLesser(c *model.Catalog) *lesser {
	l := &lesser{map[string][]*model.Entry{}, map[string][]*model.Entry{}}
	for _, a := range apisOf(c) {
		for _, e := range a.Codes {
			l.add(e)
		}
	}
	return l
}

func (l *lesser) add(e *model.Entry) {
	t := cut(e.Code)
	if isNumber(e.Code) || len(t.flat) < minTypo {
		return
	}
	glyphs := alike.Replace(t.flat)
	l.glyphs[glyphs] = append(l.glyphs[glyphs], e)
	words := t.words()
	for k, word := range words {
		if strings.ContainsAny(word, "0123456789") {
			continue // another number is another code
		}
		if rest := joinedWithout(words, k); isMost(rest, t.flat) {
			if old := l.words[rest]; len(old) == 0 || old[len(old)-1] != e {
				l.words[rest] = append(old, e)
			}
		}
	}
}

// glyphs are what looks alike in a picture, or in letters of another script that were
// typed: each pair is made the same.
var glyphs = []string{
	"0", "o", "1", "l", "i", "l", "5", "s", "8", "b",
	"а", "a", "в", "b", "е", "e", "ѕ", "s", "і", "l", "ј", "j", "к", "k", "м", "m", "н", "h", "о", "o", "р", "p", "с", "c", "т", "t", "у", "y", "х", "x",
	"α", "a", "β", "b", "ε", "e", "ζ", "z", "η", "h", "ι", "l", "κ", "k", "μ", "m", "ν", "n", "ο", "o", "ρ", "p", "τ", "t", "υ", "y", "χ", "x",
}

// alike makes the same what looks the same.
var alike = strings.NewReplacer(glyphs...)

func joinedWithout(words []string, k int) string {
	return strings.Join(words[:k], "") + strings.Join(words[k+1:], "")
}

// isMost reports whether letters without a word are most of those with it.
func isMost(rest, all string) bool { return len(rest) >= minTypo && len(rest)*3 >= len(all)*2 }

// findGuesses takes what is left for a code, where the text holds none, or for a
// status, where it holds nothing.
func (x *Index) findGuesses(t *text, f *findings) {
	if !f.hasCode() {
		x.guessCodes(t, f)
		x.guessMeanings(t, f)
	}
	if len(f.best) == 0 {
		x.guessStatuses(t, f)
		x.guessTimeouts(t, f)
	}
}

// hasCode reports whether a text holds a code or a prefix, or a message of one.
func (f *findings) hasCode() bool {
	for e := range f.best {
		if e.Kind == classify.KindCode || e.Kind == classify.KindPrefix {
			return true
		}
	}
	return false
}

func (x *Index) guessCodes(t *text, f *findings) {
	tried, last := 0, -1
	for _, i := range t.may[ofWords] {
		if int(i) <= last || tried == maxWords {
			continue
		}
		i, j := int(i), t.looseEnd(int(i))
		last = j
		if letters := t.letters(i, j); len(letters) >= minTypo && len(letters) <= 2*x.spellings.longest && (t.looksLikeCode(i, j) || t.whole(i, j)) {
			tried++
			x.guessCode(t, i, j, f)
		}
	}
	tails := x.tails()
	tails.look(t)
	tails.lexicon.walkAll(t, bridges, func(k, i, j int) {
		if !t.isPhrase(i, j, "") {
			return
		}
		told := (t.opens(i) || t.isSaid(i)) && t.pauses(j)
		for _, e := range tails.lexicon.items[k] {
			if told || t.wordAfter(j) == cut(e.Code).words()[0] {
				f.add(candidate{Match: Match{Confidence: Guess, Entry: e}, reason: why("headless", words(t.span(i, j)), e.Code), distance: 3, at: t.start(i)})
			}
		}
	})
}

// looseEnd returns the last atom of the word that starts with atom i, where spaces may
// stand around an underscore, as a machine reads it from a picture.
func (t *text) looseEnd(i int) int {
	for i+1 < len(t.atoms) && (t.joined(i) || t.isLoose(i)) {
		i++
	}
	return i
}

// isLoose reports whether an underscore stands between atom i and the next, and spaces.
func (t *text) isLoose(i int) bool {
	if i+1 == len(t.atoms) {
		return false
	}
	switch t.gap(i) {
	case " _", "_ ", " _ ", "  _", "_  ":
		return true
	}
	return false
}

func (x *Index) guessCode(t *text, i, j int, f *findings) {
	letters := t.letters(i, j)
	add := func(entries []*model.Entry, distance int, name string, more ...any) bool {
		for _, e := range entries[:min(len(entries), maxNear)] {
			f.add(candidate{Match: Match{Confidence: Guess, Entry: e}, reason: why(name, append([]any{words(t.span(i, j)), e.Code}, more...)...), distance: distance, at: t.start(i)})
		}
		return len(entries) > 0
	}
	if add(x.lesser().glyphs[alike.Replace(letters)], 2, "alike") || i == j {
		return
	}
	if add(x.lesser().words[letters], 3, "less") {
		return
	}
	words := make([]string, 0, j-i+1)
	for k := i; k <= j; k++ {
		words = append(words, t.letters(k, k))
	}
	for k, word := range words {
		rest := joinedWithout(words, k)
		if strings.ContainsAny(word, "0123456789") {
			continue // another number is another code
		}
		if own := x.exactly(rest); own != nil && (isMost(rest, letters) || k == 0 && slices.Contains(fronts, word)) && add(own.codes(), 3, "more") {
			return
		}
	}
	if len(words) > 2 && slices.Contains(fronts, words[0]) && slices.Contains(fronts, words[1]) {
		if own := x.exactly(strings.Join(words[2:], "")); own != nil {
			add(own.codes(), 3, "behind", words[0]+" "+words[1])
		}
	}
}

// fronts are what systems put before the codes of others: NT_STATUS_LOGON_FAILURE.
var fronts = []string{"nt", "status", "error", "err", "code", "hresult", "win32"}

// codes returns the entries that a spelling is a code of in several words.
func (s *spelling) codes() (all []*model.Entry) {
	for k := range s.names {
		if n := &s.names[k]; n.kind != messageName && len(n.words()) > 1 {
			all = append(all, n.entry)
		}
	}
	return all
}

// isSaidBehind reports whether what directly follows atom i says it in such a script.
func (t *text) isSaidBehind(i int) bool {
	return i+1 < len(t.atoms) && strings.Trim(t.gap(i), " ") == "" && slices.ContainsFunc(wideEnds, func(end string) bool { return strings.HasPrefix(t.letters(i+1, i+1), end) })
}

// isSaid reports whether atom i is what a program says by the word before it.
func (t *text) isSaid(i int) bool {
	word := t.wordBefore(i)
	return sayingWords()[word] || receiptWords()[word]
}

// wordBefore returns the word that little stands between and atom i.
func (t *text) wordBefore(i int) string {
	if i == 0 || len(t.gap(i-1)) > maxLabelGap || !holdsOnly(t.gap(i-1), " :=\"'#([") {
		return ""
	}
	return t.letters(i-1, i-1)
}

// guessStatuses takes numbers for statuses of errors that words say something with.
func (x *Index) guessStatuses(t *text, f *findings) {
	isTechnical := sync.OnceValue(t.isTechnical)
	for _, i := range t.may[ofNumbers] {
		i := int(i)
		word := t.letters(i, i)
		if status := manyOf(word); x.tells[status] && x.isKnown(status) && (t.pauses(i) || followerWords()[t.wordAfter(i)]) && (isTechnical() || t.isSaid(i) || i > 0 && t.isSaid(i-1)) {
			x.addStatus(status, Guess, t.start(i), f)
		}
		status := digits(word)
		if status < 400 || !x.isTelling(word) || !t.isNumber(i) || t.signs(i) || t.exits(i) || !x.isKnown(status) {
			continue
		}
		if t.isCalledError(i) || t.isReported(i, isTechnical(), f.titles) || t.isHad(i) || t.endsAddress(i, f) {
			x.addStatus(status, Guess, t.start(i), f)
		}
	}
}

// isHad reports whether somebody says that they get what atom i is, with an article or
// with no more words, or several of them, and nothing is counted with it.
func (t *text) isHad(i int) bool {
	if !t.pauses(i) && !followerWords()[t.wordAfter(i)] {
		return false
	}
	word, before, isOne := t.wordBefore(i), i-1, !t.isNumber(i)
	for k, between := range []map[string]bool{articleWords(), adverbWords()} {
		if before > 0 && between[word] {
			isOne = isOne || k == 0
			word, before = t.wordBefore(before), before-1
		}
	}
	return havingWords()[word] && (isOne || before == 1 && i+1 == len(t.atoms))
}

// endsAddress reports whether number i stands behind an address of an API.
func (t *text) endsAddress(i int, f *findings) bool {
	at := t.start(i)
	return len(f.addresses.all) > 0 && t.pauses(i) && anyAddress().MatchString(t.clean[max(0, at-maxBefore):at])
}

var anyAddress = pattern.Of("https?://[^ \n\"]*\"? *(?:[:|→]|[-=]>)? $")

// guessTimeouts takes timeouts that somebody says to have for calls that failed so.
func (x *Index) guessTimeouts(t *text, f *findings) {
	for _, i := range t.may[ofTimeouts] {
		i := int(i)
		if t.letters(i, i) != timeouts || !t.isHad(i) {
			continue
		}
		for k := range x.apis {
			if e := x.apis[k].others[entryKey{classify.KindTransport, string(classify.FailureTimeout)}]; e != nil {
				f.add(candidate{Match: Match{Confidence: Guess, Entry: e}, reason: why("noAnswer", words(t.span(i, i))), at: t.start(i)})
			}
		}
	}
}

const timeouts = "timeouts"

// isTechnical reports whether the text speaks of requests or servers.
func (t *text) isTechnical() bool {
	return slices.ContainsFunc(t.may[ofTechnical], func(i int32) bool { return technicalWords()[t.letters(int(i), int(i))] })
}

// manyOf returns the status of an error that a word makes many of, or a verb, as "502s"
// and "503ing" do, or 0.
func manyOf(word string) int {
	if len(word) < 4 || !slices.Contains(manyEnds, word[3:]) || word < "400" || word > "6" {
		return 0
	}
	return digits(word[:3])
}

var manyEnds = []string{"s", "er", "ern", "ing", "ed"}

// wordAfter returns the word behind atom i and a space.
func (t *text) wordAfter(i int) string {
	if i+1 < len(t.atoms) && t.gap(i) == " " {
		return t.letters(i+1, i+1)
	}
	return ""
}

// isKnown reports whether a status is registered, or listed by an API.
func (x *Index) isKnown(status int) bool {
	return phrases[status] != nil || x.isListed(status)
}

// isCalledError reports whether a word for an error stands beside the number at atom i.
func (t *text) isCalledError(i int) bool {
	before := t.wordBefore(i)
	after := ""
	if i+1 < len(t.atoms) && (t.gap(i) == "" || t.gap(i) == " ") {
		after = t.letters(i+1, i+1)
	}
	if errorWordSet()[before] || errorWordSet()[after] {
		return true
	}
	return !areASCII(before+after) && slices.ContainsFunc(wideErrors(), func(word string) bool {
		return strings.HasSuffix(before, word) || strings.HasPrefix(after, word)
	})
}

// isReported reports whether a program or somebody who used one says the number at atom
// i, and nothing is counted with it.
func (t *text) isReported(i int, isTechnical bool, titles titles) bool {
	word, before := t.wordBefore(i), i-1
	for _, between := range []map[string]bool{articleWords(), adverbWords()} {
		if before > 0 && between[word] {
			word, before = t.wordBefore(before), before-1
		}
	}
	next := t.wordAfter(i)
	if isTechnical && slices.Contains(laterSayings, next) || t.isSaidBehind(i) {
		return true
	}
	if !t.pauses(i) && !followerWords()[next] {
		return false
	}
	if sayingWords()[word] && (isTechnical || before == 0 || titles.ends[before-1] || speakerWords()[t.wordBefore(before)]) {
		return true
	}
	return isTechnical && receiptWords()[word] || slices.ContainsFunc(wideSayings, func(say string) bool { return strings.HasSuffix(word, say) })
}
