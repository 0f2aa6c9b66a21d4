package answers

import (
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

type jsonForm struct {
	Generated string      `json:"generated"`
	Replies   []jsonReply `json:"replies"`
}

type jsonReply struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Text    string `json:"reply"`
	Draft   bool   `json:"draft"`
	Own     bool   `json:"own_program"` // for customers whose program is not the client
	API     string `json:"api"`
	Kind    string `json:"kind"`
	Code    string `json:"code"`
	Variant int    `json:"variant"` // from 1; 0 for none
	When    string `json:"when"`    // in which answers the variant counts, in words
	Action  string `json:"action"`
	Meaning string `json:"meaning"`
	Address string `json:"address"` // where the page is in the site of a language, without .html
	URL     string `json:"url"`     // where the published page is, or nothing
}

func newJSON(a answer) jsonReply {
	e := a.entry
	return jsonReply{
		ID:      a.id,
		Title:   a.title(inList, ""),
		Text:    a.Text,
		Draft:   a.Draft,
		Own:     a.Own,
		API:     e.API.Name,
		Kind:    e.Kind.String(),
		Code:    e.Code,
		Variant: a.variant,
		When:    a.when,
		Action:  e.Action.String(),
		Meaning: e.Meaning,
		Address: e.Address(),
		URL:     e.URL(),
	}
}

func jsonFile(answers []answer, mark string) []byte {
	form := jsonForm{Generated: mark}
	for _, a := range answers {
		form.Replies = append(form.Replies, newJSON(a))
	}
	return encode(form)
}

// csvFile prints a row for each answer, by RFC 4180: every cell is quoted, so that
// commas and line ends may stand in it. The last cell of the head is the mark.
func csvFile(answers []answer, mark string) []byte {
	var out strings.Builder
	row := func(cells ...string) {
		for i, cell := range cells {
			if i > 0 {
				out.WriteByte(',')
			}
			out.WriteString(`"` + strings.ReplaceAll(model.Visible(cell), `"`, `""`) + `"`)
		}
		out.WriteString("\r\n")
	}
	row("id", "title", "reply", "draft", "own_program", "api", "kind", "code", "variant", "when", "action", "meaning", "address", "url", mark)
	for _, a := range answers {
		r := newJSON(a)
		row(r.ID, literal(r.Title), literal(inert(r.Text)), strconv.FormatBool(r.Draft), strconv.FormatBool(r.Own), literal(r.API), r.Kind, literal(r.Code),
			strconv.Itoa(r.Variant), literal(r.When), r.Action, literal(r.Meaning), r.Address, literal(r.URL), "")
	}
	return []byte(out.String())
}

// literal returns a text that a spreadsheet shows instead of working it out: one that
// would start a formula gets an apostrophe before it (CWE-1236). The wide forms of the
// signs start a formula in some languages.
func literal(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}
