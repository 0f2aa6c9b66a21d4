package classify

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
)

func placesAPI() *Catalog {
	return indexed(&Catalog{
		Forms: []Form{
			{Syntax: JSON, In: InString, Inside: Path{"inner"}, Code: []Path{{"code"}}},
			{Syntax: JSON, OK: []Test{{Kind: Present, At: Path{"result"}}}, Code: []Path{{"finer"}, {"code"}}, Message: []Path{{"message"}}},
			{Syntax: XML, Code: []Path{{"Error", "Code"}}, Message: []Path{{"Error", "Message"}}},
		},
		Codes:    []Entry{{Kind: KindCode, Code: "LISTED", Meaning: "Listed"}},
		Prefixes: []Entry{{Kind: KindPrefix, Code: "P_*", Meaning: "Covered"}},
		RequestID: []Place{
			{Header: "X-Request-Id"}, {JSON: Path{"request_id"}}, {XML: Path{"Error", "RequestId"}}, {Header: "X-Trace"},
		},
		Field: []Place{{JSON: Path{"errors", "*", "field"}}, {JSON: Path{"param"}}, {XML: Path{"Error", "@field"}}},
	})
}

func TestPlaces(t *testing.T) {
	long := strings.Repeat("ä", 200)
	tests := []struct {
		name, header, body string
		id, field          string
	}{
		{"a header field", "X-Request-Id: req_1", `{"code":"LISTED"}`, "req_1", ""},
		{"a member", "", `{"code":"LISTED","request_id":"req_2","param":"amount"}`, "req_2", "amount"},
		{"a number", "", `{"code":"LISTED","request_id":42}`, "42", ""},
		{"the first place", "X-Request-Id: req_1", `{"code":"LISTED","request_id":"req_2"}`, "req_1", ""},
		{"a place after one that is empty", "X-Request-Id: ", `{"code":"LISTED","request_id":"req_2"}`, "req_2", ""},
		{"a member before a later header field", "X-Trace: t", `{"code":"LISTED","request_id":"req_2"}`, "req_2", ""},
		{"a later header field", "X-Trace: t", `{"code":"LISTED","request_id":" "}`, "t", ""},
		{"neither text nor number", "", `{"code":"LISTED","request_id":true,"param":{"a":1}}`, "", ""},
		{"null", "", `{"code":"LISTED","request_id":null,"param":null}`, "", ""},
		{"space around it", "", `{"code":"LISTED","request_id":" a\tb\n"}`, "a\tb", ""},
		{"escapes", "", `{"code":"LISTED","param":"a\u0062\"c"}`, "", `ab"c`},
		{"a list", "", `{"code":"LISTED","errors":[{"field":null},{"field":{}},{"field":"b"},{"field":"c"}],"param":"d"}`, "", "b"},
		{"an element and an attribute", "", `<Error field="size"><Code>LISTED</Code><RequestId> r </RequestId></Error>`, "r", "size"},
		{"a list of documents", "", `[{"request_id":"x"}]`, "", ""},
		{"a document in a string", "", `{"inner":"{\"code\":\"LISTED\",\"param\":\"inside\"}","request_id":"outside","param":"no"}`, "outside", "inside"},
		{"no code", "X-Trace: t", `<html>`, "t", ""},
		{"a long text", "", `{"code":"LISTED","param":"` + "x" + long + `"}`, "", "x" + long[:254] + "…"},
		{"success", "X-Request-Id: req_1", `{"result":1,"param":"amount"}`, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := placesAPI().Classify(Reply{Status: 200, Header: headerOf(test.header), Body: []byte(test.body)})
			if d.RequestID != test.id || d.Field != test.field {
				t.Errorf("%s has the request id %q and the field %q, want %q and %q", test.body, d.RequestID, d.Field, test.id, test.field)
			}
		})
	}
}

func headerOf(line string) http.Header {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		return nil
	}
	return http.Header{name: {strings.TrimSpace(value)}}
}

func TestPlacesAreSaid(t *testing.T) {
	c := placesAPI()
	header := http.Header{"X-Request-Id": {"req\n1"}}
	d := c.Classify(Reply{Status: 400, Header: header, Body: []byte(`{"code":"LISTED","param":"amount"}`)})
	const want = `LISTED: Listed; field "amount"; request id "req\n1"`
	if text := d.Err().Error(); text != want {
		t.Errorf("the error is\n%s\nwant\n%s", text, want)
	}
	logger, log := logOf(slog.LevelInfo)
	logger.Info("x", "decision", d)
	const logged = `level=INFO msg=x decision.error.type=LISTED decision.errkb.action=fail decision.http.response.status_code=400` +
		` decision.errkb.request_id="\"req\\n1\"" decision.errkb.field=amount` + "\n"
	if log.String() != logged {
		t.Errorf("the log is\n%swant\n%s", log, logged)
	}
}

