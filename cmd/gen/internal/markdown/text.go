package markdown

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// markup is text that is safe to print verbatim. Text of the spec becomes markup
// through the functions of this file and of author.go and by no other way.
//
// Signs that any of the supported renderers gives a meaning are printed as HTML
// character references: backslash escapes differ between renderers, references
// don't. Two braces in a row would be a placeholder to VitePress, which
// decodes references first, and to Hugo and Jinja, which look into fences and
// inline code as well: there is no spelling that all of them print. So a
// zero-width space parts them, everywhere, as it parts a brace and a percent
// sign. The files hold neither pair; catalog.json has the exact text.
//
// Some renderers look for emoji, addresses of the web and of mail after they
// have decoded references: remark's extensions, which Docusaurus uses, and git
// hosts. There too a zero-width space is what keeps a text unchanged; seam says
// where.
type markup string

// zeroWidth parts what must not touch.
const zeroWidth = "\u200b"

// line returns text as one line, with single spaces.
func line(text string) string { return model.Line(model.Visible(text)) }

// apart parts each brace from a brace, percent or number sign behind it, and what
// makes some renderer change code: VitePress puts files in place of its includes
// and drops its notes on lines, Docusaurus rewrites the titles of admonitions and
// drops its own fences.
func apart(text string) string {
	for _, pair := range []string{"{{", "{%", "{#"} {
		for strings.Contains(text, pair) {
			text = strings.ReplaceAll(text, pair, pair[:1]+zeroWidth+pair[1:])
		}
	}
	return changed().ReplaceAllString(text, "$1$3"+zeroWidth+"$2$4")
}

var changed = pattern.Of(`(<!--|\[!|mdx-)(\s*@include:|code |code-block)|(?m:^((?:> ?)*[ \t]*:)(::+[a-z]+ ))`)

// escape returns one line of text as markup, with nothing in it linked.
func escape(text string) markup {
	text = line(text)
	return between(text, 0, len(text))
}

// strong returns one line of text in bold.
func strong(text string) markup {
	return markup(model.Emphasis(string(escape(text)), "**"))
}

// writeRune writes a rune of text between two others, which are 0 at an end.
func writeRune(out *strings.Builder, before, r, after rune) {
	if r == '{' || r == '%' {
		if before == '{' {
			out.WriteString("&#8203;")
		}
	}
	if hasMeaning(before, r, after) {
		writeReference(out, r)
		return
	}
	out.WriteRune(r)
}

// hasMeaning reports whether some renderer gives a rune a meaning in running
// text.
func hasMeaning(before, r, after rune) bool {
	switch r {
	case '&', '<', '>', '{', '}', '[', ']', '*', '`', '|', '~', '$', '^', '\\', '#':
		return true
	case '_': // within a word it has none
		return !isWord(before) || !isWord(after)
	case '@': // mail addresses
		return isMail(before, after)
	case ':': // directives and emoji
		return unicode.IsLetter(after) || after == ':' || before == ':'
	case '-', '.': // dashes, ellipses
		return before == r || after == r
	case '+', '=': // insertions, marks
		return before == r && isInk(after, r) || after == r && isInk(before, r)
	case '/': // addresses without a scheme
		return before == r && isWord(after)
	}
	return false
}

// seam reports whether a zero-width space belongs into a text at a place, where
// it would be an emoji, a web address or a mail address to some renderer.
func seam(text string, at int) bool {
	before, rest := text[:at], text[at:]
	last, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case last == ':':
		return emojiRest().MatchString(rest)
	case last == '/':
		return strings.HasSuffix(before, ":/") && rest[0] == '/' && isWord(next(rest))
	case rest[0] == '.':
		return strings.HasSuffix(strings.ToLower(before), "www") && isWord(next(rest))
	}
	return rest[0] == '@' && isMail(last, next(rest))
}

// emojiRest matches what follows the first colon of an emoji. A time of day is
// none.
var emojiRest = pattern.Of(`^([+-]1|100|1234|[\w+-]*[A-Za-z][\w+-]*):`)

// isInk reports whether a rune beside a sign is neither the sign nor a space.
func isInk(beside, sign rune) bool { return beside != 0 && beside != sign && !unicode.IsSpace(beside) }

