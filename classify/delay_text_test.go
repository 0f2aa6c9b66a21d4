package classify

import (
	"math"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	unreadable = "it holds no wait that can be read"
	tooLarge   = "its number is too large for a wait, and looks like a point in time"
)

// Each way in which a text says how long to wait, or fails to, and what Why says of that.
func TestDelayTexts(t *testing.T) {
	const s = time.Second
	const hundredYears = "4948855200" // from the Date below
	wait, after, at, limit := Delay{Header: "X-Wait"}, Delay{Header: "retry-after"}, Delay{Header: "X-Wait", As: AsTime}, Delay{Header: "RateLimit", As: AsRateLimit}
	sameLength := Delay{Header: "X-Slow-Down"} // as Retry-After has
	tests := []struct {
		place Delay
		text  string
		want  time.Duration
		why   string // why it is skipped; empty for not
	}{
		{wait, "9.5", 9500 * time.Millisecond, ""},
		{wait, "1:", noDelay, unreadable},
		{wait, "1234567890:", noDelay, unreadable},
		{wait, "1234567890/", noDelay, unreadable},
		{wait, strings.Repeat("9", 25) + "x", noDelay, unreadable},
		{wait, strings.Repeat("9", 20) + "h", math.MaxInt64, ""},
		{wait, strings.Repeat("9", 20) + "/5h", noDelay, unreadable},
		{wait, strings.Repeat("9", 20) + ":5h", noDelay, unreadable},
		{Delay{Header: "X-Wait", Unit: time.Nanosecond}, strings.Repeat("9", 25), noDelay, tooLarge},
		{wait, "soon", noDelay, unreadable},
		{wait, "1795255230", noDelay, tooLarge},
		{sameLength, "1.5", 1500 * time.Millisecond, ""},
		{after, "1.5", noDelay, unreadable},
		{after, "soon", noDelay, unreadable},
		{Delay{Header: "retry-after", Decimal: true}, "1.5", 1500 * time.Millisecond, ""},
		{at, "soon", noDelay, unreadable},
		{at, hundredYears, 100 * 365 * 24 * time.Hour, ""},
		{at, "4948855201", noDelay, unreadable},
		{at, "6525655200", noDelay, unreadable}, // in 150 years
		{limit, `"a";r=0;t=5`, 5 * s, ""},
		{limit, `"a";r=0;t=9, "b";r=0;t=5`, 9 * s, ""},
		{limit, `"a";r=0;t=5, "b";r=0;t=9`, 9 * s, ""},
		{limit, `"a";r=7;t=5, "b";r=0;t=9`, 9 * s, ""},
		{limit, `"a";r=7;t=5`, noDelay, ""},
		{limit, `"a";t=5`, noDelay, unreadable},
		{limit, `"a";r=0`, noDelay, unreadable},
		{limit, `"a"`, noDelay, unreadable},
		{limit, `"a";r=0;t=1000000000`, 1e9 * s, ""},
		{limit, `"a";r=0;t=1000000001`, noDelay, tooLarge},
		{limit, `"a";r=0;t=5, "b";r=0;t=1800000000`, 5 * s, ""},
		{limit, `"a";r=0;t=0, "b";r=0;t=1800000000`, 0, ""},
		{limit, `"a;r=0;b";t=9`, noDelay, unreadable},
		{limit, `"a\";r=0;b";t=9`, noDelay, unreadable},
		{limit, `"a\"";r=0;t=9`, 9 * s, ""},
		{limit, `"a,b";r=0;t=9`, 9 * s, ""},
		{limit, `a\;r=0;t=9`, 9 * s, ""},
	}
	for _, test := range tests {
		d := slowAPI(test.place).Classify(Reply{Status: 503, Header: http.Header{
			http.CanonicalHeaderKey(test.place.Header): {test.text}, "Date": {"Sat, 21 Nov 2026 10:00:00 GMT"},
		}})
		why := strings.Join(d.Why(), "\n")
		if got := delayOf(d); got != test.want {
			t.Errorf("%s: %s is a delay of %v, want %v", test.place.Header, test.text, got, test.want)
		}
		if _, after, _ := strings.Cut(why, "skipped, as "); after != "" != (test.why != "") || !strings.HasPrefix(after, test.why) {
			t.Errorf("%s: %s: why is %q, want %q", test.place.Header, test.text, why, test.why)
		}
	}
}

