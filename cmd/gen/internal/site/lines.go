package site

import (
	"strings"
	"unicode"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// wrapped breaks a text into lines of a width in CSS pixels, and cuts it after the most
// lines that there may be. Nobody knows here how wide letters are, so it is generous: a
// reader may ask for wider spaces between them.
func wrapped(text string, width float64, most int) []string {
	var lines []string
	line, used := "", 0.0
	for _, word := range breaks(model.Line(text)) {
		wide := widthOf(word)
		if used+widthOf(strings.TrimRight(word, " ")) > width && line != "" {
			lines, line, used = append(lines, strings.TrimRight(line, " ")), "", 0
		}
		for wide > width { // a word that fits no line
			end, part := 0, 0.0
			for i, r := range word {
				if part += widthOf(string(r)); part > width && i > 0 {
					end = i
					break
				}
			}
			if end == 0 { // a single letter
				break
			}
			lines, word = append(lines, word[:end]), word[end:]
			wide = widthOf(word)
		}
		line += word
		used += wide
	}
	if line = strings.TrimRight(line, " "); line != "" {
		lines = append(lines, line)
	}
	if len(lines) > most {
		lines = append(lines[:most-1], cut(lines[most-1]+strings.Repeat(" ", int(width)), width))
	}
	return lines
}

// cut shortens a text to a width.
func cut(text string, width float64) string {
	if widthOf(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && widthOf(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// breaks splits a text after each place where a line may end.
func breaks(text string) []string {
	var parts []string
	start := 0
	before := rune(0)
	for i, r := range text {
		if i > 0 && endsBetween(before, r) && !unit(text, i-1) {
			parts = append(parts, text[start:i])
			start = i
		}
		before = r
	}
	return append(parts, text[start:])
}

// endsBetween reports whether a line may end between two letters or signs: behind a space
// or what joins the words of a name, and on either side of an ideograph or a kana, as
// https://www.unicode.org/reports/tr14/ has it. What closes, goes on or makes small stays
// with what it follows, and what opens or counts with what follows it.
func endsBetween(a, b rune) bool {
	switch {
	case a == ' ' || a == '_' || a == '.' || a == '/':
		return true
	case b == ' ', !model.Unspaced(a) && !model.Unspaced(b):
		return false
	case unicode.In(a, unicode.Ps, unicode.Pi, unicode.Sc), unicode.IsDigit(a):
		return false
	}
	return !unicode.In(b, unicode.Pe, unicode.Pf, unicode.Po, unicode.Lm) && !strings.ContainsRune(staysBehind, b)
}

// staysBehind are the small kana and the waves, which no class of letters is for.
const staysBehind = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶｧｨｩｪｫｬｭｮｯ〜～"

// unit reports whether a space stands between a number and what it counts.
func unit(text string, i int) bool {
	return text[i] == ' ' && i > 0 && '0' <= text[i-1] && text[i-1] <= '9'
}

// widthOf is about how wide a text is, in CSS pixels, with wide spaces between letters.
func widthOf(text string) float64 {
	ems := 0.0
	for _, r := range text {
		switch {
		case r >= 0x1100:
			ems += 1.25
		case unicode.IsUpper(r) || unicode.IsDigit(r) || r > unicode.MaxLatin1:
			ems += .78
		case r == 'm' || r == 'w' || r == '_' || r == '@':
			ems += .85
		case strings.ContainsRune("iljtf.,:;'|!() ", r):
			ems += .46
		default:
			ems += .68
		}
	}
	return 14 * ems
}
