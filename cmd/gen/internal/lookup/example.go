package lookup

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// example is an entry that the same text leads to, and the call that it answers.
type example struct {
	key       string
	entry     *model.Entry
	operation string
}

// shownExample is an example as the catalog shows it.
type shownExample struct {
	example
	short string // what it has in common with those of the same status and body
	shown model.Example
}

// examples are those of a catalog. Most texts are none, so what takes time is found out
// when it is first asked for: what they lead to without the examples.
type examples struct {
	all     []*shownExample            // in the catalog's order
	byKey   map[string][]*shownExample // and by their keys
	byShort map[string][]*shownExample
	without *Index
	mutex   sync.Mutex
	lost    map[string]bool // by what is short
}

// fileExamples returns the examples of a catalog. An example's key is what is short if
// no other of the same status and body is of another entry or call.
func (x *Index) fileExamples(c *model.Catalog) *examples {
	without := *x
	without.examples = nil
	all := &examples{byKey: map[string][]*shownExample{}, byShort: map[string][]*shownExample{}, without: &without, lost: map[string]bool{}}
	var fulls []string
	for e, shown := range wires(c) {
		full, short := exampleKeys(shown.Wire())
		own := &shownExample{example{short, e, shown.Operation}, short, shown}
		all.all, fulls = append(all.all, own), append(fulls, full)
		all.byShort[short] = append(all.byShort[short], own)
	}
	for i, own := range all.all {
		if slices.ContainsFunc(all.byShort[own.short], func(o *shownExample) bool { return o.entry != own.entry || o.operation != own.operation }) {
			own.key = fulls[i]
		}
		all.byKey[own.key] = append(all.byKey[own.key], own)
	}
	return all
}

// areLost reports whether some example of a status and body does not lead to its own entry
// and what that says there, because nothing in it says whose reply it is, or to which call.
func (all *examples) areLost(short string) bool {
	all.mutex.Lock()
	defer all.mutex.Unlock()
	lost, known := all.lost[short]
	if !known {
		lost = slices.ContainsFunc(all.byShort[short], func(o *shownExample) bool { return !all.without.leadsTo(o.entry, o.shown) })
		all.lost[short] = lost
	}
	return lost
}

// lostOf returns those of some examples that nothing but themselves leads to their entry.
func (all *examples) lostOf(some []*shownExample) []example {
	var lost []example
	seen := map[example]bool{}
	for _, own := range some {
		if !seen[own.example] && all.areLost(own.short) {
			seen[own.example] = true
			lost = append(lost, own.example)
		}
	}
	return lost
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
	if x.examples == nil {
		return false
	}
	full, short := exampleKeys(view)
	all := x.examples()
	own := all.lostOf(all.byKey[full])
	if own == nil {
		own = all.lostOf(all.byKey[short])
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
