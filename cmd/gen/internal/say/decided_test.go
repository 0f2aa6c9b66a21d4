package say

import (
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestUnsent tells of a call that was not sent in other words than of one that may have been.
func TestUnsent(t *testing.T) {
	slot := &classify.Policy{Base: time.Second, Retries: 1}
	e := &model.Entry{API: shop(), Kind: classify.KindTransport, Code: "connection", Action: classify.Retry, Policy: slot, Effect: classify.EffectMaybe, Answer: "It may be paid."}
	d := classify.Decision{Action: classify.Retry, Policy: slot, Effect: classify.EffectMaybe}
	for _, test := range []struct {
		effect  classify.Effect
		verdict string
		answer  string
	}{
		{classify.EffectMaybe, "Check first: the request may have taken effect, and must not be sent twice", "Please check whether the request was carried out before you send it again. The call to got no answer."},
		{classify.EffectNone, "Wait and retry: wait 1 s", "You don't need to do anything yet: the program waits and sends the request again. No connection was opened, so nothing was sent."},
	} {
		d.Effect = test.effect
		if got := English.Decide(e, d); got.Verdict != test.verdict || got.Answer != test.answer {
			t.Errorf("%s: got %q and %q, want %q and %q", test.effect, got.Verdict, got.Answer, test.verdict, test.answer)
		}
	}
}
