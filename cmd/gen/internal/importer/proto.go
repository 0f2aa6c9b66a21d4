package importer

import (
	"path"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// What .proto files say of errors are enums of codes, the messages that have them, and services,
// whose calls may end with any code of google.rpc.Code.

func isProto(f File) bool { return path.Ext(f.Name) == ".proto" || startsLikeProto().Match(f.Content) }

var startsLikeProto = pattern.Of(`^(?:\s|//[^\n]*\n|/\*[\s\S]*?\*/)*(?:syntax|edition)\s*=\s*["'](?:proto|20)[0-9]`)

// protoReader reads files that may import each other.
type protoReader struct {
	*draft
	messages map[string]*protoMessage // by their full names
	enums    map[string]*protoEnum
	listed   []*protoMessage // in the order of the files
	ofErrors []*protoEnum    // all enums, and then those whose values are codes
	replies  []protoReply
	hasHTTP  bool   // a call has google.api.http
	host     string // google.api.default_host
	isKratos bool   // an enum has the options of go-kratos
}

// protoMessage is a message with the fields that may be in a reply.
type protoMessage struct {
	name   string
	fields []protoField
	isPart bool // of another message
	leads  bool // to a code
}

// protoField is a field, under its name in JSON.
type protoField struct {
	name   string
	kind   string // its type, by a name that may be short
	scope  string // in which that is looked up
	oneof  string // that it is one of
	isList bool   // repeated, or a map

	message *protoMessage // that it holds
	codes   *protoEnum    // of errors, if that is its type
}

// protoReply is the message that a call answers with.
type protoReply struct{ name, scope string }

func readProto(files []File) (*draft, error) {
	p := &protoReader{draft: new(draft), messages: make(map[string]*protoMessage), enums: make(map[string]*protoEnum)}
	var all [][]*protoStatement
	for _, f := range files {
		statements, err := protoStatements(f)
		if err != nil {
			return nil, err
		}
		all = append(all, statements)
	}
	for i, statements := range all {
		p.file(statements, files[i].Name)
	}
	for _, e := range p.enumsOfErrors() {
		p.enum(e)
	}
	if len(p.codes)+len(p.operations) == 0 {
		return nil, faultf(diag.Place{File: files[0].Name}, "no service, and no enum of errors: its name has a word such as error, code or reason, or its comment says what it is")
	}
	p.protoForms()
	return p.draft, nil
}

// protoVersion matches the last part of a package that has versions.
var protoVersion = pattern.Of(`^v[0-9]+(?:(?:alpha|beta|p)[0-9]*)*$`)

// file reads what a file defines.
func (p *protoReader) file(statements []*protoStatement, name string) {
	scope, hasService := "", false
	for _, s := range statements {
		switch s.word(0) {
		case "package":
			scope = s.word(1)
		case "service":
			hasService = true
		}
	}
	parts := strings.Split(scope, ".")
	for i := len(parts) - 1; i >= 0 && (p.title == "" || hasService && len(p.operations) == 0); i-- {
		if part := parts[i]; part != "" && !protoVersion().MatchString(part) && !slices.Contains(fillers, strings.ToLower(part)) {
			p.title = naming.Title(part)
			break
		}
	}
	p.define(scope, statements, name)
	for _, s := range statements {
		if word, next := s.keyword(); word == "service" {
			p.service(scope, s.word(next), s)
		}
	}
}

// within returns a name in a scope.
func within(scope, name string) string { return strings.TrimPrefix(scope+"."+name, ".") }

// define notes the messages and enums of a scope.
func (p *protoReader) define(scope string, statements []*protoStatement, file string) {
	for _, s := range statements {
		word, next := s.keyword()
		if !s.hasBlock {
			continue
		}
		switch name := s.word(next); {
		case word == "enum":
			e := &protoEnum{name: within(scope, name), comment: s.comment, file: file, of: s}
			p.enums[e.name] = e
			p.ofErrors = append(p.ofErrors, e)
		case word == "message":
			m := &protoMessage{name: within(scope, name)}
			m.read(s.block, "")
			p.messages[m.name] = m
			p.listed = append(p.listed, m)
			p.define(m.name, s.block, file)
		case word == "oneof", word == "extend":
			p.define(scope, s.block, file)
		}
	}
}

// notFields are words that statements of messages start with that have no field.
var notFields = []string{"option", "reserved", "extensions", "extend", "message", "enum", "export", "local"}

// read notes the fields of a message or of a oneof in it.
func (m *protoMessage) read(statements []*protoStatement, oneof string) {
	for _, s := range statements {
		word := s.word(0)
		if s.hasBlock {
			if word == "oneof" {
				m.read(s.block, s.word(1))
			}
			continue
		}
		equals := s.index("=", 0)
		if slices.Contains(notFields, word) || equals < 2 {
			continue
		}
		f := protoField{name: jsonName(s.word(equals - 1)), kind: s.word(equals - 2), scope: m.name, oneof: oneof, isList: word == "repeated"}
		if word == "map" && s.tokens[1].is("<") && equals >= 5 { // map<string, T> name = 1
			f.kind, f.isList = s.word(4), true
		}
		for _, o := range s.options() {
			if o.Key.Text == "json_name" {
				f.name = o.Value.Text
			}
		}
		if f.name != "" {
			m.fields = append(m.fields, f)
		}
	}
}

// jsonName is the name of a field in JSON where its definition says no other.
func jsonName(name string) string {
	var out strings.Builder
	for i, part := range strings.Split(name, "_") {
		if i > 0 && part != "" {
			part = strings.ToUpper(part[:1]) + part[1:]
		}
		out.WriteString(part)
	}
	return out.String()
}

// lookUp returns what a name means in a scope, from the inside out.
func lookUp[T any](all map[string]T, scope, name string) (found T) {
	if full, ok := strings.CutPrefix(name, "."); ok {
		return all[full]
	}
	for {
		if found, ok := all[within(scope, name)]; ok {
			return found
		}
		if scope == "" {
			return found
		}
		scope = scope[:max(0, strings.LastIndexByte(scope, '.'))]
	}
}

// service adds the operations of a service.
func (p *protoReader) service(scope, name string, s *protoStatement) {
	full := within(scope, name)
	if p.title == "" {
		p.title = naming.Title(name)
	}
	if p.summary == "" {
		p.summary = firstParagraph(s.comment)
	}
	for _, o := range s.options() {
		if strings.HasSuffix(o.Key.Text, "default_host") {
			p.host = o.Value.Text
		}
	}
	for _, rpc := range s.block {
		if rpc.word(0) != "rpc" || rpc.word(1) == "" {
			continue
		}
		op := &operation{name: clean(rpc.word(1), maxTitle), title: firstSentence(oneLine(rpc.comment)), method: "POST", path: "/" + full + "/" + rpc.word(1)}
		for _, o := range rpc.options() {
			switch name := o.Key.Text; {
			case strings.HasSuffix(name, "google.api.http"):
				p.bind(op, o.Value)
			case strings.HasSuffix(name, "google.api.http.get"), strings.HasSuffix(name, "google.api.http.put"), strings.HasSuffix(name, "google.api.http.post"), strings.HasSuffix(name, "google.api.http.delete"), strings.HasSuffix(name, "google.api.http.patch"):
				verb := name[strings.LastIndexByte(name, '.')+1:]
				p.bind(op, &syntax.Node{Kind: syntax.Mapping, Pairs: []syntax.Pair{{Key: &syntax.Node{Text: verb}, Value: o.Value}}})
			case name == "idempotency_level":
				op.isRepeatable = o.Value.Text == "IDEMPOTENT" || o.Value.Text == "NO_SIDE_EFFECTS"
			}
		}
		op.isRepeatable = op.isRepeatable && op.method == "POST" || op.isRepeatable && op.method == "PATCH"
		p.nameOperation(op)
		if len(op.path) <= maxPath {
			p.operations = append(p.operations, op)
		}
		if returns := rpc.index("returns", 0); returns > 0 {
			reply := rpc.word(returns + 2)
			if reply == "stream" && rpc.word(returns+3) != "" {
				reply = rpc.word(returns + 3)
			}
			p.replies = append(p.replies, protoReply{reply, full})
		}
	}
}

// bind gives an operation the method and the path that google.api.http says.
func (p *protoReader) bind(op *operation, rule *syntax.Node) {
	method, path := binding(rule)
	if path == "" {
		return
	}
	p.hasHTTP = true
	op.method, op.path = method, path
	var others []string
	for _, pair := range rule.Pairs {
		if pair.Key.Text != "additional_bindings" {
			continue
		}
		for _, other := range append(pair.Value.Items, pair.Value) {
			if method, path := binding(other); path != "" {
				others = append(others, method+" "+path)
			}
		}
	}
	if len(others) > 0 {
		op.comment = "also " + strings.Join(others, ", ")
	}
}

// binding returns the method and the path of a rule.
func binding(rule *syntax.Node) (method, path string) {
	for _, verb := range []string{"get", "put", "post", "delete", "patch"} {
		if at := text(rule, verb); at != "" {
			return strings.ToUpper(verb), pathOfTemplate(at)
		}
	}
	return strings.ToUpper(clean(text(rule, "custom", "kind"), 20)), pathOfTemplate(text(rule, "custom", "path"))
}

var templateVariable = pattern.Of(`\{([^{}=]*)(?:=([^{}]*))?\}`)

// pathOfTemplate returns a path with a name for each step that can be anything:
// /v1/{name=shops/*/orders/*} is /v1/shops/{shop}/orders/{order}.
func pathOfTemplate(template string) string {
	path := templateVariable().ReplaceAllStringFunc(template, func(variable string) string {
		parts := templateVariable().FindStringSubmatch(variable)
		steps := strings.Split(parts[2], "/")
		if len(steps) == 1 {
			return "{" + parts[1] + "}"
		}
		for i, step := range steps {
			if step != "*" && step != "**" {
				continue
			}
			steps[i] = "{id}"
			if i > 0 && !strings.HasPrefix(steps[i-1], "{") {
				steps[i] = "{" + strings.TrimSuffix(steps[i-1], "s") + "}"
			}
		}
		return strings.Join(steps, "/")
	})
	if path = clean(path, maxPath); !strings.HasPrefix(path, "/") {
		return ""
	}
	return path
}

// oneLine returns the first paragraph of a comment on one line.
func oneLine(comment string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(comment), "\n\n")
	return strings.ReplaceAll(first, "\n", " ")
}
