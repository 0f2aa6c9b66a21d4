package model

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
)

func TestSteps(t *testing.T) {
	api := shop()
	api.Codes[0].Aliases = []string{"A2"}
	api.Unrecognised = &Entry{API: api, Kind: classify.KindUnrecognised, Code: "unrecognised"}
	no := []string{"Did an answer come? Yes.", "Does it say success, with a status below 400? No."}
	unlisted := "Does it hold a code that is listed, or one with a listed start? No."
	want := map[string][]string{
		"A":            append(no[:2:2], "Which code does it hold? A or A2."),
		"DONE":         {"Did an answer come? Yes.", "Does it say success, with a status below 400? Yes.", "Which code does it hold? DONE."},
		"E1*":          append(no[:2:2], "Does it hold a code that is listed? No, but another code.", "Which of the listed starts does that code have, the longest first? E1."),
		"200":          {"Did an answer come? Yes.", "Does it say success, with a status below 400? Yes.", "Which status does it have? 200."},
		"429":          append(no[:2:2], unlisted, "Which status does it have? 429."),
		"5xx":          append(no[:2:2], unlisted, "Which status does it have? 5xx."),
		"dns":          {"Did an answer come? No: dns."},
		"unknown":      append(no[:2:2], unlisted, "Is its status listed? No.", "Does it hold any other code? Yes."),
		"unrecognised": append(no[:2:2], unlisted, "Is its status listed? No.", "Does it hold any other code? No."),
	}
	got := map[string][]string{}
	for _, e := range api.Entries() {
		if want[e.Code] == nil {
			continue
		}
		for _, step := range e.Steps() {
			got[e.Code] = append(got[e.Code], step.Question.String()+" "+step.Answer.String())
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	api.Forms, api.Prefixes = nil, nil
	if got := api.Statuses[0].Steps()[1]; got.Question.String() != "Does it hold the code of an error?" {
		t.Errorf("without a test of success: %v", got)
	}
	if got := api.Statuses[1].Steps()[2]; got.Question.String() != "Does it hold a code that is listed?" {
		t.Errorf("without prefixes: %v", got)
	}
	api.Statuses = append(api.Statuses, &Entry{API: api, Kind: classify.KindStatus, Code: "503"})
	steps := api.Classes[0].Steps()
	if got := steps[len(steps)-1].Question.String(); !strings.Contains(got, "not one that is listed itself") {
		t.Errorf("a class beside one of its statuses: %q", got)
	}
}

func TestAddresses(t *testing.T) {
	api := shop()
	api.Codes[0].Slug, api.Codes[0].AliasSlugs = "a", []string{"a-2"}
	got := []string{
		api.Codes[0].Address(), api.Codes[0].AliasAddress(0), api.Statuses[0].Address(), api.Classes[0].Address(), api.Transport[0].Address(),
		api.Unknown.Address(), api.Address(), (&Category{Slug: "busy"}).Address(), ActionAddress(classify.WaitPoll),
	}
	want := []string{"c/shop/a", "c/shop/a-2", "s/shop/200", "s/shop/5xx", "t/shop/timeout", "u/shop/unknown", "api/shop", "category/busy", "action/wait_poll"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " \n": "", "wait": "Wait.", "Wait.": "Wait.", "really?": "Really?", "and so on…": "And so on…", "über  uns\n": "Über uns.", "余额": "余额。", "足りません。": "足りません。",
	} {
		if got := Sentence(text); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", text, got, want)
		}
	}
}
