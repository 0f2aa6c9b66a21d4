package classify_test

import (
	"cmp"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
)

// vectorsDir holds the conformance vectors and their tables.
const vectorsDir = "../spec/vectors"

// tables reads the tables of the vectors, by the name of their API.
func tables(t *testing.T) map[string]*classify.Catalog {
	t.Helper()
	all := make(map[string]*classify.Catalog)
	paths, err := filepath.Glob(filepath.Join(vectorsDir, "*.table.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	for _, path := range paths {
		var own table
		readJSON(t, path, &own)
		if own.Table != 2 {
			t.Fatalf("%s has version %d", path, own.Table)
		}
		all[own.API] = own.catalog()
	}
	return all
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

// table is a decision table as data; docs/table.md has its shape.
type table struct {
	Table      int              `json:"table"`
	API        string           `json:"api"`
	Fold       bool             `json:"fold"`
	Forms      []tableForm      `json:"forms"`
	Delays     []tableDelay     `json:"delays"`
	Operations []tableOperation `json:"operations"`
	Policies   []tablePolicy    `json:"policies"`
	Overrides  []tableVariant   `json:"overrides"`

	RequestID []classify.Place `json:"request_id"`
	Field     []classify.Place `json:"field"`
	Secret    []classify.Place `json:"secret"`

	Codes        []tableRow `json:"codes"`
	Prefixes     []tableRow `json:"prefixes"`
	Statuses     []tableRow `json:"statuses"`
	Classes      []tableRow `json:"classes"`
	Transport    []tableRow `json:"transport"`
	Unknown      *tableRow  `json:"unknown"`
	Unrecognised *tableRow  `json:"unrecognised"`

	Aliases [][]any `json:"aliases"`
}

type tableForm struct {
	Syntax  string          `json:"syntax"`
	In      string          `json:"in"`
	Inside  classify.Path   `json:"inside"`
	OK      []tableTest     `json:"ok"`
	Fail    []tableTest     `json:"fail"`
	None    []string        `json:"none"`
	Code    []classify.Path `json:"code"`
	Message []classify.Path `json:"message"`
	After   string          `json:"after"`
	Before  string          `json:"before"`
}

type tableTest struct {
	Kind   string        `json:"kind"`
	At     classify.Path `json:"at"`
	Header string        `json:"header"`
	Values [][2]string   `json:"values"`
	Prefix []string      `json:"prefix"`
	Status []int         `json:"status"`
	Text   string        `json:"text"`
	Tests  []tableTest   `json:"tests"`

	Operations []classify.Operation `json:"operations"`
}

type tableDelay struct {
	Header string        `json:"header"`
	At     classify.Path `json:"at"`
	Unit   milliseconds  `json:"unit_ms"`

	Code    string `json:"code"`
	As      string `json:"as"`
	Decimal bool   `json:"decimal"`
}

type tableOperation struct {
	Name       classify.Operation `json:"name"`
	Repeatable bool               `json:"repeatable"`
	Look       int64              `json:"look"`
}

type tablePolicy struct {
	Name   string       `json:"name"`
	Growth string       `json:"growth"`
	Base   milliseconds `json:"base_ms"`
	Factor float64      `json:"factor"`
	Jitter struct {
		Add    milliseconds `json:"add_ms"`
		Spread float64      `json:"spread"`
		Full   bool         `json:"full"`
	} `json:"jitter"`
	Max            milliseconds `json:"max_ms"`
	First          milliseconds `json:"first_ms"`
	Retries        int          `json:"retries"`
	Within         milliseconds `json:"within_ms"`
	ServerDelayMax milliseconds `json:"server_delay_max_ms"`
}

type tableRow struct {
	Code       string               `json:"code"`
	Statuses   []uint16             `json:"statuses"`
	Retired    bool                 `json:"retired"`
	Operations []classify.Operation `json:"operations"`
	Variants   []tableVariant       `json:"variants"`
	tableVariant

	ByOperation []tableByOperation `json:"by_operation"`
}

// tableVariant is a variant of an entry, or an override, whose action may be missing.
type tableVariant struct {
	When    []tableTest  `json:"when"`
	Effect  string       `json:"effect"`
	Meaning string       `json:"meaning"`
	Delays  []tableDelay `json:"delays"`
	tableSay
}

type tableByOperation struct {
	Operation classify.Operation `json:"operation"`
	tableSay
}

type tableSay struct {
	Action   *classify.Action  `json:"action"`
	Category classify.Category `json:"category"`
	Policy   *int              `json:"policy"`
	Fix      string            `json:"fix"`
}

// milliseconds is a number of milliseconds, saturating.
type milliseconds float64

func (m milliseconds) duration() time.Duration {
	if ns := math.Round(float64(m) * 1e6); ns < math.MaxInt64 {
		return time.Duration(ns)
	}
	return math.MaxInt64
}

func inMilliseconds(d time.Duration) float64 { return float64(d) / 1e6 }

// catalog returns the catalog that the table is made from.
func (t *table) catalog() *classify.Catalog {
	c := &classify.Catalog{Name: t.API, FoldCase: t.Fold}
	for _, f := range t.Forms {
		c.Forms = append(c.Forms, f.form())
	}
	c.Delays = delays(t.Delays)
	c.RequestID, c.Field, c.Secret = t.RequestID, t.Field, t.Secret
	for _, o := range t.Operations {
		c.Endpoints = append(c.Endpoints, classify.Endpoint{Operation: o.Name, Repeatable: o.Repeatable, Look: o.Look})
	}
	var policies []*classify.Policy
	for _, p := range t.Policies {
		policies = append(policies, p.policy())
	}
	for _, o := range t.Overrides {
		own := classify.Override{When: tests(o.When), Category: o.Category, Policy: o.policy(policies), Fix: o.Fix, Delays: delays(o.Delays)}
		if o.Action != nil {
			own.Sets, own.Action = true, *o.Action
		}
		c.Overrides = append(c.Overrides, own)
	}
	c.Codes = rows(t.Codes, classify.KindCode, policies)
	c.Prefixes = rows(t.Prefixes, classify.KindPrefix, policies)
	c.Statuses = rows(t.Statuses, classify.KindStatus, policies)
	c.Classes = rows(t.Classes, classify.KindStatusClass, policies)
	c.Transport = rows(t.Transport, classify.KindTransport, policies)
	if t.Unknown != nil {
		c.Unknown = &rows([]tableRow{*t.Unknown}, classify.KindUnknown, policies)[0]
	}
	if t.Unrecognised != nil {
		c.Unrecognised = &rows([]tableRow{*t.Unrecognised}, classify.KindUnrecognised, policies)[0]
	}
	var keys []string
	for _, row := range t.Codes {
		keys = append(keys, row.Code)
	}
	for _, alias := range t.Aliases {
		keys = append(keys, alias[0].(string))
		c.Aliases = append(c.Aliases, classify.Alias{Text: alias[0].(string), Code: uint16(alias[1].(float64)) + 1})
	}
	c.Index = packed.NewIndex(keys, t.Fold)
	c.Facts, c.Plan = classify.FactsOf(c), classify.PlanOf(c) // the other tests do without
	return c
}

// named returns the place of a name in a list of names, which has it.
func named[T ~uint8](name string, names ...string) T { return T(slices.Index(names, name)) }

func (f *tableForm) form() classify.Form {
	return classify.Form{
		Syntax: named[classify.Syntax](f.Syntax, "json", "xml", "text", "header"),
		In:     named[classify.Wrapping](f.In, "", "sse", "ndjson", "string"), Inside: f.Inside,
		OK: tests(f.OK), Fail: tests(f.Fail), Code: f.Code, Message: f.Message, After: f.After, Before: f.Before, None: f.None,
	}
}

func tests(table []tableTest) (all []classify.Test) {
	for _, t := range table {
		test := classify.Test{
			Kind: named[classify.TestKind](t.Kind, "equals", "present", "absent", "prefix", "header", "status", "contains", "body_contains",
				"header_present", "header_prefix", "operation", "all", "any", "not"),
			At: t.At, Header: t.Header, Prefix: t.Prefix, Text: t.Text, Status: t.Status, Operations: t.Operations, Tests: tests(t.Tests),
		}
		for _, value := range t.Values {
			test.Values = append(test.Values, classify.Scalar{Type: named[classify.ScalarType](value[0], "string", "number", "bool"), Text: value[1]})
		}
		all = append(all, test)
	}
	return all
}

// delays keeps an empty list from none.
func delays(table []tableDelay) []classify.Delay {
	if table == nil {
		return nil
	}
	all := make([]classify.Delay, len(table))
	for i, d := range table {
		all[i] = classify.Delay{
			Header: d.Header, At: d.At, Code: d.Code, Unit: d.Unit.duration(), As: named[classify.DelayForm](d.As, "", "time", "ratelimit"), Decimal: d.Decimal,
		}
	}
	return all
}

func (p *tablePolicy) policy() *classify.Policy {
	return &classify.Policy{
		Name: p.Name, Growth: named[classify.Growth](p.Growth, "constant", "linear", "exponential"), Base: p.Base.duration(), Factor: p.Factor,
		Jitter: classify.Jitter{Add: p.Jitter.Add.duration(), Spread: p.Jitter.Spread, Full: p.Jitter.Full},
		Max:    p.Max.duration(), First: p.First.duration(), Retries: p.Retries, Within: p.Within.duration(), ServerDelayMax: p.ServerDelayMax.duration(),
	}
}

// policy is the policy that a table names by its index, if it does.
func (s *tableSay) policy(policies []*classify.Policy) *classify.Policy {
	if s.Policy == nil {
		return nil
	}
	return policies[*s.Policy]
}

func (v *tableVariant) effect() classify.Effect {
	return named[classify.Effect](cmp.Or(v.Effect, "none"), "none", "maybe")
}

func rows(table []tableRow, kind classify.Kind, policies []*classify.Policy) []classify.Entry {
	entries := make([]classify.Entry, len(table))
	for i, row := range table {
		e := classify.Entry{
			Kind: kind, Code: row.Code, Action: *row.Action, Category: row.Category, Policy: row.policy(policies), Fix: row.Fix,
			Effect: row.effect(), Retired: row.Retired, Statuses: row.Statuses, Meaning: row.Meaning, Operations: row.Operations,
			Delays: delays(row.Delays),
		}
		switch kind {
		case classify.KindCode:
			e.Number = uint16(i + 1)
		case classify.KindStatus, classify.KindStatusClass:
			number, _ := strconv.Atoi(row.Code[:len(row.Code)-2*int(kind-classify.KindStatus)])
			e.Number = uint16(number)
		}
		for _, v := range row.Variants {
			e.Variants = append(e.Variants, classify.Variant{
				When: tests(v.When), Action: *v.Action, Category: v.Category, Policy: v.policy(policies), Effect: v.effect(), Meaning: v.Meaning, Fix: v.Fix, Delays: delays(v.Delays),
			})
		}
		for _, o := range row.ByOperation {
			e.ByOperation = append(e.ByOperation, classify.OperationVariant{Operation: o.Operation, Action: *o.Action, Category: o.Category, Policy: o.policy(policies), Fix: o.Fix})
		}
		entries[i] = e
	}
	return entries
}
