package syntax

import "strings"

// quotes finds the texts in quotes of a source, also of one that the YAML parser does not
// read to its end. Of what is around them it knows as much as that needs.
type quotes struct {
	source string
	at     int
	line   int // where the line starts
	owner  int // the column, from 0, of the key or the hyphen that a value here belongs to
	depth  int // of brackets and braces
}

// quoted is a text in quotes.
type quoted struct {
	start, end int // of the quotes
	isClosed   bool
	owner      int // the column of the key or the hyphen around it: a line further to the left is not meant as a part
	column     int // of the opening quote, where nothing but hyphens is before it; else -1
}

func quotesOf(source string) *quotes { return &quotes{source: source, owner: -1} }

// next returns the next text in quotes.
func (q *quotes) next() (text quoted, ok bool) {
	for q.at < len(q.source) {
		switch c := q.source[q.at]; {
		case c == '\n':
			q.at++
			q.line = q.at
		case c == ' ', c == '\t', c == '\r':
			q.at++
		case c == '#':
			q.skipLine()
		case c == '"', c == '\'':
			return q.quoted(), true
		case strings.IndexByte("[{", c) >= 0:
			q.depth++
			q.at++
		case strings.IndexByte("]}", c) >= 0:
			q.depth--
			q.at++
		case c == ',':
			q.at++
		case strings.IndexByte("-?:", c) >= 0 && q.endsWord(q.at+1):
			if c == '-' && q.depth == 0 {
				q.owner = q.at - q.line
			}
			q.at++
		case strings.IndexByte("&*!", c) >= 0:
			for !q.endsWord(q.at) {
				q.at++
			}
		case q.depth == 0 && (c == '|' || c == '>'):
			q.skipLine()
			q.skipDeeper(func(string) bool { return true })
		default:
			q.plain()
		}
	}
	return quoted{}, false
}

// endsWord reports whether white space is at an offset, or the end.
func (q *quotes) endsWord(at int) bool {
	return at >= len(q.source) || strings.IndexByte(" \t\r\n", q.source[at]) >= 0
}

// lineEnd returns where the line ends that an offset is in.
func (q *quotes) lineEnd(at int) int {
	if n := strings.IndexByte(q.source[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(q.source)
}

func (q *quotes) skipLine() { q.at = q.lineEnd(q.at) }

// skipDeeper goes to the end of the lines that are further to the right than the owner, and
// for which a condition holds.
func (q *quotes) skipDeeper(holds func(text string) bool) {
	for q.at < len(q.source) {
		end := q.lineEnd(q.at + 1)
		text := strings.TrimLeft(q.source[q.at+1:end], " ")
		if strings.TrimSpace(text) != "" && (end-q.at-1-len(text) <= q.owner || !holds(text)) {
			return
		}
		q.at = end
	}
}

// plain goes to the end of a text without quotes, which may be a key.
func (q *quotes) plain() {
	start := q.at
	for ; q.at < len(q.source) && q.source[q.at] != '\n'; q.at++ {
		switch c := q.source[q.at]; {
		case c == ':' && q.endsWord(q.at+1):
			if q.depth == 0 {
				q.owner = start - q.line
			}
			return
		case c == '#' && q.endsWord(q.at-1), q.depth > 0 && strings.IndexByte(",[]{}", c) >= 0:
			return
		}
	}
	if q.depth == 0 {
		q.skipDeeper(func(text string) bool { return !startsKey(text) })
	}
}

// quoted goes to the end of a text in quotes, which may be a key.
func (q *quotes) quoted() quoted {
	t := quoted{start: q.at, owner: q.owner, column: -1}
	if q.depth == 0 && strings.Trim(q.source[q.line:q.at], " -") == "" {
		t.column = q.at - q.line
	}
	t.end, t.isClosed = closingQuote(q.source, q.at)
	q.at = t.end
	if after := strings.TrimLeft(q.source[q.at:], " "); q.depth == 0 && strings.HasPrefix(after, ":") {
		q.owner = t.column
	}
	return t
}

// closingQuote returns the offset behind the quote that closes the one at an offset.
func closingQuote(source string, start int) (end int, ok bool) {
	for i := start + 1; i < len(source); i++ {
		switch {
		case source[start] == '"' && source[i] == '\\':
			i++
		case source[i] != source[start]:
		case source[start] == '\'' && i+1 < len(source) && source[i+1] == '\'':
			i++
		default:
			return i + 1, true
		}
	}
	return len(source), false
}

// startsKey reports whether the text of a line is a key without quotes and what follows it.
func startsKey(text string) bool {
	text = strings.TrimRight(text, " \r")
	return !strings.ContainsAny(text[:min(1, len(text))], "\"'{[") && (strings.Contains(text, ": ") || strings.HasSuffix(text, ":"))
}

// swallowed returns the offset of the first line of a text in quotes that is not meant as a
// part of it: it is as far to the left as what is around the text, and written like a key, an
// item or a comment. Among the keys of a mapping, it is as far to the left as the text.
func (t *quoted) swallowed(source string, amongKeys bool) (at int, ok bool) {
	most := t.owner
	if amongKeys {
		most = max(most, t.column)
	}
	at = t.start
	for at < t.end {
		n := strings.IndexByte(source[at:t.end], '\n')
		if n < 0 {
			break
		}
		at += n + 1
		line, _, _ := strings.Cut(source[at:], "\n")
		text := strings.TrimLeft(line, " ")
		indent := len(line) - len(text)
		at += indent
		if indent <= most && (startsKey(text) || strings.HasPrefix(text, "- ") || strings.HasPrefix(text, "#")) {
			return at, true
		}
	}
	return 0, false
}

// isCutShort reports whether the quote that closes a text is meant as one that opens another:
// something follows it, and a space or a bracket is before it, or lines are between the two.
func (t *quoted) isCutShort(source string) bool {
	if !t.isClosed || t.end == len(source) || strings.IndexByte(" \t\r\n,:]}", source[t.end]) >= 0 {
		return false
	}
	return strings.IndexByte(" [{", source[t.end-2]) >= 0 || strings.Contains(source[t.start:t.end], "\n")
}

// unclosed returns the first text in quotes that is not closed where it was meant to be,
// before an offset at which that was noticed.
func unclosed(source string, noticed int) (start int, ok bool) {
	q := quotesOf(source)
	for text, ok := q.next(); ok && text.start <= noticed; text, ok = q.next() {
		if _, swallows := text.swallowed(source, true); swallows || !text.isClosed || text.isCutShort(source) {
			return text.start, true
		}
	}
	return 0, false
}
