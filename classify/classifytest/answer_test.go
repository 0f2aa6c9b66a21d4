package classifytest_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/classifytest"
)

// placed is an API whose code A stands at the places of one form.
func placed(syntax classify.Syntax, ok []classify.Test, places ...classify.Path) *classify.Catalog {
	return finish(&classify.Catalog{
		Name:  "placed",
		Forms: []classify.Form{{Syntax: syntax, OK: ok, Code: places}},
		Codes: []classify.Entry{{Code: "A", Action: classify.Retry, Policy: &classify.Policy{Retries: 1}}},
	})
}

// plain is an API whose success is the status 200.
func plain() *classify.Catalog {
	return finish(&classify.Catalog{
		Name:     "plain",
		Statuses: []classify.Entry{{Kind: classify.KindStatus, Number: 200, Code: "200", Action: classify.OK}},
	})
}

// A document has what there is room for: arrays of a few elements, and one root.
func TestRoomOfDocuments(t *testing.T) {
	const declaration = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	absent := func(at ...string) []classify.Test {
		return []classify.Test{{Kind: classify.Absent, At: at}}
	}
	for want, c := range map[string]*classify.Catalog{
		`{"codes":{"01":"A"}}`:                                              placed(classify.JSON, nil, classify.Path{"codes", "01"}),
		`{"codes":{"-1":"A"}}`:                                              placed(classify.JSON, nil, classify.Path{"codes", "-1"}),
		`{"codes":{"10":"A"}}`:                                              placed(classify.JSON, nil, classify.Path{"codes", "10"}),
		`{"codes":[` + strings.Repeat("null,", 9) + `"A"]}`:                 placed(classify.JSON, nil, classify.Path{"codes", "9"}),
		`{"codes":["A"]}`:                                                   placed(classify.JSON, absent("codes", "name"), classify.Path{"codes", "0"}),
		`{"codes":"A"}`:                                                     placed(classify.JSON, absent("codes", "0"), classify.Path{"codes"}),
		declaration + `<Error><Code>A</Code></Error>`:                       placed(classify.XML, absent("Error", "Code", "Text"), classify.Path{"Error", "Code"}),
		declaration + `<Fault><Code>A</Code></Fault>`:                       placed(classify.XML, absent("Fault", "Code"), classify.Path{"Fault", "Code"}),
		declaration + `<Error><Code><Text>A</Text></Code></Error>`:          placed(classify.XML, absent("Error", "Code"), classify.Path{"Error", "Code", "Text"}),
		declaration + `<Problem><Code>A</Code></Problem>`:                   placed(classify.XML, absent("Error"), classify.Path{"Problem", "Code"}),
		declaration + `<Response><Code>A</Code><Why>error</Why></Response>`: placed(classify.XML, absent("*", "Why"), classify.Path{"*", "Code"}),
	} {
		replies := classifytest.Replies(c, "A")
		if len(replies) != 1 || string(replies[0].Body) != want {
			t.Errorf("the replies are %v, want %s", replies, want)
		}
	}
}

// An answer says what its body is, and one that is changed leaves the other as it was.
func TestHeaderOfAnswers(t *testing.T) {
	srv := classifytest.NewPipe(t, plain())
	first := classifytest.OK("[1]").WithHeader("X-A", "1\t2")
	second := first.WithHeader("X-A", "3")
	srv.Script(first, second, classifytest.OK("<a/>"), classifytest.OK("{}"), classifytest.OK(""), classifytest.OK("a"))
	for _, want := range []string{"application/json 1\t2", "application/json 3", "application/xml ", "application/json ", "text/plain; charset=utf-8 ", "text/plain; charset=utf-8 "} {
		got := fetch(t, srv.Client(), srv.URL)
		if got := got.Header.Get("Content-Type") + " " + got.Header.Get("X-A"); got != want {
			t.Errorf("the header is %q, want %q", got, want)
		}
	}
}

// An answer is given once at least.
func TestTimes(t *testing.T) {
	srv := classifytest.NewPipe(t, plain())
	srv.Script(classifytest.Status(500).Times(0), classifytest.Status(501).Times(-1), classifytest.Status(502))
	for _, want := range []int{500, 501, 502} {
		if got := fetch(t, srv.Client(), srv.URL); got.Status != want {
			t.Errorf("the status is %d, want %d", got.Status, want)
		}
	}
}

