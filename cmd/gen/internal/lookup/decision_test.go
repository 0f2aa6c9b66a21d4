package lookup

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// wantDecided pastes a whole reply of an API, and wants what its classifier takes, first.
func wantDecided(t *testing.T, x *Index, whole lookuptest.Whole) bool {
	t.Helper()
	a := x.api(whole.API)
	want := a.judge(whole.Reply)
	got := x.ExplainOf(whole.API, whole.Text)
	if want.entry == nil {
		if len(got) > 0 && got[0].Decision != nil {
			t.Errorf("%s: %q: got %v, want nothing that is decided", whole.API.Name, whole.Text, lines(got))
		}
		return false
	}
	if len(got) == 0 || got[0].Entry != want.entry || got[0].Decision == nil {
		t.Errorf("%s: %q: got %v, want %s %s first", whole.API.Name, whole.Text, lines(got), want.entry.Kind, want.entry.Code)
		return true
	}
	d := *got[0].Decision
	shortest, longest, waits := want.Bounds(0)
	gotShortest, gotLongest, gotWaits := d.Bounds(0)
	if d.Action != want.Action || d.Variant != want.Variant || d.Override != want.Override || d.Also != want.Also || d.Effect != want.Effect ||
		shortest != gotShortest || longest != gotLongest || waits != gotWaits {
		t.Errorf("%s: %q: got %+v, want %+v", whole.API.Name, whole.Text, d.Why(), want.Why())
	}
	return true
}

// TestDecidesExamples pastes every example as its page shows it, and wants what its API
// says there: never another action.
func TestDecidesExamples(t *testing.T) {
	for name, c := range catalogs(t) {
		x := New(c)
		for e, shown := range wires(c) {
			want := x.api(e.API).judge(shown.Reply())
			got := x.Explain(shown.Wire())
			if shown.Body == "" && len(shown.Headers) == 0 && len(got) > 0 && got[0].Entry == e {
				continue // a status alone
			}
			if len(got) == 0 || got[0].Decision == nil {
				t.Errorf("%s: %q: got %v, want a decision", name, shown.Wire(), lines(got))
				continue
			}
			for _, m := range got {
				if m.Entry == e && m.Decision != nil && m.Decision.Action == want.Action && m.Decision.Variant == want.Variant {
					want.api = nil
				}
			}
			if want.api != nil || got[0].Decision.Action != want.Action && got[0].Entry.API == e.API {
				t.Errorf("%s: %q: got %v, want %s of %s", name, shown.Wire(), lines(got), want.Action, e.Code)
			}
		}
	}
}

// TestDecidesVectors pastes the replies of the conformance vectors that a text can hold.
func TestDecidesVectors(t *testing.T) {
	dir := filepath.FromSlash("../../../../spec/vectors/")
	source, err := os.ReadFile(dir + "errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c := load(t, string(source))
	x := New(c)
	pasted := 0
	for _, file := range []string{"decide.json", "read.json", "resend.json"} {
		for _, whole := range vectorReplies(t, dir+file, c) {
			if wantDecided(t, x, whole) {
				pasted++
			}
		}
	}
	if pasted < 300 {
		t.Errorf("only %d replies", pasted)
	}
}

// vectorReplies returns the whole replies of a file of vectors: no failures, and none that
// is cut, no UTF-8, or a text without a status that nobody can tell from others.
func vectorReplies(t *testing.T, path string, c *model.Catalog) []lookuptest.Whole {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Table string
		Reply struct {
			Status    int
			Headers   map[string]json.RawMessage
			Body      json.RawMessage
			Base64    []byte `json:"body_base64"`
			Cut       bool
			Operation string
			Failure   *string
		}
	}
	if err := json.Unmarshal(source, &vectors); err != nil {
		t.Fatal(err)
	}
	var all []lookuptest.Whole
	for _, v := range vectors {
		r := classify.Reply{Status: v.Reply.Status, Header: http.Header{}}
		var body string
		isText := v.Reply.Body == nil || json.Unmarshal(v.Reply.Body, &body) == nil
		for name, value := range v.Reply.Headers {
			var line string
			isText = isText && json.Unmarshal(value, &line) == nil
			r.Header.Add(name, strings.TrimSpace(line))
			isText = isText && !strings.ContainsAny(line, "\r\n")
		}
		if !isText || v.Reply.Failure != nil || v.Reply.Cut || v.Reply.Base64 != nil || v.Reply.Status == 0 {
			continue
		}
		r.Body = []byte(body)
		for _, a := range c.APIs {
			if a.Name == v.Table {
				all = append(all, lookuptest.Whole{API: a, Reply: r, Text: lookuptest.Wire(r)})
			}
		}
	}
	return all
}

// TestDecidesReplies pastes twenty thousand replies in many ways.
func TestDecidesReplies(t *testing.T) {
	all := catalogs(t)
	decided := 0
	for name, c := range all {
		if name == "hostile.yaml" || len(c.APIs[0].Entries()) == 0 {
			continue // its codes hold what a text changes
		}
		x := New(c)
		for _, whole := range lookuptest.Wholes(c, 7, 20_000/(len(all)-1)+1) {
			if wantDecided(t, x, whole) {
				decided++
			}
			if t.Failed() {
				break
			}
		}
	}
	t.Logf("%d replies were decided", decided)
}
