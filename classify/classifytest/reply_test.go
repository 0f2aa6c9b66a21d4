package classifytest_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/classifytest"
	"github.com/errkb/errkb/classify/packed"
	"github.com/errkb/errkb/generated/captchaai"
	"github.com/errkb/errkb/generated/fastcaptcha"
)

// hostile is a catalog with every kind of form, place and test, whose codes are
// hard to write down.
func hostile() *classify.Catalog {
	wait := &classify.Policy{Name: "wait", Base: time.Second, Retries: 3}
	return finish(&classify.Catalog{
		Name: "hostile",
		Forms: []classify.Form{
			{
				Syntax:  classify.JSON,
				OK:      []classify.Test{{Kind: classify.Absent, At: classify.Path{"error"}}, {At: classify.Path{"ok"}, Values: []classify.Scalar{{Type: classify.Bool, Text: "true"}, {Type: classify.Number, Text: "0"}}}},
				Code:    []classify.Path{{"error", "code"}, {"errors", "*", "a/b"}, {"errors", "2", "~", ""}, {"deep", "*", "*", "code"}},
				Message: []classify.Path{{"error", "message"}},
			},
			{
				Syntax:  classify.XML,
				OK:      []classify.Test{{At: classify.Path{"Error", "status"}, Values: []classify.Scalar{{Type: classify.String, Text: "ok"}}}, {Kind: classify.Present, At: classify.Path{"Result"}}},
				Code:    []classify.Path{{"Error", "Code"}, {"*", "Errors", "Error", "Code"}, {"Fault", "*", "*"}},
				Message: []classify.Path{{"Error", "Message"}},
			},
			{
				Syntax: classify.Text,
				OK:     []classify.Test{{Kind: classify.PrefixIs, Prefix: []string{"OK|"}}},
				Code:   []classify.Path{{"ERR|"}, {"FAIL "}},
				After:  "#", Before: "(",
			},
			{
				Syntax: classify.Header,
				OK:     []classify.Test{{Kind: classify.HeaderEquals, Header: "X-Status", Values: []classify.Scalar{{Type: classify.String, Text: "fine"}}}, {Kind: classify.StatusIs, Status: []int{202, 3}}},
				Code:   []classify.Path{{"X-Error-Code"}},
				Before: ":",
			},
			{
				Syntax: classify.JSON,
				OK:     []classify.Test{{At: classify.Path{"0", "done"}, Values: []classify.Scalar{{Type: classify.Number, Text: "1"}, {Type: classify.Number, Text: "2"}}}},
				Code:   []classify.Path{{"*", "code"}, {"0", "why", "code"}},
			},
		},
		FoldCase: true,
		Delays:   []classify.Delay{{Header: "X-Wait", Unit: time.Millisecond}, {At: classify.Path{"error", "wait"}}, {Header: "Retry-After"}},
		Endpoints: []classify.Endpoint{
			{Operation: "list", Method: "GET", Path: "/things/"},
			{Operation: "get", Method: "GET", Path: "/things/{id}"},
			{Operation: "part", Path: "/things/{id}/parts/{part}"},
		},
		Codes: []classify.Entry{
			{Code: "01000", Action: classify.Retry, Policy: wait, Statuses: []uint16{429, 503}, Meaning: "Slow <down> & wait"},
			{Code: "NO", Meaning: "no"},
			{Code: "ERROR: 1001", Statuses: []uint16{204}},
			{Code: `quote"s and \slashes\`},
			{Code: "<b>&amp;</b>"},
			{Code: "ünï·çödé"},
			{Code: "a\tb"},
			{Code: "line\nbreak"},
			{Code: strings.Repeat("LONG_", 60)},
			{Code: "READY", Action: classify.OK},
			{Code: "a#b"},
			{Code: "OK|"},
			{Code: "true", Action: classify.FixAccount, Statuses: []uint16{202, 402}},
		},
		Prefixes: []classify.Entry{
			{Kind: classify.KindPrefix, Code: "080*", Action: classify.Retry, Policy: wait},
			{Kind: classify.KindPrefix, Code: "08*"},
			{Kind: classify.KindPrefix, Code: "x (*"},
		},
		Statuses: []classify.Entry{
			{Kind: classify.KindStatus, Number: 200, Code: "200", Action: classify.OK},
			{Kind: classify.KindStatus, Number: 204, Code: "204"},
			{Kind: classify.KindStatus, Number: 429, Code: "429", Action: classify.Retry, Policy: wait},
		},
		Classes:      []classify.Entry{{Kind: classify.KindStatusClass, Number: 5, Code: "5xx", Action: classify.Retry, Policy: wait}},
		Unknown:      &classify.Entry{Kind: classify.KindUnknown, Code: "unknown"},
		Unrecognised: &classify.Entry{Kind: classify.KindUnrecognised, Code: "unrecognised"},
		Aliases:      []classify.Alias{{Text: "null", Code: 2}, {Text: "no such thing", Code: 2}},
	})
}

// byStatus is a catalog of an API that says success by the status alone, and
// another by header.
func byStatus() *classify.Catalog {
	return finish(&classify.Catalog{
		Name: "by status",
		Forms: []classify.Form{{
			Syntax: classify.JSON,
			OK:     []classify.Test{{Kind: classify.StatusIs, Status: []int{2}}},
			Code:   []classify.Path{{"code"}},
		}},
		Codes: []classify.Entry{{Code: "A"}, {Code: "B", Statuses: []uint16{409}}},
	})
}

// noTest is a catalog that has no test of success at all.
func noTest() *classify.Catalog {
	return finish(&classify.Catalog{
		Name:     "no test",
		Forms:    []classify.Form{{Syntax: classify.JSON, Code: []classify.Path{{"code"}}}},
		Codes:    []classify.Entry{{Code: "A"}},
		Statuses: []classify.Entry{{Kind: classify.KindStatus, Number: 200, Code: "200", Action: classify.OK}},
	})
}

// twoForms is a catalog whose second form is, to the first, a success.
func twoForms() *classify.Catalog {
	return finish(&classify.Catalog{
		Name: "two forms",
		Forms: []classify.Form{
			{Syntax: classify.JSON, OK: []classify.Test{{Kind: classify.Absent, At: classify.Path{"error"}}}, Code: []classify.Path{{"error", "code"}}},
			{Syntax: classify.JSON, OK: []classify.Test{{At: classify.Path{"success"}, Values: []classify.Scalar{{Type: classify.Bool, Text: "true"}}}}, Code: []classify.Path{{"code"}}},
		},
		Codes: []classify.Entry{{Code: "A"}},
	})
}

func finish(c *classify.Catalog) *classify.Catalog {
	var keys []string
	for i := range c.Codes {
		c.Codes[i].Kind, c.Codes[i].Number = classify.KindCode, uint16(i+1)
		keys = append(keys, c.Codes[i].Code)
	}
	for _, alias := range c.Aliases {
		keys = append(keys, alias.Text)
	}
	c.Index = packed.NewIndex(keys, c.FoldCase)
	return c
}

// spellings lists texts of a catalog's codes and the entry that each is to be
// read as; "" where there is none.
func spellings(c *classify.Catalog) map[string]string {
	all := map[string]string{"SOMETHING_NEW": "", "neu:1": ""}
	for _, e := range c.Codes {
		if e.Action != classify.OK {
			all[e.Code] = e.Code
		}
	}
	for _, e := range c.Prefixes {
		all[strings.TrimSuffix(e.Code, "*")+"99"] = e.Code
	}
	for _, a := range c.Aliases {
		all[a.Text] = c.Codes[a.Code-1].Code
	}
	if c.FoldCase {
		all["no"], all["TRUE"] = "NO", "true"
	}
	return all
}

// fetch gets what the server answers.
func fetch(t *testing.T, client *http.Client, url string) classify.Reply {
	t.Helper()
	resp, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return classify.Reply{Status: resp.StatusCode, Header: resp.Header, Body: body}
}

// TestReplies sends every code, alias and prefix of several catalogs in every form
// over a socket, and has the catalog read what arrives.
func TestReplies(t *testing.T) {
	for _, c := range []*classify.Catalog{captchaai.Catalog(), fastcaptcha.Catalog(), hostile(), byStatus(), noTest(), twoForms()} {
		t.Run(c.Name, func(t *testing.T) {
			srv := classifytest.New(t, c)
			for code, entry := range spellings(c) {
				replies := classifytest.Replies(c, code)
				if len(replies) == 0 {
					t.Errorf("%q: no reply", code)
				}
				for _, sent := range replies {
					srv.Script(classifytest.Raw(sent))
					got := fetch(t, srv.Client(), srv.URL)
					if !bytes.Equal(got.Body, sent.Body) || got.Status != sent.Status {
						t.Errorf("%q: sent %d %q, got %d %q", code, sent.Status, sent.Body, got.Status, got.Body)
					}
					d := c.Classify(got)
					if d.Code != code || d.Action == classify.OK || entry != "" && d.Entry.Code() != entry || (entry == "") == d.Known {
						t.Errorf("%q as %d %q: code %q, entry %s, %s", code, got.Status, got.Body, d.Code, d.Entry.Code(), d.Action)
					}
				}
				srv.Script(classifytest.Code(code))
				if first := fetch(t, srv.Client(), srv.URL); len(replies) > 0 && !bytes.Equal(first.Body, replies[0].Body) {
					t.Errorf("%q: Code answers %q, Replies has %q first", code, first.Body, replies[0].Body)
				}
			}
		})
	}
}

// TestReplyForms looks at the replies themselves.
func TestReplyForms(t *testing.T) {
	tests := []struct {
		catalog *classify.Catalog
		code    string
		want    []string
	}{
		{fastcaptcha.Catalog(), "RATE_LIMIT_EXCEEDED", []string{`429 {"code":"RATE_LIMIT_EXCEEDED","error":"Too many requests","success":false}`}},
		{fastcaptcha.Catalog(), "NEW", []string{`200 {"code":"NEW","error":"unknown error","success":false}`}},
		{captchaai.Catalog(), "CAPCHA_NOT_READY", []string{`200 {"request":"CAPCHA_NOT_READY","status":0}`, "200 CAPCHA_NOT_READY"}},
		{byStatus(), "A", []string{`400 {"code":"A"}`}},
		{byStatus(), "B", []string{`409 {"code":"B"}`}},
		{byStatus(), "C", []string{`400 {"code":"C"}`}},
		{noTest(), "A", []string{`200 {"code":"A"}`}},
		{noTest(), "C", []string{`400 {"code":"C"}`}},
		{hostile(), "01000", []string{
			`429 {"error":{"code":"01000","message":"Slow \u003cdown\u003e \u0026 wait"},"ok":false}`,
			`429 {"error":"error","errors":[{"a/b":"01000"}],"ok":false}`,
			`429 {"error":"error","errors":[null,null,{"~":{"":"01000"}}],"ok":false}`,
			`429 {"deep":[[{"code":"01000"}]],"error":"error","ok":false}`,
			`429 <?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Error><Code>01000</Code><status>error</status><Message>Slow &lt;down&gt; &amp; wait</Message></Error>`,
			`429 <?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Response><Errors><Error><Code>01000</Code></Error></Errors></Response>`,
			`429 <?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Fault><Response><Response>01000</Response></Response></Fault>`,
			`429 ERR|#01000(`,
			`429 FAIL #01000(`,
			`429 X-Error-Code: 01000:`,
			`429 [{"code":"01000","done":0}]`,
			`429 [{"done":0,"why":{"code":"01000"}}]`,
		}},
		{twoForms(), "A", []string{`200 {"error":{"code":"A"}}`, `200 {"code":"A","error":"error","success":false}`}},
		{hostile(), "READY", nil}, // it is success
		{hostile(), "", nil},
	}
	for _, test := range tests {
		var got []string
		for _, r := range classifytest.Replies(test.catalog, test.code) {
			body := string(r.Body)
			if code := r.Header.Get("X-Error-Code"); code != "" {
				body = "X-Error-Code: " + code
			}
			got = append(got, fmt.Sprintf("%d %s", r.Status, body))
		}
		if g, w := strings.Join(got, "\n"), strings.Join(test.want, "\n"); g != w {
			t.Errorf("%s %q\n got\n%s\nwant\n%s", test.catalog.Name, test.code, g, w)
		}
	}
}

// TestStatuses sends every status of the catalogs without a code.
func TestStatuses(t *testing.T) {
	for _, c := range []*classify.Catalog{captchaai.Catalog(), fastcaptcha.Catalog(), hostile()} {
		srv := classifytest.New(t, c)
		for _, status := range []int{200, 204, 400, 401, 402, 404, 413, 415, 418, 429, 500, 502, 503, 599} {
			srv.Script(classifytest.Status(status))
			got := fetch(t, srv.Client(), srv.URL)
			d := c.Classify(got)
			want := "unrecognised"
			for _, e := range c.Classes {
				if int(e.Number) == status/100 {
					want = e.Code
				}
			}
			for _, e := range c.Statuses {
				if int(e.Number) == status && e.Action != classify.OK {
					want = e.Code
				}
			}
			if got.Status != status || d.Code != "" || d.Entry.Code() != want {
				t.Errorf("%s: status %d: %d %q is read as %s, want %s", c.Name, status, got.Status, got.Body, d.Entry.Code(), want)
			}
		}
	}
}
