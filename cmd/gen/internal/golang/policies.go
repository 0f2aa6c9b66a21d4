package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errkb/errkb/classify"
)

// policies are the waiting rules that a table uses, each once.
type policies struct {
	all    []classify.Policy
	places map[classify.Policy]int
}

// place returns the position of a policy, which it takes in if it is new.
func (p *policies) place(policy *classify.Policy) int {
	if place, ok := p.places[*policy]; ok {
		return place
	}
	if p.places == nil {
		p.places = make(map[classify.Policy]int)
	}
	p.places[*policy] = len(p.all)
	p.all = append(p.all, *policy)
	return len(p.all) - 1
}

// policiesVar is what the entries written so far wait by, or nil for nothing. It
// is an array, so that an address in it is static data.
//
//	var policies = [...]classify.Policy{
//		{Name: "slot", Base: 5 * time.Second, Retries: 3},
//	}
func (p *pkg) policiesVar() *declaration {
	if len(p.policies.all) == 0 {
		return nil
	}
	return commented("policies are the waiting rules of the rows below.").
		above(jen.Var().Id("policies").Op("=").Index(jen.Op("...")).
			Add(runtime("Policy"), lines(each(p.policies.all, policy)...)))
}

func policy(p classify.Policy) jen.Code {
	var f fields
	f.text("Name", p.Name)
	if p.Growth != classify.Constant {
		f.add("Growth", runtime(growths[p.Growth]))
	}
	f.duration("Base", p.Base)
	f.float("Factor", p.Factor)
	if p.Jitter != (classify.Jitter{}) {
		var jitter fields
		jitter.duration("Add", p.Jitter.Add)
		jitter.float("Spread", p.Jitter.Spread)
		jitter.flag("Full", p.Jitter.Full)
		f.add("Jitter", runtime("Jitter").Add(jitter.row()))
	}
	f.duration("Max", p.Max)
	f.duration("First", p.First)
	if p.Retries == classify.Unlimited {
		f.add("Retries", runtime("Unlimited"))
	} else {
		f.number("Retries", p.Retries)
	}
	f.duration("Within", p.Within)
	f.duration("ServerDelayMax", p.ServerDelayMax)
	return f.row()
}
