// Package replay puts captured replies and logs through a catalog: what it knows of them,
// what it does not, and which requests were sent again in vain.
//
// A [Replay] reads any number of inputs, each in the format that its first lines show, and
// keeps only counts: its memory does not grow with its input. [Replay.Report] is what came
// of it, as values and JSON, and [Page] shows that to people.
package replay

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Options are what a [Replay] can be told. The zero value takes the usual names of fields,
// and finds out everything else.
type Options struct {
	API      *model.API        // the one that all replies are of that name no other; nil for what each shows
	Fields   Fields            // where JSON lines have what
	Format   Format            // of all inputs
	Progress func(bytes int64) // is told how much was read, now and then; nil for nobody
}

// Replay counts replies. It is not safe for concurrent use.
type Replay struct {
	options Options
	apis    []*api
	byName  map[string]*api
	asked   *api // nil where each reply shows its own
	places  *node
	scan    scanner
	header  header
	body    []byte // of the reply at hand, unescaped
	index   *lookup.Index
	catalog *model.Catalog
	seed    seed
	calls   calls
	sums    sums
	files   []string
}

// api is one API with its table and its hosts.
type api struct {
	*model.API
	place  int // among the catalog's
	table  *classify.Catalog
	hosts  []string
	paths  bool // its operations have some
	called map[string]classify.Operation
}

// New starts a replay through a catalog.
func New(c *model.Catalog, o Options) (*Replay, error) {
	places, err := o.Fields.places()
	if err != nil {
		return nil, err
	}
	r := &Replay{options: o, catalog: c, places: places, byName: map[string]*api{}, seed: newSeed(), sums: newSums(), header: newHeader(c)}
	for i, a := range c.APIs {
		own := &api{API: a, place: i, table: a.Table(), hosts: lookup.HostsOf(a), called: map[string]classify.Operation{}}
		own.paths = slices.ContainsFunc(a.Operations, func(op *model.Operation) bool { return op.Path != "" })
		r.apis, r.byName[a.Name] = append(r.apis, own), own
		if a == o.API {
			r.asked = own
		}
	}
	return r, nil
}

// Read counts the replies of one input, which may be compressed. Its name is for places.
func (r *Replay) Read(name string, in io.Reader) error {
	r.files = append(r.files, name)
	content, done, err := decompressed(&meter{in: in, tell: r.options.Progress})
	if err != nil {
		return err
	}
	defer done()
	lines := newLines(content)
	format := r.options.Format
	if format == Auto {
		format = formatOf(lines.start())
	}
	if format == JSON {
		return r.readDocuments(lines)
	}
	for lines.next() {
		r.line(format, lines)
	}
	return lines.err
}

// moment is when or where a reply was seen.
type moment struct {
	nanos int64 // since 1970; 0 for no time
	line  int64 // from 1
	file  int32
	entry bool // which is the number of a value in a document, not of a line
}

// place says where a moment is.
func (r *Replay) place(m moment) string {
	if m.entry {
		return fmt.Sprintf("%s:entry %d", r.files[m.file], m.line)
	}
	return fmt.Sprintf("%s:%d", r.files[m.file], m.line)
}

// line counts one line.
func (r *Replay) line(f Format, l *lines) {
	text := l.text
	if len(text) == 0 || text[0] <= ' ' || text[len(text)-1] <= ' ' {
		if text = bytes.TrimSpace(text); len(text) == 0 {
			return
		}
	}
	r.sums.lines++
	m := moment{file: int32(len(r.files) - 1), line: l.number}
	switch {
	case l.cut:
		r.unread(m, "longer than "+tooLong)
	case f == Lines:
		r.object(text, m)
	case f == Access:
		r.access(text, m)
	default:
		r.plain(text, m)
	}
}

// unread counts a line that can't be read.
func (r *Replay) unread(m moment, why string) {
	r.sums.unread++
	if len(r.sums.flaws) < maxFlaws {
		r.sums.flaws = append(r.sums.flaws, Flaw{r.place(m), why})
	}
}

// maxFlaws is how many of the lines are named that can't be read.
const maxFlaws = 5
