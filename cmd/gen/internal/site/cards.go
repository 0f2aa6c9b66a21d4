package site

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// cardsPerFile is how many verdicts one file holds. The home page loads the file
// of the verdict that it shows, as a script: pages on a disk can't load anything
// else. It waits for all of the file, so that holds few.
const cardsPerFile = 8

// cards adds the verdicts of all entries, as the home page shows them, in the
// order of the lookup's answers, and after them those on replies that an entry says
// something else about: for each entry its variants, and what differs in operations.
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
	n := 0
	for file := range slices.Chunk(verdicts, cardsPerFile) {
		s.files[fmt.Sprintf("cards/%d.js", n)] = s.cardFile(n, file)
		n++
	}
}

// cardFile is a script that hands some verdicts to the one that asked for them.
func (s *site) cardFile(n int, verdicts []string) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "// %s\nerrkbCards(%d, [", commented(s.mark), n)
	for _, verdict := range verdicts {
		out.WriteString("`")
		inLiteral.WriteString(&out, verdict)
		out.WriteString("`,\n")
	}
	out.WriteString("]);\n")
	return []byte(out.String())
}

// inLiteral escapes a text for a template literal, which needs no escapes for the quotes
// and the line ends of HTML.
var inLiteral = strings.NewReplacer("\\", "\\\\", "`", "\\`", "${", "\\${", "\r", "\\r")
