package classify

import "testing"

// A JSON number is the code that has its value, however it is written; a text is what it is.
func TestNumberCodes(t *testing.T) {
	c := indexed(&Catalog{
		Forms:        []Form{{Syntax: JSON, Code: []Path{{"new"}, {"code"}}}, {Syntax: Text, Code: []Path{{""}}}},
		Codes:        []Entry{{Code: "429"}, {Code: "-7"}, {Code: "9007199254740991"}, {Code: "9007199254740992"}, {Code: "10000000000000000"}, {Code: "0"}},
		Unknown:      &Entry{Kind: KindUnknown},
		Unrecognised: &Entry{Kind: KindUnrecognised},
	})
	checkBodies(t, c, []bodyCase{
		{"digits", `{"code":429}`, listedCode("429")},
		{"decimal", `{"code":429.0}`, listedCode("429.0")},
		{"exponent", `{"code":4.29e2}`, listedCode("4.29e2")},
		{"capital exponent", `{"code":4.29E2}`, listedCode("4.29E2")},
		{"fraction", `{"code":429.5}`, unlistedCode("429.5")},
		{"negative", `{"code":-7.0}`, listedCode("-7.0")},
		{"zero", `{"code":0.0}`, listedCode("0.0")},
		{"largest", `{"code":9007199254740991.0}`, listedCode("9007199254740991.0")},
		{"digits that may be rounded", `{"code":9007199254740992}`, listedCode("9007199254740992")},
		{"may be rounded", `{"code":9007199254740992.0}`, unlistedCode("9007199254740992.0")},
		{"larger", `{"code":1e16}`, unlistedCode("1e16")},
		{"out of range", `{"code":1e999}`, unlistedCode("1e999")},
		{"text", `{"code":"429.0"}`, unlistedCode("429.0")},
		{"text after a number", `{"new":5,"code":"429.0"}`, unlistedCode("5")},
		{"plain text", `429.0`, unlistedCode("429.0")},
	})
}
