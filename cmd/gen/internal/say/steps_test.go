package say

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestSteps(t *testing.T) {
	api := shop()
	api.Codes[0].Aliases = []string{"A2"}
	api.Unrecognised = &model.Entry{API: api, Kind: classify.KindUnrecognised, Code: "unrecognised"}
	no := []string{"Was there an answer? Yes.", "Does it say success, with a status below 400? No."}
	unlisted := "Does it hold a listed code, or one with a listed prefix? No."
	want := map[string][]string{
		"A":            append(no[:2:2], "Which code does it hold? A or A2."),
		"DONE":         {"Was there an answer? Yes.", "Does it say success, with a status below 400? Yes.", "Which code does it hold? DONE."},
		"E1*":          append(no[:2:2], "Does it hold a listed code? No, but another code.", "Which listed prefix does that code start with, longest first? E1."),
		"200":          {"Was there an answer? Yes.", "Does it say success, with a status below 400? Yes.", "Which status does it have? 200."},
		"429":          append(no[:2:2], unlisted, "Which status does it have? 429."),
		"5xx":          append(no[:2:2], unlisted, "Which status does it have? 5xx."),
		"dns":          {"Was there an answer? No: dns."},
		"unknown":      append(no[:2:2], unlisted, "Is its status listed? No.", "Does it hold any other code? Yes."),
		"unrecognised": append(no[:2:2], unlisted, "Is its status listed? No.", "Does it hold any other code? No."),
	}
	got := map[string][]string{}
	for _, e := range api.Entries() {
		if want[e.Code] == nil {
			continue
		}
		for _, step := range English.Steps(e) {
			got[e.Code] = append(got[e.Code], step.Question.String()+" "+step.Answer.String())
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	api.Forms, api.Prefixes = nil, nil
	if got := English.Steps(api.Statuses[0])[1]; got.Question.String() != "Does it hold an error code?" {
		t.Errorf("without a test of success: %v", got)
	}
	if got := English.Steps(api.Statuses[1])[2]; got.Question.String() != "Does it hold a listed code?" {
		t.Errorf("without prefixes: %v", got)
	}
	api.Statuses = append(api.Statuses, &model.Entry{API: api, Kind: classify.KindStatus, Code: "503"})
	steps := English.Steps(api.Classes[0])
	if got := steps[len(steps)-1].Question.String(); !strings.Contains(got, "if the status itself is not listed") {
		t.Errorf("a class beside one of its statuses: %q", got)
	}
}
