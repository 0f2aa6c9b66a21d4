package markdown

import (
	"fmt"
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
	if !containsAny(text, "<!--", "[!", "mdx-", "::") {
		return text // as all that changed matches has one of them
	}
	return changed().ReplaceAllString(text, "$1$3"+zeroWidth+"$2$4")
}

func containsAny(text string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(text, part) })
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
		return endsEmoji(rest)
	case last == '/':
		return strings.HasSuffix(before, ":/") && rest[0] == '/' && isWord(next(rest))
	case rest[0] == '.':
		return strings.HasSuffix(strings.ToLower(before), "www") && isWord(next(rest))
	}
	return rest[0] == '@' && isMail(last, next(rest))
}

// endsEmoji reports whether a text starts with what follows the first colon of an emoji.
// A time of day is none.
func endsEmoji(text string) bool {
	name, _, ended := strings.Cut(text, ":")
	isLetter := func(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }
	isOther := func(r rune) bool { return !isLetter(r) && (r < '0' || r > '9') && r != '_' && r != '+' && r != '-' }
	return ended && !strings.ContainsFunc(name, isOther) &&
		(strings.ContainsFunc(name, isLetter) || slices.Contains([]string{"+1", "-1", "100", "1234"}, name))
}

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
	case (first == 'i' || first == 'e') && importing().MatchString(s), unicode.IsPunct(first), unicode.IsSymbol(first):
		var out strings.Builder
		writeReference(&out, first)
		return markup(out.String() + s[size:])
	case '0' <= first && first <= '9' && numbered().MatchString(s):
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

// isPlainCode asks plainCode, and most texts without it: names of letters, digits and _.
func isPlainCode(text string) bool {
	for i := range len(text) {
		if c := text[i]; c != '_' && !isASCIIWord(c) {
			return plainCode().MatchString(text)
		}
	}
	return text != ""
}

func isASCIIWord(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }

// code returns text quoted from the wire: inline code where every renderer
// prints it alike, and escaped text where one would not.
func (p *page) code(text string) markup {
	text = model.Visible(text)
	if text == "" {
		return p.words("(empty)|stands for what is quoted")
	}
	parted := apart(text)
	if parted == text && isPlainCode(text) && strings.TrimSpace(text) == text && !strings.Contains(text, "  ") {
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

// prose returns one line of text as markup, with its addresses and the API's
// codes linked.
func (p *page) prose(text string) markup {
	text = line(text)
	var out strings.Builder
	rest := 0
	for _, at := range links(text) {
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
	out.Grow(to - from)
	for at := from; at < to; {
		if n := meaningless(text, at, to); n > 0 {
			out.WriteString(text[at : at+n])
			at += n
			before = rune(text[at-1])
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:to])
		if seam(text, at) {
			out.WriteString("&#8203;")
		}
		if makesAddress(text[at:]) || r == '.' && strings.HasSuffix(text[:at], "www") {
			writeReference(&out, r)
		} else {
			writeRune(&out, before, r, next(text[at:]))
		}
		before = r
		at += size
	}
	return markup(out.String())
}

// meaningless returns how many bytes of a text, from one place up to another, are letters,
// digits and signs of ASCII that no renderer gives a meaning, wherever they stand but right
// behind a colon.
func meaningless(text string, from, to int) (n int) {
	if from > 0 && text[from-1] == ':' {
		return 0
	}
	for from+n < to && (isASCIIWord(text[from+n]) || strings.IndexByte(" ,;?()\"'", text[from+n]) >= 0) {
		n++
	}
	return n
}

// makesAddress reports whether a text starts with what makes an address of the word before
// it: some renderers would link it, in their own ways.
func makesAddress(text string) bool {
	return len(text) > 3 && text[:3] == "://" && (text[3] == '_' || isASCIIWord(text[3]))
}

// next returns the second rune of a text, or 0.
func next(text string) rune {
	_, size := utf8.DecodeRuneInString(text)
	if size == len(text) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(text[size:])
	return r
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
