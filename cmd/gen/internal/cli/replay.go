package cli

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/replay"
)

// replaying is what the flags of replay say.
type replaying struct {
	spec            []string
	api, from, page string
	fields          replay.Fields
	most            share
}

func (s *session) replayCommand() *cobra.Command {
	var r replaying
	var output string
	names := make([]string, len(replay.Formats()))
	for i, f := range replay.Formats() {
		names[i] = string(f)
	}
	command := &cobra.Command{
		Use:   "replay [--spec FILE] [--api API] [--max-unknown PERCENT] [--html FILE] FILE… | -",
		Short: "Put captured replies and logs through a catalog: what is unknown, which retries were in vain",
		Long: `replay reads captured replies and logs, and says what the catalog makes of them:
how many replies it knows, which codes it does not list, with an entry for each to
complete, and which requests were sent again although no retry could help, or too
soon. Inputs of any size take little memory.

An input is JSON lines, JSON in another layout such as an HTTP archive (HAR), an
access log in the common or the combined format, or lines of text, and may be
compressed with gzip or zstd: its content shows which. The fields of JSON are found
by the names that common loggers use; flags name others. docs/replay.md has an
example.

The exit status is 1 if no reply is found, or if more of them than --max-unknown
have a code that the catalog does not list.`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usagef("missing file: captured replies or a log, or - for standard input")
			case r.from != "" && !slices.Contains(names, r.from):
				return usagef("unknown format %q; known: %s", r.from, strings.Join(names, ", "))
			case slices.Contains(r.spec, stdinName) && slices.Contains(args, stdinName):
				return usagef("standard input can't be both the spec and the replies")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return s.replay(&r, args, outputFormat(output)) },
	}
	s.specFlag(command, &r.spec, orShipped)
	s.apiFlag(command, &r.api, &r.spec, "the `API` of replies that don't name theirs")
	flags := command.Flags()
	flags.StringVar(&r.from, "from", "", "the `format` of the input: "+strings.Join(names, ", ")+" (default: what its content shows)")
	complete(command, "from", func() []string { return names })
	r.most = noShare
	flags.Var(&r.most, "max-unknown", "fail if more than this `share` of the replies has an unlisted code, such as 5%")
	flags.StringVar(&r.page, "html", "", "write the report as a page to `file`")
	for _, f := range []struct {
		names *[]string
		flag  string
		what  string
	}{
		{&r.fields.API, "field-api", "the API"},
		{&r.fields.Operation, "field-operation", "the operation"},
		{&r.fields.Status, "field-status", "the HTTP status"},
		{&r.fields.Body, "field-body", "the reply's body"},
		{&r.fields.Headers, "field-headers", "the reply's header"},
		{&r.fields.Time, "field-time", "the time"},
		{&r.fields.ID, "field-id", "an id that a request keeps when it is sent again"},
		{&r.fields.Method, "field-method", "the request's method"},
		{&r.fields.URL, "field-url", "the request's URL"},
		{&r.fields.RequestBody, "field-request-body", "the request's body"},
	} {
		flags.StringSliceVar(f.names, f.flag, nil, "where JSON has "+f.what+": `names` or JSON Pointers, with commas between them")
	}
	formatFlag(command, &output, textFormat, jsonFormat)
	return command
}

func (s *session) replay(r *replaying, names []string, f outputFormat) error {
	c, src, err := s.catalog(r.spec)
	if err != nil {
		return err
	}
	o := replay.Options{Fields: r.fields, Format: replay.Format(r.from)}
	if r.api != "" {
		if o.API, err = findAPI(c, r.api); err != nil {
			return err
		}
	}
	s.collectAsUsual() // as all inputs together may be longer than there is memory
	if isTerminal(s.stderr) {
		o.Progress = s.progress()
	}
	found, err := replay.New(c, o)
	if err != nil {
		return usagef("%w", err)
	}
	for _, name := range names {
		if err := s.replayFile(found, name); err != nil {
			return err
		}
	}
	if o.Progress != nil {
		io.WriteString(s.stderr, clearLine)
	}
	report := found.Report()
	if f == jsonFormat {
		s.printJSON(report)
	} else {
		s.printReport(report)
	}
	if r.page != "" {
		mark := src.mark(c.Title, "")
		tree, err := single("html", r.page, replay.Page(report, c.Title, model.Mark(mark)), mark, src.former(c.Title, ""))
		if err != nil {
			return err
		}
		if _, err := s.write([]output.Tree{tree}); err != nil {
			return err
		}
	}
	switch {
	case report.Replies == 0:
		return foundf("there is no reply in it")
	case report.ShareUnknown > float64(r.most):
		return foundf("%s of the replies have a code that the catalog does not list; at most %s are allowed", replay.Percent(report.ShareUnknown), r.most.String())
	}
	return nil
}

func (s *session) replayFile(found *replay.Replay, name string) error {
	if name == stdinName {
		s.prompt("paste the replies")
		if err := found.Read("stdin", s.stdin); err != nil {
			return unreadable("standard input", err)
		}
		return nil
	}
	file, err := openFile(name)
	if err != nil {
		return unreadable("replies", err)
	}
	defer file.Close()
	if err := found.Read(name, file); err != nil {
		return unreadable(name, err)
	}
	return nil
}

// clearLine clears the line of a terminal that the cursor is in.
const clearLine = "\r\x1b[K"

