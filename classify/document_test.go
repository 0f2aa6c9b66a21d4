package classify

import (
	"net/http"
	"strings"
	"testing"
)

// The tests of a variant and of an override ask the document that the form read which was
// taken, and else the body as what it is.
func TestTestsAskTheDocumentThatWasRead(t *testing.T) {
	equals := func(text string, place ...string) Test {
		return Test{At: place, Values: []Scalar{{Text: text}}}
	}
	header := Form{Syntax: Header, Code: []Path{{"X-Code"}}}
	inner := Form{Syntax: JSON, In: InString, Inside: Path{"inner"}, Code: []Path{{"code"}}}
	body := Form{Syntax: JSON, Code: []Path{{"code"}}}
	text := Form{Syntax: Text, Code: []Path{{""}}}
	element := Form{Syntax: XML, Code: []Path{{"Error", "Code"}}}
	for _, test := range []struct {
		name  string
		forms []Form
		body  string
		when  Test
		holds bool
	}{
		{"JSON beside a code in the header", []Form{header}, `{"quota":"day"}`, equals("day", "quota"), true},
		{"an array", []Form{header}, `[{"quota":"day"}]`, equals("day", "*", "quota"), true},
		{"XML", []Form{header}, `<a><quota>day</quota></a>`, equals("day", "a", "quota"), true},
		{"the root of XML", []Form{header}, `<quota>day</quota>`, equals("day", "quota"), true},
		{"a number in XML is a text", []Form{header}, `<n>1.0</n>`, Test{At: Path{"n"}, Values: []Scalar{{Number, "1"}}}, false},
		{"an empty element", []Form{header}, `<n></n>`, Test{At: Path{"n"}, Values: []Scalar{{Number, "1"}}}, false},
		{"XML that was read", []Form{element}, `<Error><Code>NEW</Code><quota>day</quota></Error>`, equals("day", "Error", "quota"), true},
		{"JSON that was read before another form", []Form{body, header}, `{"code":"NEW","quota":"day"}`, equals("day", "quota"), true},
		{"JSON that was read before XML", []Form{body, text, element}, `{"code":"NEW","quota":"day"}`, equals("day", "quota"), true},
		{"the document in a string", []Form{inner, body}, `{"inner":"{\"code\":\"LISTED\",\"quota\":\"day\"}","quota":"hour"}`, equals("day", "quota"), true},
		{"not the one around it", []Form{inner, body}, `{"inner":"{\"code\":\"LISTED\",\"quota\":\"hour\"}","quota":"day"}`, equals("day", "quota"), false},
		{"a text in quotes", []Form{text}, `"ERR of the day"`, Test{Kind: PrefixIs, Prefix: []string{"ERR"}}, true},
		{"a place in a text", []Form{text}, `two words`, Test{Kind: Present, At: Path{"quota"}}, false},
		{"a number", []Form{header}, `{"n":1}`, Test{At: Path{"n"}, Values: []Scalar{{Number, "1.0"}}}, true},
		{"a large number", []Form{header}, `{"n":9007199254740993}`, Test{At: Path{"n"}, Values: []Scalar{{Number, "9007199254740992"}}}, false},
		{"the same large number", []Form{header}, `{"n":9007199254740993.0}`, Test{At: Path{"n"}, Values: []Scalar{{Number, "9007199254740993"}}}, true},
		{"a number over all", []Form{header}, `{"n":2e999}`, Test{At: Path{"n"}, Values: []Scalar{{Number, "1e999"}}}, false},
		{"another number", []Form{header}, `{"n":12}`, Test{At: Path{"n"}, Values: []Scalar{{Number, "13"}}}, false},
	} {
		variants := []Variant{{When: []Test{test.when}}}
		c := indexed(&Catalog{
			Forms: test.forms, Codes: []Entry{{Code: "LISTED", Variants: variants}},
			Unknown: &Entry{Kind: KindUnknown, Variants: variants}, Unrecognised: &Entry{Kind: KindUnrecognised, Variants: variants},
			Overrides: []Override{{When: []Test{test.when}}},
		})
		d := c.Classify(Reply{Status: 500, Body: []byte(test.body), Header: http.Header{"X-Code": {"LISTED"}}})
		if (d.Variant == 1) != test.holds || (d.Override == 1) != test.holds {
			t.Errorf("%s: variant %d, override %d, want both: %t", test.name, d.Variant, d.Override, test.holds)
		}
	}
}

