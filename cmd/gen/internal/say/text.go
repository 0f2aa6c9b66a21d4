package say

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Text is a text in which some parts are quoted from the wire; emitters set those
// apart in their own way.
type Text []Span

// Span is a part of a text.
type Span struct {
	Text string
	Wire bool // quoted from a reply, such as a member's name
}

// String returns the text without telling its parts apart.
func (t Text) String() string {
	var text strings.Builder
	for _, span := range t {
		text.WriteString(span.Text)
	}
	return text.String()
}

func plain(text string) Span { return Span{Text: text} }

func wire(text string) Span { return Span{Text: text, Wire: true} }

// join joins texts with commas, and the last with a word such as " or ".
func join(texts []Text, last string) Text {
	var all Text
	for i, text := range texts {
		switch {
		case i == 0:
		case i == len(texts)-1:
			all = append(all, plain(last))
		default:
			all = append(all, plain(", "))
		}
		all = append(all, text...)
	}
	return all
}

// And joins words with commas, and the last with "and".
func And(words []string) string { return list(words, " and ") }

// Or joins words with commas, and the last with "or".
func Or(words []string) string { return list(words, " or ") }

func list(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	end := len(words) - 1
	return strings.Join(words[:end], ", ") + last + words[end]
}

// Escalation says when support escalates an entry, to follow "Escalate when:".
func Escalation(text string) string {
	return Sentence(strings.TrimPrefix(model.Line(text), "When "))
}

// Sentence returns one line of text as a sentence: with a capital and the full
// stop of its script. No text is none.
func Sentence(text string) string {
	text = model.Line(text)
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

// Lowered returns a title for the middle of a sentence.
func Lowered(title string) string {
	first, size := utf8.DecodeRuneInString(title)
	return strings.ToLower(string(first)) + title[size:]
}