// progress shows on a terminal how much was read, a few times a second.
func (s *session) progress() func(bytes int64) {
	var last time.Time
	return func(bytes int64) {
		if now := time.Now(); now.Sub(last) > 200*time.Millisecond {
			last = now
			fmt.Fprintf(s.stderr, "%sgen: %d MB read", clearLine, bytes/1e6)
		}
	}
}

func (s *session) printReport(r replay.Report) {
	w := &s.out
	fmt.Fprintln(w, s.strong(fmt.Sprintf("%s in %s", plural64(r.Replies, "reply", "replies"), plural64(r.Lines, "line", "lines"))))
	var sums sheet
	for _, o := range replay.Outcomes() {
		if n := r.Outcomes[o.Name]; n > 0 {
			sums.add(o.Title, fmt.Sprintf("%d, %s", n, replay.Percent(float64(n)/float64(r.Replies))))
		}
	}
	if r.Others > 0 {
		sums.add("no reply, or of another API", plural64(r.Others, "line", "lines"))
	}
	if r.Unread > 0 {
		sums.add("can't be read", plural64(r.Unread, "line", "lines"))
	}
	for i, flaw := range r.Flaws {
		sums.add([]string{"the first of these", ""}[min(i, 1)], "- "+flaw.Place+": "+flaw.Why)
	}
	sums.print(w)
	if len(r.ByEntry) > 0 {
		fmt.Fprintln(w, "\nwhat decided:")
		printEntries(w, r.ByEntry)
	}
	printUnknown(w, r)
	printWasted(w, r.Wasted)
}

func printEntries(w io.Writer, entries []replay.EntryCount) {
	rows := make([][4]string, len(entries))
	var widest [3]int
	for i, e := range entries {
		rows[i] = [4]string{strconv.FormatInt(e.Count, 10), e.API, diag.Visible(e.Name()), span(e.First, e.Last)}
		for k := range widest {
			widest[k] = max(widest[k], len([]rune(rows[i][k])))
		}
	}
	for _, r := range rows {
		fmt.Fprintf(w, "  %*s  %-*s  %-*s  %s\n", widest[0], r[0], widest[1], r[1], widest[2], r[2], diag.Visible(r[3]))
	}
}

// span says from when to when.
func span(first, last string) string {
	if first == last {
		return first
	}
	return first + " to " + last
}

func printUnknown(w io.Writer, r replay.Report) {
	for i, u := range r.Unknown {
		if i == 0 {
			fmt.Fprintln(w, "\ncodes that the catalog does not list, each with an entry to complete:")
		}
		fmt.Fprintf(w, "\n  %s of %s: %s, %s\n", diag.Quote(u.Code), u.API, plural64(u.Count, "reply", "replies"), diag.Visible(span(u.First, u.Last)))
		if u.Sample != "" {
			fmt.Fprintf(w, "  such as %s\n", diag.Visible(u.Sample))
		}
		fmt.Fprintln(w)
		for line := range strings.Lines(u.Stub) {
			fmt.Fprintf(w, "    %s", line)
		}
	}
	if r.Uncounted > 0 {
		fmt.Fprintf(w, "\n  and more such codes in %s\n", plural64(r.Uncounted, "reply", "replies"))
	}
}

func printWasted(w io.Writer, wasted replay.Wasted) {
	kinds := []struct {
		n    int64
		kind replay.WasteKind
		text string
	}{
		{wasted.AfterStop, replay.AfterStop, "sent again after an error that no retry can help, and failed again"},
		{wasted.TooSoon, replay.TooSoon, "sent again before the wait was over"},
		{wasted.Succeeded, "", "sent again after an error that no retry can help, and succeeded: its entry may be wrong, or somebody acted"},
	}
	title := "\nretries:\n"
	for _, k := range kinds {
		if k.n == 0 {
			continue
		}
		fmt.Fprintf(w, "%s  %s %s\n", title, plural64(k.n, "request was", "requests were"), k.text)
		title = ""
		for _, e := range wasted.Examples {
			if e.Kind == k.kind {
				fmt.Fprintf(w, "    %s\n", diag.Visible(wasteText(e)))
			}
		}
	}
}

func wasteText(e replay.Waste) string {
	text := fmt.Sprintf("%s of %s: %s at %s, again at %s", e.Request, e.API, e.Code, e.First, e.Again)
	if e.GapMS != nil {
		text += fmt.Sprintf(", %s later", time.Duration(*e.GapMS)*time.Millisecond)
	}
	if e.WaitMS != nil {
		text += fmt.Sprintf(" instead of %s", time.Duration(*e.WaitMS)*time.Millisecond)
	}
	return text
}

func plural64(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// share is a part of a whole as the value of a flag: 5% or 0.05.
type share float64

// noShare is that no share is too much.
const noShare share = 1

func (v *share) Set(text string) error {
	number, isPercent := strings.CutSuffix(text, "%")
	n, err := strconv.ParseFloat(number, 64)
	if isPercent {
		n /= 100
	}
	if err != nil || !(n >= 0 && n <= 1) {
		return fmt.Errorf("not a share such as 5%%")
	}
	*v = share(n)
	return nil
}

func (v *share) String() string {
	if *v == noShare {
		return ""
	}
	return strconv.FormatFloat(float64(*v)*100, 'f', -1, 64) + "%"
}

func (v *share) Type() string { return "share" }
