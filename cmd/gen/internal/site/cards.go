package site

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// cards adds the verdicts of all entries, as the home page shows them, with the numbers
// that the lookup has for them: those of all entries, and after them those on replies that
// an entry says something else about: for each entry its variants, and what differs in
// operations. The home page loads the shelf that has the verdict that it shows, as a
// script: pages on a disk can't load anything else.
func (s *site) cards() {
	p := s.page("index", "", "")
	var all []*model.Entry
	for _, api := range s.catalog.APIs {
		all = append(all, api.Entries()...)
	}
	s.shared = make(map[*model.Entry]shared, len(all))
	var verdicts []string
	for i, own := range inParallel(all, s.share) {
		s.shared[all[i]] = own
		verdicts = append(verdicts, string(own.verdict))
	}
	var varied []*model.Entry
	for _, e := range all {
		for _, v := range e.Variants {
			varied = append(varied, e.InVariant(v))
		}
		for _, o := range e.Overrides {
			varied = append(varied, e.InOperation(o))
		}
	}
	verdicts = append(verdicts, inParallel(varied, func(e *model.Entry) string {
		return s.execute("entry", "verdict", p.Verdict(e, false))
	})...)
	shelves := make([]strings.Builder, s.catalog.Shelves())
	for i, e := range slices.Concat(all, varied) {
		shelf := &shelves[e.Shelf(len(shelves))]
		fmt.Fprintf(shelf, "%d: `", i)
		inLiteral.WriteString(shelf, verdicts[i])
		shelf.WriteString("`,\n")
	}
	for n := range shelves {
		s.files[fmt.Sprintf("cards/%d.js", n)] = fmt.Appendf(nil, "// %s\nerrkbCards({\n%s});\n", commented(s.mark), shelves[n].String())
	}
}

// inLiteral escapes a text for a template literal, which needs no escapes for the quotes
// and the line ends of HTML.
var inLiteral = strings.NewReplacer("\\", "\\\\", "`", "\\`", "${", "\\${", "\r", "\\r")
