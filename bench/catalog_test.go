package bench

import (
	"errors"

	"github.com/errkb/errkb/classify"
)

const solve classify.Operation = "solve"

// noWait retries at once, so that a benchmark measures the loop and no sleep.
var noWait = &classify.Policy{Name: "no-wait", Retries: 3}

// noted notes what holds of a table, as generated ones have it.
func noted(c *classify.Catalog) *classify.Catalog {
	c.Facts, c.Plan = classify.FactsOf(c), classify.PlanOf(c)
	return c
}

// byStatus is an API that tells everything by the HTTP status.
var byStatus = noted(&classify.Catalog{
	Name:      "bystatus",
	Endpoints: []classify.Endpoint{{Operation: solve, Repeatable: true}},
	Delays:    []classify.Delay{{Header: "Retry-After"}},
	Statuses:  []classify.Entry{{Kind: classify.KindStatus, Number: 429, Code: "429", Action: classify.Retry, Policy: noWait}},
	Classes: []classify.Entry{
		{Kind: classify.KindStatusClass, Number: 2, Code: "2xx", Action: classify.OK},
		{Kind: classify.KindStatusClass, Number: 5, Code: "5xx", Action: classify.Retry, Policy: noWait},
	},
})

// onceOnly is an API whose one operation must not be repeated where it may have
// taken effect.
var onceOnly = &classify.Catalog{
	Name:      "onceonly",
	Endpoints: []classify.Endpoint{{Operation: "charge"}},
	Classes:   []classify.Entry{{Kind: classify.KindStatusClass, Number: 5, Code: "5xx", Action: classify.Retry, Policy: noWait, Effect: classify.EffectMaybe}},
}

// byBody is an API that tells success in its JSON bodies, under any status.
var byBody = noted(&classify.Catalog{
	Name:      "bybody",
	Endpoints: byStatus.Endpoints,
	Forms: []classify.Form{{
		Syntax: classify.JSON,
		OK:     []classify.Test{{At: classify.Path{"success"}, Values: []classify.Scalar{{Type: classify.Bool, Text: "true"}}}},
		Code:   []classify.Path{{"code"}},
	}},
	Classes: byStatus.Classes,
})

// errBusy is the error that a call fails with where the libraries treat every
// error alike; errBusyReply is the same as a reply that errkb decides about.
var (
	errBusy            = errors.New("busy")
	errBusyReply error = &classify.ReplyError{Reply: classify.Reply{Status: 503, Operation: solve}}
)
