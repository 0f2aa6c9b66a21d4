package say

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// Message is a text of the interface in English, which its translations are found by. It
// may have the verbs %s and %d for values; a translation writes %[2]s where it has them
// in another order. What follows a bar tells messages apart that are the same in English
// and not in every language, or helps translators; it is not shown: "empty|header".
//
// A message is a constant, so that a test finds all that the code asks for: the type
// keeps texts that are put together at run time from being used as one.
type Message string

// english returns the message without what follows the bar.
func (m Message) english() string {
	text, _, _ := strings.Cut(string(m), "|")
	return text
}

// Language puts what people read into the words of one language. Its methods are this
// package's sentences.
type Language struct {
	tag   string
	words func() map[Message]string // nil for English
}

// English is the language of the messages themselves.
var English = &Language{tag: "en"}

// pseudo marks every message. A text in it without the marks is not translated.
var pseudo = &Language{tag: "en-XA"}

//go:embed languages
var languageFiles embed.FS

// languages are those that have a file, in the order of their tags.
var languages = sync.OnceValue(func() []*Language {
	files, err := languageFiles.ReadDir("languages")
	if err != nil {
		panic("internal error: " + err.Error())
	}
	var all []*Language
	for _, file := range files {
		if tag, ok := strings.CutSuffix(file.Name(), ".json"); ok {
			all = append(all, &Language{tag, sync.OnceValue(func() map[Message]string { return readWords(file.Name()) })})
		}
	}
	return all
})

func readWords(name string) map[Message]string {
	text, err := languageFiles.ReadFile("languages/" + name)
	var words map[Message]string
	if err == nil {
		err = json.Unmarshal(text, &words)
	}
	if err != nil {
		panic("internal error: read " + name + ": " + err.Error())
	}
	return words
}

// Languages returns English and all languages that it is translated into.
func Languages() []*Language { return append([]*Language{English}, languages()...) }

// Find returns the language of a BCP 47 tag, or of what the tag begins with: de-AT finds
// de. It reports whether there is one; if not, the language is English.
//
// The tag en-XA stands for a pseudo language, in which every message is between ⟦ and ⟧.
func Find(tag string) (*Language, bool) {
	if strings.EqualFold(tag, pseudo.tag) {
		return pseudo, true
	}
	for part := tag; part != ""; part = part[:max(strings.LastIndexByte(part, '-'), 0)] {
		for _, l := range Languages() {
			if strings.EqualFold(l.tag, part) {
				return l, true
			}
		}
	}
	return English, tag == ""
}

// In returns the language of a BCP 47 tag, and English if there is none.
func In(tag string) *Language {
	l, _ := Find(tag)
	return l
}

// Tag returns the BCP 47 tag of the language.
func (l *Language) Tag() string { return l.tag }

// Template returns a message in the language, with its verbs: for what fills them in
// elsewhere, such as a script.
func (l *Language) Template(m Message) string {
	switch {
	case m == "":
		return ""
	case l == pseudo:
		return "⟦" + m.english() + "⟧"
	case l.words != nil:
		if text := l.words()[m]; text != "" {
			return text
		}
	}
	return m.english()
}

// Say returns a message in the language, with values for its verbs. Without values, a
// percent sign in it stands for itself.
func (l *Language) Say(m Message, values ...any) string {
	if len(values) == 0 {
		return l.Template(m)
	}
	return fmt.Sprintf(l.fitted(m, values), values...)
}

// Count returns the message for one or that for another number of things; both may have
// the number as their verb.
func (l *Language) Count(n int, one, many Message) string {
	m := many
	if n == 1 {
		m = one
	}
	if !verb().MatchString(string(m)) {
		return l.Say(m)
	}
	return l.Say(m, n)
}

// verb is where a message has a value, or a percent sign.
var verb = pattern.Of(`%(?:\[(\d+)\])?([sd%])`)

