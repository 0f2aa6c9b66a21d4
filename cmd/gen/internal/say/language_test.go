package say

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// german is a language for tests.
var german = &Language{tag: "de", words: func() map[Message]string {
	return map[Message]string{
		"Stop":                 "Halt",
		"%s of %s":             "%[2]ss %[1]s",
		"%s, %s|list":          "%s; %s",
		"%s and %s|list":       "%s und %s",
		"up to %s %%|a share":  "bis %s %%",
		"retry|noun":           "",
		"%s is %s|after if":    "%s %s ist",
		"%d page|how many":     "%d Seite",
		"%d pages|how many":    "%d Seiten",
		"one page":             "eine Seite",
		".|decimal mark":       ",",
		"%s second":            "%s Sekunde",
		"100 % of it":          "alles, 100 %",
		"%s is there|after if": "es %s gibt",
	}
}}

func TestSay(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{English.Say("Stop"), "Stop"},
		{English.Say("retry|noun"), "retry"},
		{English.Say("100 % of it"), "100 % of it"},
		{English.Say("up to %s %%|a share", "20"), "up to 20 %"},
		{English.Say(""), ""},
		{german.Say("Stop"), "Halt"},
		{german.Say("100 % of it"), "alles, 100 %"},
		{german.Say("retry|noun"), "retry"}, // not translated
		{german.Say("%s of %s", "Name", "Peter"), "Peters Name"},
		{german.And([]string{"a", "b", "c"}), "a; b und c"},
		{german.Count(1, "%d page|how many", "%d pages|how many"), "1 Seite"},
		{german.Count(2, "%d page|how many", "%d pages|how many"), "2 Seiten"},
		{german.Count(1, "one page", "%d pages|how many"), "eine Seite"},
		{german.DurationInFull(1), "0,001 milliseconds"},
		{german.Text("%s is %s|after if", wire("a"), wire("b")).String(), "a b ist"},
		{pseudo.Say("%s of %s|x", pseudo.Say("Name"), "Peter"), "⟦⟦Name⟧ of Peter⟧"},
		{pseudo.Text("Stop").String(), "⟦Stop⟧"},
		{german.Markup("%s of %s", strings.ToUpper, "<b>a</b>", "b"), "bS <b>a</b>"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// TestText holds what is quoted from the wire apart, in the order of the translation.
func TestText(t *testing.T) {
	name := Text{plain("the name "), wire("n")}
	for _, test := range []struct{ got, want Text }{
		{English.Text("%s of %s", name, wire("API")), Text{plain("the name "), wire("n"), plain(" of "), wire("API")}},
		{german.Text("%s of %s", name, wire("API")), Text{wire("API"), plain("s the name "), wire("n")}},
		{English.Text("up to %s %%|a share", 20), Text{plain("up to 20 %")}},
		{English.Text("%s|an empty one", wire("")), Text{wire("")}},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestFitted puts values into messages in a language without spaces.
func TestFitted(t *testing.T) {
	wide := &Language{"ja", func() map[Message]string {
		return map[Message]string{"No.": "いいえ。", "%s of %s": "%[2]s の %[1]s です", "%s or %s": "%s または %s", "%d %%": "約 %d %% の", twoSentences: "%s %s"}
	}}
	for _, test := range []struct{ got, want string }{
		{wide.Say("%s of %s", "code", "API"), "API の code です"},
		{wide.Say("%s of %s", "コード", "応答"), "応答のコードです"},
		{wide.Say("%s of %s", "コード（code）", "応答 API"), "応答 API のコード（code）です"},
		{wide.Say("%s of %s", "", ""), " の  です"},
		{wide.Sentences("中止。", "API です。", "It is.", "はい。"), "中止。API です。It is. はい。"},
		{wide.Gap(), ""},
		{wide.Say("%d %%", 5), "約 5 % の"},
		{wide.Text("%s or %s", Text{wire("X-A"), plain("（秒）")}, plain("ヘッダー")).String(), "X-A（秒）またはヘッダー"},
		{wide.Markup("%s or %s", strings.ToUpper, "<a href=\"x\">コード</a>", "<code>B</code>"), "<a href=\"x\">コード</a>または <code>B</code>"},
		{English.Say("%s of %s", "コード", "応答"), "コード of 応答"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// TestGap requires a space between sentences in all languages that have spaces.
func TestGap(t *testing.T) {
	for _, l := range Languages() {
		want := " "
		if l.Tag() == "ja" || l.Tag() == "zh" {
			want = ""
		}
		if got := l.Gap(); got != want {
			t.Errorf("in %s %q stands between sentences, want %q", l.Tag(), got, want)
		}
	}
}

func TestFind(t *testing.T) {
	for _, test := range []struct {
		tag, want string
		ok        bool
	}{
		{"", "en", true}, {"en", "en", true}, {"en-GB", "en", true}, {"EN-us", "en", true}, {"en-XA", "en-XA", true},
		{"tlh", "en", false}, {"e", "en", false}, {"english", "en", false}, {"-", "en", false},
	} {
		if l, ok := Find(test.tag); l.Tag() != test.want || ok != test.ok || In(test.tag) != l {
			t.Errorf("Find(%q) = %s, %t; want %s, %t", test.tag, l.Tag(), ok, test.want, test.ok)
		}
	}
	for _, l := range Languages() {
		for _, tag := range []string{l.Tag(), strings.ToUpper(l.Tag()), l.Tag() + "-AT", l.Tag() + "-Hans-CN"} {
			if got, ok := Find(tag); got != l || !ok {
				t.Errorf("Find(%q) = %s, %t", tag, got.Tag(), ok)
			}
		}
	}
}

func TestScriptWords(t *testing.T) {
	const script = `say("Stop"); say("a \"b\" %s|c", x); say(entry, d); essay("x");`
	if diff := cmp.Diff([]Message{"Stop", `a "b" %s|c`}, ScriptMessages(script)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := English.ScriptWords(script); len(got) > 0 {
		t.Errorf("English has the words %v", got)
	}
	if diff := cmp.Diff(map[Message]string{"Stop": "Halt", `a "b" %s|c`: `a "b" %s`}, german.ScriptWords(script)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
