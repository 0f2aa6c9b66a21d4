package say

import (
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestOperationTitles requires that no sentence names an operation by its key, in any
// language.
func TestOperationTitles(t *testing.T) {
	api := &model.API{Title: "Shop", Operations: []*model.Operation{
		{Name: "buy_thing", Title: "Buy a\nthing"}, {Name: "look_up", Title: "Look around", Repeatable: true},
	}}
	e := &model.Entry{API: api, Kind: classify.KindStatusClass, Code: "5xx", Action: classify.Retry, Effect: classify.EffectMaybe,
		Policy: &classify.Policy{Base: time.Second, Retries: 2}, Operations: []string{"buy_thing", "look_up"}}
	when := []classify.Test{{Kind: classify.OperationIs, Operations: []classify.Operation{"buy_thing", "look_up"}}}
	for _, l := range Languages() {
		texts := map[string]string{
			"advice": l.RetryAdvice(e), "rule": l.RetryRuleOf(e), "client": l.ClientAdvice(e).String(), "when": l.When(api, when).String(),
			"where": l.Operations(api, e.Operations).String(),
		}
		for _, answer := range l.Answers(e) {
			texts["answer to "+map[bool]string{true: "others", false: "the client's"}[answer.Own]] = answer.Text
		}
		for name, text := range texts {
			if !strings.Contains(text, "Buy a thing") || strings.Contains(text, "buy_thing") || strings.Contains(text, "look_up") {
				t.Errorf("%s, %s: %s", l.tag, name, text)
			}
		}
	}
	if got := English.Operation(api, "sell"); len(got) != 1 || !got[0].Wire || got[0].Text != "sell" {
		t.Errorf("an operation that the API does not have is named %v", got)
	}
}
