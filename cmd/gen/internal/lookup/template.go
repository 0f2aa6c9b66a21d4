package lookup

import (
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// template is a message in which a value stands where the catalog has a placeholder: what
// stands before and after its longest part.
type template struct {
	entry         *model.Entry
	before, after []string
}

// placeholders are %s, %1$s, %(name)s, %1, {0}, {name}, and the mark of an argument.
var placeholders = pattern.Of(`%(?:[0-9]+\$)?[sdv]|%\([A-Za-z_]+\)[sd]|%[0-9]|\{[0-9A-Za-z_]*\}|‹[0-9a-z ]+›`)

// maxValue is how many bytes the value in the place of a placeholder has at most.
const maxValue = 120

// addTemplate files the message of an entry, if it has a placeholder, by its longest part.
func addTemplate(e *model.Entry, all map[string][]template) {
	parts := placeholders().Split(e.Message, -1)
	longest := 0
	for i := range parts {
		parts[i] = strings.Trim(parts[i], " ")
		if len(squash(parts[i])) > len(squash(parts[longest])) {
			longest = i
		}
	}
	letters := squash(parts[longest])
	if len(parts) < 2 || len(letters) < minCut || !strings.Contains(parts[longest], " ") {
		return
	}
	all[letters] = append(all[letters], template{e, parts[:longest], parts[longest+1:]})
}

// findTemplates finds messages with values in them.
func (x *Index) findTemplates(t *text, f *findings) {
	x.templates.walkAll(t, bridges, func(k, i, j int) {
		for _, own := range x.templates.items[k] {
			if at, ok := t.fills(own, i, j); ok {
				f.add(candidate{Match: Match{Confidence: Likely, Entry: own.entry}, reason: why("template", inQuotes(own.entry.Message)), at: at, kind: byMessage})
			}
		}
	})
}

// fills reports whether the other parts of a template stand around atoms i to j, on the
// same line and in their order, and returns where the first of them starts.
func (t *text) fills(own template, i, j int) (int, bool) {
	start, end := t.start(i), t.end(j)
	for k := len(own.before) - 1; k >= 0; k-- {
		from := max(0, start-maxValue-len(own.before[k]))
		line := t.clean[from:start]
		line = line[strings.LastIndexByte(line, '\n')+1:]
		at := strings.LastIndex(line, own.before[k])
		if at < 0 {
			return 0, false
		}
		start -= len(line) - at
	}
	for _, part := range own.after {
		line := t.clean[end:min(len(t.clean), end+maxValue+len(part))]
		if cut := strings.IndexByte(line, '\n'); cut >= 0 {
			line = line[:cut]
		}
		at := strings.Index(line, part)
		if at < 0 {
			return 0, false
		}
		end += at + len(part)
	}
	return start, true
}