// A number of a body that no float holds is too large, and not unreadable.
func TestDelayOverAnyNumber(t *testing.T) {
	d := slowAPI(Delay{At: Path{"wait"}}).Classify(Reply{Status: 503, Body: []byte(`{"wait":1e999}`)})
	if why := strings.Join(d.Why(), "\n"); !strings.Contains(why, tooLarge) {
		t.Errorf("why is %q", why)
	}
}

// Of the places that are skipped, the first three are told, in their order, and none that
// holds nothing.
func TestSkippedDelays(t *testing.T) {
	c := slowAPI(Delay{Header: "A"}, Delay{Header: "B"}, Delay{Header: "C"}, Delay{Header: "D"}, Delay{Header: "E"}, Delay{At: Path{"wait"}})
	d := c.Classify(Reply{Status: 503, Header: http.Header{"A": {"x"}, "C": {"later"}, "D": {"1795255230"}, "E": {"y"}}, Body: []byte(`{"wait":7}`)})
	var skipped []string
	for _, why := range d.Why() {
		if place, reason, ok := strings.Cut(why, ": skipped, as "); ok {
			skipped = append(skipped, place+" "+reason)
		}
	}
	want := "the header A " + unreadable + "\nthe header C " + unreadable + "\nthe header D " + tooLarge
	if got := strings.Join(skipped, "\n"); got != want || d.ServerDelay != 7*time.Second {
		t.Errorf("skipped are\n%s, want\n%s; the delay is %s", got, want, d.ServerDelay)
	}
}

// No more places count than a byte can number.
func TestMostDelays(t *testing.T) {
	for n, want := range map[int]time.Duration{math.MaxUint8: 7 * time.Second, math.MaxUint8 + 1: noDelay} {
		c := slowAPI(make([]Delay, n)...)
		for i := range c.Delays {
			c.Delays[i].Header = "X-None"
		}
		c.Delays[n-1].Header = "Retry-After"
		if got := delayOf(c.Classify(Reply{Status: 503, Header: http.Header{"Retry-After": {"7"}}})); got != want {
			t.Errorf("at place %d: %v, want %v", n, got, want)
		}
	}
}

// The places of an override, a variant or an entry take the place of the catalog's.
func TestDelaysOfWhatDecides(t *testing.T) {
	policy := &Policy{Retries: 3}
	has := func(name string) []Test { return []Test{{Kind: HeaderPresent, Header: name}} }
	c := slowAPI(Delay{Header: "Catalog"})
	c.Unrecognised.Variants = []Variant{
		{When: has("Variant"), Action: Retry, Policy: policy, Delays: []Delay{{Header: "Variant"}}},
		{When: has("Silent"), Action: Retry, Policy: policy},
	}
	c.Overrides = []Override{
		{When: has("Override"), Delays: []Delay{{Header: "Override"}}},
		{When: has("Quiet")},
	}
	entry := *c.Unrecognised
	entry.Delays = []Delay{{Header: "Entry"}}
	for _, test := range []struct {
		fields  string
		catalog time.Duration // where the entry has none
		entry   time.Duration
	}{
		{"Catalog Entry", 1, 2}, {"Catalog Entry Variant", 3, 3}, {"Catalog Entry Variant Override", 4, 4},
		{"Catalog Entry Silent", 1, 2}, {"Catalog Entry Quiet", 1, 2}, {"Catalog Entry Variant Quiet", 3, 3},
	} {
		h := http.Header{}
		for _, name := range strings.Fields(test.fields) {
			h[name] = []string{map[string]string{"Catalog": "1", "Entry": "2", "Variant": "3", "Override": "4"}[name]}
			if h[name][0] == "" {
				h[name][0] = "yes"
			}
		}
		own := *c
		own.Unrecognised = &entry
		for c, want := range map[*Catalog]time.Duration{c: test.catalog, &own: test.entry} {
			if got := delayOf(c.Classify(Reply{Status: 503, Header: h})); got != want*time.Second {
				t.Errorf("%s: %v, want %v, where the entry has its own: %t", test.fields, got, want*time.Second, c == &own)
			}
		}
	}
}
