package writing_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/serve"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/golang/golangtest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/writing"
	"github.com/errkb/errkb/spec"
)

// catalogs are those of the tests, and the shipped one.
func catalogs(t *testing.T) map[string]*model.Catalog {
	all := golangtest.Everything()
	all["shipped"] = load(t, string(spec.Errors))
	return all
}

func load(t *testing.T, source string) *model.Catalog {
	t.Helper()
	c, problems := check.Load("errors.yaml", []byte(source))
	if diag.HasErrors(problems) {
		t.Fatalf("the spec has errors: %v", problems)
	}
	return c
}

// servers are a server of HTTP/1.1 and one of HTTP/2 with the same handler.
func servers(t *testing.T, h http.Handler) map[string]*httptest.Server {
	one, two := httptest.NewServer(h), httptest.NewUnstartedServer(h)
	two.EnableHTTP2 = true
	two.StartTLS()
	t.Cleanup(one.Close)
	t.Cleanup(two.Close)
	return map[string]*httptest.Server{"HTTP/1.1": one, "HTTP/2.0": two}
}

// TestRoundTrip has every entry written in every form, over HTTP/1.1 and HTTP/2, and read by
// the classifier in every operation.
func TestRoundTrip(t *testing.T) {
	var answer func(http.ResponseWriter, *http.Request)
	both := servers(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r) }))
	forms := make(map[string]int) // how many replies were read in each
	for name, c := range catalogs(t) {
		for _, a := range c.APIs {
			plan, table := writing.New(a), a.Table()
			for protocol, s := range both {
				for _, m := range plan.Made {
					for i, form := range plan.API.Forms {
						if slices.Contains(m.Serve.Skip, i) {
							continue
						}
						rest := ""
						if m.Entry.Kind == classify.KindPrefix {
							rest = "7"
						}
						answer = func(w http.ResponseWriter, r *http.Request) {
							values := slices.Repeat([]string{"</Error>\"}\n{{limit}} TOO_LATE"}, len(m.Serve.Args))
							err := serve.NewPrefixed(&plan.API, &m.Serve, rest, values...).WithField("size").WithRetryAfter(90 * time.Second)
							r = r.WithContext(serve.WithRequestID(r.Context(), "request 7"))
							serve.Responder{API: &plan.API, Form: form.Name}.Write(w, r, err)
						}
						resp, err := s.Client().Get(s.URL)
						if err != nil {
							t.Fatal(err)
						}
						if resp.Proto != protocol {
							t.Fatalf("a reply of %s over %s", resp.Proto, protocol)
						}
						read := []classify.Decision{table.ClassifyResponse(resp)}
						body, err := io.ReadAll(resp.Body)
						if err != nil {
							t.Fatal(err)
						}
						resp.Body.Close()
						for _, operation := range m.Entry.Operations {
							read = append(read, table.Classify(classify.Reply{Status: resp.StatusCode, Header: resp.Header, Body: body, Operation: classify.Operation(operation)}))
						}
						for _, d := range read {
							if want := table.ByNumber(m.Entry.Number); d.Entry != want || d.Source != m.Entry.Kind || d.Action == classify.OK {
								t.Errorf("%s, %s, %s, operation %q: %q is read as %s %q: %v", name, protocol, form.Name, d.Operation, m.Entry.Code, d.Source, d.Code, d.Why())
							}
							if len(a.RequestID) > 0 && a.RequestID[0].Header != "" && d.RequestID != "request 7" {
								t.Errorf("%s, %s: the request id of %q is read as %q", name, form.Name, m.Entry.Code, d.RequestID)
							}
							forms[form.Name]++
						}
					}
				}
			}
		}
	}
	for _, want := range []string{"json", "json-2", "xml", "text", "header", "problem"} {
		if forms[want] == 0 {
			t.Errorf("no reply was written in the form %s; there are %v", want, slices.Sorted(maps.Keys(forms)))
		}
	}
}

