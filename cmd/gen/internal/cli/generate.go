package cli

import (
	"errors"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/golang"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/python"
	"github.com/errkb/errkb/cmd/gen/internal/templates"
	"github.com/errkb/errkb/cmd/gen/internal/typescript"
	"github.com/errkb/errkb/cmd/gen/internal/writing"
)

// The names of generated files, for the search for those no longer made.
var (
	goNames     = []string{"*/*.go", "*/*codes/codes.go"}
	serverNames = []string{"*errs/errors.go"}

	tsNames = []string{"*.ts", "*" + tableSuffix}
	pyNames = []string{"*.py", "*" + tableSuffix}
	// A template's file may be as deep as this.
	templateNames = []string{"*", "*/*", "*/*/*"}
)

// generation is what the flags of generate say.
type generation struct {
	spec                      []string
	golang, server            string // directories; empty for what is not wanted
	ts, py, docs, site        string
	template, out             string // the directory of templates, and that of what they make
	set                       *templates.Set
	selfTest, separate, check bool
	allowRemoval, allowToDo   bool
	plans                     []*writing.Plan
	previous                  string       // the spec that docs and site say the changes from; empty for none
	older                     source       // as it was read
	changed                   *diff.Report // since then
}

func (s *session) generateCommand() *cobra.Command {
	var g generation
	command := &cobra.Command{
		Use:   "generate --spec FILE [--go DIR] [--server DIR] [--ts DIR] [--py DIR] [--docs DIR] [--site DIR] [--template DIR --out DIR] [--previous OLD] [--check] [--allow-removal] [--allow-todo]",
		Short: "Write code, the docs and the site of a spec",
		Long: `generate writes the output of a spec: with --go one Go package per API, each in
its own directory below the given one; with --ts and --py one TypeScript or
Python module per API, with its constants and what they mean, and its decision
table; with --docs the pages, llms.txt and catalog.json; and with --site the site for
support staff. All but the Go packages go directly into the given directory, and
docs and site in other languages into a folder there that is named by the language.

With --separate-codes the codes of each Go package, with their names and
meanings, are in a package below it, such as shop/shopcodes. A program that only
tells codes apart can import that one: it does not need net/http, which is half
of a small program. Package shop has the same names as without the flag:
shop.Code is the same type. The directory of --go has to be in a module.

With --server there is a package for each API with a function for each of its codes, such
as shoperrs.CardDeclined(), which returns an error, and functions that write errors as the
API's replies are written. They are for the program that serves the API; docs/server.md
shows one. With --go as well, such an error is that of the client package's code too.

With --template each file in that directory whose name ends in .tmpl makes a file
below --out, for what generate does not make itself. It is a template of Go's
text/template, which gets what list -o json shows, or one API of that if {api} is in
its name. docs/templates.md has an example.

With --previous the docs have a page, changes.md, with what changed since an older
version of the spec: the answer of diff, in the language of the docs. The page
changes.html of the site says the same. OLD is a file, a directory, or one of them in a
Git commit, such as v1.4.0:errors.yaml. Without the flag neither is said.

Only files whose bytes change are written. Files that an earlier run made from
the same spec, and that are no longer made, are removed and named. The spec is
known by its path in its module, not by its title; one of several files by the
path of the file that holds the key format. A file without the generator's
mark, or with another spec's, is never touched: if one is in the way, nothing is
written. Code of a spec that is not there any more is told, as it may be of this
one before it was moved. Line ends that a checkout converted don't count as a change.

If a directory would be left with less than half of its files, as after a spec was
cut off, nothing is written; --allow-removal confirms it. A new name needs no flag,
as it makes as many files as it removes.

While a spec has a ` + model.ToDo + ` that import left to its author, nothing is
written either; --allow-todo writes what there is.

Where a run makes several kinds of output, a file of each kind of code and of the docs
says with which flags, so that a check with fewer of them finds a difference.

With --check no output is written; differences are printed, and the exit status
is 1 if there are any, and 3 if something can't be read that may be output.

A run notes a digest of the spec, the flags, the command and every byte of the output
in the user's cache directory, or in $ERRKB_CACHE if that is not off. While all of them
are as they were, later runs, with --check too, compare digests and render nothing.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if isNone(g.spec) {
				return missingSpec()
			}
			return s.generate(g)
		},
	}
	s.specFlag(command, &g.spec, orStdin)
	command.Flags().StringVar(&g.golang, "go", "", "write the Go packages below `dir`")
	command.Flags().StringVar(&g.server, "server", "", "write the Go packages of the API's own server below `dir`")
	command.Flags().StringVar(&g.ts, "ts", "", "write the TypeScript modules to `dir`")
	command.Flags().StringVar(&g.py, "py", "", "write the Python modules to `dir`")
	command.Flags().StringVar(&g.docs, "docs", "", "write the docs to `dir`")
	command.Flags().BoolVar(&g.selfTest, "self-test", false, "write a test of each Go package as well")
	command.Flags().BoolVar(&g.separate, "separate-codes", false, "put the codes of each Go package into one without net/http")
	checkFlag(command, &g.check)
	allowRemovalFlag(command, &g.allowRemoval)
	command.Flags().BoolVar(&g.allowToDo, "allow-todo", false, "write output although the spec has a "+model.ToDo)
	command.Flags().StringVar(&g.site, "site", "", "write the site to `dir`")
	command.Flags().StringVar(&g.template, "template", "", "make files by the templates in `dir`")
	command.Flags().StringVar(&g.out, "out", "", "write what the templates make to `dir`")
	previousFlag(command, &g.previous, "in the docs and on the site")
	directoryFlags(command, "go", "server", "ts", "py", "docs", "site", "template", "out")
	return command
}

// previousFlag adds the --previous flag.
func previousFlag(command *cobra.Command, value *string, where string) {
	command.Flags().StringVar(value, "previous", "", "say "+where+" what changed since the `spec` that this names")
}

// checkFlag adds the --check flag.
func checkFlag(command *cobra.Command, value *bool) {
	command.Flags().BoolVar(value, "check", false, "compare with the existing files, and write nothing")
}

// allowRemovalFlag adds the --allow-removal flag.
func allowRemovalFlag(command *cobra.Command, value *bool) {
	command.Flags().BoolVar(value, "allow-removal", false, "remove files even if less than half of those in a directory are left")
}

// directoryFlags lets shells complete the flags' values with directories.
func directoryFlags(command *cobra.Command, flags ...string) {
	for _, flag := range flags {
		if err := command.MarkFlagDirname(flag); err != nil {
			panic("internal error: " + err.Error())
		}
	}
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("unexpected argument %q", args[0])
	}
	return nil
}

func (s *session) generate(g generation) error {
	switch {
	case g.golang+g.server+g.ts+g.py+g.docs+g.site+g.out+g.template == "":
		return usagef("missing flag --go, --server, --ts, --py, --docs or --site: there is nothing to write")
	case (g.template == "") != (g.out == ""):
		return usagef("flags --template and --out need each other: what makes the files, and where they go")
	case g.selfTest && g.golang == "":
		return usagef("flag --self-test needs --go")
	case g.separate && g.golang == "":
		return usagef("flag --separate-codes needs --go")
	case g.previous != "" && g.docs+g.site == "":
		return usagef("flag --previous needs --docs or --site")
	case g.previous == stdinName && slices.Contains(g.spec, stdinName):
		return usagef("standard input can't be both specs")
	}
	src, err := s.read(g.spec)
	if err != nil {
		return err
	}
	catalogs, problems := src.load()
	s.warn(src, summed(problems))
	if diag.HasErrors(problems) {
		return foundf("%s%s has %s; nothing is written", src.rest(), src.name, count(problems))
	}
	if n := toDos(problems); n > 0 && !g.allowToDo {
		return foundf("%s still has %s for its author to write, marked %s; nothing is written; check lists them, and --allow-todo writes what there is", src.name, plural(n, "thing"), model.ToDo)
	}
	code, err := g.code()
	if err != nil {
		return err
	}
	if g.server != "" {
		if err := g.clash(catalogs[0]); err != nil {
			return err
		}
		if g.plans, err = s.plans(src, catalogs[0]); err != nil {
			return err
		}
	}
	if g.template != "" {
		if g.set, err = templates.Read(os.DirFS(g.template)); err != nil {
			return foundf("templates in %s: %w", g.template, err)
		}
	}
	if g.changed, g.older, err = s.changedSince(g.previous, catalogs[0]); err != nil {
		return err
	}
	targets := g.targets(catalogs, src, code)
	from, isKnown := inputs(src, g, code, bare(targets))
	here := cacheHere()
	if isKnown && here != "" {
		if sum, files, ok := output.SumOnDisk(bare(targets)...); ok && here.has(fact(from, sum)) {
			if !g.check {
				s.wrote(output.Result{Files: files})
			}
			return nil
		}
	}
	trees, err := s.render(targets)
	if err != nil {
		return err
	}
	var sum output.Sum
	if g.check {
		sum, err = s.compare(src, trees, g)
	} else {
		sum, err = s.write(trees)
	}
	if err == nil && isKnown && here != "" {
		here.note(fact(from, sum))
	}
	return err
}

// code returns how Go code is made.
func (g generation) code() (code golang.Options, err error) {
	code.SelfTest = g.selfTest
	if g.separate {
		code.Separate, err = importPath(g.golang)
	}
	if err == nil && g.golang != "" && g.server != "" {
		code.Client, err = importPath(g.golang)
	}
	return code, err
}

// target is a tree whose files are still to be rendered.
type target struct {
	output.Tree
	files func() (makers, error)
}

// makers make the files of a tree, by path.
type makers = map[string]func() []byte

// bare returns the trees of targets, without files.
func bare(targets []target) []output.Tree {
	var trees []output.Tree
	for _, t := range targets {
		trees = append(trees, t.Tree)
	}
	return trees
}

// targets returns what there is to make: code in the spec's language, docs and site in all.
func (g generation) targets(catalogs []*model.Catalog, src source, code golang.Options) (all []target) {
	c := catalogs[0]
	add := func(root string, owns []string, files func(mark string) (makers, error)) {
		if root != "" {
			mark := src.mark(c.Title, root)
			all = append(all, target{
				output.Tree{Root: root, Spec: mark, Former: src.former(c.Title, root), Owns: owns, AllowRemoval: g.allowRemoval},
				func() (makers, error) {
					made, err := files(mark)
					g.stamp(root, made)
					return made, err
				},
			})
		}
	}
	addCode := func(root string, owns []string, files func(mark string) (map[string][]byte, error)) {
		add(root, owns, func(mark string) (makers, error) {
			made, err := files(mark)
			return output.Made(made), err
		})
		if root != "" {
			all[len(all)-1].IsThere = src.isThere(root) // what nobody makes still compiles
		}
	}
	addCode(g.golang, goNames, func(mark string) (map[string][]byte, error) {
		code.Spec = mark
		return golang.Files(c, code)
	})
	if g.golang != "" {
		all[len(all)-1].Spares = serverNames
	}
	addCode(g.server, serverNames, func(mark string) (map[string][]byte, error) {
		code.Spec = mark
		return golang.ServerFiles(c, g.plans, code)
	})
	addCode(g.ts, tsNames, func(mark string) (map[string][]byte, error) {
		return withTables(typescript.Files(c, mark), c, mark), nil
	})
	addCode(g.py, pyNames, func(mark string) (map[string][]byte, error) { return withTables(python.Files(c, mark), c, mark), nil })
	lists := g.siteLists(catalogs)
	add(g.docs, docsNames, func(mark string) (makers, error) {
		files := docsMakers(catalogs, mark, g.changed)
		for _, name := range lists {
			delete(files, name)
		}
		return files, nil
	})
	if g.docs != "" {
		all[len(all)-1].Spares = slices.Concat(siblingNames, lists)
	}
	add(g.site, siteNames, func(mark string) (makers, error) { return siteMakers(catalogs, mark, g.changed), nil })
	if g.set != nil {
		mark := src.mark(c.Title, g.out) + " by templates"
		all = append(all, target{
			output.Tree{Root: g.out, Spec: mark, Owns: templateNames, AllowRemoval: g.allowRemoval},
			func() (makers, error) {
				made, err := g.set.Files(catalogjson.Encode(catalogjson.NewList(c)), model.Mark(mark))
				return output.Made(made), err
			},
		})
	}
	return all
}

// render makes code, of which there is little, and what makes all other files.
func (s *session) render(targets []target) ([]output.Tree, error) {
	s.renders++
	var trees []output.Tree
	for _, t := range targets {
		files, err := t.files()
		if broken, ok := errors.AsType[*templates.Error](err); ok {
			return nil, foundf("template %w", broken)
		} else if err != nil {
			return nil, internalf("internal error: %w", err)
		}
		t.Files = files
		trees = append(trees, t.Tree)
	}
	return trees, nil
}
