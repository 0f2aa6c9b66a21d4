package format

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// told returns problems as the tables of these tests have them: place, rule, what is wrong,
// hint, and what it is related to.
func told(problems []diag.Problem) string {
	var all []string
	for _, p := range problems {
		text := fmt.Sprintf("%d:%d %s: %s", p.Line, p.Column, p.Rule, p.Message)
		if p.Severity == diag.Warning {
			text = "warning " + text
		}
		if p.Hint != "" {
			text += " | " + p.Hint
		}
		for _, r := range p.Related {
			text += fmt.Sprintf(" | %d:%d %s", r.Line, r.Column, r.Message)
		}
		all = append(all, text)
	}
	return strings.Join(all, " / ")
}

// TestScalars reads values of each kind, at the limits of what it takes, and has what is meant
// by some that it does not take.
func TestScalars(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{"title: x", `"x"`},
		{"title: \"  x y  \"", `"x y"`},
		{"title: \"\"", "text-empty: an empty title | write one, or remove the key"},
		{"title: \"   \"", "text-empty: an empty title | write one, or remove the key"},
		{"title: “x”", `warning typographic-quotes: U+201C (left double quotation mark) is not a quote in YAML: it is part of the text | write a straight quote: " or '; or put straight quotes around the whole text if they are part of it"“x”"`},
		{"raw text: \" x \"", `" x "`},
		{"raw text: \"\"", `""`},
		{"mark: xxxxxxxxxxxxxxxxxxxx", `"xxxxxxxxxxxxxxxxxxxx"`},
		{"mark: xxxxxxxxxxxxxxxxxxxxx", "text-too-long: the mark has 21 characters; the limit is 20"},
		{"format: 1", "1"},
		{"format: 2", `bad-number: "2" is not 1, the only version so far`},
		{"format: 0", `bad-number: "0" is not 1, the only version so far`},
		{"format: \"1\"", "1"},
		{"format: 1.0", `bad-number: "1.0" is not 1, the only version so far`},
		{"boolean: true", "true"},
		{"boolean: false", "false"},
		{"boolean: \"true\"", `wrong-kind: "true" is not true or false | did you mean true?`},
		{"boolean: Yes", `wrong-kind: "Yes" is not true or false | did you mean true?`},
		{"boolean: on", `wrong-kind: "on" is not true or false | did you mean true?`},
		{"boolean: y", `wrong-kind: "y" is not true or false | did you mean true?`},
		{"boolean: TRUE", `wrong-kind: "TRUE" is not true or false | did you mean true?`},
		{"boolean: No", `wrong-kind: "No" is not true or false | did you mean false?`},
		{"boolean: off", `wrong-kind: "off" is not true or false | did you mean false?`},
		{"boolean: n", `wrong-kind: "n" is not true or false | did you mean false?`},
		{"boolean: FALSE", `wrong-kind: "FALSE" is not true or false | did you mean false?`},
		{"boolean: maybe", `wrong-kind: "maybe" is not true or false`},
		{"value: 1", `classify.Scalar{Type:0x1, Text:"1"}`},
		{"value: 1.5", `classify.Scalar{Type:0x1, Text:"1.5"}`},
		{"value: -2e3", `classify.Scalar{Type:0x1, Text:"-2e3"}`},
		{"value: 0x10", `bad-number: "0x10" is not a number as JSON writes it | quote it if it is a text`},
		{"value: .5", `bad-number: ".5" is not a number as JSON writes it | quote it if it is a text`},
		{"value: true", `classify.Scalar{Type:0x2, Text:"true"}`},
		{"value: True", `bad-value: "True" is not true or false | did you mean true?`},
		{"value: yes", `classify.Scalar{Type:0x0, Text:"yes"}`},
		{"value: Off", `classify.Scalar{Type:0x0, Text:"Off"}`},
		{"value: text", `classify.Scalar{Type:0x0, Text:"text"}`},
		{"value: \"1\"", `classify.Scalar{Type:0x0, Text:"1"}`},
		{"value: \"\"", `classify.Scalar{Type:0x0, Text:""}`},
		{"duration: 5s", "5000000000"},
		{"duration: 1h2m3s", "3723000000000"},
		{"duration: 0", "0"},
		{"duration: 0s", "0"},
		{"duration: 500ms", "500000000"},
		{"duration: 1.5s", "1500000000"},
		{"duration: +5s", `bad-duration: "+5s" is not a duration such as 5s, 500ms or 2m`},
		{"duration: -5s", `bad-duration: "-5s" is not a duration such as 5s, 500ms or 2m`},
		{"duration: -0s", `bad-duration: "-0s" is not a duration such as 5s, 500ms or 2m`},
		{"duration: 5", `bad-duration: "5" is not a duration such as 5s, 500ms or 2m | did you mean "5s"?`},
		{"duration: 5 s", `bad-duration: "5 s" is not a duration such as 5s, 500ms or 2m | did you mean "5s"?`},
		{"duration: 5S", `bad-duration: "5S" is not a duration such as 5s, 500ms or 2m | did you mean "5s"?`},
		{"duration: 5 sec", `bad-duration: "5 sec" is not a duration such as 5s, 500ms or 2m | did you mean "5s"?`},
		{"duration: 5 secs", `bad-duration: "5 secs" is not a duration such as 5s, 500ms or 2m | did you mean "5s"?`},
		{"duration: 1 second", `bad-duration: "1 second" is not a duration such as 5s, 500ms or 2m | did you mean "1s"?`},
		{"duration: 30 Seconds", `bad-duration: "30 Seconds" is not a duration such as 5s, 500ms or 2m | did you mean "30s"?`},
		{"duration: 2 minutes", `bad-duration: "2 minutes" is not a duration such as 5s, 500ms or 2m | did you mean "2m"?`},
		{"duration: 1 minute", `bad-duration: "1 minute" is not a duration such as 5s, 500ms or 2m | did you mean "1m"?`},
		{"duration: 2mins", `bad-duration: "2mins" is not a duration such as 5s, 500ms or 2m | did you mean "2m"?`},
		{"duration: 2 min", `bad-duration: "2 min" is not a duration such as 5s, 500ms or 2m | did you mean "2m"?`},
		{"duration: 1 hour", `bad-duration: "1 hour" is not a duration such as 5s, 500ms or 2m | did you mean "1h"?`},
		{"duration: 2 hours", `bad-duration: "2 hours" is not a duration such as 5s, 500ms or 2m | did you mean "2h"?`},
		{"duration: 100 milliseconds", `bad-duration: "100 milliseconds" is not a duration such as 5s, 500ms or 2m | did you mean "100ms"?`},
		{"duration: soon", `bad-duration: "soon" is not a duration such as 5s, 500ms or 2m`},
		{"duration: \"\"", `bad-duration: "" is not a duration such as 5s, 500ms or 2m`},
		{"jitter: full", "classify.Jitter{Add:0, Spread:0, Full:true}"},
		{"jitter: 20%", "classify.Jitter{Add:0, Spread:0.2, Full:false}"},
		{"jitter: 0%", "classify.Jitter{Add:0, Spread:0, Full:false}"},
		{"jitter: 100%", "classify.Jitter{Add:0, Spread:1, Full:false}"},
		{"jitter: 100.5%", `bad-duration: "100.5%" is not a duration such as 1s, a percentage such as 20%, or full`},
		{"jitter: 12.5%", "classify.Jitter{Add:0, Spread:0.125, Full:false}"},
		{"jitter: -1%", `bad-duration: "-1%" is not a duration such as 1s, a percentage such as 20%, or full`},
		{"jitter: +1%", `bad-duration: "+1%" is not a duration such as 1s, a percentage such as 20%, or full`},
		{"jitter: 1e1%", `bad-duration: "1e1%" is not a duration such as 1s, a percentage such as 20%, or full`},
		{"jitter: \"%\"", `bad-duration: "%" is not a duration such as 1s, a percentage such as 20%, or full`},
		{"jitter: 1s", "classify.Jitter{Add:1000000000, Spread:0, Full:false}"},
		{"jitter: 20", `bad-duration: "20" is not a duration such as 1s, a percentage such as 20%, or full | did you mean "20s"?`},
		{"jitter: 20 %", `bad-duration: "20 %" is not a duration such as 1s, a percentage such as 20%, or full`},
		{"size: 1KiB", "1024"},
		{"size: 64MiB", "67108864"},
		{"size: 65MiB", `bad-number: "65MiB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"size: 65536KiB", "67108864"},
		{"size: 65537KiB", `bad-number: "65537KiB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"size: 0KiB", `bad-number: "0KiB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"size: 1MiB", "1048576"},
		{"size: 1kib", `bad-number: "1kib" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB | did you mean "1KiB"?`},
		{"size: 1 KB", `bad-number: "1 KB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB | did you mean "1KiB"?`},
		{"size: 10k", `bad-number: "10k" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB | did you mean "10KiB"?`},
		{"size: 2 MB", `bad-number: "2 MB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB | did you mean "2MiB"?`},
		{"size: 2m", `bad-number: "2m" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB | did you mean "2MiB"?`},
		{"size: 2 mib", `bad-number: "2 mib" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB | did you mean "2MiB"?`},
		{"size: 5", `bad-number: "5" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"size: 5GiB", `bad-number: "5GiB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"size: -1KiB", `bad-number: "-1KiB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"size: 2097152KiB", `bad-number: "2097152KiB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"size: 4294967297KiB", `bad-number: "4294967297KiB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"size: KiB", `bad-number: "KiB" is not a size from 1KiB to 64MiB, such as 256KiB or 1MiB`},
		{"factor: 1", "1"},
		{"factor: 1.5", "1.5"},
		{"factor: 100", "100"},
		{"factor: 100.1", `bad-number: "100.1" is not a number from 1 to 100`},
		{"factor: 0.9", `bad-number: "0.9" is not a number from 1 to 100`},
		{"factor: 1e1", "10"},
		{"factor: .5e1", `bad-number: ".5e1" is not a number from 1 to 100`},
		{"factor: 0x2", `bad-number: "0x2" is not a number from 1 to 100`},
		{"factor: +2", `bad-number: "+2" is not a number from 1 to 100`},
		{"factor: two", `bad-number: "two" is not a number from 1 to 100`},
		{"retries: 0", "0"},
		{"retries: 1000", "1000"},
		{"retries: 1001", `bad-number: "1001" is not a whole number from 0 to 1000, or unlimited`},
		{"retries: unlimited", "-1"},
		{"retries: Unlimited", `bad-number: "Unlimited" is not a whole number from 0 to 1000, or unlimited`},
		{"retries: -1", `bad-number: "-1" is not a whole number from 0 to 1000, or unlimited`},
		{"retries: +1", `bad-number: "+1" is not a whole number from 0 to 1000, or unlimited`},
		{"retries: 1.0", `bad-number: "1.0" is not a whole number from 0 to 1000, or unlimited`},
		{"retries: /1", `bad-number: "/1" is not a whole number from 0 to 1000, or unlimited`},
		{"retries: \":1\"", `bad-number: ":1" is not a whole number from 0 to 1000, or unlimited`},
		{"date: 2026-01-31", `"2026-01-31"`},
		{"date: 2026-02-30", `bad-date: "2026-02-30" is not a date such as 2026-01-31`},
		{"date: 31.1.2026", `bad-date: "31.1.2026" is not a date such as 2026-01-31`},
		{"address: http://example.com", `"http://example.com"`},
		{"address: https://example.com/a?b#c", `"https://example.com/a?b#c"`},
		{"address: HTTPS://example.com", `"HTTPS://example.com"`},
		{"address: ftp://example.com", `bad-address: "ftp://example.com" is not an address that starts with http:// or https://`},
		{"address: example.com", `bad-address: "example.com" is not an address that starts with http:// or https://`},
		{"address: https://", `bad-address: "https://" is not an address that starts with http:// or https://`},
		{"address: https://exa mple.com", `bad-address: "https://exa mple.com" is not an address that starts with http:// or https://`},
		{"address: \"https://example.com/a b\"", `bad-address: "https://example.com/a b" is not an address that starts with http:// or https://`},
		{"address: \"https://example.com/\\ta\"", `bad-address: "https://example.com/\ta" is not an address that starts with http:// or https://`},
		{"address: \" https://example.com\"", `bad-address: " https://example.com" is not an address that starts with http:// or https://`},
		{"site: https://example.com", `"https://example.com/"`},
		{"site: https://example.com/a/", `"https://example.com/a/"`},
		{"site: http://example.com/", `bad-address: "http://example.com/" is not the https address of a folder, such as https://errors.example.com/`},
		{"site: https://user@example.com/", `bad-address: "https://user@example.com/" is not the https address of a folder, such as https://errors.example.com/`},
		{"site: https://example.com/?q", `bad-address: "https://example.com/?q" is not the https address of a folder, such as https://errors.example.com/`},
		{"site: https://example.com/#f", `bad-address: "https://example.com/#f" is not the https address of a folder, such as https://errors.example.com/`},
		{"site: https://example.com/a.html", `bad-address: "https://example.com/a.html" is not the https address of a folder, such as https://errors.example.com/`},
		{"site: https://example.com/a.html/", `"https://example.com/a.html/"`},
		{"site: \" https://example.com/ \"", `bad-address: " https://example.com/ " is not the https address of a folder, such as https://errors.example.com/`},
		{"status: 200", "200"},
		{"status: 100", "100"},
		{"status: 099", `bad-status: "099" is not a three-digit HTTP status`},
		{"status: 999", "999"},
		{"status: 1000", `bad-status: "1000" is not a three-digit HTTP status`},
		{"status: 2xx", `bad-status: "2xx" is not a three-digit HTTP status`},
		{"status: 4O4", `bad-status: "4O4" is not a three-digit HTTP status`},
		{"status: \"404, 410\"", `bad-status: "404, 410" is not a three-digit HTTP status | several are a list: [404, 410]`},
		{"status: 404 410", `bad-status: "404 410" is not a three-digit HTTP status | several are a list: [404, 410]`},
		{"status: 404/410|411+412;413", `bad-status: "404/410|411+412;413" is not a three-digit HTTP status | several are a list: [404, 410, 411, 412, 413]`},
		{"status: 404 x", `bad-status: "404 x" is not a three-digit HTTP status`},
		{"status key: 204", "204"},
		{"status key: 1xx", "1"},
		{"status key: 5xx", "5"},
		{"status key: 0xx", `bad-status: "0xx" is not an HTTP status such as 204 or a class such as 2xx`},
		{"status key: 6xx", `bad-status: "6xx" is not an HTTP status such as 204 or a class such as 2xx`},
		{"status key: 2XX", `bad-status: "2XX" is not an HTTP status such as 204 or a class such as 2xx`},
		{"status key: 2x", `bad-status: "2x" is not an HTTP status such as 204 or a class such as 2xx`},
		{"status key: 2xxx", `bad-status: "2xxx" is not an HTTP status such as 204 or a class such as 2xx`},
		{"status key: 4xx,5xx", `bad-status: "4xx,5xx" is not an HTTP status such as 204 or a class such as 2xx | several are a list: [4xx, 5xx]`},
		{"pointer: /a/b", `classify.Path{"a", "b"}`},
		{"pointer: /", `classify.Path{""}`},
		{"pointer: /a~0b~1c", `classify.Path{"a~b/c"}`},
		{"pointer: /a~2", `bad-pointer: "/a~2" is not a JSON Pointer such as /error/code | ~0 and ~1 stand for ~ and / in a name`},
		{"pointer: /a~", `bad-pointer: "/a~" is not a JSON Pointer such as /error/code | ~0 and ~1 stand for ~ and / in a name`},
		{"pointer: a/b", `bad-pointer: "a/b" is not a JSON Pointer such as /error/code | did you mean "/a/b"?`},
		{"pointer: a.b", `bad-pointer: "a.b" is not a JSON Pointer such as /error/code | did you mean "/a/b"?`},
		{"pointer: $.a.b[0].c", `bad-pointer: "$.a.b[0].c" is not a JSON Pointer such as /error/code | did you mean "/a/b/0/c"?`},
		{"pointer: \"#/a/b\"", `bad-pointer: "#/a/b" is not a JSON Pointer such as /error/code | did you mean "/a/b"?`},
		{"pointer: $", `bad-pointer: "$" is not a JSON Pointer such as /error/code | ~0 and ~1 stand for ~ and / in a name`},
		{"pointer: \"\"", `bad-pointer: "" is not a JSON Pointer such as /error/code | ~0 and ~1 stand for ~ and / in a name`},
		{"element path: /A/B", `classify.Path{"A", "B"}`},
		{"element path: /A/*", `classify.Path{"A", "*"}`},
		{"element path: /A/@b", `classify.Path{"A", "@b"}`},
		{"element path: /@b", `bad-pointer: "/@b" is not a path of elements such as /Error/Code | names of elements between slashes, or * for any; an attribute at the end has @ before it`},
		{"element path: /A/@b/C", `bad-pointer: "/A/@b/C" is not a path of elements such as /Error/Code | names of elements between slashes, or * for any; an attribute at the end has @ before it`},
		{"element path: /A/@", `bad-pointer: "/A/@" is not a path of elements such as /Error/Code | names of elements between slashes, or * for any; an attribute at the end has @ before it`},
		{"element path: /*/@é", `classify.Path{"*", "@é"}`},
		{"element path: /A1/_b/c-d.e·f", `classify.Path{"A1", "_b", "c-d.e·f"}`},
		{"element path: /1A", `bad-pointer: "/1A" is not a path of elements such as /Error/Code | names of elements between slashes, or * for any; an attribute at the end has @ before it`},
		{"element path: /-a", `bad-pointer: "/-a" is not a path of elements such as /Error/Code | names of elements between slashes, or * for any; an attribute at the end has @ before it`},
		{"element path: \"/a \"", `bad-pointer: "/a " is not a path of elements such as /Error/Code | names of elements between slashes, or * for any; an attribute at the end has @ before it`},
		{"element path: /a//b", `bad-pointer: "/a//b" is not a path of elements such as /Error/Code | names of elements between slashes, or * for any; an attribute at the end has @ before it`},
		{"element path: A/B", `bad-pointer: "A/B" is not a path of elements such as /Error/Code | did you mean "/A/B"?`},
		{"element path: A.B", `bad-pointer: "A.B" is not a path of elements such as /Error/Code | did you mean "/A/B"?`},
		{"element path: /s:A/s:B", `bad-pointer: "/s:A/s:B" is not a path of elements such as /Error/Code | namespaces are ignored: write names without their prefix`},
		{"element path: s:A", `bad-pointer: "s:A" is not a path of elements such as /Error/Code | namespaces are ignored: write names without their prefix`},
		{"element path: \"/e\\u0301\"", `classify.Path{"é"}`},
		{"element path: \"/\\u0301e\"", `bad-pointer: "/́e" is not a path of elements such as /Error/Code | names of elements between slashes, or * for any; an attribute at the end has @ before it`},
		{"place: /a", `"/a"`},
		{"place: a", `bad-pointer: "a" is not a place in the body such as /error/code | did you mean "/a"?`},
		{"place: a.b", `bad-pointer: "a.b" is not a place in the body such as /error/code | did you mean "/a/b"?`},
		{"action: wait_poll", `"wait_poll"`},
		{"action: wait-poll", `bad-value: "wait-poll" is not one of fail, retry, resubmit, wait_poll, fix_account or ok | did you mean "wait_poll"?`},
		{"action: retrry", `bad-value: "retrry" is not one of fail, retry, resubmit, wait_poll, fix_account or ok | did you mean "retry"?`},
		{"action: xyz", `bad-value: "xyz" is not one of fail, retry, resubmit, wait_poll, fix_account or ok`},
		{"action: “retry”", `bad-value: "“retry”" is not one of fail, retry, resubmit, wait_poll, fix_account or ok | U+201C (left double quotation mark) is not a quote in YAML; did you mean "retry"?`},
		{"action: \"retry\\u00a0\"", `bad-value: "retry\u00a0" is not one of fail, retry, resubmit, wait_poll, fix_account or ok | did you mean "retry"?`},
		{"action: ret\u00a0ry", `bad-value: "ret\u00a0ry" is not one of fail, retry, resubmit, wait_poll, fix_account or ok | there is U+00A0 (no-break space) in it`},
		{"action: ‘xyz’", `bad-value: "‘xyz’" is not one of fail, retry, resubmit, wait_poll, fix_account or ok | U+2018 (left single quotation mark) is not a quote in YAML`},
		{"language: de", `"de"`},
		{"language: pt-br", `"pt-BR"`},
		{"language: pt_BR", `bad-language: "pt_BR" is not the tag of a language such as en, de or pt-BR | did you mean "pt-BR"?`},
		{"language: de_XX_YY", `bad-language: "de_XX_YY" is not the tag of a language such as en, de or pt-BR | the tags are at https://www.iana.org/assignments/language-subtag-registry`},
		{"language: English", `bad-language: "English" is not the tag of a language such as en, de or pt-BR | did you mean "en"?`},
		{"language: DEUTSCH", `bad-language: "DEUTSCH" is not the tag of a language such as en, de or pt-BR | did you mean "de"?`},
		{"language: jp", `bad-language: "jp" is not the tag of a language such as en, de or pt-BR | did you mean "ja"?`},
		{"language: Klingon", `bad-language: "Klingon" is not the tag of a language such as en, de or pt-BR | the tags are at https://www.iana.org/assignments/language-subtag-registry`},
		{"language: und", `bad-language: "und" is not the tag of a language such as en, de or pt-BR | the tags are at https://www.iana.org/assignments/language-subtag-registry`},
		{"language: xx-yy-zz", `bad-language: "xx-yy-zz" is not the tag of a language such as en, de or pt-BR | the tags are at https://www.iana.org/assignments/language-subtag-registry`},
		{"language: “de”", `bad-language: "“de”" is not the tag of a language such as en, de or pt-BR | U+201C (left double quotation mark) is not a quote in YAML; did you mean "de"?`},
		{"Go name: x", `"x"`},
		{"path: /a", `"/a"`},
		{"title: " + strings.Repeat("é", 200), `"` + strings.Repeat("é", 200) + `"`},
		{"title: " + strings.Repeat("é", 201), "text-too-long: the title has 201 characters; the limit is 200"},
		{"code: " + strings.Repeat("é", 256), `"` + strings.Repeat("é", 256) + `"`},
		{"code: " + strings.Repeat("é", 257), "text-too-long: the code has 257 characters; the limit is 256"},
	} {
		root, problems := syntax.Parse("s.yaml", []byte(test.source), syntax.DefaultSize)
		if len(problems) > 0 {
			t.Errorf("%s: %v", test.source, problems)
			continue
		}
		pair := root.Pairs[0]
		var d decoder
		var value any
		d.scalar(pair.Value, scalars[pair.Key.Text], reflect.ValueOf(&value).Elem())
		got := strings.ReplaceAll(told(d.List), fmt.Sprintf("1:%d ", pair.Value.Place.Column), "")
		if value != nil {
			got += fmt.Sprintf("%#v", value)
		}
		if got != test.want {
			t.Errorf("%.200q:\n got %s\nwant %s", test.source, got, test.want)
		}
	}
}
