package catalogjson_test

import (
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func load(t *testing.T) *model.Catalog {
	t.Helper()
	source, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, problems := check.Load("shop.yaml", source)
	if c == nil {
		t.Fatalf("spec has problems: %+v", problems)
	}
	return c
}

func wantGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	golden := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestFile(t *testing.T) {
	got := catalogjson.File(load(t), "shop.yaml")
	wantGolden(t, "catalog.json", got)
	if first := "{\n  \"generated\": \"" + model.Mark("shop.yaml") + "\",\n"; !strings.HasPrefix(string(got), first) {
		t.Errorf("file starts %.80s, want %s", got, first)
	}
}

func TestNewList(t *testing.T) {
	c := load(t)
	all := catalogjson.NewList(c)
	if text := string(catalogjson.Encode(all)); strings.Contains(text, `"generated"`) || !strings.HasPrefix(text, "{\n  \"format\": 1,") {
		t.Errorf("list starts %.80s", text)
	}
	some := catalogjson.NewList(c, "mail")
	if len(all.APIs) != 2 || len(some.APIs) != 1 || some.APIs[0].Name != "mail" {
		t.Errorf("lists have %d and %d APIs", len(all.APIs), len(some.APIs))
	}
}

// Programs rely on these members, in whatever order, and on lists that are never
// null.
func TestShapes(t *testing.T) {
	c := load(t)
	entry := []string{
		"api", "kind", "code", "go", "status", "operations", "category", "action", "message", "meaning", "fix",
		"policy", "retries", "schedule_ms",
	}
	decision := []string{
		"api", "operation", "status", "source", "code", "known", "category", "action", "meaning", "fix", "retries",
		"wait_ms", "wait_source", "server_delay_ms", "why",
	}
	list := []string{"format", "title", "categories", "policies", "apis"}
	api := []string{"name", "title", "operations", "statuses", "codes"}
	match := []string{"confidence", "entry", "why", "count", "decision"}

	for _, a := range c.APIs {
		for _, e := range a.Entries() {
			wantMembers(t, catalogjson.NewEntry(e), entry, "retired")
			wantMembers(t, catalogjson.NewMatch("exact", e, "why", "", ""), match, "retired", "decision")
		}
		for _, r := range []classify.Reply{{}, {Err: classify.FailureTimeout}, {Status: 200, Body: []byte(`{"ok":true}`)}, {Body: []byte("OK|")}} {
			wantMembers(t, catalogjson.NewDecision(a, a.Table().Classify(r), a.Table().Message(r)), decision, "wait_ms", "server_delay_ms", "entry", "retired")
		}
	}
	wantMembers(t, catalogjson.NewList(c), list, "retired", "unknown", "unrecognised")
	for _, a := range catalogjson.NewList(c).APIs {
		wantMembers(t, a, api, "retired", "unknown", "unrecognised")
	}
	wantMembers(t, catalogjson.NewList(&model.Catalog{}), list)
	wantMembers(t, catalogjson.NewMatches(), []string{"matches"})
}

// wantMembers checks that a value has members and that none below it is null but
// those named.
func wantMembers(t *testing.T, value any, members []string, nullable ...string) {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal(catalogjson.Encode(value), &object); err != nil {
		t.Fatal(err)
	}
	for _, member := range members {
		if _, ok := object[member]; !ok {
			t.Errorf("%T has no member %q", value, member)
		}
	}
	for _, name := range nulls("", object) {
		if !slices.Contains(nullable, name) {
			t.Errorf("%T: %q is null", value, name)
		}
	}
}

// nulls returns the names of members that are null.
func nulls(name string, value any) []string {
	var names []string
	switch value := value.(type) {
	case nil:
		names = append(names, name)
	case []any:
		for _, element := range value {
			names = append(names, nulls(name, element)...)
		}
	case map[string]any:
		for key, member := range value {
			names = append(names, nulls(key, member)...)
		}
	}
	return names
}

func TestNewDecision(t *testing.T) {
	type part struct {
		Operation, Source, Code string
		Known                   bool
		Category, Action, Fix   string
		Retries                 int
		Wait                    []int64
		WaitSource              string
		ServerDelay             int64 // -1 for none
		Entry                   string
	}
	header := func(after string) http.Header { return http.Header{"Retry-After": {after}} }
	full := []byte(`{"code":"FULL"}`)
	tests := []struct {
		name  string
		reply classify.Reply
		want  part
	}{
		{"code", classify.Reply{Body: full}, part{"", "code", "FULL", true, "busy", "retry", "Wait", 3, []int64{1500, 2000}, "policy", -1, "FULL"}},
		{"alias", classify.Reply{Body: []byte(`{"code":"FULLY"}`)}, part{"", "code", "FULLY", true, "busy", "retry", "Wait", 3, []int64{1500, 2000}, "policy", -1, "FULL"}},
		{"override", classify.Reply{Body: full, Operation: "ask"}, part{"ask", "code", "FULL", true, "lost", "resubmit", "Start over", 2, []int64{2000, 2000}, "policy", -1, "FULL"}},
		{"server", classify.Reply{Body: full, Header: header("7")}, part{"", "code", "FULL", true, "busy", "retry", "Wait", 3, []int64{7000, 7500}, "server", 7000, "FULL"}},
		{"server too long", classify.Reply{Body: full, Header: header("3600")}, part{"", "code", "FULL", true, "busy", "retry", "Wait", 3, nil, "none", 3600000, "FULL"}},
		{"server at once", classify.Reply{Body: full, Header: header("0")}, part{"", "code", "FULL", true, "busy", "retry", "Wait", 3, []int64{1500, 2000}, "policy", 0, "FULL"}},
		{"no retry", classify.Reply{Body: []byte(`{"code":"ONCE"}`), Header: header("7")}, part{"", "code", "ONCE", true, "busy", "retry", "Wait", 0, nil, "none", 7000, "ONCE"}},
		{"poll", classify.Reply{Body: []byte(`{"code":"NOT_YET"}`)}, part{"", "code", "NOT_YET", true, "early", "wait_poll", "", -1, []int64{5000, 5000}, "policy", -1, "NOT_YET"}},
		{"prefix", classify.Reply{Body: []byte(`{"code":"08001"}`)}, part{"", "prefix", "08001", true, "bad", "fail", "Knock", 0, nil, "none", -1, "08*"}},
		{"status", classify.Reply{Status: 429, Body: []byte("<html>")}, part{"", "status", "", true, "busy", "retry", "Wait", 3, []int64{1500, 2000}, "policy", -1, "429"}},
		{"status of an unlisted code", classify.Reply{Status: 429, Body: []byte(`{"code":"NEW"}`)}, part{"", "status", "NEW", false, "busy", "retry", "Wait", 3, []int64{1500, 2000}, "policy", -1, "429"}},
		{"class", classify.Reply{Status: 503}, part{"", "status_class", "", true, "busy", "retry", "Wait", 3, []int64{1500, 2000}, "policy", -1, "5xx"}},
		{"unknown", classify.Reply{Body: []byte(`{"code":"NEW"}`)}, part{"", "unknown", "NEW", false, "bad", "fail", "Ask", 0, nil, "none", -1, "unknown"}},
		{"unrecognised", classify.Reply{Body: []byte("<html>")}, part{"", "unrecognised", "", false, "", "fail", "", 0, nil, "none", -1, ""}},
		{"success", classify.Reply{Status: 200, Body: []byte(`{"ok":true}`)}, part{"", "success", "", true, "fine", "ok", "", 0, nil, "none", -1, "200"}},
		{"transport", classify.Reply{Err: classify.FailureTimeout}, part{"", "transport", "", true, "busy", "retry", "Wait", 3, []int64{1500, 2000}, "policy", -1, "timeout"}},
		{"transport, not listed", classify.Reply{Err: classify.FailureDNS}, part{"", "transport", "", false, "", "fail", "", 0, nil, "none", -1, ""}},
	}
	a := load(t).APIs[0]
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := catalogjson.NewDecision(a, a.Table().Classify(test.reply), a.Table().Message(test.reply))
			got := part{d.Operation, d.Source, d.Code, d.Known, d.Category, d.Action, d.Fix, d.Retries, nil, d.WaitSource, -1, ""}
			if d.WaitMS != nil {
				got.Wait = d.WaitMS[:]
			}
			if d.ServerDelayMS != nil {
				got.ServerDelay = *d.ServerDelayMS
			}
			if d.Entry != nil {
				got.Entry = d.Entry.Code
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("decision (-want +got):\n%s", diff)
			}
			if len(d.Why) == 0 || d.API != "shop" || d.Status != test.reply.Status {
				t.Errorf("decision = %+v", d)
			}
		})
	}
}
