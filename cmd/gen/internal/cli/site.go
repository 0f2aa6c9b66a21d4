package cli

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/site"
)

// siteNames are the names of the site's files, for the search for those no longer
// made.
var siteNames = inLanguages(append([]string{
	"*.html", "*.css", "*.js", "index.json", "llms.txt", "opensearch.xml",
	"action/*.html", "action/*.json", "api/*.html", "api/*.json", "category/*.html", "category/*.json",
	"[cstu]/*/*.html", "[cstu]/*/*.json", "cards/*.js", "keys/*.js", "[cstu]/*/*.html.md",
	"for-customers/*.html", "for-customers/*.css", "for-customers/[cstu]/*/*.html", "for-customers/[cstu]/*/*.html.md",
}, siblingNames...))

// siblingNames are those of the pages in markdown that the names of the docs match too.
var siblingNames = []string{"*.html.md", "*/*.html.md", "*/*/*.html.md"}

// inLanguages adds to the names of files those in the folders of languages.
func inLanguages(names []string) []string {
	all := slices.Clone(names)
	for _, name := range names {
		all = append(all, "[a-z]?*/"+name)
	}
	return all
}

func (s *session) siteCommand() *cobra.Command {
	var g generation
	command := &cobra.Command{
		Use:   "site [--spec FILE] --out DIR [--previous OLD] [--check] [--allow-removal]",
		Short: "Write the site of a spec, for support staff",
		Long: `site writes the site of a spec: a page to paste what a customer sent, a page for
everything that it may be, and the same as JSON and, for assistants, as markdown
with an llms.txt. Each language that the spec has an overlay in gets a folder of its name.
It needs no server: open index.html, or put the directory on
any web server, in any folder.

With --previous the page changes.html says what changed since an older version of
the spec: OLD is a file, a directory, or one of them in a Git commit.

Files are written, removed and compared as with generate, which also makes the
site with --site.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if g.site == "" {
				return usagef("missing flag --out: the directory to write the site to")
			}
			return s.generate(g)
		},
	}
	s.specFlag(command, &g.spec, orShipped)
	command.Flags().StringVar(&g.site, "out", "", "write the site to `dir`")
	previousFlag(command, &g.previous, "on the site")
	checkFlag(command, &g.check)
	allowRemovalFlag(command, &g.allowRemoval)
	directoryFlags(command, "out")
	return command
}

// siteMakers returns what makes the site's files in each language: the pages, which say what
// changed if that is known, the lookup that they ask, and their JSON forms.
func siteMakers(catalogs []*model.Catalog, mark string, changed *diff.Report) makers {
	files := make(makers)
	for _, c := range catalogs {
		index := sync.OnceValue(func() *lookup.Index { return lookup.New(c) })
		keys := sync.OnceValue(func() [][]byte { return index().BareKeys(mark) })
		scripts := sync.OnceValue(func() [2][]byte {
			first, rest := index().Scripts(mark)
			return [2][]byte{first, rest}
		})
		in := site.Makers(c, mark, changed)
		in[site.LookupName] = func() []byte { return scripts()[0] }
		in[site.RestName] = func() []byte { return scripts()[1] }
		for shelf := range c.Shelves() {
			in[fmt.Sprintf("keys/%d.js", shelf)] = func() []byte { return keys()[shelf] }
		}
		maps.Copy(in, catalogjson.Pages(c, mark))
		addIn(files, c, in)
	}
	return files
}

// addIn adds the files of a language to those of all, in its folder.
func addIn(files makers, c *model.Catalog, in makers) {
	for name, content := range in {
		files[c.Folder+name] = content
	}
}
