package lookup

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// clean undoes what mail programs, editors, terminals and loggers do to a text.
func clean(s string) string { return dropQuoteMarks(cleanLines(s)) }

// cleanLines does the same but for the marks of mail quotes.
func cleanLines(s string) string {
	for range 2 { // &amp;quot; is not rare
		s = decodeEntities(s)
	}
	s = decodeEscapes(s)
	s = decodePercents(s)
	if doubled().MatchString(s) {
		s = strings.ReplaceAll(s, `""`, `"`) // an object in a field of a table
	}
	return dropColours(plain(s))
}

// doubled is how an object starts whose quotes were doubled.
var doubled = pattern.Of(`\{""[A-Za-z_]`)

// entities are the named HTML entities that matter around a code.
var entities = map[string]string{
	"quot": `"`, "apos": "'", "amp": "&", "lt": "<", "gt": ">", "lowbar": "_", "UnderBar": "_",
	"nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "NewLine": "\n", "Tab": " ",
	"shy": "", "zwnj": "", "zwj": "", "ZeroWidthSpace": "", "NoBreak": "",
	"ldquo": `"`, "rdquo": `"`, "lsquo": "'", "rsquo": "'", "laquo": `"`, "raquo": `"`,
	"hyphen": "-", "dash": "-", "ndash": "-", "mdash": "-", "minus": "-",
	"colon": ":", "comma": ",", "period": ".", "equals": "=", "sol": "/", "bsol": `\`, "vert": "|", "verbar": "|",
	"lbrace": "{", "lcub": "{", "rbrace": "}", "rcub": "}", "lbrack": "[", "lsqb": "[", "rbrack": "]", "rsqb": "]",
	"lpar": "(", "rpar": ")", "num": "#", "grave": "`",
}

// maxEntity is the length of the longest name or number between & and ;.
const maxEntity = 14

func decodeEntities(s string) string {
	return replaceFrom(s, '&', func(rest string) (string, int) {
		end := strings.IndexByte(rest[:min(len(rest), maxEntity+2)], ';')
		if end < 2 {
			return "", 0
		}
		key := rest[1:end]
		if key[0] != '#' {
			with, ok := entities[key]
			if !ok {
				return "", 0
			}
			return with, end + 1
		}
		number, base := key[1:], 10
		if strings.HasPrefix(number, "x") || strings.HasPrefix(number, "X") {
			number, base = number[1:], 16
		}
		if number == "" || base == 10 && !areDigits(number) || !areHex(number) {
			return "", 0
		}
		return character(number, base), end + 1
	})
}

// character returns the character with a number in text, or "" for none.
func character(number string, base int) string {
	value, err := strconv.ParseUint(number, base, 32)
	if err != nil || value == 0 || value > utf8.MaxRune || !utf8.ValidRune(rune(value)) {
		return ""
	}
	return string(rune(value))
}

// decodeEscapes undoes backslash escapes, however many times they were escaped
// again: \" \_ \/ \n \t \u005f \x5f. Other backslashes stay.
func decodeEscapes(s string) string {
	return replaceFrom(s, '\\', func(rest string) (string, int) {
		run := 0
		for run < len(rest) && rest[run] == '\\' {
			run++
		}
		if run == len(rest) {
			return rest, run
		}
		switch next := rest[run]; {
		case next == 'n' || next == 'r':
			return "\n", run + 1
		case next == 't' || next == 'b' || next == 'f':
			return " ", run + 1
		case next == 'u' && len(rest) >= run+5 && areHex(rest[run+1:run+5]):
			return character(rest[run+1:run+5], 16), run + 5
		case next == 'x' && len(rest) >= run+3 && areHex(rest[run+1:run+3]):
			return character(rest[run+1:run+3], 16), run + 3
		case strings.HasPrefix(rest[run:], "033["):
			return "\x1b", run + 3
		case next > ' ' && next < utf8.RuneSelf && !isLetter(rune(next)):
			return "", run
		}
		return rest[:run], run
	})
}

// decodePercents decodes the percent-encoded punctuation of URLs, not letters
// and digits: 10%500 does not hold a letter P.
func decodePercents(s string) string {
	return replaceFrom(s, '%', func(rest string) (string, int) {
		if len(rest) < 3 || !areHex(rest[1:3]) {
			return "", 0
		}
		with := character(rest[1:3], 16)
		if with == "" || with[0] < ' ' || with[0] >= 0x7f || isLetter(rune(with[0])) {
			return "", 0
		}
		return with, 3
	})
}

