package say

import (
	"strings"
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

// TestOpen wants the verdict to be that of the decision where nobody knows the operation, which
// may be one that must not be sent twice, and below it what the entry says of each. A draft
// names the status itself.
func TestOpen(t *testing.T) {
	api := shop()
	policy := &classify.Policy{Base: time.Second, Retries: 3}
	e := &model.Entry{API: api, Kind: classify.KindStatusClass, Code: "5xx", Action: classify.Retry, Effect: classify.EffectMaybe, Policy: policy, Fix: "Look", Operations: []string{"buy", "look"}, Answer: "It passes."}
	d := classify.Decision{Action: classify.Retry, Effect: classify.EffectMaybe, Policy: policy, Status: 502}
	if said := English.Decide(e, d); said.Verdict != English.Say(checkFirst) || said.Retry != "" || said.Answer != "" {
		t.Errorf("in an operation that is not known: %+v", said)
	}
	d.Operation = "buy"
	if said := English.Decide(e, d); said.Verdict != English.Say(checkFirst) || !strings.Contains(said.Answer, "status 502.") {
		t.Errorf("in one that must not be sent twice: %+v", said)
	}
	d.Operation = ""
	e.Operations = []string{"buy"}
	if said := English.Decide(e, d); said.Verdict != English.Verdict(e) || said.Retry == "" {
		t.Errorf("where all must not be sent twice: %+v", said)
	}
}

// TestOnly wants an author's fix to count only for what was not carried out, wherever the
// verdict is to check first, but for a fix that is written for the operation.
func TestOnly(t *testing.T) {
	const only = "Only if it was not carried out:"
	policy := &classify.Policy{Base: time.Second, Retries: 3}
	e := &model.Entry{API: shop(), Kind: classify.KindStatusClass, Code: "5xx", Action: classify.Retry, Effect: classify.EffectMaybe, Policy: policy, Fix: "Retry", Operations: []string{"buy", "look"}}
	bought := func(fix string) *model.Entry {
		return e.InOperation(model.Override{Operation: "buy", Action: e.Action, Policy: policy, Fix: fix})
	}
	for name, test := range map[string]struct {
		entry *model.Entry
		want  string
	}{
		"some operations":       {e, ""},
		"one that is sent once": {bought("Retry"), only},
		"one with another fix":  {bought("Look for the order first"), ""},
		"without a fix":         {bought(""), ""},
	} {
		if got := English.Only(test.entry); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	d := classify.Decision{Action: classify.Retry, Effect: classify.EffectMaybe, Policy: policy, Status: 502}
	for operation, want := range map[classify.Operation]string{"": only, "buy": only} {
		d.Operation = operation
		if got := English.Decide(e, d).Only; got != want {
			t.Errorf("a decision in %q: got %q, want %q", operation, got, want)
		}
	}
	d.Effect = classify.EffectNone
	if got := English.Decide(e, d).Only; got != "" {
		t.Errorf("a request that did nothing: got %q", got)
	}
}
