package python

import (
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// tables writes what the catalog says about each constant, and the types of that.
func (m *module) tables() {
	constants := m.api.Constants()
	if len(constants) == 0 {
		return
	}
	m.types()
	for _, c := range constants {
		m.linef("\n\n%s: Final[Mapping[%s, Entry]] = MappingProxyType(\n    {", strings.ToUpper(c.Plural), c.Type)
		for _, e := range c.Entries {
			m.row(c.Type, e)
		}
		m.linef("    }\n)\n\"\"\"What the catalog says about each %s.\"\"\"", c.Type)
	}
}

func (m *module) types() {
	m.text.WriteString(`

@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the catalog says to do."""

    fix: str
    """What to do, in words; empty if the catalog does not say."""

    action: Action

    category: Category
`)
	if len(m.api.Operations) > 0 {
		m.text.WriteString(`

@dataclass(frozen=True, slots=True, kw_only=True)
class Override(Advice):
    """What to do instead in one operation."""

    operation: Operation
`)
	}
	m.text.WriteString(`

@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Advice):
    """What the catalog says about a constant."""

    meaning: str

    statuses: tuple[int, ...] = ()
    """The HTTP statuses that it comes with; empty if the catalog names none."""

    retired: bool = False
    """Whether the API no longer sends it."""
`)
	if len(m.api.Operations) > 0 {
		m.text.WriteString(`
    by_operation: tuple[Override, ...] = ()
    """What to do instead if one of these operations returns it."""
`)
	}
}

// row is an entry of a table:
//
//	Code.ERROR_ZERO_BALANCE: Entry(
//	    meaning="No funds",
//	    …
//	),
func (m *module) row(group string, e *model.Entry) {
	m.linef("        %s.%s: Entry(", group, e.Python)
	m.linef("            meaning=%s,", quote(e.Meaning))
	m.advice("            ", e.Fix, e.Action, e.Category)
	if len(e.Statuses) > 0 {
		m.linef("            statuses=%s,", tuple(e.Statuses))
	}
	if e.Retired != nil {
		m.line("            retired=True,")
	}
	if len(e.Overrides) > 0 {
		m.line("            by_operation=(")
		for _, o := range e.Overrides {
			m.line("                Override(")
			m.linef("                    operation=Operation.%s,", m.operation(o.Operation))
			m.advice("                    ", o.Fix, o.Action, o.Category)
			m.line("                ),")
		}
		m.line("            ),")
	}
	m.line("        ),")
}

func (m *module) advice(indent, fix string, action classify.Action, category *model.Category) {
	m.linef("%sfix=%s,", indent, quote(fix))
	m.linef("%saction=Action.%s,", indent, actionName(action))
	m.linef("%scategory=Category.%s,", indent, category.Python)
}

// tuple is such as (429,) or (429, 503).
func tuple(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, number := range numbers {
		texts[i] = strconv.Itoa(number)
	}
	if len(texts) == 1 {
		return "(" + texts[0] + ",)"
	}
	return "(" + strings.Join(texts, ", ") + ")"
}

// operation is the constant of an operation.
func (m *module) operation(name string) string {
	for _, o := range m.api.Operations {
		if o.Name == name {
			return o.Python
		}
	}
	panic("internal error: no operation " + name)
}
