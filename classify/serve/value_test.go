package serve

import (
	"math"
	"testing"
	"time"
)

func TestValues(t *testing.T) {
	for want, got := range map[string]string{
		"0 B": Bytes(0), "1 B": Bytes(1), "1023 B": Bytes(1023), "1 KiB": Bytes(1024), "1 kB": Bytes(1000), "2 MiB": Bytes(2 << 20),
		"2 MB": Bytes(2e6), "1536 KiB": Bytes(3 << 19), "1 GB": Bytes(1e9), "3 TiB": Bytes(3 << 40), "-2 MiB": Bytes(-2 << 20),
		"-9223372036854775808": Int(math.MinInt64), "9223372036854775807 B": Bytes(math.MaxInt64), "-8388608 TiB": Bytes(math.MinInt64),
		"0 s": Duration(0), "1 s": Duration(time.Second), "1.5 s": Duration(1500 * time.Millisecond), "1.000000001 s": Duration(time.Second + 1),
		"500 ms": Duration(500 * time.Millisecond), "1.5 ms": Duration(1500 * time.Microsecond), "20 µs": Duration(20 * time.Microsecond), "7 ns": Duration(7),
		"-7 ns": Duration(-7), "1 min": Duration(time.Minute), "1 min 30 s": Duration(90 * time.Second), "2 h": Duration(2 * time.Hour),
		"1 h 0.5 s": Duration(time.Hour + time.Second/2), "48 h 1 min": Duration(48*time.Hour + time.Minute), "-1 min 30 s": Duration(-90 * time.Second),
		"-1.25 s": Duration(-1250 * time.Millisecond), "2562047 h 47 min 16.854775807 s": Duration(math.MaxInt64), "-2562047 h 47 min 16.854775808 s": Duration(math.MinInt64),
		"2026-01-31 17:00:00 UTC": Time(time.Date(2026, 1, 31, 18, 0, 0, 5, time.FixedZone("", 3600))),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestMessage fills in values unchanged, whatever they hold.
func TestMessage(t *testing.T) {
	entry := Entry{Code: "BIG", Message: "{{name}} is over {{limit}}: {{name}}, {{other}}", Args: []string{"limit", "name"}}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"2 MiB", "a"}, "a is over 2 MiB: a, {{other}}"},
		{[]string{"{{name}}", "{{limit}}"}, "{{limit}} is over {{name}}: {{limit}}, {{other}}"},
		{nil, "{{name}} is over {{limit}}: {{name}}, {{other}}"},
	} {
		if got := New(&shop, &entry, test.args...).Message(); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
