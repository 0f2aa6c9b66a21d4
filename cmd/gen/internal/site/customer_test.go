package site

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// TestCustomers requires a page for customers for each entry, which says what it means
// and what to do, and nothing that support tells itself; that no operation is to be sent
// again in which that would do harm; and that the folder needs nothing that is outside of it.
func TestCustomers(t *testing.T) {
	reference := regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	held := 0
	for name, c := range siblingSpecs(t) {
		files := Files(c, "x.yaml")
		for _, api := range c.APIs {
			for _, e := range api.Entries() {
				const secret = "nobody but support reads this"
				e.Escalate, e.Impact, e.Details, e.Severity, e.Frequency = secret, secret, secret, "high", "rare"
				e.Category.Summary, e.Category.Title = secret, secret
				for i := range e.Variants {
					e.Variants[i].Escalate, e.Variants[i].Details = secret, secret
				}
				for i := range e.LookAlikes {
					e.LookAlikes[i].Difference = secret
				}
				page := string(files[e.CustomerAddress()+".html"])
				for _, told := range say.English.Answers(e) {
					if text := strings.Fields(told.Text); !strings.Contains(page, `<p class="text" dir="auto">`) || name != "hostile.yaml" && !strings.Contains(wordsOf(parse(string(main(page)), say.English)), strings.NewReplacer(":", "", "“", "", "”", "").Replace(strings.Join(text, ""))) {
						t.Errorf("%s: %s does not say %q", name, e.CustomerAddress(), told.Text)
					}
				}
				told := say.English.Answers(e)
				for _, v := range e.Variants {
					if own := say.English.Answers(e.InVariant(v)); !slices.Equal(own, told) {
						told = append(told, own...)
					}
				}
				isDraft := slices.ContainsFunc(told, func(a say.Answer) bool { return a.Draft })
				if got := strings.Contains(page, "A draft, put together automatically"); got != isDraft {
					t.Errorf("%s: %s says that it is a draft: %v, want %v", name, e.CustomerAddress(), got, isDraft)
				}
				for _, o := range e.Overrides {
					if !slices.Contains(e.SentOnce(), o.Operation) {
						continue
					}
					held++
					for _, address := range []string{e.CustomerAddress(), e.Address()} {
						if !strings.Contains(string(files[address+".html"]), "<dd>Check first: ") {
							t.Errorf("%s: %s does not keep %s from being sent twice", name, address, o.Operation)
						}
					}
				}
				link := "../../" + e.CustomerAddress() + ".html"
				if c.Site != "" {
					link = c.URL(e.CustomerAddress())
				}
				if link = `data-link="` + link + `"`; !strings.Contains(string(files[e.Address()+".html"]), link) {
					t.Errorf("%s: %s copies another link than %s", name, e.Address(), link)
				}
			}
		}
		secret := Files(c, "x.yaml")
		for address, page := range files {
			if !strings.HasPrefix(address, model.CustomerFolder) {
				continue
			}
			if string(secret[address]) != string(page) {
				t.Errorf("%s: %s shows what support tells itself", name, address)
			}
			for _, m := range reference.FindAllStringSubmatch(string(page), -1) {
				target := path.Join(path.Dir(address), m[1])
				if strings.Contains(m[1], ":") {
					continue // the web, or an empty picture
				}
				if files[target] == nil || !strings.HasPrefix(target, model.CustomerFolder) {
					t.Errorf("%s: %s leads to %s, out of the folder", name, address, m[1])
				}
			}
		}
	}
	if held == 0 {
		t.Error("no entry says anything else of an operation that is not to be sent twice")
	}
}

// main returns the main part of a page.
func main(page string) []byte {
	_, page, _ = strings.Cut(page, `<main id="main">`)
	page, _, _ = strings.Cut(page, "</main>")
	return []byte(page)
}
