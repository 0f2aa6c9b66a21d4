package classify

import (
	"math"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// slowAPI is a catalog where everything is retried, and the server may say when.
func slowAPI(delays ...Delay) *Catalog {
	return &Catalog{
		Delays:       delays,
		Unrecognised: &Entry{Kind: KindUnrecognised, Action: Retry, Policy: &Policy{Name: "slot", Base: 5 * time.Second, Retries: 3}},
	}
}

const noDelay = time.Duration(-1)

// delayOf returns the server's delay, and noDelay where it gives none.
func delayOf(d Decision) time.Duration {
	if !d.HasServerDelay {
		return noDelay
	}
	return d.ServerDelay
}

func TestServerDelayInHeader(t *testing.T) {
	const s = time.Second
	const date = "Sat, 21 Nov 2026 10:00:00 GMT"
	tests := []struct {
		name, value      string
		want             time.Duration // of Retry-After
		wantOther, milli time.Duration // of any other field, in seconds and in milliseconds
	}{
		{"digits", "30", 30 * s, 30 * s, 30 * time.Millisecond},
		{"space around", " 30\t", 30 * s, 30 * s, 30 * time.Millisecond},
		{"leading zeros", "0030", 30 * s, 30 * s, 30 * time.Millisecond},
		{"zero", "0", 0, 0, 0},
		{"longest", "9223372036", 9223372036 * s, 9223372036 * s, 9223372036 * time.Millisecond},
		{"one more", "9223372037", math.MaxInt64, math.MaxInt64, 9223372037 * time.Millisecond},
		{"wraps to 290 ms", "18446744074", math.MaxInt64, math.MaxInt64, 18446744074 * time.Millisecond},
		{"longest of milliseconds", "9223372036855", math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{"int64", "9223372036854775807", math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{"int64 and one", "9223372036854775808", math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{"uint64 and ten", "18446744073709551626", math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{"thirty digits", strings.Repeat("9", 30), math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{"thirty zeros and one", strings.Repeat("0", 30) + "1", 1 * s, 1 * s, time.Millisecond},
		{"negative", "-5", noDelay, noDelay, noDelay},
		{"signed", "+5", noDelay, noDelay, noDelay},
		{"decimal", "1.5", noDelay, 1500 * time.Millisecond, 1500 * time.Microsecond},
		{"exponent", "1e3", noDelay, noDelay, noDelay},
		{"NaN", "NaN", noDelay, noDelay, noDelay},
		{"Inf", "Inf", noDelay, noDelay, noDelay},
		{"hexadecimal", "0x10", noDelay, noDelay, noDelay},
		{"empty", "", noDelay, noDelay, noDelay},
		{"blank", "  ", noDelay, noDelay, noDelay},
		{"list", "5, 10", noDelay, noDelay, noDelay},
		{"underscore", "1_000", noDelay, noDelay, noDelay},
		{"other digits", "３０", noDelay, noDelay, noDelay},
		{"words", "in a minute", noDelay, noDelay, noDelay},
		{"duration text", "3.5s", noDelay, 3500 * time.Millisecond, 3500 * time.Millisecond},
		{"long duration text", "1m30s", noDelay, 90 * s, 90 * s},
		{"too long duration text", "9999999h", noDelay, math.MaxInt64, math.MaxInt64},
		{"negative duration text", "-3s", noDelay, noDelay, noDelay},
		{"signed duration text", "+3s", noDelay, noDelay, noDelay},
		{"IMF-fixdate", "Sat, 21 Nov 2026 10:00:30 GMT", 30 * s, 30 * s, 30 * s},
		{"RFC 850 date", "Saturday, 21-Nov-26 10:00:30 GMT", 30 * s, 30 * s, 30 * s},
		{"asctime date", "Sat Nov 21 10:00:30 2026", 30 * s, 30 * s, 30 * s},
		{"date in the past", "Sat, 21 Nov 2026 09:59:59 GMT", 0, 0, 0},
		{"date of now", date, 0, 0, 0},
		{"year 9999", "Fri, 31 Dec 9999 23:59:59 GMT", math.MaxInt64, math.MaxInt64, math.MaxInt64},
		{"first year", "Mon, 01 Jan 0001 00:00:00 GMT", 0, 0, 0},
		{"date of another zone", "Saturday, 21-Nov-26 10:00:30 EST", noDelay, noDelay, noDelay},
		{"date with a fraction", "Sat, 21 Nov 2026 10:00:30.5 GMT", noDelay, noDelay, noDelay},
		{"a time since 1970", "1795255230", noDelay, noDelay, 1795255230 * time.Millisecond},
		{"ISO date", "2026-11-21T10:00:30Z", noDelay, noDelay, noDelay},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			decide := func(name string, unit time.Duration) time.Duration {
				h := http.Header{name: {test.value}, "Date": {date}}
				return delayOf(slowAPI(Delay{Header: name, Unit: unit}).Classify(Reply{Status: 503, Header: h}))
			}
			if got := decide("Retry-After", s); got != test.want {
				t.Errorf("Retry-After: %v, want %v", got, test.want)
			}
			if got := decide("Retry-After", 0); got != test.want {
				t.Errorf("without a unit: %v, want %v", got, test.want)
			}
			// A number that is too large for a wait looks like a time.
			isNumber := strings.Trim(strings.TrimSpace(test.value), "0123456789") == ""
			if isNumber && test.wantOther > longestNumber {
				test.wantOther = noDelay
			}
			if isNumber && test.milli > longestNumber {
				test.milli = noDelay
			}
			if got := decide("X-Wait", s); got != test.wantOther {
				t.Errorf("another field: %v, want %v", got, test.wantOther)
			}
			if got := decide("X-Wait", time.Millisecond); got != test.milli {
				t.Errorf("in milliseconds: %v, want %v", got, test.milli)
			}
		})
	}
}

// A date is read against the reply's own Date field; the local clock, here of
// the year 2000, counts only where there is none.
func TestServerDelayClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := slowAPI(Delay{Header: "Retry-After", Unit: time.Second})
		server := time.Now().Add(-10 * time.Minute)
		for _, form := range []string{http.TimeFormat, "Monday, 02-Jan-06 15:04:05 GMT", time.ANSIC} {
			date := func(at time.Time) []string { return []string{at.UTC().Format(form)} }
			tests := []struct {
				name   string
				header http.Header
				want   time.Duration
			}{
				{"clock off", http.Header{"Retry-After": date(server.Add(30 * time.Second)), "Date": date(server)}, 30 * time.Second},
				{"field in lower case", http.Header{"retry-after": date(server.Add(30 * time.Second)), "date": date(server)}, 30 * time.Second},
				{"no Date", http.Header{"Retry-After": date(time.Now().Add(30 * time.Second))}, 30 * time.Second},
				{"bad Date", http.Header{"Retry-After": date(time.Now().Add(30 * time.Second)), "Date": {"today"}}, 30 * time.Second},
				{"past by Date", http.Header{"Retry-After": date(server.Add(-time.Second)), "Date": date(server)}, 0},
				{"past by the clock", http.Header{"Retry-After": date(server)}, 0},
			}
			for _, test := range tests {
				if got := delayOf(c.Classify(Reply{Status: 503, Header: test.header})); got != test.want {
					t.Errorf("%s as %s: %v, want %v", test.name, form, got, test.want)
				}
			}
		}
	})
}

func TestServerDelayHeaderNames(t *testing.T) {
	tests := []struct {
		name   string
		header http.Header
		want   time.Duration
	}{
		{"canonical", http.Header{"Retry-After": {"7"}}, 7 * time.Second},
		{"lower case", http.Header{"retry-after": {"7"}}, 7 * time.Second},
		{"upper case", http.Header{"RETRY-AFTER": {"7"}}, 7 * time.Second},
		{"canonical before others", http.Header{"RETRY-AFTER": {"8"}, "Retry-After": {"7"}}, 7 * time.Second},
		{"several spellings", http.Header{"retry-after": {"8"}, "RETRY-AFTER": {"7"}, "rETRY-AFTER": {"9"}}, 7 * time.Second},
		{"several values", http.Header{"Retry-After": {"7", "8"}}, noDelay}, // are one: "7, 8"
		{"no values", http.Header{"Retry-After": {}}, noDelay},
		{"similar name", http.Header{"X-Retry-After": {"7"}, "Retry-Afte": {"7"}}, noDelay},
		{"no header", nil, noDelay},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for range 20 { // a map has no order
				if got := delayOf(slowAPI(Delay{Header: "Retry-After"}).Classify(Reply{Header: test.header})); got != test.want {
					t.Fatalf("%v, want %v", got, test.want)
				}
			}
		})
	}
}

