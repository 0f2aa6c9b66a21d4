package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/answers"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

// replying is what the flags of replies say.
type replying struct {
	spec                       []string
	api, format, out, language string
	into                       int64
	written, check             bool
}

func (s *session) repliesCommand() *cobra.Command {
	var r replying
	var names []string
	for _, f := range answers.Formats() {
		names = append(names, string(f))
	}
	command := &cobra.Command{
		Use:   "replies --format FORMAT [--spec FILE] [--api API] [--into NUMBER] [--no-drafts] [--out FILE [--check]]",
		Short: "Write what to tell customers for a help desk: macros, canned responses, saved replies",
		Long: `replies writes the replies to customers for the help desk that support works in:
for zendesk macros, for intercom external pages, for helpscout saved replies and
for freshdesk canned responses, each as the body of the call that makes it; csv
is for spreadsheets and other desks, json for programs. A reply that nobody has
written is a draft from the catalog, and its title says so.

Each reply has an id that stays as long as the code does, in a text that the desk
keeps: an import that looks for it updates what is there instead of adding it
again. docs/replies.md shows one, and says what each file holds.

Without --out it prints the file. With --check nothing is written; differences
are printed, and the exit status is 1 if there are any, or if there is no reply.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if !slices.Contains(names, r.format) {
				known := "known: " + strings.Join(names, ", ")
				if r.format == "" {
					return usagef("missing flag --format; %s", known)
				}
				return usagef("unknown format %q; %s", r.format, known)
			}
			return s.replies(r)
		},
	}
	s.specFlag(command, &r.spec, orShipped)
	s.apiFlag(command, &r.api, &r.spec, "only the replies of this `API`")
	command.Flags().StringVar(&r.format, "format", "", "the `format` of the file: "+strings.Join(names, ", "))
	complete(command, "format", func() []string { return names })
	command.Flags().Int64Var(&r.into, "into", 0, "the `number` of the folder (freshdesk), the mailbox (helpscout) or the source (intercom) that they go to")
	command.Flags().BoolVar(&r.written, "no-drafts", false, "leave out what nobody has written")
	command.Flags().StringVar(&r.language, "language", "", "the `tag` of their language (default: that of the spec)")
	complete(command, "language", func() []string { return languagesOf(r.spec) })
	command.Flags().StringVar(&r.out, "out", "", "write them to `file`")
	checkFlag(command, &r.check)
	return command
}

func (s *session) replies(r replying) error {
	o := answers.Options{Format: answers.Format(r.format), Written: r.written, Into: r.into}
	switch {
	case r.check && r.out == "":
		return usagef("flag --check needs --out: the file to compare with")
	case r.into != 0 && o.Format.Part() == "":
		return usagef("--into is not for the format %s, which goes into nothing with a number", r.format)
	case r.into < 0:
		return usagef("bad number %d for --into; it is the desk's own number of the place", r.into)
	}
	c, src, err := s.catalogIn(r.spec, r.language)
	if err != nil {
		return err
	}
	if r.api != "" {
		if o.API, err = findAPI(c, r.api); err != nil {
			return err
		}
	}
	mark := src.mark(c.Title, "")
	content := answers.File(c, mark, o)
	switch {
	case content == nil && r.written:
		return foundf("nobody has written a reply; without --no-drafts there are drafts")
	case content == nil:
		return foundf("there is nothing to reply to: the catalog has no entries")
	}
	if r.out == "" {
		if o.Format != answers.CSV {
			s.writeJSON(content)
			return nil
		}
		s.shape = verbatim
		s.out.Write(content)
		return nil
	}
	tree, err := single("out", r.out, content, mark, src.former(c.Title, ""))
	switch {
	case err != nil:
		return err
	case r.check:
		_, err = s.compare(src, []output.Tree{tree}, generation{})
	default:
		_, err = s.write([]output.Tree{tree})
	}
	return err
}

// single is the tree of one file that a flag names.
func single(flag, out string, content []byte, mark string, former []string) (output.Tree, error) {
	dir, name := filepath.Split(out)
	if name == "" {
		return output.Tree{}, usagef("--%s %q is a directory; name a file", flag, out)
	}
	return output.Tree{
		Root:   filepath.Clean(dir),
		Files:  output.Made(map[string][]byte{name: content}),
		Spec:   mark,
		Former: former,
		Owns:   []string{name},
	}, nil
}
