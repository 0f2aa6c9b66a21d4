package cli

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// reply is what the flags and the argument of classify say.
type reply struct {
	spec           []string
	api, operation string
	status         int
	statusGiven    bool
	headers        []string
	transport      string
	file           string // empty for none given
}

func (s *session) classifyCommand() *cobra.Command {
	var r reply
	var output string
	command := &cobra.Command{
		Use:   "classify --api API [--operation OP] [--status N] [--header 'K: V']… [--transport KIND] [FILE|-]",
		Short: "Say what a raw reply means and what to do about it",
		Long: `classify decides what a reply of an API means, as the generated code does. The
reply's body is read from a file, or from standard input if none is given. With
--transport there was no reply, and no body is read.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("unexpected argument %q; the body is one file", args[1])
			}
			return nil
		},
		RunE: func(command *cobra.Command, args []string) error {
			r.statusGiven = command.Flags().Changed("status")
			if len(args) == 1 {
				r.file = args[0]
			}
			return s.classify(r, outputFormat(output))
		},
	}
	s.specFlag(command, &r.spec, orShipped)
	s.apiFlag(command, &r.api, &r.spec, "the `API` that the reply comes from; optional if the spec has only one")
	command.Flags().StringVar(&r.operation, "operation", "", "the call that it answers, an `operation` of the API")
	command.Flags().IntVar(&r.status, "status", 0, "the HTTP `status`, 100 to 999")
	command.Flags().StringArrayVar(&r.headers, "header", nil, "a `field` of the header, such as 'Retry-After: 5'; may be repeated")
	command.Flags().StringVar(&r.transport, "transport", "", "there was no reply, and this `kind` of failure: "+strings.Join(failureNames(), ", "))
	complete(command, "transport", failureNames)
	formatFlag(command, &output, textFormat, jsonFormat)
	return command
}

func failureNames() []string {
	var names []string
	for _, f := range classify.Failures() {
		names = append(names, string(f))
	}
	return names
}

func (s *session) classify(r reply, f outputFormat) error {
	if err := r.check(); err != nil {
		return err
	}
	header, err := parseHeader(r.headers)
	if err != nil {
		return err
	}
	c, _, err := s.catalog(r.spec)
	if err != nil {
		return err
	}
	a, err := onlyAPI(c, r.api)
	if err != nil {
		return err
	}
	if err := checkOperation(a, r.operation); err != nil {
		return err
	}
	in := classify.Reply{Status: r.status, Header: header, Operation: classify.Operation(r.operation)}
	if r.transport != "" {
		in.Err = classify.Failure(r.transport)
	} else if in.Body, err = s.body(r.file, look(a, in.Operation)); err != nil {
		return err
	}
	table := a.Table()
	d, message := table.Classify(in), table.Message(in)
	if f == jsonFormat {
		s.printJSON(catalogjson.NewDecision(a, d, message))
		return nil
	}
	s.printDecision(a, d, message)
	return nil
}

// check finds what is wrong with the flags whatever the spec.
func (r *reply) check() error {
	if r.statusGiven && (r.status < 100 || r.status > 999) {
		return usagef("bad status %d; a status is 100 to 999", r.status)
	}
	if slices.Contains(r.spec, stdinName) && r.transport == "" && (r.file == "" || r.file == stdinName) {
		return usagef("standard input can't be both the spec and the body")
	}
	if r.transport == "" {
		return nil
	}
	switch {
	case !slices.Contains(failureNames(), r.transport):
		return usagef("unknown transport kind %q; known: %s", r.transport, strings.Join(failureNames(), ", "))
	case r.statusGiven, len(r.headers) > 0, r.file != "":
		return usagef("with --transport there is no reply, and so no status, header or body")
	}
	return nil
}

func checkOperation(a *model.API, name string) error {
	var known []string
	for _, o := range a.Operations {
		known = append(known, o.Name)
	}
	if name == "" || slices.Contains(known, name) {
		return nil
	}
	if len(known) == 0 {
		return usagef("unknown operation %q; %s has none", name, a.Name)
	}
	return usagef("unknown operation %q; known: %s", name, strings.Join(known, ", "))
}

// parseHeader reads fields written as "name: value".
func parseHeader(fields []string) (http.Header, error) {
	header := http.Header{}
	for _, field := range fields {
		name, value, ok := strings.Cut(field, ":")
		if name = strings.TrimSpace(name); !ok || !isToken(name) || strings.ContainsAny(value, "\r\n\x00") {
			return nil, usagef("bad header %q; a header field is written 'Name: value'", field)
		}
		header.Add(name, strings.TrimSpace(value))
	}
	return header, nil
}

// isToken reports whether a text is a token (RFC 9110 section 5.6.2), as the
// names of header fields are.
func isToken(name string) bool {
	const others = "!#$%&'*+-.^_`|~"
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune(others, r))
	})
}

// body reads the reply's body, at most a byte more than the classifier looks at.
func (s *session) body(file string, look int64) ([]byte, error) {
	in := s.stdin
	if file != "" && file != stdinName {
		f, err := openFile(file)
		if err != nil {
			return nil, unreadable("body", err)
		}
		defer f.Close()
		in = f
	} else {
		s.prompt("type or paste the reply's body")
	}
	body, err := io.ReadAll(io.LimitReader(in, look+1))
	if err != nil {
		return nil, unreadable("body", err)
	}
	return body, nil
}