// What HTTP can't carry is refused, and nothing else.
func TestLimitsOfReplies(t *testing.T) {
	for want, reply := range map[string]classify.Reply{
		"":                                    {Status: 999, Header: http.Header{"X-A": {"a\tb ~\x80"}}},
		"a reply with status 304 has no body": {Status: 304, Body: []byte("a")},
		"the status 199 can't be sent":        {Status: 199},
		"the header X-A can't hold":           {Status: 200, Header: http.Header{"X-A": {"a\x7f"}}},
	} {
		got := func() (text string) {
			srv := classifytest.NewPipe(nil, plain())
			defer srv.Close()
			defer func() {
				if said := recover(); said != nil {
					text = fmt.Sprint(said)
				}
			}()
			srv.Script(classifytest.Raw(reply))
			return ""
		}()
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%v: %q, want %q", reply, got, want)
		}
	}
}

// A wait is put where the catalog reads it: in seconds where it has no unit, and with
// fractions where the field may have them.
func TestPlacesOfWaits(t *testing.T) {
	inBody, byField := placed(classify.JSON, nil, classify.Path{"code"}), placed(classify.JSON, nil, classify.Path{"code"})
	inBody.Delays = []classify.Delay{{At: classify.Path{"wait"}}}
	byField.Delays = []classify.Delay{{Header: "retry-after"}, {Header: "X-Wait"}}
	for _, test := range []struct {
		catalog *classify.Catalog
		wait    time.Duration
		want    string
	}{
		{inBody, 2500 * time.Millisecond, `{"code":"A","wait":2.5} `},
		{inBody, 0, `{"code":"A","wait":0} `},
		{byField, 2 * time.Second, `{"code":"A"} 2`},
		{byField, 2500 * time.Millisecond, `{"code":"A"} 2.5s`},
	} {
		srv := classifytest.NewPipe(t, test.catalog)
		srv.Script(classifytest.Code("A").RetryAfter(test.wait))
		got := fetch(t, srv.Client(), srv.URL)
		if got := string(got.Body) + " " + got.Header.Get("Retry-After") + got.Header.Get("X-Wait"); got != test.want {
			t.Errorf("%s is in %q, want %q", test.wait, got, test.want)
		}
	}
}

// Faults are those that were given, whatever the caller does with the slice later.
func TestFaultsAreCopied(t *testing.T) {
	srv := classifytest.NewPipe(t, plain())
	faults := []classifytest.Answer{classifytest.Status(502)}
	srv.Faults(1, 1, faults...)
	faults[0] = classifytest.Status(503)
	if got := fetch(t, srv.Client(), srv.URL); got.Status != 502 {
		t.Errorf("the status is %d, want 502", got.Status)
	}
}

// A closed server refuses connections. It can be closed again.
func TestClosedPipe(t *testing.T) {
	srv := classifytest.NewPipe(nil, plain())
	srv.Close()
	srv.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = srv.Client().Do(req)
	if failure := classify.FailureOf(err); failure != classify.FailureConnection {
		t.Errorf("the failure is %q of %v", failure, err)
	}
}

// A code that is in no list and no prefix has a text for people too.
func TestMessages(t *testing.T) {
	c := placed(classify.JSON, nil, classify.Path{"code"})
	c.Forms[0].Message = []classify.Path{{"text"}}
	c.Prefixes = []classify.Entry{{Kind: classify.KindPrefix, Number: 2, Code: "X_*", Meaning: "An X"}}
	var got []string
	for _, code := range []string{"A", "X_1", "NEW"} {
		for _, reply := range classifytest.Replies(c, code) {
			got = append(got, string(reply.Body))
		}
	}
	if want := []string{`{"code":"A"}`, `{"code":"X_1","text":"An X"}`, `{"code":"NEW","text":"unknown error"}`}; !slices.Equal(got, want) {
		t.Errorf("the replies are %q, want %q", got, want)
	}
}
