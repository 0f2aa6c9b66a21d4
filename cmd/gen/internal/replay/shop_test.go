package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// shop is an API whose replies hold secrets.
const shop = `format: 1
title: Shop errors
categories:
  permanent: {title: Permanent, action: fail, who: developer, summary: Fix it.}
  transient: {title: Transient, action: retry, who: client, summary: Wait.}
  account: {title: Account, action: fix_account, who: account-owner, summary: Pay.}
  success: {title: Success, action: ok, who: client, summary: Use it.}
policies:
  backoff: {growth: exponential, base: 2s, factor: 2, max: 32s, retries: 4}
apis:
  shop:
    title: Shop
    source: {title: Guide, url: "https://docs.shop.example/errors", verified: 2026-11-21}
    operations:
      buy: {title: Buy, method: POST, path: "/v1/orders/{token}", repeatable: true}
      list: {title: List, method: GET, path: /v1/orders}
    reply:
      - json: {ok: {at: /ok, equals: true}, code: [/code], message: [/message]}
    secret: [{json: /token}, {json: /debug}]
    delay:
      - {header: Retry-After}
    statuses:
      200: {meaning: Done, category: success}
    codes:
      BUSY: {meaning: Busy, fix: Wait., category: transient, retry: backoff}
      NO_FUNDS: {meaning: No funds, fix: Pay., category: account}
      BAD: {meaning: Bad, fix: Fix the request., category: permanent}
`

func TestSecrets(t *testing.T) {
	c := loaded(t, shop)
	body := `{"ok":false,"code":"NEW","message":"for tok-12345678 only","token":"tok-12345678","debug":{"key":"k-87654321"},"more":"` + strings.Repeat("x", 600) + ` k-87654321"}`
	quoted, _ := json.Marshal(body)
	long, _ := json.Marshal(`{"ok":false,"code":"LATE","message":"for tok-12345678","more":"` + strings.Repeat("x", 70<<10) + `","token":"tok-12345678"}`)
	r := replayed(t, c, Options{}, fmt.Sprintf(`{"status":400,"method":"POST","url":"https://u:pw@shop.example/v1/orders/tok-12345678?key=k-87654321","request_body":"a","body":%s}`+"\n", quoted)+
		fmt.Sprintf(`{"status":400,"method":"POST","url":"https://u:pw@shop.example/v1/orders/tok-12345678?key=k-87654321","request_body":"a","body":%s}`+"\n", quoted)+
		fmt.Sprintf(`{"status":400,"body":%s}`, long))
	page := Page(r, "Shop", "mark")
	text, _ := json.Marshal(r)
	for _, secret := range []string{"tok-1234", "k-8765", "pw@", "u:pw"} {
		if bytes.Contains(text, []byte(secret)) || bytes.Contains(page, []byte(secret)) {
			t.Errorf("the report holds %s:\n%s", secret, text)
		}
	}
	if len(r.Unknown) == 0 || !strings.HasPrefix(r.Unknown[0].Sample, `{"ok":false,"code":"NEW","message":"for [secret] only"`) {
		t.Errorf("the sample is %v", r.Unknown)
	}
}

// TestSecretsInText has a secret in a body behind text.
func TestSecretsInText(t *testing.T) {
	r := replayed(t, loaded(t, shop), Options{}, `POST https://shop.example/v1/orders failed: HTTP 400 {"ok":false,"code":"NEW","token":"tok-12345678"}`+"\n")
	text, _ := json.Marshal(r)
	if len(r.Unknown) != 1 || bytes.Contains(text, []byte("tok-1234")) {
		t.Errorf("%s", text)
	}
}

// TestLong has texts of megabytes where short ones are kept.
func TestLong(t *testing.T) {
	long := strings.Repeat("x", 60<<10)
	var input strings.Builder
	for i := range 100 {
		fmt.Fprintf(&input, `{"status":400,"method":"GET","url":"/%s/%d","headers":{"%s":"a"},"body":{"ok":false,"code":"BAD%s"}}`+"\n", long, i%2, long, long)
		fmt.Fprintf(&input, `{"status":400,"method":"GET","url":"/%s/%d","body":{"ok":false,"code":"BAD"}}`+"\n", long, i%2)
	}
	c := loaded(t, shop)
	r, _ := New(c, Options{})
	if err := r.Read("in", strings.NewReader(input.String())); err != nil {
		t.Fatal(err)
	}
	report := r.Report()
	text, _ := json.Marshal(report)
	if report.Uncounted != 100 || report.Wasted.AfterStop == 0 || len(text) > 10_000 || len(r.apis[0].called) > 0 {
		t.Errorf("%d bytes of report, %d uncounted, %d sent again, %d addresses kept", len(text), report.Uncounted, report.Wasted.AfterStop, len(r.apis[0].called))
	}
}

