package say

import (
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Operation names an operation inside a sentence, as people do: by its title. One that the
// API does not have is named by its key.
func (l *Language) Operation(a *model.API, name string) Text {
	for _, op := range a.Operations {
		if op.Name == name {
			return l.Text("“%s”|the title of an operation", model.Line(op.Title))
		}
	}
	return Text{wire(name)}
}

// Operations joins such names with "and".
func (l *Language) Operations(a *model.API, names []string) Text {
	return l.textList(l.operations(a, names), comma, "%s and %s|list")
}

func (l *Language) operations(a *model.API, names []string) []Text {
	texts := make([]Text, len(names))
	for i, name := range names {
		texts[i] = l.Operation(a, name)
	}
	return texts
}
