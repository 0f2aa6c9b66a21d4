package classify

import (
	"strings"
	"testing"
)

// Where a place with * has several values, a listed code beats one that is not, as it
// does over places and forms.
func TestCodesOfAList(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{
			{Syntax: JSON, Code: []Path{{"errors", "*", "code"}, {"code"}}, None: []string{"None"}},
			{Syntax: XML, Code: []Path{{"Errors", "*", "Code"}}},
		},
		Codes:    []Entry{{Code: "LISTED"}, {Code: "GENERAL"}},
		Prefixes: []Entry{{Kind: KindPrefix, Code: "P*"}},
	})
	tests := []struct{ name, body, code, also string }{
		{"the second is listed", `{"errors":[{"code":"NEW"},{"code":"LISTED"}]}`, "LISTED", "NEW"},
		{"one that is listed beats a general one", `{"errors":[{"code":"NEW"},{"code":"LISTED"}],"code":"GENERAL"}`, "LISTED", "NEW"},
		{"the first of two that are listed", `{"errors":[{"code":"GENERAL"},{"code":"LISTED"}]}`, "GENERAL", ""},
		{"the first of two that are not", `{"errors":[{"code":"NEW"},{"code":"NEWER"}]}`, "NEW", ""},
		{"a prefix beats one that is not listed", `{"errors":[{"code":"NEW"},{"code":"P1"}]}`, "P1", "NEW"},
		{"a listed one beats a prefix", `{"errors":[{"code":"P1"},{"code":"LISTED"}]}`, "LISTED", ""},
		{"after a text that stands for none", `{"errors":[{"code":"None"},{"code":"LISTED"}],"code":"GENERAL"}`, "LISTED", ""},
		{"after an object and a truth value", `{"errors":[{"code":{}},{"code":true},{"code":"LISTED"}]}`, "LISTED", ""},
		{"members of an object", `{"errors":{"a":{"code":"NEW"},"b":{"code":"LISTED"}}}`, "LISTED", "NEW"},
		{"elements", `<Errors><E><Code>NEW</Code></E><E><Code>LISTED</Code></E></Errors>`, "LISTED", "NEW"},
		{"empty elements", `<Errors><E><Code/></E><E><Code>LISTED</Code></E></Errors>`, "LISTED", ""},
		{"the hundredth", `{"errors":[` + strings.Repeat(`{"code":"NEW"},`, 99) + `{"code":"LISTED"}]}`, "LISTED", "NEW"},
		{"what is behind a hundred is not looked at", `{"errors":[` + strings.Repeat(`{"code":"NEW"},`, 100) + `{"code":"LISTED"}]}`, "NEW", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := c.Classify(Reply{Status: 400, Body: []byte(test.body)})
			if d.Code != test.code || d.Also != test.also {
				t.Errorf("%.100s has the code %q and also %q, want %q and %q", test.body, d.Code, d.Also, test.code, test.also)
			}
		})
	}
}

// A test of a place with * holds if it does for any of the values.
func TestTestsOfAList(t *testing.T) {
	kind := Path{"details", "*", "@type"}
	deep := Path{"details", "*", "violations", "*", "id"}
	const body = `{"details":[{"@type":"help","violations":[]},{"@type":"quota","violations":[{"id":"PerMinute"},{"id":"PerDay"}]}]}`
	tests := []struct {
		name  string
		test  Test
		holds bool
	}{
		{"the first", Test{Kind: Equals, At: kind, Values: []Scalar{{Text: "help"}}}, true},
		{"the second", Test{Kind: Equals, At: kind, Values: []Scalar{{Text: "quota"}}}, true},
		{"none", Test{Kind: Equals, At: kind, Values: []Scalar{{Text: "retry"}}}, false},
		{"two lists deep", Test{Kind: Equals, At: deep, Values: []Scalar{{Text: "PerDay"}}}, true},
		{"a part of the second", Test{Kind: Contains, At: deep, Text: "perday"}, true},
		{"a part of none", Test{Kind: Contains, At: deep, Text: "perhour"}, false},
		{"not the second", Test{Kind: Not, Tests: []Test{{Kind: Equals, At: kind, Values: []Scalar{{Text: "quota"}}}}}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := document{syntax: JSON, body: []byte(body)}
			held, _ := test.test.holds(&d)
			if got := held != notHeld; got != test.holds {
				t.Errorf("the test holds: %v, want %v", got, test.holds)
			}
		})
	}
	t.Run("elements", func(t *testing.T) {
		d := document{syntax: XML, tree: new(tree)}
		d.tree.read([]byte(`<l><e k="a">1</e><e k="b">2</e></l>`), false)
		attribute := Test{Kind: Equals, At: Path{"l", "*", "@k"}, Values: []Scalar{{Text: "b"}}}
		text := Test{Kind: Contains, At: Path{"l", "*"}, Text: "2"}
		if !hold([]Test{attribute, text}, &d) {
			t.Error("the tests do not hold for the second element")
		}
	})
}

// A list is walked once for each place, whatever its length, and without allocating.
func TestCodesOfAListAllocateNothing(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{Syntax: JSON, Code: []Path{{"errors", "*", "code"}}, OK: []Test{{Kind: Equals, At: Path{"errors", "*", "code"}, Values: []Scalar{{Text: "NONE"}}}}}},
		Codes: []Entry{{Code: "LISTED"}},
	})
	r := Reply{Status: 400, Body: []byte(`{"errors":[{"code":null},{"code":{}},{"code":"LISTED"}]}`)}
	if n := testing.AllocsPerRun(100, func() { c.Classify(r) }); n > 0 {
		t.Errorf("%.0f allocations", n)
	}
}
