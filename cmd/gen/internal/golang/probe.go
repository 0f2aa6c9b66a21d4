package golang

import (
	"encoding/json"

	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify"
)

// probe is a body that holds nothing but a code, at one of the places where a
// form reads it. Package golang tries it before the self-check test is written,
// so that the test asks only for what the catalog promises.
type probe struct {
	form  classify.Form
	place classify.Path
}

// probeStatus is a status under which no test of success passes.
const probeStatus = 400

// probe returns the probe that most codes can be read from. It reports false if
// no code can be read from any.
func (p *pkg) probe() (best probe, ok bool) {
	fewest := len(p.api.Codes)
	for _, form := range p.table.Forms {
		for _, place := range form.Code {
			candidate := probe{form, place}
			if missed, fits := p.try(candidate); fits && len(missed) < fewest {
				best, ok, fewest = candidate, true, len(missed)
			}
		}
	}
	return best, ok
}

// try returns the constants of the codes that a probe does not bring to their
// own row: a code that is success, that the form cuts, that JSON can't hold. It
// reports false if the probe can't be written.
func (p *pkg) try(candidate probe) (missed []string, ok bool) {
	for i, entry := range p.api.Codes {
		body, ok := candidate.body(entry.Code)
		if !ok {
			return nil, false
		}
		d := p.table.Classify(classify.Reply{Status: probeStatus, Body: body})
		if d.Entry != p.table.ByNumber(uint16(i+1)) {
			missed = append(missed, entry.Go)
		}
	}
	return missed, true
}

// body returns the body for a code, and false if the probe can't be written.
func (b probe) body(code string) (body []byte, ok bool) {
	switch b.form.Syntax {
	case classify.Text:
		return []byte(b.place[0] + b.form.After + code + b.form.Before), true
	case classify.JSON:
		var value any = b.form.After + code + b.form.Before
		for i := len(b.place) - 1; i >= 0; i-- {
			if isElement(b.place[i]) {
				value = []any{value}
			} else {
				value = map[string]any{b.place[i]: value}
			}
		}
		body, err := json.Marshal(value)
		return body, err == nil && len(b.place) > 0
	}
	return nil, false
}

// isElement reports whether a reference token stands for an array's first element.
func isElement(token string) bool { return token == "*" || token == "0" }

// value is the Go expression of a JSON probe's value, given that of the code's
// text:
//
//	map[string]any{"error": map[string]any{"code": text}}
func (b probe) value(text *jen.Statement) *jen.Statement {
	value := b.marked(text)
	for i := len(b.place) - 1; i >= 0; i-- {
		if isElement(b.place[i]) {
			value = jen.Index().Any().Values(value)
		} else {
			value = jen.Map(jen.String()).Any().Values(jen.Lit(b.place[i]).Op(":").Add(value))
		}
	}
	return value
}

// marked is a code's text between the form's marks.
func (b probe) marked(text *jen.Statement) *jen.Statement {
	if b.form.After != "" {
		text = jen.Lit(b.form.After).Op("+").Add(text)
	}
	if b.form.Before != "" {
		text = text.Op("+").Lit(b.form.Before)
	}
	return text
}
