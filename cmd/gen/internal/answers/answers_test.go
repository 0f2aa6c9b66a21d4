package answers_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/answers"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/model/modeltest"
)

// parcel is a spec whose replies have all that a desk may stumble over.
const parcel = `format: 1
categories:
  bad: {action: fail, who: developer}
  busy: {action: retry, who: client}
policies: {slow: {base: 5s, retries: 3}}
apis:
  parcel:
    title: Parcel API
    reply: [{json: {code: [/code], message: [/message]}}]
    codes:
      LOST:
        category: bad
        meaning: The <label> is lost
        fix: "Print {{label}} again"
      BUSY:
        category: busy
        retry: slow
        meaning: Too much to do
        fix: Wait
        reply: |
          It is "busy" & <full>: {{code}}.
          Please wait {{wait}}.

          Nothing is lost.
        reply_own: Let your program wait {{wait}}.
        variants:
          - when: {at: /message, contains: today}
            category: bad
            meaning: No more today
            fix: Come back
            reply: Please book the rest tomorrow.
          - {when: {header: X-Queue}, retry: {base: 9s, retries: 1}, reply: "It is \"busy\".", reply_own: Wait.}
          - {when: {header: X-Other}, details: The same to customers.}
      -1: {category: bad, meaning: "=1+1", fix: Ask, reply: "@SUM(1) is not text"}
`

func load(t *testing.T, source string) *model.Catalog {
	t.Helper()
	c, problems := check.Load("errors.yaml", []byte(source))
	if diag.HasErrors(problems) {
		t.Fatalf("the spec has errors: %v", problems)
	}
	return c
}

// desk is the file of a desk.
type desk struct {
	Generated, List, Create, Update string
	IDIn                            string `json:"id_in"`
	Replies                         []struct {
		ID    string
		Draft bool
		Body  json.RawMessage
	}
}

func read[T any](t *testing.T, content []byte) T {
	t.Helper()
	var form T
	decoder := json.NewDecoder(strings.NewReader(string(content)))
	if err := decoder.Decode(&form); err != nil {
		t.Fatalf("%v in %s", err, content)
	}
	return form
}

// TestBodies compares the bodies with those of the desks' published references, which
// desk.go names.
func TestBodies(t *testing.T) {
	c := load(t, parcel)
	const text = `<p>It is "busy" &amp; &lt;full&gt;: BUSY.<br>Please wait 5 seconds.</p><p>Nothing is lost.</p>`
	for _, test := range []struct {
		format   answers.Format
		into     int64
		id, want string
	}{
		{answers.Zendesk, 0, "c/parcel/busy", `{"macro": {"title": "Parcel API::BUSY – Too much to do", "description": "From the error catalog. [c/parcel/busy]",
			"actions": [{"field": "comment_value_html", "value": ` + quoted(text) + `}]}}`},
		{answers.Zendesk, 0, "c/parcel/lost", `{"macro": {"title": "Parcel API::LOST (draft) – The <label> is lost",
			"description": "A draft from the error catalog: read it before you send it. [c/parcel/lost]",
			"actions": [{"field": "comment_value_html", "value": "<p>Please don't send the same request again unchanged: it would fail in the same way. Print { {label}} again. Parcel API answered with LOST. The &lt;label&gt; is lost.</p>"}]}}`},
		{answers.Zendesk, 0, "c/parcel/busy#own", `{"macro": {"title": "Parcel API::BUSY (own program) – Too much to do",
			"description": "From the error catalog. For customers who have their own program instead of the client. [c/parcel/busy#own]",
			"actions": [{"field": "comment_value_html", "value": "<p>Let your program wait 5 seconds.</p>"}]}}`},
		{answers.Intercom, 44, "c/parcel/lost", `{"title": "Parcel API: LOST (draft) – The <label> is lost", "html": "<p>A draft from the error catalog: read it before you send it.</p><p>Please don't send the same request again unchanged: it would fail in the same way. Print { {label}} again. Parcel API answered with LOST. The &lt;label&gt; is lost.</p>", "locale": "en", "source_id": 44,
			"external_id": "c/parcel/lost", "ai_copilot_availability": true}`},
		{answers.Intercom, 44, "c/parcel/busy", `{"title": "Parcel API: BUSY – Too much to do", "html": ` + quoted(text) + `, "locale": "en", "source_id": 44,
			"external_id": "c/parcel/busy", "ai_copilot_availability": true}`},
		{answers.HelpScout, 0, "c/parcel/busy", `{"name": "Parcel API: BUSY – Too much to do [c/parcel/busy]",
			"text": "It is \"busy\" &amp; &lt;full&gt;: BUSY.<br />Please wait 5 seconds.<br /><br />Nothing is lost.",
			"chatText": "It is \"busy\" & <full>: BUSY.\nPlease wait 5 seconds.\n\nNothing is lost."}`},
		{answers.Freshdesk, 4, "c/parcel/busy", `{"title": "Parcel API: BUSY – Too much to do [c/parcel/busy]", "content_html": ` + quoted(text) + `, "folder_id": 4, "visibility": 0}`},
		{answers.Freshdesk, 0, "c/parcel/busy#if-1", `{"title": "Parcel API: BUSY – No more today, if the message contains “today” (in any case) [c/parcel/busy#if-1]",
			"content_html": "<p>Please book the rest tomorrow.</p>", "visibility": 0}`},
	} {
		t.Run(string(test.format)+" "+test.id, func(t *testing.T) {
			form := read[desk](t, answers.File(c, "errors.yaml", answers.Options{Format: test.format, Into: test.into}))
			for _, reply := range form.Replies {
				if reply.ID != test.id {
					continue
				}
				if diff := cmp.Diff(read[any](t, []byte(test.want)), read[any](t, reply.Body)); diff != "" {
					t.Errorf("body (-want +got):\n%s", diff)
				}
				return
			}
			t.Errorf("there is no %s", test.id)
		})
	}
}

