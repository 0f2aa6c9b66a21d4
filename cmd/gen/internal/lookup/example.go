package lookup

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// example is an entry that the same text leads to, and the call that it answers.
type example struct {
	key       string
	entry     *model.Entry
	operation string
}

// lostExamples returns the examples of the catalog that do not lead to their own entry and
// what it says there, because nothing in them says whose replies they are, or to which
// call.
func (x *Index) lostExamples(c *model.Catalog) []example {
	owners := map[string][]example{}
	lost := map[string]bool{}
	for e, shown := range wires(c) {
		_, short := exampleKeys(shown.Wire())
		owners[short] = append(owners[short], example{"", e, shown.Operation})
		lost[short] = lost[short] || !x.leadsTo(e, shown)
	}
	var all []example
	for e, shown := range wires(c) {
		full, short := exampleKeys(shown.Wire())
		own := example{short, e, shown.Operation}
		if slices.ContainsFunc(owners[short], func(o example) bool { return o.entry != e || o.operation != shown.Operation }) {
			own.key = full
		}
		if lost[short] && !slices.Contains(all, own) {
			all = append(all, own)
		}
	}
	return all
}

// leadsTo reports whether an example leads to its entry, and to what that says there.
func (x *Index) leadsTo(e *model.Entry, shown model.Example) bool {
	found := x.Explain(shown.Wire())
	if len(found) == 0 || found[0].Entry != e || found[0].Confidence == Guess {
		return false
	}
	own := x.api(e.API).table.Classify(shown.Reply())
	d := found[0].Decision
	return d == nil || d.Action == own.Action && d.Variant == own.Variant
}

// wires yields the entries of a catalog with their examples, those of their variants too.
func wires(c *model.Catalog) iter.Seq2[*model.Entry, model.Example] {
	return func(yield func(*model.Entry, model.Example) bool) {
		for _, a := range c.APIs {
			for _, e := range a.Entries() {
				all := e.Examples
				for _, v := range e.Variants {
					all = append(slices.Clip(all), v.Examples...)
				}
				for _, shown := range all {
					if !yield(e, shown) {
						return
					}
				}
			}
		}
	}
}

// exampleKeys returns what a text has in common with an example that it is the same
// as in full, and with one of the same status and body: headers differ from call to
// call.
func exampleKeys(view string) (full, short string) {
	full = head(strings.TrimSpace(view), maxExample)
	if all := messages(view); len(all) > 0 {
		if body := trimBody(string(all[0].Body)); body != "" {
			return full, head(fmt.Sprintf("%d\n%s", all[0].Status, body), maxExample)
		}
	}
	return full, full
}

// maxExample is how many bytes of an example are compared.
const maxExample = 1024

// findExample takes the whole text for an example of the catalog, and reports
// whether it is one.
func (x *Index) findExample(view string, f *findings) bool {
	if len(x.examples) == 0 {
		return false
	}
	full, short := exampleKeys(view)
	own := x.examples[full]
	if own == nil {
		own = x.examples[short]
	}
	r := reply{Reply: newReply(0, nil, trimBody(view)), part: view, leads: true}
	if all := messages(view); len(all) > 0 {
		r.Reply = all[0].Reply
	}
	var found []candidate
	for _, example := range own {
		a := x.api(example.entry.API)
		r.Operation = classify.Operation(example.operation)
		v := a.judge(r.Reply)
		if v.entry != example.entry || f.asked != nil && f.asked != a {
			continue // another header says something else
		}
		c := v.candidate(Exact)
		c.reason, c.example = why("example"), 1
		found = append(found, c)
	}
	f.addReply(r, true, found)
	return len(found) > 0
}
