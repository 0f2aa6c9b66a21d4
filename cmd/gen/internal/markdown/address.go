package markdown

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// linkable matches what prose links: addresses of the web and of mail, and words
// that may be codes.
var linkable = pattern.Of(`\bhttps?://[^\s<>"'|{}\\^\[\]` + "`" + `]+|` +
	`\b[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b`)

// links returns where a line has something that linkable matches.
func links(text string) [][]int {
	if !containsAny(text, "://", "@", "_") {
		return nil // as each of them has one of these
	}
	return linkable().FindAllStringIndex(text, -1)
}

// link returns a link for the start of a text that linkable matches, and how
// many bytes of it are linked. It returns none for what leads nowhere.
func (p *page) link(found string) (link markup, length int) {
	if !strings.Contains(found, "://") {
		e := p.entryOf(found)
		switch {
		case strings.Contains(found, "@"):
			return "[" + addressText(found) + "](" + address("mailto:"+found) + ")", len(found)
		case e == nil:
			return "", 0
		case e == p.self:
			return p.code(found), len(found)
		}
		return p.entryLink(e, p.code(found)), len(found)
	}
	found = trimAddress(found)
	target := address(found)
	if target == "" {
		return "", 0
	}
	return "[" + addressText(found) + "](" + target + ")", len(found)
}

// trimAddress takes off an address what belongs to the sentence around it.
func trimAddress(text string) string {
	for {
		cut := strings.TrimRight(text, ".,;:!?*_~")
		if strings.HasSuffix(cut, ")") && !strings.Contains(cut, "(") {
			cut = cut[:len(cut)-1]
		}
		if cut == text {
			return text
		}
		text = cut
	}
}

// addressText returns an address as the text of a link to it, in which nothing
// looks for addresses.
func addressText(text string) markup {
	return markup(addressSeams.Replace(string(escape(text))))
}

var addressSeams = strings.NewReplacer("&#58;/&#8203;&#47;", "://", "&#8203;&#64;", "&#64;", "&#8203;&#46;", "&#46;")

// address returns a URL as a link's target, or nothing where it is not one that
// a page may lead to: absolute, with a host, by HTTP or HTTPS, or a mail address.
func address(text string) markup {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || !slices.Contains([]string{"http", "https", "mailto"}, u.Scheme) {
		return ""
	}
	if u.Scheme != "mailto" && !strings.ContainsFunc(u.Hostname(), isWord) {
		return ""
	}
	var target strings.Builder
	for _, b := range []byte(u.String()) {
		if b == '&' {
			target.WriteString("&amp;")
		} else if b > ' ' && b < 0x7f && !strings.ContainsRune("()<>\"'`{}|\\^[]*~$", rune(b)) {
			target.WriteByte(b)
		} else {
			fmt.Fprintf(&target, "%%%02X", b)
		}
	}
	return markup(target.String())
}
