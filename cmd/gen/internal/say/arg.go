package say

import "github.com/errkb/errkb/cmd/gen/internal/model"

// Arg says what a mark such as ‹limit› stands for in the texts of an entry.
func (l *Language) Arg(a model.Arg) string {
	switch a.Type {
	case "bytes":
		return l.Say("%s stands for a size, such as %s.", a.Mark(), a.Example)
	case "int":
		return l.Say("%s stands for a number, such as %s.", a.Mark(), a.Example)
	case "duration":
		return l.Say("%s stands for a length of time, such as %s.", a.Mark(), a.Example)
	case "time":
		return l.Say("%s stands for a point in time, such as %s.", a.Mark(), a.Example)
	}
	return l.Say("%s stands for a text, such as %s.", a.Mark(), a.Example)
}
