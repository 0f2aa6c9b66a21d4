package lookup

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// text is a text cut into atoms: the longest runs of letters and digits.
type text struct {
	clean string
	atoms []atom
	flat  string         // the folded letters and digits of all atoms, one after the other
	may   [kinds][]int32 // the atoms that each kind may start with

	lines  []int  // where lines start, if quotes are noted
	quotes []bool // which of them are quoted
}

// atom is a run of letters and digits, by its place in clean, and where it starts in flat:
// there, the next one starts where it ends.
type atom struct{ start, end, from int32 }

// wide is where the scripts start that put no space between words, or that no
// code of another script is part of a word of. Their letters make separate
// atoms, so that a code in the middle of a Chinese sentence is a word.
const wide = 0x0500

// isWide reports whether a letter is of such a script: not of the Latin and Greek of
// Vietnamese and of old texts, which stand far from the rest.
func isWide(r rune) bool { return r >= wide && (r < 0x1e00 || r > 0x1fff) }

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M)
}

// cut cuts a clean text.
func cut(clean string) *text {
	if areASCII(clean) {
		return cutASCII(clean)
	}
	return cutUnicode(clean)
}

// cutASCII cuts a text of ASCII, a block at a time. What it does for a byte does not depend
// on it: processors guess badly where words end.
func cutASCII(clean string) *text {
	var flat strings.Builder
	flat.Grow(len(clean))
	edges := make([]uint64, len(clean)/blockSize+1) // a bit for each place where an atom starts or one has ended
	count, before := 0, uint64(0)                   // 1 behind a letter or a digit
	for k := range edges {
		block := clean[k*blockSize:]
		if len(block) < blockSize {
			block += strings.Repeat(" ", blockSize-len(block))
		}
		letters, folded, size := uint64(0), [blockSize]byte{}, uint(0)
		for i := range blockSize {
			small := asciiFold[block[i]]
			isLetter := -small >> 7
			folded[size%blockSize] = small
			size += uint(isLetter)
			letters |= uint64(isLetter) << i
		}
		flat.Write(folded[:size])
		edges[k] = letters ^ (letters<<1 | before)
		count += bits.OnesCount64(edges[k])
		before = letters >> (blockSize - 1)
	}
	atoms := make([]atom, count/2)
	i, from := uint(0), int32(0)
	for k, left := range edges {
		for ; left != 0; left &= left - 1 {
			at := int32(k*blockSize + bits.TrailingZeros64(left))
			if a := &atoms[i/2]; i%2 == 0 {
				a.start, a.from = at, from
			} else {
				a.end = at
				from += at - a.start
			}
			i++
		}
	}
	return &text{clean: clean, atoms: atoms, flat: flat.String()}
}

const blockSize = 64

func areASCII(s string) bool {
	const high = 0x8080808080808080
	for ; len(s) > 8; s = s[8:] {
		if eightBytes(s)&high != 0 {
			return false
		}
	}
	return firstBytes(s)&high == 0
}

func cutUnicode(clean string) *text {
	t := &text{clean: clean}
	flat := make([]byte, 0, len(clean))
	inside, inWide := false, false
	for i, r := range clean {
		letter := isLetter(r)
		if inside && (!letter || inWide != isWide(r)) {
			t.atoms[len(t.atoms)-1].end = int32(i)
			inside = false
		}
		if letter && !inside {
			t.atoms = append(t.atoms, atom{start: int32(i), end: int32(len(clean)), from: int32(len(flat))})
			inside, inWide = true, isWide(r)
		}
		if letter {
			flat = utf8.AppendRune(flat, foldRune(r))
		}
	}
	t.flat = string(flat)
	return t
}

// asciiFold are the folded letters and digits of ASCII, and 0 for all else.
var asciiFold = func() (table [256]byte) {
	for r := range rune(utf8.RuneSelf) {
		if isLetter(r) {
			table[r] = byte(foldRune(r))
		}
	}
	return table
}()

// foldRune returns the small letter for r. The dotted capital I stays: its small
// letter is another one in every language that has it.
func foldRune(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < utf8.RuneSelf || r == 'İ':
		return r
	}
	return unicode.ToLower(r)
}

// fold returns s in small letters.
func fold(s string) string {
	if areASCII(s) {
		return strings.ToLower(s)
	}
	return strings.Map(foldRune, s)
}

// squash returns the letters and digits of s in small letters.
func squash(s string) string {
	if !areASCII(s) {
		return cut(s).flat
	}
	var flat strings.Builder
	flat.Grow(len(s))
	for i := range len(s) {
		if small := asciiFold[s[i]]; small != 0 {
			flat.WriteByte(small)
		}
	}
	return flat.String()
}

