package say

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func texts(values ...string) (scalars []classify.Scalar) {
	for _, value := range values {
		scalars = append(scalars, classify.Scalar{Text: value})
	}
	return scalars
}

func TestWhen(t *testing.T) {
	api := &model.API{Forms: []classify.Form{{Message: []classify.Path{{"error", "message"}}}}}
	there := classify.Test{Kind: classify.HeaderPresent, Header: "Retry-After"}
	used := classify.Test{Kind: classify.HeaderEquals, Header: "X-Remaining", Values: texts("0")}
	daily := classify.Test{Kind: classify.Contains, At: classify.Path{"error", "message"}, Text: "per day"}
	forbidden := classify.Test{Kind: classify.StatusIs, Status: []int{403, 5}}
	combined := func(kind classify.TestKind, tests ...classify.Test) classify.Test {
		return classify.Test{Kind: kind, Tests: tests}
	}
	for _, test := range []struct {
		want, not string
		tests     []classify.Test
	}{
		{"the header Retry-After is there", "the header Retry-After is not there", []classify.Test{there}},
		{"the header X-Remaining is 0", "the header X-Remaining is not 0", []classify.Test{used}},
		{"the message contains “per day” (in any case)", "the message does not contain “per day” (in any case)", []classify.Test{daily}},
		{"the status is 403 or 5xx", "the status is neither 403 nor 5xx", []classify.Test{forbidden}},
		{`/transient is true or "yes"`, `/transient is neither true nor "yes"`, []classify.Test{{
			At: classify.Path{"transient"}, Values: []classify.Scalar{{Type: classify.Bool, Text: "true"}, {Text: "yes"}},
		}}},
		{"/a is there", "/a is not there", []classify.Test{{Kind: classify.Present, At: classify.Path{"a"}}}},
		{"/a is not there", "/a is there", []classify.Test{{Kind: classify.Absent, At: classify.Path{"a"}}}},
		{"the text starts with A or B", "the text does not start with A or B", []classify.Test{{Kind: classify.PrefixIs, Prefix: []string{"A", "B"}}}},
		{"the body contains “quota” (in any case)", "the body does not contain “quota” (in any case)", []classify.Test{{Kind: classify.BodyContains, Text: "quota"}}},
		{"the header X starts with a", "the header X does not start with a", []classify.Test{{Kind: classify.HeaderPrefix, Header: "X", Prefix: []string{"a"}}}},
		{"the header X is empty", "the header X is not empty", []classify.Test{{Kind: classify.HeaderEquals, Header: "X", Values: texts("")}}},
		{"the operation is create or look", "the operation is neither create nor look", []classify.Test{{Kind: classify.OperationIs, Operations: []classify.Operation{"create", "look"}}}},
		{
			"the status is 403 or 5xx, and the header Retry-After is there",
			"the status is neither 403 nor 5xx, or the header Retry-After is not there", []classify.Test{forbidden, there},
		},
		{
			"the header Retry-After is there, or the header X-Remaining is 0",
			"the header Retry-After is not there, and the header X-Remaining is not 0", []classify.Test{combined(classify.Any, there, used)},
		},
		{
			"the status is 403 or 5xx, and (the header Retry-After is there, or the header X-Remaining is 0)",
			"the status is neither 403 nor 5xx, or (the header Retry-After is not there, and the header X-Remaining is not 0)",
			[]classify.Test{forbidden, combined(classify.Any, there, combined(classify.All, used))},
		},
		{"the header Retry-After is not there", "the header Retry-After is there", []classify.Test{combined(classify.Not, there)}},
	} {
		if got := English.When(api, test.tests).String(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
		if got := English.When(api, []classify.Test{combined(classify.Not, combined(classify.All, test.tests...))}).String(); got != test.not {
			t.Errorf("not: got  %s\nwant      %s", got, test.not)
		}
	}
	if got, want := English.When(nil, []classify.Test{daily}).String(), "/error/message contains “per day” (in any case)"; got != want {
		t.Errorf("without an API: got %s, want %s", got, want)
	}
	api.Forms[0].Syntax = classify.XML
	if got, want := English.When(api, []classify.Test{{At: classify.Path{"a"}, Values: texts("yes")}}).String(), "/a is yes"; got != want {
		t.Errorf("in XML: got %s, want %s", got, want)
	}
}

func TestWrappedForms(t *testing.T) {
	type phrases struct{ Title, Success, Code string }
	for _, test := range []struct {
		form classify.Form
		want phrases
	}{
		{classify.Form{
			In:   classify.InSSE,
			Fail: []classify.Test{{Kind: classify.Present, At: classify.Path{"error"}}, {Kind: classify.Present, At: classify.Path{"errors"}}},
			OK:   []classify.Test{{Kind: classify.StatusIs, Status: []int{2}}},
			Code: []classify.Path{{"type"}},
			None: []string{"about:blank", ""},
		}, phrases{
			"Stream of events; the first event whose data is a JSON object counts",
			"the status is 2xx; never if /error is there, or /errors is there",
			"/type, unless it is about:blank or empty",
		}},
		{
			classify.Form{In: classify.InNDJSON, Fail: []classify.Test{{Kind: classify.Present, At: classify.Path{"error"}}}},
			phrases{"Lines of JSON; the first line that says success or holds a code counts", "never if /error is there", ""},
		},
		{
			classify.Form{In: classify.InString, Inside: classify.Path{"error", "message"}},
			phrases{"JSON inside the string /error/message of the JSON body", "", ""},
		},
	} {
		got := phrases{English.FormTitle(&test.form).String(), English.FormSuccess(&test.form).String(), English.FormCode(&test.form).String()}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestDelayForms(t *testing.T) {
	places := []classify.Delay{
		{Header: "Retry-After", Decimal: true},
		{Header: "X-Reset", As: classify.AsTime, Unit: time.Second},
		{At: classify.Path{"until"}, As: classify.AsTime, Unit: time.Millisecond},
		{Header: "RateLimit", As: classify.AsRateLimit, Unit: time.Second},
		{Code: "FLOOD_WAIT_", Unit: time.Minute},
	}
	var got []string
	for _, place := range places {
		got = append(got, English.DelayPlace(place).String())
	}
	want := []string{
		"the header Retry-After, in seconds, also with decimals, or as a date",
		"the header X-Reset, as a point in time: in seconds since 1970, or a date",
		"/until of the JSON body, as a point in time: in milliseconds since 1970, or a date",
		"the header RateLimit, the longest wait for a limit that is used up: the largest t where r is 0",
		"the rest of a code that starts with FLOOD_WAIT_, in minutes",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// limited is an entry that says wait in one reply and act in another.
func limited() *model.Entry {
	api := shop()
	e := api.Statuses[1]
	account := &model.Category{Name: "account", Title: "Account", Action: classify.FixAccount}
	minute := &classify.Policy{Base: time.Minute, Retries: 2}
	e.Delays = []classify.Delay{{Header: "X-Wait", Unit: time.Second}}
	e.Fix = "Wait"
	e.Variants = []model.Variant{
		{When: []classify.Test{{Kind: classify.BodyContains, Text: "per day"}}, Category: account, Action: classify.FixAccount, Fix: "Ask for more"},
		{
			When:     []classify.Test{{Kind: classify.HeaderPresent, Header: "X-Late"}},
			Category: e.Category, Action: e.Action, Policy: minute, Fix: "Wait", Effect: classify.EffectMaybe,
			Delays: []classify.Delay{},
		},
	}
	return e
}

// onlyIn narrows a variant down to one operation.
func onlyIn(v model.Variant, operation classify.Operation) model.Variant {
	v.When = []classify.Test{{Kind: classify.All, Tests: append(v.When, classify.Test{Kind: classify.OperationIs, Operations: []classify.Operation{operation}})}}
	return v
}

func TestVariants(t *testing.T) {
	e := limited()
	got := []string{
		English.RetryRuleOf(e),
		English.VariantText(e, e.Variants[0]), English.VariantText(e, e.Variants[1]), English.VariantText(e, onlyIn(e.Variants[1], "buy")), English.VariantText(e, onlyIn(e.Variants[1], "look")),
		English.DelayRule(e).String(), English.DelayOwn(e.Delays).String(), English.DelayOwn(e.Variants[1].Delays).String(),
		English.DelayRule(e.InVariant(e.Variants[1])).String(),
	}
	got = append(got, CommentEntry(e)...)
	want := []string{
		"up to 3 retries, 5 s apart; differs in some answers",
		"Stop and fix the account",
		"Wait and retry: up to 2 retries, 1 min apart, but not for “Buy a thing”",
		string(checkFirst),
		"Wait and retry: up to 2 retries, 1 min apart",
		"If the answer names a wait, in the header X-Wait, it replaces the wait in the table. A wait of zero does not count. If the answer names more than 5 min, give up.",
		"Here the time to wait is read from the header X-Wait, in seconds or as a date.",
		"Here a wait that the answer names does not count.",
		"",
		"Wait and retry (transient): up to 3 retries, 5 s apart",
		"Fix: Wait",
		"If the body contains “per day” (in any case): Stop and fix the account (account)",
		"Fix in that case: Ask for more",
		"If the header X-Late is there: Wait and retry (transient): up to 2 retries, 1 min apart",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOperationText wants no wait and no retry advised in an operation in which a second
// request would do harm, also where the entry says to wait and retry in others.
func TestOperationText(t *testing.T) {
	policy := &classify.Policy{Base: time.Second, Retries: 2}
	e := &model.Entry{API: shop(), Kind: classify.KindStatusClass, Code: "5xx", Action: classify.WaitPoll, Effect: classify.EffectMaybe, Policy: policy, Operations: []string{"buy", "look"}}
	buy := model.Override{Operation: "buy", Action: classify.Retry, Policy: policy}
	look := model.Override{Operation: "look", Action: classify.Retry, Policy: policy}
	e.Overrides = []model.Override{buy, look}
	got := []string{English.OperationText(e, buy), English.OperationText(e, look), English.OperationText(e, model.Override{Operation: "buy", Action: classify.Fail})}
	if diff := cmp.Diff([]string{string(checkFirst), "Wait and retry: up to 2 retries, 1 s apart", "Stop"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOverrides(t *testing.T) {
	type phrases struct{ Action, Rule string }
	policy := &classify.Policy{Base: time.Second, Retries: 2}
	for _, test := range []struct {
		override model.ServerOverride
		want     phrases
	}{
		{model.ServerOverride{Sets: true, Action: classify.Fail}, phrases{"Stop", "no retry"}},
		{model.ServerOverride{Sets: true, Action: classify.Retry}, phrases{"Wait and retry", ""}},
		{model.ServerOverride{Sets: true, Action: classify.Retry, Policy: policy}, phrases{"Wait and retry", "up to 2 retries, 1 s apart"}},
		{model.ServerOverride{Policy: policy}, phrases{"", "up to 2 retries, 1 s apart"}},
		{model.ServerOverride{Fix: "Ask"}, phrases{}},
	} {
		if diff := cmp.Diff(test.want, phrases{English.OverrideAction(test.override), English.OverrideRule(test.override)}); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", test.override, diff)
		}
	}
}

// TestTreeOfVariants requires a branch for each variant, before that of its entry, while
// there are few.
func TestTreeOfVariants(t *testing.T) {
	e := limited()
	api := e.API
	api.Unrecognised = &model.Entry{API: api, Kind: classify.KindUnrecognised, Category: e.Category, Action: classify.Retry, Policy: e.Policy, Operations: e.Operations}
	api.Unrecognised.Variants = e.Variants[:1]
	questions := func() (all []string) {
		for _, b := range English.Tree(api)[8:] {
			varies := ""
			if b.Varies {
				varies = ", varies"
			}
			all = append(all, b.Question.String()+" "+b.Action.String()+": "+b.Rule+varies)
		}
		return all
	}
	want := []string{
		"Is the status 429, where the body contains “per day” (in any case)? fix_account: no retry",
		"Is the status 429, where the header X-Late is there? retry: ",
		"Is the status 429? retry: up to 3 retries, 5 s apart",
		"Is the status 5xx? retry: up to 3 retries, 5 s apart",
		"Does the answer hold any other code? fail: no retry",
		"Is it another answer, where the body contains “per day” (in any case)? fix_account: no retry",
		" retry: up to 3 retries, 5 s apart",
	}
	if diff := cmp.Diff(want, questions()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for range 20 {
		api.Unrecognised.Variants = append(api.Unrecognised.Variants, e.Variants[0])
	}
	want = []string{
		"Is the status 429? retry: , varies",
		"Is the status 5xx? retry: up to 3 retries, 5 s apart",
		"Does the answer hold any other code? fail: no retry",
		" retry: , varies",
	}
	if diff := cmp.Diff(want, questions()); diff != "" {
		t.Errorf("of many (-want +got):\n%s", diff)
	}
}
