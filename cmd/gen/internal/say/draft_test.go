package say

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestDraft(t *testing.T) {
	api := shop()
	api.Title = "Shop"
	slot := &classify.Policy{Base: time.Second, Retries: 1}
	entry := func(kind classify.Kind, code string, a classify.Action, p *classify.Policy) model.Entry {
		return model.Entry{API: api, Kind: kind, Code: code, Action: a, Policy: p, Meaning: "all is  lost", Fix: "use `x`\n", Operations: []string{"buy", "look"}}
	}
	held := entry(classify.KindStatusClass, "5xx", classify.Retry, slot)
	held.Effect, held.Operations = classify.EffectMaybe, []string{"buy"}
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
			"Please see to the account before the request is sent again. Use x. Shop answered with Empty code. All is lost."},
		{entry(classify.KindStatus, "200", classify.OK, nil), "Nothing needs to be done: the request succeeded. Use x."},
		{entry(classify.KindStatus, "429", classify.Retry, slot),
			"You don't need to do anything yet: the program waits and sends the request again. Shop answered with status 429. All is lost."},
		{internal, "Please don't send the same request again unchanged: it would fail in the same way. Shop answered with LOST_CARD."},
		{held, "Please check whether the request was carried out before you send it again. Shop answered with status 5xx. All is lost."},
		{entry(classify.KindStatus, "429", classify.Retry, nil), "Please try again later. Shop answered with status 429. All is lost."},
		{entry(classify.KindTransport, "dns", classify.Resubmit, slot),
			"You don't need to do anything yet: the program starts a new task. The call to Shop got no answer. All is lost."},
		{entry(classify.KindUnknown, "unknown", classify.WaitPoll, slot),
			"You don't need to do anything: the result is not ready yet, and the program asks again. We don't know this answer of Shop yet."},
	} {
		if diff := cmp.Diff(test.want, Draft(&test.entry)); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", test.entry.Kind, test.entry.Code, diff)
		}
	}
}
