package lookup

import (
	"strings"
)

// findNumbers finds codes that are numbers, which mean something only next to a
// label, and statuses.
func (x *Index) findNumbers(t *text, f *findings) {
	whole := x.findStatus(t, f) || x.findReason(t, f)
	for _, i := range t.may[ofNumbers] {
		i := int(i)
		word := t.letters(i, i)
		maybe := !whole && x.isTelling(word)
		if !maybe && len(x.numbers) == 0 || !t.isNumber(i) {
			continue
		}
		if maybe {
			x.findStatusAt(t, i, f)
		}
		number := t.signed(i)
		if len(x.numbers[number]) == 0 {
			continue
		}
		label, _ := t.label(i)
		confidence := Likely
		if !t.labelled(i) && !(isThrown(label) && t.pauses(i)) {
			if !t.isMarked(i) {
				continue
			}
			label, confidence = string(t.before(i, 1)), Guess
		}
		for _, e := range x.numbers[number] {
			f.add(candidate{
				Match: Match{Confidence: confidence, Entry: e}, reason: why("number", number, inQuotes(label)),
				at:   t.start(i),
				kind: byCode,
			})
		}
	}
}

// isNumber reports whether atom i is a number that is not part of anything: of an
// amount, a date, an address, a version.
func (t *text) isNumber(i int) bool {
	if !areDigits(t.letters(i, i)) {
		return false
	}
	if b := t.before(i, 1); strings.IndexByte("._-+/,:", b) >= 0 && b != 0 && isDigit(t.before(i, 2)) {
		return false
	}
	if t.touchesLeft(i, "_") || !t.signs(i) && t.touchesLeft(i, "-") {
		return false
	}
	switch next, beyond := t.after(i, 1), t.after(i, 2); next {
	case '%':
		return false
	case '.', ',', ':', '/':
		return !isDigit(beyond)
	case '-', '_':
		return !t.touchesRight(i, "-_")
	}
	return true
}

// isMarked reports whether number i is set apart as drivers of databases do it: after #
// at the start of what is said, or in a parenthesis before a quoted text.
func (t *text) isMarked(i int) bool {
	start := t.start(i)
	before := strings.TrimRight(t.clean[max(0, start-8):max(0, start-1)], " ")
	if before != "" && !strings.HasSuffix(before, "\n") && !strings.HasSuffix(before, ":") {
		return false
	}
	switch t.before(i, 1) {
	case '#':
		return t.pauses(i) || strings.HasPrefix(t.tail(i), " - ")
	case '(':
		return strings.HasPrefix(t.tail(i), `, "`) || strings.HasPrefix(t.tail(i), ", '")
	}
	return false
}

// signs reports whether a sign belongs to number i: nothing stands before it.
func (t *text) signs(i int) bool {
	if !isSign(t.before(i, 1)) {
		return false
	}
	b := t.before(i, 2)
	return b == 0 || strings.IndexByte(" \n:=\"'([", b) >= 0
}

func isSign(c byte) bool { return c == '-' || c == '+' }

// signed returns number i with its sign.
func (t *text) signed(i int) string {
	number := t.letters(i, i)
	if t.signs(i) {
		return string(t.before(i, 1)) + number
	}
	return number
}

// isNumber reports whether a code is a number: digits, with a sign or a point.
func isNumber(code string) bool {
	code = strings.TrimLeft(code, "+-")
	whole, part, point := strings.Cut(code, ".")
	return areDigits(whole) && (!point || areDigits(part))
}

func areDigits(s string) bool {
	for _, c := range []byte(s) {
		if !isDigit(c) {
			return false
		}
	}
	return s != ""
}

// digits returns the number that s is, or 0.
func digits(s string) int {
	if !areDigits(s) || len(s) > 18 {
		return 0
	}
	n := 0
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}
