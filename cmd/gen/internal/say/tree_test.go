package say

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// shop is an model.API that leads to every kind of branch.
func shop() *model.API {
	permanent := &model.Category{Name: "permanent", Title: "Permanent", Action: classify.Fail}
	transient := &model.Category{Name: "transient", Title: "Transient", Action: classify.Retry}
	success := &model.Category{Name: "success", Title: "Success", Action: classify.OK}
	slot := &classify.Policy{Base: 5 * time.Second, Retries: 3}
	api := &model.API{
		Name:       "shop",
		Operations: []*model.Operation{{Name: "buy", Title: "Buy a thing"}, {Name: "look", Title: "Look around", Repeatable: true}},
		Forms:      []classify.Form{{OK: []classify.Test{{Kind: classify.Present, At: classify.Path{"result"}}}}},
		Delays:     []classify.Delay{{Header: "Retry-After", Unit: time.Second}},
	}
	entry := func(kind classify.Kind, code string, c *model.Category, p *classify.Policy) *model.Entry {
		return &model.Entry{API: api, Kind: kind, Code: code, Category: c, Action: c.Action, Policy: p, Operations: []string{"buy", "look"}}
	}
	for _, code := range []string{"A", "B", "C", "D"} {
		api.Codes = append(api.Codes, entry(classify.KindCode, code, permanent, nil))
	}
	busy := entry(classify.KindCode, "BUSY", transient, slot)
	full := entry(classify.KindCode, "FULL", transient, &classify.Policy{Base: time.Second, Retries: 1})
	api.Codes = append(api.Codes, busy, full, entry(classify.KindCode, "DONE", success, nil))
	api.Prefixes = []*model.Entry{entry(classify.KindPrefix, "E*", permanent, nil), entry(classify.KindPrefix, "E1*", transient, slot)}
	api.Statuses = []*model.Entry{entry(classify.KindStatus, "200", success, nil), entry(classify.KindStatus, "429", transient, slot)}
	api.Classes = []*model.Entry{entry(classify.KindStatusClass, "5xx", transient, slot)}
	api.Transport = []*model.Entry{entry(classify.KindTransport, "timeout", transient, slot), entry(classify.KindTransport, "dns", permanent, nil)}
	api.Unknown = entry(classify.KindUnknown, "unknown", permanent, nil)
	return api
}

func TestTree(t *testing.T) {
	api := shop()
	api.Transport[0].Effect = classify.EffectMaybe
	type branch struct {
		Question string
		Keys     []string
		Action   classify.Action
		Rule     string
	}
	var got []branch
	for _, b := range English.Tree(api) {
		keys := []string{}
		for _, e := range b.Entries {
			keys = append(keys, e.Code)
		}
		got = append(got, branch{b.Question.String(), keys, b.Action, b.Rule})
	}
	want := []branch{
		{"Was there no answer: timeout?", []string{"timeout"}, classify.Retry, ""},
		{"Was there no answer: dns?", []string{"dns"}, classify.Fail, "no retry"},
		{"Was there no answer, for any other reason?", []string{}, classify.Fail, "no retry"},
		{"Does the answer say success, with a status below 400?", []string{"DONE", "200"}, classify.OK, "no retry"},
		{"Is the code one of the 4 codes of the category Permanent?", []string{"A", "B", "C", "D"}, classify.Fail, "no retry"},
		{"Is the code BUSY or FULL?", []string{"BUSY", "FULL"}, classify.Retry, ""},
		{"Does the code start with E1?", []string{"E1*"}, classify.Retry, "up to 3 retries, 5 s apart"},
		{"Does the code start with E?", []string{"E*"}, classify.Fail, "no retry"},
		{"Is the status 429?", []string{"429"}, classify.Retry, "up to 3 retries, 5 s apart"},
		{"Is the status 5xx?", []string{"5xx"}, classify.Retry, "up to 3 retries, 5 s apart"},
		{"Does the answer hold any other code?", []string{"unknown"}, classify.Fail, "no retry"},
		{"", []string{}, classify.Fail, "no retry"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	api.Forms = nil
	for _, e := range api.Codes[:4] {
		e.Action = classify.FixAccount
	}
	tree := English.Tree(api)
	if got, want := tree[3].Question.String(), "Is the status 200, without an error code?"; got != want {
		t.Errorf("without a test of success: %q, want %q", got, want)
	}
	if got, want := tree[4].Question.String(), "Is the code one of the 4 codes of the category Permanent whose action is fix_account?"; got != want {
		t.Errorf("with an action that is not the category's: %q, want %q", got, want)
	}
}
