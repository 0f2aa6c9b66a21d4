package classify

import (
	"net/http"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify/packed"
)

// indexed numbers the catalog's codes and makes its index.
func indexed(c *Catalog) *Catalog {
	var keys []string
	for i := range c.Codes {
		c.Codes[i].Kind, c.Codes[i].Number = KindCode, uint16(i+1)
		keys = append(keys, c.Codes[i].Code)
	}
	for _, alias := range c.Aliases {
		keys = append(keys, alias.Text)
	}
	c.Index = packed.NewIndex(keys, c.FoldCase)
	return c
}

// readOff is what is left of a decision when only the reading of the reply is of
// interest: success, a code, or neither.
type readOff struct {
	source Kind
	code   string
}

var (
	readSuccess = readOff{source: KindSuccess}
	readNothing = readOff{source: KindUnrecognised}
)

func unlistedCode(text string) readOff { return readOff{KindUnknown, text} }

func listedCode(text string) readOff { return readOff{KindCode, text} }

func outcomeOf(d Decision) readOff { return readOff{d.Source, d.Code} }

// bodyCase is a body and what it is read as.
type bodyCase struct {
	name, body string
	want       readOff
}

// checkBodies classifies each body as that of a 200 reply.
func checkBodies(t *testing.T, c *Catalog, tests []bodyCase) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Helper()
			if got := outcomeOf(c.Classify(Reply{Status: 200, Body: []byte(test.body)})); got != test.want {
				t.Errorf("%.200q is %v %q, want %v %q", test.body, got.source, got.code, test.want.source, test.want.code)
			}
		})
	}
}

func TestTextForm(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK|", "DONE "}}}, Code: []Path{{"ERR:"}, {""}}}},
		Codes: []Entry{
			{Code: "ERROR_X"}, {Code: "ERROR: 1001"}, {Code: "Wrong key. Ask for another!"}, {Code: "<gone/>"},
			{Code: "LONG " + strings.Repeat("x", 400)},
		},
		Prefixes: []Entry{{Kind: KindPrefix, Code: "Limit *"}},
	})
	prefixed := func(text string) readOff { return readOff{KindPrefix, text} }
	checkBodies(t, c, []bodyCase{
		{"listed", "ERROR_X", listedCode("ERROR_X")},
		{"listed with a space", "ERROR: 1001", listedCode("ERROR: 1001")},
		{"listed prose", "Wrong key. Ask for another!", listedCode("Wrong key. Ask for another!")},
		{"listed mark-up", "<gone/>", listedCode("<gone/>")},
		{"listed and long", "LONG " + strings.Repeat("x", 400), listedCode("LONG " + strings.Repeat("x", 400))},
		{"part of a listed one", "ERROR_", unlistedCode("ERROR_")},
		{"other case", "error_x", unlistedCode("error_x")},
		{"space around", " \r\n\tERROR_X\n\n", listedCode("ERROR_X")},
		{"wide space around", "\u00a0ERROR_X\u2003", listedCode("ERROR_X")},
		{"byte order mark", "\ufeffERROR_X", listedCode("ERROR_X")},
		{"byte order mark and space", "\ufeff\r\nERROR_X\n", listedCode("ERROR_X")},
		{"double quotes", `"ERROR_X"`, listedCode("ERROR_X")},
		{"single quotes", `'ERROR_X'`, listedCode("ERROR_X")},
		{"quotes and space", "\ufeff \" ERROR_X \"\n", listedCode("ERROR_X")},
		{"quotes that differ", `"ERROR_X'`, readNothing},
		{"one quote", `"`, readNothing},
		{"empty quotes", `""`, readNothing},
		{"two pairs of quotes", `""ERROR_X""`, readNothing},
		{"space inside a byte order mark", " \ufeffERROR_X", readNothing},
		{"prefix", "ERR:ERROR_X", listedCode("ERROR_X")},
		{"prefix and space", "ERR: ERROR_X", listedCode("ERROR_X")},
		{"prefix and a new code", "ERR: NEW-1", unlistedCode("NEW-1")},
		{"prefix alone", "ERR:", unlistedCode("ERR:")},
		{"prefix before prose", "ERR: no way", readNothing},
		{"prefix inside", "x ERR:ERROR_X", readNothing},
		{"success", "OK|123", readSuccess},
		{"success with a listed code", "OK|ERROR_X", readSuccess},
		{"second prefix of success", "DONE 123", readSuccess},
		{"success in quotes", `"OK|123"`, readSuccess},
		{"success with a page", "OK|<html>", readSuccess},
		{"part of a prefix of success", "OK", unlistedCode("OK")},
		{"other case of success", "ok|123", readNothing},
		{"success inside", "NOT OK|123", readNothing},
		{"prefix entry", "Limit 5 of 7!", prefixed("Limit 5 of 7!")},
		{"prefix entry alone", "Limit ", unlistedCode("Limit")}, // its end is space
		{"prefix entry with mark-up", "Limit <b>5</b>", readNothing},
		{"prefix entry with <", "Limit <5", readNothing},
		{"prefix entry with >", "Limit 5>", readNothing},
		{"prefix entry with {", "Limit {5", readNothing},
		{"prefix entry with }", "Limit 5}", readNothing},
		{"prefix entry with a carriage return", "Limit 5\rof 7", readNothing},
		{"prefix entry with lines", "Limit 5\nof 7", readNothing},
		{"prefix entry of 256 bytes", "Limit " + strings.Repeat("x", 250), prefixed("Limit " + strings.Repeat("x", 250))},
		{"prefix entry of 257 bytes", "Limit " + strings.Repeat("x", 251), readNothing},
		{"word of all signs", "a-B_9.c:d/é", unlistedCode("a-B_9.c:d/é")},
		{"word of other letters", "ошибка", unlistedCode("ошибка")},
		{"word of 256 bytes", strings.Repeat("x", 256), unlistedCode(strings.Repeat("x", 256))},
		{"word of 257 bytes", strings.Repeat("x", 257), readNothing},
		{"number", "500", unlistedCode("500")},
		{"two words", "no slot", readNothing},
		{"two lines", "ERROR_X\nERROR_X", readNothing},
		{"word with an exclamation mark", "sorry!", readNothing},
		{"word with a comma", "a,b", readNothing},
		{"word with a bracket", "a[b", readNothing},
		{"address", "a@b", readNothing},
		{"words in backquotes", "a`b", readNothing},
		{"no text of a language", "\xff\xfe", readNothing},
		{"compressed", "\x1f\x8b\x08\x00ERROR_X", readNothing},
		{"page", "<html><body>ERROR_X</body></html>", readNothing},
		{"page of a proxy", "<!DOCTYPE html>\n<title>502</title>", readNothing},
		{"object", `{"code":"ERROR_X"}`, readNothing},
		{"array", `["ERROR_X"]`, readNothing},
		{"empty", "", readNothing},
		{"blank", " \n ", readNothing},
		{"a byte order mark alone", "\ufeff", readNothing},
	})
}

