package errkbmcp_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"
)

// question is what is asked of a tool, and of the command for comparison.
type question struct {
	tool  string
	args  map[string]any
	verb  []string
	stdin string
}

const (
	noFunds   = `{"status": 0, "request": "ERROR_ZERO_BALANCE"}`
	wholeText = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 12\r\n\r\n{\"success\": false, \"error\": \"Too many requests\", \"code\": \"RATE_LIMIT_EXCEEDED\"}"
	replies   = `{"api": "fastcaptcha", "status": 402, "method": "POST", "url": "https://x/api/v1/ocr/", "body": "{\"success\": false, \"code\": \"INSUFFICIENT_CREDITS\"}"}
{"api": "fastcaptcha", "status": 400, "body": "{\"success\": false, \"code\": \"NEW_ONE\"}"}
`
)

var questions = []question{
	{"explain", map[string]any{"text": "ERROR_ZERO_BALANCE"}, []string{"explain"}, "ERROR_ZERO_BALANCE"},
	{"explain", map[string]any{"text": "429"}, []string{"explain"}, "429"},
	{"explain", map[string]any{"text": "429", "api": "captchaai"}, []string{"explain", "--api", "captchaai"}, "429"},
	{"explain", map[string]any{"text": wholeText}, []string{"explain"}, wholeText},
	{"explain", map[string]any{"text": "nothing that anybody knows"}, []string{"explain"}, "nothing that anybody knows"},
	{"explain", map[string]any{"text": "ERROR_ZERO_BALANC"}, []string{"explain"}, "ERROR_ZERO_BALANC"},
	{"classify", map[string]any{"api": "captchaai", "operation": "submit", "status": 200, "body": noFunds},
		[]string{"classify", "--api", "captchaai", "--operation", "submit", "--status", "200"}, noFunds},
	{"classify", map[string]any{"api": "fastcaptcha", "status": 503, "header": []string{"Retry-After: 7", "Content-Type: text/html"}, "body": "<html>"},
		[]string{"classify", "--api", "fastcaptcha", "--status", "503", "--header", "Retry-After: 7", "--header", "Content-Type: text/html"}, "<html>"},
	{"classify", map[string]any{"api": "fastcaptcha", "status": 503, "header": []string{"Retry-After: 9007199254740993"}},
		[]string{"classify", "--api", "fastcaptcha", "--status", "503", "--header", "Retry-After: 9007199254740993"}, ""},
	{"classify", map[string]any{"api": "fastcaptcha"}, []string{"classify", "--api", "fastcaptcha"}, ""},
	{"classify", map[string]any{"api": "fastcaptcha", "transport": "dns"}, []string{"classify", "--api", "fastcaptcha", "--transport", "dns"}, ""},
	{"replay", map[string]any{"text": replies}, []string{"replay"}, replies},
	{"replay", map[string]any{"text": replies, "api": "fastcaptcha", "from": "jsonl"}, []string{"replay", "--api", "fastcaptcha", "--from", "jsonl"}, replies},
	{"replay", map[string]any{"text": "no reply here"}, []string{"replay"}, "no reply here"},
}

// TestAnswers compares what each tool returns with what the command prints.
func TestAnswers(t *testing.T) {
	t.Parallel()
	session := connect(t, "")
	schemas := outputSchemas(t, session)
	for _, q := range questions {
		if q.verb[0] == "replay" {
			q.verb = append(q.verb, "-")
		}
		t.Run(fmt.Sprint(q.tool, " ", strings.Join(q.verb[1:], " ")), func(t *testing.T) {
			want, wantText := gen(t, "", q.stdin, append(q.verb, "-o", "json")...), gen(t, "", q.stdin, q.verb...)
			got := call(t, session, q.tool, q.args)
			if got.IsError {
				t.Fatalf("an error: %q", texts(t, got))
			}
			if diff := cmp.Diff(value(t, want.out), structured(t, got)); diff != "" {
				t.Errorf("values (-command +tool):\n%s", diff)
			}
			wanted := []string{string(wantText.out)}
			if wantText.words != "" {
				wanted = append(wanted, wantText.words)
			}
			if diff := cmp.Diff(wanted, texts(t, got)); diff != "" {
				t.Errorf("texts (-command +tool):\n%s", diff)
			}
			fits(t, schemas[q.tool], got.StructuredContent)
		})
	}
}

// TestRefusals wants the command's own words where it refuses, and the SDK's where a value
// is none that a tool takes.
func TestRefusals(t *testing.T) {
	session := connect(t, "")
	for _, q := range []question{
		{"explain", map[string]any{"text": "x", "api": "nobody"}, []string{"explain", "--api", "nobody"}, "x"},
		{"classify", map[string]any{"body": "x"}, []string{"classify"}, "x"},
		{"classify", map[string]any{"api": "captchaai", "operation": "fly"}, []string{"classify", "--api", "captchaai", "--operation", "fly"}, ""},
		{"classify", map[string]any{"api": "captchaai", "transport": "pigeon"}, []string{"classify", "--api", "captchaai", "--transport", "pigeon"}, ""},
		{"classify", map[string]any{"api": "captchaai", "transport": "dns", "body": ""}, []string{"classify", "--api", "captchaai", "--transport", "dns", "-"}, ""},
		{"classify", map[string]any{"api": "captchaai", "header": []string{"no field"}}, []string{"classify", "--api", "captchaai", "--header", "no field"}, ""},
		{"replay", map[string]any{"text": "x", "from": "pdf"}, []string{"replay", "--from", "pdf", "-"}, "x"},
		{"list", map[string]any{"api": "nobody"}, []string{"list", "--api", "nobody"}, ""},
		{"entry", map[string]any{"api": "nobody", "code": "x"}, []string{"list", "--api", "nobody"}, ""},
	} {
		got := call(t, session, q.tool, q.args)
		want := gen(t, "", q.stdin, q.verb...)
		if want.status == 0 || want.words == "" {
			t.Errorf("the command takes %q", q.verb)
		}
		if diff := cmp.Diff([]string{want.words}, texts(t, got)); !got.IsError || diff != "" {
			t.Errorf("%s %v: is an error: %t (-command +tool):\n%s", q.tool, q.args, got.IsError, diff)
		}
	}
	for _, q := range []question{
		{tool: "explain"},
		{tool: "explain", args: map[string]any{"text": ""}},
		{tool: "explain", args: map[string]any{"text": 429}},
		{tool: "explain", args: map[string]any{"text": "x", "spec": "/etc/passwd"}},
		{tool: "explain", args: map[string]any{"text": strings.Repeat("x", 1<<20+1)}},
		{tool: "classify", args: map[string]any{"api": "captchaai", "status": 99}},
		{tool: "classify", args: map[string]any{"api": "captchaai", "status": nil}},
		{tool: "classify", args: map[string]any{"api": "captchaai", "header": "Retry-After: 5"}},
		{tool: "classify", args: map[string]any{"api": "captchaai", "header": slices.Repeat([]string{"A: b"}, 101)}},
		{tool: "classify", args: map[string]any{"api": strings.Repeat("x", 1001)}},
		{tool: "classify", args: map[string]any{"api": "captchaai\x00"}},
		{tool: "list", args: map[string]any{"limit": 0}},
		{tool: "list", args: map[string]any{"limit": 501}},
		{tool: "list", args: map[string]any{"offset": -1}},
		{tool: "entry", args: map[string]any{"api": "captchaai"}},
		{tool: "entry", args: map[string]any{"api": "captchaai", "code": "ERROR_NOT_THERE"}},
	} {
		got := call(t, session, q.tool, q.args)
		if said := texts(t, got); !got.IsError || len(said) != 1 || said[0] == "" {
			t.Errorf("%s %.80v: is an error: %t, %.200q", q.tool, q.args, got.IsError, said)
		}
	}
}

// TestList compares lists with the command's, whole and in pages.
func TestList(t *testing.T) {
	t.Parallel()
	specs, err := filepath.Glob("../../cmd/gen/internal/check/testdata/vendors/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	specs = slices.DeleteFunc(specs, func(path string) bool { return strings.HasSuffix(path, ".replies.yaml") })
	specs = append(specs[:2], "../../spec/errors.yaml", write(t, filepath.Join(t.TempDir(), "odd.yaml"), odd))
	for _, spec := range specs {
		t.Run(filepath.Base(spec), func(t *testing.T) {
			session := connect(t, "", "--spec", spec)
			schemas := outputSchemas(t, session)
			want := value(t, gen(t, "", "", "list", "--spec", spec, "-o", "json").out).(map[string]any)
			table := string(gen(t, "", "", "list", "--spec", spec).out)
			whole := call(t, session, "list", map[string]any{"whole": true, "limit": 500})
			fits(t, schemas["list"], whole.StructuredContent)
			got := structured(t, whole).(map[string]any)
			total := number(t, got["page"].(map[string]any)["total"])
			if p := got["page"].(map[string]any); p["next"] != nil || number(t, p["count"]) != total || total != len(entriesOf(want)) {
				t.Errorf("page %v of %d entries", p, len(entriesOf(want)))
			}
			delete(got, "page")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("whole (-command +tool):\n%s", diff)
			}
			if diff := cmp.Diff([]string{table}, texts(t, whole)); diff != "" {
				t.Errorf("table (-command +tool):\n%s", diff)
			}
			inPages(t, want, func(offset int) map[string]any {
				result := call(t, session, "list", map[string]any{"offset": offset, "limit": 17})
				for line := range strings.Lines(texts(t, result)[0]) {
					if !strings.Contains(table, line) {
						t.Errorf("the command does not print %q", line)
					}
				}
				fits(t, schemas["list"], result.StructuredContent)
				return structured(t, result).(map[string]any)
			})
		})
	}
}

// inPages asks for one page after the other, and compares all entries with the command's.
func inPages(t *testing.T, want map[string]any, ask func(offset int) map[string]any) {
	t.Helper()
	var got []any
	for offset := 0; ; {
		document := ask(offset)
		got = append(got, entriesOf(document)...)
		next := document["page"].(map[string]any)["next"]
		if next == nil {
			break
		}
		if offset = number(t, next); offset != len(got) {
			t.Fatalf("the next page is at %d, after %d entries", offset, len(got))
		}
	}
	var brief []any
	for _, e := range entriesOf(want) {
		head := map[string]any{}
		for _, member := range []string{"api", "kind", "code", "status", "category", "action", "meaning"} {
			head[member] = e.(map[string]any)[member]
		}
		brief = append(brief, head)
	}
	if diff := cmp.Diff(brief, got); diff != "" {
		t.Errorf("pages (-command +tool):\n%s", diff)
	}
}

// entriesOf returns the entries of a list, in the order of the command's table.
func entriesOf(list map[string]any) []any {
	var all []any
	for _, a := range list["apis"].([]any) {
		for _, member := range []string{"statuses", "codes", "transport", "unknown", "unrecognised"} {
			switch value := a.(map[string]any)[member].(type) {
			case []any:
				all = append(all, value...)
			case map[string]any:
				all = append(all, value)
			}
		}
	}
	return all
}

func number(t *testing.T, v any) int {
	t.Helper()
	n, err := v.(json.Number).Int64()
	if err != nil {
		t.Fatal(err)
	}
	return int(n)
}

// fits fails if a value is not as a tool says that it is.
func fits(t *testing.T, schema *jsonschema.Resolved, content any) {
	t.Helper()
	if err := schema.Validate(content); err != nil {
		t.Errorf("not as the output schema says: %v", err)
	}
}
