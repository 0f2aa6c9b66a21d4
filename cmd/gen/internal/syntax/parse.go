package syntax

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// Rules of this package.
const (
	RuleSyntax  = "syntax"
	RuleFeature = "yaml-feature"
	RuleNull    = "null"
	RuleLimit   = "too-large"
	RuleSwallow = "swallowed-key"
)

// Parse reads the only document of a file, which may have so many bytes.
func Parse(file string, source []byte, size int64) (*Node, []diag.Problem) {
	return NewReader(1, size).Parse(file, source)
}

// Parse reads the only document of a file. The tree is nil if the file is not
// YAML at all, or if the files have more bytes than their size or more in them than it
// allows; otherwise it holds all that could be read beside the problems.
func (r *Reader) Parse(file string, source []byte) (*Node, []diag.Problem) {
	if r.isFull() {
		return nil, nil // that is reported
	}
	p, ok := begin(file, source, r)
	if !ok || p.secondMark() {
		return nil, p.problems
	}
	decoder, read := watch(source, maxNodes(r.size)-r.nodes)
	var document yaml.Node
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) {
		p.emptyFile()
		return nil, p.problems
	}
	if read.exceeded() {
		r.nodes = maxNodes(r.size) + 1
		p.tooMany(p.mark(parserState(decoder).FieldByName("mark")))
		return nil, p.problems
	}
	if err != nil {
		p.syntaxError(decoder, err)
		return nil, p.problems
	}
	if isNull(document.Content[0]) {
		p.emptyFile()
		return nil, p.problems
	}
	if p.count(document.Content[0]); r.isFull() {
		return nil, p.problems
	}
	p.directives()
	p.findHidden()
	p.swallowedKeys()
	root := p.node(document.Content[0], 0)

	var second yaml.Node
	switch err := decoder.Decode(&second); {
	case err == nil:
		p.problem(p.place(&second), RuleFeature, "a second document; a spec is one document", "remove the --- line and what follows, or merge the two")
	case !errors.Is(err, io.EOF):
		p.syntaxError(decoder, err)
		return nil, p.problems
	}
	return root, p.problems
}

// begin returns what parses a file, and reports whether that can be a text of the size.
func begin(file string, source []byte, r *Reader) (p *parser, ok bool) {
	p = &parser{Reader: r, file: file, source: source}
	if r.bytes += int64(len(source)); r.isFull() {
		p.tooLarge()
		return p, false
	}
	p.lines = newLines(file, source)
	if at := invalidUTF8(source); at >= 0 {
		p.problem(p.placeAt(at), RuleSyntax, "the file is not UTF-8 text", "")
		return p, false
	}
	p.text = string(source)
	p.start = len(p.text) - len(strings.TrimPrefix(p.text, "\ufeff"))
	return p, true
}

type parser struct {
	*Reader
	file     string
	source   []byte
	lines    lines  // of the YAML parser
	text     string // the source
	start    int    // where it starts, behind the byte order mark
	starts   []int  // where its lines start, once that is asked for
	finder   *diag.Lines
	hidden   []Hidden
	hiddenAt []int // their offsets
	problems diag.List
}

func (p *parser) problem(at diag.Place, rule, message, hint string) {
	p.problems.Errorf(at, rule, "%s", message).Hint = hint
}

func (p *parser) emptyFile() {
	hint := "start with `format: 1`"
	if p.files > 1 {
		hint = "write what belongs there, or remove the file"
	}
	p.problem(diag.Place{File: p.file, Line: 1, Column: 1}, RuleSyntax, "the file is empty", hint)
}

func (p *parser) place(n *yaml.Node) diag.Place {
	return p.lines.at(n.Line-1, n.Column-1)
}

// node converts a node that is inside of so many others. What is below it can be collected
// from then on.
func (p *parser) node(n *yaml.Node, depth int) *Node {
	p.features(n)
	node := &Node{Place: p.place(n)}
	defer func() { n.Content = nil }()
	if depth > maxDepth {
		p.tooDeep(node.Place)
		node.Kind = Unreadable
		return node
	}
	switch n.Kind {
	case yaml.MappingNode:
		node.Kind = Mapping
		for i := 0; i < len(n.Content); i += 2 {
			p.pair(node, n.Content[i], n.Content[i+1], n.Style&yaml.FlowStyle != 0, depth)
		}
	case yaml.SequenceNode:
		node.Kind = Sequence
		for _, item := range n.Content {
			if isNull(item) {
				p.problem(p.place(item), RuleNull, "an empty list item", "write a value, or remove the item"+p.commented(p.place(item), ""))
				node.Items = append(node.Items, &Node{Kind: Unreadable, Place: p.place(item)})
				continue
			}
			node.Items = append(node.Items, p.node(item, depth+1))
			if n.Style&yaml.FlowStyle == 0 {
				p.swallowedItem(item)
			}
		}
	case yaml.ScalarNode:
		node.Text, node.Type = n.Value, scalarType(n)
		p.scalar(n, node)
	default:
		node.Kind = Unreadable
	}
	return node
}