// TestEveryEntry wants a function for every code in use that is not success, of the catalogs
// in which all can be written.
func TestEveryEntry(t *testing.T) {
	for _, name := range []string{"shipped", "full", "text", "prefixes"} {
		for _, a := range catalogs(t)[name].APIs {
			plan, want := writing.New(a), 0
			for _, e := range slices.Concat(a.Codes, a.Prefixes) {
				if e.Retired == nil && e.Action != classify.OK {
					want++
				}
			}
			if len(plan.Made) != want || len(plan.Refused) > 0 {
				t.Errorf("%s has %d functions, want %d; refused are %v", a.Name, len(plan.Made), want, plan.Refused)
			}
		}
	}
}

// TestBare has what the catalog has no code for written: its own entry decides, and success
// never does.
func TestBare(t *testing.T) {
	for name, c := range catalogs(t) {
		for _, a := range c.APIs {
			plan, table := writing.New(a), a.Table()
			for _, e := range []*serve.Entry{&plan.API.Internal, &plan.API.Unavailable} {
				for i := range len(plan.API.Forms) + 1 {
					responder := serve.Responder{API: &plan.API}
					if i > 0 {
						responder.Form = plan.API.Forms[i-1].Name
					}
					out := httptest.NewRecorder()
					responder.Write(out, httptest.NewRequest("GET", "/", nil), serve.New(&plan.API, e))
					d := table.Classify(classify.Reply{Status: out.Code, Header: out.Header(), Body: out.Body.Bytes()})
					said := a.StatusEntry(e.Status)
					if d.Action == classify.OK || d.Code != "" || said != nil && (d.Source != said.Kind || d.Entry.Number() != said.Number) {
						t.Errorf("%s: %q with status %d is read as %s %q", name, out.Body, out.Code, d.Source, d.Code)
					}
				}
			}
		}
	}
}

