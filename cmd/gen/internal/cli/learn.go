package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/learn"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/replay"
)

// learning is what the flags of learn say.
type learning struct {
	spec  []string
	api   string
	least int64
	dry   bool
}

func (s *session) learnCommand() *cobra.Command {
	var l learning
	command := &cobra.Command{
		Use:   "learn --spec FILE [--api API] [--min COUNT] [--dry-run] FILE… | -",
		Short: "Add codes that were met in the field to a spec, for their author to complete",
		Long: `learn adds an entry to a spec for each code that it does not list yet, with how often
and when it was first seen, its statuses, its message and a sample as an example. What
nobody can know but the author is marked TODO(author): check lists the marks, and
generate refuses them unless told. Until then what is done about a code is what was done
before. All other lines of the spec stay.

An input is what gen replay -o json prints, or rows of a query as JSON: a list, or one on
each line. A row has the fields api, code, count, first, status or statuses, message and
sample, of which only code has to be there. Rows of the same code are added up.

Nothing is written if the spec would have an error. docs/replay.md has an example.`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case isNone(l.spec) || slices.Contains(l.spec, stdinName):
				return usagef("missing flag --spec: the file that is to learn")
			case len(args) == 0:
				return usagef("missing file: what gen replay -o json prints, or - for standard input")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return s.learn(l, args) },
	}
	s.specFlag(command, &l.spec, "")
	s.apiFlag(command, &l.api, &l.spec, "the `API` of rows that don't name theirs")
	command.Flags().Int64Var(&l.least, "min", 1, "leave out codes that were seen less than `count` times")
	command.Flags().BoolVar(&l.dry, "dry-run", false, "print the entries, and write nothing")
	return command
}

func (s *session) learn(l learning, names []string) error {
	c, src, err := s.catalog(l.spec)
	if err != nil {
		return err
	}
	if l.api != "" {
		if _, err := findAPI(c, l.api); err != nil {
			return err
		}
	} else if len(c.APIs) == 1 {
		l.api = c.APIs[0].Name
	}
	var all []replay.UnknownCode
	for _, name := range names {
		file, err := s.content(name, s.limit())
		if err != nil {
			return err
		}
		rows, err := learn.Read(strings.NewReader(string(file.Content)), l.api)
		if err != nil {
			return unreadable(file.Name, err)
		}
		all = append(all, rows...)
	}
	var lessons lessons
	for _, u := range learn.Merge(all) {
		a, err := findAPI(c, u.API)
		if err != nil {
			return err
		}
		switch _, listed := a.Table().Lookup(u.Code); {
		case listed:
			lessons.listed++
		case u.Count < l.least:
			lessons.rare++
		default:
			lessons.add(a, replay.Entry(c, u))
		}
	}
	if l.dry {
		for i, a := range lessons.apis {
			fmt.Fprintf(&s.out, "%s:\n%s", diag.Visible(a.Name), strings.Join(lessons.entries[i], ""))
		}
	} else if err := s.taught(src, lessons); err != nil {
		return err
	}
	s.messagef("%s", lessons.told(src.name, l))
	return nil
}

// lessons are entries by the APIs that they are of, and how many codes have none.
type lessons struct {
	apis         []*model.API
	entries      [][]string
	listed, rare int
}

func (l *lessons) add(a *model.API, entry string) {
	i := slices.Index(l.apis, a)
	if i < 0 {
		i = len(l.apis)
		l.apis, l.entries = append(l.apis, a), append(l.entries, nil)
	}
	l.entries[i] = append(l.entries[i], entry)
}

// told says what was learned.
func (l *lessons) told(spec string, o learning) string {
	n := 0
	for _, entries := range l.entries {
		n += len(entries)
	}
	text := spec + ": " + plural(n, "code") + " added"
	if o.dry {
		text = spec + ": " + plural(n, "code") + " to add"
	}
	if l.listed > 0 {
		text += fmt.Sprintf(", %d listed already", l.listed)
	}
	if l.rare > 0 {
		text += fmt.Sprintf(", %d seen less than %s", l.rare, plural(int(o.least), "time"))
	}
	if n > 0 && !o.dry {
		text += "; check lists what is left to write"
	}
	return text
}

// taught writes the files of a spec with what they lack, if the spec is valid then.
func (s *session) taught(src source, l lessons) error {
	files := slices.Clone(src.files)
	for i, a := range l.apis {
		plain := make([]learn.File, len(files))
		for k, file := range files {
			plain[k] = learn.File{Name: file.Name, Content: file.Content}
		}
		at, content, err := learn.Add(plain, a.Name, l.entries[i])
		if err != nil {
			return foundf("%w", err)
		}
		files[at].Content = content
	}
	if _, problems := check.LoadAll(files, src.overlays...); diag.HasErrors(problems) {
		taught := src
		taught.files = files
		s.warn(taught, problems)
		return foundf("with what there is to learn, %s has %s; nothing is written", src.name, count(problems))
	}
	for i, file := range files {
		if string(file.Content) != string(src.files[i].Content) {
			if err := output.Replace(file.Name, file.Content); err != nil {
				return internalf("%w", err)
			}
		}
	}
	return nil
}
