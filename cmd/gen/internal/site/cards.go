package site

import (
	"bytes"
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
	s.shared = make(map[*model.Entry]func() shared)
	for _, api := range s.catalog.APIs {
		inBooks := s.usesInBooks(api)
		for _, e := range api.Entries() {
			s.shared[e] = forAll(uses(e)+inBooks, func() shared { return s.share(e) })
			all = append(all, e)
		}
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
	numbered := slices.Concat(all, varied)
	shelves := make([][]int, s.catalog.Shelves())
	for i, e := range numbered {
		shelf := e.Shelf(len(shelves))
		shelves[shelf] = append(shelves[shelf], i)
	}
	for n, shelf := range shelves {
		s.files[fmt.Sprintf("cards/%d.js", n)] = func() []byte {
			var out bytes.Buffer
			fmt.Fprintf(&out, "// %s\nerrkbCards({\n", commented(s.mark))
			for _, i := range shelf {
				fmt.Fprintf(&out, "%d: `", i)
				if i < len(all) {
					inLiteral.WriteString(&out, string(p.Card(numbered[i])))
				} else {
					inLiteral.WriteString(&out, visible(p.Verdict(numbered[i]).writeVerdict))
				}
				out.WriteString("`,\n")
			}
			out.WriteString("});\n")
			return out.Bytes()
		}
	}
}

// inLiteral escapes a text for a template literal, which needs no escapes for the quotes
// and the line ends of HTML.
var inLiteral = strings.NewReplacer("\\", "\\\\", "`", "\\`", "${", "\\${", "\r", "\\r")
