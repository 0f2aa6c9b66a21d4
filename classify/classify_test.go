package classify

import "testing"

func TestSmoke(t *testing.T) {
	pol := &Policy{Base: 5e9, Retries: 3}
	c := &Catalog{
		Forms: []Form{
			{Syntax: JSON, OK: []Test{{At: Path{"status"}, Values: []Scalar{{Number, "1"}, {String, "1"}}}}, Code: []Path{{"request"}}},
			{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK|"}}}, Code: []Path{{""}}},
		},
		Codes:  []Entry{{Kind: KindCode, Number: 1, Code: "ERROR_NO_SLOT_AVAILABLE", Action: Retry, Policy: pol}},
		Index:  NewIndex([]string{"ERROR_NO_SLOT_AVAILABLE"}, false),
		Delays: []Delay{{Header: "Retry-After", Unit: 1e9}},
	}
	for _, b := range []string{`{"status":0,"request":"ERROR_NO_SLOT_AVAILABLE"}`, "ERROR_NO_SLOT_AVAILABLE", "OK|abc", `{"status":1,"request":"abc"}`, "<html><body>hi</body></html>", "NEW_ONE"} {
		r := Reply{Status: 200, Body: []byte(b), Operation: "submit"}
		d := c.Classify(r)
		t.Logf("%s: %v %v %v %q", b, d.Action, d.Source, d.Known, d.Why())
		t.Log(testing.AllocsPerRun(100, func() { c.Classify(r) }))
	}
}
