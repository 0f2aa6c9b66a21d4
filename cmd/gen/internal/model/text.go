package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns text as valid UTF-8 with newlines of one kind. What has no
// visible form, other than a newline or a tab, is a replacement character:
// controls, and marks that turn the direction of what follows.
func Visible(text string) string {
	if isPlain(text, utf8.ValidString) {
		return text // most texts are, and there are many
	}
	text = strings.ToValidUTF8(text, "\ufffd")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(replaced, text)
}

// VisibleBytes returns what [Visible] returns for a text in bytes, which may be these.
func VisibleBytes(text []byte) []byte {
	if isPlain(text, utf8.Valid) {
		return text
	}
	return []byte(Visible(string(text)))
}

// replaced returns what Visible has in place of a character.
func replaced(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
		return '\n'
	case unicode.IsControl(r), r == '\ufeff', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
		return unicode.ReplacementChar
	}
	return r
}

// isPlain reports whether a text surely has nothing that Visible replaces.
func isPlain[T string | []byte](text T, isValid func(T) bool) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			if c == 0xc2 || c == 0xe2 || c == 0xef { // all that it replaces starts so
				if r, _ := utf8.DecodeRuneInString(string(text[i:min(i+utf8.UTFMax, len(text))])); replaced(r) != r {
					return false
				}
			}
		case c == 0x7f || c < ' ' && c != '\n' && c != '\t':
			return false
		}
	}
	return isValid(text)
}

// Line returns a text as one line, with single spaces. Spaces at which no line may end
// stay, such as those before a colon in French, and none stands where a line ended between
// two letters of Chinese or Japanese.
func Line(text string) string {
	if isLine(text) {
		return text // most texts are, and there are many
	}
	if strings.Contains(text, "\n") && strings.ContainsFunc(text, Unspaced) {
		text = joined(text)
	}
	if !strings.Contains(text, "\u00a0") && !strings.Contains(text, "\u202f") {
		return strings.Join(strings.Fields(text), " ")
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' })
	return strings.TrimSpace(strings.Join(words, " "))
}

// isLine reports whether a text surely is one line with single spaces.
func isLine(text string) bool {
	space := true // at the start there is none
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c >= utf8.RuneSelf || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || text == ""
}

// joined returns a text without the ends of lines between letters of Chinese or Japanese.
func joined(text string) string {
	var out strings.Builder
	before := ' '
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(line); !Unspaced(before) || !Unspaced(first) {
			out.WriteByte(' ')
		}
		out.WriteString(line)
		before, _ = utf8.DecodeLastRuneInString(line)
	}
	return out.String()
}

// Unspaced reports whether a letter or a sign is Chinese or Japanese, which are written
// without spaces.
func Unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xffef
}

// Emphasis puts a text between signs of emphasis of markdown, such as two asterisks, and leaves
// the space at its ends outside. So it does with wide signs such as 「 and 。: no space
// follows them, and where a letter does, a sign behind them ends nothing.
func Emphasis(text, sign string) string {
	inside := strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || Unspaced(r) && unicode.IsPunct(r) })
	if inside == "" {
		return text
	}
	before, after, _ := strings.Cut(text, inside)
	return before + sign + inside + sign + after
}

// Wrap joins pieces of text with blanks into lines of at most width characters.
func Wrap(pieces []string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for _, piece := range pieces {
		n := len([]rune(piece))
		if used > 0 && used+1+n > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(piece)
		used += n
	}
	if used > 0 {
		lines = append(lines, line.String())
	}
	return lines
}