func TestServerDelayInBody(t *testing.T) {
	const s = time.Second
	tests := []struct {
		name, body  string
		want, milli time.Duration
	}{
		{"number", `{"wait":30}`, 30 * s, 30 * time.Millisecond},
		{"decimal", `{"wait":1.5}`, 1500 * time.Millisecond, 1500 * time.Microsecond},
		{"decimal that floats cut", `{"wait":1.001}`, 1001 * time.Millisecond, 1001 * time.Microsecond},
		{"exponent", `{"wait":1.5e1}`, 15 * s, 15 * time.Millisecond},
		{"zero", `{"wait":0}`, 0, 0},
		{"zero of a kind", `{"wait":0.0e9}`, 0, 0},
		{"text of a number", `{"wait":"30"}`, 30 * s, 30 * time.Millisecond},
		{"text of a decimal", `{"wait":"1.5"}`, 1500 * time.Millisecond, 1500 * time.Microsecond},
		{"duration text", `{"wait":"3.5s"}`, 3500 * time.Millisecond, 3500 * time.Millisecond},
		{"escaped duration text", `{"wait":"3\u002e5s"}`, 3500 * time.Millisecond, 3500 * time.Millisecond},
		{"too long duration text", `{"wait":"9999999h"}`, math.MaxInt64, math.MaxInt64},
		{"too long", `{"wait":18446744074}`, math.MaxInt64, 18446744074 * time.Millisecond},
		{"over any number", `{"wait":1e999}`, math.MaxInt64, math.MaxInt64},
		{"thirty digits", `{"wait":` + strings.Repeat("9", 30) + `}`, math.MaxInt64, math.MaxInt64},
		{"under any number", `{"wait":1e-999}`, 0, 0},
		{"negative", `{"wait":-5}`, noDelay, noDelay},
		{"negative zero", `{"wait":-0}`, noDelay, noDelay},
		{"negative duration text", `{"wait":"-5s"}`, noDelay, noDelay},
		{"null", `{"wait":null}`, noDelay, noDelay},
		{"true", `{"wait":true}`, noDelay, noDelay},
		{"object", `{"wait":{"seconds":5}}`, noDelay, noDelay},
		{"array", `{"wait":[5]}`, noDelay, noDelay},
		{"empty text", `{"wait":""}`, noDelay, noDelay},
		{"words", `{"wait":"soon"}`, noDelay, noDelay},
		{"NaN", `{"wait":"NaN"}`, noDelay, noDelay},
		{"Inf", `{"wait":"Infinity"}`, noDelay, noDelay},
		{"hexadecimal", `{"wait":"0x10"}`, noDelay, noDelay},
		{"e alone", `{"wait":"e"}`, noDelay, noDelay},
		{"digits and signs", `{"wait":"1-2"}`, noDelay, noDelay},
		{"date", `{"wait":"Sat, 21 Nov 2026 10:00:30 GMT"}`, noDelay, noDelay},
		{"absent", `{"pause":5}`, noDelay, noDelay},
		{"no object", `[5]`, noDelay, noDelay},
		{"truncated", `{"wait":5`, noDelay, noDelay},
		{"empty", ``, noDelay, noDelay},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			decide := func(unit time.Duration) time.Duration {
				return delayOf(slowAPI(Delay{At: Path{"wait"}, Unit: unit}).Classify(Reply{Status: 503, Body: []byte(test.body)}))
			}
			isNumber := !strings.Contains(test.name, "text")
			if isNumber && test.want > longestNumber {
				test.want = noDelay
			}
			if isNumber && test.milli > longestNumber {
				test.milli = noDelay
			}
			if got := decide(s); got != test.want {
				t.Errorf("in seconds: %v, want %v", got, test.want)
			}
			if got := decide(time.Millisecond); got != test.milli {
				t.Errorf("in milliseconds: %v, want %v", got, test.milli)
			}
		})
	}
}