func quoted(text string) string {
	encoded, _ := json.Marshal(text)
	return string(encoded)
}

// TestIDs requires one answer for each entry, and for each variant whose customers are
// told something else.
func TestIDs(t *testing.T) {
	want := []string{"c/parcel/lost", "c/parcel/busy", "c/parcel/busy#own", "c/parcel/busy#if-1", "c/parcel/busy#if-2", "c/parcel/busy#if-2-own", "c/parcel/minus-1"}
	c := load(t, parcel)
	for _, format := range answers.Formats() {
		if got := ids(t, format, answers.File(c, "errors.yaml", answers.Options{Format: format})); !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", format, got, want)
		}
		written := []string{"c/parcel/busy", "c/parcel/busy#own", "c/parcel/busy#if-1", "c/parcel/busy#if-2", "c/parcel/busy#if-2-own", "c/parcel/minus-1"}
		if got := ids(t, format, answers.File(c, "errors.yaml", answers.Options{Format: format, Written: true})); !slices.Equal(got, written) {
			t.Errorf("%s without drafts has %q, want %q", format, got, written)
		}
	}
	drafts := load(t, "format: 1\ncategories: {bad: {action: fail}}\napis: {parcel: {codes: {LOST: {category: bad, meaning: Lost, fix: Ask}}}}\n")
	if got := answers.File(drafts, "errors.yaml", answers.Options{Format: answers.JSON, Written: true}); got != nil {
		t.Errorf("of nothing there is %s", got)
	}
}

// TestIDsStay changes all but the keys of a spec.
func TestIDsStay(t *testing.T) {
	c := load(t, parcel)
	changed := load(t, strings.NewReplacer("Parcel API", "Parcels", "Too much", "Far too much", "meaning: The <label>", "reply: Written now, meaning: The <label>").Replace(
		strings.Replace(parcel, "meaning: The <label> is lost", "meaning: The label\n        reply: Now there is one.", 1)))
	for _, format := range answers.Formats() {
		before := ids(t, format, answers.File(c, "errors.yaml", answers.Options{Format: format}))
		after := ids(t, format, answers.File(changed, "errors.yaml", answers.Options{Format: format}))
		if !slices.Equal(before, after) {
			t.Errorf("%s: %q became %q", format, before, after)
		}
	}
}

// ids returns the ids that stand where the file says.
func ids(t *testing.T, format answers.Format, content []byte) []string {
	t.Helper()
	var found []string
	switch format {
	case answers.CSV:
		for _, row := range rows(t, content)[1:] {
			found = append(found, row[0])
		}
	case answers.JSON:
		for _, reply := range read[struct{ Replies []struct{ ID string } }](t, content).Replies {
			found = append(found, reply.ID)
		}
	default:
		form := read[desk](t, content)
		for _, reply := range form.Replies {
			in := read[any](t, reply.Body)
			for part := range strings.SplitSeq(form.IDIn, ".") {
				in = in.(map[string]any)[part]
			}
			text := in.(string)
			if m := regexp.MustCompile(` \[([^\[\]]*)\]$`).FindStringSubmatch(text); m != nil {
				text = m[1]
			}
			if text != reply.ID {
				t.Errorf("%s holds %q at %s, not %q", reply.Body, text, form.IDIn, reply.ID)
			}
			found = append(found, reply.ID)
		}
	}
	return found
}

func rows(t *testing.T, content []byte) [][]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(string(content))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestCalls puts the part of the account into the calls.
func TestCalls(t *testing.T) {
	c := load(t, parcel)
	form := read[desk](t, answers.File(c, "errors.yaml", answers.Options{Format: answers.HelpScout, Into: 100}))
	want := []string{"GET /v2/mailboxes/100/saved-replies?includeChatReplies=true", "POST /v2/mailboxes/100/saved-replies", "PUT /v2/mailboxes/100/saved-replies/{id}"}
	if got := []string{form.List, form.Create, form.Update}; !slices.Equal(got, want) {
		t.Errorf("calls are %q, want %q", got, want)
	}
	form = read[desk](t, answers.File(c, "errors.yaml", answers.Options{Format: answers.Freshdesk}))
	if want := "GET /api/v2/canned_response_folders/{folder_id}/responses"; form.List != want {
		t.Errorf("list is %q, want %q", form.List, want)
	}
}

