package say

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestAdvice(t *testing.T) {
	api := shop()
	slot := &classify.Policy{Base: 5 * time.Second, Jitter: classify.Jitter{Add: time.Second}, Retries: 1, Within: time.Minute}
	poll := &classify.Policy{Base: 5 * time.Second, Jitter: classify.Jitter{Full: true}, Retries: classify.Unlimited, Within: time.Minute}
	spread := &classify.Policy{Base: 5 * time.Second, Jitter: classify.Jitter{Spread: 0.2}, Retries: classify.Unlimited, ServerDelayMax: time.Hour}
	both, one := []string{"buy", "look"}, []string{"buy"}
	type advice struct{ Retry, Stop, Server, Effect, Client string }
	for _, test := range []struct {
		name  string
		entry model.Entry
		want  advice
	}{
		{"fail", model.Entry{Action: classify.Fail, Operations: both}, advice{
			"No. Repeating the same request does not help until something has changed.", "", "",
			"The request was not carried out.",
			"The client stops at once and reports this error. It never sends the request again.",
		}},
		{"unknown", model.Entry{Kind: classify.KindUnknown, Action: classify.Fail}, advice{
			"No. Repeating the same request does not help until something has changed.", "", "", "",
			"The client stops at once and reports this error. It never sends the request again.",
		}},
		{"account", model.Entry{Action: classify.FixAccount}, advice{
			"No, not until the account is in order.", "", "", "The request was not carried out.",
			"The client stops at once and reports this error. It can't put the account right.",
		}},
		{"ok", model.Entry{Action: classify.OK}, advice{"There is nothing to retry.", "", "", "", "The client returns the result."}},
		{"no policy", model.Entry{Action: classify.Retry}, advice{
			"No. The catalog allows no retry.", "", "", "The request was not carried out.", "The client stops at once and reports this error.",
		}},
		{"retry", model.Entry{Action: classify.Retry, Policy: slot, Operations: both}, advice{
			"Yes: 1 retry, after 5 to 6 s, for at most 1 min.",
			"Give up after 1 retry. Give up if the next retry would be sent more than 1 min after the first try.",
			"If the answer names a wait, in the header Retry-After, it replaces the wait in the table, and a random part of up to 1 s is added. A wait of zero does not count. If the answer names more than 5 min, give up.",
			"The request was not carried out.",
			"The client waits and sends the request again: 1 retry, after 5 to 6 s, for at most 1 min. If the last try fails too, it gives up and reports this error.",
		}},
		{"held back in one", model.Entry{Action: classify.Retry, Policy: slot, Operations: both, Effect: classify.EffectMaybe}, advice{
			"Yes, but not automatically for “Buy a thing”: 1 retry, after 5 to 6 s, for at most 1 min. Before sending “Buy a thing” again, find out whether it was carried out.",
			"Give up after 1 retry. Give up if the next retry would be sent more than 1 min after the first try.",
			"If the answer names a wait, in the header Retry-After, it replaces the wait in the table, and a random part of up to 1 s is added. A wait of zero does not count. If the answer names more than 5 min, give up.",
			"The request may have been carried out all the same.",
			"The client waits and sends the request again: 1 retry, after 5 to 6 s, for at most 1 min. If the last try fails too, it gives up and reports this error. It does not send “Buy a thing” again: the first request may have been carried out, and a second one would do it twice.",
		}},
		{"held back in all", model.Entry{Action: classify.Retry, Policy: spread, Operations: one, Effect: classify.EffectMaybe}, advice{
			"Only if it is certain that the request was not carried out, or if sending it twice does no harm: every 4 to 6 s, with no limit.",
			"There is no limit on the number of retries.",
			"If the answer names a wait, in the header Retry-After, it replaces the wait in the table, and a random part of up to 20 % is added. A wait of zero does not count. If the answer names more than 1 h, give up.",
			"The request may have been carried out all the same.",
			"The client stops at once and reports this error: the request may have been carried out, and a second one would do it twice.",
		}},
		{"poll", model.Entry{Action: classify.WaitPoll, Policy: poll, Operations: both}, advice{
			"Yes: every 0 to 5 s for at most 1 min.",
			"Give up if the next poll would be sent more than 1 min after the first one.",
			"If the answer names a wait, in the header Retry-After, it replaces the wait in the table, and a random part of up to the wait in the table is added. A wait of zero does not count. If the answer names more than 5 min, give up.",
			"",
			"The client waits and asks again: every 0 to 5 s for at most 1 min. Then it gives up and reports that the result is not ready.",
		}},
		{"resubmit", model.Entry{Action: classify.Resubmit, Policy: slot, Operations: both}, advice{
			"Yes: 1 new task, after 5 to 6 s, for at most 1 min.",
			"Give up after 1 new task. Give up if the next task would be submitted more than 1 min after the first.",
			"If the answer names a wait, in the header Retry-After, it replaces the wait in the table, and a random part of up to 1 s is added. A wait of zero does not count. If the answer names more than 5 min, give up.",
			"",
			"The client drops the task and starts a new one with the same input: 1 new task, after 5 to 6 s, for at most 1 min. If the last one fails too, it gives up and reports this error.",
		}},
	} {
		e := &test.entry
		e.API = api
		got := advice{English.RetryAdvice(e), English.RetryStop(e), English.DelayRule(e).String(), English.EffectAdvice(e), English.ClientAdvice(e).String()}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestVerdict holds the verdict on what may have been carried out against that on the
// same where it was not, or can be repeated.
func TestVerdict(t *testing.T) {
	policy := &classify.Policy{Base: time.Second, Retries: 1}
	wait := []string{"Wait and retry", "Wait, then send the same request again."}
	first := []string{string(checkFirst), string(checkFirst) + "."}
	for _, test := range []struct {
		name  string
		entry model.Entry
		want  []string
	}{
		{"not carried out", model.Entry{Action: classify.Retry, Policy: policy, Operations: []string{"buy"}}, wait},
		{"repeatable", model.Entry{Action: classify.Retry, Policy: policy, Operations: []string{"look"}, Effect: classify.EffectMaybe}, wait},
		{"one of two", model.Entry{Action: classify.Retry, Policy: policy, Operations: []string{"buy", "look"}, Effect: classify.EffectMaybe}, wait},
		{"held back", model.Entry{Action: classify.Retry, Policy: policy, Operations: []string{"buy"}, Effect: classify.EffectMaybe}, first},
	} {
		e := &test.entry
		e.API = shop()
		if got := English.Remedy(e); (got == English.CheckEffect()) != (test.name == "held back") {
			t.Errorf("%s: without a fix, %q", test.name, got)
		}
		if diff := cmp.Diff(test.want, []string{English.Verdict(e), English.EntryAdvice(e)}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
