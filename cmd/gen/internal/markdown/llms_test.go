package markdown

import (
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestLLMs reads the list of pages as its proposal has it: a title, a summary, text without
// headings, and sections of nothing but links, each of which leads to a file of the docs.
func TestLLMs(t *testing.T) {
	item := regexp.MustCompile(`^- \[[^\[\]]+\]\(([^()\s]+)\)(?:: \S.*)?$`)
	for name, s := range samples() {
		if strings.TrimSpace(name) == "text" { // without titles, which a spec can't be
			continue
		}
		head, sections, found := strings.Cut(string(s.files["llms.txt"]), "\n## ")
		if !found || !regexp.MustCompile(`^# \S.*\n\n\[//\]: # "Code generated .*"\n\n> \S.*\n\n[^#\n].*\n$`).MatchString(head) {
			t.Errorf("%q: the head is %q", name, head)
		}
		leads := map[string]bool{model.CatalogName: false}
		for file := range s.files {
			leads[file] = file == "llms.txt" // to which nothing leads
		}
		for section := range strings.SplitSeq(sections, "\n## ") {
			_, items, _ := strings.Cut(section, "\n\n")
			for line := range strings.SplitSeq(strings.TrimSpace(items), "\n") {
				link := item.FindStringSubmatch(line)
				if link == nil {
					t.Errorf("%q: %q is not a link", name, line)
					continue
				}
				if _, ok := leads[link[1]]; !ok {
					t.Errorf("%q: %s leads to no file", name, link[1])
				}
				leads[link[1]] = true
			}
		}
		for file, is := range leads {
			if !is {
				t.Errorf("%q: no link to %s", name, file)
			}
		}
	}
}

// TestLLMsLanguages looks for the list of each language, and for what they share.
func TestLLMsLanguages(t *testing.T) {
	c := sampleCatalog(plainText, plainCodes)
	c.Editions = []model.Edition{{Language: "en", Name: "English"}, {Language: "de", Name: "Deutsch", Folder: "de/"}, {Language: "pt-BR", Name: "Português", Folder: "pt-BR/"}}
	in := *c
	in.Language, in.Folder = "de", "de/"
	top, german := string(Files(c, "a.yaml")["llms.txt"]), string(Files(&in, "a.yaml")["llms.txt"])
	for list, want := range map[string][]string{
		top:    {"(index.md): ", "(catalog.json): ", "- [Deutsch](de/llms.txt): de\n- [Português](pt-BR/llms.txt): pt-BR\n"},
		german: {"(index.md): ", "(../catalog.json): ", "- [English](../llms.txt): en\n- [Português](../pt-BR/llms.txt): pt-BR\n"},
	} {
		for _, text := range want {
			if !strings.Contains(list, text) {
				t.Errorf("no %q in\n%s", text, list)
			}
		}
	}
}

// TestLLMsLarge lists the entries of an API only where they are few.
func TestLLMsLarge(t *testing.T) {
	c := sampleCatalog(plainText, plainCodes)
	api := c.APIs[0]
	for len(api.Entries()) <= 150 {
		api.Codes = append(api.Codes, api.Codes[0])
	}
	for line := range strings.Lines(string(Files(c, "a.yaml")["llms.txt"])) {
		if strings.Contains(line, "]("+api.Name+"/") && !strings.Contains(line, path.Join(api.Name, "index.md")) {
			t.Errorf("%s is of an API with %d entries", line, len(api.Entries()))
		}
	}
}