// replaceFrom calls at wherever mark stands, with the text from there on, and
// puts with in place of the first size bytes; a size of 0 leaves the mark.
func replaceFrom(s string, mark byte, at func(rest string) (with string, size int)) string {
	var out strings.Builder
	done := 0 // how much of s is in out
	for i := 0; ; {
		next := strings.IndexByte(s[i:], mark)
		if next < 0 {
			break
		}
		i += next
		with, size := at(s[i:])
		if size == 0 {
			i++
			continue
		}
		if done == 0 {
			out.Grow(len(s))
		}
		out.WriteString(s[done:i])
		out.WriteString(with)
		i += size
		done = i
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// plain maps every character to the plain one that it stands for.
func plain(s string) string {
	i := plainEnd(s, 0)
	if i == len(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for done := 0; ; {
		out.WriteString(s[done:i])
		if i == len(s) {
			return out.String()
		}
		r, size := plainAt(s[i:])
		if r >= 0 {
			out.WriteRune(r)
		}
		done = i + size
		i = plainEnd(s, done)
	}
}

// plainEnd returns where the plain characters end that stand from a place on.
func plainEnd(s string, i int) int {
	for i < len(s) {
		for i+8 <= len(s) && arePlain(eightBytes(s[i:])) {
			i += 8
		}
		if i < len(s) && isOdd[s[i]] && (s[i] != '<' || strings.HasPrefix(s[i:], "<wbr")) {
			break
		}
		i++
	}
	return min(i, len(s))
}

// arePlain reports whether none of eight bytes is odd, or a line end. A byte of the sum
// overflows where one is below a space, a <, above ~, or not ASCII.
func arePlain(b uint64) bool {
	const each = 0x0101010101010101
	return ((b-' '*each)|((b^'<'*each)-each)|(b+each)|b)&(0x80*each) == 0
}

// isOdd are the bytes that may stand for others.
var isOdd = func() (odd [256]bool) {
	for c := range odd {
		odd[c] = c < ' ' && c != '\n' || c > '~' || c == '<'
	}
	return odd
}()

// plainAt returns the plain character for what a text starts with, or -1 for none, and the
// length of that.
func plainAt(s string) (plain rune, size int) {
	if strings.HasPrefix(s, "\r\n") {
		return '\n', 2
	}
	for _, tag := range []string{"<wbr>", "<wbr/>", "<wbr />"} {
		if strings.HasPrefix(s, tag) {
			return -1, len(tag)
		}
	}
	plain, size = utf8.DecodeRuneInString(s)
	return plainRune(plain), size
}

// plainRange says what the characters from first to last stand for: a plain
// character, or nothing where they are not seen.
type plainRange struct {
	first, last rune
	plain       string
}

// plainRanges hold every character that is not plain, but for the full-width
// ones.
var plainRanges = []plainRange{
	{0, 0, ""}, {0xad, 0xad, ""}, {0x200b, 0x200f, ""}, {0x202a, 0x202e, ""}, {0x2060, 0x2064, ""}, {0x2066, 0x2069, ""},
	{0xfe00, 0xfe0f, ""}, {0xfeff, 0xfeff, ""}, // soft hyphen, zero width, direction marks, variation selectors, byte order mark
	{'\n', '\n', "\n"}, {'\r', '\r', "\n"}, {0x85, 0x85, "\n"}, {0x2028, 0x2029, "\n"},
	{0x1b, 0x1b, "\x1b"},
	{1, 0x1f, " "}, {0x7f, 0x7f, " "}, {0xa0, 0xa0, " "}, {0x2000, 0x200a, " "}, {0x202f, 0x202f, " "}, {0x205f, 0x205f, " "}, {0x3000, 0x3000, " "},
	{0x2010, 0x2015, "-"}, {0x2212, 0x2212, "-"}, {0xfe58, 0xfe58, "-"}, {0xfe63, 0xfe63, "-"},
	{0x201c, 0x201f, `"`}, {0xab, 0xab, `"`}, {0xbb, 0xbb, `"`}, {0x2033, 0x2033, `"`}, {0x300c, 0x300f, `"`},
	{0x3001, 0x3001, ","}, {0x3002, 0x3002, "."},
	{0x2018, 0x201b, "'"}, {0x2039, 0x203a, "'"}, {0xb4, 0xb4, "'"}, {0x2032, 0x2032, "'"},
}

// plainRune returns the plain character for r, or -1 for one that is not seen.
func plainRune(r rune) rune {
	if ' ' <= r && r < 0x7f || r == '\n' {
		return r
	}
	for _, p := range plainRanges {
		if p.first <= r && r <= p.last {
			if p.plain == "" {
				return -1
			}
			return rune(p.plain[0])
		}
	}
	if 0xff01 <= r && r <= 0xff5e {
		return r - 0xff01 + '!' // full width
	}
	return r
}

// dropColours drops the colour codes of terminals, also where their escape
// character got lost: ESC [31m, [0m.
func dropColours(s string) string {
	s = replaceFrom(s, '[', func(rest string) (string, int) {
		end := 1
		for end < len(rest) && (isDigit(rest[end]) || rest[end] == ';') {
			end++
		}
		if end == 1 || end > 12 || end == len(rest) || rest[end] != 'm' {
			return "", 0
		}
		return "", end + 1
	})
	return strings.ReplaceAll(s, "\x1b", "")
}

// dropQuoteMarks drops the > of mail quotes at the start of lines.
func dropQuoteMarks(s string) string {
	if !hasQuoteMark(s) {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for more := true; more; {
		var line string
		line, s, more = strings.Cut(s, "\n")
		for isQuoteMarked(line) {
			line = strings.TrimPrefix(strings.TrimLeft(line, " ")[1:], " ")
		}
		out.WriteString(line)
		if more {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// hasQuoteMark reports whether a line starts as in mail quotes.
func hasQuoteMark(s string) bool {
	if strings.Contains(s, ">") {
		for line := range strings.SplitSeq(s, "\n") {
			if isQuoteMarked(line) {
				return true
			}
		}
	}
	return false
}

func isQuoteMarked(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " "), ">") }

func areHex(s string) bool {
	for _, c := range []byte(s) {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
