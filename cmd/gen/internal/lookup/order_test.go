package lookup

import (
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestOrder asks about texts that speak of several entries, and wants the one first that
// they are about.
func TestOrder(t *testing.T) {
	x := New(shipped(t))
	for _, test := range lookuptest.Orders {
		got := x.Explain(test.Text)
		if len(got) == 0 || lines(got)[0] != test.First || got[0].Count != test.Count {
			t.Errorf("%q: got %v, want %d times %s first", test.Text, lines(got), test.Count, test.First)
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
