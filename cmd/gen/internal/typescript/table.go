package typescript

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
		m.line("")
		m.linef("/** What the catalog says about each %s. */", c.Type)
		m.linef("export const %s: Readonly<Record<%s, Entry>> = {", c.Plural, c.Type)
		for _, e := range c.Entries {
			m.row(c.Type, e)
		}
		m.line("};")
	}
}

func (m *module) types() {
	m.text.WriteString(`
/** What the catalog says to do. */
export interface Advice {
  /** What to do, in words; empty if the catalog does not say. */
  readonly fix: string;
  readonly action: Action;
  readonly category: Category;
}

/** What the catalog says about a constant. */
export interface Entry extends Advice {
  readonly meaning: string;
  /** The HTTP statuses that it comes with; empty if the catalog names none. */
  readonly statuses: readonly number[];
  /** Whether the API no longer sends it. */
  readonly retired: boolean;
`)
	if len(m.api.Operations) > 0 {
		m.text.WriteString(`  /** What to do instead if one of these operations returns it. */
  readonly byOperation?: Readonly<Partial<Record<Operation, Advice>>>;
`)
	}
	m.line("}")
}

// row is an entry of a table. Its key is computed, as a literal one named
// __proto__ would be no key:
//
//	[Code.ErrorZeroBalance]: {
//	  meaning: "No funds",
//	  …
//	},
func (m *module) row(group string, e *model.Entry) {
	m.linef("  [%s]: {", of(group, e.Member))
	m.linef("    meaning: %s,", quote(e.Meaning))
	m.advice("    ", e.Fix, e.Action, e.Category)
	statuses := make([]string, len(e.Statuses))
	for i, status := range e.Statuses {
		statuses[i] = strconv.Itoa(status)
	}
	m.linef("    statuses: [%s],", strings.Join(statuses, ", "))
	m.linef("    retired: %t,", e.Retired != nil)
	if len(e.Overrides) > 0 {
		m.line("    byOperation: {")
		for _, o := range e.Overrides {
			m.linef("      [%s]: {", m.operation(o.Operation))
			m.advice("        ", o.Fix, o.Action, o.Category)
			m.line("      },")
		}
		m.line("    },")
	}
	m.line("  },")
}

func (m *module) advice(indent, fix string, action classify.Action, category *model.Category) {
	m.linef("%sfix: %s,", indent, quote(fix))
	m.linef("%saction: %s,", indent, of("Action", model.ActionConstant(action)))
	m.linef("%scategory: %s,", indent, of("Category", category.Member))
}

// operation is the constant of an operation.
func (m *module) operation(name string) string {
	for _, o := range m.api.Operations {
		if o.Name == name {
			return of("Operation", o.Member)
		}
	}
	panic("internal error: no operation " + name)
}
