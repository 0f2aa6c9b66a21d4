package say

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestDraft(t *testing.T) {
	api := shop()
	api.Title, api.Operations[0].Title = "Shop", "Buy"
	slot := &classify.Policy{Base: time.Second, Retries: 1}
	entry := func(kind classify.Kind, code string, a classify.Action, p *classify.Policy) model.Entry {
		return model.Entry{API: api, Kind: kind, Code: code, Action: a, Policy: p, Meaning: "all is  lost", Fix: "use `x`\n", Operations: []string{"buy", "look"}}
	}
	held := entry(classify.KindStatusClass, "5xx", classify.Retry, slot)
	held.Effect, held.Operations = classify.EffectMaybe, []string{"buy"}
	once := held
	once.Operations = []string{"buy", "look"}
	long := entry(classify.KindCode, "A", classify.Fail, nil)
	long.Fix = "First this.\n\nThen that."
	internal := entry(classify.KindCode, "LOST_CARD", classify.Fail, nil)
	internal.Category = &model.Category{Who: "support"}
	for _, test := range []struct {
		entry model.Entry
		want  string
	}{
		{entry(classify.KindCode, "A", classify.Fail, nil),
			"Please don't send the same request again unchanged: it would fail in the same way. Use x. Shop answered with A. All is lost."},
		{long, "Please don't send the same request again unchanged: it would fail in the same way. Shop answered with A. All is lost."},
		{entry(classify.KindCode, "", classify.FixAccount, nil),
			"Please see to the account before the request is sent again. Use x. Shop answered with an empty code. All is lost."},
		{entry(classify.KindStatus, "200", classify.OK, nil), "Nothing needs to be done: the request succeeded. Use x."},
		{entry(classify.KindStatus, "429", classify.Retry, slot),
			"You don't need to do anything yet: the program waits and sends the request again. Shop answered with status 429. All is lost."},
		{internal, "Please don't send the same request again unchanged: it would fail in the same way. Shop answered with LOST_CARD."},
		{held, "Please check whether the request was carried out before you send it again. Shop answered with status 5xx. All is lost."},
		{once, "You don't need to do anything yet: the program waits and sends the request again. " +
			"It does not do so for “Buy”: check first whether that was carried out. Shop answered with status 5xx. All is lost."},
		{entry(classify.KindStatus, "429", classify.Retry, nil), "Please try again later. Shop answered with status 429. All is lost."},
		{entry(classify.KindTransport, "dns", classify.Resubmit, slot),
			"You don't need to do anything yet: the program starts a new task. The call to Shop got no answer. All is lost."},
		{entry(classify.KindUnknown, "unknown", classify.WaitPoll, slot),
			"You don't need to do anything: the result is not ready yet, and the program asks again. We don't know this answer of Shop yet."},
	} {
		if diff := cmp.Diff(test.want, English.Answers(&test.entry)[0].Text); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", test.entry.Kind, test.entry.Code, diff)
		}
	}
}

