package syntax

import (
	"bytes"
	"cmp"
	"reflect"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// syntaxError reports an error of the YAML parser at its true place. The text of
// the error gives no column, and as its line that of the construct around the
// fault, or none; the parser itself knows both, so they are read from it.
func (p *parser) syntaxError(decoder *yaml.Decoder, err error) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if _, text, ok := strings.Cut(rest, ": "); ok {
			message = text
		}
	}
	state := parserState(decoder)
	at, context := p.fault(state, outerState(decoder).FieldByName("event"))
	if strings.HasPrefix(message, "exceeded max depth") {
		p.tooDeep(at)
		return
	}
	if problem := p.unclosed(at); problem != nil {
		p.problems = append(p.problems, *problem)
		return
	}
	from := at
	if start, ok := p.runOn(state, at); ok {
		from = start
	}
	if problem := p.slip(from, cmp.Or(context, at), at); problem != nil {
		p.problems = append(p.problems, *problem)
		return
	}
	if before, after := p.line(at); strings.Contains(message, "cannot start any token") && strings.HasPrefix(after, "\t") {
		message = tabBetween
		if strings.TrimSpace(before) == "" {
			message = tabFound
		}
	}
	if _, after := p.line(at); message == noValue && after != "" { // a construct that does not end
		switch after[0] {
		case '[':
			message = noItem
		case '{':
			message = noPair
		}
	}
	problem := diag.Problem{Place: at, Severity: diag.Error, Rule: RuleSyntax, Message: reword(message), Hint: p.hint(at, message)}
	if construct := state.FieldByName("context").String(); context.Line != 0 && context != at {
		problem.Related = []diag.Related{{Place: context, Message: rewordConstruct(construct)}}
		if strings.Contains(construct, "flow") && context.Line < at.Line { // the bracket was to be closed before
			problem.Place, problem.Related[0] = context, diag.Related{Place: at, Message: "noticed here"}
		}
	}
	if start, ok := p.runOn(state, at); ok && strings.Contains(message, noKeyHere) {
		problem.Related = []diag.Related{{Place: start, Message: "the text that starts here goes on to that line"}}
		problem.Hint = "the line is indented too far, or the one before lacks its colon"
		if _, text := p.line(start); strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'") {
			problem.Hint = "close the quote of that text"
		}
	}
	if stray, hint := p.strayMark(at, message); stray != "" {
		problem.Message, problem.Hint, problem.Related = stray, hint, nil
	}
	p.problems = append(p.problems, problem)
}

// outerState is the state of a decoder, and parserState that of the parser in it.
func outerState(decoder *yaml.Decoder) reflect.Value {
	return reflect.ValueOf(decoder).Elem().FieldByName("parser").Elem()
}

func parserState(decoder *yaml.Decoder) reflect.Value {
	return outerState(decoder).FieldByName("parser")
}

// noKeyHere is what the parser says where a text is not closed, or goes on to a
// line that is meant as the next key.
const noKeyHere = "mapping values are not allowed"

// runOn returns where the text starts that goes on to the line of a fault.
func (p *parser) runOn(state reflect.Value, at diag.Place) (start diag.Place, ok bool) {
	tokens := state.FieldByName("tokens")
	for i := tokens.Len() - 1; i >= 0; i-- {
		token := tokens.Index(i)
		if end := p.mark(token.FieldByName("end_mark")); end.Line < at.Line || end.Line == at.Line && end.Column == 1 {
			break // the end of a line is at the start of the next
		}
		if start = p.mark(token.FieldByName("start_mark")); start.Line < at.Line {
			return start, true
		}
	}
	return diag.Place{}, false
}

// fault returns where the parser failed and where the construct around it
// starts; the latter is the zero Place where there is none. A construct that
// does not end is itself the fault.
func (p *parser) fault(state, event reflect.Value) (at, context diag.Place) {
	at, context = p.mark(state.FieldByName("problem_mark")), p.mark(state.FieldByName("context_mark"))
	switch construct := state.FieldByName("context").String(); {
	case construct == "":
		context = diag.Place{}
	case construct == "while parsing a flow node" && p.atEnd(at): // whose place is that of the fault
		open := state.FieldByName("marks")
		context = p.mark(open.Index(open.Len() - 1))
	}
	if offset := state.FieldByName("problem_offset").Int(); offset > 0 && at.Line == 1 && at.Column == 1 {
		return p.placeAt(int(offset)), diag.Place{}
	}
	if state.FieldByName("problem").String() == "" { // an alias without its anchor
		return p.mark(event.FieldByName("start_mark")), diag.Place{}
	}
	unfinished := p.atEnd(at) || state.FieldByName("context").String() == "while scanning a simple key"
	if context.Line != 0 && unfinished {
		return context, diag.Place{}
	}
	return at, context
}

func (p *parser) mark(mark reflect.Value) diag.Place {
	return p.lines.at(int(mark.FieldByName("line").Int()), int(mark.FieldByName("column").Int()))
}

// atEnd reports whether nothing but space follows a place.
func (p *parser) atEnd(at diag.Place) bool {
	_, after := p.line(at)
	return strings.TrimSpace(after) == "" && p.isLast(at)
}

// isLast reports whether the lines after that of a place are blank.
func (p *parser) isLast(at diag.Place) bool {
	rest := p.source
	for range at.Line {
		_, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	return len(bytes.TrimSpace(rest)) == 0
}

// unclosed returns the problem behind a fault, if it is a text in quotes that is not closed.
func (p *parser) unclosed(fault diag.Place) *diag.Problem {
	start, ok := unclosed(p.text[p.start:], p.offset(fault)-p.start)
	if !ok {
		return nil
	}
	start += p.start
	at := p.placeAt(start)
	problem := &diag.Problem{Place: at, Severity: diag.Error, Rule: RuleSyntax, Message: notClosed, Hint: "close the quote where the text ends"}
	line, _, _ := strings.Cut(p.text[start:], "\n")
	if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " \r,]}")); isTypographic(last) {
		problem.Hint = typographicMessage(last) + "; close the text with the quote that it starts with"
	}
	if at.Line < fault.Line {
		problem.Relate(fault, "noticed here")
	}
	return problem
}

// placeAt returns the place of a byte offset.
func (p *parser) placeAt(offset int) diag.Place {
	before := strings.TrimPrefix(string(p.source[:min(offset, len(p.source))]), "\ufeff")
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return diag.Place{File: p.file, Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(line) + 1}
}

// line returns the parts of a line before and after a place.
func (p *parser) line(at diag.Place) (before, after string) {
	line, offset := p.find(at)
	return string(line[:offset]), string(line[offset:])
}
