package say

import (
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Path is where tickets about the entries of a category go, after support has answered.
type Path struct {
	Acts       []PathStep // what those do who have to act
	Escalation []PathStep // when support escalates
}

// PathStep is a step of a path, and the entries that have it.
type PathStep struct {
	Text    string
	Action  classify.Action // of what they do
	Entries []*model.Entry
}

// Path returns the path of tickets about entries of a category. It has no steps where
// an answer is all that there is to it: where the client acts, and nothing is escalated.
func (l *Language) Path(c *model.Category, entries []*model.Entry) Path {
	var p Path
	for _, e := range entries {
		if e.Retired != nil {
			continue
		}
		p.Acts = step(p.Acts, PathStep{Text: l.Verdict(e), Action: e.Action}, e)
		if text := Escalation(e.Escalate); text != "" {
			p.Escalation = step(p.Escalation, PathStep{Text: text}, e)
		}
	}
	if c.Who == "client" && len(p.Escalation) == 0 {
		return Path{}
	}
	return p
}

// step adds an entry to a step, and the step if it is not there yet.
func step(steps []PathStep, to PathStep, e *model.Entry) []PathStep {
	i := slices.IndexFunc(steps, func(s PathStep) bool { return s.Text == to.Text && s.Action == to.Action })
	if i < 0 {
		i = len(steps)
		steps = append(steps, to)
	}
	steps[i].Entries = append(steps[i].Entries, e)
	return steps
}
