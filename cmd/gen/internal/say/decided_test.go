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
		retry   string
		answer  string
	}{
		{classify.EffectMaybe, "Check first: the request may have taken effect, and must not be sent twice", "Only if it is certain that the request was not carried out, or if sending it twice does no harm.", "Please check whether the request was carried out before you send it again. The call to got no answer."},
		{classify.EffectNone, "Wait and retry: wait 1 s", "Yes: wait 1 s first.", "You don't need to do anything yet: the program waits and sends the request again. No connection was opened, so nothing was sent."},
	} {
		d.Effect = test.effect
		if got := English.Decide(e, d); got.Verdict != test.verdict || got.Retry != test.retry || got.Answer != test.answer {
			t.Errorf("%s: got %q, %q and %q, want %q, %q and %q", test.effect, got.Verdict, got.Retry, got.Answer, test.verdict, test.retry, test.answer)
		}
	}
}