func TestHeaderForm(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{
			Syntax: Header,
			OK:     []Test{{Kind: HeaderEquals, Header: "X-Result", Values: []Scalar{{String, "ok"}, {Number, "0"}}}},
			Code:   []Path{{"X-Ms-Error-Code"}, {"X-Error"}},
		}},
		Codes: []Entry{{Code: "Busy"}, {Code: "Server is busy"}},
	})
	tests := []struct {
		name   string
		header http.Header
		want   readOff
	}{
		{"none", nil, readNothing},
		{"listed", http.Header{"X-Ms-Error-Code": {"Busy"}}, listedCode("Busy")},
		{"lower case", http.Header{"x-ms-error-code": {"Busy"}}, listedCode("Busy")},
		{"space around", http.Header{"X-Ms-Error-Code": {" Busy "}}, listedCode("Busy")},
		{"listed prose", http.Header{"X-Ms-Error-Code": {"Server is busy"}}, listedCode("Server is busy")},
		{"prose", http.Header{"X-Ms-Error-Code": {"Server is away"}}, unlistedCode("Server is away")},
		{"long", http.Header{"X-Ms-Error-Code": {strings.Repeat("x", 300)}}, unlistedCode(strings.Repeat("x", 300))},
		{"empty", http.Header{"X-Ms-Error-Code": {""}}, readNothing},
		{"blank", http.Header{"X-Ms-Error-Code": {"  "}}, readNothing},
		{"first is empty", http.Header{"X-Ms-Error-Code": {""}, "X-Error": {"Busy"}}, listedCode("Busy")},
		{"listed beats unlisted", http.Header{"X-Ms-Error-Code": {"New"}, "X-Error": {"Busy"}}, listedCode("Busy")},
		{"several values", http.Header{"X-Ms-Error-Code": {"Busy", "New"}}, listedCode("Busy")},
		{"success", http.Header{"X-Result": {"ok"}}, readSuccess},
		{"success by a number", http.Header{"x-result": {" 0 "}}, readSuccess},
		{"a listed code beats success", http.Header{"X-Result": {"ok"}, "X-Error": {"Busy"}}, listedCode("Busy")},
		{"no success", http.Header{"X-Result": {"OK"}}, readNothing},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := outcomeOf(c.Classify(Reply{Status: 200, Header: test.header})); got != test.want {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}

func TestTrim(t *testing.T) {
	tests := []struct {
		name, after, before string
		text, want          string
	}{
		{"nothing", "", "", "a#b:c", "a#b:c"},
		{"after", "#", "", "urn:error#CODE", "CODE"},
		{"after the last", "#", "", "a#b#CODE", "CODE"},
		{"after what is not there", "#", "", "CODE", "CODE"},
		{"after nothing", "#", "", "CODE#", ""},
		{"before", "", ":", "CODE: more", "CODE"},
		{"before the first", "", ":", "CODE:a:b", "CODE"},
		{"before what is not there", "", ":", "CODE", "CODE"},
		{"before nothing", "", ":", ":CODE", ""},
		{"both", "#", ":", "a:b#CODE:c", "CODE"},
		{"both the same", "/", "/", "a/CODE", "CODE"},
		{"before counts what after left", "#", ":", "CODE:x#y", "y"},
		{"longer marks", "errors/", "?v", "https://x/errors/CODE?v=1", "CODE"},
		{"space", "#", ":", "a# CODE :b", "CODE"},
		{"only space", "#", ":", "a#  :b", ""},
		{"empty", "#", ":", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := unlistedCode(test.want)
			if test.want == "" {
				want = readNothing
			}
			form := Form{Syntax: Header, Code: []Path{{"X-Error"}}, After: test.after, Before: test.before}
			d := (&Catalog{Forms: []Form{form}}).Classify(Reply{Header: http.Header{"X-Error": {test.text}}})
			if got := outcomeOf(d); got != want {
				t.Errorf("header: %v, want %v", got, want)
			}
			form.Syntax, form.Code = JSON, []Path{{"error"}}
			for _, text := range []string{test.text, escaped(test.text)} {
				body := `{"error":"` + text + `"}`
				if got := outcomeOf((&Catalog{Forms: []Form{form}}).Classify(Reply{Body: []byte(body)})); got != want {
					t.Errorf("%s: %v, want %v", body, got, want)
				}
			}
		})
	}
}

