package classify

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// A plan has each place once, up to its first *, whoever asks for it.
func TestPlanOf(t *testing.T) {
	at := func(path ...string) Test { return Test{Kind: Present, At: path} }
	c := &Catalog{
		Forms: []Form{
			{Syntax: Text, Code: []Path{{"text"}}},
			{Syntax: JSON, In: InSSE, Code: []Path{{"event"}}},
			{Syntax: JSON, In: InString, Inside: Path{"inside"}, Code: []Path{{"hidden"}}},
			{Syntax: JSON, OK: []Test{at("ok")}, Fail: []Test{at("fail")}, Code: []Path{{"errors", "*", "code"}, {"error", "code"}}},
			{Syntax: JSON, OK: []Test{at("ok")}, Code: []Path{{"errors", "*", "reason"}, {"*", "code"}, {"errors"}, {"error"}}, Message: []Path{{"message"}}},
		},
		Overrides: []Override{{When: []Test{{Kind: Not, Tests: []Test{{Kind: All, Tests: []Test{at("when"), {Kind: StatusIs}}}}}}}},
		Delays:    []Delay{{Header: "Retry-After"}, {Code: "WAIT_"}, {At: Path{"error", "wait"}}},
	}
	want := []Path{{"inside"}, {"fail"}, {"ok"}, {"errors"}, {"error", "code"}, nil, {"error"}, {"when"}, {"error", "wait"}}
	plan := PlanOf(c)
	if len(plan.Targets) != len(want) {
		t.Fatalf("there are %d targets, want %d: %v", len(plan.Targets), len(want), plan.Targets)
	}
	for k, target := range plan.Targets {
		if !slices.Equal(target.Path, want[k]) || len(target.Brief) != len(want[k]) {
			t.Errorf("target %d is %v, want %v", k, target, want[k])
		}
		for i, name := range target.Path {
			if brief := briefly(name); target.Brief[i] != brief || plan.Names[nameHash(brief)]>>k&1 == 0 {
				t.Errorf("%q of target %d is not found by its word", name, k)
			}
		}
	}
}

// What a reply says does not hang on a plan.
func TestPlanChangesNothing(t *testing.T) {
	alone(t)
	r := rand.New(rand.NewPCG(1, 2))
	places := scanPlaces()
	for range 300 {
		r.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
		test := func(i int) []Test {
			return []Test{{Kind: TestKind(r.IntN(3)), At: places[i], Values: []Scalar{{Type: Number, Text: "12"}, {Text: "X"}}}}
		}
		c := indexed(&Catalog{
			Forms: []Form{
				{Syntax: JSON, OK: test(0), Code: slices.Clone(places[1:4])},
				{Syntax: JSON, Fail: test(1), OK: test(2), Code: slices.Clone(places[3:5])},
			},
			Codes:  []Entry{{Code: "X"}, {Code: "a", Action: Retry, Policy: &Policy{Retries: 1}}},
			Delays: []Delay{{At: places[5]}, {At: places[2]}},
		})
		planned := *c
		planned.Plan = PlanOf(c)
		for range 20 {
			var body bytes.Buffer
			randomJSON(r, &body, 4)
			reply := Reply{Status: 200 + 200*r.IntN(2), Body: body.Bytes()}
			got, want := planned.Classify(reply), c.Classify(reply)
			if got.catalog = c; got != want {
				t.Fatalf("%s: %+v with a plan, want %+v", body.Bytes(), got, want)
			}
		}
	}
}
