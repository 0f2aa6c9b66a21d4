package model

import (
	"strings"
	"unicode/utf8"
)

// Line returns a text as one line, with single spaces.
func Line(text string) string { return strings.Join(strings.Fields(text), " ") }

// Sentence returns one line of text as a sentence: with a capital and a full
// stop. No text is none.
func Sentence(text string) string {
	text = Line(text)
	if text == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(text)
	text = strings.ToUpper(string(first)) + text[size:]
	if strings.ContainsRune(".!?…", lastRune(text)) {
		return text
	}
	return text + "."
}

func lastRune(text string) rune {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last
}

// Lowered returns a title as it stands within a sentence.
func Lowered(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	return strings.ToLower(string(first)) + title[size:]
}
