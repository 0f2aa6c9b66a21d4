package classify

import (
	"fmt"
	"slices"
	"testing"
)

// The names are those of the catalog format, of JSON and of logs: programs depend on them.
func TestNames(t *testing.T) {
	check := func(name func(uint8) fmt.Stringer, want ...string) {
		t.Helper()
		var got []string
		for i := range want {
			got = append(got, name(uint8(i)).String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%T has the names %q, want %q", name(0), got, want)
		}
	}
	check(func(i uint8) fmt.Stringer { return Action(i) }, "fail", "retry", "resubmit", "wait_poll", "fix_account", "ok")
	check(func(i uint8) fmt.Stringer { return Effect(i) }, "none", "maybe")
	check(func(i uint8) fmt.Stringer { return Growth(i) }, "constant", "linear", "exponential")
	check(func(i uint8) fmt.Stringer { return Kind(i) },
		"none", "code", "prefix", "status", "status_class", "transport", "unknown", "unrecognised", "success")
	check(func(i uint8) fmt.Stringer { return Step(i) }, "submitted", "not ready", "retrying", "resubmitting")
	check(func(i uint8) fmt.Stringer { return Syntax(i) }, "json", "xml", "text", "header")
	check(func(i uint8) fmt.Stringer { return WaitSource(i) }, "none", "policy", "server")
	for i, want := range []string{"timeout", "connection", "dns", "tls", "canceled"} {
		if got := Failures()[i]; got.Error() != want || got.ErrorType() != want {
			t.Errorf("failure %d is %q and %q, want %q", i, got.Error(), got.ErrorType(), want)
		}
	}
}
