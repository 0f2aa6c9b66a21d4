package sql

import (
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// tables are the tables that all APIs share.
type tables struct {
	answers  []string
	policies map[classify.Policy]int
	rows     []string // of the policies
}

// answers are what the entries of an API say. An answer's number is that of its entry; what
// entries say in some operations or replies has the numbers behind.
type answers struct {
	catalog  *classify.Catalog
	all      *tables
	next     int
	prefixes int // the number of the first prefix
	number   map[*classify.Entry]int
	own      map[*classify.Entry][]int // of the operations, and then of the variants
	delays   [][]classify.Delay        // the lists of places for delays, the catalog's first
}

// entries yields the entries that can decide about a reply.
func entries(c *classify.Catalog) iter.Seq[*classify.Entry] {
	return func(yield func(*classify.Entry) bool) {
		for _, all := range [][]classify.Entry{c.Codes, c.Prefixes, c.Statuses, c.Classes} {
			for i := range all {
				if !yield(&all[i]) {
					return
				}
			}
		}
		for _, e := range []*classify.Entry{c.Unknown, c.Unrecognised} {
			if e != nil && !yield(e) {
				return
			}
		}
	}
}

func newAnswers(c *classify.Catalog, all *tables) *answers {
	a := &answers{
		catalog: c, all: all, prefixes: len(c.Codes) + 1, delays: [][]classify.Delay{c.Delays},
		number: make(map[*classify.Entry]int), own: make(map[*classify.Entry][]int),
	}
	for e := range entries(c) {
		a.number[e] = a.add(e, e.Action, e.Category, e.Policy, e.Effect, e.Meaning, e.Fix, e.Delays)
	}
	for e := range entries(c) {
		for i := range e.ByOperation {
			o := &e.ByOperation[i]
			a.own[e] = append(a.own[e], a.add(e, o.Action, o.Category, o.Policy, e.Effect, e.Meaning, o.Fix, e.Delays))
		}
		for i := range e.Variants {
			v := &e.Variants[i]
			delays := v.Delays
			if delays == nil {
				delays = e.Delays
			}
			a.own[e] = append(a.own[e], a.add(e, v.Action, v.Category, v.Policy, v.Effect, v.Meaning, v.Fix, delays))
		}
	}
	return a
}

// add adds an answer and returns its number.
func (a *answers) add(e *classify.Entry, action classify.Action, category classify.Category, policy *classify.Policy, effect classify.Effect, meaning, fix string, delays []classify.Delay) int {
	a.next++
	a.all.answers = append(a.all.answers, fmt.Sprintf("(%s, %d, %s, %s, %s, %s, %s, %d, %s, %s, %s, %s)", literal(a.catalog.Name), a.next, literal(e.Kind.String()), literal(e.Code),
		literal(action.String()), literal(string(category)), a.all.policy(policy), a.delayList(delays), literal(effect.String()), literal(meaning), literal(fix), literal(e.URL)))
	return a.next
}

// delayList returns the index of a list of places for delays. None is the catalog's.
func (a *answers) delayList(delays []classify.Delay) int {
	if delays == nil {
		return 0
	}
	i := slices.IndexFunc(a.delays, func(own []classify.Delay) bool { return reflect.DeepEqual(own, delays) })
	if i < 0 {
		i, a.delays = len(a.delays), append(a.delays, delays)
	}
	return i
}

// allDelays are all places for delays of replies.
func allDelays(c *classify.Catalog) []classify.Delay {
	all := slices.Clone(c.Delays)
	for e := range entries(c) {
		all = append(all, e.Delays...)
		for i := range e.Variants {
			all = append(all, e.Variants[i].Delays...)
		}
	}
	for i := range c.Overrides {
		all = append(all, c.Overrides[i].Delays...)
	}
	return all
}

// policy returns the number of a policy, and NULL for none.
func (t *tables) policy(p *classify.Policy) string {
	if p == nil {
		return "NULL"
	}
	n, ok := t.policies[*p]
	if !ok {
		n = len(t.policies) + 1
		t.policies[*p] = n
		shortest, longest := p.Bounds(0)
		_, width := p.ServerBounds(0, 1)
		spread := p.Jitter.Spread
		if p.Jitter.Full {
			spread = 0
		}
		t.rows = append(t.rows, fmt.Sprintf("(%d, %s, %d, %d, %d, %d, %s::DOUBLE, %d)", n, literal(p.Name), p.Retries, shortest, longest, max(0, width-1), literal(fmt.Sprint(max(0, spread))), p.DelayLimit()))
	}
	return fmt.Sprint(n)
}

func (t *tables) write(out *strings.Builder) {
	out.WriteString("\n-- What the entries say, in each operation and each kind of reply in which they say something else.\n")
	writeTable(out, "errkb_answers", "api VARCHAR, answer INTEGER, kind VARCHAR, entry VARCHAR, action VARCHAR, category VARCHAR, policy INTEGER, delays INTEGER, effect VARCHAR, meaning VARCHAR, fix VARCHAR, url VARCHAR", t.answers)
	out.WriteString("\n-- The waiting rules: the wait before the first retry, what is added to a delay that the server asks for, and the longest such delay. In nanoseconds.\n")
	writeTable(out, "errkb_policies", "policy INTEGER, name VARCHAR, retries BIGINT, shortest BIGINT, longest BIGINT, width BIGINT, spread DOUBLE, delay_limit BIGINT", t.rows)
}

func writeTable(out *strings.Builder, name, columns string, rows []string) {
	fmt.Fprintf(out, "CREATE OR REPLACE TABLE %s (%s);\n", name, columns)
	for part := range slices.Chunk(rows, 500) {
		fmt.Fprintf(out, "INSERT INTO %s VALUES\n  %s;\n", name, strings.Join(part, ",\n  "))
	}
}

// isOK is whether an entry stands for success in the operation.
func (a *answers) isOK(entry string) string {
	var always, any []string
	for e := range entries(a.catalog) {
		var same, other []classify.Operation
		for i := range e.ByOperation {
			if o := &e.ByOperation[i]; (o.Action == classify.OK) == (e.Action == classify.OK) {
				same = append(same, o.Operation)
			} else if !slices.Contains(same, o.Operation) {
				other = append(other, o.Operation)
			}
		}
		n := fmt.Sprint(a.number[e])
		switch {
		case e.Action == classify.OK && len(other) == 0:
			always = append(always, n)
		case e.Action == classify.OK:
			any = append(any, fmt.Sprintf("%s = %s AND operation NOT IN %s", entry, n, list(other, operationText)))
		case len(other) > 0:
			any = append(any, fmt.Sprintf("%s = %s AND operation IN %s", entry, n, list(other, operationText)))
		}
	}
	if len(always) > 0 {
		any = append(any, entry+" IN ("+strings.Join(always, ", ")+")")
	}
	if len(any) == 0 {
		return "FALSE"
	}
	return "coalesce(" + anyOf(any...) + ", FALSE)"
}

// isIn is whether an entry can occur in the operation.
func (a *answers) isIn(entry string) string {
	var sets []string
	in := make(map[string][]string)
	for i := range a.catalog.Codes {
		if e := &a.catalog.Codes[i]; len(e.Operations) > 0 {
			set := list(e.Operations, operationText)
			if in[set] == nil {
				sets = append(sets, set)
			}
			in[set] = append(in[set], fmt.Sprint(a.number[e]))
		}
	}
	out := []string{}
	for _, set := range sets {
		out = append(out, fmt.Sprintf("operation NOT IN %s AND %s IN (%s)", set, entry, strings.Join(in[set], ", ")))
	}
	if len(out) == 0 {
		return "TRUE"
	}
	return "(operation = '' OR " + not(anyOf(out...)) + ")"
}
