package lookup

import (
	"testing"

	"github.com/errkb/errkb/classify"
)

// TestOrder asks about texts that speak of several entries, and wants the one first that
// they are about.
func TestOrder(t *testing.T) {
	x := New(shipped(t))
	for _, test := range []struct {
		query, want string
		count       int
	}{
		{"We had ERROR_ZERO_BALANCE, fixed that. Now it says ERROR_NO_SLOT_AVAILABLE", "exact captchaai code ERROR_NO_SLOT_AVAILABLE", 1},
		{"RATE_LIMIT_EXCEEDED not any more, but MODEL_ERROR all the time", "exact fastcaptcha code MODEL_ERROR", 1},
		{"it's no longer RATE_LIMIT_EXCEEDED, it is MODEL_ERROR", "exact fastcaptcha code MODEL_ERROR", 1},
		{"On Monday you wrote:\n> you got API_KEY_MISSING\nNo, it is IMAGE_TOO_LARGE", "exact fastcaptcha code IMAGE_TOO_LARGE", 1},
		{"IMAGE_TOO_LARGE again\n-----Original Message-----\nAPI_KEY_MISSING is about the key", "exact fastcaptcha code IMAGE_TOO_LARGE", 1},
		{"2026-11-21 20:08:11 CAPCHA_NOT_READY\n2026-11-21 20:08:16 CAPCHA_NOT_READY\n2026-11-21 20:08:21 ERROR_CAPTCHA_UNSOLVABLE", "exact captchaai code ERROR_CAPTCHA_UNSOLVABLE", 1},
		{"2026-11-21 20:08:11 RATE_LIMIT_EXCEEDED\n2026-11-21 20:08:16 MODEL_ERROR\n2026-11-21 20:08:21 MODEL_ERROR", "exact fastcaptcha code MODEL_ERROR", 2},
		{"RATE_LIMIT_EXCEEDED, then MODEL_ERROR", "exact fastcaptcha code RATE_LIMIT_EXCEEDED", 1},
	} {
		got := x.Explain(test.query)
		if len(got) == 0 || lines(got)[0] != test.want || got[0].Count != test.count {
			t.Errorf("%q: got %v, want %d times %s first", test.query, lines(got), test.count, test.want)
		}
	}
}

// TestWhoseCall asks about texts with addresses, and wants the API and the operation that
// these are of.
func TestWhoseCall(t *testing.T) {
	x := New(shipped(t))
	for _, test := range []struct {
		query, want string
		operation   classify.Operation
		again       bool
	}{
		{"> POST /in.php HTTP/1.1\n> Host: ocr.captchaai.com\n>\n< HTTP/1.1 502 Bad Gateway\n< Server: x\n<\n<html>", "exact captchaai status_class 5xx", "submit", false},
		{"> GET /res.php?key=1&id=2 HTTP/1.1\n> Host: ocr.captchaai.com\n>\n< HTTP/1.1 502 Bad Gateway\n< Server: x\n<\n<html>", "exact captchaai status_class 5xx", "poll", true},
		{"POST https://fastcaptcha.org/api/v1/ocr/ gave\nHTTP/1.1 503 Service Unavailable\nServer: x\n\n", "exact fastcaptcha status 503", "solve", true},
		{
			`{"message":"Request failed","config":{"method":"post","url":"https://ocr.captchaai.com/in.php"},"response":{"status":503,"data":"<html>"}}`,
			"exact captchaai status_class 5xx", "submit", false,
		},
		{
			`{"log":{"entries":[{"request":{"method":"GET","url":"https://ocr.captchaai.com/res.php?a=1"},"response":{"status":200,"content":{"encoding":"base64","text":"Q0FQQ0hBX05PVF9SRUFEWQ=="}}}]}}`,
			"exact captchaai code CAPCHA_NOT_READY", "poll", true,
		},
	} {
		got := x.Explain(test.query)
		if len(got) == 0 || lines(got)[0] != test.want || got[0].Decision == nil {
			t.Errorf("%q: got %v, want %s first", test.query, lines(got), test.want)
			continue
		}
		d := got[0].Decision
		if _, again := d.Next(0); d.Operation != test.operation || again != test.again {
			t.Errorf("%q: got the operation %q, again %v", test.query, d.Operation, again)
		}
		for _, m := range got {
			if m.Entry.API != got[0].Entry.API && isStatusKind(m.Entry.Kind) {
				t.Errorf("%q: got %v, which is another API's", test.query, lines(got))
			}
		}
	}
	const why = "the status 429, but api.example.net is not an address of FastCaptcha"
	if got := x.Explain("429 Too Many Requests for url: https://api.example.net/v1"); len(got) == 0 || got[0].Confidence != Guess || got[0].Why != why {
		t.Errorf("got %v, want a guess as %s", got, why)
	}
}
