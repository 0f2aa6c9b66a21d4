package classify

import (
	"strings"
	"testing"

	"github.com/errkb/errkb/classify/packed"
)

func TestWhyNear(t *testing.T) {
	codes := []string{"CAPCHA_NOT_READY", "CAPCHA_NOT_REALLY", "ERROR_PAGE", "ERROR_PAGES", "TIMED", "NO_X", "E_1001", "ÄRGER", "DONE_NOW"}
	aliases := []string{"OLD_NAME"}
	tests := []struct{ code, want string }{
		{"CAPTCHA_NOT_READY", "CAPCHA_NOT_READY"},
		{"CAPCHA_NOT_READ", "CAPCHA_NOT_READY"},
		{"CAPCHA-NOT_READY", "CAPCHA_NOT_READY"},
		{"XCAPCHA_NOT_READY", "CAPCHA_NOT_READY"},
		{"CAPCHA_NOT_READYX", "CAPCHA_NOT_READY"},
		{"OLD_NAMES", "OLD_NAME"},
		{"ÖRGER", "ÄRGER"},
		{"ARGER", "ÄRGER"},
		{"ERROR_PAGEX", ""}, // one letter off two of them
		{"CAPTCHA_NOTREADY", ""},
		{"CAPCHA_NOT_RAEDY", ""},
		{"E_1002", ""}, // another number is another code
		{"E_10011", ""},
		{"NO_Y", ""}, // too short
		{"TIME", "TIMED"},
		{"DONE_NOW", ""}, // listed, but as success
		{"CAPCHA_NOT_READY", ""},
		{strings.Repeat("X", 5000), ""},
	}
	c := &Catalog{Forms: []Form{{Syntax: Text, Code: []Path{{""}}, OK: nil}}}
	for i, code := range codes {
		c.Codes = append(c.Codes, Entry{Kind: KindCode, Number: uint16(i + 1), Code: code})
	}
	c.Codes[len(codes)-1].Action = OK
	c.Aliases = []Alias{{Text: aliases[0], Code: 1}}
	c.Index = packed.NewIndex(append(codes, aliases...), false)
	for _, test := range tests {
		want := ""
		if test.want != "" {
			want = `the catalog lists "` + test.want + `", which is one letter off`
		}
		why := strings.Join(c.Classify(Reply{Status: 500, Body: []byte(test.code)}).Why(), "\n")
		if got := strings.Contains(why, "one letter off"); got != (want != "") || !strings.Contains(why, want) {
			t.Errorf("%.20s: got\n%s\nwant %q", test.code, why, want)
		}
	}

	c.FoldCase, c.Index = true, packed.NewIndex(append(codes, aliases...), true)
	if why := c.Classify(Reply{Body: []byte("captcha_not_ready")}).Why(); len(why) < 2 || why[1] != `the catalog lists "CAPCHA_NOT_READY", which is one letter off` {
		t.Errorf("in any case: got %q", why)
	}
}
