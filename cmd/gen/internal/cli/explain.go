package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

func (s *session) explainCommand() *cobra.Command {
	var spec []string
	var api, output string
	command := &cobra.Command{
		Use:   "explain [QUERY…]",
		Short: "Say what a code, a status or any pasted text means",
		Long: `explain finds what a text is about, across all APIs: a code, a status, a raw
reply, a log line. Where the text holds a reply, it says what classify decides on
it. The text is all arguments together, or standard input for a single -, or where
something is piped into the command. The exit status is 1 if nothing is found.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 && !isTerminal(s.stdin) || strings.TrimSpace(strings.Join(args, "")) != "" {
				return nil
			}
			return missingQuery()
		},
		RunE: func(_ *cobra.Command, args []string) error { return s.explain(spec, api, args, outputFormat(output)) },
	}
	s.specFlag(command, &spec, orShipped)
	s.apiFlag(command, &api, &spec, "the `API` that the text is about")
	formatFlag(command, &output, textFormat, jsonFormat)
	return command
}

func (s *session) explain(spec []string, api string, args []string, f outputFormat) error {
	if slices.Contains(spec, stdinName) && fromStdin(args) {
		return usagef("standard input can't be both the spec and the query")
	}
	c, _, err := s.catalog(spec)
	if err != nil {
		return err
	}
	var asked *model.API
	if api != "" {
		if asked, err = findAPI(c, api); err != nil {
			return err
		}
	}
	query, err := s.query(args)
	if err != nil {
		return err
	}
	if len(args) == 0 && strings.TrimSpace(query) == "" {
		return missingQuery() // nothing was piped
	}
	s.saysCut(query)
	index := lookup.New(c)
	matches := index.ExplainOf(asked, query)
	if f == jsonFormat {
		printed := make([]catalogjson.Match, len(matches))
		for i, m := range matches {
			printed[i] = catalogjson.NewMatch(string(m.Confidence), m.Entry, m.Why, m.RequestID, m.Field)
			printed[i].Count = m.Count
			if m.Decision != nil {
				decision := catalogjson.NewDecision(m.Entry.API, *m.Decision, m.Message)
				printed[i].Decision = &decision
			}
		}
		s.printJSON(catalogjson.NewMatches(printed...))
	} else {
		s.printMatches(matches)
	}
	if len(matches) == 0 && f != jsonFormat {
		fmt.Fprintf(&s.out, "what to answer:\n\n%s\n", say.English.AskForMore())
	}
	if len(matches) == 0 {
		return nothingLike(index.Nearest(query), api)
	}
	return nil
}

// nothingLike says that a text holds nothing that the catalog knows, with the codes of
// an API, or of all, that are nearest to it.
func nothingLike(nearest []*model.Entry, api string) error {
	var names []string
	for _, e := range nearest {
		if api == "" || e.API.Name == api {
			names = append(names, diag.Visible(e.Code)+" of "+e.API.Title)
		}
	}
	if len(names) == 0 {
		return foundf("nothing in the catalog is like that")
	}
	return foundf("nothing in the catalog is like that; the nearest: %s", strings.Join(names, ", "))
}

// saysCut says of a long text how much of it is looked at.
func (s *session) saysCut(query string) {
	switch {
	case len(query) > lookup.MaxText:
		s.messagef("only the first %s of the text are looked at, and of a reply in it the first %s", say.English.Size(lookup.MaxText), say.English.Size(classify.MaxBody))
	case len(query) > classify.MaxBody:
		s.messagef("of a reply in the text, only the first %s are looked at", say.English.Size(classify.MaxBody))
	}
}

func missingQuery() error {
	return usagef("missing query: a code, a status or any text, or - for standard input")
}

func fromStdin(args []string) bool { return len(args) == 0 || len(args) == 1 && args[0] == stdinName }

func (s *session) query(args []string) (string, error) {
	if !fromStdin(args) {
		return strings.Join(args, " "), nil
	}
	s.prompt("paste the text")
	text, err := io.ReadAll(io.LimitReader(s.stdin, lookup.MaxText+1))
	if err != nil {
		return "", unreadable("query", err)
	}
	return string(text), nil
}

// fullMatches is how many matches are printed in full, and briefMatches how many
// more in a line each.
const (
	fullMatches  = 3
	briefMatches = 10
)

// printMatches prints the surest matches in full and the others in brief.
func (s *session) printMatches(matches []lookup.Match) {
	full := 0
	for full < min(len(matches), fullMatches) && asSure(matches[full], matches[0]) {
		full++
	}
	for i, m := range matches[:full] {
		if i > 0 {
			fmt.Fprintln(&s.out)
		}
		s.printMatch(m)
	}
	rest := matches[full:]
	if len(rest) == 0 {
		return
	}
	fmt.Fprintln(&s.out, "\nless likely, or further matches:")
	for i, m := range rest {
		if i == briefMatches {
			fmt.Fprintf(&s.out, "  and %d more; -o json shows all\n", len(rest)-i)
			break
		}
		fmt.Fprintf(&s.out, "  %s %s: %s (%s: %s)\n", m.Entry.API.Name, diag.Visible(m.Entry.Code),
			verdict(m), m.Confidence, diag.Visible(m.Why))
	}
}

// verdict says in a few words what to do about a match.
func verdict(m lookup.Match) string {
	if m.Decision != nil && saysMore(m.Entry, *m.Decision) {
		return say.English.Decide(m.Entry, *m.Decision).Verdict
	}
	return say.English.Verdict(m.Entry)
}

// saysMore reports whether a decision on a reply says more than its entry says of all.
func saysMore(e *model.Entry, d classify.Decision) bool {
	return say.IsUnsent(e, d) || d.Status != 0 || d.Operation != "" || d.Variant > 0 || d.Override > 0 || d.HasServerDelay || d.Also != "" ||
		d.Source == classify.KindUnknown || d.Source == classify.KindUnrecognised
}

// asSure reports whether a match is as sure as the first one. Of a status, one API
// may list it and another its class: which of them it comes from, nobody can tell.
func asSure(m, first lookup.Match) bool {
	if m.Decision == nil && first.Decision != nil && first.Decision.Status != 0 {
		return false // beside what is decided on a reply
	}
	if first.Entry.Kind == classify.KindStatus && m.Entry.Kind == classify.KindStatusClass {
		return m.Entry.Code[0] == first.Entry.Code[0]
	}
	return m.Confidence == first.Confidence
}

func (s *session) printMatch(m lookup.Match) {
	e := m.Entry
	decided := m.Decision != nil && saysMore(m.Entry, *m.Decision)
	if decided {
		fmt.Fprintln(&s.out, s.strong(say.English.Decide(e, *m.Decision).Verdict))
	} else {
		fmt.Fprintln(&s.out, s.strong(say.English.Verdict(e)))
	}
	var sheet sheet
	sheet.add(kindTitle(e.Kind), fmt.Sprintf("%s of %s (%s)", e.Code, e.API.Title, e.API.Name))
	sheet.add("match", fmt.Sprintf("%s: %s", m.Confidence, m.Why))
	if m.Count > 1 {
		sheet.add("found", fmt.Sprintf("%d times", m.Count))
	}
	addHandedOn(&sheet, m.RequestID, m.Field)
	answers := say.English.Answers(e)
	if decided {
		in := e.In(*m.Decision)
		addCode(&sheet, *m.Decision, m.Message, e.Code)
		sheet.add("operation", string(m.Decision.Operation))
		sheet.add("meaning", in.Meaning)
		addDecision(&sheet, e.API, e, *m.Decision, say.IsOpen(e, *m.Decision))
		if m.Decision.Operation == "" && !say.IsUnsent(e, *m.Decision) {
			addOperations(&sheet, e)
		}
		if m.Decision.Status == 0 && m.Decision.Variant == 0 {
			addVariants(&sheet, e)
		}
		addFacts(&sheet, in)
		answers = say.English.DecidedAnswers(e, *m.Decision)
	} else {
		addEntry(&sheet, e)
		addFacts(&sheet, e)
	}
	for _, answer := range answers {
		label := "answer"
		if answer.Draft {
			label = "draft"
		}
		if answer.Own {
			label = "own " + label
		}
		sheet.add(label, say.English.FillIn(answer.Text, m.RequestID, m.Field))
	}
	sheet.add("page", e.URL())
	sheet.print(&s.out)
}

// addEntry adds what people ask about an entry.
func addEntry(sheet *sheet, e *model.Entry) {
	sheet.add("meaning", e.Meaning)
	sheet.add("do", strings.TrimSpace(say.English.Only(e)+" "+e.Fix))
	if e.Fix == "" {
		sheet.add("do", say.English.Remedy(e))
	}
	sheet.add("who has to act", say.English.WhoTitle(e.Category.Who))
	sheet.add("retry", say.English.RetryRuleOf(e))
	addOperations(sheet, e)
	addVariants(sheet, e)
}

// addOperations adds what differs between operations.
func addOperations(sheet *sheet, e *model.Entry) {
	for _, o := range e.Overrides {
		text := say.English.OperationText(e, o)
		if o.Fix != "" && o.Fix != e.Fix {
			text += ". " + say.Sentence(o.Fix)
		}
		sheet.add("in "+o.Operation, text)
	}
}

// addVariants adds what differs in some replies.
func addVariants(sheet *sheet, e *model.Entry) {
	for _, v := range e.Variants {
		text := say.English.When(e.API, v.When).String() + ": " + say.English.VariantText(e, v)
		if v.Fix != "" && v.Fix != e.Fix {
			text += ". " + say.Sentence(v.Fix)
		}
		sheet.add("if", text)
	}
}

// addFacts adds what holds of an entry in all replies.
func addFacts(sheet *sheet, e *model.Entry) {
	for _, one := range e.Args {
		sheet.add("value", say.English.Arg(one))
	}
	isCode := e.Kind == classify.KindCode || e.Kind == classify.KindPrefix
	if isCode && len(e.Statuses) > 0 {
		sheet.add("status", statuses(e))
	}
	if isCode && len(e.Operations) < len(e.API.Operations) {
		sheet.add("operations", strings.Join(e.Operations, ", "))
	}
	for _, l := range e.LookAlikes {
		sheet.add("look-alike", l.Entry.Code+": "+l.Difference)
	}
	sheet.add("escalate when", say.Escalation(e.Escalate))
	if e.Retired != nil {
		sheet.add("retired", retired(e.Retired))
	}
}

func retired(r *model.Retired) string {
	text := "the API no longer sends it"
	if r.Since != "" {
		text += " since " + r.Since
	}
	if r.ReplacedBy != nil {
		text += "; it sends " + r.ReplacedBy.Code + " instead"
	}
	if r.Note != "" {
		text += "; " + r.Note
	}
	return text
}

func kindTitle(k classify.Kind) string {
	switch k {
	case classify.KindStatusClass:
		return "status class"
	case classify.KindTransport:
		return "no answer"
	case classify.KindUnknown, classify.KindUnrecognised:
		return "reply"
	}
	return k.String()
}
