package importer

import (
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// A .proto file is read as statements, whatever they say: of the libraries that there are, the
// one that knows the whole language adds to the start of every command, and the leaner ones
// run for ever on files that end too early or refuse comments in unusual places. Nothing here
// needs types that are resolved, so files that are imported may be missing.

// protoToken is a word, a string without its quotes, or a sign.
type protoToken struct {
	text     string
	isString bool
	at       int // where it starts, in bytes
}

// is reports whether a token is a word or a sign, and not a string of the same letters.
func (t protoToken) is(text string) bool { return !t.isString && t.text == text }

// protoStatement is what ends in a semicolon, or in a block of more statements.
type protoStatement struct {
	tokens   []protoToken
	block    []*protoStatement
	hasBlock bool
	comment  string // above it, or else behind it; lines end in \n
}

// protoLexer cuts a file into tokens.
type protoLexer struct {
	file   string
	source string
	at     int // what is not read yet
	line   int

	next   protoToken
	atEnd  bool   // there is no next
	above  string // the comment that ends in the line above it
	behind string // the comment behind the token before, in its line
	fault  *Fault // the first one; the file ends there
}

// skip moves over n bytes, and counts lines.
func (l *protoLexer) skip(n int) string {
	text := l.source[l.at : l.at+n]
	l.line += strings.Count(text, "\n")
	l.at += n
	return text
}

// fail notes what is wrong at an offset.
func (l *protoLexer) fail(at int, message string, args ...any) {
	if l.fault == nil {
		before := l.source[:at]
		place := diag.Place{File: l.file, Line: 1 + strings.Count(before, "\n"), Column: 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])}
		l.fault = faultf(place, "broken proto: "+message, args...)
	}
	l.at, l.atEnd = len(l.source), true
}

func isProtoWord(c byte) bool {
	return c == '_' || c == '.' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// read makes the next token.
func (l *protoLexer) read() {
	l.above, l.behind = "", ""
	isFirst, line := l.at == 0, l.line
	ends := 0 // the line in which the last comment ends
	for l.at < len(l.source) {
		switch rest := l.source[l.at:]; {
		case strings.IndexByte(" \t\r\n\v\f", rest[0]) >= 0:
			l.skip(1)
		case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"):
			starts, at := l.line, l.at
			text, ok := l.comment(rest)
			switch {
			case !ok:
				l.fail(at, "the comment has no end")
			case starts == line && !isFirst:
				l.behind = text
			case starts > ends+1 || len(l.above) > maxBody:
				l.above = text
			default:
				l.above += text
			}
			ends = l.line
		default:
			if l.line > ends+1 {
				l.above = ""
			}
			l.token(rest)
			return
		}
	}
	l.atEnd = true
}

// comment moves over a comment, and returns its lines without marks.
func (l *protoLexer) comment(rest string) (text string, ok bool) {
	if strings.HasPrefix(rest, "//") {
		end := strings.IndexByte(rest, '\n')
		if end < 0 {
			end = len(rest)
		}
		return strings.TrimSpace(strings.TrimLeft(l.skip(end), "/")) + "\n", true
	}
	end := strings.Index(rest[2:], "*/")
	if end < 0 {
		return "", false
	}
	var out strings.Builder
	for line := range strings.SplitSeq(strings.Trim(l.skip(end+4), "/"), "\n") {
		out.WriteString(strings.TrimSpace(strings.Trim(strings.TrimSpace(line), "*")) + "\n")
	}
	return strings.TrimSpace(out.String()) + "\n", true
}

func (l *protoLexer) token(rest string) {
	l.next = protoToken{at: l.at}
	n := 1
	switch c := rest[0]; {
	case c == '"' || c == '\'':
		text, length, ok := protoString(rest)
		if !ok {
			l.fail(l.next.at, "the string has no end")
			return
		}
		l.next.text, l.next.isString = text, true
		l.skip(length)
		return
	case isProtoWord(c):
		for n < len(rest) && isProtoWord(rest[n]) {
			n++
		}
	}
	l.next.text = l.skip(n)
}

// protoString returns the text of a string and its length with quotes.
func protoString(rest string) (text string, length int, ok bool) {
	var out strings.Builder
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == rest[0]:
			return out.String(), i + 1, true
		case c == '\n':
			return "", 0, false
		case c == '\\' && i+1 < len(rest):
			i++
			switch rest[i] {
			case 'n', 'r', 't':
				out.WriteByte(' ')
			default:
				out.WriteByte(rest[i])
			}
		default:
			out.WriteByte(c)
		}
	}
	return "", 0, false
}

// protoStatements reads a file.
func protoStatements(f File) ([]*protoStatement, error) {
	l := &protoLexer{file: f.Name, source: strings.TrimPrefix(string(f.Content), "\ufeff"), line: 1}
	l.read()
	all := l.statements(0)
	if !l.atEnd {
		l.fail(l.next.at, "} without a {")
	}
	if l.fault != nil {
		return nil, l.fault
	}
	return all, nil
}

