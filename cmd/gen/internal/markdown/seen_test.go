package markdown

import (
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// seen is a text as a cell shows it.
func seen(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(model.Visible(text), zeroWidth, "")), " ")
}

// seenCode is a text from the wire as a cell shows it.
func seenCode(text string) string {
	switch {
	case text == "":
		return "(empty)"
	case strings.TrimSpace(model.Visible(text)) == "":
		return "(blank)"
	}
	return seen(text)
}

func seenKey(e *model.Entry) string {
	switch e.Kind {
	case classify.KindUnknown:
		return "Unlisted code"
	case classify.KindUnrecognised:
		return "Unrecognised answer"
	}
	return seenCode(e.Code)
}

func seenKeys(entries []*model.Entry) string {
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = seenKey(e)
	}
	return strings.Join(keys, ", ")
}

func seenOperations(a *model.API, names []string) string {
	titles := make([]string, len(names))
	for i, name := range names {
		for _, o := range a.Operations {
			if o.Name == name {
				titles[i] = "“" + seen(o.Title) + "”"
			}
		}
	}
	return strings.Join(titles, " or ")
}

func seenText(t say.Text) string {
	var text strings.Builder
	for _, span := range t {
		if span.Wire {
			text.WriteString(seenCode(span.Text))
		} else {
			text.WriteString(span.Text)
		}
	}
	return seen(text.String())
}
