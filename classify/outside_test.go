package classify

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestErrorText(t *testing.T) {
	cause := errors.New("connection refused")
	for _, test := range []struct {
		err  error
		want string
	}{
		{&url.Error{Op: "Get", URL: "https://host.test/res.php?key=secret&id=1", Err: cause}, `Get "https://host.test/res.php": connection refused`},
		{&url.Error{Op: "Get", URL: "https://me:secret@host.test:8080/a#secret", Err: cause}, `Get "https://host.test:8080/a": connection refused`},
		{&url.Error{Op: "Get", URL: "https://host.test?key=secret", Err: cause}, `Get "https://host.test": connection refused`},
		{&url.Error{Op: "Get", URL: "https://[::1]:80/a?key=secret", Err: cause}, `Get "https://[::1]:80/a": connection refused`},
		{&url.Error{Op: "Get", URL: `https://host.test/a?key="se cret" \secret`, Err: cause}, `Get "https://host.test/a": connection refused`},
		{&url.Error{Op: "Get", URL: "/res.php?key=secret", Err: cause}, `Get "/res.php": connection refused`},
		{fmt.Errorf("poll: %w", &url.Error{Op: "Get", URL: "https://host.test/a?key=secret", Err: cause}), `poll: Get "https://host.test/a": connection refused`},
		{errors.Join(&url.Error{Op: "Get", URL: "https://a.test/?key=secret", Err: cause}, &url.Error{Op: "Get", URL: "https://b.test/?key=secret", Err: cause}),
			`Get "https://a.test/": connection refused\nGet "https://b.test/": connection refused`},
		{x509.HostnameError{Certificate: &x509.Certificate{DNSNames: []string{"a.test\nlevel=INFO msg=paid\x1b[31m"}}, Host: "b.test"},
			`x509: certificate is valid for a.test\nlevel=INFO msg=paid\x1b[31m, not b.test`},
		{errors.New("größer\xff\u202e"), `größer\xff\u202e`},
		{errors.New(`malformed header: "` + strings.Repeat("ä", 2000)), `malformed header: "` + strings.Repeat("ä", 981) + "…"},
		{&url.Error{Op: "parse", URL: "https://me:sec/ret@host.test/a", Err: cause}, `parse "https://host.test/a": connection refused`},
		{&url.Error{Op: "parse", URL: "https://me:sec?ret@host.test/a", Err: cause}, `parse "https://host.test/a": connection refused`},
		{&url.Error{Op: "parse", URL: "https://me:sec#ret@host.test/a?b=@c/d", Err: cause}, `parse "https://host.test/a": connection refused`},
		{&url.Error{Op: "Get", URL: "https://host.test/@me?to=you@x.test/", Err: cause}, `Get "https://host.test/@me": connection refused`},
		{&url.Error{Op: "Get", URL: "https://host.test:80?to=you@x.test/", Err: cause}, `Get "https://host.test:80": connection refused`},
		{&url.Error{Op: "Get", URL: "https://a.test/?key=secret", Err: errors.New(`redirected to https://b.test/?token=secret: refused`)},
			`Get "https://a.test/": redirected to https://b.test/: refused`},
		{errors.New("see https://docs.test/errors, or ask"), "see https://docs.test/errors, or ask"},
		{errors.New("(https://user@host.test/x?secret)"), "(https://host.test/x)"},
		{&url.Error{Op: "parse", URL: "?key=secret", Err: cause}, `parse "": connection refused`},
		{errors.New("see https://host.test/x?key=secret"), "see https://host.test/x"},
		{errors.New("see https://host.test"), "see https://host.test"},
		{errors.New("see https://@host.test/x"), "see https://host.test/x"},
		{errors.New("a :// b"), "a :// b"},
		{errors.New("no address: a?b"), "no address: a?b"},
		{(*url.Error)(nil), "a nil *url.Error as an error, where nil is meant"},
		{nil, "<nil>"},
	} {
		if got := errorText(test.err); got != test.want || strings.Contains(got, "secret") || strings.Contains(got, "ret@") {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

func TestJobErrorText(t *testing.T) {
	stop := &Error{Attempts: 3}
	forged := "1\nlevel=INFO msg=paid" + strings.Repeat("x", 200)
	for _, test := range []struct {
		tasks []string
		want  string
	}{
		{[]string{"42"}, "task 42: "},
		{[]string{"42", "Käse-7"}, "2 tasks [42 Käse-7]: "},
		{[]string{forged}, `task "1\nlevel=INFO msg=paid` + strings.Repeat("x", 59) + `"…: `},
		{[]string{"42", forged}, `2 tasks [42 "1\nlevel=INFO msg=paid` + strings.Repeat("x", 59) + `"…]: `},
	} {
		got := (&JobError[string]{State: State[string]{Tasks: test.tasks}, Err: stop}).Error()
		if want := test.want + "the decision is to stop"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// No text of a reply and no key gets into a log as it came, on any path that prints.
func TestNothingFromOutsideIsPrintedRaw(t *testing.T) {
	c := shopAPI(0)
	c.Prefixes = []Entry{{Kind: KindPrefix, Code: "E-*", Action: Fail, Meaning: "An error"}}
	forged := "E-1\nlevel=INFO msg=paid" + strings.Repeat("x", 200)
	for name, err := range map[string]error{
		"prefix":   &ReplyError{Reply: Reply{Status: 400, Body: fmt.Appendf(nil, `{"code":%q}`, forged)}},
		"unlisted": &ReplyError{Reply: Reply{Status: 400, Body: fmt.Appendf(nil, `{"code":%q}`, forged[2:])}},
		"address":  &url.Error{Op: "Get", URL: "https://host.test/res.php?key=secret", Err: context.Canceled},
		"no reply": &ReplyError{Reply: Reply{Err: &url.Error{Op: "Get", URL: "https://host.test/?key=secret", Err: http.ErrSchemeMismatch}}},
	} {
		t.Run(name, func(t *testing.T) {
			var log strings.Builder
			o := Options{Catalog: c, Hooks: LogTo(slog.New(slog.NewTextHandler(&log, nil)))}
			_, stop := Do(t.Context(), &o, func(context.Context) (int, error) { return 0, err })
			job := Job[string, int]{
				Options: o,
				Submit:  func(context.Context) (string, error) { return "", err },
				Poll:    func(context.Context, string) (int, error) { return 0, nil },
			}
			_, lost := job.Run(t.Context())
			d := c.Classify(replyOf(err))
			for path, text := range map[string]string{
				"Error": stop.Error(), "JobError": lost.Error(), "log": strings.TrimSpace(strings.ReplaceAll(log.String(), "\nt", " t")),
				"Why": strings.Join(d.Why(), "; "), "Err": d.Err().Error(), "ReplyError": err.Error(),
			} {
				if path == "ReplyError" && name == "address" {
					continue // the error is the caller's own
				}
				if strings.Contains(text, "secret") || strings.Contains(text, "\n") || strings.Contains(text, strings.Repeat("x", 100)) {
					t.Errorf("%s prints %s", path, text)
				}
			}
		})
	}
}

// TestNothingHostileIsPrintedRaw has every text of a reply be one that a terminal or a log
// would obey: none of what is printed of it has a control character, a line end or a mark of
// direction, and all of it is bounded.
func TestNothingHostileIsPrintedRaw(t *testing.T) {
	c := shopAPI(0)
	c.RequestID = []Place{{Header: "X-Request-Id"}, {JSON: Path{"id"}}}
	c.Field = []Place{{JSON: Path{"field"}}}
	c.Forms[0].Message = []Path{{"message"}}
	c.Forms = append(c.Forms, Form{Syntax: Header, Code: []Path{{"X-Code"}}})
	for name, text := range map[string]string{
		"escapes":    "\x1b[31m\x07\u009b31m\x7f\x00\rb",
		"directions": "\u202e\u2066\u200b\u00ad\ufeff\u2028\u2029\U000e0041\u0085",
		"lines":      "\n::error::injected\nlevel=INFO",
		"broken":     "\xed\xa0\x80\xff",
		"long":       strings.Repeat("long ", 10_000),
	} {
		quoted := strconv.QuoteToASCII(text)
		if data, err := json.Marshal(text); err == nil {
			quoted = string(data)
		}
		for _, code := range []string{quoted, `"BUSY"`, `"BUSY` + quoted[1:]} {
			body := fmt.Appendf(nil, `{"code":%s,"id":%s,"field":%[2]s,"message":%[2]s}`, code, quoted)
			for _, header := range []http.Header{{}, {"X-Request-Id": {text}, "X-Code": {text}, "Retry-After": {text}}} {
				reply := Reply{Status: 429, Header: header, Body: body, Operation: "order"}
				for _, err := range []error{&ReplyError{Reply: reply}, fmt.Errorf("call: %w", &ReplyError{Reply: reply}), errors.New(text)} {
					var log, logJSON strings.Builder
					for _, logger := range []*slog.Logger{slog.New(slog.NewTextHandler(&log, nil)), slog.New(slog.NewJSONHandler(&logJSON, nil))} {
						o := Options{Catalog: c, Hooks: LogTo(logger)}
						_, stop := Do(t.Context(), &o, func(context.Context) (int, error) { return 0, err })
						logger.Info("stop", "error", stop)
						d := c.Classify(reply)
						printed := append(d.Why(), stop.Error(), d.Err().Error(), d.ErrorType())
						if _, own := errors.AsType[*ReplyError](err); own {
							printed = append(printed, err.Error())
						}
						for _, text := range printed {
							if raw := printedRaw(text); raw != "" {
								t.Errorf("%s: %s in %.200q", name, raw, text)
							}
						}
					}
					for line := range strings.Lines(log.String() + logJSON.String()) {
						if raw := printedRaw(strings.TrimSuffix(line, "\n")); raw != "" {
							t.Errorf("%s: the log has %s in %.300q", name, raw, line)
						}
					}
				}
			}
		}
	}
}

func printedRaw(text string) string {
	if !utf8.ValidString(text) {
		return "invalid UTF-8"
	}
	for _, r := range text {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			return fmt.Sprintf("%U", r)
		}
	}
	if len(text) > 4000 {
		return fmt.Sprintf("%d bytes", len(text))
	}
	return ""
}
