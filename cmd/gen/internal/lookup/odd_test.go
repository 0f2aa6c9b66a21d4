package lookup

import (
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

func TestWhy(t *testing.T) {
	x := New(load(t, lookuptest.OddSpec))
	for query, want := range map[string]string{
		"TWIN_CODE":               "the text is TWIN_CODE",
		"got TWIN_CODE":           "found TWIN_CODE in the text",
		"got twin-code":           `"twin-code" is the same as TWIN_CODE in another spelling`,
		"OLD_NAME":                "the text is OLD_NAME, another name of NEW_NAME",
		"got OLD_NAME":            "found OLD_NAME, another name of NEW_NAME",
		"code: 1001":              `1001 stands after "code"`,
		"status 404":              "the status 404",
		"status 500":              "the status 500 is one of 5xx",
		"08003":                   "08003 is not listed; it starts as 08*",
		"TWIN_CODEX":              `"TWIN_CODEX" differs by one letter from TWIN_CODE`,
		"TWIN__CODE":              `"TWIN__CODE" has the letters of TWIN_CODE`,
		`{"code":"TWIN_CODE"}`:    "found TWIN_CODE in the reply",
		`{"code":"OLD_NAME"}`:     "found OLD_NAME in the reply, another name of NEW_NAME",
		`{"code":"08003"}`:        "found a code in the reply that starts as 08*",
		"Throttling.User\nThrott": "found Throttling.User in the text",

		"HTTP/1.1 404 Not Found\nServer: x\n\n": "the reply has the status 404, and no code that is listed",
	} {
		got := x.Explain(query)
		if len(got) == 0 || got[0].Why != want {
			t.Errorf("%q: got %v, want why %s", query, got, want)
		}
	}
}
