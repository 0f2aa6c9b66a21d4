package say

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestPath(t *testing.T) {
	entry := func(code string, a classify.Action, escalate string) *model.Entry {
		return &model.Entry{API: shop(), Code: code, Action: a, Escalate: escalate}
	}
	retired := entry("OLD", classify.Fail, "Never.")
	retired.Retired = &model.Retired{}
	type step struct {
		Text  string
		Codes []string
	}
	codes := func(steps []PathStep) []step {
		var all []step
		for _, s := range steps {
			one := step{Text: s.Text}
			for _, e := range s.Entries {
				one.Codes = append(one.Codes, e.Code)
			}
			all = append(all, one)
		}
		return all
	}
	for _, test := range []struct {
		name             string
		who              string
		entries          []*model.Entry
		acts, escalation []step
	}{
		{"no entries", "developer", nil, nil, nil},
		{"one step", "client", []*model.Entry{entry("A", classify.OK, "")}, nil, nil},
		{"somebody acts", "developer", []*model.Entry{entry("A", classify.Fail, ""), retired}, []step{{"Stop", []string{"A"}}}, nil},
		{"escalated", "client",
			[]*model.Entry{entry("A", classify.OK, "When it is wrong"), entry("B", classify.OK, ""), entry("C", classify.Fail, "When it is wrong."), entry("D", classify.Fail, "Always.")},
			[]step{{"Use the result", []string{"A", "B"}}, {"Stop", []string{"C", "D"}}},
			[]step{{"It is wrong.", []string{"A", "C"}}, {"Always.", []string{"D"}}}},
	} {
		got := English.Path(&model.Category{Who: test.who}, test.entries)
		if diff := cmp.Diff([][]step{test.acts, test.escalation}, [][]step{codes(got.Acts), codes(got.Escalation)}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