// isMail reports whether an @ between two runes may be that of a mail address.
func isMail(before, after rune) bool {
	return isWord(after) && (isWord(before) || strings.ContainsRune("-._+", before))
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// writeReference writes a rune as a character reference.
func writeReference(out *strings.Builder, r rune) {
	switch r {
	case '&':
		out.WriteString("&amp;")
	case '<':
		out.WriteString("&lt;")
	case '>':
		out.WriteString("&gt;")
	default:
		fmt.Fprintf(out, "&#%d;", r)
	}
}

// opening returns markup fit to open a line: as it stands it would be a list, a
// heading, an import or another block to some renderer.
func opening(text markup) markup {
	s := string(text)
	first, size := utf8.DecodeRuneInString(s)
	switch {
	case s == "", strings.HasPrefix(s, "**"), strings.ContainsRune("&\"'([`", first):
		return text
	case importing().MatchString(s), unicode.IsPunct(first), unicode.IsSymbol(first):
		var out strings.Builder
		writeReference(&out, first)
		return markup(out.String() + s[size:])
	case numbered().MatchString(s):
		end := strings.IndexAny(s, ".)")
		var out strings.Builder
		writeReference(&out, rune(s[end]))
		return markup(s[:end] + out.String() + s[end+1:])
	}
	return text
}

var (
	importing = pattern.Of(`^(import|export)\b`)
	numbered  = pattern.Of(`^[0-9]{1,9}[.)]`)
)

// plainCode matches text that every renderer prints verbatim between backticks.
var plainCode = pattern.Of(`^[\p{L}\p{N}_\-.:/,;@#%=+()'"?!*\[\]$&~^>{} ]+$`)

// code returns text quoted from the wire: inline code where every renderer
// prints it alike, and escaped text where one would not.
func (p *page) code(text string) markup {
	text = model.Visible(text)
	if text == "" {
		return p.words("(empty)|stands for what is quoted")
	}
	parted := apart(text)
	if parted == text && plainCode().MatchString(text) && strings.TrimSpace(text) == text && !strings.Contains(text, "  ") {
		return markup("`" + text + "`")
	}
	var out strings.Builder
	for i, r := range parted {
		if seam(parted, i) {
			out.WriteString("&#8203;")
		}
		switch {
		case r == '\u200b':
			out.WriteString("&#8203;")
		case r == '\n' || r == '\t':
			out.WriteByte(' ')
		case isWord(r), r == ' ', r > unicode.MaxLatin1:
			out.WriteRune(r)
		default:
			writeReference(&out, r)
		}
	}
	if strings.TrimSpace(out.String()) == "" {
		return p.words("(blank)|stands for what is quoted")
	}
	return markup(strings.TrimSpace(out.String()))
}

// linkable matches what prose links: addresses of the web and of mail, and words
// that may be codes.
var linkable = pattern.Of(`\bhttps?://[^\s<>"'|{}\\^\[\]` + "`" + `]+|` +
	`\b[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b`)

// prose returns one line of text as markup, with its addresses and the API's
// codes linked.
func (p *page) prose(text string) markup {
	text = line(text)
	var out strings.Builder
	rest := 0
	for _, at := range linkable().FindAllStringIndex(text, -1) {
		found := text[at[0]:at[1]]
		link, length := p.link(found)
		if link == "" {
			continue
		}
		out.WriteString(string(between(text, rest, at[0])))
		out.WriteString(string(link))
		rest = at[0] + length
	}
	out.WriteString(string(between(text, rest, len(text))))
	return markup(out.String())
}

// between escapes a part of a line.
func between(text string, from, to int) markup {
	var out strings.Builder
	var before rune
	if from > 0 {
		before, _ = utf8.DecodeLastRuneInString(text[:from])
	}
	for i, r := range text[from:to] {
		rest := text[from+i:]
		if seam(text, from+i) {
			out.WriteString("&#8203;")
		}
		if bareAddress().MatchString(rest) || r == '.' && strings.HasSuffix(text[:from+i], "www") {
			writeReference(&out, r)
		} else {
			writeRune(&out, before, r, next(rest))
		}
		before = r
	}
	return markup(out.String())
}

// bareAddress matches what makes an address of the word before it: some
// renderers would link it, in their own ways.
var bareAddress = pattern.Of(`^://\w`)

// next returns the second rune of a text, or 0.
func next(text string) rune {
	_, size := utf8.DecodeRuneInString(text)
	if size == len(text) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(text[size:])
	return r
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

// said returns a text of package say as markup, with the spaces around what is quoted.
func (p *page) said(text say.Text) markup {
	var out strings.Builder
	for _, span := range text {
		if span.Wire {
			out.WriteString(string(p.code(span.Text)))
			continue
		}
		words := line("." + span.Text + ".")
		words = words[1 : len(words)-1]
		out.WriteString(string(between(words, 0, len(words))))
	}
	return markup(out.String())
}