// What trim leaves empty is not a code at this place; the next place has its turn.
func TestTrimPassesOn(t *testing.T) {
	c := &Catalog{Forms: []Form{
		{Syntax: JSON, Code: []Path{{"a"}, {"b"}}, After: "#"},
		{Syntax: JSON, Code: []Path{{"c"}}},
	}}
	checkBodies(t, c, []bodyCase{
		{"first", `{"a":"x#A","b":"x#B","c":"C"}`, unlistedCode("A")},
		{"second place", `{"a":"x#","b":"x#B","c":"C"}`, unlistedCode("B")},
		{"second form", `{"a":"x#","b":"#","c":"C"}`, unlistedCode("C")},
		{"none", `{"a":"x#","b":"#","c":""}`, readNothing},
	})
}

func TestSuccessTests(t *testing.T) {
	at := Path{"data", "id"}
	tests := []struct {
		name   string
		test   Test
		syntax Syntax
		reply  Reply
		want   bool
	}{
		{"equals", Test{At: at, Values: []Scalar{{Number, "1"}}}, JSON, Reply{Body: []byte(`{"data":{"id":1}}`)}, true},
		{"equals none", Test{At: at}, JSON, Reply{Body: []byte(`{"data":{"id":1}}`)}, false},
		{"equals the second", Test{At: at, Values: []Scalar{{Number, "1"}, {Bool, "true"}}}, JSON, Reply{Body: []byte(`{"data":{"id":true}}`)}, true},
		{"equals another type", Test{At: at, Values: []Scalar{{Number, "1"}}}, JSON, Reply{Body: []byte(`{"data":{"id":"1"}}`)}, false},
		{"equals another type too", Test{At: at, Values: []Scalar{{String, "1"}}}, JSON, Reply{Body: []byte(`{"data":{"id":1}}`)}, false},
		{"equals another spelling", Test{At: at, Values: []Scalar{{Number, "1"}}}, JSON, Reply{Body: []byte(`{"data":{"id":1.0e0}}`)}, true},
		{"equals another number", Test{At: at, Values: []Scalar{{Number, "1"}}}, JSON, Reply{Body: []byte(`{"data":{"id":10}}`)}, false},
		{"equals a number out of range", Test{At: at, Values: []Scalar{{Number, "1"}}}, JSON, Reply{Body: []byte(`{"data":{"id":1e999}}`)}, false},
		{"equals an escaped text", Test{At: at, Values: []Scalar{{String, "ok"}}}, JSON, Reply{Body: []byte(`{"data":{"id":"o\u006b"}}`)}, true},
		{"equals the empty text", Test{At: at, Values: []Scalar{{String, ""}}}, JSON, Reply{Body: []byte(`{"data":{"id":""}}`)}, true},
		{"equals false", Test{At: at, Values: []Scalar{{Bool, "false"}}}, JSON, Reply{Body: []byte(`{"data":{"id":false}}`)}, true},
		{"equals true, is false", Test{At: at, Values: []Scalar{{Bool, "true"}}}, JSON, Reply{Body: []byte(`{"data":{"id":false}}`)}, false},
		{"equals null", Test{At: at, Values: []Scalar{{String, "null"}, {String, ""}, {Number, "0"}, {Bool, "false"}}}, JSON, Reply{Body: []byte(`{"data":{"id":null}}`)}, false},
		{"equals in another case", Test{At: at, Values: []Scalar{{String, "OK"}}}, JSON, Reply{Body: []byte(`{"data":{"id":"ok"}}`)}, false},
		{"equals in an array root", Test{At: Path{"0", "id"}, Values: []Scalar{{Number, "1"}}}, JSON, Reply{Body: []byte(`[{"id":1}]`)}, true},
		{"equals in XML", Test{At: at, Values: []Scalar{{Number, "1"}}}, XML, Reply{Body: []byte(`<data><id> 1 </id></data>`)}, true},
		{"equals another in XML", Test{At: at, Values: []Scalar{{Number, "1"}}}, XML, Reply{Body: []byte(`<data><id>11</id></data>`)}, false},
		{"equals nothing in XML", Test{At: at, Values: []Scalar{{String, ""}}}, XML, Reply{Body: []byte(`<data/>`)}, false},
		{"present", Test{Kind: Present, At: at}, JSON, Reply{Body: []byte(`{"data":{"id":{}}}`)}, true},
		{"present null", Test{Kind: Present, At: at}, JSON, Reply{Body: []byte(`{"data":{"id":null}}`)}, false},
		{"not present", Test{Kind: Present, At: at}, JSON, Reply{Body: []byte(`{"data":{"ID":1}}`)}, false},
		{"present in XML", Test{Kind: Present, At: at}, XML, Reply{Body: []byte(`<data><id/></data>`)}, true},
		{"not present in XML", Test{Kind: Present, At: at}, XML, Reply{Body: []byte(`<data id="1"/>`)}, false},
		{"absent", Test{Kind: Absent, At: at}, JSON, Reply{Body: []byte(`{"data":{}}`)}, true},
		{"absent null", Test{Kind: Absent, At: at}, JSON, Reply{Body: []byte(`{"data":{"id":null}}`)}, true},
		{"not absent", Test{Kind: Absent, At: at}, JSON, Reply{Body: []byte(`{"data":{"id":0}}`)}, false},
		{"absent from another syntax", Test{Kind: Absent, At: at}, JSON, Reply{Body: []byte(`<data/>`)}, false},
		{"absent from nothing", Test{Kind: Absent, At: at}, JSON, Reply{}, false},
		{"absent from XML", Test{Kind: Absent, At: at}, XML, Reply{Body: []byte(`<data/>`)}, true},
		{"status", Test{Kind: StatusIs, Status: []int{204, 200}}, Text, Reply{Status: 200}, true},
		{"status class", Test{Kind: StatusIs, Status: []int{2}}, Text, Reply{Status: 299}, true},
		{"another status", Test{Kind: StatusIs, Status: []int{200}}, Text, Reply{Status: 201}, false},
		{"another class", Test{Kind: StatusIs, Status: []int{2}}, Text, Reply{Status: 300}, false},
		{"status is not a class", Test{Kind: StatusIs, Status: []int{2}}, Text, Reply{Status: 20}, false},
		{"no status", Test{Kind: StatusIs, Status: []int{2, 200}}, Text, Reply{}, false},
		{"status in another syntax", Test{Kind: StatusIs, Status: []int{200}}, JSON, Reply{Status: 200, Body: []byte("<p>")}, false},
		{"header in JSON", Test{Kind: HeaderEquals, Header: "X-Ok", Values: []Scalar{{String, "1"}}}, JSON, Reply{Body: []byte(`{}`), Header: http.Header{"x-ok": {"1"}}}, true},
		{"header missing", Test{Kind: HeaderEquals, Header: "X-Ok", Values: []Scalar{{String, "1"}}}, JSON, Reply{Body: []byte(`{}`)}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			never := Test{At: Path{"never"}}
			c := &Catalog{Forms: []Form{{Syntax: test.syntax, OK: []Test{never, test.test}}}}
			d := c.Classify(test.reply)
			if got := d.Action == OK; got != test.want {
				t.Errorf("success is %t, want %t", got, test.want)
			}
		})
	}
}

