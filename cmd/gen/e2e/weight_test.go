package e2e_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The most that pages may weigh, in bytes of gzip, with their style and all of their
// script, how many requests they may take to be shown, how many elements they have, and what
// the lookup weighs, which the home page then loads for the first paste: all, and what replies
// need; and what it loads to show the verdict on a code.
const (
	maxLookup   = 77_000
	maxFirst    = 26_000
	maxShelf    = 5_000
	maxHome     = 19_000
	maxCode     = 10_000
	maxRequests = 4
	maxElements = 2_500
)

// TestWeight builds the site of 1,500 codes whose texts differ as much as people's
// do, and weighs what a browser loads.
func TestWeight(t *testing.T) {
	t.Parallel()
	spec := filepath.Join(scratch, "large.yaml")
	if err := os.WriteFile(spec, []byte(largeSpec(1, 1500)), 0o644); err != nil {
		t.Fatal(err)
	}
	site, err := buildSite("large", spec)
	if err != nil {
		t.Fatal(err)
	}
	b := openTab(t)
	for _, test := range []struct {
		page string
		most int
	}{
		{"index.html", maxHome},
		{fullest(site, "c/"), maxCode},
	} {
		b.visit(site.overHTTP(test.page))
		weight, requests := 0, 0
		for _, address := range b.asked() {
			if strings.HasPrefix(address, "data:") {
				continue
			}
			path := strings.TrimPrefix(pathOf(t, address), "/support/desk/large/")
			if path == "lookup.js" || path == "words.js" {
				continue
			}
			if path != "verdicts.js" { // which the page is shown without
				requests++
			}
			if isNoNotices(404, address) {
				continue // the site has none
			}
			weight += compressed(t, site.files[path])
		}
		elements := eval[int](b, `document.querySelectorAll("*").length`)
		t.Logf("%s: %d bytes in %d requests, %d elements", test.page, weight, requests, elements)
		if elements > maxElements {
			t.Errorf("%s has %d elements, over %d", test.page, elements, maxElements)
		}
		if weight > test.most {
			t.Errorf("%s weighs %d bytes, over %d", test.page, weight, test.most)
		}
		if requests == 0 || requests > maxRequests {
			t.Errorf("%s takes %d requests, not 1 to %d", test.page, requests, maxRequests)
		}
	}
	most := 0
	for path, content := range site.files {
		if shelf, ok := strings.CutPrefix(path, "cards/"); ok {
			most = max(most, compressed(t, content)+compressed(t, site.files["keys/"+shelf]))
		}
	}
	t.Logf("the fullest shelf: %d bytes", most)
	if most > maxShelf {
		t.Errorf("a shelf weighs %d bytes, over %d", most, maxShelf)
	}
	lookup, words := compressed(t, site.files["lookup.js"]), compressed(t, site.files["words.js"])
	t.Logf("lookup.js: %d bytes, words.js: %d bytes", lookup, words)
	if lookup > maxFirst {
		t.Errorf("lookup.js weighs %d bytes, over %d", lookup, maxFirst)
	}
	if lookup+words > maxLookup {
		t.Errorf("both weigh %d bytes, over %d", lookup+words, maxLookup)
	}
}

// fullest returns the longest page of a folder.
func fullest(site *built, folder string) string {
	var longest string
	for _, page := range site.pages() {
		if strings.HasPrefix(page, folder) && len(site.files[page]) > len(site.files[longest]) {
			longest = page
		}
	}
	return longest
}

func pathOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

// compressed returns the size of a file as servers send it.
func compressed(t *testing.T, content string) int {
	t.Helper()
	if content == "" {
		t.Error("an empty file, or none")
	}
	var out bytes.Buffer
	writer, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(writer, content)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

// TestSameBytes builds a site twice.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	for _, site := range sites(t) {
		spec := map[string]string{"shipped": "../../../spec/errors.yaml", "hostile": hostileSpec}[site.name()]
		again, err := buildSite(site.name()+"-again", spec)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(site.files, again.files) {
			t.Errorf("two builds of the %s site differ", site.name())
		}
	}
}

