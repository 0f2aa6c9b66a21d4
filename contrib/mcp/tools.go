package errkbmcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const asJSON = "--output=json"

// How long the values of arguments may be, in characters. Flags are arguments of a process,
// whose length the system limits.
const (
	maxText    = 1 << 20
	maxName    = 1000
	maxField   = 8000
	maxFields  = 100
	maxEntries = 500
)

// entriesAPage is how many entries a page of list has if nobody says.
const entriesAPage = 100

type explainInput struct {
	Text string `json:"text" jsonschema:"a code, a status, a raw reply with or without its header, a log line or a whole log, unchanged"`
	API  string `json:"api,omitempty" jsonschema:"the API that it is about, by its name; all of them if absent"`
}

type classifyInput struct {
	API       string   `json:"api,omitempty" jsonschema:"the API that replied, by its name; needed if the catalog has several"`
	Operation string   `json:"operation,omitempty" jsonschema:"the call that it answers, an operation of the API"`
	Status    *int     `json:"status,omitempty" jsonschema:"the HTTP status"`
	Header    []string `json:"header,omitempty" jsonschema:"fields of the header, each as Name: value"`
	Body      *string  `json:"body,omitempty" jsonschema:"the reply's body, unchanged"`
	Transport string   `json:"transport,omitempty" jsonschema:"why there was no reply: timeout, connection, dns, tls or canceled; then there is no status, header or body"`
}

type listInput struct {
	API    string `json:"api,omitempty" jsonschema:"this API only, by its name"`
	Offset int    `json:"offset,omitempty" jsonschema:"how many entries to leave out at the start; page.next of the page before"`
	Limit  int    `json:"limit,omitempty" jsonschema:"how many entries a page has"`
	Whole  bool   `json:"whole,omitempty" jsonschema:"entries and APIs with all that the catalog says of them; long"`
}

type entryInput struct {
	API  string `json:"api" jsonschema:"the name of the API"`
	Code string `json:"code" jsonschema:"the key of the entry: a code, a prefix as in 08*, a status, a class as in 5xx, or a failure such as timeout"`
	Kind string `json:"kind,omitempty" jsonschema:"code, prefix, status, status_class, transport, unknown or unrecognised; needed if several kinds have the code"`
}

type replayInput struct {
	Text string `json:"text" jsonschema:"captured replies or a log: JSON lines, HAR, an access log, or plain lines"`
	API  string `json:"api,omitempty" jsonschema:"the API of replies that do not name theirs"`
	From string `json:"from,omitempty" jsonschema:"the format: jsonl, json, access or text; what the text shows if absent"`
}

// addTools adds the tools, each of which only reads.
func (s *Server) addTools() {
	to := s.answers
	add(to, "explain", "Explain an error",
		"Says what a code, a status, a raw reply or any text with an error in it means by the catalog: what to do, who has to act, whether to retry and after which wait. Ask it first.",
		schemaOf[explanation](), s.explain)
	add(to, "classify", "Classify a reply",
		"Decides on one raw reply of an API, given in parts, as the generated client does: the action, the wait before a retry, and why.",
		schemaOf[decision](), s.classify)
	add(to, "list", "List the catalog",
		"Lists the APIs of the catalog and their entries with action and meaning, in pages.",
		schemaOf[listing](), s.list)
	add(to, "entry", "Show an entry",
		"Returns all that the catalog says of one code, status or failure of an API.",
		schemaOf[whole](), s.entry)
	add(to, "replay", "Replay captured replies",
		"Puts captured replies or a log of up to a megabyte through the catalog: what is known, which codes it does not list (each with a stub for the spec), and which retries were in vain.",
		schemaOf[report](), s.replay)
}

func add[In any](to *mcp.Server, name, title, description string, answers *jsonschema.Schema, handler func(context.Context, In) (*mcp.CallToolResult, error)) {
	closed := false
	mcp.AddTool(to, &mcp.Tool{
		Name:         name,
		Title:        title,
		Description:  description,
		InputSchema:  inputSchema[In](),
		OutputSchema: answers,
		Annotations:  &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}, func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, any, error) {
		result, err := handler(ctx, in)
		return result, nil, err // the result holds the command's JSON, with no digit changed
	})
}

func (s *Server) explain(ctx context.Context, in explainInput) (*mcp.CallToolResult, error) {
	return s.ask(ctx, in.Text, "explain", apiFlag(in.API, "-")...)
}