// A form looks into an array if one of its places is in one, a place of a test of failure or
// inside another test too.
func TestFormsOfArrays(t *testing.T) {
	yes := []Scalar{{Bool, "true"}}
	for name, test := range map[string]struct {
		form                    Form
		body                    string
		success, failed, denied bool
	}{
		"failure":             {Form{Fail: []Test{{Kind: Present, At: Path{"*", "error"}}}}, `[{"error":1}]`, false, true, false},
		"part of a test":      {Form{OK: []Test{{Kind: All, Tests: []Test{{At: Path{"0", "ok"}, Values: yes}}}}}, `[{"ok":true}]`, true, false, false},
		"no array":            {Form{OK: []Test{{Kind: Absent, At: Path{"error"}}}}, `[{"ok":true}]`, false, false, false},
		"any of the elements": {Form{OK: []Test{{At: Path{"*", "ok"}, Values: yes}}}, `[{"ok":false},{"ok":true}]`, true, false, false},
		"none of them":        {Form{OK: []Test{{At: Path{"*", "ok"}, Values: yes}}}, `[{"ok":false},{"ok":0}]`, false, false, true},
		"no elements":         {Form{OK: []Test{{At: Path{"*", "ok"}, Values: yes}}}, `[]`, false, false, false},
	} {
		c := &Catalog{Forms: []Form{test.form}}
		if got := c.Read(Reply{Status: 200, Body: []byte(test.body)}); got.Success != test.success || got.Failed != test.failed || got.Denied != test.denied {
			t.Errorf("%s: success %t, failed %t, denied %t", name, got.Success, got.Failed, got.Denied)
		}
	}
}

// A string may hold a document, and not a value alone.
func TestStringOfAValue(t *testing.T) {
	c := indexed(&Catalog{Forms: []Form{{Syntax: JSON, In: InString, Inside: Path{"inner"}, Code: []Path{{}}}}, Codes: []Entry{{Code: "5"}}})
	if d := c.Classify(Reply{Status: 400, Body: []byte(`{"inner":"5"}`)}); d.Code != "" {
		t.Errorf("the code is %q", d.Code)
	}
}

// In a text a star is a star.
func TestTextAfterAStar(t *testing.T) {
	c := indexed(&Catalog{Forms: []Form{{Syntax: Text, Code: []Path{{"*"}}}}, Codes: []Entry{{Code: "BUSY"}}})
	if d := c.Classify(Reply{Status: 400, Body: []byte("* BUSY")}); d.Code != "BUSY" {
		t.Errorf("the code is %q", d.Code)
	}
}

// Of more elements than are looked at, the first count.
func TestManyElements(t *testing.T) {
	c := indexed(&Catalog{Forms: []Form{{Syntax: XML, Code: []Path{{"Errors", "*"}}}}, Codes: []Entry{{Code: "LISTED"}}})
	for before, want := range map[int]string{maxFound - 1: "LISTED", maxFound: "NEW"} {
		body := "<Errors>" + strings.Repeat("<E>NEW</E>", before) + "<E>LISTED</E></Errors>"
		if d := c.Classify(Reply{Status: 400, Body: []byte(body)}); d.Code != want {
			t.Errorf("after %d: %q, want %q", before, d.Code, want)
		}
	}
}

// The first code that is not listed stays the one that is told beside a listed one, and what
// stands beside a success is none.
func TestCodesBesideAnother(t *testing.T) {
	ok := []Test{{At: Path{"ok"}, Values: []Scalar{{Bool, "true"}}}}
	c := indexed(&Catalog{
		Forms:    []Form{{Syntax: JSON, OK: ok, Code: []Path{{"a"}, {"b"}}}, {Syntax: JSON, Code: []Path{{"c"}, {"d"}}}},
		Codes:    []Entry{{Code: "LISTED"}, {Code: "DONE", Action: OK}},
		Prefixes: []Entry{{Kind: KindPrefix, Code: "P_*"}},
	})
	for body, want := range map[string][2]string{
		`{"a":"NEW","b":"P_1","c":"NEWER","d":"LISTED"}`: {"LISTED", "NEW"},
		`{"ok":true,"a":"NEW","b":"LISTED"}`:             {"LISTED", ""},
		`{"ok":true,"a":"NEW","b":"DONE"}`:               {"DONE", ""},
		`{"ok":true,"a":"P_1"}`:                          {"", ""},
		`{"ok":true,"a":"NEW"}`:                          {"", ""},
	} {
		if got := c.Read(Reply{Status: 200, Body: []byte(body)}); got.Code != want[0] || got.Also != want[1] {
			t.Errorf("%s has the code %q and also %q, want %q", body, got.Code, got.Also, want)
		}
	}
}
