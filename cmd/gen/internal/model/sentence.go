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
	text = strings.ToValidUTF8(text, "\ufffd")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			return '\n'
		case unicode.IsControl(r), r == '\ufeff', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// Line returns a text as one line, with single spaces.
func Line(text string) string { return strings.Join(strings.Fields(text), " ") }

// Sentence returns one line of text as a sentence: with a capital and the full
// stop of its script. No text is none.
func Sentence(text string) string {
	text = Line(text)
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	text = strings.ToUpper(string(first)) + text[size:]
	switch last, _ := utf8.DecodeLastRuneInString(text); {
	case strings.ContainsRune(".!?…。！？؟।", last):
		return text
	case unicode.In(last, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return text + "。"
	}
	return text + "."
}

// Lowered returns a title as it stands within a sentence.
func Lowered(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	return strings.ToLower(string(first)) + title[size:]
}
