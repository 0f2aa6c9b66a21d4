package packed

import (
	"strings"
	"testing"
)

func codesOf(fold bool) *Codes {
	names := []string{"BUSY", "NO_FUNDS", "", "busy-2", "EMPTY_PURSE", "K"}
	return &Codes{
		Names:    NewTexts(names),
		Meanings: NewTexts([]string{"All workers are busy", "No\nfunds", "", "Busy"}),
		Aliases:  []uint16{2, 1},
		Prefixes: []Prefix{{"08*", 5, "A class"}, {"0800*", 6, ""}},
		Index:    NewIndex(names, fold),
	}
}

func TestCodes(t *testing.T) {
	for _, fold := range []bool{false, true} {
		c := codesOf(fold)
		for text, want := range map[string]Entry{
			"BUSY":        {1, "BUSY", "All workers are busy"},
			"NO_FUNDS":    {2, "NO_FUNDS", "No\nfunds"},
			"":            {3, "", ""},
			"busy-2":      {4, "busy-2", "Busy"},
			"EMPTY_PURSE": {2, "NO_FUNDS", "No\nfunds"},
			"K":           {1, "BUSY", "All workers are busy"},
		} {
			got, ok := c.Lookup(text)
			if !ok || got != want || got.IsZero() || got != c.ByNumber(want.Number()) || got.Code() != want.code || got.Meaning() != want.meaning {
				t.Errorf("fold is %t: Lookup(%q) = %+v, %t, want %+v", fold, text, got, ok, want)
			}
			other := strings.ToLower(text)
			if _, ok := c.Lookup(other); ok != (fold || other == text) {
				t.Errorf("fold is %t: Lookup(%q) is %t", fold, other, ok)
			}
		}
		if _, ok := c.Lookup("\u212a"); ok != fold { // the sign of Kelvin
			t.Errorf("fold is %t: another spelling of K is found: %t", fold, ok)
		}
		for _, text := range []string{"08*", "0800", "BUSY\n", "BUS", "BUSYY", strings.Repeat("K", 300)} {
			if got, ok := c.Lookup(text); ok || !got.IsZero() {
				t.Errorf("fold is %t: Lookup(%q) = %+v", fold, text, got)
			}
		}
		for number, want := range map[uint16]Entry{0: {}, 5: {5, "08*", "A class"}, 6: {6, "0800*", ""}, 7: {}, 65_535: {}} {
			if got := c.ByNumber(number); got != want {
				t.Errorf("number %d is %+v, want %+v", number, got, want)
			}
		}
	}
}

// An API can have prefixes alone, or nothing.
func TestNoCodes(t *testing.T) {
	c := &Codes{Prefixes: []Prefix{{"A*", 1, "All"}}}
	if got := c.ByNumber(1); got != (Entry{1, "A*", "All"}) {
		t.Errorf("number 1 is %+v", got)
	}
	for _, c := range []*Codes{c, {}} {
		if got, ok := c.Lookup("A"); ok {
			t.Errorf("Lookup finds %+v", got)
		}
		if got := c.ByNumber(2); !got.IsZero() {
			t.Errorf("number 2 is %+v", got)
		}
	}
}
