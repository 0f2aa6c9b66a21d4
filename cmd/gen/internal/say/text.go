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

// String returns the text of the part.
func (s Span) String() string { return s.Text }

func plain(text string) Span { return Span{Text: text} }

func wire(text string) Span { return Span{Text: text, Wire: true} }

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
	last, _ := utf8.DecodeLastRuneInString(text)
	stop := "."
	if isIdeographic(last) || mostlyIdeographic(text) {
		stop = "。" // and no capitals: a word of another script keeps its letters
	} else {
		first, size := utf8.DecodeRuneInString(text)
		text = strings.ToUpper(string(first)) + text[size:]
	}
	if strings.ContainsRune(".!?…。！？؟।", last) {
		return text
	}
	return text + stop
}

// Headline returns one line of text as [Sentence] does, without the full stop.
func Headline(text string) string {
	text = Sentence(text)
	last, size := utf8.DecodeLastRuneInString(text)
	if strings.ContainsRune(".。।", last) {
		return text[:len(text)-size]
	}
	return text
}

// mostlyIdeographic reports whether a text is Chinese or Japanese though it may end in a
// word of another script: it has more ideographs and kana than twice its other words.
func mostlyIdeographic(text string) bool {
	words, signs := 0, 0
	inWord := false
	for _, r := range text {
		isLetter := unicode.IsLetter(r)
		switch {
		case isIdeographic(r):
			signs++
			isLetter = false
		case isLetter && !inWord:
			words++
		}
		inWord = isLetter
	}
	return signs > 2*words
}

func isIdeographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
