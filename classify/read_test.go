package classify

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// shownReading is what a reading says, in short.
func shownReading(r Reading) string {
	text := fmt.Sprintf("form %d test %d place %d", r.Form, r.Test, r.Place)
	for _, flag := range []struct {
		name string
		is   bool
	}{{"success", r.Success}, {"weak", r.Weak}, {"failed", r.Failed}, {"denied", r.Denied}, {"cut", r.Cut}} {
		if flag.is {
			text += " " + flag.name
		}
	}
	if r.Code != "" {
		text += " " + r.Code
	}
	if r.Also != "" {
		text += " also " + r.Also
	}
	return text
}

// What several forms say is weighed: by their order, by how much a sign says, by how well the
// catalog knows a code, and by what may still come.
func TestReadWeighsForms(t *testing.T) {
	ok := func(place string) []Test { return []Test{{At: Path{place}, Values: []Scalar{{Bool, "true"}}}} }
	status := []Test{{Kind: StatusIs, Status: []int{2}}}
	code := func(places ...string) (all []Path) {
		for _, place := range places {
			all = append(all, Path{place})
		}
		return all
	}
	long := strings.Repeat("x", 2*MaxBody)
	for _, test := range []struct {
		name   string
		forms  []Form
		status int
		body   string
		cut    bool
		want   string
	}{
		{"a success after a code that is not listed", []Form{{Code: code("a")}, {OK: ok("ok")}}, 200, `{"a":"NEW","ok":true}`, false, "form 0 test -1 place 0 NEW"},
		{"no test, a code", []Form{{Code: code("a")}}, 200, `{"a":"BUSY"}`, false, "form 0 test -1 place 0 BUSY"},
		{"a code below the status that says enough", []Form{{OK: ok("late")}, {Code: code("a")}}, 399, `{"a":"BUSY","x":`, true, "form -1 test -1 place -1 cut"},
		{"a code at such a status", []Form{{OK: ok("late")}, {Code: code("a")}}, 400, `{"a":"BUSY","x":`, true, "form 1 test -1 place 0 cut BUSY"},
		{"a success where another form may hold a code", []Form{{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OKAY"}}}}, {Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK"}}}}}, 200, "OK", true, "form -1 test -1 place -1 cut"},
		{"a long text without a sign", []Form{{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK"}}}}}, 200, long, false, "form -1 test -1 place -1 cut"},
		{"a long text, by the status", []Form{{Syntax: Text, OK: status}}, 200, long, false, "form 0 test 0 place -1 success weak cut"},
		{"a long text of which more may fail", []Form{{Syntax: Text, OK: status, Fail: []Test{{Kind: BodyContains, Text: "failed"}}}}, 200, long, false, "form -1 test -1 place -1 cut"},
		{"a success that may be belied, and a code", []Form{{OK: ok("ok")}, {Code: code("a")}}, 200, `{"ok":true,"a":"NEW","x":`, true, "form -1 test -1 place -1 cut"},
		{"a failure that may come, and a code", []Form{{Fail: []Test{{Kind: Present, At: Path{"error"}}}, Code: code("a")}}, 200, `{"a":"NEW","x":`, true, "form 0 test -1 place 0 cut NEW"},
		{"a code of success, of which more may come", []Form{{Code: code("a")}}, 200, `{"a":"DONE","x":`, true, "form -1 test -1 place -1 cut"},
		{"a code of success before one of failure", []Form{{Code: code("a")}, {Code: code("b")}}, 200, `{"a":"DONE","b":"BUSY","x":`, true, "form 1 test -1 place 0 cut BUSY"},
		{"a code of success, whole, before one of failure", []Form{{Code: code("a")}, {Code: code("b")}}, 500, `{"a":"DONE","b":"BUSY"}`, false, "form 0 test -1 place 0 DONE"},
		{"a code of success in an event", []Form{{In: InSSE, Code: code("a")}}, 200, "data: {\"a\":\"DONE\"}\n\ndata: ", true, "form 0 test -1 place 0 cut DONE"},
		{"a code of success and the status", []Form{{OK: status, Code: code("a")}}, 200, `{"a":"DONE"}`, false, "form 0 test 0 place 0 success weak DONE"},
		{"a prefix and the status", []Form{{OK: status, Code: code("a")}}, 200, `{"a":"P_1"}`, false, "form 0 test 0 place 0 P_1"},
		{"a prefix after the status", []Form{{OK: status}, {Code: code("a")}}, 200, `{"a":"P_1"}`, false, "form 1 test -1 place 0 P_1"},
		{"a code that is not listed after the status", []Form{{OK: status}, {Code: code("a")}}, 200, `{"a":"NEW"}`, false, "form 0 test 0 place -1 success weak"},
		{"a failure after the status", []Form{{OK: status}, {Fail: []Test{{Kind: Present, At: Path{"error"}}}}}, 200, `{"error":1}`, false, "form -1 test -1 place -1 failed"},
		{"the first form with the status", []Form{{OK: status}, {OK: status}, {OK: status}}, 200, `{}`, false, "form 0 test 0 place -1 success weak"},
		{"the first of two signs that say as much", []Form{{OK: append(status, status...)}}, 200, `{}`, false, "form 0 test 0 place -1 success weak"},
		{"the first sign that says more", []Form{{OK: append(append([]Test{}, status...), append(ok("ok"), ok("b")...)...)}}, 200, `{"ok":true,"b":true}`, false, "form 0 test 1 place -1 success"},
		{"a result under an error status, and a code", []Form{{OK: ok("ok"), Code: code("a")}, {Code: code("b")}}, 400, `{"ok":true,"a":"42","b":"NEW"}`, false, "form 1 test -1 place 0 NEW"},
		{"a result under an error status, and a listed code", []Form{{OK: ok("ok"), Code: code("a")}, {Code: code("b")}}, 500, `{"ok":true,"a":"42","b":"BUSY"}`, false, "form 1 test -1 place 0 BUSY"},
		{"a prefix under an error status, and a code", []Form{{OK: ok("ok"), Code: code("a")}, {Code: code("b")}}, 500, `{"ok":true,"a":"P_1","b":"NEW"}`, false, "form 0 test 0 place 0 P_1"},
		{"two codes under an error status", []Form{{OK: ok("ok"), Code: code("a")}, {Code: code("b")}}, 500, `{"a":"NEW","b":"NEWER"}`, false, "form 0 test -1 place 0 NEW"},
		{"a listed code after one that is not", []Form{{Code: code("a")}, {Code: code("b")}}, 500, `{"a":"NEW","b":"BUSY"}`, false, "form 1 test -1 place 0 BUSY also NEW"},
		{"one failure that may come and one that is there", []Form{{Fail: []Test{{Kind: Present, At: Path{"a"}}, {Kind: Present, At: Path{"b"}}}}}, 200, `{"b":1,"x":`, true, "form -1 test -1 place -1 failed cut"},
		{"one success that may come and one that is denied", []Form{{OK: append(ok("a"), ok("b")...)}}, 200, `{"b":false,"x":`, true, "form -1 test -1 place -1 denied cut"},
		{"a denied success does not fail", []Form{{OK: ok("ok")}}, 200, `{"ok":false}`, false, "form -1 test -1 place -1 denied"},
	} {
		c := indexed(&Catalog{
			Forms: test.forms, Codes: []Entry{{Code: "BUSY"}, {Code: "DONE", Action: OK}}, Prefixes: []Entry{{Kind: KindPrefix, Code: "P_*"}},
		})
		if got := shownReading(c.Read(Reply{Status: test.status, Body: []byte(test.body), Cut: test.cut})); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// A code counts in an operation that it does not come in, unless a success is beside it.
func TestReadACodeOfAnotherOperation(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{OK: []Test{{Kind: Present, At: Path{"id"}}}, Code: []Path{{"a"}}}}, Codes: []Entry{{Code: "BUSY", Operations: []Operation{"pay"}}},
	})
	for body, want := range map[string]string{`{"a":"BUSY"}`: "form 0 test -1 place 0 BUSY", `{"id":1,"a":"BUSY"}`: "form 0 test 0 place -1 success"} {
		if got := shownReading(c.Read(Reply{Status: 200, Body: []byte(body), Operation: "read"})); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

// What did not come, and what no catalog reads, says nothing.
func TestReadNothing(t *testing.T) {
	c := taskAPI()
	const nothing = "form -1 test -1 place -1"
	for name, got := range map[string]Reading{
		"an error": c.Read(Reply{Status: 200, Body: []byte("NO_SLOT"), Err: FailureTimeout}), "no catalog": (*Catalog)(nil).Read(Reply{Status: 200, Body: []byte("NO_SLOT")}),
	} {
		if shownReading(got) != nothing {
			t.Errorf("%s: %s", name, shownReading(got))
		}
	}
}

// Only a test of equality finds another value in the place of the one that it asks for, on
// its own or as part of another test.
func TestWhatDeniesASuccess(t *testing.T) {
	text := []Scalar{{Text: "x"}}
	equals := func(place, want string) Test { return Test{At: Path{place}, Values: []Scalar{{Number, want}}} }
	combined := func(kind TestKind, tests ...Test) Test { return Test{Kind: kind, Tests: tests} }
	for name, test := range map[string]struct {
		test            Test
		success, denied bool
	}{
		"equals":            {equals("a", "2"), false, true},
		"equals nothing":    {equals("z", "2"), false, false},
		"present":           {Test{Kind: Present, At: Path{"z"}}, false, false},
		"is present":        {Test{Kind: Present, At: Path{"a"}}, true, false},
		"absent":            {Test{Kind: Absent, At: Path{"a"}}, false, false},
		"is absent":         {Test{Kind: Absent, At: Path{"z"}}, true, false},
		"contains":          {Test{Kind: Contains, At: Path{"s"}, Text: "z"}, false, false},
		"does contain":      {Test{Kind: Contains, At: Path{"s"}, Text: "EX"}, true, false},
		"prefix":            {Test{Kind: PrefixIs, Prefix: []string{"OK"}}, false, false},
		"empty prefix":      {Test{Kind: PrefixIs, Prefix: []string{""}}, true, false},
		"body":              {Test{Kind: BodyContains, Text: "nowhere"}, false, false},
		"empty text":        {Test{Kind: BodyContains}, true, false},
		"header":            {Test{Kind: HeaderEquals, Header: "X-A", Values: text}, false, false},
		"header prefix":     {Test{Kind: HeaderPrefix, Header: "X-A", Prefix: []string{"x"}}, false, false},
		"header is there":   {Test{Kind: HeaderPresent, Header: "X-B"}, false, false},
		"status":            {Test{Kind: StatusIs, Status: []int{201, 3}}, false, false},
		"operation":         {Test{Kind: OperationIs, Operations: []Operation{"pay"}}, false, false},
		"not":               {combined(Not, equals("a", "1")), false, false},
		"does not":          {combined(Not, equals("a", "2")), true, false},
		"all":               {combined(All, equals("a", "1"), equals("b", "1")), false, true},
		"all, the first":    {combined(All, equals("a", "2"), Test{Kind: Present, At: Path{"b"}}), false, true},
		"all, one absent":   {combined(All, combined(Any, equals("a", "2"), equals("a", "1")), Test{Kind: Present, At: Path{"z"}}), false, true},
		"any":               {combined(Any, equals("a", "2"), Test{Kind: Present, At: Path{"z"}}), false, true},
		"any, the last":     {combined(Any, Test{Kind: Present, At: Path{"z"}}, equals("a", "2")), false, true},
		"any that holds":    {combined(Any, equals("a", "1"), equals("b", "1")), true, false},
		"of no known kind":  {Test{Kind: 99}, false, false},
		"a class by ten":    {Test{Kind: StatusIs, Status: []int{10}}, false, false},
		"an exact status":   {Test{Kind: StatusIs, Status: []int{200}}, true, false},
		"the status' class": {Test{Kind: StatusIs, Status: []int{2}}, true, false},
	} {
		c := &Catalog{Forms: []Form{{OK: []Test{test.test}}}}
		got := c.Read(Reply{Status: 200, Operation: "read", Header: http.Header{"X-A": {"y"}}, Body: []byte(`{"a":1,"b":2,"s":"text"}`)})
		if got.Success != test.success || got.Denied != test.denied {
			t.Errorf("%s: success %t, denied %t, want %t, %t", name, got.Success, got.Denied, test.success, test.denied)
		}
	}
	class := &Catalog{Unrecognised: &Entry{Variants: []Variant{{When: []Test{{Kind: StatusIs, Status: []int{9, 10, 200}}}}}}}
	for status, want := range map[int]uint16{999: 1, 900: 1, 1000: 0, 20000: 0, 200: 1} {
		if d := class.Classify(Reply{Status: status}); d.Variant != want {
			t.Errorf("%d: variant %d, want %d", status, d.Variant, want)
		}
	}
}

// The canonical spelling of a field counts before others.
func TestHeaderSpellings(t *testing.T) {
	h := http.Header{"DATE": {"a"}, "Date": {"b"}}
	if got := header(h, "Date"); got != "b" {
		t.Errorf("the field is %q", got)
	}
}
