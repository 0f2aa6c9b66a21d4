package say

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestFormPhrases(t *testing.T) {
	type phrases struct{ Success, Code, Message string }
	for _, test := range []struct {
		name string
		form classify.Form
		want phrases
	}{
		{"json", classify.Form{
			OK: []classify.Test{
				{At: classify.Path{"status"}, Values: []classify.Scalar{{Type: classify.Number, Text: "1"}, {Type: classify.String, Text: `<1"`}, {Type: classify.Bool, Text: "true"}}},
				{Kind: classify.Present, At: classify.Path{"a/b", "c"}},
				{Kind: classify.Absent, At: classify.Path{"error"}},
				{Kind: classify.StatusIs, Status: []int{204, 2}},
				{Kind: classify.HeaderEquals, Header: "X-Ok", Values: []classify.Scalar{{Text: "yes"}}},
			},
			Code:    []classify.Path{{"errors", "*", "code"}, {"code"}},
			Message: []classify.Path{{"error"}},
			After:   "#",
			Before:  ":",
		}, phrases{
			`/status is 1, "<1\"" or true, /a~1b/c is there, /error is not there, the status is 204 or 2xx, or the header X-Ok is yes`,
			"/errors/*/code or else /code, after the last #, up to the first :", "/error",
		}},
		{"xml", classify.Form{
			Syntax: classify.XML,
			OK:     []classify.Test{{At: classify.Path{"R", "ok"}, Values: []classify.Scalar{{Text: "yes"}}}},
			Code:   []classify.Path{{"Error", "Code"}},
		}, phrases{"/R/ok is yes", "/Error/Code", ""}},
		{"text", classify.Form{
			Syntax: classify.Text,
			OK:     []classify.Test{{Kind: classify.PrefixIs, Prefix: []string{"OK|", "OK:"}}},
			Code:   []classify.Path{{""}, {"ERR|"}},
		}, phrases{"the text starts with OK| or OK:", "the whole text or else what follows ERR|", ""}},
		{"header", classify.Form{Syntax: classify.Header, Code: []classify.Path{{"X-Code"}}}, phrases{"", "the header X-Code", ""}},
		{"empty", classify.Form{After: "#"}, phrases{}},
	} {
		got := phrases{
			English.FormSuccess(&test.form).String(), English.FormCode(&test.form).String(), English.FormPlaces(&test.form, test.form.Message).String(),
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestDelayPhrases(t *testing.T) {
	api := &model.API{Delays: []classify.Delay{
		{Header: "Retry-After", Unit: time.Second},
		{At: classify.Path{"retry", "after"}, Unit: time.Millisecond},
	}}
	got := []string{English.delayPlaces(api.Delays).String()}
	for _, delay := range api.Delays {
		got = append(got, English.DelayPlace(delay).String())
	}
	want := []string{
		"the header Retry-After or /retry/after of the JSON body",
		"the header Retry-After, in seconds or as a date",
		"/retry/after of the JSON body, in milliseconds",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