// pair adds a pair to a mapping, which is written in braces or is not.
func (p *parser) pair(to *Node, key, value *yaml.Node, inBraces bool, depth int) {
	if key.ShortTag() == "!!merge" && !isQuoted(key) {
		p.problem(p.place(key), RuleFeature, "a merge key; each entry says all of itself", "write the keys out")
		to.Incomplete = true
		return
	}
	p.features(key)
	if key.Kind != yaml.ScalarNode {
		if key.Kind != yaml.AliasNode {
			p.problem(p.place(key), RuleFeature, "a key that is not a single value", "quote it if it is meant as text")
		}
		to.Incomplete = true
		return
	}
	k := &Node{Place: p.place(key), Text: key.Value, Plain: !isQuoted(key)}
	p.scalar(key, k)
	if !isNull(value) {
		to.Pairs = append(to.Pairs, Pair{Key: k, Value: p.node(value, depth+1)})
		return
	}
	at, hint := p.place(value), "write a value, or remove the key"
	if value.Value == "" {
		at = k.Place
		if inBraces && strings.Contains(key.Value, " ") {
			hint = "quote the whole text if a comma is part of it"
		} else if inBraces && lacksSpace(k) {
			hint = "write a space after the colon"
		} else if n := len(to.Pairs); inBraces && n > 0 && to.Pairs[n-1].Value.Kind == Scalar && p.lacksColon(k) {
			before := to.Pairs[n-1]
			hint = "write " + before.Key.Text + ": [" + before.Value.Text + ", " + key.Value + "] if it is a list"
		}
		if i := strings.IndexFunc(key.Value, isTypographic); inBraces && i >= 0 {
			r, _ := utf8.DecodeRuneInString(key.Value[i:])
			hint = typographicMessage(r) + "; write a straight quote: \" or '"
		}
	}
	if value.Value == "" {
		hint += p.commented(k.Place, ": ")
	}
	p.problem(at, RuleNull, "key "+diag.Quote(key.Value)+" has no value", hint)
	to.Pairs = append(to.Pairs, Pair{Key: k, Value: &Node{Kind: Unreadable, Place: at}})
}

// lacksSpace reports whether a key holds a colon that is meant as its end, as in {action:fail};
// an address such as https://example.org is none.
func lacksSpace(key *Node) bool {
	before, after, ok := strings.Cut(key.Text, ":")
	return ok && key.Plain && isName(before) && !strings.HasPrefix(after, "//")
}

// lacksColon reports whether a comma or a brace follows a key, as in {status: 404, 410}.
func (p *parser) lacksColon(key *Node) bool {
	line, offset := p.find(key.Place)
	after, ok := strings.CutPrefix(string(line[offset:]), key.Text)
	after = strings.TrimLeft(after, " \t")
	return ok && after != "" && strings.ContainsRune(",}", rune(after[0]))
}

// commented is what a hint adds if a comment follows a separator after a place, where a value
// is expected.
func (p *parser) commented(at diag.Place, separator string) string {
	line, offset := p.find(at)
	after := line[offset:min(offset+commentedWithin, len(line))]
	if _, rest, ok := bytes.Cut(after, []byte(separator)); ok && bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte("#")) {
		return "; quote a text that starts with #, or it is a comment"
	}
	return ""
}

// commentedWithin is how many bytes after a place are looked at, which is more than a key has.
const commentedWithin = 5 << 10

// features reports what YAML has and a spec does without.
func (p *parser) features(n *yaml.Node) {
	switch {
	case n.Kind == yaml.AliasNode:
		p.problem(p.place(n), RuleFeature, "alias *"+n.Value+"; each entry says all of itself", "write the value out")
	case n.Anchor != "":
		p.problem(p.place(n), RuleFeature, "anchor &"+n.Anchor+"; each entry says all of itself", "remove it")
	case n.Style&yaml.TaggedStyle != 0:
		p.problem(p.place(n), RuleFeature, "tag "+n.Tag+"; types come from the format", tagHint(n.Tag))
	}
}

// tagHint says what to do about a tag: one with a single ! is rather meant as text.
func tagHint(tag string) string {
	if strings.HasPrefix(tag, "!!") {
		return "remove it"
	}
	return "remove it, or quote a text that starts with !"
}

func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&^yaml.FlowStyle == 0 && n.ShortTag() == "!!null"
}

// isQuoted reports whether a scalar is text by its style.
func isQuoted(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

func scalarType(n *yaml.Node) Type {
	if isQuoted(n) {
		return Text
	}
	switch n.ShortTag() {
	case "!!int":
		return Integer
	case "!!float":
		return Float
	case "!!bool":
		return Boolean
	}
	return Text
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(source []byte) int {
	if utf8.Valid(source) {
		return -1
	}
	for i := 0; ; {
		r, size := utf8.DecodeRune(source[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
}
