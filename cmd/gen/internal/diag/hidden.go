package diag

import (
	"fmt"
	"unicode"
)

// IsHidden reports whether a character can't be told from nothing or from a space where it is
// shown: what steers the direction of a text and has no width, spaces other than the usual one
// and that of Chinese and Japanese, and what Unicode calls default ignorable.
func IsHidden(r rune) bool {
	switch {
	case r <= 0x7f, r == 0x3000, unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false
	case unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Cf, unicode.Variation_Selector):
		return true
	case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
		return true
	}
	return r == 0x85 || r == 0x2800 // a line end, and a pattern of braille without dots
}

// Joins reports whether a hidden character has a meaning after another one: it joins letters
// of scripts that want that, or makes one picture of some.
func Joins(r, before rune) bool {
	joiner := r == 0x200c || r == 0x200d || unicode.Is(unicode.Variation_Selector, r)
	return joiner && before > 0x7f && (!IsHidden(before) || unicode.Is(unicode.Variation_Selector, before))
}

// RuneName returns the number of a character in Unicode, with its name if that is one of
// those that are met by accident.
func RuneName(r rune) string {
	number := fmt.Sprintf("U+%04X", r)
	if name := runeNames[r]; name != "" {
		return number + " (" + name + ")"
	}
	return number
}

var runeNames = map[rune]string{
	0x85: "next line", 0xa0: "no-break space", 0xad: "soft hyphen", 0x34f: "combining grapheme joiner", 0x61c: "Arabic letter mark",
	0x2009: "thin space", 0x200a: "hair space", 0x200b: "zero width space", 0x200c: "zero width non-joiner", 0x200d: "zero width joiner",
	0x200e: "left-to-right mark", 0x200f: "right-to-left mark", 0x2028: "line separator", 0x2029: "paragraph separator",
	0x202a: "left-to-right embedding", 0x202b: "right-to-left embedding", 0x202c: "pop directional formatting",
	0x202d: "left-to-right override", 0x202e: "right-to-left override", 0x202f: "narrow no-break space", 0x2060: "word joiner",
	0x2066: "left-to-right isolate", 0x2067: "right-to-left isolate", 0x2068: "first strong isolate", 0x2069: "pop directional isolate",
	0x3000: "ideographic space", 0xfeff: "byte order mark",
	'“': "left double quotation mark", '”': "right double quotation mark", '„': "double low quotation mark",
	'‘': "left single quotation mark", '’': "right single quotation mark", '‚': "single low quotation mark",
	'«': "left-pointing guillemet", '»': "right-pointing guillemet",
}
