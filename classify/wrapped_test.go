package classify

import "testing"

// The first event of a stream counts that is an object, whatever its lines end in, and the
// first line of JSON that says something.
func TestWrappedDocuments(t *testing.T) {
	events := Form{In: InSSE, Code: []Path{{"code"}}}
	lines := Form{In: InNDJSON, OK: []Test{{Kind: Present, At: Path{"done"}}}, Fail: []Test{{Kind: Present, At: Path{"failed"}}}, Code: []Path{{"code"}, {"codes", "*"}}, None: []string{"none"}}
	inner := Form{In: InString, Inside: Path{"inner"}, Code: []Path{{"code"}}}
	listed, nothing := listedCode("BUSY"), readNothing
	for _, test := range []struct {
		name string
		form Form
		body string
		want readOff
	}{
		{"an event", events, "data: {\"code\":\"BUSY\"}\n\n", listed},
		{"an event without a space", events, "data:{\"code\":\"BUSY\"}\n\n", listed},
		{"an event without an end", events, "data: {\"code\":\"BUSY\"}", listed},
		{"an event in two lines", events, "data: {\"code\":\ndata: \"BUSY\"}\n\n", listed},
		{"an event in three lines", events, "data: {\ndata:\"code\":\"BUSY\"\ndata: }\n\n", listed},
		{"an event whose lines are a text", events, "data: {\"code\":\"BU\ndata: SY\"}\n\n", nothing},
		{"other fields", events, "event: error\nid: 1\ndata: {\"code\":\"BUSY\"}\n\n", listed},
		{"lines that end in CR and LF", events, "event: x\r\ndata: {\"code\":\r\ndata: \"BUSY\"}\r\n\r\n", listed},
		{"lines that end in CR", events, "event: x\rdata: {\"code\":\rdata: \"BUSY\"}\r\r", listed},
		{"after an event of text", events, "data: hello\n\ndata: {\"code\":\"BUSY\"}\n\n", listed},
		{"after an event of text that ends in CR and LF", events, "data: hello\r\n\r\ndata: {\"code\":\"BUSY\"}\r\n\r\n", listed},
		{"the first object", events, "data: {\"id\":1}\n\ndata: {\"code\":\"BUSY\"}\n\n", nothing},
		{"an array", events, "data: [1]\n\ndata: {\"code\":\"BUSY\"}\n\n", listed},
		{"no object", events, "data: {\"code\":\"BUSY\"\n\n", nothing},
		{"one line", lines, `{"code":"BUSY"}`, listed},
		{"a line after others", lines, "{\"id\":1}\n\n {\"codes\":[\"BUSY\"]} \n{\"code\":\"NEW\"}", listed},
		{"a line after one of no code", lines, "{\"code\":\"none\"}\r\n{\"code\":\"\"}\r\n{\"code\":\"BUSY\"}", listed},
		{"a line of success", lines, "{\"id\":1}\n{\"done\":1}\n{\"code\":\"BUSY\"}", readSuccess},
		{"a line of failure", lines, "{\"failed\":1}\n{\"code\":\"BUSY\"}", nothing},
		{"lines that say nothing", lines, "{\"id\":1}\n[1]\ntext\n", nothing},
		{"a string", inner, `{"inner":" {\"code\":\"BUSY\"} "}`, listed},
		{"a number", inner, `{"inner":17}`, nothing},
		{"an object in the place of the string", inner, `{"inner":{"code":"BUSY"}}`, nothing},
		{"a string that is not a document", inner, `{"inner":"{"}`, nothing},
		{"a document that is none", inner, `{"inner":"{\"code\":\"BUSY\"}"`, nothing},
		{"a list in the place of the document", inner, `[{"inner":"{\"code\":\"BUSY\"}"}]`, nothing},
	} {
		c := indexed(&Catalog{Forms: []Form{test.form}, Codes: []Entry{{Code: "BUSY"}}})
		if got := outcomeOf(c.Classify(Reply{Status: 200, Body: []byte(test.body)})); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
