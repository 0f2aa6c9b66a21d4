package check_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestFacts looks at what is taken over from the spec, or follows from another part of it.
func TestFacts(t *testing.T) {
	catalog, problems := check.Load("s.yaml", []byte(`format: 1
categories:
  broken: {action: fail}
policies:
  once: {base: 1s, within: 1s}
apis:
  shop:
    links: [{title: Guide, url: "https://example.com/guide"}]
    faq: [{question: Why, answer: Because}]
    operations:
      get: {method: get}
      pay: {method: POST}
      charge: {method: POST, repeatable: true}
      drop: {method: DELETE, repeatable: false}
    statuses: {404: {category: broken, fix: Look}, 5xx: {category: broken, fix: Call}}
    reply: [{json: {code: [/code]}}]
    codes:
      A: {status: 500, category: broken, meaning: m, fix: f, variants: [{when: {present: /a}, processed: no}, {when: {present: /b}, processed: maybe}, {when: {present: /c}, meaning: n}]}
      B: {status: 499, category: broken, meaning: m, fix: f, variants: [{when: {present: /a}, processed: maybe}]}
`))
	if catalog == nil {
		t.Fatal(problems)
	}
	shop := catalog.APIs[0]
	repeatable := map[string]bool{}
	for _, op := range shop.Operations {
		repeatable[op.Name] = op.Repeatable
	}
	var effects [][]classify.Effect
	for _, e := range shop.Codes {
		of := []classify.Effect{e.Effect}
		for _, v := range e.Variants {
			of = append(of, v.Effect)
		}
		effects = append(effects, of)
	}
	const none, maybe = classify.EffectNone, classify.EffectMaybe
	for _, c := range []struct {
		name      string
		want, got any
	}{
		{"links", []model.Link{{Title: "Guide", URL: "https://example.com/guide"}}, shop.Links},
		{"questions", []model.Question{{Question: "Why", Answer: "Because"}}, shop.FAQ},
		{"repeatable", map[string]bool{"get": true, "pay": false, "charge": true, "drop": false}, repeatable},
		{"statuses of a status", []int{404}, shop.Statuses[0].Statuses},
		{"an operation in Python", "PAY", shop.Operations[1].Python},
		{"an operation in TypeScript", "Pay", shop.Operations[1].Member},
		{"languages of a spec without overlays", []model.Edition(nil), catalog.Editions},
		{"effects", [][]classify.Effect{{maybe, none, maybe, maybe}, {none, maybe}}, effects},
		{"statuses of a class", []int(nil), shop.Classes[0].Statuses},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