// A form whose sign of success the status overrules passes to the next one.
func TestFormOrderAtAnErrorStatus(t *testing.T) {
	c := taskAPI()
	c.Forms = append(c.Forms, Form{Syntax: Header, Code: []Path{{"X-Error"}}})
	reply := Reply{Status: 500, Body: []byte(`{"status":1,"request":"42"}`), Header: http.Header{"X-Error": {"NO_SLOT"}}}
	if got := outcomeOf(c.Classify(reply)); got != listedCode("NO_SLOT") {
		t.Errorf("the code is %v", got)
	}
}

// A form that finds neither success nor a code passes to the next one.
func TestFormOrder(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{
			{Syntax: JSON, OK: []Test{{At: Path{"status"}, Values: []Scalar{{Number, "1"}}}}, Code: []Path{{"request"}, {"error"}}},
			{Syntax: XML, Code: []Path{{"error"}}},
			{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK|"}}}, Code: []Path{{""}}},
			{Syntax: Header, Code: []Path{{"X-Error"}}},
		},
		Codes: []Entry{{Code: "A"}, {Code: "B"}},
	})
	withHeader := http.Header{"X-Error": {"B"}}
	tests := []struct {
		name, body string
		want       readOff
	}{
		{"first", `{"request":"A"}`, listedCode("A")},
		{"second place", `{"error":"A"}`, listedCode("A")},
		{"listed beats unlisted", `{"request":"N","error":"A"}`, listedCode("A")},
		{"listed in another form", `{"request":"N","error":"M"}`, listedCode("B")}, // the header has it
		{"first place is empty", `{"request":"","error":"A"}`, listedCode("A")},
		{"a listed code beats success", `{"status":1,"request":"A"}`, listedCode("A")},
		{"success first", `{"status":1,"request":"N"}`, readSuccess},
		{"second form", `<error>A</error>`, listedCode("A")},
		{"third form", `A`, listedCode("A")},
		{"success of the third", `OK|1`, readSuccess},
		{"last, after an object", `{"status":0}`, listedCode("B")},
		{"last, after XML", `<fault>A</fault>`, listedCode("B")},
		{"last, after a page", `<html><p>Sorry`, listedCode("B")},
		{"last, after prose", `Sorry, no.`, listedCode("B")},
		{"last, after nothing", ``, listedCode("B")},
		{"last, after a truncated object", `{"request":"A"`, listedCode("B")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := c.Classify(Reply{Status: 200, Header: withHeader, Body: []byte(test.body)})
			if got := outcomeOf(d); got != test.want {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}

// A listed code beats a sign of success, but only in an operation that it comes in:
// elsewhere its text is the result.
func TestCodeOfAnotherOperation(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{Syntax: JSON, OK: []Test{{Kind: Present, At: Path{"taskId"}}}, Code: []Path{{"status"}}}},
		Codes: []Entry{{Kind: KindCode, Code: "idle", Action: WaitPoll, Operations: []Operation{"result"}}},
	})
	for operation, want := range map[Operation]readOff{"create": readSuccess, "result": listedCode("idle"), "": listedCode("idle")} {
		d := c.Classify(Reply{Status: 200, Operation: operation, Body: []byte(`{"taskId":"1","status":"idle"}`)})
		if got := outcomeOf(d); got != want {
			t.Errorf("in %q: %v, want %v", operation, got, want)
		}
	}
}
