package lookup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

func repeat(text string, size int) string { return strings.Repeat(text, size/len(text)+1)[:size] }

func BenchmarkExplain(b *testing.B) {
	c := lookuptest.Large(10_000)
	x := New(c)
	texts := map[string]string{
		"code":        c.APIs[0].Codes[5000].Code,
		"typo":        strings.Replace(c.APIs[0].Codes[5000].Code, "_", "X_", 1),
		"prose64k":    repeat("We upload an image and get an answer after 429 ms, then the next order fails. ", 64<<10),
		"log64k":      repeat("2026-11-21T20:08:11Z level=error code="+c.APIs[0].Codes[7].Code+" user_id=42 some_other_word=x1\n", 64<<10),
		"json64k":     `{"code":"` + c.APIs[0].Codes[9].Code + `","text":"` + repeat("x y ", 60<<10) + `"}`,
		"words100k":   repeat("a_b ", 400_000),
		"line1M":      repeat("x", 1<<20),
		"braces1M":    repeat("{", 1<<20),
		"objects1M":   repeat(`{"a":{"b":{}}} `, 1<<20),
		"replies1M":   repeat(`{"code":"`+c.APIs[0].Codes[9].Code+"\"}\n", 1<<20),
		"backslash1M": repeat(`\`, 1<<20),
		"entities1M":  repeat("&amp;", 1<<20),
		"near1M":      "",
	}
	var near strings.Builder
	for i := 0; near.Len() < 1<<20; i++ {
		fmt.Fprintf(&near, "%sX%d_A ", c.APIs[0].Codes[i%10_000].Code, i)
	}
	texts["near1M"] = near.String()
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				x.Explain(text)
			}
		})
	}
}

// BenchmarkLog looks up logs of 1 MB, each of another kind, in a catalog of 1,500
// codes.
func BenchmarkLog(b *testing.B) {
	c := lookuptest.Large(1500)
	x := New(c)
	for _, log := range lookuptest.Logs(c, 1<<20) {
		b.Run(log.Name, func(b *testing.B) {
			b.SetBytes(int64(len(log.Text)))
			for b.Loop() {
				x.Explain(log.Text)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	c := lookuptest.Large(10_000)
	for b.Loop() {
		New(c)
	}
}
