package errkbmcp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// odd is a spec whose keys are as odd as keys may be.
const odd = `format: 1
categories:
  permanent: {title: Permanent, action: fail, who: developer}
  transient: {title: Transient, action: retry, who: client}
policies:
  soon: {base: 1s, retries: 3}
apis:
  empty:
    reply: [{json: {code: [/code]}}]
    codes:
      ONE: {meaning: One, fix: Stop, category: permanent}
  shop:
    reply: [{json: {code: [/code]}}]
    statuses:
      "429": {meaning: Too many, fix: Wait, category: transient, retry: soon}
    overrides:
      - {when: {header: X-Stop}, action: fail}
      - {when: {header: X-Go}, action: retry, retry: soon}
    codes:
      "429": {meaning: Odd, fix: Stop, category: permanent}
      "a/b c%2Fd?e#f": {meaning: Signs of addresses, fix: Stop, category: permanent}
      "../../etc/passwd": {meaning: A way, fix: Stop, category: permanent}
      "--spec=x": {meaning: A flag, fix: Stop, category: permanent}
      "é余额不足": {meaning: Other scripts, fix: Stop, category: permanent}
      "08*":
        meaning: "Two lines: one\nand two"
        fix: Stop
        category: permanent
        variants:
          - {when: {status: [503]}, category: transient, retry: soon}
`

// TestResources lists all entries, reads each, and compares it with the command's and with
// the tool entry.
func TestResources(t *testing.T) {
	t.Parallel()
	for _, spec := range []string{"../../spec/errors.yaml", write(t, filepath.Join(t.TempDir(), "odd.yaml"), odd)} {
		t.Run(filepath.Base(spec), func(t *testing.T) {
			session := connect(t, "", "--spec", spec)
			schema := outputSchemas(t, session)["entry"]
			want := entriesOf(value(t, gen(t, "", "", "list", "--spec", spec, "-o", "json").out).(map[string]any))
			for resource, err := range session.Resources(t.Context(), nil) {
				if err != nil {
					t.Fatal(err)
				}
				if len(want) == 0 {
					t.Fatalf("%s is one more", resource.URI)
				}
				e := want[0].(map[string]any)
				want = want[1:]
				if len(want) > 12 && len(want)%16 > 0 { // each takes two runs of the command
					continue
				}
				if resource.Title != e["meaning"] || resource.MIMEType != "application/json" || !strings.Contains(resource.Name, e["code"].(string)) {
					t.Errorf("%+v", resource)
				}
				read, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: resource.URI})
				if err != nil {
					t.Fatalf("%s: %v", resource.URI, err)
				}
				text := read.Contents[0].Text
				if diff := cmp.Diff(any(e), value(t, []byte(text))); diff != "" {
					t.Errorf("%s (-command +resource):\n%s", resource.URI, diff)
				}
				var out bytes.Buffer
				if err := json.Indent(&out, []byte(text), "", "  "); err != nil || out.String() != text {
					t.Errorf("%s is laid out as %s", resource.URI, text)
				}
				result := call(t, session, "entry", map[string]any{"api": e["api"], "kind": e["kind"], "code": e["code"]})
				fits(t, schema, result.StructuredContent)
				if diff := cmp.Diff(any(e), structured(t, result)); diff != "" {
					t.Errorf("%s (-command +tool):\n%s", resource.URI, diff)
				}
				if got := texts(t, result); !slices.Equal(got, []string{text}) {
					t.Errorf("%s: the tool says %q", resource.URI, got)
				}
			}
			if len(want) > 0 {
				t.Errorf("%d entries are not listed", len(want))
			}
		})
	}
}

