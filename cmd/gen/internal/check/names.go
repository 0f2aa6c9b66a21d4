package check

import (
	"go/token"
	"maps"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
)

// declared are the names that every generated package declares itself, including
// its self-check test.
var declared = map[string]bool{
	"Code": true, "UnknownCode": true, "ParseCode": true, "CodeOf": true, "Codes": true,
	"Status": true, "UnknownStatus": true, "ParseStatus": true, "Statuses": true,
	"Classify": true, "ClassifyResponse": true, "Catalog": true,
	"TestEveryCode": true, "TestEveryStatus": true, "TestEveryReply": true,
}

// names are the names of a package and who has them: those of Go, and behind the
// name of another language those of that one.
type names struct {
	list  *diag.List
	owner map[string]owner
}

// owner is what has a Go name: its key, and the name itself if the author gave
// it.
type owner struct {
	what  string // such as "code"
	name  string
	key   diag.Place
	given *format.Field[string] // nil where the author gave none
}

func (o owner) place() diag.Place {
	if o.given != nil {
		return o.given.Place
	}
	return o.key
}

// claims says how the owner has a name.
func (o owner) claims(name string) string {
	if o.given != nil {
		return "the Go name " + diag.Quote(name)
	}
	return o.what + " " + diag.Quote(o.name) + " becomes the Go name " + name + ", which"
}

// remedy is what to do where the name can't be the owner's.
func (o owner) remedy() string {
	switch {
	case o.given != nil:
		return "choose another name"
	case o.what == "category", o.what == "operation":
		return "rename one of them"
	}
	return "name it with go:"
}

func newNames(list *diag.List) *names {
	return &names{list: list, owner: make(map[string]owner)}
}

func (n *names) clone() *names { return &names{list: n.list, owner: maps.Clone(n.owner)} }

// claim takes a Go name for an owner, and reports it if that can't have it.
func (n *names) claim(name string, by owner) (ok bool) {
	earlier, taken := n.owner[name]
	switch {
	case taken:
		p := n.list.Errorf(by.place(), "go-name-clash", "%s is also that of %s %s", by.claims(name), earlier.what, diag.Quote(earlier.name))
		p.Hint = by.remedy()
		p.Relate(earlier.place(), "the other one")
	case declared[name]:
		n.list.Errorf(by.place(), "go-name-clash", "%s is declared by every generated package itself", by.claims(name)).Hint = by.remedy()
	case !token.IsIdentifier(name):
		n.list.Errorf(by.place(), "bad-name", "%s %s has no letter or digit to make a Go name from", by.what, diag.Quote(by.name)).Hint = by.remedy()
	default:
		n.owner[name] = by
		return true
	}
	return false
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
