//go:build !race

// Under the race detector the pools of the standard library forget at random.

package classify

import (
	"net/http"
	"strings"
	"testing"
)

// What a catalog lists is decided without a byte on the heap.
func TestClassifyAllocatesNothing(t *testing.T) {
	c := taskAPI()
	c.Codes = append(c.Codes, Entry{Code: "ERROR " + strings.Repeat("x", 80), Action: Fail})
	c.Forms = append(c.Forms, Form{Syntax: Header, Code: []Path{{"X-Error"}}})
	c.Delays = append(c.Delays, Delay{At: Path{"error", "wait"}})
	indexed(c)
	folding := taskAPI()
	folding.FoldCase = true
	indexed(folding)
	tests := []struct {
		name  string
		c     *Catalog
		reply Reply
	}{
		{"code in JSON", c, Reply{Status: 200, Body: []byte(`{"status":0,"request":"NO_SLOT"}`)}},
		{"escaped code in JSON", c, Reply{Status: 200, Body: []byte(`{"st\u0061tus":0,"request":"NO\u005fSLOT"}`)}},
		{"code deep in JSON", c, Reply{Status: 200, Body: []byte(`{"status":"no","x":[1,{"y":null}],"error":{"wait":1.5,"code":"NO_SLOT"}}`)}},
		{"code in text", c, Reply{Status: 200, Body: []byte("\ufeff \"NO_SLOT\"\n")}},
		{"code in a header", c, Reply{Status: 200, Header: http.Header{"X-Error": {"NO_SLOT"}}}},
		{"code in a header in lower case", c, Reply{Status: 200, Header: http.Header{"x-error": {"NO_SLOT"}, "x-other": {"A"}}}},
		{"long code", c, Reply{Status: 200, Body: []byte("ERROR " + strings.Repeat("x", 80))}},
		{"alias", c, Reply{Status: 200, Body: []byte("KEIN GUTHABEN")}},
		{"code where case is folded", folding, Reply{Status: 200, Body: []byte("NO_SLOT")}},
		{"override", c, Reply{Status: 200, Body: []byte("NOT_READY"), Operation: "submit"}},
		{"success", c, Reply{Status: 200, Body: []byte(`{"status":1,"request":"42"}`)}},
		{"success of another spelling", c, Reply{Status: 200, Body: []byte(`{"status":1.0,"request":"42"}`)}},
		{"success of text", c, Reply{Status: 200, Body: []byte("OK|42")}},
		{"listed success", c, Reply{Status: 200, Body: []byte(`{"status":1,"request":"READY"}`)}},
		{"status", c, Reply{Status: 429}},
		{"status of a page", c, Reply{Status: 502, Body: []byte("<html>" + strings.Repeat("<p>", MaxBody))}},
		{"nothing known", c, Reply{Status: 302}},
		{"Retry-After", c, Reply{Status: 429, Header: http.Header{"Retry-After": {"30"}}}},
		{"Retry-After in lower case", c, Reply{Status: 429, Header: http.Header{"retry-after": {"30"}}}},
		{"Retry-After as a date", c, Reply{Status: 429, Header: http.Header{
			"Retry-After": {"Sat, 21 Nov 2026 10:00:30 GMT"}, "Date": {"Sat, 21 Nov 2026 10:00:00 GMT"},
		}}},
		{"delay in the body", c, Reply{Status: 429, Body: []byte(`{"error":{"wait":1.5}}`)}},
		{"no reply", c, Reply{Err: FailureTimeout}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, c := range []*Catalog{test.c, inTable(test.c)} {
				if n := testing.AllocsPerRun(100, func() { c.Classify(test.reply) }); n > 0 {
					t.Errorf("%v allocations", n)
				}
			}
		})
	}
}

func TestXMLAllocatesNothing(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{Syntax: XML, OK: []Test{{Kind: Present, At: Path{"Result"}}}, Code: []Path{{"*", "Code"}, {"Error", "@code"}}}},
		Codes: []Entry{{Code: "NoSuchKey"}, {Code: "a&b"}},
	})
	for _, body := range []string{
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n<Error>\n <Code>NoSuchKey</Code>\n <Message>Nothing &amp; nowhere</Message>\n</Error>",
		`<Error code="a&amp;b" size='2'><Detail/></Error>`,
		`<Result xmlns="urn:r"><Id>1</Id></Result>`,
	} {
		reply := Reply{Status: 200, Body: []byte(body)}
		if d := c.Classify(reply); d.Source != KindCode && d.Source != KindSuccess {
			t.Errorf("%s: %s", body, d.Why())
		}
		if n := testing.AllocsPerRun(100, func() { c.Classify(reply) }); n > 0 {
			t.Errorf("%s: %v allocations", body, n)
		}
	}
}

func TestPolicyAllocatesNothing(t *testing.T) {
	d := taskAPI().Classify(Reply{Status: 429, Header: http.Header{"Retry-After": {"30"}}})
	if n := testing.AllocsPerRun(100, func() { d.Next(1); d.Policy.Wait(3, nil); d.Disagrees() }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// An unlisted code costs the copy of its text and nothing else.
func TestClassifyAllocatesAnUnlistedCode(t *testing.T) {
	c := taskAPI()
	for _, body := range []string{"NEW_CODE", `{"request":"NEW_CODE"}`, "08006"} {
		reply := Reply{Status: 200, Body: []byte(body)}
		if n := testing.AllocsPerRun(100, func() { c.Classify(reply) }); n > 1 {
			t.Errorf("%s: %v allocations", body, n)
		}
	}
}

// A catalog without places pays nothing for them, and one with them nothing for a success.
func TestPlacesAllocate(t *testing.T) {
	c := placesAPI()
	c.Secret = []Place{{Header: "X-Key"}}
	header := http.Header{"X-Request-Id": {"req_1"}, "X-Key": {"secret"}}
	for _, test := range []struct {
		name string
		body string
		want float64
	}{
		{"success", `{"result":1}`, 0},
		{"a listed code without secrets in the reply", `{"code":"LISTED"}`, 1}, // the list of secrets
	} {
		t.Run(test.name, func(t *testing.T) {
			reply := Reply{Status: 200, Header: header, Body: []byte(test.body)}
			if n := testing.AllocsPerRun(100, func() { c.Classify(reply) }); n > test.want {
				t.Errorf("%v allocations, want at most %v", n, test.want)
			}
		})
	}
	c.Secret = nil
	reply := Reply{Status: 400, Header: header, Body: []byte(`{"code":"LISTED","param":"amount"}`)}
	if n := testing.AllocsPerRun(100, func() { c.Classify(reply) }); n > 1 {
		t.Errorf("%v allocations for the copy of a text", n)
	}
}
