package lookup

import (
	"testing"

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
	for _, test := range lookuptest.WhoseCalls {
		got := x.Explain(test.Text)
		if len(got) == 0 || lines(got)[0] != test.First || got[0].Decision == nil {
			t.Errorf("%q: got %v, want %s first", test.Text, lines(got), test.First)
			continue
		}
		d := got[0].Decision
		if _, again := d.Next(0); d.Operation != test.Operation || again != test.Again {
			t.Errorf("%q: got the operation %q, again %v", test.Text, d.Operation, again)
		}
		for _, m := range got {
			if m.Entry.API != got[0].Entry.API && isStatusKind(m.Entry.Kind) {
				t.Errorf("%q: got %v, which is another API's", test.Text, lines(got))
			}
		}
	}
	const why = "the status 429, but api.example.net is not an address of FastCaptcha"
	if got := x.Explain("429 Too Many Requests for url: https://api.example.net/v1"); len(got) == 0 || got[0].Confidence != Guess || got[0].Why != why {
		t.Errorf("got %v, want a guess as %s", got, why)
	}
}

// TestOperationOfCall wants statuses and failed calls to be decided in the operation whose
// address the text has.
func TestOperationOfCall(t *testing.T) {
	x := New(shipped(t))
	for _, test := range lookuptest.DecidedCalls {
		got := x.Explain(test.Text)
		if len(got) != 1 || lines(got)[0] != test.First || got[0].Decision == nil {
			t.Errorf("%q: got %v, want %s alone and decided", test.Text, lines(got), test.First)
			continue
		}
		d := got[0].Decision
		if _, again := d.Next(0); d.Operation != test.Operation || again != test.Again {
			t.Errorf("%q: got the operation %q, again %v", test.Text, d.Operation, again)
		}
	}
	for _, text := range []string{"read ECONNRESET", "CaptchaAI: HTTP 504", "GET https://ocr.captchaai.com/ 504"} {
		if got := x.Explain(text); len(got) == 0 || got[0].Decision != nil {
			t.Errorf("%q: got %v, want it and no operation", text, got)
		}
	}
}
