package lookup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/spec"
)

// TestReaders looks up replies in a catalog of many APIs of a few kinds, whose codes some
// share, with and without asking each of the APIs, and wants the same matches.
func TestReaders(t *testing.T) {
	forms := []string{
		`[{json: {code: [/code], message: [/text]}}]`,
		`[{json: {ok: {at: /success, equals: true}, code: [/code, /error/type]}}]`,
		`[{xml: {code: [/Error/Code, /Error/Type]}}, {header: {code: [X-Code]}}]`,
		`[{json: {in: {string: /inner}, code: [/code], trim: {after: "#"}}}, {text: {ok: {prefix: ["OK|"]}, code: {prefix: [""]}}}]`,
	}
	var spec strings.Builder
	spec.WriteString("format: 1\ncategories: {bad: {action: fail}, busy: {action: retry}, fine: {action: ok}}\napis:\n")
	for i := range 40 {
		fmt.Fprintf(&spec, "  shop%d:\n    reply: %s\n    statuses:\n      200: {category: fine, meaning: Done}\n      429: {category: busy, retry: {base: 1s, retries: 2}, fix: Wait}\n", i, forms[i%len(forms)])
		if i%9 == 0 {
			spec.WriteString("    match: {case: insensitive}\n")
		}
		if i%13 == 0 {
			spec.WriteString("    request_id: [{json: /id}]\n")
		}
		fmt.Fprintf(&spec, "    codes:\n      SOLD_OUT_%d: {category: bad, fix: Go, aliases: [GONE_%d]}\n      \"%d\": {category: bad, fix: Go}\n      SHARED_%d: {category: bad, fix: Go}\n      FINE_%d: {category: fine, meaning: Fine}\n      NUM%d*: {category: bad, fix: Go}\n",
			i, i, 1000+i, i%5, i, i)
	}
	c := load(t, spec.String())
	some, all := New(c), New(c)
	all.readers = nil
	if some.readers == nil || len(some.readers.kinds) != len(forms)+1 || len(some.readers.kinds[0]) == 0 {
		t.Fatalf("the kinds are %v", some.readers)
	}

	var texts []string
	for i := 0; i < 40; i += 9 {
		for _, code := range []string{fmt.Sprintf("SOLD_OUT_%d", i), fmt.Sprintf("gone_%d", i), fmt.Sprint(1000 + i), fmt.Sprintf("1.0%02de3", i), fmt.Sprintf("SHARED_%d", i%5), fmt.Sprintf("NUM%dX", i), `SOLD\u005fOUT_1`, "NEW"} {
			for _, reply := range []string{
				`{"code": "%s", "id": "r1"}`, `{"code": %s}`, `{"success": true, "code": "%s"}`, `{"success": false, "error": {"type": "%s"}}`, `{"inner": "{\"code\": \"x#%s\"}"}`,
				"<Error><Code>%s</Code></Error>", "<Error><Code>S<b/>%s</Code></Error>", "<Error>\n <Code><![CDATA[%s]]></Code>\n</Error>", "<Error>\n<Id/>\n<Code>%s</Code></Error>", "OK|%s", "%s",
			} {
				body := fmt.Sprintf(reply, code)
				texts = append(texts, body, "HTTP/1.1 400 Bad Request\nContent-Type: text/plain\n\n"+body, "HTTP/1.1 429 Too Many Requests\n\n"+body, "HTTP/1.1 200 OK\nX-Code: "+code+"\n\n{}", "It said "+body+" and more.")
			}
		}
	}
	// One API knows these by a code that stands there verbatim, and others by something else.
	for _, body := range []string{
		`{"code": "SOLD_OUT_0", "error": {"type": "SOLD\u005fOUT_33"}}`, `{"code": "SOLD_OUT_0", "error": {"type": "sold_out_9"}}`,
		`{"code": "SOLD_OUT_0", "error": {"type": 1.033e3}}`, `{"code": "SOLD_OUT_1", "success": true}`, `{"code": "FINE_1", "success": false}`,
		"<Error><Code>SOLD_OUT_2</Code><Type>SOLD_<b/>OUT_38</Type></Error>", "<Error><Code>SOLD_OUT_2</Code><Type>SOLD_<![CDATA[OUT_38]]></Type></Error>",
		"<Error><Code>SOLD_OUT_2</Code><Type>SOLD_&#79;UT_38</Type></Error>",
	} {
		texts = append(texts, body, "HTTP/1.1 200 OK\nX-Code: SOLD_OUT_10\n\n"+body, "HTTP/1.1 400 Bad Request\nX-Code: SOLD_OUT_10\n\n"+body,
			"It said "+body+", and then "+`{"success": true}`+".")
	}
	texts = slices.Concat(texts, lookuptest.Texts(c, 1, 300))
	slices.Sort(texts)
	fewer := 0
	for _, text := range slices.Compact(texts) {
		got, want := some.Explain(text), all.Explain(text)
		if len(got) > 0 {
			fewer++
		}
		if diff := cmp.Diff(plainly(want), plainly(got)); diff != "" {
			t.Fatalf("%s\n(-all +some):\n%s", text, diff)
		}
	}
	if fewer < 500 {
		t.Errorf("only %d texts lead to entries", fewer)
	}
}

// plainly returns all that matches say.
func plainly(matches []Match) []string {
	all := make([]string, len(matches))
	for i, m := range matches {
		all[i] = fmt.Sprint(m.Entry.API.Name, " ", m.Entry.Code, " ", m.Confidence, " ", m.Why, " ", m.Count, " ", m.Message, " ", m.RequestID, " ", m.Field)
		if m.Decision != nil {
			all[i] += fmt.Sprint(" ", m.Decision.Why(), m.Decision.Reading.Form, m.Decision.Reading.Denied)
		}
	}
	return all
}

// What a text repeats is looked at in a time that grows with its length alone: with its
// square, each of these would take an hour.
func TestLongRuns(t *testing.T) {
	x := New(load(t, string(spec.Errors)))
	for _, line := range []string{"HTTP/1.1 502 Bad Gateway\n", "\u00a0HTTP/1.1 200 ", "https://a.test/x "} {
		x.Explain(strings.Repeat(line, 4<<20/len(line)))
	}
}
