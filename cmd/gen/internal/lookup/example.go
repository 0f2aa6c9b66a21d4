package lookup

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// example is an entry that the same text leads to.
type example struct {
	key   string
	entry *model.Entry
}

// lostExamples returns the examples of the catalog that do not lead to their own entry,
// because nothing in them says whose replies they are.
func (x *Index) lostExamples(c *model.Catalog) []example {
	owners := map[string][]*model.Entry{}
	lost := map[string]bool{}
	for e, wire := range wires(c) {
		_, short := exampleKeys(wire)
		owners[short] = append(owners[short], e)
		found := x.Explain(wire)
		lost[short] = lost[short] || len(found) == 0 || found[0].Entry != e || found[0].Confidence == Guess
	}
	var all []example
	for e, wire := range wires(c) {
		full, short := exampleKeys(wire)
		own := example{short, e}
		if slices.ContainsFunc(owners[short], func(o *model.Entry) bool { return o != e }) {
			own.key = full
		}
		if lost[short] && !slices.Contains(all, own) {
			all = append(all, own)
		}
	}
	return all
}

// wires yields the entries of a catalog with their examples, as pages show them.
func wires(c *model.Catalog) iter.Seq2[*model.Entry, string] {
	return func(yield func(*model.Entry, string) bool) {
		for _, a := range c.APIs {
			for _, e := range a.Entries() {
				for _, example := range e.Examples {
					if !yield(e, example.Wire()) {
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
	if reply, _, ok := readMessage(view); ok {
		if body := trimBody(string(reply.Body)); body != "" {
			return full, head(fmt.Sprintf("%d\n%s", reply.Status, body), maxExample)
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
	entries := x.examples[full]
	if entries == nil {
		entries = x.examples[short]
	}
	var found []candidate
	for _, e := range entries {
		found = append(found, candidate{Match: Match{Exact, e, "the reply is one of the catalog's examples"}, example: 1})
	}
	f.addReply(view, true, found)
	return len(found) > 0
}
