package check_test

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// TestVendors decides replies as the documentation of real APIs shows them. A file
// NAME.replies.yaml beside the spec holds them with what they have to be decided as,
// a text that is never shown of them, the addresses of the pages, and, for each rule that warns about the spec, why it does.
func TestVendors(t *testing.T) {
	paths, err := filepath.Glob("testdata/vendors/*.replies.yaml")
	if err != nil || len(paths) < 12 {
		t.Fatalf("replies of %d APIs, want 12 at least: %v", len(paths), err)
	}
	for _, path := range paths {
		spec := strings.TrimSuffix(path, ".replies.yaml") + ".yaml"
		t.Run(filepath.Base(spec), func(t *testing.T) {
			table := vendor(t, spec)
			root := parsed(t, path)
			pages := member(root, "pages")
			replies := member(root, "replies").Items
			if len(replies) < 20 {
				t.Errorf("%d replies, want 20 at least", len(replies))
			}
			for _, reply := range replies {
				if page := member(pages, scalar(reply, "page")); page == nil || !strings.HasPrefix(page.Text, "https://") {
					t.Errorf("line %d: the page %q is not listed", reply.Place.Line, scalar(reply, "page"))
				}
				t.Run(scalar(reply, "name"), func(t *testing.T) { decideVendor(t, table, reply) })
			}
		})
	}
}

// vendor returns the table of a spec's only API. Its problems are none, but for warnings
// that the file of its replies explains.
func vendor(t *testing.T, path string) *classify.Catalog {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	catalog, problems := check.Load(path, source)
	explained := member(parsed(t, strings.TrimSuffix(path, ".yaml")+".replies.yaml"), "warnings")
	for _, p := range problems {
		if catalog == nil || member(explained, p.Rule) == nil {
			t.Errorf("%d:%d: %s: %s [%s]", p.Line, p.Column, p.Severity, p.Message, p.Rule)
		}
	}
	if explained != nil {
		found := rules(problems)
		for _, pair := range explained.Pairs {
			if found[pair.Key.Text] == 0 {
				t.Errorf("the warning %s is explained, and there is none", pair.Key.Text)
			}
		}
	}
	if catalog == nil {
		t.FailNow()
	}
	return catalog.APIs[0].Table()
}

// decideVendor classifies a reply and compares the decision with what is wanted.
func decideVendor(t *testing.T, table *classify.Catalog, reply *syntax.Node) {
	t.Helper()
	status, err := strconv.Atoi(scalar(reply, "status"))
	if err != nil {
		t.Fatalf("line %d: %v", reply.Place.Line, err)
	}
	header := make(http.Header)
	if fields := member(reply, "headers"); fields != nil {
		for _, pair := range fields.Pairs {
			header.Add(pair.Key.Text, pair.Value.Text)
		}
	}
	operation := classify.Operation(scalar(reply, "operation"))
	if _, ok := table.Endpoint(operation); !ok {
		t.Errorf("line %d: the API has no operation %q", reply.Place.Line, operation)
	}
	r := classify.Reply{Status: status, Header: header, Body: []byte(scalar(reply, "body")), Operation: operation}
	d := table.Classify(r)
	if never := scalar(reply, "never"); never != "" {
		shown := fmt.Sprint(d.Why(), d.Err(), table.Message(r), table.Redact(r, string(r.Body)))
		if strings.Contains(shown, never) {
			t.Errorf("line %d: %q shows in %s", reply.Place.Line, never, shown)
		}
	}
	want := member(reply, "want")
	if diff := gocmp.Diff(outcome{
		Entry: scalar(want, "entry"), Also: scalar(want, "also"), Action: scalar(want, "action"),
		Variant: cmp.Or(scalar(want, "variant"), "0"), Override: cmp.Or(scalar(want, "override"), "0"), Wait: cmp.Or(scalar(want, "wait"), "none"),
		RequestID: scalar(want, "request_id"), Field: scalar(want, "field"),
	}, outcomeOf(&d)); diff != "" {
		t.Errorf("line %d (-want +got):\n%s%s", reply.Place.Line, diff, d.Why())
	}
}

// outcome is what a reply is decided as.
type outcome struct {
	Entry    string // the kind and the key of the entry, or success
	Also     string // a finer code that is not listed
	Action   string
	Variant  string
	Override string
	Wait     string // the milliseconds that the server asks for, policy, or none

	RequestID, Field string
}

func outcomeOf(d *classify.Decision) outcome {
	out := outcome{
		Entry: d.Source.String(), Also: d.Also, Action: d.Action.String(),
		Variant: fmt.Sprint(d.Variant), Override: fmt.Sprint(d.Override), Wait: "none",
		RequestID: d.RequestID, Field: d.Field,
	}
	if key := d.Entry.Code(); d.Source != classify.KindSuccess && key != "" && key != out.Entry {
		out.Entry += " " + d.Entry.Code()
	}
	switch {
	case !d.Action.Waits():
	case d.ServerDelay > 0:
		out.Wait = fmt.Sprint(d.ServerDelay.Milliseconds())
	default:
		out.Wait = "policy"
	}
	return out
}

// parsed reads a YAML file that has to be without a problem.
func parsed(t *testing.T, path string) *syntax.Node {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	root, problems := syntax.Parse(path, source, syntax.DefaultSize)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return root
}

// member returns the value of a key, or nil.
func member(n *syntax.Node, key string) *syntax.Node {
	if n != nil {
		for _, pair := range n.Pairs {
			if pair.Key.Text == key {
				return pair.Value
			}
		}
	}
	return nil
}

func scalar(n *syntax.Node, key string) string {
	if value := member(n, key); value != nil {
		return value.Text
	}
	return ""
}
