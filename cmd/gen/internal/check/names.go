package check

import (
	"go/token"
	"maps"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// declared are the names that every generated package declares by itself.
var declared = map[string]bool{
	"Code": true, "UnknownCode": true, "ParseCode": true, "Codes": true,
	"Status": true, "UnknownStatus": true, "ParseStatus": true, "Statuses": true,
	"Classify": true, "Catalog": true,
}

// names are the Go names of a package and who has them.
type names struct {
	c     *checker
	owner map[string]*syntax.Node
}

func newNames(c *checker) *names {
	return &names{c: c, owner: make(map[string]*syntax.Node)}
}

func (n *names) clone() *names { return &names{c: n.c, owner: maps.Clone(n.owner)} }

// claim takes a name for a node, and reports it if another has it.
func (n *names) claim(name string, by *syntax.Node, what string) {
	earlier, taken := n.owner[name]
	switch {
	case taken:
		p := n.c.errorf(by.Place, "go-name-clash", "%s %s becomes the Go name %s, and so does %s",
			what, diag.Quote(by.Text), name, diag.Quote(earlier.Text))
		p.Hint = "name one of them with go:"
		if what == "category" || what == "operation" {
			p.Hint = "rename one of them"
		}
		relate(p, earlier.Place, "the other one")
	case declared[name]:
		n.c.errorf(by.Place, "go-name-clash", "%s %s becomes the Go name %s, which every generated package declares by itself",
			what, diag.Quote(by.Text), name).Hint = "name it with go:"
	case !token.IsIdentifier(name):
		n.c.errorf(by.Place, "bad-name", "%s %s has no letter or digit to make a Go name of", what, diag.Quote(by.Text)).
			Hint = "name it with go:"
	default:
		n.owner[name] = by
	}
}

// codeName returns the automatic Go name of a code. What would read as one of
// the package's other names starts with Code.
func codeName(code string) string {
	if code == "" {
		return "CodeEmpty"
	}
	name := naming.Exported(code, "Code")
	words := naming.Words(name)
	if declared[name] || len(words) > 1 && (words[0] == "Status" || words[0] == "Category" || words[0] == "Operation") {
		return "Code" + name
	}
	return name
}

// statusName returns the Go name of a status after its standard text.
func statusName(text string) string {
	return "Status" + strings.TrimPrefix(naming.Exported(text, "Status"), "Status")
}