// TestResourceNotFound reads addresses that no entry has.
func TestResourceNotFound(t *testing.T) {
	session := connect(t, "", "--spec", write(t, filepath.Join(t.TempDir(), "odd.yaml"), odd))
	for _, uri := range []string{
		"errkb://shop/code/NONE", "errkb://shop/code/a/b", "errkb://shop/code/", "errkb://shop/code", "errkb://nobody/code/ONE",
		"errkb://shop/code/..%2F..%2Fetc%2Fshadow", "errkb://shop/code/08*", "errkb://shop/code/%zz", "file:///etc/passwd", "errors.yaml", "",
	} {
		read, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		if err == nil || !strings.Contains(err.Error(), "not found") {
			t.Errorf("%q: %v, %v", uri, read, err)
		}
	}
	got := call(t, session, "entry", map[string]any{"api": "shop", "code": "429"})
	if said := texts(t, got); !got.IsError || !strings.Contains(said[0], "say which kind: status, code") {
		t.Errorf("429 of shop: %q", said)
	}
	read, err := session.ListResourceTemplates(t.Context(), nil)
	if err != nil || len(read.ResourceTemplates) != 1 || read.ResourceTemplates[0].URITemplate != "errkb://{api}/{kind}/{code}" {
		t.Errorf("templates: %+v, %v", read, err)
	}
}

// TestLargeCatalog lists the resources of 1,000 codes page by page, and completes them.
func TestLargeCatalog(t *testing.T) {
	t.Parallel()
	var spec strings.Builder
	spec.WriteString("format: 1\ncategories:\n  no: {title: No, action: fail, who: developer}\napis:\n  shop:\n    reply: [{json: {code: [/code]}}]\n    codes:\n")
	const codes = 1000
	for i := range codes {
		fmt.Fprintf(&spec, "      CODE_%04d: {meaning: Number %d, fix: Stop, category: no}\n", i, i)
	}
	path := write(t, filepath.Join(t.TempDir(), "large.yaml"), spec.String())
	session := connect(t, "", "--spec", path)
	seen := map[string]bool{}
	pages := 0
	var cursor string
	for {
		page, err := session.ListResources(t.Context(), &mcp.ListResourcesParams{Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		pages++
		if len(page.Resources) > 200 {
			t.Fatalf("%d on a page", len(page.Resources))
		}
		for _, r := range page.Resources {
			seen[r.URI] = true
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	if len(seen) != codes || pages != codes/200 {
		t.Errorf("%d resources on %d pages", len(seen), pages)
	}
	complete := func(argument, value string, known map[string]string) mcp.CompletionResultDetails {
		t.Helper()
		result, err := session.Complete(t.Context(), &mcp.CompleteParams{
			Ref:      &mcp.CompleteReference{Type: "ref/resource", URI: "errkb://{api}/{kind}/{code}"},
			Argument: mcp.CompleteParamsArgument{Name: argument, Value: value},
			Context:  &mcp.CompleteContext{Arguments: known},
		})
		if err != nil {
			t.Fatal(err)
		}
		return result.Completion
	}
	if got := complete("code", "code_099", map[string]string{"api": "shop"}); len(got.Values) != 10 || got.Values[0] != "CODE_0990" || got.HasMore {
		t.Errorf("code_099 is completed to %v", got)
	}
	if got := complete("code", "", nil); len(got.Values) != 100 || got.Total != codes || !got.HasMore {
		t.Errorf("no text is completed to %d of %d values", len(got.Values), got.Total)
	}
	if got := complete("code", "CODE", map[string]string{"api": "other"}); len(got.Values) != 0 {
		t.Errorf("of another API: %v", got)
	}
	if got := complete("api", "s", nil); !slices.Equal(got.Values, []string{"shop"}) {
		t.Errorf("s is completed to %v", got)
	}
	write(t, path, strings.Replace(spec.String(), "CODE_0199", "CODE_X", 1))
	if _, err := session.ListResources(t.Context(), &mcp.ListResourcesParams{Cursor: "errkb://shop/code/CODE_0199"}); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("a page after an entry that is gone: %v", err)
	}
}

// outputSchemas returns what each tool says of its answers.
func outputSchemas(t *testing.T, session *mcp.ClientSession) map[string]*jsonschema.Resolved {
	t.Helper()
	schemas := map[string]*jsonschema.Resolved{}
	for tool, err := range session.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(tool.OutputSchema)
		if err != nil {
			t.Fatal(err)
		}
		var schema jsonschema.Schema
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatal(err)
		}
		if schemas[tool.Name], err = schema.Resolve(nil); err != nil {
			t.Fatal(err)
		}
	}
	return schemas
}