func TestWasted(t *testing.T) {
	c := loaded(t, shop)
	line := func(at, request, code string) string {
		ok := code == "OK"
		return fmt.Sprintf(`{"time":"2026-11-30T10:%sZ","method":"POST","url":"/v1/orders/x","request_body":%q,"status":200,"body":{"ok":%t,"code":%q}}`+"\n", at, request, ok, code)
	}
	for _, test := range []struct {
		name, input                   string
		afterStop, tooSoon, succeeded int64
	}{
		{"after a permanent error", line("00:00", "a", "BAD") + line("00:05", "a", "BAD"), 1, 0, 0},
		{"after an account error", line("00:00", "a", "NO_FUNDS") + line("00:05", "a", "NO_FUNDS") + line("00:06", "a", "NO_FUNDS"), 2, 0, 0},
		{"another request", line("00:00", "a", "BAD") + line("00:05", "b", "BAD"), 0, 0, 0},
		{"somebody paid", line("00:00", "a", "NO_FUNDS") + line("00:05", "a", "OK") + line("00:09", "a", "BAD"), 0, 0, 1},
		{"too soon", line("00:00.000", "a", "BUSY") + line("00:01.500", "a", "OK"), 0, 1, 0},
		{"waited", line("00:00.000", "a", "BUSY") + line("00:02.000", "a", "OK"), 0, 0, 0},
		{"the second wait is longer", line("00:00.001", "a", "BUSY") + line("00:02.500", "a", "BUSY") + line("00:05.001", "a", "OK"), 0, 1, 0},
		{"seconds may hide nearly one", line("00:00", "a", "BUSY") + line("00:01", "a", "OK"), 0, 0, 0},
		{"seconds that hide no more", line("00:00", "a", "BUSY") + line("00:00", "a", "OK"), 0, 1, 0},
		{"much later", line("00:00", "a", "BAD") + strings.Replace(line("00:00", "a", "BAD"), "T10", "T12", 1), 0, 0, 0},
		{"out of order", line("00:05", "a", "BUSY") + line("00:00", "a", "OK"), 0, 0, 0},
		{"the server's wait", strings.Replace(line("00:00.1", "a", "BUSY"), `"status"`, `"headers":{"retry-after":"9"},"status"`, 1) + line("00:08", "a", "OK"), 0, 1, 0},
		{"an id", `{"idempotency_key":"k1","status":200,"body":{"ok":false,"code":"BAD"}}` + "\n" + `{"idempotency_key":"k1","status":200,"body":{"ok":false,"code":"BAD"}}`, 1, 0, 0},
		{"a body that is not logged", `{"method":"POST","url":"/x","status":200,"body":{"ok":false,"code":"BAD"}}` + "\n" + `{"method":"POST","url":"/x","status":200,"body":{"ok":false,"code":"BAD"}}`, 0, 0, 0},
		{"a method without one", `{"method":"GET","url":"/x","status":200,"body":{"ok":false,"code":"BAD"}}` + "\n" + `{"method":"GET","url":"/x","status":200,"body":{"ok":false,"code":"BAD"}}`, 1, 0, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := replayed(t, c, Options{}, test.input).Wasted
			if got.AfterStop != test.afterStop || got.TooSoon != test.tooSoon || got.Succeeded != test.succeeded {
				t.Errorf("%d after a stop, %d too soon, %d succeeded; want %d, %d, %d", got.AfterStop, got.TooSoon, got.Succeeded, test.afterStop, test.tooSoon, test.succeeded)
			}
			if len(got.Examples) != int(test.afterStop+test.tooSoon) {
				t.Errorf("%d examples", len(got.Examples))
			}
		})
	}
	got := replayed(t, c, Options{}, line("00:00.000", "a", "BUSY")+line("00:01.500", "a", "OK")).Wasted.Examples
	gap, wait := int64(1500), int64(2000)
	want := []Waste{{TooSoon, "shop", "POST /v1/orders/{token}", "BUSY", "in1:1", "in1:2", &gap, &wait}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("examples (-want +got):\n%s", diff)
	}
}

