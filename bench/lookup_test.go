package bench

import (
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
)

// byWord is an API with n codes, which are made of a few words, and with some forms.
func byWord(n int, forms ...classify.Form) (c *classify.Catalog, codes []string) {
	words := []string{"ERROR", "INVALID", "MISSING", "KEY", "BALANCE", "ZERO", "SLOT", "AVAILABLE", "NOT", "IMAGE", "FORMAT", "TASK", "LIMIT"}
	all := *byStatus
	all.Forms = forms
	for i := range n {
		var parts []string
		for rest := i + len(words); rest > 0; rest /= len(words) {
			parts = append(parts, words[rest%len(words)])
		}
		codes = append(codes, strings.Join(parts, "_"))
		all.Codes = append(all.Codes, classify.Entry{Kind: classify.KindCode, Number: uint16(i + 1), Code: codes[i], Action: classify.Retry, Policy: noWait})
	}
	all.Index = packed.NewIndex(codes, false)
	all.Table, all.Codes = classify.NewTable(&all, ""), nil // as in generated packages
	return noted(&all), codes
}

// asked are texts to look up, in random order: codes, or each with a letter changed.
func asked(codes []string, change bool) []string {
	random := rand.New(rand.NewPCG(1, 2))
	texts := make([]string, 1<<12)
	for i := range texts {
		text := []byte(codes[random.IntN(len(codes))])
		if change {
			text[random.IntN(len(text))] = 'q'
		}
		texts[i] = string(text)
	}
	return texts
}

func BenchmarkLookup21(b *testing.B)   { benchmarkLookup(b, 21, false) }
func BenchmarkLookup300(b *testing.B)  { benchmarkLookup(b, 300, false) }
func BenchmarkLookup5000(b *testing.B) { benchmarkLookup(b, 5000, false) }
func BenchmarkMiss21(b *testing.B)     { benchmarkLookup(b, 21, true) }
func BenchmarkMiss300(b *testing.B)    { benchmarkLookup(b, 300, true) }
func BenchmarkMiss5000(b *testing.B)   { benchmarkLookup(b, 5000, true) }

func benchmarkLookup(b *testing.B, n int, miss bool) {
	c, codes := byWord(n)
	texts := asked(codes, miss)
	b.Run("errkb", func(b *testing.B) {
		defer measure(b)()
		for i := 0; b.Loop(); i++ {
			if _, ok := c.Lookup(texts[i%len(texts)]); ok == miss {
				b.Fatal(texts[i%len(texts)])
			}
		}
	})
	b.Run("map", func(b *testing.B) {
		numbers := make(map[string]int, n)
		for i, code := range codes {
			numbers[code] = i
		}
		defer measure(b)()
		for i := 0; b.Loop(); i++ {
			if _, ok := numbers[texts[i%len(texts)]]; ok == miss {
				b.Fatal(texts[i%len(texts)])
			}
		}
	})
}

// decided asks for the decision about a reply that is to be retried.
func decided(b *testing.B, c *classify.Catalog, reply classify.Reply) {
	b.Run("errkb", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			if d := c.Classify(reply); d.Action != classify.Retry {
				b.Fatal(d.Why())
			}
		}
	})
}

// actionsOf is what a user writes by hand for the same codes.
func actionsOf(codes []string) map[string]classify.Action {
	actions := make(map[string]classify.Action)
	for _, code := range codes {
		actions[code] = classify.Retry
	}
	return actions
}

func BenchmarkText(b *testing.B) {
	c, codes := byWord(21, classify.Form{
		Syntax: classify.Text, Code: []classify.Path{{""}},
		OK: []classify.Test{{Kind: classify.PrefixIs, Prefix: []string{"OK|"}}},
	})
	body, actions := []byte(codes[7]), actionsOf(codes)
	decided(b, c, classify.Reply{Status: http.StatusOK, Body: body})
	b.Run("by-hand", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			text := strings.TrimSpace(string(body))
			if strings.HasPrefix(text, "OK|") || actions[text] != classify.Retry {
				b.Fatal(text)
			}
		}
	})
}

func BenchmarkStatus(b *testing.B) {
	decided(b, byStatus, classify.Reply{Status: http.StatusServiceUnavailable})
	b.Run("by-hand", func(b *testing.B) {
		actions := map[int]classify.Action{503: classify.Retry, 429: classify.Retry, 200: classify.OK}
		defer measure(b)()
		for status := 503; b.Loop(); {
			if actions[status] != classify.Retry {
				b.Fatal(status)
			}
		}
	})
}

func BenchmarkHeader(b *testing.B) {
	c, codes := byWord(21, classify.Form{Syntax: classify.Header, Code: []classify.Path{{"X-Error-Code"}}})
	header := http.Header{"X-Error-Code": {codes[7]}, "Content-Type": {"text/plain"}, "Date": {"Sat, 21 Nov 2026 10:00:00 GMT"}, "Retry-After": {"1"}}
	actions := actionsOf(codes)
	decided(b, c, classify.Reply{Status: http.StatusBadRequest, Header: header})
	b.Run("by-hand", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			if code := header.Get("X-Error-Code"); actions[code] != classify.Retry || header.Get("Retry-After") == "" {
				b.Fatal(code)
			}
		}
	})
}

func BenchmarkXML(b *testing.B) {
	c, codes := byWord(21, classify.Form{Syntax: classify.XML, Code: []classify.Path{{"Error", "Code"}}})
	body := fmt.Appendf(nil, `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>%s</Code><Message>All workers are busy &amp; the queue is full.</Message><Resource name="eu-1">/in.php</Resource><RequestId>4442587FB7D0A2F9</RequestId></Error>`, codes[7])
	actions := actionsOf(codes)
	decided(b, c, classify.Reply{Status: http.StatusBadRequest, Body: body})
	b.Run("by-hand", func(b *testing.B) {
		defer measure(b)()
		for b.Loop() {
			var reply struct {
				Code string `xml:"Code"`
			}
			if err := xml.Unmarshal(body, &reply); err != nil || actions[reply.Code] != classify.Retry {
				b.Fatal(reply, err)
			}
		}
	})
}
