package site_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// BenchmarkFiles prints sites of growing catalogs; the time per code must stay
// the same.
func BenchmarkFiles(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		var spec strings.Builder
		spec.WriteString("format: 1\ncategories: {busy: {action: retry}}\napis:\n  shop:\n    reply: [{json: {code: [/code]}}]\n    codes:\n")
		for i := range n {
			fmt.Fprintf(&spec, "      SHOP_ERROR_%05d: {category: busy, retry: {base: 1s, retries: 4}, meaning: Something was wrong with part %d, "+
				"fix: Wait, details: More of *it*., reply: Please wait., examples: [{body: '{\"code\": \"SHOP_ERROR_%05d\"}'}]}\n", i, i, i)
		}
		c, problems := check.Load("errors.yaml", []byte(spec.String()))
		if c == nil {
			b.Fatal(problems)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				site.Files(c, "errors.yaml")
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/code")
		})
	}
}
