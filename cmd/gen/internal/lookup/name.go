package lookup

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// spelling is what codes, aliases and messages have in common that differ only in
// case and in what stands between their letters and digits.
type spelling struct {
	letters string
	names   []name
}

// name is one text that an entry is known by.
type name struct {
	entry *model.Entry
	kind  nameKind
	text  string
	fold  bool   // the text counts in any case
	lead  string // what stands before the first letter or digit
	trail string // what stands after the last
	about string // what the rows of the judgement call it

	cut      sync.Once // few names of a large catalog are ever met
	cutWords []string
}

type nameKind uint8

const (
	codeName nameKind = iota
	aliasName
	messageName
)

// minMessage is how many letters and digits a message needs to be looked for.
const minMessage = 4

// set makes the name what is known of it. Its text has a letter or a digit.
func (n *name) set(own spelled) {
	n.entry, n.kind, n.text = own.entry, own.kind, own.text
	n.fold = n.entry.API.FoldCase && n.kind != messageName
	n.lead = n.text[:strings.IndexFunc(n.text, isLetter)]
	last := strings.LastIndexFunc(n.text, isLetter)
	_, size := utf8.DecodeRuneInString(n.text[last:])
	n.trail = n.text[last+size:]
	n.about = n.subject(own.letters)
}

// words returns the words of the name, folded.
func (n *name) words() []string {
	n.cut.Do(func() { n.cutWords = cut(n.text).words() })
	return n.cutWords
}

// core is the name from its first letter or digit to its last.
func (n *name) core() string { return n.text[len(n.lead) : len(n.text)-len(n.trail)] }

// The subjects of the rows of the judgement.
const (
	aCode    = "code"
	aWord    = "word" // a code that may stand in prose with another meaning: one word of letters such as ERROR, or anything very short
	aMessage = "message"
)

// subject is what the rows of the judgement call the name, which has some letters.
func (n *name) subject(letters string) string {
	switch {
	case n.kind == messageName:
		return aMessage
	case len(letters) < shortest:
		return aWord
	case strings.ContainsFunc(n.core(), func(r rune) bool { return !isLetter(r) }), // several words, as most codes have
		strings.ContainsFunc(n.text, unicode.IsDigit), len(n.words()) > 1:
		return aCode
	}
	return aWord
}

// shortest is how many letters and digits a code needs to be known for one
// wherever it stands.
const shortest = 5

// words returns the folded words of a code: what stands between separators, or,
// where there are none, between the humps of camel case.
func (t *text) words() []string {
	if len(t.atoms) == 0 {
		return []string{""}
	}
	if len(t.atoms) > 1 {
		all := make([]string, len(t.atoms))
		for i := range t.atoms {
			all[i] = t.letters(i, i)
		}
		return all
	}
	return humps(t.span(0, 0))
}

// humps splits rateLimitExceeded and HTTPError before a capital that follows a
// small letter or that a small letter follows.
func humps(word string) []string {
	runes := []rune(word)
	var all []string
	start := 0
	for i := range runes {
		if startsHump(runes, i) {
			all = append(all, fold(string(runes[start:i])))
			start = i
		}
	}
	return append(all, fold(string(runes[start:])))
}

// startsHump reports whether a hump starts at a place behind the first.
func startsHump(word []rune, i int) bool {
	return i > 0 && unicode.IsUpper(word[i]) && (!unicode.IsUpper(word[i-1]) || i+1 < len(word) && unicode.IsLower(word[i+1]))
}

// hasHumps reports whether there are several.
func hasHumps(word string) bool {
	runes := []rune(word)
	for i := range runes {
		if startsHump(runes, i) {
			return true
		}
	}
	return false
}

// style is how a part of a text writes a name.
type style uint8

const (
	verbatim style = iota // letter by letter
	joined                // its words with underscores, with hyphens or with nothing between
	spaced                // its words with spaces
	dotted                // its words with dots
	marked                // its words with spaces, and a colon or a dash after the first
	mixed                 // its letters with anything between
)

// styles are the names of the styles.
var styles = []string{verbatim: "verbatim", joined: "joined", spaced: "spaced", dotted: "dotted", marked: "marked", mixed: "mixed"}

// styleOf returns how span, which has the name's letters, writes it.
func (n *name) styleOf(span string) style {
	core := n.core()
	if span == core || n.fold && fold(span) == fold(core) {
		return verbatim
	}
	folded := fold(span)
	if strings.Contains(core, ": ") && strings.Contains(span, ": ") && strings.ReplaceAll(folded, " ", "") == strings.ReplaceAll(fold(core), " ", "") {
		return joined // the class of an exception is the first words of a sentence
	}
	for _, separator := range []string{"_", "-", ""} {
		if folded == strings.Join(n.words(), separator) {
			return joined
		}
	}
	switch folded {
	case strings.Join(n.words(), " "):
		return spaced
	case strings.Join(n.words(), "."):
		return dotted
	}
	if n.isMarked(folded) {
		return marked
	}
	return mixed
}

// marks are what stands after the first word of a code where people read it as a
// label: ERROR: zero balance.
var marks = []string{": ", " : ", " - "}

// isMarked reports whether a folded text is the name with such a mark.
func (n *name) isMarked(folded string) bool {
	rest, ok := strings.CutPrefix(folded, n.words()[0])
	return ok && len(n.words()) > 1 && slices.ContainsFunc(marks, func(mark string) bool {
		return rest == mark+strings.Join(n.words()[1:], " ") || rest == mark+strings.Join(n.words()[1:], "_")
	})
}
