package classify

import (
	"testing"
	"time"
)

// The rest of a code may say how long to wait.
func TestDelayInTheCode(t *testing.T) {
	c := &Catalog{
		Forms: []Form{{Syntax: JSON, Code: []Path{{"error"}}}},
		Prefixes: []Entry{
			{Kind: KindPrefix, Code: "FLOOD_WAIT_*", Action: Retry, Policy: slotPolicy, Delays: []Delay{{Code: "FLOOD_WAIT_"}}},
			{Kind: KindPrefix, Code: "Too Many*", Action: Retry, Policy: slotPolicy, Delays: []Delay{{Code: "Too Many: wait", Unit: time.Minute}}},
			{Kind: KindPrefix, Code: "SLOW*", Action: Retry, Policy: slotPolicy, Delays: []Delay{{Code: "SLOW"}}},
		},
	}
	tests := []struct {
		code string
		want time.Duration // 0 for none
	}{
		{"FLOOD_WAIT_28", 28 * time.Second},
		{"FLOOD_WAIT_1m30s", 90 * time.Second},
		{"FLOOD_WAIT_", 0},
		{"FLOOD_WAIT_X", 0},
		{"FLOOD_WAIT_0", 0},
		{"FLOOD_WAIT_2e1", 20 * time.Second}, // a header field alone has no exponents
		{"Too Many: wait 3", 3 * time.Minute},
		{"Too Many: wait\\t3 ", 3 * time.Minute},
		{"Too Many: later", 0},
		{"SLOW", 0},
	}
	for _, test := range tests {
		t.Run(test.code, func(t *testing.T) {
			d := c.Classify(Reply{Status: 420, Body: []byte(`{"error":"` + test.code + `"}`)})
			if d.Action != Retry || d.ServerDelay != test.want {
				t.Errorf("%s and a delay of %v, want a retry after %v: %q", d.Action, d.ServerDelay, test.want, d.Why())
			}
		})
	}
}

// The prefix is compared as the codes are.
func TestDelayInTheCodeInAnyCase(t *testing.T) {
	c := indexed(&Catalog{
		FoldCase: true,
		Forms:    []Form{{Syntax: JSON, Code: []Path{{"error"}}}},
		Prefixes: []Entry{
			{Kind: KindPrefix, Code: "KELVIN_*", Action: Retry, Policy: slotPolicy},
			{Kind: KindPrefix, Code: "CELSIUS_*", Action: Retry, Policy: slotPolicy},
		},
		Delays: []Delay{{Code: "KELVIN_"}},
	})
	for _, code := range []string{"KELVIN_28", "kelvin_28", "Kelvin_28"} {
		d := c.Classify(Reply{Status: 420, Body: []byte(`{"error":"` + code + `"}`)})
		if d.Source != KindPrefix || d.ServerDelay != 28*time.Second {
			t.Errorf("%s has a delay of %v: %q", code, d.ServerDelay, d.Why())
		}
	}
	if d := c.Classify(Reply{Status: 420, Body: []byte(`{"error":"CELSIUS_28"}`)}); d.Source != KindPrefix || d.HasServerDelay {
		t.Errorf("another code has a delay of %v: %q", d.ServerDelay, d.Why())
	}
}
