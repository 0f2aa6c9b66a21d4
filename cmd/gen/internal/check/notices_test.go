package check_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/check"
)

// TestNotices tells each thing that is wrong with a notice with its place.
func TestNotices(t *testing.T) {
	catalogs, problems := check.LoadAll([]check.Source{{Name: "s.yaml", Content: []byte(overlaySpec)}})
	if len(catalogs) != 1 {
		t.Fatal(problems)
	}
	for file, want := range map[string]string{
		`[]`: "",
		"\ufeff" + `[{"text": "a\nb \ud83d\ude00 1 < 2", "api": "shop", "codes": ["NO_MONEY", "timeout"], "link": "https://example.com/?a=b", "since": "2026-01-31T09:30:00Z", "until": "2026-01-31T18:00:00.5+01:00"}]`: "",
		`[{"text": "of all"}, {"text": "of codes of any API", "codes": ["TOO_MANY"]}]`: "",
		``:                                                 `1:1: error: the file is not JSON: unexpected end of JSON input [syntax]`,
		"[\n  {text: \"a\"}]":                              `2:4: error: the file is not JSON: invalid character 't' looking for beginning of object key string [syntax]`,
		`[{"text": "a"},]`:                                 `1:16: error: the file is not JSON: invalid character ']' looking for beginning of value [syntax]`,
		`{"text": "a"}`:                                    `1:1: error: the file is a mapping, not a list of notices [wrong-kind]`,
		"[\n  \"é\", 5, null]":                             "2:3: error: a notice is a single value, not a mapping [wrong-kind]\n2:8: error: a notice is a single value, not a mapping [wrong-kind]\n2:11: error: a notice is a single value, not a mapping [wrong-kind]",
		`[{"api": "shop"}]`:                                `1:2: error: the notice has no text, which is required [missing-key]`,
		`[{"text": " "}]`:                                  `1:11: error: text is empty [text-empty]`,
		`[{"text": ["a"]}, {"text": false}]`:               "1:11: error: text is not a text [wrong-kind]\n1:28: error: text is not a text [wrong-kind]",
		`[{"text": "a", "text": "b"}]`:                     `1:16: error: the notice has text twice [duplicate-key]`,
		`[{"text": "a", "code": "NO_MONEY"}]`:              `1:16: error: unknown key "code" in the notice [unknown-key]`,
		`[{"text": "a", "api": "shpo"}]`:                   `1:23: error: the spec has no API "shpo" [bad-value]`,
		`[{"text": "a", "codes": "NO_MONEY"}]`:             `1:25: error: codes is not a list of texts, of one at least [wrong-kind]`,
		`[{"text": "a", "codes": []}]`:                     `1:25: error: codes is not a list of texts, of one at least [wrong-kind]`,
		`[{"text": "a", "codes": ["NO_MONY", 5]}]`:         "1:26: error: the spec has no entry \"NO_MONY\" [unknown-code]\n1:37: error: a code is not a text [wrong-kind]",
		`[{"text": "a", "codes": ["5xx"]}]`:                `1:26: error: the spec has no entry "5xx" [unknown-code]`,
		`[{"text": "a", "link": "http://x.org"}]`:          `1:24: error: link is "http://x.org", not an address that starts with https:// [bad-address]`,
		`[{"text": "a", "until": "2026-01-31"}]`:           `1:25: error: until is "2026-01-31", not a time such as 2026-01-31T09:30:00Z [bad-value]`,
		`[{"text": "a", "since": "2026-02-30T09:30:00Z"}]`: `1:25: error: since is "2026-02-30T09:30:00Z", not a time such as 2026-01-31T09:30:00Z [bad-value]`,
		`[{"text": "a", "since": "2026-01-31T10:30:00+01:00", "until": "2026-01-31T09:30:00Z"}]`: `1:63: error: until is not after since [bad-value]`,
		`[{"text": "a", "since": "2026-01-31T09:30:00,5Z"}]`:                                     `1:25: error: since is "2026-01-31T09:30:00,5Z", not a time such as 2026-01-31T09:30:00Z [bad-value]`,
		`[{"text": "a", "since": "2026-01-31T09:30:00Z", "until": "soon"}]`:                      `1:58: error: until is "soon", not a time such as 2026-01-31T09:30:00Z [bad-value]`,
		`[{"text": "a", "link": " "}]`:                                                           `1:24: error: link is empty [text-empty]`,
		`[{"link": 5, "text": 6}]`:                                                               "1:11: error: link is not a text [wrong-kind]\n1:22: error: text is not a text [wrong-kind]",
		`[{"text": "a", "codes": {}}]`:                                                           `1:25: error: codes is not a list of texts, of one at least [wrong-kind]`,
		`[{"text": "a", "api": "bank", "codes": ["NO_MONEY"]}]`:                                  `1:23: error: the spec has no API "bank" [bad-value]`,
		`[{"text": "read <a href='x'>this</a>"}]`:                                                `1:11: warning: the text of a notice is plain: "<a href='x'>" is shown as it stands [bad-value]`,
	} {
		source := []byte(file)
		got := check.Notices(check.Source{Name: "notices.json", Content: source}, catalogs[0])
		places(t, source, got)
		var lines []string
		for line := range strings.Lines(textOf(t, nil, got)) {
			if rest, ok := strings.CutPrefix(line, "notices.json:"); ok {
				lines = append(lines, strings.TrimSuffix(rest, "\n"))
			}
		}
		if diff := cmp.Diff(want, strings.Join(lines, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
		check.Notices(check.Source{Name: "notices.json", Content: source}, nil)
	}
}

// TestNoticesOfClass lets a class stand for the statuses that are listed.
func TestNoticesOfClass(t *testing.T) {
	catalogs, problems := check.LoadAll([]check.Source{{Name: "s.yaml", Content: []byte(strings.Replace(overlaySpec, "    codes:\n",
		"    statuses: {503: {category: broken, meaning: m, fix: f}}\n    codes:\n      5AB: {category: broken, meaning: m, fix: f}\n      4CD: {category: broken, meaning: m, fix: f}\n", 1))}})
	if len(catalogs) != 1 {
		t.Fatal(problems)
	}
	for code, want := range map[string]int{"5xx": 0, "503": 0, "5": 1, "50xx": 1, "5AB": 0, "4xx": 1, "500": 1, "xx": 1} {
		got := check.Notices(check.Source{Name: "n", Content: []byte(`[{"text": "a", "codes": ["` + code + `"]}]`)}, catalogs[0])
		if len(got) != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

// TestNoticesOfAPIs looks for a code among those of the API that a notice is about, and
// lists the APIs where there are not too many.
func TestNoticesOfAPIs(t *testing.T) {
	spec := "format: 1\ncategories: {broken: {action: fail}}\napis:\n"
	var names []string
	for i := range 13 {
		names = append(names, "api"+strconv.Itoa(i))
		spec += fmt.Sprintf("  api%d: {reply: [{json: {code: [/code]}}], codes: {OF_%d: {category: broken, meaning: m, fix: f}}}\n", i, i)
		if i == 0 {
			continue
		}
		catalog, problems := check.Load("s.yaml", []byte(spec))
		if catalog == nil {
			t.Fatal(problems)
		}
		known := "known are " + strings.Join(names, ", ")
		if len(names) > 12 {
			known = ""
		}
		for notice, want := range map[string]string{
			`{"text": "a", "api": "api1", "codes": ["OF_1"]}`:   "",
			`{"text": "a", "api": "api1", "codes": ["OF_0"]}`:   `the spec has no entry "OF_0"`,
			`{"text": "a", "api": "elsewhere", "codes": ["x"]}`: `the spec has no API "elsewhere"`,
		} {
			got := check.Notices(check.Source{Name: "n", Content: []byte("[" + notice + "]")}, catalog)
			if len(got) > 1 || want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0].Message != want) {
				t.Errorf("%s: %v, want %q", notice, got, want)
			}
			if strings.Contains(notice, "elsewhere") && got[0].Hint != known {
				t.Errorf("hint = %q, want %q", got[0].Hint, known)
			}
		}
	}
}

// TestNoticesHints says what is known where nothing is close.
func TestNoticesHints(t *testing.T) {
	catalogs, _ := check.LoadAll([]check.Source{{Name: "s.yaml", Content: []byte(overlaySpec)}})
	for file, want := range map[string]string{
		`[{"text": "a", "colour": 1}]`:         "the keys here are text, api, codes, link, since, until",
		`[{"text": "a", "apy": "shop"}]`:       `did you mean "api"?`,
		`[{"text": "a", "api": "bank"}]`:       "known are shop",
		`[{"text": "a", "api": "shpo"}]`:       `did you mean "shop"?`,
		`[{"text": "a", "codes": ["NO_MON"]}]`: `did you mean "NO_MONEY"?`,
		`{"text": "a"}`:                        "write brackets around it, even for one notice",
		`[{"text": 5}]`:                        "write it in quotes",
	} {
		got := check.Notices(check.Source{Name: "n", Content: []byte(file)}, catalogs[0])
		if len(got) != 1 || got[0].Hint != want {
			t.Errorf("%s: %v, want the hint %q", file, got, want)
		}
	}
}
