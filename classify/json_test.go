package classify

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// escaped writes every character as a JSON escape.
func escaped(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, `\u%04X`, unit)
	}
	return b.String()
}

func TestJSONPointers(t *testing.T) {
	long := strings.Repeat("k", 200)
	tests := []struct {
		pointer Path
		body    string
		want    string // "" for no code
	}{
		{Path{"code"}, `{"code":"X"}`, "X"},
		{Path{"code"}, " \t\r\n{ \"code\" : \"X\" } \n", "X"},
		{Path{"code"}, `{"a":1,"b":[{}],"code":"X","c":null}`, "X"},
		{Path{"code"}, `{"Code":"X"}`, ""},
		{Path{"code"}, `{"codes":"X","cod":"Y"}`, ""},
		{Path{"error", "code"}, `{"error":{"code":"X"},"code":"Y"}`, "X"},
		{Path{"error", "code"}, `{"error":"code"}`, ""},
		{Path{"error", "code"}, `{"error":["code"]}`, ""},
		{Path{"error", "code"}, `{"error":{}}`, ""},
		{Path{"a", "b", "c", "d"}, `{"a":{"b":{"c":{"d":"X"}}}}`, "X"},
		{Path{"a/b"}, `{"a":{"b":"Y"},"a/b":"X"}`, "X"},
		{Path{"a~b"}, `{"a~b":"X"}`, "X"},
		{Path{""}, `{"":"X"}`, "X"},
		{Path{"", ""}, `{"":{"":"X"}}`, "X"},
		{Path{" "}, `{" ":"X"}`, "X"},
		{Path{}, `{"code":"X"}`, ""},
		{Path{"0"}, `{"0":"X"}`, "X"},
		{Path{"*"}, `{"*":"X"}`, "X"},
		{Path{"é"}, `{"é":"X"}`, "X"},
		{Path{"é"}, `{"\u00e9":"X"}`, "X"},
		{Path{"e\u0301"}, `{"é":"X"}`, ""},
		{Path{"😀"}, `{"\ud83d\ude00":"X"}`, "X"},
		{Path{`"\`}, `{"\"\\":"X"}`, "X"},
		{Path{"\b\f\n\r\t/"}, `{"\b\f\n\r\t\/":"X"}`, "X"},
		{Path{long}, `{"` + escaped(long) + `":"X"}`, "X"},
		{Path{"code"}, `{"\u0063\u006F\u0064\u0065":"X"}`, "X"},

		{Path{"0"}, `["X","Y"]`, "X"},
		{Path{"1"}, `["X","Y"]`, "Y"},
		{Path{"1"}, ` [ "X" , "Y" ] `, "Y"},
		{Path{"2"}, `["X","Y"]`, ""},
		{Path{"0"}, `[]`, ""},
		{Path{"0", "0"}, `[["X"]]`, "X"},
		{Path{"e", "0"}, `{"e":["X","Y"]}`, "X"},
		{Path{"e", "10"}, `{"e":[0,1,2,3,4,5,6,7,8,9,"X"]}`, "X"},
		{Path{"e", "01"}, `{"e":["X","Y"]}`, ""},
		{Path{"e", "-1"}, `{"e":["X","Y"]}`, ""},
		{Path{"e", "-"}, `{"e":["X","Y"]}`, ""},
		{Path{"e", "+1"}, `{"e":["X","Y"]}`, ""},
		{Path{"e", ""}, `{"e":["X","Y"]}`, ""},
		{Path{"e", "/"}, `{"e":["X","Y"]}`, ""},
		{Path{"e", ":"}, `{"e":["X","Y"]}`, ""},
		{Path{"e", "9"}, `{"e":[0,1,2,3,4,5,6,7,8,"X"]}`, "X"},
		{Path{"e", "4294967296"}, `{"e":["X"]}`, ""},
		{Path{"e", "18446744073709551616"}, `{"e":["X"]}`, ""},
		{Path{"e", "1", "code"}, `{"e":[{"code":"X"},{"code":"Y"}]}`, "Y"},

		{Path{"e", "*"}, `{"e":["X","Y"]}`, "X"},
		{Path{"e", "*"}, `{"e":[]}`, ""},
		{Path{"e", "*"}, `{"e":{"a":"X"}}`, "X"},
		{Path{"e", "*"}, `{"e":"X"}`, ""},
		{Path{"e", "*", "code"}, `{"e":[{"code":"X"},{"code":"Y"}]}`, "X"},
		{Path{"e", "*", "code"}, `{"e":[1,null,"code",[],{},{"c":1},{"code":"X"}]}`, "X"},
		{Path{"e", "*", "code"}, `{"e":[{"code":null},{"code":"X"}]}`, "X"}, // null counts as absent
		{Path{"*", "code"}, `[{},{"code":"X"}]`, "X"},
		{Path{"*", `\u0061`}, `[{"\u0061":"X"}]`, ""},
		{Path{"*", "\u00e9"}, `[{"\u00e9":"X"}]`, "X"},
		{Path{"*", "0", "code"}, `[[{"code":"X"},{"code":"Y"}]]`, "X"},
		{Path{"*", "*", "code"}, `[[{"c":1}],[],[{},{"code":"X"}]]`, "X"},
		{Path{"e", "*", "d", "*", "code"}, `{"e":[{"d":[{}]},{"d":[{},{"code":"X"}]}]}`, "X"},

		{Path{"code"}, `{"code":"X","code":"Y"}`, "Y"},
		{Path{"code"}, `{"code":"X","code":null}`, ""},
		{Path{"e", "code"}, `{"e":{"code":"X"},"e":{"code":"Y"}}`, "Y"},
		{Path{"e", "code"}, `{"e":{"code":"X"},"e":{}}`, ""},
		{Path{"e", "code"}, `{"e":{},"\u0065":{"code":"X"}}`, "X"},

		{Path{"code"}, `{"code":0}`, "0"},
		{Path{"code"}, `{"code":1001}`, "1001"},
		{Path{"code"}, `{"code":-1}`, "-1"},
		{Path{"code"}, `{"code":1e3}`, "1e3"},
		{Path{"code"}, `{"code":1.50}`, "1.50"},
		{Path{"code"}, `{"code":1e999}`, "1e999"},
		{Path{"code"}, `{"code":123456789012345678901234567890}`, "123456789012345678901234567890"},
		{Path{"code"}, `{"code":12 }`, "12"},
		{Path{"code"}, "{\"code\":12\n,\"b\":1}", "12"},
		{Path{"code"}, `{"code":"01000"}`, "01000"},
		{Path{"code"}, `{"code":01000}`, ""},
		{Path{"code"}, `{"code":null}`, ""},
		{Path{"code"}, `{"code":true}`, ""},
		{Path{"code"}, `{"code":false}`, ""},
		{Path{"code"}, `{"code":{}}`, ""},
		{Path{"code"}, `{"code":{"code":"X"}}`, ""},
		{Path{"code"}, `{"code":[]}`, ""},
		{Path{"code"}, `{"code":["X"]}`, ""},
		{Path{"code"}, `{"code":""}`, ""},
		{Path{"code"}, `{"code":"null"}`, "null"},

		{Path{"code"}, `{"code":"\u0045R\u0052"}`, "ERR"},
		{Path{"code"}, `{"code":"\u006a\u006b\u006f\u006A\u004a"}`, "jkojJ"},
		{Path{"code"}, `{"code":"\ud83d\nde00"}`, "\ufffd\nde00"},
		{Path{"code"}, `{"code":"a\"b\\c\/d"}`, `a"b\c/d`},
		{Path{"code"}, `{"code":"\b\f\n\r\t"}`, "\b\f\n\r\t"},
		{Path{"code"}, `{"code":"\ud83d\ude00"}`, "😀"},
		{Path{"code"}, `{"code":"\uD83D\uDE00!"}`, "😀!"},
		{Path{"code"}, `{"code":"\ud83d"}`, "\ufffd"},
		{Path{"code"}, `{"code":"\ude00\ud83d"}`, "\ufffd\ufffd"},
		{Path{"code"}, `{"code":"\ud83d\u0041"}`, "\ufffdA"},
		{Path{"code"}, `{"code":"\ud83dA"}`, "\ufffdA"},
		{Path{"code"}, `{"code":"\ud83d\n"}`, "\ufffd\n"},
		{Path{"code"}, `{"code":"\u0000"}`, "\x00"},
		{Path{"code"}, `{"code":"` + escaped(long) + `"}`, long},
		{Path{"code"}, `{"x":"\\","code":"X"}`, "X"},
		{Path{"code"}, `{"x":"}]{[\"","code":"X"}`, "X"},
		{Path{"code"}, `{"x":{"a":"}","b":["]",{"c":"\\\""}]},"code":"X"}`, "X"},
		{Path{"code"}, `{"x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `,"code":"X"}`, "X"},
		{Path{"code"}, `{"x":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `,"code":"X"}`, ""}, // deeper than encoding/json reads
		{Path{"code"}, `{"x":` + strings.Repeat(`{"x":`, 5000) + `{}` + strings.Repeat("}", 5000) + `,"code":"X"}`, "X"},

		{Path{"code"}, "\ufeff{\"code\":\"X\"}", "X"},
		{Path{"code"}, "\ufeff\n{\"code\":\"X\"}", "X"},
		{Path{"code"}, "\ufeff\ufeff{\"code\":\"X\"}", ""},
		{Path{"code"}, `[{"code":"X"}]`, ""}, // an array only where a pointer looks into one
		{Path{"code"}, `"X"`, ""},
		{Path{"code"}, `1001`, ""},
		{Path{"code"}, `null`, ""},
		{Path{"code"}, ``, ""},
		{Path{"code"}, `{`, ""},
		{Path{"code"}, `{"code":"X"`, ""},
		{Path{"code"}, `{"code":"X`, ""},
		{Path{"code"}, `{"code":"X",}`, ""},
		{Path{"code"}, `{"code":"X"}}`, ""},
		{Path{"code"}, `{"code":"X"} {"code":"X"}`, ""},
		{Path{"code"}, `{"code":"X"}x`, ""},
		{Path{"code"}, `{"code":'X'}`, ""},
		{Path{"code"}, `{code:"X"}`, ""},
		{Path{"code"}, `{"code":"X"} // why`, ""},
		{Path{"code"}, `)]}',{"code":"X"}`, ""},
		{Path{"code"}, "{\"code\":\"a\nb\"}", ""},
		{Path{"code"}, `{"code":NaN}`, ""},
		{Path{"code"}, `{"code":"\x58"}`, ""},
		{Path{"code"}, `{"code":"\u12"}`, ""},
	}
	for i, test := range tests {
		t.Run(fmt.Sprint(i, test.pointer), func(t *testing.T) {
			c := &Catalog{Forms: []Form{{Syntax: JSON, Code: []Path{test.pointer}}}}
			d := c.Classify(Reply{Status: 200, Body: []byte(test.body)})
			if d.Code != test.want {
				t.Errorf("%.200s has the code %q, want %q", test.body, d.Code, test.want)
			}
			if wantSource := map[bool]Kind{true: KindUnrecognised, false: KindUnknown}[test.want == ""]; d.Source != wantSource {
				t.Errorf("decided by %s, want %s", d.Source, wantSource)
			}
		})
	}
}

// At most MaxBody of a body is looked at; of a document that is cut there counts what is
// whole.
func TestBodyLimit(t *testing.T) {
	object := func(size int) string {
		return `{"x":"` + strings.Repeat("x", size-len(`{"x":"","code":"X"}`)) + `","code":"X"}`
	}
	element := func(size int) string {
		return "<e><code>X</code>" + strings.Repeat(" ", size-len("<e><code>X</code></e>")) + "</e>"
	}
	c := indexed(&Catalog{
		Forms: []Form{
			{Syntax: JSON, Code: []Path{{"code"}}},
			{Syntax: XML, Code: []Path{{"e", "code"}}},
			{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK|"}}}, Code: []Path{{""}}},
		},
		Codes: []Entry{{Code: "X"}},
	})
	checkBodies(t, c, []bodyCase{
		{"object under the limit", object(MaxBody - 1), listedCode("X")},
		{"object at the limit", object(MaxBody), listedCode("X")},
		{"object over the limit, its code below", object(MaxBody + 1), listedCode("X")},
		{"object with its code over the limit", object(MaxBody + 2), readNothing},
		{"object and space over the limit", object(MaxBody) + "\n\n", listedCode("X")},
		{"object and junk over the limit", object(MaxBody) + "}", listedCode("X")},
		{"element at the limit", element(MaxBody), listedCode("X")},
		{"element over the limit, its code below", element(MaxBody + 1), listedCode("X")},
		{"element with its code over the limit", "<e><x>" + strings.Repeat(" ", MaxBody) + "</x><code>X</code></e>", readNothing},
		{"text and space over the limit", "X" + strings.Repeat(" ", MaxBody) + "Y", listedCode("X")},
		{"long text", strings.Repeat("X", 10<<20), readNothing},
		{"long success", "OK|" + strings.Repeat("X", 10<<20), readSuccess},
		{"space over the limit", strings.Repeat(" ", MaxBody) + "X", readNothing},
	})
}

func TestPathString(t *testing.T) {
	tests := []struct {
		path Path
		want string
	}{
		{nil, ""},
		{Path{""}, "/"},
		{Path{"a", "0", "*"}, "/a/0/*"},
		{Path{"a/b", "c~d", "~1"}, "/a~1b/c~0d/~01"},
	}
	for _, test := range tests {
		if got := test.path.String(); got != test.want {
			t.Errorf("%q is %q, want %q", []string(test.path), got, test.want)
		}
	}
}
