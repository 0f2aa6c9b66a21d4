// Package answers prints what support tells customers as files for help desks: the
// bodies of the calls that make macros, canned responses and saved replies, a CSV file
// and JSON. Each answer has an id that stays as long as the entry's key does, so that a
// desk that has it already can update it. It follows package say in what an answer is.
package answers

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// Format is a form of the file.
type Format string

// The formats.
const (
	Zendesk   Format = "zendesk"
	Intercom  Format = "intercom"
	HelpScout Format = "helpscout"
	Freshdesk Format = "freshdesk"
	CSV       Format = "csv"
	JSON      Format = "json"
)

// Formats returns all formats.
func Formats() []Format { return []Format{Zendesk, Intercom, HelpScout, Freshdesk, CSV, JSON} }

// Options say what to print.
type Options struct {
	Format  Format
	API     *model.API // nil for all of the catalog's
	Written bool       // no drafts
	Into    int64      // the part of a desk's account that they go to, see [Format.Part]; 0 for none
}

// File returns the answers of a catalog as a file, or nil where there are none. The mark
// names the spec.
func File(c *model.Catalog, mark string, o Options) []byte {
	var found []answer
	for _, api := range c.APIs {
		if o.API == nil || o.API == api {
			found = append(found, answersOf(say.In(c.Language), api)...)
		}
	}
	for i := range found { // as the address of its page is
		found[i].id, found[i].locale = c.Folder+found[i].id, c.Language
	}
	if o.Written {
		found = slices.DeleteFunc(found, func(a answer) bool { return a.Draft })
	}
	switch {
	case len(found) == 0:
		return nil
	case o.Format == CSV:
		return csvFile(found, model.Mark(mark))
	case o.Format == JSON:
		return jsonFile(found, model.Mark(mark))
	}
	return deskFile(found, model.Mark(mark), o)
}

// answer is what support tells a customer.
type answer struct {
	say.Answer
	id      string
	entry   *model.Entry // merged with the variant, where the answer is for one
	variant int          // from 1; 0 for none
	when    string       // in which replies the variant counts, to follow the word if

	l      *say.Language // in which it is said
	locale string        // the tag of the catalog's language
}

// answersOf returns an API's answers: those of each entry, and of each of its variants
// whose customers are told something else.
func answersOf(l *say.Language, api *model.API) []answer {
	var all []answer
	add := func(of answer, told []say.Answer) {
		of.l = l
		for _, of.Answer = range told {
			of.Text = strings.TrimSpace(model.Visible(l.FillIn(of.Text, "", "")))
			one := of
			if one.Own {
				one.id += one.sign() + "own"
			}
			all = append(all, one)
		}
	}
	for _, e := range api.Entries() {
		whole := l.Answers(e)
		add(answer{id: e.Address(), entry: e}, whole)
		for i, v := range e.Variants {
			in := e.InVariant(v)
			if told := l.Answers(in); !slices.Equal(told, whole) {
				id := e.Address() + "#if-" + strconv.Itoa(i+1)
				add(answer{id: id, entry: in, variant: i + 1, when: l.When(api, v.When).String()}, told)
			}
		}
	}
	return all
}

// sign parts the last word of an id from the rest.
func (a answer) sign() string {
	if a.variant > 0 {
		return "-"
	}
	return "#"
}

// maxTitle is the length in characters that every desk takes for a title.
const maxTitle = 250

// title names the answer: the API and the key, by which agents look for it, what kind of
// answer it is, which a list has to show even where it cuts long titles, and the meaning.
// What follows the title stands at its end. A long meaning is cut.
func (a answer) title(join func(a answer, api, key string) string, end string) string {
	room := maxTitle/2 - len([]rune(a.kind("")))
	title := a.kind(cut(join(a, model.Line(a.entry.API.Title), model.Line(a.l.EntryTitle(a.entry))), room))
	if meaning := model.Line(a.entry.Meaning); meaning != "" {
		title = a.l.Say("%s – %s|an error, and what it means", title, meaning)
	}
	if a.when != "" {
		title = a.l.Say("%s, if %s|an error, and in which answers", title, model.Line(a.when))
	}
	return cut(inert(title), max(maxTitle-len([]rune(end)), 40)) + end
}

// inList joins an API and a key as they stand in a list.
func inList(a answer, api, key string) string { return a.l.Say("%s: %s", api, key) }

// kind says behind a key what kind of answer it is.
func (a answer) kind(title string) string {
	if a.Own {
		title = a.l.Say("%s (own program)|title of an answer", title)
	}
	if a.Draft {
		title = a.l.Say("%s (draft)|title of an answer", title)
	}
	return title
}

// cut returns a text of at most so many characters.
func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// inert returns a text in which a desk finds none of its placeholders, which are
// written in double braces, or in a brace and a percent sign.
func inert(text string) string {
	for _, pair := range []string{"{{", "{%", "{#"} {
		for strings.Contains(text, pair) {
			text = strings.ReplaceAll(text, pair, pair[:1]+" "+pair[1:])
		}
	}
	return text
}

// encode returns a value as indented JSON with a final newline.
func encode(value any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		panic("internal error: encode answers: " + err.Error())
	}
	return out.Bytes()
}