// Text returns a message as [Language.Say] does, in which values of type Text and Span
// keep what is quoted from the wire.
func (l *Language) Text(m Message, values ...any) Text {
	var text Text
	add := func(spans ...Span) {
		for _, span := range spans {
			if last := len(text) - 1; last >= 0 && !span.Wire && !text[last].Wire {
				text[last].Text += span.Text
			} else if span != (Span{}) {
				text = append(text, span)
			}
		}
	}
	compose(l.fitted(m, values), func(part string) { add(plain(part)) }, func(i int) {
		switch value := values[i].(type) {
		case Text:
			add(value...)
		case Span:
			add(value)
		default:
			add(plain(fmt.Sprint(value)))
		}
	})
	return text
}

// Markup returns a message whose values are markup. The words of the message are
// escaped; the values are not.
func (l *Language) Markup(m Message, escape func(string) string, values ...string) string {
	seen := make([]any, len(values))
	for i, value := range values {
		if seen[i] = value; strings.Contains(value, "<") {
			seen[i] = tag().ReplaceAllString(value, "")
		}
	}
	var text strings.Builder
	compose(l.fitted(m, seen), func(part string) { text.WriteString(escape(part)) }, func(i int) { text.WriteString(values[i]) })
	return text.String()
}

var tag = pattern.Of(`<[^>]*>`)

// compose calls the functions with the words of a template and the numbers of its values,
// from 0, in its order.
func compose(template string, words func(string), value func(int)) {
	rest, next := template, 0
	for rest != "" {
		var at []int
		if strings.Contains(rest, "%") {
			at = verb().FindStringSubmatchIndex(rest)
		}
		if at == nil {
			words(rest)
			return
		}
		start := rest[:at[0]]
		if rest[at[4]] == '%' {
			words(start + "%")
			rest = rest[at[1]:]
			continue
		}
		if start != "" {
			words(start)
		}
		if at[2] >= 0 {
			number, _ := strconv.Atoi(rest[at[2]:at[3]])
			next = number - 1
		}
		value(next)
		next++
		rest = rest[at[1]:]
	}
}

// List joins words with commas.
func (l *Language) List(words []string) string { return l.list(words, comma, comma) }

// And joins words with commas, and the last with "and".
func (l *Language) And(words []string) string { return l.list(words, comma, "%s and %s|list") }

// Or joins words with commas, and the last with "or".
func (l *Language) Or(words []string) string { return l.list(words, comma, "%s or %s|list") }

// or joins texts in the same way.
func (l *Language) or(texts []Text) Text { return l.textList(texts, comma, "%s or %s|list") }

// either joins texts with "or" between any two.
func (l *Language) either(texts []Text) Text {
	return l.textList(texts, "%s or %s|list", "%s or %s|list")
}

// Sentences joins sentences, without those that are empty.
func (l *Language) Sentences(texts ...string) string {
	texts = slices.DeleteFunc(texts, func(text string) bool { return text == "" })
	return l.list(texts, twoSentences, twoSentences)
}

// Gap returns what stands between two sentences of the language: nothing where its full
// stop is as wide as an ideograph.
func (l *Language) Gap() string {
	sentence := l.decided("retryNo")
	return strings.Trim(l.Say(twoSentences, sentence, sentence), sentence)
}

const twoSentences Message = "%s %s|two sentences"

// comma joins all of a list but the last.
const comma Message = "%s, %s|list"

// list joins words by a message of two values, and the last by another.
func (l *Language) list(words []string, middle, last Message) string {
	return joined(words, middle, last, func(m Message, a, b string) string { return l.Say(m, a, b) })
}

// textList joins texts by a message of two values, and the last by another.
func (l *Language) textList(texts []Text, middle, last Message) Text {
	return joined(texts, middle, last, func(m Message, a, b Text) Text { return l.Text(m, a, b) })
}

func joined[T any](items []T, middle, last Message, join func(m Message, a, b T) T) (all T) {
	for i, item := range items {
		switch i {
		case 0:
			all = item
		case len(items) - 1:
			all = join(last, all, item)
		default:
			all = join(middle, all, item)
		}
	}
	return all
}