// start and end return where atom i is in the clean text, and from and to where it is in flat.
func (t *text) start(i int) int { return int(t.atoms[i].start) }
func (t *text) end(i int) int   { return int(t.atoms[i].end) }
func (t *text) from(i int) int  { return int(t.atoms[i].from) }
func (t *text) to(i int) int {
	if i+1 < len(t.atoms) {
		return t.from(i + 1)
	}
	return len(t.flat)
}

// joined reports whether _ or - joins atom i to the next.
func (t *text) joined(i int) bool {
	return i+1 < len(t.atoms) && t.atoms[i].end+1 == t.atoms[i+1].start && isJoint(t.clean[t.end(i)])
}

func isJoint(c byte) bool { return c == '_' || c == '-' }

// letters returns the folded letters and digits of atoms i to j.
func (t *text) letters(i, j int) string { return t.flat[t.from(i):t.to(j)] }

// span returns the text of atoms i to j with what stands between them.
func (t *text) span(i, j int) string { return t.clean[t.start(i):t.end(j)] }

// gap returns what stands between atom i and the next.
func (t *text) gap(i int) string { return t.clean[t.end(i):t.start(i+1)] }

// whole reports whether atoms i to j are all there are.
func (t *text) whole(i, j int) bool { return i == 0 && j == len(t.atoms)-1 }

// before returns the byte that stands n places before atom i, or 0.
func (t *text) before(i, n int) byte {
	if at := t.start(i) - n; at >= 0 {
		return t.clean[at]
	}
	return 0
}

// after returns the byte that stands n places after atom i, or 0.
func (t *text) after(i, n int) byte {
	if at := t.end(i) + n - 1; at < len(t.clean) {
		return t.clean[at]
	}
	return 0
}

// touches reports whether one of marks joins atoms i to j to another atom.
func (t *text) touches(i, j int, marks string) bool {
	return t.touchesLeft(i, marks) || t.touchesRight(j, marks)
}

func (t *text) touchesLeft(i int, marks string) bool {
	return i > 0 && oneOf(t.gap(i-1), marks)
}

func (t *text) touchesRight(j int, marks string) bool {
	return j+1 < len(t.atoms) && oneOf(t.gap(j), marks)
}

func oneOf(gap, marks string) bool {
	return len(gap) == 1 && strings.IndexByte(marks, gap[0]) >= 0
}

// holdsOnly reports whether there is nothing but some marks of ASCII in a text.
func holdsOnly(text, marks string) bool {
	for i := range len(text) {
		if strings.IndexByte(marks, text[i]) < 0 {
			return false
		}
	}
	return true
}

// opens reports whether atom i starts what stands for itself: a line, a quoted
// text, a value after a colon or an equals sign, an item of a list.
func (t *text) opens(i int) bool {
	before := strings.TrimRight(t.clean[max(0, t.start(i)-8):t.start(i)], " ")
	return before == "" && t.start(i) < 8 || before != "" && strings.Contains("\n\"'`([{<>:=|*-#~", before[len(before)-1:])
}

// closes reports whether what stands for itself ends with atom j, but for one
// punctuation mark.
func (t *text) closes(j int) bool {
	return closing(strings.TrimLeft(t.tail(j), ".,;:!?"))
}

// tail returns the little that follows atom j.
func (t *text) tail(j int) string {
	end := t.end(j)
	return t.clean[end:min(len(t.clean), end+8)]
}

func closing(tail string) bool {
	tail = strings.TrimLeft(tail, " ")
	return tail == "" || strings.Contains("\n\"'`()[]{}<|*~\\", tail[:1]) || inFile().MatchString(tail)
}

// inFile is how PHP goes on behind a message.
var inFile = pattern.Of(`^in (?:/|[A-Z]:\\)`)

// told reports whether atom i stands after a colon that several words of a line lead
// to, as a program's message does: An API error occurred: ratelimited.
func (t *text) told(i int) bool {
	return i > 1 && strings.TrimRight(t.gap(i-1), "\"'`") == ": " && t.gap(i-2) == " "
}

// pauses reports whether a sentence or a part of it ends with atom j.
func (t *text) pauses(j int) bool {
	tail := t.tail(j)
	return closing(tail) || strings.Contains(".,;:!?", tail[:1]) || strings.HasPrefix(tail, " - ")
}

// head returns the first n bytes of s at most, in whole characters.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