// A customer whose program is not the client is promised nothing that the client does.
func TestDraftOwn(t *testing.T) {
	api := shop()
	api.Title = "Shop"
	api.Operations[0].Title = "Buy"
	quiet := &model.API{Title: "Quiet", Operations: api.Operations}
	slot := &classify.Policy{Base: 3 * time.Second, Growth: classify.Linear, Retries: 2}
	once := &classify.Policy{Base: time.Second, Retries: 1, Within: time.Minute}
	poll := &classify.Policy{Base: 5 * time.Second, Retries: classify.Unlimited, Within: 2 * time.Minute}
	now := &classify.Policy{Retries: 3}
	entry := func(a classify.Action, p *classify.Policy) *model.Entry {
		return &model.Entry{API: api, Kind: classify.KindCode, Code: "A", Action: a, Policy: p, Meaning: "all is lost", Fix: "use `x`", Operations: []string{"buy", "look"}}
	}
	with := func(e *model.Entry, change func(e *model.Entry)) *model.Entry {
		change(e)
		return e
	}
	const cause = " Shop answered with A. All is lost."
	const other = " If the answer names another wait, that one counts."
	for _, test := range []struct {
		name  string
		entry *model.Entry
		want  []Answer // the own one, and nothing where there is one for all
	}{
		{"stop", entry(classify.Fail, nil), nil},
		{"stop with a reply", with(entry(classify.FixAccount, nil), func(e *model.Entry) { e.Answer = "Please pay." }), nil},
		{"stop with both", with(entry(classify.Fail, nil), func(e *model.Entry) { e.Answer, e.AnswerOwn = "It is mended.", "Mend it." }),
			[]Answer{{Text: "Mend it.", Own: true}}},
		{"retry", entry(classify.Retry, slot),
			[]Answer{{"Please let your program wait 3 to 6 seconds, then send the same request again, at most 2 times." + other + cause, true, true}}},
		{"retry with a reply", with(entry(classify.Retry, slot), func(e *model.Entry) { e.Answer = "The program waits." }),
			[]Answer{{"Please let your program wait 3 to 6 seconds, then send the same request again, at most 2 times." + other + cause, true, true}}},
		{"retry with both", with(entry(classify.Retry, slot), func(e *model.Entry) { e.Answer, e.AnswerOwn = "The program waits.", "Wait." }),
			[]Answer{{Text: "Wait.", Own: true}}},
		{"retry once", entry(classify.Retry, once),
			[]Answer{{"Please let your program wait 1 second, then send the same request again, once." + other + cause, true, true}}},
		{"retry at once", with(entry(classify.Retry, now), func(e *model.Entry) { e.API = quiet }),
			[]Answer{{"Please let your program send the same request again, at most 3 times. Quiet answered with A. All is lost.", true, true}}},
		{"retry without a policy", entry(classify.Retry, nil), nil},
		{"retry of what may be done", with(entry(classify.Retry, slot), func(e *model.Entry) { e.Effect = classify.EffectMaybe }),
			[]Answer{{"Please let your program wait 3 to 6 seconds, then send the same request again, at most 2 times." + other +
				" It must not do so for “Buy”: check first whether that was carried out." + cause, true, true}}},
		{"retry of what is never repeated", with(entry(classify.Retry, slot), func(e *model.Entry) { e.Effect, e.Operations = classify.EffectMaybe, []string{"buy"} }), nil},
		{"retry in an operation", with(entry(classify.Fail, nil), func(e *model.Entry) {
			e.Answer, e.Overrides = "The program asks again.", []model.Override{{Operation: "look", Action: classify.Retry, Policy: slot}}
		}), []Answer{{"Please don't send the same request again unchanged: it would fail in the same way. Use x." + cause, true, true}}},
		{"retry within", entry(classify.Retry, &classify.Policy{Base: time.Second, Retries: 5, Within: time.Minute}),
			[]Answer{{"Please let your program wait 1 second, then send the same request again, at most 5 times and for at most 1 minute." + other + cause, true, true}}},
		{"resubmit", entry(classify.Resubmit, slot),
			[]Answer{{"Please let your program wait 3 to 6 seconds, then start a new task, at most 2 times." + other + cause, true, true}}},
		{"poll", entry(classify.WaitPoll, poll),
			[]Answer{{"Nothing is wrong: the result is not ready yet. Please let your program wait 5 seconds, then ask again, for at most 2 minutes." + other + cause, true, true}}},
		{"no reply", with(entry(classify.Retry, slot), func(e *model.Entry) { e.Kind = classify.KindTransport }),
			[]Answer{{"Please let your program wait 3 to 6 seconds, then send the same request again, at most 2 times. The call to Shop got no answer. All is lost.", true, true}}},
	} {
		if diff := cmp.Diff(test.want, English.Answers(test.entry)[1:], cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
