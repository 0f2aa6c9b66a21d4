package say

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestTitles(t *testing.T) {
	titles := make(map[string]bool)
	advice := make(map[string]bool)
	for _, a := range classify.Actions() {
		titles[English.ActionTitle(a)] = true
		advice[English.ActionAdvice(a)] = true
	}
	if n := len(classify.Actions()); len(titles) != n || len(advice) != n || titles[""] || advice[""] {
		t.Errorf("%d actions have %d titles and %d pieces of advice", n, len(titles), len(advice))
	}
	for _, test := range []struct{ got, want string }{
		{English.WhoTitle("client"), "The program itself"},
		{English.WhoTitle("developer"), "Developer"},
		{English.WhoTitle("account-owner"), "Account owner"},
		{English.WhoTitle(""), ""},
		{English.FrequencyTitle("very-common"), "Very common"},
		{English.FrequencyTitle("rare"), "Rare"},
		{English.FrequencyTitle(""), ""},
		{English.SeverityTitle("none"), "None"},
		{English.SeverityTitle("high"), "High"},
		{English.SeverityTitle(""), ""},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestEntryTitle(t *testing.T) {
	api := shop()
	api.Unrecognised = &model.Entry{Kind: classify.KindUnrecognised, Code: "unrecognised"}
	var got []string
	for _, e := range append(api.Entries(), &model.Entry{Kind: classify.KindCode}) {
		got = append(got, English.Say(EntryKind(e), "Shop")+": "+English.EntryTitle(e))
	}
	want := []string{
		"Code of Shop: A", "Code of Shop: B", "Code of Shop: C", "Code of Shop: D", "Code of Shop: BUSY", "Code of Shop: FULL", "Code of Shop: DONE",
		"Code prefix of Shop: E*", "Code prefix of Shop: E1*",
		"HTTP status of Shop: Status 200", "HTTP status of Shop: Status 429", "Class of HTTP statuses of Shop: Status 5xx",
		"Failed call to Shop: No answer: timeout", "Failed call to Shop: No answer: dns",
		"Answer of Shop: Unlisted code", "Answer of Shop: Unrecognised answer", "Code of Shop: Empty code",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
