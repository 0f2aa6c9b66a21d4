package replay

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/spec"
)

func shipped(t testing.TB) *model.Catalog { return loaded(t, string(spec.Errors)) }

func loaded(t testing.TB, source string) *model.Catalog {
	t.Helper()
	catalogs, problems := check.LoadAll([]check.Source{{Name: "errors.yaml", Content: []byte(source)}})
	if diag.HasErrors(problems) {
		t.Fatalf("the spec has errors: %v", problems)
	}
	return catalogs[0]
}

// replayed is the report on some inputs.
func replayed(t testing.TB, c *model.Catalog, o Options, inputs ...string) Report {
	t.Helper()
	r, err := New(c, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, input := range inputs {
		if err := r.Read(fmt.Sprintf("in%d", i+1), strings.NewReader(input)); err != nil {
			t.Fatal(err)
		}
	}
	return r.Report()
}

// decided says what decided, in the order of the report.
func decided(r Report) []string {
	var all []string
	for _, e := range r.ByEntry {
		all = append(all, fmt.Sprintf("%d %s %s %s", e.Count, e.API, e.Kind, e.Code))
	}
	return all
}

const (
	harStart = `{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"comment":"a \"{[\" b","pages":[{"id":"p"}],"entries":[`
	harEntry = `{"startedDateTime":"2026-11-30T10:00:00.000Z","time":50,"request":{"method":"GET","url":"https://ocr.captchaai.com/res.php?action=get&id=7","headers":[{"name":"Host","value":"x"}]},
 "response":{"status":200,"headers":[{"name":"Content-Type","value":"text/html"}],"content":{"size":9,"mimeType":"text/html","text":"CAPCHA_NOT_READY"}}}`
	harBase64 = `{"startedDateTime":"2026-11-30T10:00:09.000Z","request":{"method":"GET","url":"https://ocr.captchaai.com/res.php?action=get&id=8"},
 "response":{"status":200,"headers":[],"content":{"text":"RVJST1JfQ0FQVENIQV9VTlNPTFZBQkxF","encoding":"base64"}}}`
)

var inputs = []struct {
	name    string
	options Options
	input   string
	want    []string
}{
	{"slog", Options{}, `{"time":"2026-11-30T10:00:00Z","level":"ERROR","msg":"call failed","api":"fastcaptcha","status":429,"body":"{\"success\":false,\"code\":\"RATE_LIMIT_EXCEEDED\"}"}`, []string{"1 fastcaptcha code RATE_LIMIT_EXCEEDED"}},
	{"body as a document", Options{}, `{"api":"fastcaptcha","status":401,"body":{"success":false,"code":"API_KEY_MISSING"}}`, []string{"1 fastcaptcha code API_KEY_MISSING"}},
	{"pino", Options{}, `{"level":30,"time":1796040000000,"req":{"method":"POST","url":"/api/v1/ocr/"},"res":{"statusCode":503,"headers":{"retry-after":"5"}}}`, []string{"1 fastcaptcha status 503"}},
	{"ECS", Options{}, `{"@timestamp":"2026-11-30T10:00:00.000Z","http":{"request":{"method":"POST"},"response":{"status_code":200,"body":{"content":"ERROR_WRONG_USER_KEY"}}},"url":{"full":"https://ocr.captchaai.com/in.php"}}`, []string{"1 captchaai code ERROR_WRONG_USER_KEY"}},
	{"status as a text", Options{}, `{"api":"fastcaptcha","status":"500"}`, []string{"1 fastcaptcha status 500"}},
	{"status of another kind", Options{}, `{"status":"error","http_status":402,"url":"https://fastcaptcha.org/x"}`, []string{"1 fastcaptcha status 402"}},
	{"a container's log", Options{}, `{"log":"{\"api\":\"captchaai\",\"status\":200,\"body\":\"ERROR_ZERO_BALANCE\"}\n","stream":"stdout","time":"2026-11-30T10:00:00.1Z"}`, []string{"1 captchaai code ERROR_ZERO_BALANCE"}},
	{"no reply and no code", Options{}, `{"level":"info","msg":"done","success":false}`, nil},
	{"body alone", Options{}, `{"status":0,"request":"ERROR_ZERO_BALANCE"}`, []string{"1 captchaai code ERROR_ZERO_BALANCE"}},
	{"no reply", Options{}, `{"api":"fastcaptcha","transport":"timeout"}`, []string{"1 fastcaptcha transport timeout"}},
	{"the body tells the API", Options{}, `{"status":200,"body":"OK|123"}`, []string{"1 captchaai success 200"}},
	{"another host", Options{}, `{"url":"https://example.com/x","status":500}`, nil},
	{"a reply under another host", Options{}, `{"request":{"method":"GET","url":"https://example.com/"},"response":{"status":404,"content":{"text":"ERROR_ZERO_BALANCE"}}}`, nil},
	{"fields", Options{Fields: Fields{Status: []string{"rc"}, Body: []string{"/out/0x/raw~1text"}, API: []string{"who"}}},
		`{"who":"captchaai","status":500,"rc":200,"out":{"0x":{"raw/text":"ERROR_KEY_DOES_NOT_EXIST"}}}`, []string{"1 captchaai code ERROR_KEY_DOES_NOT_EXIST"}},
	{"archive", Options{}, harStart + harEntry + "," + harBase64 + `]}}`, []string{"1 captchaai code CAPCHA_NOT_READY", "1 captchaai code ERROR_CAPTCHA_UNSOLVABLE"}},
	{"archive on many lines", Options{}, strings.ReplaceAll(harStart+harEntry+"]}}", ",", ",\n  "), []string{"1 captchaai code CAPCHA_NOT_READY"}},
	{"list", Options{}, "[\n  " + harEntry + ",\n  " + harBase64 + "\n]\n", []string{"1 captchaai code CAPCHA_NOT_READY", "1 captchaai code ERROR_CAPTCHA_UNSOLVABLE"}},
	{"objects on many lines", Options{}, "{\n \"api\": \"captchaai\",\n \"body\": \"ERROR_ZERO_BALANCE\"\n}\n{\n \"api\": \"captchaai\",\n \"body\": \"CAPCHA_NOT_READY\"\n}\n",
		[]string{"1 captchaai code CAPCHA_NOT_READY", "1 captchaai code ERROR_ZERO_BALANCE"}},
	{"combined", Options{}, `192.0.2.7 - bob [30/Nov/2026:10:00:00 +0000] "POST /api/v1/ocr/ HTTP/1.1" 429 31 "-" "a \"b\" c"` + "\n" +
		`192.0.2.7 - - [30/Nov/2026:10:00:01 +0000] "POST /api/v1/ocr/ HTTP/1.1" 200 31`, []string{"1 fastcaptcha status 429", "1 fastcaptcha unrecognised unrecognised"}},
	{"text", Options{}, "2026-11-30 10:00:00 ERROR captcha failed with ERROR_ZERO_BALANCE\n2026-11-30 10:00:01 INFO started\nCAPCHA_NOT_READY\n",
		[]string{"1 captchaai code CAPCHA_NOT_READY", "1 captchaai code ERROR_ZERO_BALANCE"}},
	{"JSON behind text", Options{}, "app-1  | 2026-11-30T10:00:00Z " + `{"api":"fastcaptcha","status":502,"body":"<html>"}` + "\n", []string{"1 fastcaptcha status_class 5xx"}},
	{"byte order mark and CRLF", Options{}, "\ufeff" + `{"api":"captchaai","body":"ERROR_ZERO_BALANCE"}` + "\r\n" + `{"api":"captchaai","body":"CAPCHA_NOT_READY"}` + "\r\n",
		[]string{"1 captchaai code CAPCHA_NOT_READY", "1 captchaai code ERROR_ZERO_BALANCE"}},
}

func TestInputs(t *testing.T) {
	c := shipped(t)
	for _, test := range inputs {
		t.Run(test.name, func(t *testing.T) {
			for _, pack := range []struct {
				name string
				of   func(string) string
			}{{"plain", func(s string) string { return s }}, {"gzip", gzipped}, {"zstd", zstandard}} {
				if diff := cmp.Diff(test.want, decided(replayed(t, c, test.options, pack.of(test.input)))); diff != "" {
					t.Errorf("%s (-want +got):\n%s", pack.name, diff)
				}
			}
		})
	}
}

func gzipped(content string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	io.WriteString(w, content)
	w.Close()
	return out.String()
}

func zstandard(content string) string {
	var out bytes.Buffer
	w, _ := zstd.NewWriter(&out)
	io.WriteString(w, content)
	w.Close()
	return out.String()
}

// TestCut reads inputs that end too early, or hold what is not JSON: the rest counts.
func TestCut(t *testing.T) {
	c := shipped(t)
	good := `{"api":"captchaai","body":"ERROR_ZERO_BALANCE"}`
	for _, test := range []struct {
		name, input     string
		replies, unread int64
		flaws           []Flaw
	}{
		{"last line", good + "\n" + good[:20], 1, 1, []Flaw{{"in1:2", "not a JSON object"}}},
		{"first object", good[:20] + "\n" + good + "\n\n" + good, 2, 1, []Flaw{{"in1:1", "not a JSON object"}}},
		{"all objects", good[:20] + "\n" + good[:20] + "\n" + good[:20], 0, 3, []Flaw{{"in1:1", "not a JSON object"}, {"in1:2", "not a JSON object"}, {"in1:3", "not a JSON object"}}},
		{"archive", harStart + harEntry + "," + harEntry[:100], 1, 1, []Flaw{{"in1:entry 2", "not a JSON object"}}},
		{"no API", `{"status":500}`, 0, 1, []Flaw{{"in1:1", "it does not show which API it is of; --api says so"}}},
		{"nothing", "", 0, 0, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := replayed(t, c, Options{}, test.input)
			if r.Replies != test.replies || r.Unread != test.unread {
				t.Errorf("%d replies and %d unread, want %d and %d", r.Replies, r.Unread, test.replies, test.unread)
			}
			if diff := cmp.Diff(append([]Flaw{}, test.flaws...), r.Flaws); diff != "" {
				t.Errorf("flaws (-want +got):\n%s", diff)
			}
		})
	}
	r, _ := New(c, Options{})
	if err := r.Read("cut", strings.NewReader(gzipped(strings.Repeat(good+"\n", 1000))[:60])); err == nil {
		t.Error("a compressed input that is cut is read without an error")
	}
}

// TestAsked has lines that name no API be of the one that is asked about.
func TestAsked(t *testing.T) {
	c := shipped(t)
	r := replayed(t, c, Options{API: c.APIs[1]}, `{"status":500}`+"\n"+`{"status":500,"api":"fastcaptcha"}`+"\n"+`{"status":402,"url":"https://example.com/"}`)
	want := []string{"1 captchaai status_class 4xx", "1 captchaai status_class 5xx", "1 fastcaptcha status 500"}
	if diff := cmp.Diff(want, decided(r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
