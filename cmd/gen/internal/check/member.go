package check

import (
	"net/http"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
)

// claimMembers takes the names that an owner has in languages where a group of
// constants is a type, and reports the first that another of the group has.
func (n *names) claimMembers(group, typeScript, python string, by owner) {
	for _, claimed := range [][2]string{{"TypeScript", typeScript}, {"Python", python}} {
		language, name := claimed[0], group+"."+claimed[1]
		earlier, taken := n.owner[language+" "+name]
		if taken {
			p := n.list.Errorf(by.place(), "member-name-clash", "%s %s becomes %s in %s, which is also the name of %s %s",
				by.what, diag.Quote(by.name), name, language, earlier.what, diag.Quote(earlier.name))
			p.Hint = by.remedy()
			p.Relate(earlier.place(), "the other one")
			return
		}
		n.owner[language+" "+name] = by
	}
}

// categoryMembers settles the names of a category in TypeScript and Python.
func (n *names) categoryMembers(c *model.Category, by owner) {
	c.Member, c.Python = naming.Member(c.Go, "Category"), naming.Constant(c.Name, "CATEGORY")
	n.claimMembers("Category", c.Member, c.Python, by)
}

// operationMembers settles the names of an operation in TypeScript and Python.
func (n *names) operationMembers(o *model.Operation, by owner) {
	o.Member, o.Python = naming.Member(o.Go, "Operation"), naming.Constant(o.Name, "OPERATION")
	n.claimMembers("Operation", o.Member, o.Python, by)
}

// entryMembers settles the names of an entry in TypeScript and Python. A Go name
// that the author gave is what both are made of. Python's is made of the key without
// one, and where it only splits the key's words otherwise.
func (n *names) entryMembers(e *model.Entry, automatic string, by owner) {
	prefix := "CODE"
	switch e.Kind {
	case classify.KindCode:
		e.Member = e.Go
	case classify.KindPrefix:
		e.Member = strings.TrimSuffix(e.Go, "Prefix")
	default:
		e.Member, prefix = naming.Member(e.Go, "Status"), "STATUS"
	}
	text := keyText(e)
	if e.Go != automatic && !naming.SameLetters(e.Member, text) {
		text = e.Member
	}
	e.Python = naming.Constant(text, prefix)
	if e.Python == "" { // the empty code
		e.Python = "EMPTY"
	}
	n.claimMembers(model.ConstantType(e.Kind), e.Member, e.Python, by)
}

// keyText is what an entry's automatic names are made of.
func keyText(e *model.Entry) string {
	switch e.Kind {
	case classify.KindPrefix:
		return strings.TrimSuffix(e.Code, "*")
	case classify.KindStatus:
		if text := http.StatusText(int(e.Number)); text != "" {
			return text
		}
	}
	return e.Code
}
