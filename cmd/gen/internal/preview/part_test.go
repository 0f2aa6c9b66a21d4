package preview

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// numbered is the n-th edition of a site whose files say its number.
func numbered(n int) *Edition {
	files := maps.Clone(shelf)
	page := func(root string) []byte {
		return fmt.Appendf(nil, `<html><head><link rel="stylesheet" href="%[1]sstyle.css">`+
			`<script async src="finder.js"></script></head><body>%[2]d<link rel="preload" href="verdicts.js" as="script">`+
			`<a href="finder.js">&lt;script src="finder.js"></a></body>`, root, n)
	}
	files["index.html"], files["de/index.html"] = page(""), page("../")
	for _, name := range []string{"finder.js", "verdicts.js", "notices.json", "style.css", "de/finder.js", "de/verdicts.js"} {
		files[name] = fmt.Appendf(nil, "%s of %d", name, n)
	}
	return &Edition{Files: makers(files), From: n}
}

// loaded are the addresses of what a page loads, from the site's root.
func loaded(page, folder string) (all []string) {
	for _, match := range regexp.MustCompile(`<(?:script|link) [^>]*(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if strings.Contains(match[1], "~reload.js") {
			continue
		}
		address := folder + match[1]
		if folder != "" {
			address = strings.TrimPrefix(address, folder+"../")
		}
		all = append(all, address)
	}
	return all
}

// TestParts changes the site between the request for a page and those for what it loads.
func TestParts(t *testing.T) {
	for folder, want := range map[string][]string{
		"":    {"style.css of 1", "finder.js of 1", "verdicts.js of 1"},
		"de/": {"style.css of 1", "de/finder.js of 1", "de/verdicts.js of 1"},
	} {
		d := newDesk(t, numbered(1))
		page := d.get(folder, http.StatusOK)
		addresses := loaded(page, folder)
		if len(addresses) != len(want) {
			t.Fatalf("%q loads %q", folder, addresses)
		}
		if !strings.Contains(page, `<a href="finder.js">&lt;script src="finder.js"></a>`) {
			t.Errorf("what is shown has changed:\n%s", page)
		}
		root := strings.TrimSuffix(addresses[1], "finder.js") // as the script finds it
		for n := 1; n < 3+maxBefore; n++ {
			status := http.StatusOK
			if n > 1+maxBefore {
				status = http.StatusGone
			}
			for i, address := range addresses {
				if got := d.get(address, status); status == http.StatusOK && got != want[i] {
					t.Errorf("%s in edition %d: %q, want %q", address, n, got, want[i])
				}
			}
			if got := d.get(root+"verdicts.js", status); status == http.StatusOK && got != want[2] {
				t.Errorf("what a script loads in edition %d: %q", n, got)
			}
			if got := d.get(folder, http.StatusOK); !strings.Contains(got, fmt.Sprintf("<body>%d<", n)) {
				t.Errorf("edition %d is not shown:\n%s", n, got)
			}
			d.Show(numbered(n + 1))
		}
		for address, to := range map[string]string{
			root + "c/shop/full.html?from=mail": "/" + folder + "c/shop/full.html?from=mail",
			root + "c/shop/full":                "/" + folder + "c/shop/full",
			"~gone-1/index.html":                "/index.html",
			"~gone-1/%5cevil.example/x.html":    "/%5Cevil.example/x.html",
			"~gone-1/%2fevil.example/x.html":    "/evil.example/x.html",
			"~gone-1/":                          "/",
		} {
			response, _ := d.ask(http.MethodGet, address, "")
			if got := response.Header.Get("Location"); response.StatusCode != http.StatusFound || got != to {
				t.Errorf("%s: %d, to %q, want %q", address, response.StatusCode, got, to)
			}
		}
		d.get("~"+d.current().name+"/nothing.js", http.StatusNotFound)
		d.get("~gone-1/lookup.js", http.StatusGone)
	}
}
