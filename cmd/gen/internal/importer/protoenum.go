package importer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// protoEnum is an enum, under its full name.
type protoEnum struct {
	name    string
	comment string
	file    string
	of      *protoStatement
}

var (
	wordsOfErrors = []string{"error", "errors", "err", "errs", "exception", "exceptions", "fault", "faults", "failure", "failures"}
	wordsOfCodes  = []string{"code", "codes", "reason", "reasons"}
	// lastOfErrors are what names of enums of errors end in; others, such as ErrorSeverity,
	// say something about errors.
	lastOfErrors  = slices.Concat(wordsOfErrors, wordsOfCodes, []string{"type", "types", "kind", "cause", "causes", "id", "name"})
	namedByParent = []string{"code", "reason", "type", "kind", "cause", "enum", "id"}
	aboutErrors   = pattern.Of(`(?i)\berrors?\b`)
)

// isOfErrors reports whether the values of an enum are codes of errors: by its name, or that of
// the message it is in, or else by what its comment says.
func (e *protoEnum) isOfErrors() bool {
	parts := strings.Split(e.name, ".")
	words := protoWords(parts[len(parts)-1])
	if len(words) == 1 && slices.Contains(namedByParent, words[0]) && len(parts) > 1 {
		words = append(protoWords(parts[len(parts)-2]), words...)
	}
	if len(words) > 1 && words[len(words)-1] == "enum" {
		words = words[:len(words)-1]
	}
	if len(words) == 0 || !slices.Contains(lastOfErrors, words[len(words)-1]) || slices.Contains(words, "on") {
		return false
	}
	if slices.ContainsFunc(words, func(word string) bool { return slices.Contains(wordsOfErrors, word) }) {
		return true
	}
	return slices.Contains(wordsOfCodes, words[len(words)-1]) && (aboutErrors().MatchString(oneLine(e.comment)) || e.hasStatuses())
}

// protoWords returns the words of a name in lower case.
func protoWords(name string) []string {
	words := naming.Words(name)
	for i := range words {
		words[i] = strings.ToLower(words[i])
	}
	return words
}

// enumsOfErrors returns the enums whose values are codes, in the order of the files.
func (p *protoReader) enumsOfErrors() []*protoEnum {
	p.ofErrors = slices.DeleteFunc(p.ofErrors, func(e *protoEnum) bool { return !e.isOfErrors() })
	return p.ofErrors
}

// protoValue is a value of an enum.
type protoValue struct {
	name, number string
	of           *protoStatement
}

// values lists the values of an enum.
func (e *protoEnum) values() (all []protoValue) {
	for _, s := range e.of.block {
		if equals := s.index("=", 0); equals == 1 && s.word(0) != "" && len(s.tokens) > 2 {
			all = append(all, protoValue{s.word(0), s.tokens[2].text, s})
		}
	}
	return all
}

// prefix returns what all values of an enum start with because it is the enum's name.
func (e *protoEnum) prefix() string {
	words := protoWords(e.name[strings.LastIndexByte(e.name, '.')+1:])
	values := e.values()
	for n := len(words); n > 0 && len(values) > 1; n-- {
		prefix := strings.ToUpper(strings.Join(words[:n], "_")) + "_"
		if !slices.ContainsFunc(values, func(v protoValue) bool { return !strings.HasPrefix(v.name, prefix) }) {
			return prefix
		}
	}
	return ""
}

var (
	isNoError   = pattern.Of(`^(?:ok|success|no errors?|none)$`)
	isUndefined = pattern.Of(`^(?:.* )?(?:unspecified|undefined|unset|not set|default)$|^(?:undefined|unspecified) `)
)

// codes lists the values of an enum that are codes: not those for no error, nor those for an
// enum that is not set or has a value that its reader doesn't know.
func (e *protoEnum) codes() (all []protoValue) {
	prefix, undefined := e.prefix(), false
	for _, v := range e.values() {
		words := strings.Join(protoWords(strings.TrimPrefix(v.name, prefix)), " ")
		switch {
		case isNoError().MatchString(words), words == "unknown" && (v.number == "0" || undefined):
		case v.number == "0" && isUndefined().MatchString(words):
			undefined = true
		case len(v.name) <= maxCode:
			all = append(all, v)
		}
	}
	return all
}

// listed returns the codes of an enum as values of a place.
func (e *protoEnum) listed() (all []value) {
	for _, v := range e.codes() {
		all = append(all, value{text: v.name})
	}
	return all
}

// enum adds the codes of an enum.
func (p *protoReader) enum(e *protoEnum) {
	prefix, usual := e.prefix(), 0
	for _, o := range e.of.options() {
		if status := optionStatus(o.Key.Text, o.Value.Text); status != 0 {
			usual = status
		}
		p.isKratos = p.isKratos || strings.HasPrefix(o.Key.Text, "errors.")
	}
	byNumber := make(map[string]*entry)
	for i, v := range e.codes() {
		short := strings.TrimPrefix(v.name, prefix)
		if first := byNumber[v.number]; first != nil { // allow_alias: JSON has the first
			first.aliases = append(first.aliases, v.name)
			continue
		}
		c, isNew := p.code(v.name)
		if !isNew {
			c.notes = append(c.notes, "Also in "+e.name+".")
			continue
		}
		byNumber[v.number] = c
		c.meaning = firstSentence(oneLine(v.of.comment))
		if c.meaning == "" {
			c.meaning = naming.Title(short)
		}
		if prefix != "" {
			c.goName = naming.Exported(short, "Code")
		}
		if prefix != "" && i == 0 {
			c.notes = append(c.notes, toDo("do replies say "+v.name+", or "+short+"?"))
		}
		if len(p.ofErrors) > 1 {
			c.notes = append(c.notes, "In the enum "+e.name+".")
		}
		if usual != 0 {
			c.statuses = []int{usual}
		}
		p.valueOptions(c, v)
	}
}

// valueOptions takes over what options of a value say.
func (p *protoReader) valueOptions(c *entry, v protoValue) {
	for _, o := range v.of.options() {
		name, said := o.Key.Text, o.Value.Text
		last := strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
		p.isKratos = p.isKratos || strings.HasPrefix(name, "errors.")
		switch status := optionStatus(name, said); {
		case status != 0:
			c.statuses = []int{status}
		case last == "deprecated" && said == "true":
			c.notes = append(c.notes, "Deprecated.")
		case strings.Contains(last, "retr") && (said == "true" || said == "false"):
			c.category.name = map[string]string{"true": "transient", "false": "permanent"}[said]
			c.notes = append(c.notes, "The option "+name+" says whether to retry.")
		case strings.HasSuffix(last, "message") || strings.HasSuffix(last, "description") || last == "msg" || last == "desc":
			if said = firstSentence(said); said != "" {
				c.meaning = said
			}
		}
	}
}

// optionStatus returns the HTTP status that an option gives, as a number or by the name of a
// code of gRPC, or 0.
func optionStatus(name, said string) int {
	last := strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	if !strings.Contains(last, "code") && !strings.Contains(last, "status") {
		return 0
	}
	if c := rpcCodeNamed(said); c != nil {
		return c.status
	}
	if n, err := strconv.Atoi(said); err == nil && n >= 400 && n <= 599 {
		return n
	}
	return 0
}

// hasStatuses reports whether the options of an enum or of its values say which statuses they
// come with, as only errors do.
func (e *protoEnum) hasStatuses() bool {
	for _, s := range append(e.of.block, e.of) {
		for _, o := range s.options() {
			if optionStatus(o.Key.Text, o.Value.Text) != 0 {
				return true
			}
		}
	}
	return false
}