// look returns how many bytes of a reply's body the classifier looks at.
func look(a *model.API, operation classify.Operation) int64 {
	for _, op := range a.Operations {
		if op.Name == string(operation) && op.Look > 0 {
			return op.Look
		}
	}
	return classify.MaxBody
}

// prompt says how to give input, to someone who sits at a terminal.
func (s *session) prompt(request string) {
	if isTerminal(s.stdin) {
		s.messagef("%s, then press Ctrl-D at the start of a line (on Windows Ctrl-Z, then Enter)", request)
	}
}

func (s *session) printDecision(a *model.API, d classify.Decision, message string) {
	fmt.Fprintln(&s.out, s.strong(say.English.DecidedVerdict(d)))
	var sheet sheet
	addCode(&sheet, d, message, "")
	e := catalogjson.Decider(a, d)
	if e == nil {
		sheet.add("meaning", "we don't know: the catalog has nothing to say about it")
	} else {
		sheet.add("meaning", e.In(d).Meaning)
	}
	addHandedOn(&sheet, d.RequestID, d.Field)
	addDecision(&sheet, a, e, d, false)
	if e != nil {
		sheet.add("page", e.URL())
	}
	sheet.print(&s.out)
}

// addHandedOn adds what support hands on of a reply.
func addHandedOn(sheet *sheet, requestID, field string) {
	if requestID != "" {
		sheet.add("request id", diag.Quote(requestID))
	}
	if field != "" {
		sheet.add("field", diag.Quote(field))
	}
}

// addCode adds the code and the text that a reply holds, but for a code that is shown.
func addCode(sheet *sheet, d classify.Decision, message, shown string) {
	switch {
	case d.Code != "" && d.Code == shown, d.Failure != "" && string(d.Failure) == shown:
	case d.Code == "" && d.Source == classify.KindTransport:
		sheet.add("no answer", string(d.Failure))
	case d.Code == "":
		sheet.add("code", "none")
	case d.Source == classify.KindCode, d.Source == classify.KindSuccess && d.Known:
		sheet.add("code", d.Code)
	case d.Known:
		sheet.add("code", diag.Quote(d.Code))
	default:
		sheet.add("code", diag.Quote(d.Code)+" (the catalog does not list it)")
	}
	if d.Undecided() {
		sheet.add("undecided", "only the start of the body was looked at, and what is there says neither success nor failure")
	}
	if d.Also != "" {
		sheet.add("also", diag.Quote(d.Also)+" (a finer code that the catalog does not list)")
	}
	if message != "" {
		sheet.add("message", diag.QuoteTo(message, maxMessage))
	}
}

// addDecision adds what a decision comes to. The entry that decided may be nil. If it is
// open, what the entry says of each operation counts.
func addDecision(sheet *sheet, a *model.API, e *model.Entry, d classify.Decision, isOpen bool) {
	if d.Variant > 0 {
		sheet.add("variant", fmt.Sprintf("%d: %s", d.Variant, say.English.When(a, e.Variants[d.Variant-1].When)))
	}
	if d.Override > 0 {
		sheet.add("override", fmt.Sprintf("%d, by the server itself: %s", d.Override, say.English.When(a, a.Overrides[d.Override-1].When)))
	}
	next := d.Resend(classify.Attempt{})
	tooLong := !next.Again && next.Reason == classify.ReasonServerDelay
	only := ""
	if e != nil {
		only = say.English.Decide(e, d).Only
	}
	stopsForEffect := !next.Again && next.Reason == classify.ReasonEffect
	switch {
	case stopsForEffect && d.Fix == "":
		sheet.add("do", say.English.CheckEffect())
	case only != "" && !e.In(d).FixesOperation:
		sheet.add("do", only+" "+d.Fix)
	case tooLong:
		sheet.add("do", say.English.DecidedWords()["later"])
	case e != nil && next.Again && say.IsUnsent(e, d):
		sheet.add("do", say.English.DecidedWords()["unsent"])
	case d.Fix == "":
		sheet.add("do", say.English.ActionAdvice(d.Action))
	default:
		sheet.add("do", d.Fix)
	}
	if e != nil && !tooLong {
		sheet.add("who has to act", say.English.WhoTitle(e.In(d).Category.Who))
	}
	sheet.add("action", d.Action.String())
	sheet.add("category", string(d.Category))
	switch {
	case tooLong:
	case isOpen:
		sheet.add("retry", say.English.RetryRuleOf(e))
	case stopsForEffect:
		sheet.add("retry", say.English.RetryByHand())
	default:
		sheet.add("retry", say.English.RetryRule(d.Policy, d.Action))
	}
	if e != nil && d.Effect == classify.EffectMaybe {
		sheet.add("beware", "the request may have taken effect")
	}
	for i, reason := range d.Why() {
		sheet.add([]string{"because", ""}[min(i, 1)], "- "+reason)
	}
}

// maxMessage is how many characters are shown of the API's own text for people.
const maxMessage = 300