func TestServerDelayOrder(t *testing.T) {
	c := slowAPI(
		Delay{Header: "X-Wait-Ms", Unit: time.Millisecond},
		Delay{Header: "Retry-After", Unit: time.Second},
		Delay{At: Path{"error", "wait"}, Unit: time.Second},
		Delay{At: Path{"*", "wait"}, Unit: time.Second},
	)
	tests := []struct {
		name, milli, retryAfter, body string
		want                          time.Duration
		where                         string
	}{
		{"first", "1500", "7", `{"error":{"wait":9}}`, 1500 * time.Millisecond, "the header X-Wait-Ms"},
		{"first is zero", "0", "7", "", 7 * time.Second, "the header X-Wait-Ms: skipped, as it asks for no wait"},
		{"all are zero", "0", "0", "", 0, "the server asks for no wait in the header X-Wait-Ms"},
		{"first looks like a time", "1795255230000", "7", "", 7 * time.Second, "the header X-Wait-Ms: skipped, as its number is too large for a wait, and looks like a point in time"},
		{"first cannot be read", "soon", "7", `{"error":{"wait":9}}`, 7 * time.Second, "the header Retry-After"},
		{"first is missing", "", "7", "", 7 * time.Second, "the header Retry-After"},
		{"body", "", "1.5", `{"error":{"wait":9}}`, 9 * time.Second, "/error/wait of the body"},
		{"array", "", "", `[{"code":1},{"wait":4}]`, 4 * time.Second, "/*/wait of the body"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := http.Header{"X-Wait-Ms": {test.milli}, "Retry-After": {test.retryAfter}}
			d := c.Classify(Reply{Status: 503, Header: h, Body: []byte(test.body)})
			if got := delayOf(d); got != test.want {
				t.Errorf("%v, want %v", got, test.want)
			}
			if why := strings.Join(d.Why(), "\n"); !strings.Contains(why, test.where) {
				t.Errorf("no %q in %q", test.where, why)
			}
		})
	}
}