// Nothing that is printed of a reply holds a secret of it.
func TestSecrets(t *testing.T) {
	c := placesAPI()
	c.Secret = []Place{{JSON: Path{"key"}}, {JSON: Path{"keys", "*"}}, {Header: "X-Key"}, {XML: Path{"Error", "Key"}}, {JSON: Path{"request_id"}}}
	const key = "sk-12345"
	tests := []struct {
		name, header, body string
		code, also, id     string
		message            string
	}{
		{"in the message", "", `{"key":"sk-12345","code":"LISTED","message":"Wrong key: sk-12345."}`, "LISTED", "", "", "Wrong key: [secret]."},
		{"of a header field", "X-Key: sk-12345", `{"code":"LISTED","message":"<sk-12345sk-12345>"}`, "LISTED", "", "", "<[secret]>"},
		{"of an element", "", `<Error><Code>X sk-12345</Code><Key>sk-12345</Key><Message>sk-12345</Message></Error>`, "X [secret]", "", "", "[secret]"},
		{"in a code", "", `{"key":"sk-12345","code":"NEW_sk-12345"}`, "NEW_[secret]", "", "", ""},
		{"in a code that a prefix covers", "", `{"key":"sk-12345","code":"P_sk-12345"}`, "P_[secret]", "", "", ""},
		{"in a finer code", "", `{"key":"sk-12345","finer":"sk-12345","code":"LISTED"}`, "LISTED", "[secret]", "", ""},
		{"in the request id", "X-Request-Id: a-sk-12345-b", `{"key":"sk-12345","code":"LISTED"}`, "LISTED", "", "a-[secret]-b", ""},
		{"the request id", "", `{"request_id":"sk-12345","code":"LISTED"}`, "LISTED", "", "[secret]", ""},
		{"several", "", `{"keys":["sk-123",null,"123456","sk-12345"],"code":"LISTED","message":"sk-123456 and sk-12345"}`, "LISTED", "", "", "[secret] and [secret]"},
		{"a listed code", "", `{"key":"LISTED","code":"LISTED"}`, "LISTED", "", "", ""},
		{"a short one", "", `{"key":"abc","code":"LISTED","message":"alphabets abc"}`, "LISTED", "", "", "alphabets abc"},
		{"a short one alone", "", `{"key":"abc","code":"LISTED","message":"abc"}`, "LISTED", "", "", "[secret]"},
		{"four characters", "", `{"key":"äöüß","code":"LISTED","message":"an äöüß"}`, "LISTED", "", "", "an [secret]"},
		{"in a wrapped document", "", `{"inner":"{\"key\":\"sk-12345\",\"code\":\"NEW_sk-12345\"}","message":"sk-12345"}`, "NEW_[secret]", "", "", "[secret]"},
		{"all in an object", "", `{"key":{"user":"bob-","list":[{"pass":"p\u0061ss-1"},12345,true]},"code":"NEW_pass-1","message":"bob- user pass-1 of 12345 is true"}`, "NEW_[secret]", "", "", "[secret] user [secret] of [secret] is true"},
		{"all in an element", "", `<Error><Code>X</Code><Key id="id-1">key-1<Part> part-1 </Part></Key><Message>id-1 key-1 part-1</Message></Error>`, "X", "", "", "[secret] [secret] [secret]"},
		{"after a scheme", "X-Key: Bearer sk-12345", `{"code":"LISTED","message":"Bearer of sk-12345"}`, "LISTED", "", "", "Bearer of [secret]"},
		{"of a cookie", "X-Key: session=sk-12345; Path=/parcels", `{"code":"LISTED","message":"session sk-12345 of /parcels"}`, "LISTED", "", "", "session [secret] of /parcels"},
		{"success by the status", "", `{"key":"sk-12345","result":1,"code":"sk-12345"}`, "", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := Reply{Status: 200, Header: headerOf(test.header), Body: []byte(test.body)}
			d, message := c.Classify(r), c.Message(r)
			if d.Code != test.code || d.Also != test.also || d.RequestID != test.id || message != test.message {
				t.Errorf("the code is %q, also %q, the request id %q, the message %q; want %q, %q, %q, %q",
					d.Code, d.Also, d.RequestID, message, test.code, test.also, test.id, test.message)
			}
			if d.Reading != c.Read(r) {
				t.Errorf("Read says %+v, want %+v", c.Read(r), d.Reading)
			}
			for path, text := range printed(t, c, r) {
				if strings.Contains(text, key) {
					t.Errorf("%s holds the secret: %s", path, text)
				}
			}
		})
	}
}

