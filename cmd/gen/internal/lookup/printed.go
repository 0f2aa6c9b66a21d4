package lookup

import (
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// readPrinted reads the object that a text starts with as Python, Ruby, PHP and Node.js
// print one, or as somebody types it: with single quotes, names without quotes, =>, None
// and True. It returns the object in JSON and its length in the text, or 0 if it is none.
func readPrinted(text string) (object string, end int) {
	p := printed{text: text}
	if !strings.HasPrefix(text, "{") || !p.value(0) {
		return "", 0
	}
	return p.json.String(), p.at
}

// printed reads a text from a place on, and writes JSON.
type printed struct {
	text string
	at   int
	json strings.Builder
}

// maxDepth is how deep objects go in what is printed.
const maxDepth = 32

// value reads a value, and reports whether there is one.
func (p *printed) value(depth int) bool {
	p.space()
	if depth > maxDepth || p.at >= len(p.text) {
		return false
	}
	switch c := p.text[p.at]; {
	case c == '{':
		return p.members(depth, '}', true)
	case c == '[' && hint().MatchString(p.rest()):
		p.at += len(hint().FindString(p.rest()))
		p.json.WriteString("null")
		return true
	case c == '[':
		return p.members(depth, ']', false)
	case isQuote(c):
		return p.quoted()
	case (c == 'b' || c == 'u') && p.at+1 < len(p.text) && isQuote(p.text[p.at+1]):
		p.at++
		return p.quoted()
	}
	if class := classPrefix().FindString(p.rest()); class != "" {
		p.at += len(class) - 1
		return p.value(depth)
	}
	return p.word()
}

// members reads what stands in brackets, up to the one that closes.
func (p *printed) members(depth int, closing byte, named bool) bool {
	p.json.WriteByte(p.text[p.at])
	p.at++
	for count := 0; ; count++ {
		p.space()
		if p.at < len(p.text) && p.text[p.at] == closing {
			p.json.WriteByte(closing)
			p.at++
			return true
		}
		if count > 0 {
			p.json.WriteByte(',')
		}
		if named && !p.name() || !p.value(depth+1) {
			return false
		}
		p.space()
		switch {
		case p.at >= len(p.text):
			return false
		case p.text[p.at] == ',':
			p.at++
		case p.text[p.at] != closing:
			return false
		}
	}
}

// name reads the name of a member and what stands between it and the value.
func (p *printed) name() bool {
	if p.at == len(p.text) {
		return false
	}
	if isQuote(p.text[p.at]) {
		if !p.quoted() {
			return false
		}
	} else {
		found := barename().FindString(p.rest())
		if found == "" {
			return false
		}
		p.json.WriteString(`"` + strings.Trim(found, ":[]") + `"`)
		p.at += len(found)
	}
	p.space()
	rest := p.rest()
	switch {
	case strings.HasPrefix(rest, "=>"):
		p.at += len("=>")
	case strings.HasPrefix(rest, ":"):
		p.at++
	default:
		return false
	}
	p.json.WriteByte(':')
	return true
}

// quoted reads a text in quotes.
func (p *printed) quoted() bool {
	quote := p.text[p.at]
	p.json.WriteByte('"')
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == quote:
			p.json.WriteByte('"')
			p.at++
			return true
		case c == '"':
			p.json.WriteString(`\"`)
		case c == '\\':
			escape := textEscape().FindString(p.rest())
			switch {
			case escape == "":
				return false
			case escape[1] == 'x':
				p.json.WriteString(`\u00` + escape[2:])
			case len(escape) > 2 || strings.IndexByte(`"\/bfnrt`, escape[1]) >= 0:
				p.json.WriteString(escape)
			default:
				p.json.WriteByte(escape[1])
			}
			p.at += len(escape) - 1
		case c < ' ':
			return false
		default:
			p.json.WriteByte(c)
		}
	}
	return false
}

// word reads what stands without quotes: a number, a constant, the name of one, or what
// is only hinted at.
func (p *printed) word() bool {
	word := bareword().FindString(p.rest())
	p.at += len(word)
	switch {
	case word == "":
		return false
	case word == "True" || word == "true":
		p.json.WriteString("true")
	case word == "False" || word == "false":
		p.json.WriteString("false")
	case word == "None" || word == "nil" || word == "null" || word == "undefined":
		p.json.WriteString("null")
	case jsonNumber().MatchString(word):
		p.json.WriteString(word)
	default:
		p.json.WriteString(`"` + word + `"`)
	}
	return true
}

func (p *printed) space() {
	for p.at < len(p.text) && strings.IndexByte(" \n\r\t", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *printed) rest() string { return p.text[p.at:min(len(p.text), p.at+maxBare)] }

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// maxBare is how long a name or a word without quotes is.
const maxBare = 128

var (
	barename    = pattern.Of(`^(?::?[A-Za-z_$][A-Za-z0-9_$-]*|\[[A-Za-z0-9(). ]+\])`)
	bareword    = pattern.Of(`^(?::?[A-Za-z_$][A-Za-z0-9_.$]*(?:\([^()"'{}\n\\]*\))?|[+-]?[0-9][0-9A-Za-z_.+-]*|<[^<>"{}\n\\]*>|\.\.\.[^,"{}\n\]\\]*)`)
	classPrefix = pattern.Of(`^(?:<ref \*[0-9]+> )?(?:[A-Za-z_$][A-Za-z0-9_.$]*(?:\([0-9]+\))?(?: \[[A-Za-z0-9_. ]+\])* ?)?\{`)
	hint        = pattern.Of(`^\[(?:Function|class|Getter|Setter|Circular|Object|Array|Symbol)[^\[\]"'{}\n\\]*\]`)
	textEscape  = pattern.Of(`^\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[ -tvwy-~])`)
	jsonNumber  = pattern.Of(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$`)
)