// statements reads up to the end of a block.
func (l *protoLexer) statements(depth int) (all []*protoStatement) {
	for !l.atEnd && !l.next.is("}") {
		if l.next.is(";") {
			l.read()
			continue
		}
		if s := l.statement(depth); s != nil {
			all = append(all, s)
		}
	}
	return all
}

// statement reads up to a semicolon or the end of a block. In an option, and in brackets,
// braces are around a value.
func (l *protoLexer) statement(depth int) *protoStatement {
	s := &protoStatement{comment: l.above}
	first := l.next
	if depth > maxDepth {
		l.fail(first.at, "more than %d levels in each other", maxDepth)
		return nil
	}
	isOption, open := first.is("option"), 0
	for !l.atEnd {
		t := l.next
		switch {
		case t.is(";") && open == 0:
			l.read()
			s.behind(l)
			return s
		case t.is("{") && open == 0 && !isOption:
			l.read()
			s.behind(l)
			s.block, s.hasBlock = l.statements(depth+1), true
			if l.atEnd {
				l.fail(t.at, "the { has no }")
				return nil
			}
			l.read() // the }
			s.behind(l)
			return s
		case t.is("{"), t.is("["):
			open++
		case t.is("}") && open == 0:
			l.fail(t.at, "} instead of a semicolon")
			return nil
		case t.is("}"), t.is("]"):
			open--
		}
		if open > maxDepth {
			l.fail(t.at, "more than %d levels in each other", maxDepth)
		}
		s.tokens = append(s.tokens, t)
		l.read()
	}
	l.fail(first.at, "no semicolon ends it")
	return nil
}

// behind takes the comment behind a statement where there is none above it.
func (s *protoStatement) behind(l *protoLexer) {
	if s.comment == "" {
		s.comment = l.behind
	}
}

// word returns a token's text if it is a word, and "" otherwise.
func (s *protoStatement) word(i int) string {
	if i < len(s.tokens) && !s.tokens[i].isString && isProtoWord(s.tokens[i].text[0]) {
		return s.tokens[i].text
	}
	return ""
}

// keyword returns what a statement starts with, and the position of what follows. In edition
// 2024, a word before it can say who sees it.
func (s *protoStatement) keyword() (word string, next int) {
	word = s.word(0)
	if (word == "export" || word == "local") && s.hasBlock {
		return s.word(1), 2
	}
	return word, 1
}

// index returns the position of the first token that is a sign, from a position on, or -1.
func (s *protoStatement) index(sign string, from int) int {
	for i := from; i < len(s.tokens); i++ {
		if s.tokens[i].is(sign) {
			return i
		}
	}
	return -1
}

// options returns the options of a statement in brackets, and those in its block, by name.
func (s *protoStatement) options() []syntax.Pair {
	var all []syntax.Pair
	if open := s.index("[", 0); open >= 0 {
		v := protoValues{tokens: s.tokens[open+1:]}
		for v.more("]") {
			all = append(all, v.option())
		}
	}
	for _, inner := range s.block {
		if inner.word(0) == "option" && inner.index("=", 0) > 0 {
			v := protoValues{tokens: inner.tokens[1:]}
			all = append(all, v.option())
		}
	}
	return all
}

// protoValues reads the values of options as trees.
type protoValues struct{ tokens []protoToken }

func (v *protoValues) peek(sign string) bool { return len(v.tokens) > 0 && v.tokens[0].is(sign) }

func (v *protoValues) take() (t protoToken) {
	if len(v.tokens) > 0 {
		t, v.tokens = v.tokens[0], v.tokens[1:]
	}
	return t
}

// more skips separators, and reports whether something is left before the closing sign.
func (v *protoValues) more(closing string) bool {
	for v.peek(",") || v.peek(";") {
		v.take()
	}
	if v.peek(closing) {
		v.take()
		return false
	}
	return len(v.tokens) > 0
}

// option reads a name and its value: (google.api.http).get = "/v1/x", or name: {…}.
func (v *protoValues) option() syntax.Pair {
	name := v.take().text
	for len(v.tokens) > 0 && !v.peek("=") && !v.peek(":") && !v.peek("{") && !v.peek("[") && !v.peek(",") && !v.peek("]") && !v.peek("}") {
		name += v.take().text
	}
	if v.peek("=") || v.peek(":") {
		v.take()
	}
	return syntax.Pair{Key: &syntax.Node{Text: strings.NewReplacer("(", "", ")", "").Replace(name)}, Value: v.value()}
}

func (v *protoValues) value() *syntax.Node {
	n := new(syntax.Node)
	switch {
	case v.peek("{"):
		v.take()
		n.Kind = syntax.Mapping
		for v.more("}") {
			n.Pairs = append(n.Pairs, v.option())
		}
	case v.peek("["):
		v.take()
		n.Kind = syntax.Sequence
		for v.more("]") {
			n.Items = append(n.Items, v.value())
		}
	default:
		first := v.take()
		n.Text = first.text
		if first.is("-") {
			n.Text += v.take().text
		}
		for first.isString && len(v.tokens) > 0 && v.tokens[0].isString {
			n.Text += v.take().text
		}
	}
	return n
}
