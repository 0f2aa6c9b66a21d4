package table

import (
	"fmt"
	"strings"

	"github.com/errkb/errkb/classify"
)

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
	for _, o := range c.Overrides {
		s.addPolicy(o.Policy)
	}
	return s
}

// add adds the policies of an entry.
func (s *shared) add(e *classify.Entry) {
	s.addPolicy(e.Policy)
	for _, v := range e.Variants {
		s.addPolicy(v.Policy)
	}
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
	Effect      string               `json:"effect,omitempty"` // maybe, or not there
	Statuses    []uint16             `json:"statuses,omitempty"`
	Retired     bool                 `json:"retired,omitempty"`
	Meaning     string               `json:"meaning,omitempty"`
	URL         string               `json:"url,omitempty"`
	Operations  []classify.Operation `json:"operations,omitempty"`
	Delays      []delay              `json:"delays,omitzero"`
	Variants    []variant            `json:"variants,omitempty"`
	ByOperation []byOperation        `json:"by_operation,omitempty"`
}

// say is what an entry says to do.
type say struct {
	Action   string            `json:"action"`
	Category classify.Category `json:"category,omitempty"`
	Policy   *int              `json:"policy,omitempty"` // among the policies, from 0
	Fix      string            `json:"fix,omitempty"`
}

// variant is the whole say of an entry in some replies.
type variant struct {
	When []test `json:"when"`
	say
	Effect  string  `json:"effect,omitempty"`
	Meaning string  `json:"meaning,omitempty"`
	Delays  []delay `json:"delays,omitzero"`
}

// byOperation is the whole say of an entry in one operation.
type byOperation struct {
	Operation classify.Operation `json:"operation"`
	say
}

// override is what the server itself says to do. What is not there is as the entry
// says.
type override struct {
	When     []test            `json:"when"`
	Action   string            `json:"action,omitempty"`
	Category classify.Category `json:"category,omitempty"`
	Policy   *int              `json:"policy,omitempty"`
	Fix      string            `json:"fix,omitempty"`
	Delays   []delay           `json:"delays,omitzero"`
}

func (s *shared) newRow(e classify.Entry) row {
	own := row{
		Code: e.Code, say: say{e.Action.String(), e.Category, s.at(e.Policy), e.Fix}, Effect: effect(e.Effect),
		Statuses: e.Statuses, Retired: e.Retired, Meaning: e.Meaning, URL: e.URL, Operations: e.Operations,
		Delays: newDelays(e.Delays),
	}
	for _, v := range e.Variants {
		own.Variants = append(own.Variants, variant{
			When: newTests(v.When), say: say{v.Action.String(), v.Category, s.at(v.Policy), v.Fix},
			Effect: effect(v.Effect), Meaning: v.Meaning, Delays: newDelays(v.Delays),
		})
	}
	for _, o := range e.ByOperation {
		own.ByOperation = append(own.ByOperation, byOperation{o.Operation, say{o.Action.String(), o.Category, s.at(o.Policy), o.Fix}})
	}
	return own
}

func (s *shared) newOverride(o classify.Override) override {
	own := override{When: newTests(o.When), Category: o.Category, Policy: s.at(o.Policy), Fix: o.Fix, Delays: newDelays(o.Delays)}
	if o.Sets {
		own.Action = o.Action.String()
	}
	return own
}

// effect returns maybe, or nothing.
func effect(e classify.Effect) string {
	if e == classify.EffectMaybe {
		return "maybe"
	}
	return ""
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
