package syntax

import (
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// tabFound is what the parser says of a tab in the indentation, in some places.
const tabFound = "found a tab character"

// tabBetween is said of one behind a hyphen.
const tabBetween = "a tab where YAML wants a space"

// noKey is what the parser says where a mapping goes on with something else than a key.
const noKey = "did not find expected key"

// noName is what the parser says of & and * that no name follows.
const noName = "did not find expected alphabetic or numeric character"

// noItem and noPair are what it says of a list in brackets and of a mapping in braces.
const (
	noItem = "did not find expected ',' or ']'"
	noPair = "did not find expected ',' or '}'"
)

const notClosed = "the quoted text is not closed"

// noTag is said of a text that starts with ! and is not a tag, for which the parser has many messages.
const noTag = "this is not a tag of YAML"

// noBlock is what the parser says of a text that starts on the line of its | or >.
const noBlock = "did not find expected comment or line break"

// noValue is what the parser says of a comma too many, or where the file ends after one.
const noValue = "did not find expected node content"

// wordings are the messages of the YAML parser that users meet, and what they
// mean to somebody who does not know its grammar.
var wordings = []struct{ theirs, ours string }{
	{noKey, "this is not a key of the mapping around it"},
	{"mapping values are not allowed", "a colon and a space inside a text without quotes"},
	{"found character that cannot start any token", "a text without quotes can't start with this character"},
	{noItem, "the list in brackets is not closed, or a comma is missing"},
	{noPair, "the mapping in braces is not closed, or a comma is missing"},
	{"found unexpected end of stream", notClosed},
	{"found unexpected document indicator", "the quoted text is not closed before the document ends"},
	{"could not find expected ':'", "a key without its colon"},
	{noName, "an anchor or an alias without its name"},
	{"did not find expected '-' indicator", "this is not an item of the list around it"},
	{"block sequence entries are not allowed", "a list item where a single value is expected"},
	{tabFound, "the line is indented with a tab; YAML allows only spaces"},
	{"found unknown escape character", "an escape that a text in double quotes does not have"},
	{"did not find expected hexdecimal number", "an escape without its hexadecimal digits"},
	{"did not find expected <document start>", "this does not belong to the document before it"},
	{"control characters are not allowed", "a control character"},
	{noBlock, "only a comment can follow | or > on its line"},
	{"found an indentation indicator equal to 0", "a text can't be indented by 0 spaces"},
	{noValue, "a value is missing here"},
	{"mapping keys are not allowed", "a text without quotes can't start with a question mark and a space"},
	{"found invalid Unicode character escape code", "an escape of a character that does not exist"},
	{"found unknown directive name", "a directive; a spec has none"},
	{"found undefined tag handle", noTag},
	{"did not find expected tag URI", noTag},
	{"did not find the expected '>'", noTag},
	{"did not find expected '!'", noTag},
	{"did not find URI escaped octet", noTag},
	{"did not find expected whitespace or line break", noTag},
}

// reword returns a message of the YAML parser in plain words, or unchanged if
// there are none.
func reword(message string) string {
	for _, w := range wordings {
		if strings.HasPrefix(message, w.theirs) {
			return w.ours
		}
	}
	if name, ok := strings.CutPrefix(message, "unknown anchor "); ok {
		return "alias *" + strings.Trim(strings.TrimSuffix(name, " referenced"), "'") + " of nothing"
	}
	return message
}

// rewordConstruct says what starts at the place around a fault.
func rewordConstruct(context string) string {
	for _, c := range []struct{ theirs, ours string }{
		{"flow sequence", "the list starts here"},
		{"flow mapping", "the mapping starts here"},
		{"block collection", "the list starts here"},
		{"block mapping", "the mapping starts here"},
		{"scalar", "the text starts here"},
		{"anchor", "it starts here"},
		{"alias", "it starts here"},
		{"tag", "it starts here"},
	} {
		if strings.Contains(context, c.theirs) {
			return c.ours
		}
	}
	return context
}

// strayMark says what is wrong where a mark stands that has no place there.
func (p *parser) strayMark(at diag.Place, message string) (ours, hint string) {
	_, after := p.line(at)
	switch mark, _, _ := strings.Cut(after, " "); {
	case !strings.HasPrefix(message, noKey) && !strings.HasPrefix(message, noValue):
		return "", ""
	case mark == "-" && strings.HasPrefix(message, noKey):
		return "a list item where a key is expected", "remove the dash, or indent the item below the key of its list"
	case strings.HasPrefix(mark, "}"):
		return "a brace too many", "remove it"
	case strings.HasPrefix(mark, "]"):
		return "a bracket too many", "remove it"
	}
	return "", ""
}

// hint says what usually is behind an error of the YAML parser.
func (p *parser) hint(at diag.Place, message string) string {
	switch {
	case strings.HasPrefix(message, "found unexpected end of stream"):
		return "close the quote"
	case p.atEnd(at):
		return "a bracket, a brace or a quote before it is not closed"
	case strings.HasPrefix(message, "unknown anchor"):
		return "quote a text that starts with *"
	case message == noItem, message == noPair:
		return "close it, or put a comma between its items; quote a text that holds a bracket, a brace or a comma"
	case strings.HasPrefix(message, tabFound):
		return "indent with spaces"
	case message == tabBetween:
		return "write a space"
	case strings.HasPrefix(message, noName):
		return "quote a text that starts with & or *"
	case strings.HasPrefix(message, "could not find expected ':'"):
		return "write a colon and a space after the key"
	case strings.HasPrefix(message, noBlock):
		return "start the text on the next line, or quote it if the sign is part of it"
	case strings.HasPrefix(message, noValue):
		return "write the value, or remove a comma"
	case reword(message) == noTag:
		return "quote a text that starts with !"
	case strings.Contains(message, "cannot start any token"), strings.HasPrefix(message, "mapping keys are not allowed"):
		return "quote a text that starts with a special character"
	case strings.Contains(message, noKeyHere):
		return "quote a text that holds a colon and a space"
	case strings.Contains(message, noKey) && strings.ContainsAny(p.before(at), "\"'"):
		return "quote the whole text: what follows a closing quote does not belong to it"
	case strings.Contains(message, noKey):
		return "keys of one mapping start in the same column; quote a text that holds special characters"
	}
	return ""
}

// before returns the part of a line before a place.
func (p *parser) before(at diag.Place) string {
	before, _ := p.line(at)
	return before
}
