package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// excerptWidth is how many characters of a line are shown, and excerptBefore how
// many of them stand before the place, where a line is longer.
const (
	excerptWidth  = 120
	excerptBefore = 60
)

// excerpt is a line of the source as a terminal shows it.
type excerpt struct {
	text string
	pad  string // as wide as the text before the place
}

// newExcerpt cuts a line around an offset. It looks at no more of the line than it shows.
func newExcerpt(line []byte, offset int) excerpt {
	after := len(firstRunes(line[offset:], excerptWidth))
	before := lastRunes(line[:offset], max(excerptBefore, excerptWidth-utf8.RuneCount(line[offset:offset+after])))
	shown := firstRunes(line[offset-len(before):], excerptWidth)
	var e excerpt
	if len(before) < offset {
		e.text, e.pad = "…", " "
	}
	for i, r := range string(shown) {
		if r == '\t' {
			e.text += "\t"
		} else {
			e.text += pointed(r)
		}
		if i >= len(before) {
			continue
		}
		if r == '\t' { // as wide as the tab above it
			e.pad += "\t"
		} else {
			e.pad += strings.Repeat(" ", width(pointed(r)))
		}
	}
	if offset-len(before)+len(shown) < len(line) {
		e.text += "…"
	}
	return e
}

// firstRunes returns the start of a text with at most n characters.
func firstRunes(text []byte, n int) []byte {
	end := 0
	for ; n > 0 && end < len(text); n-- {
		_, size := utf8.DecodeRune(text[end:])
		end += size
	}
	return text[:end]
}

// lastRunes returns the end of a text with at most n characters.
func lastRunes(text []byte, n int) []byte {
	start := len(text)
	for ; n > 0 && start > 0; n-- {
		_, size := utf8.DecodeLastRune(text[:start])
		start -= size
	}
	return text[start:]
}

// pointed returns a character for a line that a problem points into: each one that can't be
// seen is written out.
func pointed(r rune) string {
	if IsHidden(r) {
		return written(r)
	}
	return glyph(r)
}

// glyph returns a character as it can be shown: one that a terminal would obey
// or hide is written out.
func glyph(r rune) string {
	switch {
	case r < ' ':
		return string('\u2400' + r) // its control picture
	case r == 0x7f:
		return "\u2421"
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
		return written(r)
	}
	return string(r)
}

// width returns how many columns a terminal gives a text.
func width(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
		case unicode.Is(wide, r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// wide is the characters that take two columns: those that Unicode Standard
// Annex #11 calls wide or full-width.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115f, 1}, {0x231a, 0x231b, 1}, {0x2329, 0x232a, 1}, {0x23e9, 0x23ec, 1}, {0x23f0, 0x23f3, 3},
		{0x25fd, 0x25fe, 1}, {0x2614, 0x2615, 1}, {0x2648, 0x2653, 1}, {0x267f, 0x2693, 20}, {0x26a1, 0x26a1, 1},
		{0x26aa, 0x26ab, 1}, {0x26bd, 0x26be, 1}, {0x26c4, 0x26c5, 1}, {0x26ce, 0x26d4, 6}, {0x26ea, 0x26ea, 1},
		{0x26f2, 0x26f3, 1}, {0x26f5, 0x26fa, 5}, {0x26fd, 0x2705, 8}, {0x270a, 0x270b, 1}, {0x2728, 0x274c, 36},
		{0x274e, 0x274e, 1}, {0x2753, 0x2755, 1}, {0x2757, 0x2757, 1}, {0x2795, 0x2797, 1}, {0x27b0, 0x27bf, 15},
		{0x2b1b, 0x2b1c, 1}, {0x2b50, 0x2b55, 5}, {0x2e80, 0x303e, 1}, {0x3041, 0x4dbf, 1}, {0x4e00, 0xa4cf, 1},
		{0xa960, 0xa97f, 1}, {0xac00, 0xd7a3, 1}, {0xf900, 0xfaff, 1}, {0xfe10, 0xfe19, 1}, {0xfe30, 0xfe6f, 1},
		{0xff01, 0xff60, 1}, {0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{
		{0x16fe0, 0x18cff, 1}, {0x1aff0, 0x1b2ff, 1}, {0x1f004, 0x1f0cf, 203}, {0x1f18e, 0x1f18e, 1}, {0x1f191, 0x1f19a, 1},
		{0x1f200, 0x1f320, 1}, {0x1f32d, 0x1f335, 1}, {0x1f337, 0x1f37c, 1}, {0x1f37e, 0x1f393, 1}, {0x1f3a0, 0x1f3ca, 1},
		{0x1f3cf, 0x1f3d3, 1}, {0x1f3e0, 0x1f3f0, 1}, {0x1f3f4, 0x1f3f4, 1}, {0x1f3f8, 0x1f43e, 1}, {0x1f440, 0x1f440, 1},
		{0x1f442, 0x1f4fc, 1}, {0x1f4ff, 0x1f53d, 1}, {0x1f54b, 0x1f54e, 1}, {0x1f550, 0x1f567, 1}, {0x1f57a, 0x1f57a, 1},
		{0x1f595, 0x1f596, 1}, {0x1f5a4, 0x1f5a4, 1}, {0x1f5fb, 0x1f64f, 1}, {0x1f680, 0x1f6c5, 1}, {0x1f6cc, 0x1f6cc, 1},
		{0x1f6d0, 0x1f6d2, 1}, {0x1f6d5, 0x1f6d7, 1}, {0x1f6dc, 0x1f6df, 1}, {0x1f6eb, 0x1f6ec, 1}, {0x1f6f4, 0x1f6fc, 1},
		{0x1f7e0, 0x1f7eb, 1}, {0x1f7f0, 0x1f7f0, 1}, {0x1f90c, 0x1f93a, 1}, {0x1f93c, 0x1f945, 1}, {0x1f947, 0x1f9ff, 1},
		{0x1fa70, 0x1faff, 1}, {0x20000, 0x2fffd, 1}, {0x30000, 0x3fffd, 1},
	},
}
