package e2e_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestLargeEvidence names codes beside statuses in catalogs of several sizes. The status of a
// code is not a second error, and any other status is. The lookup in the browser says so as
// the one in Go does.
func TestLargeEvidence(t *testing.T) {
	t.Parallel()
	b := openTab(t)
	for _, size := range []int{300, 1500, 5000} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			b.t = t
			spec := strings.Replace(largeSpec(1, size), "    codes:\n", "    statuses:\n      4xx: {category: permanent, meaning: Refused, fix: Look at the code}\n    codes:\n", 1)
			c := loadCatalog(t, "large.yaml", []byte(spec))
			codes := c.APIs[0].Codes
			var texts []string
			var want []int
			for i := 0; i < len(codes); i += len(codes)/20 + 1 {
				e := codes[i]
				own := e.Statuses[0]
				texts = append(texts,
					fmt.Sprintf("We got status %d with %s today", own, e.Code),
					fmt.Sprintf("We got status %d with %s today", own+40, e.Code),
				)
				want = append(want, 1, 2)
			}
			x := newIndexed(c)
			loadLookup(b, c)
			for i, got := range ask(b, texts) {
				if len(got) != want[i] {
					t.Errorf("%q: %d errors, want %d: %s", texts[i], len(got), want[i], inJSON(got))
				}
				if own := x.matches(texts[i]); inJSON(own) != inJSON(got) {
					t.Errorf("%q: the browser says\n%s\nGo says\n%s", texts[i], inJSON(got), inJSON(own))
				}
			}
		})
	}
}