// TestCSV requires that a spreadsheet works nothing out, and that commas, quotes and
// line ends stay in their cell.
func TestCSV(t *testing.T) {
	c := load(t, parcel)
	c.APIs[0].Site = "https://errors.example/"
	content := answers.File(c, "errors.yaml", answers.Options{Format: answers.CSV})
	all := rows(t, content)
	want := [][]string{
		{"id", "title", "reply", "draft", "own_program", "api", "kind", "code", "variant", "when", "action", "meaning", "address", "url", model.Mark("errors.yaml")},
		{"c/parcel/busy", "Parcel API: BUSY – Too much to do", "It is \"busy\" & <full>: BUSY.\nPlease wait 5 seconds.\n\nNothing is lost.",
			"false", "false", "parcel", "code", "BUSY", "0", "", "retry", "Too much to do", "c/parcel/busy", "https://errors.example/c/parcel/busy.html", ""},
		{"c/parcel/minus-1", "Parcel API: -1 – =1+1", "'@SUM(1) is not text", "false", "false", "parcel", "code", "'-1", "0", "", "fail", "'=1+1", "c/parcel/minus-1", "https://errors.example/c/parcel/minus-1.html", ""},
	}
	if diff := cmp.Diff(want, [][]string{all[0], all[2], all[7]}); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if strings.Count(string(content), "\r\n") != len(all) {
		t.Errorf("the rows don't all end as RFC 4180 has it: %q", content)
	}
}

var formula = regexp.MustCompile("^[=+\\-@\t\r＝＋－＠]")

// TestHostile makes files of texts that try to be more than text.
func TestHostile(t *testing.T) {
	hostile := append([]string{"=HYPERLINK(\"x\")", "+1", "-1", "@x", "＝1", "\t=1", "\r=1", "{{ticket.id}} {%if%} {{{x}}}", "a::b", "] [c/x/y]"}, modeltest.Texts...)
	c := modeltest.Hostile(hostile)
	for _, api := range c.APIs {
		for i, e := range api.Entries() {
			e.Slug = "hostile-" + string(rune('a'+i%26)) + string(rune('a'+i/26))
			if i%2 == 0 {
				e.Answer, e.AnswerOwn = e.Meaning, e.Fix+e.Meaning
			}
		}
	}
	for _, row := range rows(t, answers.File(c, "x", answers.Options{Format: answers.CSV})) {
		for _, cell := range row {
			if formula.MatchString(cell) {
				t.Errorf("a spreadsheet works out %.40q", cell)
			}
		}
	}
	for _, format := range answers.Formats()[:4] {
		content := answers.File(c, "x", answers.Options{Format: format})
		ids(t, format, content)
		for _, reply := range read[desk](t, content).Replies {
			texts(read[any](t, reply.Body), "", func(key, text string) {
				isHTML := slices.Contains([]string{"value", "html", "text", "content_html"}, key)
				if found := activeHTML.FindString(text); isHTML && found != "" || ownPlaceholder.MatchString(text) || !utf8.ValidString(text) {
					t.Errorf("%s %s: %s is %.80q", format, reply.ID, key, text)
				}
			})
		}
	}
}

var (
	ownPlaceholder = regexp.MustCompile(`\{[{%#]`)
	activeHTML     = regexp.MustCompile(`<[^/pb]|<!`)
)

// texts calls a function with each text of a JSON value and the key that it stands under.
func texts(value any, key string, visit func(key, text string)) {
	switch value := value.(type) {
	case string:
		visit(key, value)
	case []any:
		for _, item := range value {
			texts(item, key, visit)
		}
	case map[string]any:
		for key, item := range value {
			texts(item, key, visit)
		}
	}
}

// TestSpecs makes every file of the specs that test the format: no id twice, no title
// too long.
func TestSpecs(t *testing.T) {
	names, err := filepath.Glob("../check/testdata/good/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no specs")
	}
	for _, name := range append(names, "../../../../spec/errors.yaml") {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c := load(t, string(source))
		if answers.File(c, "x", answers.Options{Format: answers.JSON}) == nil {
			continue // it has no entries
		}
		for _, format := range answers.Formats() {
			found := ids(t, format, answers.File(c, "x", answers.Options{Format: format}))
			if slices.Sort(found); len(slices.Compact(found)) != len(found) {
				t.Errorf("%s %s has an id twice", name, format)
			}
		}
		for _, reply := range read[struct {
			Replies []struct{ Title, Reply string }
		}](t, answers.File(c, "x", answers.Options{Format: answers.JSON})).Replies {
			if n := utf8.RuneCountInString(reply.Title); n > 255 || reply.Reply == "" {
				t.Errorf("%s: %d characters in the title %q of %q", name, n, reply.Title, reply.Reply)
			}
		}
	}
}
