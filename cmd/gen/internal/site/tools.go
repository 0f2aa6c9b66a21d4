package site

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// searchName is the name of the description by which a browser offers the site as one of
// its search engines.
const searchName = "opensearch.xml"

// widgetAddress is where the paste field is that stands in other pages.
const widgetAddress = "widget"

// tools adds what brings the paste field to where people work: a bookmarklet, a widget
// for other pages and, as it needs the site's address, a search engine for browsers.
func (s *site) tools() {
	s.add(s.page("tools", s.l.Say("Use it from other pages"), s.l.Say("Ask from the page that you work in, without opening this site first.")), "tools", nil)
	s.add(s.page(widgetAddress, s.l.Say("What did the customer send?"), s.l.Say("Paste what a customer sent, and see what it is.")), "widget", catalogView{s.catalog})
	if s.catalog.Site != "" {
		s.put(searchName, s.search())
	}
}

// The longest name that a search engine may have, by the format.
const longestSearchName = 16

// search describes the site as a search engine, in the format OpenSearch 1.1. The words
// follow # in the address, so that they are not sent to the server.
func (s *site) search() []byte {
	title := []rune(model.Visible(model.Line(s.l.CatalogTitle(s.catalog))))
	address := strings.NewReplacer("{", "%7B", "}", "%7D").Replace(s.catalog.URL("index")) // braces are for what is filled in
	var out bytes.Buffer
	element := func(name, text string) {
		fmt.Fprintf(&out, "  <%s>", name)
		if err := xml.EscapeText(&out, []byte(text)); err != nil {
			panic("internal error: " + err.Error())
		}
		fmt.Fprintf(&out, "</%s>\n", name)
	}
	fmt.Fprintf(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- %s -->\n", strings.ReplaceAll(commented(s.mark), "--", "- -"))
	out.WriteString("<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n")
	element("ShortName", strings.TrimSpace(string(title[:min(len(title), longestSearchName)])))
	element("LongName", strings.TrimSpace(string(title[:min(len(title), 48)])))
	element("Description", s.l.Say("What an error means, what to do and what to answer."))
	element("InputEncoding", "UTF-8")
	out.WriteString("  <Url type=\"text/html\" template=\"")
	xml.EscapeText(&out, []byte(address+"#q={searchTerms}"))
	out.WriteString("\"/>\n</OpenSearchDescription>\n")
	return out.Bytes()
}
