package diff_test

import (
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestCases(t *testing.T) {
	const slow = "growth: constant, base: 5s, retries: 3"
	late := []classify.Test{{Kind: classify.HeaderPresent, Header: "X-Late"}}
	daily := []classify.Test{{Kind: classify.Contains, At: classify.Path{"error"}, Text: "per day"}}
	// variant is what the entry FULL says, for a test to change.
	variant := func(c *model.Catalog, when []classify.Test) model.Variant {
		e := c.APIs[0].Codes[1]
		return model.Variant{When: when, Category: e.Category, Action: e.Action, Policy: e.Policy, Meaning: e.Meaning, Fix: e.Fix}
	}
	full := func(c *model.Catalog) *model.Entry { return c.APIs[0].Codes[1] }
	account := func(c *model.Catalog, when []classify.Test) model.Variant {
		v := variant(c, when)
		v.Category, v.Action, v.Policy = c.Categories[2], classify.FixAccount, nil
		return v
	}
	for _, test := range []struct {
		name         string
		older, newer func(c *model.Catalog)
		want, back   []diff.Change
	}{
		{
			name:  "variant with another action",
			newer: func(c *model.Catalog) { full(c).Variants = []model.Variant{account(c, daily)} },
			want: []diff.Change{{
				API: "shop", Code: "FULL", Kind: "added", Field: "variant", New: "if /error contains “per day” (in any case): fix_account", Level: diff.Major,
			}},
			back: []diff.Change{{
				API: "shop", Code: "FULL", Kind: "removed", Field: "variant", Old: "if /error contains “per day” (in any case): fix_account", Level: diff.Major,
			}},
		},
		{
			name:  "variant with the same action",
			newer: func(c *model.Catalog) { full(c).Variants = []model.Variant{variant(c, late)} },
			want: []diff.Change{{
				API: "shop", Code: "FULL", Kind: "added", Field: "variant", New: "if the header X-Late is there: retry", Level: diff.Minor,
			}},
		},
		{
			name:  "fields of a variant",
			older: func(c *model.Catalog) { full(c).Variants = []model.Variant{variant(c, late)} },
			newer: func(c *model.Catalog) {
				v := account(c, late)
				v.Fix, v.Effect, v.Delays = "Pay", classify.EffectMaybe, []classify.Delay{}
				full(c).Variants = []model.Variant{v}
			},
			want: []diff.Change{
				{API: "shop", Code: "FULL", Kind: "changed", Field: "variant if the header X-Late is there.action", Old: "retry", New: "fix_account", Level: diff.Major},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "variant if the header X-Late is there.category", Old: "busy", New: "account", Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "variant if the header X-Late is there.retry", Old: slow, New: "none", Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "variant if the header X-Late is there.processed", Old: "no", New: "maybe", Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "variant if the header X-Late is there.delay", Old: "", New: "none", Level: diff.Minor},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "variant if the header X-Late is there.policy", Old: "slow", New: "", Level: diff.Patch},
				{API: "shop", Code: "FULL", Kind: "changed", Field: "variant if the header X-Late is there.fix", Old: "Wait", New: "Pay", Level: diff.Patch},
			},
		},
		{
			name:  "order of variants",
			older: func(c *model.Catalog) { full(c).Variants = []model.Variant{variant(c, late), account(c, daily)} },
			newer: func(c *model.Catalog) { full(c).Variants = []model.Variant{account(c, daily), variant(c, late)} },
			want: []diff.Change{{
				API: "shop", Code: "FULL", Kind: "changed", Field: "variant order", Level: diff.Major,
				Old: "the header X-Late is there; /error contains “per day” (in any case)",
				New: "/error contains “per day” (in any case); the header X-Late is there",
			}},
		},
		{
			name: "override",
			newer: func(c *model.Catalog) {
				c.APIs[0].Overrides = []model.ServerOverride{{When: late, Sets: true, Action: classify.Fail}, {When: daily, Fix: "Ask"}}
			},
			want: []diff.Change{
				{API: "shop", Kind: "added", Field: "override", New: "if the header X-Late is there: fail", Level: diff.Major},
				{API: "shop", Kind: "added", Field: "override", New: "if /error contains “per day” (in any case)", Level: diff.Minor},
			},
		},
		{
			name:  "fields of an override",
			older: func(c *model.Catalog) { c.APIs[0].Overrides = []model.ServerOverride{{When: late}} },
			newer: func(c *model.Catalog) {
				c.APIs[0].Overrides = []model.ServerOverride{{
					When: late, Sets: true, Category: c.Categories[1], Action: classify.Retry, Policy: c.Policies[0], Fix: "Wait",
					Delays: []classify.Delay{{Header: "X-Wait", Unit: time.Millisecond}},
				}}
			},
			want: []diff.Change{
				{API: "shop", Kind: "changed", Field: "override if the header X-Late is there.action", New: "retry", Level: diff.Major},
				{API: "shop", Kind: "changed", Field: "override if the header X-Late is there.category", New: "busy", Level: diff.Minor},
				{API: "shop", Kind: "changed", Field: "override if the header X-Late is there.retry", New: slow, Level: diff.Minor},
				{API: "shop", Kind: "changed", Field: "override if the header X-Late is there.delay", New: "the header X-Wait, in milliseconds or as a date", Level: diff.Minor},
				{API: "shop", Kind: "changed", Field: "override if the header X-Late is there.fix", New: "Wait", Level: diff.Patch},
			},
		},
		{
			name:  "delay of an entry",
			newer: func(c *model.Catalog) { full(c).Delays = []classify.Delay{{Code: "WAIT_", Unit: time.Second}} },
			want: []diff.Change{{
				API: "shop", Code: "FULL", Kind: "changed", Field: "delay", New: "the rest of a code that starts with WAIT_, in seconds", Level: diff.Minor,
			}},
		},
		{
			name:  "form of a delay",
			newer: func(c *model.Catalog) { c.APIs[0].Delays[0].As = classify.AsTime },
			want: []diff.Change{{
				API: "shop", Kind: "changed", Field: "delay", Level: diff.Minor,
				Old: "the header Retry-After, in seconds or as a date", New: "the header Retry-After, as a point in time: in seconds since 1970, or a date",
			}},
		},
		{
			name: "places",
			newer: func(c *model.Catalog) {
				c.APIs[0].RequestID = []classify.Place{{Header: "X-Request-Id"}, {JSON: classify.Path{"id"}}}
				c.APIs[0].Field = []classify.Place{{XML: classify.Path{"Error", "@field"}}}
				c.APIs[0].Secret = []classify.Place{{JSON: classify.Path{"key"}}}
			},
			want: []diff.Change{
				{API: "shop", Kind: "changed", Field: "request_id", New: "the header X-Request-Id, /id of the JSON body", Level: diff.Minor},
				{API: "shop", Kind: "changed", Field: "field", New: "/Error/@field of the XML body", Level: diff.Minor},
				{API: "shop", Kind: "changed", Field: "secret", New: "/key of the JSON body", Level: diff.Minor},
			},
		},
		{
			name: "reply form",
			newer: func(c *model.Catalog) {
				f := &c.APIs[0].Forms[0]
				f.In, f.None, f.Fail = classify.InNDJSON, []string{"0"}, []classify.Test{{Kind: classify.Present, At: classify.Path{"error"}}}
			},
			want: []diff.Change{{
				API: "shop", Kind: "changed", Field: "reply", Level: diff.Major,
				Old: "json body: code at /code, message at /error",
				New: "Lines of JSON; the first line that says success or holds a code counts: code at /code, unless it is 0, message at /error, success never if /error is there",
			}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			older, newer := load(t, base), load(t, base)
			if test.older != nil {
				test.older(older)
			}
			if test.newer != nil {
				test.newer(newer)
			}
			wantReport(t, diff.Catalogs(older, newer), test.want)
			if test.back != nil {
				wantReport(t, diff.Catalogs(newer, older), test.back)
			}
		})
	}
}
