package check

import (
	"bytes"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// RuleToDo is the rule of a mark [model.ToDo].
const RuleToDo = "todo"

// toDos warns of everything in a spec that its author has still to say.
func toDos(list *diag.List, source Source) {
	number := 0
	for line := range bytes.Lines(source.Content) {
		number++
		for before := 0; ; {
			at := bytes.Index(line[before:], []byte(model.ToDo))
			if at < 0 {
				break
			}
			place := diag.Place{File: source.Name, Line: number, Column: 1 + len([]rune(string(line[:before+at])))}
			before += at + len(model.ToDo)
			p := list.Warnf(place, RuleToDo, "the author has something to say here%s", wanted(line[before:]))
			p.Hint = "write it, and remove the mark"
		}
	}
}

// wanted returns what follows a mark: what the author is asked for.
func wanted(rest []byte) string {
	text, ok := strings.CutPrefix(strings.TrimRight(string(rest), "\r\n"), ": ")
	if !ok {
		return ""
	}
	text, _, _ = strings.Cut(text, model.ToDo)
	return ": " + diag.Quote(strings.TrimRight(strings.TrimSpace(text), `"'}`))
}
