package classify

import (
	"strings"

	"github.com/errkb/errkb/classify/packed"
)

// Table is the listed codes of a generated catalog. A program can hold many codes at no cost
// to its garbage collector and its start: there are no pointers but in the rules, of which
// thousands of codes share a few. It is for generated code only, and changes with the marker
// of the layout (see [packed.Layout10]).
type Table struct {
	Names    packed.Texts // the codes as on the wire, and after them their other spellings
	Texts    string       // what each code means, what to do about it and its page, each with a line feed
	Rows     []uint32     // rowWidth numbers for each code, and where the last one's texts end
	Rules    []Entry      // what codes say alike: all but the number, the code, the statuses, the texts and the page
	Statuses []uint16     // lists of statuses, each behind its length; the first one is empty
	Aliases  []uint16     // the numbers of the codes that the other spellings stand for
	Site     string       // where the pages are
}

// rowWidth is how many numbers a [Table] has for each code: where what it means, what to do
// and its page start in the texts, its rule, and where its statuses are.
const rowWidth = 5

const (
	rowMeaning = iota
	rowFix
	rowPage
	rowRule
	rowStatuses
)

// size is how many codes there are.
func (t *Table) size() int { return len(t.Rows) / rowWidth }

// name returns a code by its position and, after all of these, another spelling of one.
func (t *Table) name(i int) string { return t.Names.Nth(i) }

// code returns the position of the code of a name.
func (t *Table) code(name int) int {
	if (name+1)*rowWidth < len(t.Rows) {
		return name
	}
	return int(t.Aliases[name-t.size()]) - 1
}

// number returns the number of the code of a name.
func (t *Table) number(name int) int32 { return int32(t.code(name)) + 1 }

// view returns a code by its position.
func (t *Table) view(code int) View {
	return View{table: t, code: code}
}

// text returns one of the first two texts of a code.
func (t *Table) text(code, which int) string {
	at := t.Rows[code*rowWidth+which:]
	return t.Texts[at[0] : at[1]-1]
}

// url returns the address of a code's page, if it has one.
func (t *Table) url(code int) string {
	page := t.Texts[t.Rows[code*rowWidth+rowPage] : t.Rows[(code+1)*rowWidth]-1]
	if page == "" {
		return ""
	}
	return t.Site + page
}

func (t *Table) statuses(code int) []uint16 {
	at := t.Rows[code*rowWidth+rowStatuses]
	if at == 0 {
		return nil
	}
	start := at + 1
	end := start + uint32(t.Statuses[at])
	return t.Statuses[start:end:end]
}

// NewTable makes the table of the codes that a catalog lists in Codes and Aliases. Pages are
// below the site.
func NewTable(c *Catalog, site string) *Table {
	b := tableBuilder{table: &Table{Site: site}, rules: make(map[ruleKey]uint32), statuses: make(map[string]uint32)}
	var names []string
	var texts strings.Builder
	name := func(text string) {
		names = append(names, text)
	}
	text := func(text string) uint32 {
		at := uint32(texts.Len())
		texts.WriteString(text)
		texts.WriteByte('\n')
		return at
	}
	for i := range c.Codes {
		e := &c.Codes[i]
		name(e.Code)
		b.table.Rows = append(b.table.Rows,
			text(e.Meaning), text(e.Fix), text(strings.TrimPrefix(e.URL, site)), b.rule(e), b.statusesOf(e))
	}
	b.table.Rows = append(b.table.Rows, uint32(texts.Len()))
	for _, alias := range c.Aliases {
		name(alias.Text)
		b.table.Aliases = append(b.table.Aliases, alias.Code)
	}
	b.table.Names, b.table.Texts = packed.NewTexts(names), texts.String()
	return b.table
}

// lists are the codes and aliases that a table was made of.
func (t *Table) lists() (codes []Entry, aliases []Alias) {
	for i := range t.size() {
		codes = append(codes, t.view(i).Entry())
	}
	for i, number := range t.Aliases {
		aliases = append(aliases, Alias{Text: t.name(t.size() + i), Code: number})
	}
	return codes, aliases
}

// tableBuilder is a table in the making, with what codes share.
type tableBuilder struct {
	table    *Table
	rules    map[ruleKey]uint32
	statuses map[string]uint32
}

// ruleKey tells rules apart that have no list but of operations.
type ruleKey struct {
	action     Action
	category   Category
	policy     Policy
	waits      bool
	effect     Effect
	retired    bool
	operations string
}

// rule returns the position of an entry's rule. One with other lists than of operations is not shared.
func (b *tableBuilder) rule(e *Entry) uint32 {
	key := ruleKey{action: e.Action, category: e.Category, waits: e.Policy != nil, effect: e.Effect, retired: e.Retired}
	if e.Policy != nil {
		key.policy = *e.Policy
	}
	var operations strings.Builder
	for _, operation := range e.Operations {
		operations.WriteString(string(operation))
		operations.WriteByte(0)
	}
	key.operations = operations.String()
	alone := e.Delays != nil || len(e.Variants)+len(e.ByOperation) > 0
	if at, ok := b.rules[key]; ok && !alone {
		return at
	}
	at := uint32(len(b.table.Rules))
	rule := *e
	rule.Number, rule.Code, rule.Statuses, rule.Meaning, rule.Fix, rule.URL = 0, "", nil, "", "", ""
	b.table.Rules = append(b.table.Rules, rule)
	if !alone {
		b.rules[key] = at
	}
	return at
}

// statusesOf returns the position of an entry's list of statuses.
func (b *tableBuilder) statusesOf(e *Entry) uint32 {
	if len(b.table.Statuses) == 0 {
		b.table.Statuses = append(b.table.Statuses, 0)
	}
	if len(e.Statuses) == 0 {
		return 0
	}
	var key strings.Builder
	for _, status := range e.Statuses {
		key.WriteByte(byte(status >> 8))
		key.WriteByte(byte(status))
	}
	at, ok := b.statuses[key.String()]
	if !ok {
		at = uint32(len(b.table.Statuses))
		b.statuses[key.String()] = at
		b.table.Statuses = append(append(b.table.Statuses, uint16(len(e.Statuses))), e.Statuses...)
	}
	return at
}
