package table

import (
	"cmp"
	"time"

	"github.com/errkb/errkb/classify"
)

// form is how to read a reply.
type form struct {
	Syntax  string          `json:"syntax"`
	In      string          `json:"in,omitempty"`
	Inside  classify.Path   `json:"inside,omitempty"`
	OK      []test          `json:"ok,omitempty"`
	Fail    []test          `json:"fail,omitempty"`
	Code    []classify.Path `json:"code,omitempty"`
	Message []classify.Path `json:"message,omitempty"`
	After   string          `json:"after,omitempty"`
	Before  string          `json:"before,omitempty"`
	None    []string        `json:"none,omitempty"`
}

var wrappingNames = [...]string{classify.InBody: "", classify.InSSE: "sse", classify.InNDJSON: "ndjson", classify.InString: "string"}

func newForm(f classify.Form) form {
	return form{
		Syntax: f.Syntax.String(), In: wrappingNames[f.In], Inside: f.Inside, OK: newTests(f.OK), Fail: newTests(f.Fail),
		Code: places(f.Code), Message: places(f.Message), After: f.After, Before: f.Before, None: f.None,
	}
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

// test is a question about a reply.
type test struct {
	Kind       string               `json:"kind"`
	At         classify.Path        `json:"at,omitempty"`
	Header     string               `json:"header,omitempty"`
	Values     [][2]string          `json:"values,omitempty"` // type and text
	Prefix     []string             `json:"prefix,omitempty"`
	Text       string               `json:"text,omitempty"`
	Status     []int                `json:"status,omitempty"`
	Operations []classify.Operation `json:"operations,omitempty"`
	Tests      []test               `json:"tests,omitempty"`
}

var testNames = [...]string{
	classify.Equals: "equals", classify.Present: "present", classify.Absent: "absent", classify.PrefixIs: "prefix",
	classify.HeaderEquals: "header", classify.StatusIs: "status", classify.Contains: "contains", classify.BodyContains: "body_contains",
	classify.HeaderPresent: "header_present", classify.HeaderPrefix: "header_prefix", classify.OperationIs: "operation",
	classify.All: "all", classify.Any: "any", classify.Not: "not",
}

var scalarNames = [...]string{classify.String: "string", classify.Number: "number", classify.Bool: "bool"}

func newTests(tests []classify.Test) []test {
	var own []test
	for _, t := range tests {
		question := test{
			Kind: testNames[t.Kind], At: t.At, Header: t.Header, Prefix: t.Prefix, Text: t.Text, Status: t.Status,
			Operations: t.Operations, Tests: newTests(t.Tests),
		}
		for _, value := range t.Values {
			question.Values = append(question.Values, [2]string{scalarNames[value.Type], value.Text})
		}
		own = append(own, question)
	}
	return own
}

// delay is where the server may say how long to wait: a header field, a member of a
// JSON body, or the rest of the code.
type delay struct {
	Header  string        `json:"header,omitempty"`
	At      classify.Path `json:"at,omitempty"`
	Code    string        `json:"code,omitempty"`
	Unit    milliseconds  `json:"unit_ms"`
	As      string        `json:"as,omitempty"`
	Decimal bool          `json:"decimal,omitempty"`
}

var delayNames = [...]string{classify.AsDelay: "", classify.AsTime: "time", classify.AsRateLimit: "ratelimit"}

func newDelay(d classify.Delay) delay {
	return delay{d.Header, d.At, d.Code, milliseconds(cmp.Or(d.Unit, time.Second)), delayNames[d.As], d.Decimal}
}

// place is where a reply says something beside the code.
type place struct {
	Header string        `json:"header,omitempty"`
	JSON   classify.Path `json:"json,omitzero"`
	XML    classify.Path `json:"xml,omitempty"`
}

func newPlace(p classify.Place) place { return place(p) }

// newDelays keeps an empty list, which stands for no place at all, from none.
func newDelays(delays []classify.Delay) []delay {
	if delays == nil {
		return nil
	}
	own := make([]delay, len(delays))
	for i, d := range delays {
		own[i] = newDelay(d)
	}
	return own
}
