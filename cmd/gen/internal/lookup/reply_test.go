package lookup

import (
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestListedSuccess asks about a code that means success: it is there, so it does
// not matter what is absent.
func TestListedSuccess(t *testing.T) {
	got := New(load(t, lookuptest.AbsentSpec)).Explain(`{"state":"ALL_DONE"}`)
	if len(got) == 0 || got[0].Confidence != Exact || got[0].Why != "the reply says success" {
		t.Errorf("got %v, want exact success", got)
	}
}

func TestWhyFailure(t *testing.T) {
	const why = `"Connection REFUSED" in the text says that no answer came`
	if got := New(shipped(t)).Explain("a  Connection\nREFUSED"); len(got) == 0 || got[0].Why != why {
		t.Errorf("got %v, want why %s", got, why)
	}
}

// TestUnlistedCodes asks about replies that are surely an API's, with a code that
// nobody has listed.
func TestUnlistedCodes(t *testing.T) {
	const why = "the reply is like one of FastCaptcha, but SOMETHING_NEW is not listed"
	x := New(shipped(t))
	if got := x.Explain(`{"success":false,"code":"SOMETHING_NEW"}`); len(got) != 1 || got[0].Why != why {
		t.Errorf("got %v, want why %s", got, why)
	}
	long := x.Explain(`{"success":false,"code":"` + strings.Repeat("x ", 100) + `"}`)
	if len(long) != 1 || !strings.HasSuffix(long[0].Why, strings.Repeat("x ", 40)+"… is not listed") {
		t.Errorf("a long code is not cut: %v", long)
	}
}

// TestWhyTextReply wants the other name of a code said that a reply in plain text has.
func TestWhyTextReply(t *testing.T) {
	x := New(load(t, lookuptest.FormsSpec))
	const why = "found unstaffed in the reply, another name of unmanned"
	if got := x.Explain("unstaffed; come back"); len(got) != 1 || got[0].Why != why {
		t.Errorf("got %v, want why %s", got, why)
	}
}

func TestPrinted(t *testing.T) {
	x := New(shipped(t))
	for text, want := range lookuptest.Printed {
		if got := lines(x.Explain(text)); want == "" && len(got) > 0 || want != "" && (len(got) == 0 || got[0] != want) {
			t.Errorf("%q: got %q, want %q first", text, got, want)
		}
	}
}