// TestStub puts a stub into the spec: nothing is wrong with it but what an author has to decide.
func TestStub(t *testing.T) {
	c := loaded(t, shop)
	for _, code := range []string{"NEW_ONE", "01000", "no", `say "hi": #1 {x} \`, "A\u2028\u0085\U0001F600", "yes\tno"} {
		body, _ := json.Marshal(map[string]any{"ok": false, "code": code, "message": "m: " + code})
		line, _ := json.Marshal(map[string]any{"status": 409, "body": string(body)})
		r := replayed(t, c, Options{}, string(line)+"\n"+strings.Replace(string(line), "409", "422", 1))
		if len(r.Unknown) != 1 || r.Unknown[0].Code != code || r.Unknown[0].Count != 2 {
			t.Fatalf("%q: %v", code, r.Unknown)
		}
		stub := r.Unknown[0].Stub
		_, entry, _ := strings.Cut(stub, "    codes:\n")
		catalogs, problems := check.LoadAll([]check.Source{{Name: "errors.yaml", Content: []byte(shop + entry)}})
		if catalogs == nil {
			t.Fatalf("%q: %v\n%s", code, problems, stub)
		}
		for _, wanted := range []string{"what it means", "what to do about it", "one of "} {
			if !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Rule == check.RuleToDo && strings.Contains(p.Message, wanted) }) {
				t.Errorf("%q: check does not ask for %q: %v", code, wanted, problems)
			}
		}
		reply := classify.Reply{Status: 409, Body: body}
		before, after := c.APIs[0].Table().Classify(reply), catalogs[0].APIs[0].Table().Classify(reply)
		if !after.Known || after.Action != before.Action {
			t.Errorf("%q: known %v and %s, before %s", code, after.Known, after.Action, before.Action)
		}
	}
}

// endless is a text, again and again, and notes how much memory is in use meanwhile.
type endless struct {
	text string
	left int64
	at   int
	most uint64
	told int64
	step int // how much is read at a time; 0 for as much as there is room
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	if p = p[:min(int64(len(p)), e.left)]; e.step > 0 {
		p, e.told = p[:min(len(p), e.step)], 0
	}
	n := 0
	for n < len(p) {
		copied := copy(p[n:], e.text[e.at:])
		n, e.at = n+copied, (e.at+copied)%len(e.text)
	}
	e.left -= int64(n)
	if e.told -= int64(n); e.told <= 0 {
		e.told = 4 << 20
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		e.most = max(e.most, stats.HeapInuse)
	}
	return n, nil
}

// TestMemory reads inputs that are far longer than the memory that may be in use.
func TestMemory(t *testing.T) {
	const size, most = 80 << 20, 64 << 20
	c := shipped(t)
	good := `{"api":"captchaai","status":200,"body":"{\"status\":0,\"request\":\"ERROR_ZERO_BALANCE\"}"}` + "\n"
	for _, test := range []struct {
		name, start, text string
		format            Format
	}{
		{"lines", "", good, Auto},
		{"one line", "", strings.Repeat("a", 1000), Auto},
		{"one object", `{"api":"captchaai","body":"`, strings.Repeat("a", 1000), Auto},
		{"archive", harStart, strings.ReplaceAll(harEntry, "\n", "") + ",", Auto},
		{"an archive of one entry", harStart + `{"x":"`, strings.Repeat("a", 1000), Auto},
		{"an archive without entries", `{"log":{"comment":"`, strings.Repeat("a", 1000), Auto},
		{"nested", "", `{"a":[`, JSON},
	} {
		t.Run(test.name, func(t *testing.T) {
			runtime.GC()
			r, err := New(c, Options{Format: test.format})
			if err != nil {
				t.Fatal(err)
			}
			in := &endless{text: test.text, left: size}
			if err := r.Read("in", io.MultiReader(strings.NewReader(test.start), in)); err != nil {
				t.Fatal(err)
			}
			if in.most == 0 || in.most > most {
				t.Errorf("%d MiB in use, want %d at most", in.most>>20, most>>20)
			}
			if report := r.Report(); report.Replies+report.Unread == 0 && !strings.Contains(test.name, "without") {
				t.Errorf("nothing was counted: %+v", report)
			}
		})
	}
}

// TestMemoryCompressed reads much that is packed into little.
func TestMemoryCompressed(t *testing.T) {
	const most = 64 << 20
	c := shipped(t)
	text := strings.Repeat(`{"api":"captchaai","status":200,"body":"ERROR_ZERO_BALANCE"}`+"\n", 1<<18)
	for name, pack := range map[string]func(string) string{"gzip": gzipped, "zstd": zstandard} {
		packed := pack(text)
		runtime.GC()
		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		r, _ := New(c, Options{})
		in := &endless{text: packed, left: int64(len(packed)), step: len(packed)/200 + 1}
		if err := r.Read("in", in); err != nil {
			t.Fatal(name, err)
		}
		if report := r.Report(); report.Replies != 1<<18 {
			t.Errorf("%s: %d replies", name, report.Replies)
		}
		if used := int64(in.most) - int64(before.HeapInuse); in.most == 0 || used > most {
			t.Errorf("%s: %d MiB in use, want %d at most", name, used>>20, most>>20)
		}
	}
	window := &bytes.Buffer{}
	w, _ := zstd.NewWriter(window, zstd.WithWindowSize(64<<20))
	io.Copy(w, &endless{text: "abc", left: 65 << 20})
	w.Close()
	r, _ := New(c, Options{})
	if err := r.Read("in", window); err == nil {
		t.Error("a window of 64 MiB is read")
	}
}

// TestMany has more unknown codes and failed requests than are kept.
func TestMany(t *testing.T) {
	c := loaded(t, shop)
	var input strings.Builder
	for i := range 2 * sets * ways {
		fmt.Fprintf(&input, `{"status":400,"method":"GET","url":"/x/%d","body":{"ok":false,"code":"N%d"}}`+"\n", i, i)
	}
	r, _ := New(c, Options{})
	if err := r.Read("in", strings.NewReader(input.String())); err != nil {
		t.Fatal(err)
	}
	report := r.Report()
	if len(report.Unknown) != maxUnknown || report.Uncounted != 2*sets*ways-maxUnknown || report.ShareUnknown != 1 {
		t.Errorf("%d codes and %d replies beyond, share %g", len(report.Unknown), report.Uncounted, report.ShareUnknown)
	}
	if kept := len(r.calls.slots); kept != sets*ways {
		t.Errorf("%d failed requests are kept", kept)
	}
}
