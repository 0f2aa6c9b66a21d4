package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
)

func TestAddresses(t *testing.T) {
	api := &API{Name: "shop"}
	entry := func(kind classify.Kind, code string) *Entry { return &Entry{API: api, Kind: kind, Code: code} }
	code := entry(classify.KindCode, "A")
	code.Slug, code.AliasSlugs = "a", []string{"a-2"}
	entries := []*Entry{
		code, entry(classify.KindStatus, "200"), entry(classify.KindStatusClass, "5xx"), entry(classify.KindTransport, "timeout"),
		entry(classify.KindUnknown, "unknown"), entry(classify.KindUnrecognised, "unrecognised"),
	}
	got := []string{api.Address(), code.AliasAddress(0), (&Category{Slug: "busy"}).Address(), ActionAddress(classify.WaitPoll), code.CustomerAddress()}
	want := []string{"api/shop", "c/shop/a-2", "category/busy", "action/wait_poll", "for-customers/c/shop/a"}
	for _, e := range entries {
		got = append(got, e.Address()+" and "+e.Page())
	}
	want = append(want, "c/shop/a and a", "s/shop/200 and status_200", "s/shop/5xx and status_5xx", "t/shop/timeout and no_answer_timeout",
		"u/shop/unknown and unlisted_code", "u/shop/unrecognised and unrecognised_answer")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