// What the server asks for replaces the policy's wait, unless it is nothing or
// more than the policy obeys.
func TestServerDelayDecides(t *testing.T) {
	const s = time.Second
	tests := []struct {
		value             string
		source            WaitSource
		shortest, longest time.Duration
		again             bool
		why               string
	}{
		{"30", WaitServer, 30 * s, 31 * s, true, "the wait is the 30s that the server asks for in the header Retry-After"},
		{"60", WaitServer, 60 * s, 61 * s, true, "the wait is the 1m0s that the server asks for in the header Retry-After"},
		{"1", WaitServer, 1 * s, 2 * s, true, "the wait is the 1s that the server asks for in the header Retry-After"},
		{"0", WaitPolicy, 5 * s, 6 * s, true, "the server asks for no wait in the header Retry-After, so the wait is that of the policy slot"},
		{"Sat, 21 Nov 2026 10:00:30 GMT", WaitPolicy, 5 * s, 6 * s, true, "the server asks for no wait in the header Retry-After, so the wait is that of the policy slot"},
		{"61", WaitNone, 0, 0, false, "the server asks for 1m1s in the header Retry-After, over the 1m0s that the policy slot obeys: stop"},
		{"18446744074", WaitNone, 0, 0, false, "the server asks for over 292 years in the header Retry-After, over the 1m0s that the policy slot obeys: stop"},
		{"1.5", WaitPolicy, 5 * s, 6 * s, true, "the wait is that of the policy slot"},
	}
	c := slowAPI(Delay{Header: "Retry-After", Unit: s})
	c.Unrecognised.Policy = &Policy{Name: "slot", Base: 5 * s, Jitter: Jitter{Add: s}, Retries: 3, ServerDelayMax: time.Minute}
	for _, test := range tests {
		t.Run(test.value, func(t *testing.T) {
			d := c.Classify(Reply{Header: http.Header{"Retry-After": {test.value}, "Date": {"Sat, 21 Nov 2026 10:00:30 GMT"}}})
			if d.Action != Retry {
				t.Errorf("the action is %s", d.Action)
			}
			if d.WaitSource() != test.source {
				t.Errorf("the wait is from %s, want %s", d.WaitSource(), test.source)
			}
			shortest, longest, waits := d.Bounds(0)
			if shortest != test.shortest || longest != test.longest || waits != test.again {
				t.Errorf("Bounds = %v, %v, %t, want %v, %v, %t", shortest, longest, waits, test.shortest, test.longest, test.again)
			}
			wait, again := d.Next(0)
			if again != test.again || wait < test.shortest || wait > test.longest {
				t.Errorf("Next = %v, %t", wait, again)
			}
			if why := d.Why(); why[len(why)-1] != test.why {
				t.Errorf("why: %q, want %q", why[len(why)-1], test.why)
			}
		})
	}
}

// Who does not wait is not asked to.
func TestServerDelayWithoutWait(t *testing.T) {
	c := slowAPI(Delay{Header: "Retry-After"})
	h := http.Header{"Retry-After": {"30"}}
	for _, entry := range []Entry{{Action: Fail}, {Action: FixAccount}, {Action: Resubmit}, {Action: Fail, Policy: slotPolicy}, {Action: OK, Policy: slotPolicy}} {
		c.Unrecognised = &entry
		d := c.Classify(Reply{Header: h})
		if _, again := d.Next(0); again || d.WaitSource() != WaitNone || d.Wait(0) != 0 || d.HasServerDelay {
			t.Errorf("%s waits by the policy %v", entry.Action, entry.Policy)
		}
	}
}
