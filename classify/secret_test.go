package classify

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A secret is cut from a text in each way in which JSON and XML write it, and nothing else is.
func TestCutFromAText(t *testing.T) {
	const all = "[secret]"
	for _, test := range []struct{ secret, text, want string }{
		{"a<b>c", "a&lt;b&gt;c", all},
		{"a<b>c", "a&#60;b&#x3e;c", all},
		{"a<b>c", "a&61;b&gt;c", "a&61;b&gt;c"},
		{"a<b>c", "a&#61;b&gt;c", "a&#61;b&gt;c"},
		{"a<b>c", "a&60;b&gt;c", "a&60;b&gt;c"},
		{"a<b>c", "a&gt;b&lt;c", "a&gt;b&lt;c"},
		{`a"b'c&d`, "a&quot;b&apos;c&amp;d", all},
		{"&abcd", "xamp;abcd &", "xamp;abcd &"},
		{"abcd", `\u0061bcd`, all},
		{"bcda", `bcd\u0061`, all},
		{"bcda", `bcd\u006`, `bcd\u006`},
		{"bcda", `bcd\u00`, `bcd\u00`},
		{"bcda", `bcd\`, `bcd\`},
		{"abcd", `\x0061bcd`, `\x0061bcd`},
		{"abcd", `\uzzzzbcd`, `\uzzzzbcd`},
		{"\nabcd", `\nabcd`, all},
		{"\nabcd", `\tabcd`, `\tabcd`},
		{"\nabcd", `nabcd \x`, `nabcd \x`},
		{"\nabcd", `x\`, `x\`},
		{"a\rb\tc", `a\rb\tc`, all},
		{"😀abc", `\ud83d\ude00abc`, all},
		{"😀abc", `\ud83d\ude01abc`, `\ud83d\ude01abc`},
	} {
		if got := (secrets{test.secret}).cutFrom(test.text); got != test.want {
			t.Errorf("%q without %q is %q, want %q", test.text, test.secret, got, test.want)
		}
	}
}

// Each number and each text of a secret object is one, and what follows the scheme of a
// header field.
func TestSecretsOfAnObject(t *testing.T) {
	c := &Catalog{Secret: []Place{{JSON: Path{"key"}}, {Header: "Authorization"}}}
	reply := Reply{Status: 400, Header: http.Header{"Authorization": {" Bearer hush-hush"}}, Body: []byte(`{"key":{"a":-1234567,"b":[90000,0],"c":"word","d":98765}}`)}
	for text, want := range map[string]string{
		"x-1234567": "x[secret]", "x90000": "x[secret]", "0": "[secret]", "a word": "a [secret]", "98765": "[secret]", "hush-hush": "[secret]", "ab": "ab",
	} {
		if got := c.Redact(reply, text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	reply.Err = FailureTimeout
	if got := c.Redact(reply, "a word"); got != "a word" {
		t.Errorf("of no reply: %s", got)
	}
}

// A secret in the start of a document is one, and in the name of a field alone.
func TestSecretsOfACutDocument(t *testing.T) {
	c := &Catalog{Secret: []Place{{XML: Path{"Error", "Key"}}}, Field: []Place{{XML: Path{"Error", "Field"}}}, Forms: []Form{{Syntax: XML}}}
	reply := Reply{Status: 400, Cut: true, Body: []byte(`<Error><Key>hush-hush</Key><Field>of hush-hush</Field><Message>`)}
	if got := c.Redact(reply, "a hush-hush"); got != "a [secret]" {
		t.Errorf("the text is %s", got)
	}
	if d := c.Classify(reply); d.Field != "of [secret]" {
		t.Errorf("the field is %s", d.Field)
	}
}

// What a reading holds has no secret.
func TestReadHidesSecrets(t *testing.T) {
	c := indexed(&Catalog{
		Forms: []Form{{Code: []Path{{"new"}, {"code"}}}}, Secret: []Place{{JSON: Path{"key"}}}, Codes: []Entry{{Code: "LISTED"}},
	})
	for body, want := range map[string][2]string{
		`{"key":"hush-hush","new":"no hush-hush"}`:                 {"no [secret]", ""},
		`{"key":"hush-hush","new":"no hush-hush","code":"LISTED"}`: {"LISTED", "no [secret]"},
		`{"key":"hush-hush"}`:                                      {"", ""},
	} {
		if d := c.Classify(Reply{Status: 400, Body: []byte(body)}); d.Code != want[0] || d.Also != want[1] {
			t.Errorf("%s: the decision is about %q, also %q", body, d.Code, d.Also)
		}
		if got := c.Read(Reply{Status: 400, Body: []byte(body)}); got.Code != want[0] || got.Also != want[1] {
			t.Errorf("%s: %q, also %q", body, got.Code, got.Also)
		}
	}
	c.Codes[0].Action = OK // of which more may come
	d := c.Classify(Reply{Status: 200, Cut: true, Body: []byte(`{"key":"hush-hush","new":"no hush-hush","code":"LISTED","x":`)})
	if strings.Contains(d.Code+d.Also, "hush") {
		t.Errorf("the decision holds %q and %q", d.Code, d.Also)
	}
}

// A place is one of its syntax alone, also where all places are of one.
func TestPlacesOfOneSyntax(t *testing.T) {
	id := []Place{{JSON: Path{"id"}}}
	event := Form{In: InSSE, Code: []Path{{"code"}}}
	for body, want := range map[string]string{`{"id":"r1"}`: "r1", `<id>r1</id>`: "", "data: {\"code\":\"NEW\",\"id\":\"r2\"}\n\n": "r2"} {
		c := &Catalog{Forms: []Form{event, {Syntax: JSON}, {Syntax: XML}}, RequestID: id}
		if d := c.Classify(Reply{Status: 500, Body: []byte(body)}); d.RequestID != want {
			t.Errorf("%s: %q, want %q", body, d.RequestID, want)
		}
	}
	c := &Catalog{RequestID: []Place{{Header: "X-Id"}}}
	for size, want := range map[int]int{maxNoted: maxNoted, maxNoted + 1: maxNoted + len("…")} {
		d := c.Classify(Reply{Status: 500, Header: http.Header{"X-Id": {strings.Repeat("x", size)}}})
		if len(d.RequestID) != want {
			t.Errorf("of %d bytes %d are kept, want %d", size, len(d.RequestID), want)
		}
	}
	if d := c.Classify(Reply{Status: 500, Header: http.Header{"X-Id": {strings.Repeat("\x80", 300)}}}); len(d.RequestID) < maxNoted-4 {
		t.Errorf("%d bytes are kept of what is not text", len(d.RequestID))
	}
}

// A message may be in a header field, and as short as a character.
func TestMessageInTheHeader(t *testing.T) {
	c := &Catalog{Forms: []Form{{Syntax: Header, Message: []Path{{"X-Message"}}}}}
	if got := c.Message(Reply{Status: 400, Header: http.Header{"X-Message": {"!"}}}); got != "!" {
		t.Errorf("the message is %q", got)
	}
}

// Of addresses in the text of an error, neither query nor password is left, however they are
// written.
func TestErrorTextOfOddAddresses(t *testing.T) {
	const odd = "http://h/p?a b=hush"
	for _, test := range []struct {
		err  error
		want string
	}{
		{atAddress(odd, odd), "at http://h/p: Get \"http://h/p\": EOF"},
		{atAddress("http://user:pa/ss@host/x", ""), "at http://host/x: Get \"\": EOF"},
		{atAddress("http://[::1]/a@b", ""), "at http://[::1]/a@b: Get \"\": EOF"},
		{atAddress(":// what? more", ""), "at :// what? more: Get \"\": EOF"},
		{unwrapPanics{}, "panics"},
	} {
		if got := errorText(test.err); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// atAddress is an error that names one address, and wraps that of a client about another.
func atAddress(named, asked string) error {
	return fmt.Errorf("at %s: %w", named, &url.Error{Op: "Get", URL: asked, Err: io.EOF})
}
