package table

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// form is how to read a reply.
type form struct {
	Syntax  string          `json:"syntax"`
	OK      []test          `json:"ok,omitempty"`
	Code    []classify.Path `json:"code,omitempty"`
	Message []classify.Path `json:"message,omitempty"`
	After   string          `json:"after,omitempty"`
	Before  string          `json:"before,omitempty"`
}

// test is a sign of success.
type test struct {
	Kind   string        `json:"kind"`
	At     classify.Path `json:"at,omitempty"`
	Header string        `json:"header,omitempty"`
	Values [][2]string   `json:"values,omitempty"` // type and text
	Prefix []string      `json:"prefix,omitempty"`
	Status []int         `json:"status,omitempty"`
}

var testNames = [...]string{
	classify.Equals: "equals", classify.Present: "present", classify.Absent: "absent",
	classify.PrefixIs: "prefix", classify.HeaderEquals: "header", classify.StatusIs: "status",
}

var scalarNames = [...]string{classify.String: "string", classify.Number: "number", classify.Bool: "bool"}

func newForm(f classify.Form) form {
	own := form{Syntax: f.Syntax.String(), Code: places(f.Code), Message: places(f.Message), After: f.After, Before: f.Before}
	for _, t := range f.OK {
		sign := test{Kind: testNames[t.Kind], At: t.At, Header: t.Header, Prefix: t.Prefix, Status: t.Status}
		for _, value := range t.Values {
			sign.Values = append(sign.Values, [2]string{scalarNames[value.Type], value.Text})
		}
		own.OK = append(own.OK, sign)
	}
	return own
}

// places are paths that are lists even where they are empty: that is the whole
// document.
func places(paths []classify.Path) []classify.Path {
	all := make([]classify.Path, len(paths))
	for i, path := range paths {
		all[i] = append(classify.Path{}, path...)
	}
	return all
}

// delay is where the server may say how long to wait: a header field, or a member
// of a JSON body.
type delay struct {
	Header string        `json:"header,omitempty"`
	At     classify.Path `json:"at,omitempty"`
	Unit   milliseconds  `json:"unit_ms"`
}

func newDelay(d classify.Delay) delay {
	return delay{Header: d.Header, At: d.At, Unit: milliseconds(cmp.Or(d.Unit, time.Second))}
}

// operation is a call of the API.
type operation struct {
	Name       classify.Operation `json:"name"`
	Method     string             `json:"method,omitempty"`
	Path       string             `json:"path,omitempty"`
	Repeatable bool               `json:"repeatable,omitempty"`
	Timeout    milliseconds       `json:"timeout_ms,omitempty"`
	Patience   milliseconds       `json:"patience_ms,omitempty"`
	Look       int64              `json:"look,omitempty"`
}

func newOperation(e classify.Endpoint) operation {
	return operation{
		Name: e.Operation, Method: e.Method, Path: e.Path, Repeatable: e.Repeatable,
		Timeout: milliseconds(e.Timeout), Patience: milliseconds(e.Patience), Look: e.Look,
	}
}

// policy is a waiting rule.
type policy struct {
	Name           string       `json:"name,omitempty"`
	Growth         string       `json:"growth"`
	Base           milliseconds `json:"base_ms"`
	Factor         float64      `json:"factor,omitempty"`
	Jitter         *jitter      `json:"jitter,omitempty"`
	Max            milliseconds `json:"max_ms,omitempty"`
	First          milliseconds `json:"first_ms,omitempty"`
	Retries        int          `json:"retries"` // -1 for no limit
	Within         milliseconds `json:"within_ms,omitempty"`
	ServerDelayMax milliseconds `json:"server_delay_max_ms,omitempty"`
}

type jitter struct {
	Add    milliseconds `json:"add_ms,omitempty"`
	Spread float64      `json:"spread,omitempty"`
	Full   bool         `json:"full,omitempty"`
}

func newPolicy(p *classify.Policy) policy {
	own := policy{
		Name: p.Name, Growth: p.Growth.String(), Base: milliseconds(p.Base), Factor: p.Factor, Max: milliseconds(p.Max), First: milliseconds(p.First),
		Retries: p.Retries, Within: milliseconds(p.Within), ServerDelayMax: milliseconds(p.ServerDelayMax),
	}
	if p.Jitter != (classify.Jitter{}) {
		own.Jitter = &jitter{milliseconds(p.Jitter.Add), p.Jitter.Spread, p.Jitter.Full}
	}
	return own
}

// shared are the policies of a catalog, each once, in the order in which entries
// name them.
type shared struct {
	policies []*classify.Policy
	index    map[classify.Policy]int
}

func newShared(c *classify.Catalog) *shared {
	s := &shared{index: make(map[classify.Policy]int)}
	for _, entries := range [][]classify.Entry{c.Codes, c.Prefixes, c.Statuses, c.Classes, c.Transport} {
		for i := range entries {
			s.add(&entries[i])
		}
	}
	for _, e := range []*classify.Entry{c.Unknown, c.Unrecognised} {
		if e != nil {
			s.add(e)
		}
	}
	return s
}

// add adds the policies of an entry.
func (s *shared) add(e *classify.Entry) {
	s.addPolicy(e.Policy)
	for _, o := range e.ByOperation {
		s.addPolicy(o.Policy)
	}
}

func (s *shared) addPolicy(p *classify.Policy) {
	if p == nil {
		return
	}
	if _, ok := s.index[*p]; !ok {
		s.index[*p] = len(s.policies)
		s.policies = append(s.policies, p)
	}
}

// at returns the index of a policy; nil for none.
func (s *shared) at(p *classify.Policy) *int {
	if p == nil {
		return nil
	}
	i := s.index[*p]
	return &i
}

// row is what the catalog says about one code, prefix, status, class or failure,
// or about everything else.
type row struct {
	Code string `json:"code"`
	say
	Effect    string     `json:"effect,omitempty"` // maybe, or not there
	Statuses  []uint16   `json:"statuses,omitempty"`
	Retired   bool       `json:"retired,omitempty"`
	Meaning   string     `json:"meaning,omitempty"`
	Overrides []override `json:"overrides,omitempty"`
}

// override is the whole say of an entry in one operation.
type override struct {
	Operation classify.Operation `json:"operation"`
	say
}

// say is the part of a row that can differ by operation.
type say struct {
	Action   string            `json:"action"`
	Category classify.Category `json:"category,omitempty"`
	Policy   *int              `json:"policy,omitempty"` // among the policies, from 0
	Fix      string            `json:"fix,omitempty"`
}

func (s *shared) newRow(e classify.Entry) row {
	own := row{
		Code: e.Code, say: say{e.Action.String(), e.Category, s.at(e.Policy), e.Fix},
		Statuses: e.Statuses, Retired: e.Retired, Meaning: e.Meaning,
	}
	if e.Effect == classify.EffectMaybe {
		own.Effect = "maybe"
	}
	for _, o := range e.ByOperation {
		own.Overrides = append(own.Overrides, override{o.Operation, say{o.Action.String(), o.Category, s.at(o.Policy), o.Fix}})
	}
	return own
}

// decimal writes n divided by a power of ten with no more digits than it takes.
func decimal(n, by int64) string {
	if n%by == 0 {
		return fmt.Sprint(n / by)
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := len(fmt.Sprint(by)) - 1
	return strings.TrimRight(fmt.Sprintf("%s%d.%0*d", sign, n/by, digits, n%by), "0")
}
