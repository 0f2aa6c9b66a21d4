package answers

import (
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// desk is a help desk. Its calls are those of its published API; {id} is the desk's own
// number of what is updated, and a name in braces such as {folder_id} a part of the
// account.
type desk struct {
	list, create, update string
	idIn                 string // where in a body the answer's id stands
	part                 string // of the account; empty where there is none to name
	body                 func(a answer, into int64) any
}

var desks = map[Format]desk{
	// https://developer.zendesk.com/api-reference/ticketing/business-rules/macros/
	Zendesk: {
		list:   "GET /api/v2/macros",
		create: "POST /api/v2/macros",
		update: "PUT /api/v2/macros/{id}",
		idIn:   "macro.description",
		body:   zendeskBody,
	},
	// https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/createexternalpage
	// A page that exists is updated by the same call. Macros can only be read.
	Intercom: {
		create: "POST /ai/external_pages",
		update: "POST /ai/external_pages",
		idIn:   "external_id",
		part:   "source_id",
		body:   intercomBody,
	},
	// https://developer.helpscout.com/mailbox-api/endpoints/inboxes/saved_Replies/saved-replies-create/
	HelpScout: {
		list:   "GET /v2/mailboxes/{mailbox_id}/saved-replies?includeChatReplies=true",
		create: "POST /v2/mailboxes/{mailbox_id}/saved-replies",
		update: "PUT /v2/mailboxes/{mailbox_id}/saved-replies/{id}",
		idIn:   "name",
		part:   "mailbox_id",
		body:   helpScoutBody,
	},
	// https://developers.freshdesk.com/api/#canned-responses
	Freshdesk: {
		list:   "GET /api/v2/canned_response_folders/{folder_id}/responses",
		create: "POST /api/v2/canned_responses",
		update: "PUT /api/v2/canned_responses/{id}",
		idIn:   "title",
		part:   "folder_id",
		body:   freshdeskBody,
	},
}

// Part names the part of a desk's account that answers go to, such as folder_id, or
// nothing for a format that has none.
func (f Format) Part() string { return desks[f].part }

type deskForm struct {
	Generated string      `json:"generated"`
	List      string      `json:"list,omitempty"` // the call that says what is there
	Create    string      `json:"create"`
	Update    string      `json:"update"`
	IDIn      string      `json:"id_in"`
	Replies   []deskReply `json:"replies"`
}

type deskReply struct {
	ID    string `json:"id"`
	Draft bool   `json:"draft"`
	Body  any    `json:"body"`
}

func deskFile(answers []answer, mark string, o Options) []byte {
	d := desks[o.Format]
	call := func(call string) string {
		if o.Into == 0 || d.part == "" {
			return call
		}
		return strings.ReplaceAll(call, "{"+d.part+"}", strconv.FormatInt(o.Into, 10))
	}
	form := deskForm{Generated: mark, List: call(d.list), Create: call(d.create), Update: call(d.update), IDIn: d.idIn}
	for _, a := range answers {
		a.Text = inert(a.Text)
		form.Replies = append(form.Replies, deskReply{a.id, a.Draft, d.body(a, o.Into)})
	}
	return encode(form)
}

// draftNote says that nobody has written an answer.
func (a answer) draftNote() string {
	return a.l.Say("A draft from the error catalog: read it before you send it.")
}

// tag is an answer's id as it stands at the end of a text that the desk keeps.
func (a answer) tag() string { return " [" + a.id + "]" }

type zendeskMacro struct {
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Actions     []zendeskAction `json:"actions"`
}

type zendeskAction struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// zendeskBody makes a macro that writes a comment. In a title, a double colon opens a
// menu: there is one for each API.
func zendeskBody(a answer, _ int64) any {
	about := a.l.Say("From the error catalog.")
	if a.Draft {
		about = a.draftNote()
	}
	if a.Own {
		about = a.l.Sentences(about, a.l.Say("For customers who have their own program instead of the client."))
	}
	return map[string]any{"macro": zendeskMacro{
		Title:       strings.Replace(strings.ReplaceAll(a.title(inMenu, ""), "::", ": :"), menu, "::", 1),
		Description: about + a.tag(),
		Actions:     []zendeskAction{{"comment_value_html", paragraphs(a.Text)}},
	}}
}

// menu stands for the double colon that opens a menu.
const menu = "\x00"

func inMenu(_ answer, api, key string) string { return api + menu + key }

type intercomPage struct {
	Title      string `json:"title"`
	HTML       string `json:"html"`
	Locale     string `json:"locale"`
	SourceID   int64  `json:"source_id,omitempty"`
	ExternalID string `json:"external_id"`
	Copilot    bool   `json:"ai_copilot_availability"`
}

// intercomBody makes a page that the teammates' assistant answers from. Whether the one
// that talks to customers does is left to the account. The assistant answers in
// its own words, without the title, so the page of a draft says that it is one.
func intercomBody(a answer, source int64) any {
	text := a.Text
	if a.Draft {
		text = a.draftNote() + "\n\n" + text
	}
	return intercomPage{a.title(inList, ""), paragraphs(text), a.locale, source, a.id, true}
}

type helpScoutReply struct {
	Name     string `json:"name"`
	Text     string `json:"text"`
	ChatText string `json:"chatText"`
}

// helpScoutBody makes a saved reply for mails and for chats.
func helpScoutBody(a answer, _ int64) any {
	return helpScoutReply{a.title(inList, a.tag()), breaks(a.Text), a.Text}
}

type freshdeskResponse struct {
	Title      string `json:"title"`
	HTML       string `json:"content_html"`
	FolderID   int64  `json:"folder_id,omitempty"`
	Visibility int    `json:"visibility"` // 0: all agents
}

// freshdeskBody makes a canned response for all agents.
func freshdeskBody(a answer, folder int64) any {
	return freshdeskResponse{a.title(inList, a.tag()), paragraphs(a.Text), folder, 0}
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

var emptyLines = pattern.Of(`\n[ \t]*(?:\n[ \t]*)+`)

// paragraphs returns a text as HTML paragraphs.
func paragraphs(text string) string {
	var out strings.Builder
	for _, paragraph := range emptyLines().Split(text, -1) {
		out.WriteString("<p>" + strings.ReplaceAll(escape.Replace(paragraph), "\n", "<br>") + "</p>")
	}
	return out.String()
}

// breaks returns a text as HTML whose lines end with breaks.
func breaks(text string) string {
	text = emptyLines().ReplaceAllString(text, "\n\n")
	return strings.ReplaceAll(escape.Replace(text), "\n", "<br />")
}