// printed is all that is printed of a reply, by the way in which it is.
func printed(t *testing.T, c *Catalog, r Reply) map[string]string {
	d := c.Classify(r)
	all := map[string]string{
		"Why":      strings.Join(d.Why(), "\n"),
		"%+v":      fmt.Sprintf("%+v", d),
		"%#v":      fmt.Sprintf("%#v", d.Reading),
		"Message":  c.Message(r),
		"Reading":  fmt.Sprintf("%+v", c.Read(r)),
		"Type":     d.ErrorType(),
		"LogValue": d.LogValue().String(),
	}
	for _, value := range []any{d, c.Check(r), &ReplyError{Reply: r}} {
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		all[fmt.Sprintf("JSON of %T", value)] += string(encoded)
	}
	if failed, ok := c.Check(r).(*ReplyError); ok {
		all["LogValue of an error"] = failed.LogValue().String()
	}

	logger, log := logOf(slog.LevelDebug)
	hooks := LogTo(logger)
	failed := fmt.Errorf("the API said %s: %w", r.Body, &ReplyError{Reply: r})
	call := func(context.Context) (int, error) { return 0, failed }
	_, err := Do(t.Context(), &Options{Catalog: c, Hooks: hooks}, call)
	if stopped, ok := errors.AsType[*Error](err); ok {
		all["Error"] = stopped.Error()
		all["Decision"] = fmt.Sprint(stopped.Decision.Why())
		hooks.Retry(t.Context(), Event{Decision: stopped.Decision, Err: failed})
		hooks.Undecided(t.Context(), stopped.Decision)
	}
	all["log"] = log.String()
	return all
}

// A body that is logged has a secret as it stands there, escapes and all.
func TestRedactEscaped(t *testing.T) {
	c := placesAPI()
	c.Secret = []Place{{JSON: Path{"key"}}, {XML: Path{"Error", "Key"}}}
	tests := []struct{ name, body, text, want string }{
		{"a slash", `{"key":"a\/b\/c"}`, "", `{"key":"[secret]"}`},
		{"a quote", `{"key":"a\"bcd"}`, "", `{"key":"[secret]"}`},
		{"a character by its number", `{"key":"a\u00FCbc"}`, `aübc a\u00fcbc a\u00fbbc`, `[secret] [secret] a\u00fbbc`},
		{"a pair of numbers", `{"key":"abc\ud83d\ude00"}`, "", `{"key":"[secret]"}`},
		{"half a pair", `{"key":"abc😀"}`, `abc\ud83d\ude01`, `abc\ud83d\ude01`},
		{"a newline", `{"key":"--a\nb"}`, "", `{"key":"[secret]"}`},
		{"a backslash", `{"key":"a\\bcd"}`, "", `{"key":"[secret]"}`},
		{"a document within another", `{"key":"a/b\"c"}`, `"{\"k\":\"a\\/b\\\"c\"}"`, `"{\"k\":\"[secret]\"}"`},
		{"references", `<Error><Key>a&amp;b&#60;c&#x3e;d</Key></Error>`, "", `<Error><Key>[secret]</Key></Error>`},
		{"other references", `{"key":"a&b\"c'd"}`, `a&amp;b&quot;c&apos;d a&b"c'd a&lt;b"c'd`, `[secret] [secret] a&lt;b"c'd`},
		{"what looks like one", `{"key":"a&amp;b"}`, `\ a&amp;b`, `\ [secret]`},
		{"many backslashes", `{"key":"a/bc"}`, strings.Repeat(`\`, 1<<12) + "a", strings.Repeat(`\`, 1<<12) + "a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := cmp.Or(test.text, test.body)
			if got := c.Redact(Reply{Status: 400, Body: []byte(test.body)}, text); got != test.want {
				t.Errorf("redacted to %s, want %s", got, test.want)
			}
		})
	}
}
