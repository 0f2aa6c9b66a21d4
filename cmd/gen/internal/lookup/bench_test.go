package lookup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// large returns a catalog of n codes of two to four words.
func large(n int) *model.Catalog {
	parts := strings.Fields("account address amount api balance bank batch billing body bucket cache card channel client cloud contact customer data device document domain email event field file filter format gateway group header host image index input invoice item job key label limit link list location lock mail media member message method model module network node object offer option order output owner page parameter partner password payment phone plan policy port price product profile project proxy queue quota rate record region report request resource response role route rule schema scope server service session setting shard signature site size source stage state storage stream table tag target task team template tenant thread ticket token topic transfer type unit update upload user value vendor version volume wallet zone")
	ends := strings.Fields("INVALID MISSING EXPIRED LOCKED TOO_LARGE NOT_FOUND NOT_ALLOWED EXCEEDED BLOCKED CONFLICT")
	a := &model.API{Name: "large", Forms: []classify.Form{{Syntax: classify.JSON, Code: []classify.Path{{"code"}}}}}
	broken := &model.Category{Name: "broken"}
	seen := map[string]bool{}
	for i := 0; len(a.Codes) < n; i++ {
		code := strings.ToUpper(parts[i%len(parts)] + "_" + parts[(i/7)%len(parts)] + "_" + ends[(i/3)%len(ends)])
		if seen[code] {
			code += fmt.Sprintf("_%d", i)
		}
		seen[code] = true
		a.Codes = append(a.Codes, &model.Entry{API: a, Kind: classify.KindCode, Code: code, Number: uint16(len(a.Codes) + 1), Category: broken})
	}
	return &model.Catalog{APIs: []*model.API{a}}
}

func repeat(text string, size int) string { return strings.Repeat(text, size/len(text)+1)[:size] }

func BenchmarkExplain(b *testing.B) {
	c := large(10_000)
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

func BenchmarkNew(b *testing.B) {
	c := large(10_000)
	for b.Loop() {
		New(c)
	}
}