// largeSpec returns a spec of so many APIs that have so many codes together. It is the
// same each time.
func largeSpec(apis, codes int) string {
	dice := rand.New(rand.NewPCG(1, 2))
	pick := func(words []string) string { return words[dice.IntN(len(words))] }
	sentence := func(words int) string {
		text := make([]string, words)
		for i := range text {
			text[i] = pick(vocabulary)
		}
		return strings.ToUpper(text[0][:1]) + strings.Join(text, " ")[1:]
	}
	var spec strings.Builder
	spec.WriteString(`format: 1
title: Payments API errors
categories:
  permanent: {title: Permanent, action: fail, who: developer, summary: Fix the request and send it again.}
  transient: {title: Transient, action: retry, who: client, summary: Wait and try again.}
  account: {title: Account, action: fix_account, who: account-owner, summary: Put the account in order.}
policies:
  backoff: {growth: exponential, base: 1s, factor: 2, jitter: 1s, max: 32s, retries: 5}
apis:
`)
	taken := make(map[string]bool)
	for api := range apis {
		name, title := "payments", "Payments"
		if apis > 1 {
			name, title = fmt.Sprintf("payments%d", api+1), fmt.Sprintf("Payments %d", api+1)
		}
		fmt.Fprintf(&spec, "  %s:\n    title: %s\n", name, title)
		spec.WriteString("    reply: [{json: {code: [/error/code], message: [/error/message]}}]\n" +
			"    unknown: {category: permanent, fix: Keep the whole answer and ask.}\n    codes:\n")
		for len(taken) < codes*(api+1)/apis {
			code := strings.ToUpper(pick(vocabulary) + "_" + pick(vocabulary) + "_" + pick(vocabulary))
			if taken[code] {
				continue
			}
			taken[code] = true
			category := []string{"permanent", "permanent", "account", "transient"}[dice.IntN(4)]
			fmt.Fprintf(&spec, "      %s:\n        category: %s\n", code, category)
			if category == "transient" {
				spec.WriteString("        retry: backoff\n")
			}
			fmt.Fprintf(&spec, "        status: %d\n        message: %s\n        meaning: %s\n        fix: %s\n        details: %s\n        reply: %s\n        frequency: %s\n",
				400+dice.IntN(30), sentence(4+dice.IntN(4)), sentence(4+dice.IntN(5)), sentence(10+dice.IntN(12)), sentence(30+dice.IntN(40)),
				sentence(35+dice.IntN(40)), pick([]string{"very-common", "occasional", "rare"}))
			fmt.Fprintf(&spec, "        examples: [{status: 400, body: '{\"error\": {\"code\": \"%s\", \"message\": \"%s\"}}'}]\n", code, sentence(6))
		}
	}
	return spec.String()
}

// vocabulary are the words of large specs.
var vocabulary = strings.Fields(`account address amount answer approval article attempt balance bank batch before between
billing blocked body branch broken budget button cancel card carrier cart change charge check checkout city client closed
code column company complete confirm connection contract coupon country create credit currency customer daily date debit
declined default delivery deposit detail device different disabled discount document domain double duplicate early email
empty encoding end entry error event every exceeded exchange expired export field file first fixed foreign form format
fraud free funds gateway group header history holder house identity import inactive incomplete index insufficient
insurance interest internal invalid invoice issuer item journal key language late ledger length letter level limit line
list local locked login lookup mandate manual market member merchant message method minimum missing mobile month name
network number offer office old once order origin other outside owner package page parameter parent parking partial
partner password past payment payout pending period person phone pin plan platform point policy position postal price
private process product profile proof provider public purchase quantity question quota quote range rate reached read
reason receipt record recurring reference refund region register rejected release remote renewal repeat report request
required reserved restricted result return reversed review risk role route sale scheme screen search second secret section
security seller sender service session settled shipping shop signature single size source split stale state status stock
stolen stop store street subject subscription support suspended switch table tax team temporary terminal test text third
ticket time title token total trade transfer transit trial type unit unknown unpaid update upload usage user valid value
vendor verification version visit voucher wallet week weight window wrong year zone`)
