package classify

import (
	"net/http"
	"strings"
	"testing"
)

// TestOverrideLeavesStop has a server that says no more than to stop: what an entry that
// stops says of the reason and the remedy stays.
func TestOverrideLeavesStop(t *testing.T) {
	entries := []Entry{
		{Kind: KindStatus, Number: 402, Code: "402", Action: FixAccount, Category: "account", Fix: "Pay"},
		{Kind: KindStatus, Number: 400, Code: "400", Action: Fail, Category: "request", Fix: "Mend it"},
		{Kind: KindStatus, Number: 409, Code: "409", Action: Fail},
		{Kind: KindStatus, Number: 429, Code: "429", Action: Retry, Category: "busy", Fix: "Wait", Policy: &Policy{Retries: 3}},
		{Kind: KindStatus, Number: 403, Code: "403", Action: Retry, Category: "busy", Fix: "Wait", Policy: &Policy{Retries: 3},
			Variants: []Variant{{When: []Test{{Kind: HeaderPresent, Header: "X-Quota"}}, Action: FixAccount, Category: "account", Fix: "Ask for more"}}},
	}
	c := &Catalog{Statuses: entries, Overrides: []Override{
		{When: []Test{{Kind: HeaderPresent, Header: "X-Stop"}}, Sets: true, Action: Fail, Category: "server", Fix: "Obey"},
		{When: []Test{{Kind: HeaderPresent, Header: "X-Account"}}, Sets: true, Action: FixAccount, Category: "owner", Fix: "Call"},
		{When: []Test{{Kind: HeaderPresent, Header: "X-Words"}}, Category: "words", Fix: "Read them"},
	}}
	header := func(names ...string) http.Header {
		h := http.Header{}
		for _, name := range names {
			h.Set(name, "1")
		}
		return h
	}
	const anyway = "the entry stops anyway"
	for _, test := range []struct {
		reply    Reply
		action   Action
		category Category
		fix      string
		override uint16
		anyway   bool
	}{
		{Reply{Status: 402, Header: header("X-Stop")}, FixAccount, "account", "Pay", 1, true},
		{Reply{Status: 400, Header: header("X-Stop")}, Fail, "request", "Mend it", 1, true},
		{Reply{Status: 409, Header: header("X-Stop")}, Fail, "server", "Obey", 1, true},
		{Reply{Status: 500, Header: header("X-Stop")}, Fail, "server", "Obey", 1, false},
		{Reply{Status: 429, Header: header("X-Stop")}, Fail, "server", "Obey", 1, false},
		{Reply{Status: 403, Header: header("X-Stop")}, Fail, "server", "Obey", 1, false},
		{Reply{Status: 403, Header: header("X-Stop", "X-Quota")}, FixAccount, "account", "Ask for more", 1, true},
		{Reply{Status: 400, Header: header("X-Account")}, FixAccount, "owner", "Call", 2, false},
		{Reply{Status: 402, Header: header("X-Account")}, FixAccount, "owner", "Call", 2, false},
		{Reply{Status: 402, Header: header("X-Words")}, FixAccount, "words", "Read them", 3, false},
	} {
		d := c.Classify(test.reply)
		if d.Action != test.action || d.Category != test.category || d.Fix != test.fix || d.Override != test.override || d.Policy != nil {
			t.Errorf("%d %v: %s, category %q, fix %q, override %d; want %s, %q, %q, %d", test.reply.Status, test.reply.Header,
				d.Action, d.Category, d.Fix, d.Override, test.action, test.category, test.fix, test.override)
		}
		if why := strings.Join(d.Why(), "; "); strings.Contains(why, anyway) != test.anyway {
			t.Errorf("%d %v: why: %s", test.reply.Status, test.reply.Header, why)
		}
	}
}
