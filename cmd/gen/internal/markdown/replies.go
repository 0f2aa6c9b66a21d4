package markdown

import (
	"strconv"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// replies prints how the API's answers are read: in words, and as a table.
func (p *page) replies() {
	p.para(escape(p.l.APIForms(p.api)))
	if len(p.api.Forms) == 0 {
		return
	}
	var rows [][]markup
	for i := range p.api.Forms {
		form := &p.api.Forms[i]
		success := p.said(p.l.FormSuccess(form))
		if len(form.OK) == 0 && p.api.TestsSuccess() {
			success = p.words("never")
		}
		rows = append(rows, []markup{
			markup(strconv.Itoa(i + 1)),
			p.said(p.l.FormTitle(form)),
			success,
			p.said(p.l.FormCode(form)),
			p.said(p.l.FormPlaces(form, form.Message)),
		})
	}
	p.table([]say.Message{"Order", "Form", "Success if", "Where the code is", "Where the message is"}, rows)
	p.para(escape(p.l.APISuccess(p.api)))
	if hasPointer(p.api) {
		p.para(p.words("A place such as %s means %s inside %s.", p.code("/error/code"), p.code("code"), p.code("error")))
	}
	if len(p.api.Delays) > 0 {
		p.delays()
	}
	if own := p.api.OwnDelays(); len(own) > 0 {
		p.para(p.words("Some answers name the time to wait elsewhere, see their pages: %s.", p.keyLinks(own)))
	}
}

func (p *page) keyLinks(entries []*model.Entry) markup {
	links := make([]markup, len(entries))
	for i, e := range entries {
		links[i] = p.keyLink(e)
	}
	return p.items(links)
}

// hasPointer reports whether the table of forms or delays names places in a
// document.
func hasPointer(api *model.API) bool {
	for i := range api.Forms {
		if s := api.Forms[i].Syntax; s == classify.JSON || s == classify.XML {
			return true
		}
	}
	return false
}

func (p *page) delays() {
	if len(p.api.Delays) == 1 {
		p.para(p.words("The answer may name the time to wait: %s.", p.l.DelayPlace(p.api.Delays[0])))
		return
	}
	p.para(escape(p.l.DelayOrder()))
	var rows [][]markup
	for i, delay := range p.api.Delays {
		rows = append(rows, []markup{markup(strconv.Itoa(i + 1)), p.said(p.l.DelayPlace(delay))})
	}
	p.table([]say.Message{"Order", "Where the wait is"}, rows)
}

// handOn says where a reply holds what support hands on.
func (p *page) handOn(list []say.HandedOn) {
	lines := make([]markup, len(list))
	for i, h := range list {
		lines[i] = p.words("%s: %s.", h.What, h.Where)
	}
	p.list(lines...)
}

// serverOverrides prints what the server itself says to do.
func (p *page) serverOverrides() {
	p.para(escape(p.l.OverrideOrder()))
	var rows [][]markup
	for i, o := range p.api.Overrides {
		category := markup("")
		if o.Category != nil {
			category = p.categoryLink(p.api, o.Category)
		}
		rows = append(rows, []markup{
			markup(strconv.Itoa(i + 1)),
			p.said(p.l.When(p.api, o.When)),
			escape(p.l.OverrideAction(o)),
			p.prose(o.Fix),
			escape(p.l.OverrideRule(o)),
			category,
			p.said(p.l.DelayList(o.Delays)),
		})
	}
	p.table([]say.Message{"Order", "If", "Action", "What to do", "Retry", "Category", "Where the wait is"}, rows)
}
