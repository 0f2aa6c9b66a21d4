package lookup

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNearest(t *testing.T) {
	x := New(shipped(t))
	for text, want := range map[string][]string{
		"ERROR_PROXY_BANNED":                 {"ERROR_IP_BANNED"},
		"we get ERROR_PROXY_BANNED, see log": {"ERROR_IP_BANNED"},
		"API_KEY_REVOKED":                    {"API_KEY_MISSING"},
		"card_declined":                      nil,
		"Your order has shipped.":            nil,
		"":                                   nil,
	} {
		var got []string
		for _, e := range x.Nearest(text) {
			got = append(got, e.Code)
		}
		if diff := cmp.Diff(want, got[:min(len(got), max(1, len(want)))]); diff != "" {
			t.Errorf("%q: got %v (-want +got):\n%s", text, got, diff)
		}
		if len(got) > 3 {
			t.Errorf("%q: got %d", text, len(got))
		}
	}
}
