package markdown

import (
	"strconv"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// replies prints how the API's answers are read: in words, and as a table.
func (p *page) replies() {
	p.para(markup(p.api.FormsRule()))
	if len(p.api.Forms) == 0 {
		return
	}
	var rows [][]markup
	for i := range p.api.Forms {
		form := &p.api.Forms[i]
		success := p.phrase(model.SuccessPhrase(form))
		if success == "" && p.api.TestsSuccess() {
			success = "never"
		}
		rows = append(rows, []markup{
			markup(strconv.Itoa(i + 1)),
			escape(model.SyntaxTitle(form.Syntax)),
			success,
			p.phrase(model.CodePhrase(form)),
			p.phrase(model.PlacesPhrase(form, form.Message)),
		})
	}
	p.table([]string{"Order", "Form", "Success if", "Where the code is", "Where the message is"}, rows)
	p.para(markup(p.api.SuccessRule()))
	if hasPointer(p.api) {
		p.para("A place such as " + code("/error/code") + " means " + code("code") + " inside " + code("error") + ".")
	}
	if len(p.api.Delays) > 0 {
		p.delays()
	}
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
		p.para("The answer may name the time to wait: " + p.phrase(model.DelayPhrase(p.api.Delays[0])) + ".")
		return
	}
	p.para("The answer may name the time to wait. The first of these that it holds counts:")
	var rows [][]markup
	for i, delay := range p.api.Delays {
		rows = append(rows, []markup{markup(strconv.Itoa(i + 1)), p.phrase(model.DelayPhrase(delay))})
	}
	p.table([]string{"Order", "Where the wait is"}, rows)
}