func (s *Server) classify(ctx context.Context, in classifyInput) (*mcp.CallToolResult, error) {
	args := apiFlag(in.API)
	if in.Operation != "" {
		args = append(args, "--operation="+in.Operation)
	}
	if in.Status != nil {
		args = append(args, "--status="+strconv.Itoa(*in.Status))
	}
	for _, field := range in.Header {
		args = append(args, "--header="+field)
	}
	if in.Transport != "" {
		args = append(args, "--transport="+in.Transport)
	}
	body := ""
	if in.Transport == "" || in.Body != nil {
		args = append(args, "-")
	}
	if in.Body != nil {
		body = *in.Body
	}
	return s.ask(ctx, body, "classify", args...)
}

func (s *Server) replay(ctx context.Context, in replayInput) (*mcp.CallToolResult, error) {
	args := apiFlag(in.API)
	if in.From != "" {
		args = append(args, "--from="+in.From)
	}
	return s.ask(ctx, in.Text, "replay", append(args, "-")...)
}

func (s *Server) list(ctx context.Context, in listInput) (*mcp.CallToolResult, error) {
	d, err := s.gen.catalog(ctx, in.API)
	if err != nil {
		return nil, err
	}
	table, err := s.gen.run(ctx, "", "list", apiFlag(in.API)...)
	if err != nil {
		return nil, err
	}
	p := d.cut(in.Offset, in.Limit)
	table.out, err = d.lines(table.out, p)
	if err != nil {
		return nil, err
	}
	return result(d.printed(p, in.Whole), table), nil
}

func (s *Server) entry(ctx context.Context, in entryInput) (*mcp.CallToolResult, error) {
	d, err := s.gen.catalog(ctx, in.API)
	if err != nil {
		return nil, err
	}
	e, err := d.find(in.API, in.Kind, in.Code)
	if err != nil {
		return nil, err
	}
	return result(e.raw, answer{out: e.text()}), nil
}

// ask asks the command twice, for its JSON and for its text.
func (s *Server) ask(ctx context.Context, stdin, verb string, args ...string) (*mcp.CallToolResult, error) {
	values, err := s.gen.run(ctx, stdin, verb, append(args, asJSON)...)
	if err != nil {
		return nil, err
	}
	text, err := s.gen.run(ctx, stdin, verb, args...)
	if err != nil {
		return nil, err
	}
	if !json.Valid(values.out) {
		return nil, errors.New("gen " + verb + " printed no JSON: it is of another version")
	}
	return result(values.out, text), nil
}

// result is what the command printed: its values, its text for people, and its messages.
func result(values json.RawMessage, text answer) *mcp.CallToolResult {
	r := &mcp.CallToolResult{StructuredContent: values, Content: []mcp.Content{&mcp.TextContent{Text: string(text.out)}}}
	if text.words != "" {
		r.Content = append(r.Content, &mcp.TextContent{Text: text.words})
	}
	return r
}

// apiFlag returns arguments with the flag for an API, if one is named, before the others.
func apiFlag(name string, others ...string) []string {
	if name == "" {
		return others
	}
	return append([]string{"--api=" + name}, others...)
}

// text is an entry as a separate document.
func (e entry) text() []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, e.raw, "", "  "); err != nil {
		panic("internal error: indent: " + err.Error())
	}
	return append(bytes.TrimSpace(out.Bytes()), '\n')
}

// inputSchema returns the schema of a tool's arguments, with the limits of their values.
func inputSchema[In any]() *jsonschema.Schema {
	s, err := jsonschema.For[In](nil)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	longest := map[string]int{"text": maxText, "body": maxText}
	for name, p := range s.Properties {
		p.Types, p.Type = nil, plainType(p)
		switch p.Type {
		case "string":
			most, isText := longest[name]
			if !isText {
				most = maxName
			}
			p.MaxLength = &most
		case "array":
			fields, field := maxFields, maxField
			p.MaxItems, p.Items.MaxLength = &fields, &field
		}
	}
	if p := s.Properties["limit"]; p != nil {
		p.Minimum, p.Maximum, p.Default = jsonschema.Ptr(1.0), jsonschema.Ptr(float64(maxEntries)), encoded(entriesAPage)
	}
	if p := s.Properties["offset"]; p != nil {
		p.Minimum = jsonschema.Ptr(0.0)
	}
	if p := s.Properties["status"]; p != nil {
		p.Minimum, p.Maximum = jsonschema.Ptr(100.0), jsonschema.Ptr(999.0)
	}
	if p := s.Properties["text"]; p != nil {
		p.MinLength = jsonschema.Ptr(1)
	}
	return s
}

// plainType is the type of a property that may be absent, but not null.
func plainType(p *jsonschema.Schema) string {
	for _, t := range p.Types {
		if t != "null" {
			return t
		}
	}
	return strings.TrimSpace(p.Type)
}
