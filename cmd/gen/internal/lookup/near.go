package lookup

import (
	"sort"
	"strings"
	"unicode"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Bounds of the search for typos; the first four in letters and digits.
const (
	minTypo    = 7    // the shortest code with a typo that is found
	minTypos   = 16   // the shortest with two
	minMangled = 12   // the shortest message with a typo
	minCut     = 8    // the least that must be left of a code that is cut short
	maxWords   = 500  // the most words that are looked at
	maxChecks  = 4000 // the most codes with the same half that a word is compared with
	maxNear    = 3    // the most guesses for one word
)

// findNear looks for typos and parts of codes, in the words that look like codes
// and that nothing else took, and in the whole text.
func (x *Index) findNear(t *text, covered []bool, f *findings) {
	if len(x.spellings.items) == 0 || len(t.atoms) == 0 {
		return
	}
	last := len(t.atoms) - 1
	if !anyOf(covered) && len(t.flat) <= x.spellings.longest+2 && t.end(last)-t.start(0) <= MaxKey {
		x.guess(t, 0, last, f)
	}
	seen := map[string]bool{}
	for _, i := range t.may[ofWords] {
		i, j := int(i), t.wordEnd(int(i))
		letters := t.letters(i, j)
		if len(letters) >= minTypo-1 && len(letters) <= x.spellings.longest+1 && !seen[letters] && t.looksLikeCode(i, j) && !t.whole(i, j) && !anyOf(covered[i:j+1]) {
			seen[letters] = true
			x.guess(t, i, j, f)
			if len(seen) == maxWords {
				break
			}
		}
	}
}

func anyOf(all []bool) bool {
	for _, b := range all {
		if b {
			return true
		}
	}
	return false
}

// looksLikeCode reports whether the word of atoms i to j is spelled as codes are
// and prose is not.
func (t *text) looksLikeCode(i, j int) bool {
	if i < j {
		return true
	}
	span := t.span(i, j)
	if span == t.letters(i, j) || strings.IndexFunc(span[1:], unicode.IsUpper) < 0 {
		return false
	}
	return hasHumps(span) || len(span) >= minCut && !strings.ContainsFunc(span, unicode.IsLower)
}

// guess adds the codes that atoms i to j may be meant for.
func (x *Index) guess(t *text, i, j int, f *findings) {
	letters := t.letters(i, j)
	whole := t.whole(i, j)
	if x.exactly(letters) != nil {
		return // the letters are right, but what stands around them is wrong
	}
	add := func(e *model.Entry, distance int, why reason) {
		f.add(candidate{Match: Match{Confidence: Guess, Entry: e}, reason: why, distance: distance, at: t.start(i)})
	}
	span := words(t.span(i, j))
	found := 0
	for _, near := range x.near(letters, whole) {
		for k := range near.names {
			n := &near.names[k]
			if n.kind == messageName && (!whole || len(letters) < minMangled) || n.kind != messageName && n.about == aWord && len(near.letters) < minTypo {
				continue
			}
			if found++; found > maxNear {
				return
			}
			if n.kind == messageName {
				add(n.entry, 1, why("nearMessage", span, inQuotes(n.text)))
			} else {
				add(n.entry, near.distance, whyNear(span, near.distance, n.text))
			}
		}
	}
	if found > 0 {
		return
	}
	for _, e := range x.tails().entries[letters] {
		add(e, 3, why("headless", span, e.Code))
	}
	if head := t.letters(i, i); i < j && (head == "error" || head == "err") {
		if own := x.exactly(t.letters(i+1, j)); own != nil {
			for k := range own.names {
				if n := &own.names[k]; n.kind != messageName && len(n.words()) > 1 {
					add(n.entry, 3, why("more", span, n.text))
				}
			}
		}
	}
	if j == len(t.atoms)-1 && strings.Trim(t.tail(j), ".… ") == "" {
		if own := x.cutShort(letters); own != nil {
			for k := range own.names {
				if n := &own.names[k]; n.kind != messageName {
					add(n.entry, 3, why("cut", span, n.text))
				}
			}
		}
	}
}

func whyNear(span words, distance int, key string) reason {
	if distance == 1 {
		return why("oneLetter", span, key)
	}
	return why("manyLetters", span, distance, key)
}

// exactly returns the spelling with these letters, or nil.
func (x *Index) exactly(letters string) *spelling {
	if i := x.spellings.from(letters, 0); i < len(x.spellings.items) && x.spellings.letters[i] == letters {
		return &x.spellings.items[i]
	}
	return nil
}

// cutShort returns the only spelling of a code that starts with letters, if they are
// most of it and what is missing has no digit.
func (x *Index) cutShort(letters string) (only *spelling) {
	if len(letters) < minCut {
		return nil
	}
	for i := x.spellings.from(letters, 0); i < len(x.spellings.items) && strings.HasPrefix(x.spellings.letters[i], letters); i++ {
		if x.spellings.items[i].names[0].kind == messageName {
			continue
		}
		if only != nil {
			return nil
		}
		only = &x.spellings.items[i]
	}
	if only == nil || len(letters)*5 < len(only.letters)*3 || strings.ContainsAny(only.letters[len(letters):], "0123456789") {
		return nil
	}
	return only
}

// neighbour is a spelling near to some letters.
type neighbour struct {
	*spelling
	distance int
}

// near returns the spellings one typo away from letters, or, if there is none and
// the letters are the whole text, those two away.
func (x *Index) near(letters string, whole bool) []neighbour {
	n := len(letters)
	if n+1 < minTypo {
		return nil
	}
	// One typo leaves the first half or the last half unchanged.
	half := n / 2
	if found := x.within(letters, letters[:half-1], letters[half:], 1); len(found) > 0 {
		return found
	}
	if !whole || n+2 < minTypos {
		return nil
	}
	return x.within(letters, letters[:n/3], letters[n-n/3:], 2)
}

// within returns the spellings that are at most limit typos away from letters and
// that start with head or end with tail.
func (x *Index) within(letters, head, tail string, limit int) []neighbour {
	seen := map[int]bool{}
	var near []int
	check := func(i int) {
		own := &x.spellings.items[i]
		if seen[i] || len(own.letters) < minTypo || limit == 2 && len(own.letters) < minTypos {
			return
		}
		if isOneTypo(letters, own.letters) || limit == 2 && sameDigits(letters, own.letters) && distance(letters, own.letters) == 2 {
			seen[i] = true
			near = append(near, i)
		}
	}
	first := x.spellings.from(head, 0)
	for i := first; i < min(len(x.spellings.items), first+maxChecks) && strings.HasPrefix(x.spellings.letters[i], head); i++ {
		check(i)
	}
	backward := x.backward()
	first = sort.Search(len(backward), func(k int) bool { return compareBackward(x.spellings.letters[backward[k]], tail) >= 0 })
	for k := first; k < min(len(backward), first+maxChecks) && strings.HasSuffix(x.spellings.letters[backward[k]], tail); k++ {
		check(backward[k])
	}
	sort.Ints(near)
	found := make([]neighbour, len(near))
	for k, i := range near {
		found[k] = neighbour{&x.spellings.items[i], limit}
	}
	return found
}

// compareBackward compares two texts from their ends.
func compareBackward(a, b string) int {
	i, j := len(a)-1, len(b)-1
	for ; i >= 0 && j >= 0; i, j = i-1, j-1 {
		if a[i] != b[j] {
			return int(a[i]) - int(b[j])
		}
	}
	return i - j
}

// isOneTypo reports whether typed is want with one letter changed, left out, put
// in, or swapped with the next. Another digit is another code, not a typo.
func isOneTypo(typed, want string) bool {
	if diff := len(typed) - len(want); diff < -1 || diff > 1 || typed == want {
		return false
	}
	for len(typed) > 0 && len(want) > 0 && typed[0] == want[0] {
		typed, want = typed[1:], want[1:]
	}
	last := true // the difference is at the end
	for len(typed) > 0 && len(want) > 0 && typed[len(typed)-1] == want[len(want)-1] {
		typed, want = typed[:len(typed)-1], want[:len(want)-1]
		last = false
	}
	for _, c := range []byte(want) {
		if isDigit(c) {
			return false
		}
	}
	switch {
	case len(typed) == 1 && len(want) == 0:
		return !last || !isDigit(typed[0])
	case len(typed) <= 1 && len(want) == 1:
		return true
	}
	return len(typed) == 2 && len(want) == 2 && typed[0] == want[1] && typed[1] == want[0]
}

// sameDigits reports whether two texts have the same digits in the same order.
func sameDigits(a, b string) bool {
	only := func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}
	return strings.Map(only, a) == strings.Map(only, b)
}

// distance returns the number of typos between two texts, or 3 for more than
// two.
func distance(a, b string) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 3
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least > 2 {
			return 3
		}
		before, row, next = row, next, before
	}
	return min(row[len(b)], 3)
}
