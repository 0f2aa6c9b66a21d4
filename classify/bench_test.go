package classify

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/errkb/errkb/classify/packed"
)

func BenchmarkClassify(b *testing.B) {
	c := taskAPI()
	large := &Catalog{Forms: c.Forms}
	for _, key := range keysOf(10_000) {
		large.Codes = append(large.Codes, Entry{Code: key, Action: Retry, Policy: slotPolicy})
	}
	indexed(large)
	cases := []struct {
		name  string
		c     *Catalog
		reply Reply
	}{
		{"json", c, Reply{Status: 200, Body: []byte(`{"status":0,"request":"NO_SLOT"}`)}},
		{"text", c, Reply{Status: 200, Body: []byte("NO_SLOT")}},
		{"success", c, Reply{Status: 200, Body: []byte(`{"status":1,"request":"42"}`)}},
		{"status", c, Reply{Status: 503}},
		{"retry-after", c, Reply{Status: 429, Header: http.Header{"Retry-After": {"30"}}}},
		{"unlisted", c, Reply{Status: 200, Body: []byte("NEW_CODE")}},
		{"10k", large, Reply{Status: 200, Body: []byte("ERROR_CODE_7777")}},
		{"10k-unlisted", large, Reply{Status: 200, Body: []byte("ERROR_CODE_77777")}},
		{"failure", c, Reply{Err: FailureTimeout}},
	}
	for _, bench := range cases {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bench.c.Classify(bench.reply)
			}
		})
	}
}

func BenchmarkPolicyWait(b *testing.B) {
	policy := Policy{Growth: Exponential, Base: 1e9, Factor: 2, Jitter: Jitter{Add: 1e9}, Max: 32e9}
	for b.Loop() {
		policy.Wait(3, nil)
	}
}

func BenchmarkNewIndex(b *testing.B) {
	for _, n := range []int{100, 10_000, 65_000} {
		keys := keysOf(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				packed.NewIndex(keys, false)
			}
		})
	}
}