// TestForms looks at the replies themselves.
func TestForms(t *testing.T) {
	const head = "format: 1\nsite: https://errors.example.com/\ncategories: {bad: {action: fail}, busy: {action: retry}}\npolicies: {slot: {base: 1500ms, retries: 2}, grow: {growth: exponential, base: 1s, retries: 2}}\napis:\n  shop:\n"
	const codes = "    codes:\n      NO: {category: bad, meaning: Not <so>, fix: Stop, status: 422}\n      BUSY: {category: busy, retry: slot, meaning: Wait, fix: Wait, status: 503}\n      SLOW: {category: busy, retry: grow, meaning: Wait, fix: Wait, status: 503}\n"
	for _, test := range []struct {
		name, api, form, code string
		header                http.Header
		body                  string
	}{
		{"signs", "reply: [{json: {ok: {at: /ok, equals: true}, fail: {at: /state, equals: [bad, worse]}, code: [/error/code], message: [/error/text]}}]", "json", "NO",
			http.Header{}, `{"state":"bad","ok":false,"error":{"code":"NO","text":"Not \u003cso\u003e"}}`},
		{"absent", "reply: [{json: {ok: {absent: /error}, code: [/code]}}]", "json", "NO", http.Header{}, `{"code":"NO","error":true}`},
		{"marks", `reply: [{json: {code: ["/type"], trim: {after: "#", before: "?"}}}]`, "json", "NO", http.Header{}, `{"type":"NO"}`},
		{"a sign without a value", "reply: [{json: {ok: [{at: /state, equals: done}, {at: /status, equals: ok}], fail: {present: /why}, code: [/code]}}]", "json", "NO", http.Header{}, `{"code":"NO"}`},
		{"places and kinds of the examples", "reply: [{json: {code: [/detail, /code]}}]", "json", "7001", http.Header{}, `{"code":7001}`},
		{"an empty code", "reply: [{json: {code: [/code]}}]", "json", "", http.Header{}, `{"code":""}`},
		{"the header beside", "reply: [{header: {code: [X-Error]}}, {json: {code: [/code]}}]", "", "NO", http.Header{"X-Error": {"NO"}, "Vary": {"Accept"}}, `{"code":"NO"}`},
		{"array", "reply: [{json: {code: [\"/errors/*/code\"], message: [/errors/0/text]}}]", "json", "NO", http.Header{}, `{"errors":[{"code":"NO","text":"Not \u003cso\u003e"}]}`},
		{"wrapped", "reply: [{json: {in: {string: /fault}, code: [/code]}}]", "json", "NO", http.Header{}, `{"fault":"{\"code\":\"NO\"}"}`},
		{"problem", "reply: [{json: {code: [/code], message: [/detail]}}]", "problem", "NO", http.Header{},
			`{"type":"https://errors.example.com/c/shop/no.html","title":"Not \u003cso\u003e","status":422,"code":"NO","detail":"Not \u003cso\u003e"}`},
		{"no problem", "reply: [{json: {ok: {at: /status, equals: 1}, code: [/code]}}]", "problem", "NO", http.Header{}, `{"status":0,"code":"NO"}`},
		{"xml", "reply: [{xml: {ok: {absent: /Fault}, code: [\"/Fault/@code\"], message: [/Fault/Text]}}]", "xml", "NO", http.Header{},
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Fault code=\"NO\"><Text>Not &lt;so&gt;</Text></Fault>"},
		{"text", `reply: [{text: {code: {prefix: ["ERR "]}, trim: {before: ","}}}]`, "text", "NO", http.Header{}, "ERR NO"},
		{"header", "reply: [{header: {code: [X-Error], fail: {header: X-State, prefix: [bad]}}}]", "header", "NO", http.Header{"X-Error": {"NO"}, "X-State": {"bad"}}, ""},
		{"ids", "reply: [{json: {code: [/code]}}]\n    request_id: {json: /id}\n    field: {header: X-Field}", "json", "NO", http.Header{"X-Field": {"size"}}, `{"code":"NO","id":"r7"}`},
		{"wait", "reply: [{json: {code: [/code]}}]", "json", "BUSY", http.Header{"Retry-After": {"2"}}, `{"code":"BUSY"}`},
		{"a wait that grows", "reply: [{json: {code: [/code]}}]", "json", "SLOW", http.Header{}, `{"code":"SLOW"}`},
		{"wait in the body", "reply: [{json: {code: [/code]}}]\n    delay: [{json: /wait, unit: ms}]", "json", "BUSY", http.Header{}, `{"code":"BUSY","wait":1500}`},
		{"wait in a header", "reply: [{json: {code: [/code]}}]\n    delay: [{header: RateLimit, as: ratelimit}, {header: X-Wait, unit: ms}]", "json", "BUSY", http.Header{"X-Wait": {"1500"}}, `{"code":"BUSY"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			spec := head + "    " + test.api + "\n" + codes
			switch test.code {
			case "7001":
				spec += "      \"7001\": {category: bad, meaning: Number, fix: Stop, examples: [{status: 400, body: '{\"code\": 7001}'}]}\n"
			case "":
				spec += "      \"\": {category: bad, meaning: Empty, fix: Stop}\n"
			}
			a := load(t, spec).APIs[0]
			plan := writing.New(a)
			i := slices.IndexFunc(plan.Made, func(m writing.Made) bool { return m.Entry.Code == test.code })
			if i < 0 {
				t.Fatalf("nothing is made of %s: %v", test.code, plan.Refused)
			}
			r := httptest.NewRequest("GET", "/", nil)
			r = r.WithContext(serve.WithRequestID(r.Context(), "r7"))
			out := httptest.NewRecorder()
			err := serve.New(&plan.API, &plan.Made[i].Serve).WithField("size")
			serve.Responder{API: &plan.API, Form: test.form}.Write(out, r, err)
			if body := strings.TrimSuffix(out.Body.String(), "\n"); body != test.body {
				t.Errorf("the body is\n%s\nwant\n%s", body, test.body)
			}
			for _, name := range []string{"Content-Type", "X-Content-Type-Options"} {
				out.Header().Del(name)
			}
			if !maps.EqualFunc(out.Header(), test.header, slices.Equal) {
				t.Errorf("the header is %v, want %v", out.Header(), test.header)
			}
		})
	}
}

// TestWaitAsTime has a wait said as a point in time.
func TestWaitAsTime(t *testing.T) {
	a := load(t, "format: 1\ncategories: {busy: {action: retry}}\npolicies: {slot: {base: 30s, retries: 2}}\napis:\n  shop:\n    reply: [{json: {code: [/code]}}]\n    delay: [{header: X-Reset, as: time}]\n    codes: {BUSY: {category: busy, retry: slot, meaning: Wait, fix: Wait}}\n").APIs[0]
	plan := writing.New(a)
	out := httptest.NewRecorder()
	before := time.Now()
	plan.API.Write(out, httptest.NewRequest("GET", "/", nil), serve.New(&plan.API, &plan.Made[0].Serve))
	n, err := strconv.ParseInt(out.Header().Get("X-Reset"), 10, 64)
	if err != nil || time.Unix(n, 0).Before(before.Add(30*time.Second).Truncate(time.Second)) || time.Unix(n, 0).After(time.Now().Add(31*time.Second)) {
		t.Errorf("the wait ends at %q", out.Header())
	}
}

// TestValueIsCode has a code written where no value of a message can pass for another one.
func TestValueIsCode(t *testing.T) {
	a := load(t, `format: 1
categories: {bad: {action: fail}}
apis:
  shop:
    reply: [{json: {code: [/text, /code], message: [/text]}}]
    codes:
      TAKEN: {category: bad, message: "{{name}}", fix: Stop, args: {name: {type: string, example: A}}, examples: [{status: 400, body: '{"text": "B", "code": "TAKEN"}'}]}
      OTHER: {category: bad, meaning: Other, fix: Stop}
`).APIs[0]
	plan, table := writing.New(a), a.Table()
	for _, form := range plan.API.Forms {
		out := httptest.NewRecorder()
		serve.Responder{API: &plan.API, Form: form.Name}.Write(out, httptest.NewRequest("GET", "/", nil), serve.New(&plan.API, &plan.Made[0].Serve, "OTHER"))
		if d := table.Classify(classify.Reply{Status: out.Code, Body: out.Body.Bytes()}); d.Code != "TAKEN" {
			t.Errorf("%s is read as %q", out.Body, d.Code)
		}
	}
}

// TestRefused has what can't be written refused, and what can be left out left out.
func TestRefused(t *testing.T) {
	const head = "format: 1\ncategories: {bad: {action: fail}}\napis:\n  shop:\n"
	const codes = "\n    codes: {NO: {category: bad, meaning: No, fix: Stop}, WRITE: {category: bad, meaning: Read only, fix: Stop, go: Written}}\n"
	for _, test := range []struct {
		name, api        string
		leftOut, refused int
	}{
		{"stream alone", "reply: [{json: {in: sse, code: [/code]}}]", 1, 2},
		{"stream beside another", "reply: [{json: {in: sse, code: [/code]}}, {json: {code: [/code]}}]", 1, 0},
		{"a sign in any message", "reply: [{text: {ok: {contains: done}, code: {prefix: [\"\"]}}}]", 0, 0},
		{"no room for the code", "reply: [{json: {ok: {at: /error/state, equals: 1}, code: [/error]}}]", 0, 0},
		{"no form with a code", "reply: [{json: {ok: {at: /ok, equals: true}}}]\n    statuses: {400: {category: bad, fix: Stop}}", 0, 2},
		{"a function of that name", "reply: [{json: {code: [/code]}}]\n    operations: {a: {}}", 0, 1},
	} {
		spec := head + "    " + test.api + codes
		if strings.HasPrefix(test.name, "a function") {
			spec = strings.Replace(spec, ", go: Written", "", 1)
		}
		if strings.HasPrefix(test.name, "no form") {
			spec = strings.ReplaceAll(spec, codes, "\n")
			c := load(t, spec)
			c.APIs[0].Codes = []*model.Entry{{API: c.APIs[0], Kind: classify.KindCode, Code: "A", Number: 1, Category: c.Categories[0]}, {API: c.APIs[0], Kind: classify.KindCode, Code: "B", Number: 2, Category: c.Categories[0]}}
			if plan := writing.New(c.APIs[0]); len(plan.Refused) != test.refused {
				t.Errorf("%s: refused are %v", test.name, plan.Refused)
			}
			continue
		}
		plan := writing.New(load(t, spec).APIs[0])
		if len(plan.LeftOut) != test.leftOut || len(plan.Refused) != test.refused {
			t.Errorf("%s: left out are %v, refused %v", test.name, plan.LeftOut, plan.Refused)
		}
	}
}
