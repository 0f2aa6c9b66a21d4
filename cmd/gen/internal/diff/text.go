package diff

import (
	"fmt"
	"strings"
)

// maxValue is how many characters of a value a line shows.
const maxValue = 160

// Brief returns the change with values that fit into a line.
func (c Change) Brief() Change {
	c.Old, c.New = brief(c.Old), brief(c.New)
	return c
}

func brief(value string) string {
	if runes := []rune(value); len(runes) > maxValue {
		return string(runes[:maxValue]) + "…"
	}
	return value
}

// String says in a line what changed.
func (c Change) String() string {
	c = c.Brief()
	text, at := fmt.Sprintf("%s %s", c.Kind, c.Field), c.API
	switch {
	case c.Kind == Changed:
		text += fmt.Sprintf(": %s -> %s", orNothing(c.Old), orNothing(c.New))
		at = strings.TrimSpace(at + " " + c.Code)
	case c.Kind == Renamed:
		text += fmt.Sprintf(": %s -> %s, and %[1]s is an alias", c.Old, c.New)
	default:
		if c.Code != "" {
			text += " " + c.Code
		}
		if c.Old+c.New != "" {
			text += ": " + c.Old + c.New
		}
	}
	if at != "" {
		text = at + ": " + text
	}
	return text
}

func orNothing(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}
