package site_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// BenchmarkFiles prints sites of growing catalogs; the time per code must stay
// the same.
func BenchmarkFiles(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		benchmark(b, 1, n)
	}
}

// BenchmarkLarge prints sites of the size of two real catalogs: of one
// API with many codes, and of all services of a cloud.
func BenchmarkLarge(b *testing.B) {
	benchmark(b, 1, 1_935)
	benchmark(b, 429, 5_725)
}

// benchmark prints the site of some APIs that have so many codes together.
func benchmark(b *testing.B, apis, codes int) {
	c := wordyCatalog(b, apis, codes)
	b.Run(fmt.Sprintf("apis=%d/codes=%d", apis, codes), func(b *testing.B) {
		var files map[string][]byte
		for b.Loop() {
			files = site.Files(c, "errors.yaml")
		}
		size := 0
		for _, content := range files {
			size += len(content)
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*codes), "µs/code")
		b.ReportMetric(float64(size)/float64(codes), "B/code")
		b.ReportMetric(float64(len(files)), "files")
	})
}

// wordyCatalog returns a catalog whose entries have all the texts that authors write.
func wordyCatalog(tb testing.TB, apis, codes int) *model.Catalog {
	tb.Helper()
	var spec strings.Builder
	spec.WriteString("format: 1\ncategories:\n  busy: {action: retry}\n  bad: {action: fail}\npolicies:\n" +
		"  backoff: {growth: exponential, base: 1s, factor: 2, jitter: 1s, max: 32s, retries: 5}\napis:\n")
	for i := range codes {
		if api := i * apis / codes; i == 0 || api != (i-1)*apis/codes {
			fmt.Fprintf(&spec, "  shop%d:\n    title: Shop %d\n    reply: [{json: {code: [/code]}}]\n    unknown: {category: bad, fix: Ask}\n    codes:\n", api, api)
		}
		says := "category: bad"
		if i%4 == 0 {
			says = "category: busy, retry: backoff"
		}
		fmt.Fprintf(&spec, "      SHOP_ERROR_%05d: {%s, status: %d, message: Part %d was refused, meaning: Something was wrong with part %d of the order, "+
			"fix: Look at part %d and send *all* of it again, details: '%s', reply: '%s', frequency: occasional, "+
			"examples: [{status: 400, body: '{\"code\": \"SHOP_ERROR_%05d\"}'}]}\n",
			i, says, 400+i%30, i, i, i, strings.Repeat("More of *it* is told here. ", 12), strings.Repeat("Please look at the order again. ", 12), i)
	}
	c, problems := check.Load("errors.yaml", []byte(spec.String()))
	if c == nil {
		tb.Fatal(problems)
	}
	return c
}
