package output

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind is what is wrong with a file on disk.
type Kind string

// The kinds of difference. A stale file can't be told from one edited by hand.
const (
	Missing  Kind = "missing"  // not there
	Differs  Kind = "differs"  // other bytes: stale, or edited by hand
	Orphaned Kind = "orphaned" // once made, no longer
	Stray    Kind = "stray"    // made from a spec that is not there
	Leftover Kind = "leftover" // a temporary file of a run that did not end
)

// Difference is a file on disk that is not what would be written.
type Difference struct {
	Path string // as the user would write it
	Kind Kind
	Line int    // the first line that differs, from 1; 0 unless Kind is Differs
	Want string // that line as it would be written, without its end; of a stray, why it is one
	Got  string // that line on disk

	WantEnd, GotEnd bool // there is no such line
}

// String returns the difference in a line, and for a changed file two more with
// both sides of the first difference.
func (d Difference) String() string {
	switch d.Kind {
	case Missing:
		return d.Path + ": missing"
	case Orphaned:
		return d.Path + ": orphaned, no longer made"
	case Stray:
		return d.Path + ": " + d.Want
	case Leftover:
		return d.Path + ": left by a run that did not end"
	}
	return fmt.Sprintf("%s: differs at line %d: stale, or edited by hand\n    want: %s\n    got:  %s",
		d.Path, d.Line, quoteLine(d.Want, d.WantEnd), quoteLine(d.Got, d.GotEnd))
}

// maxQuoted is how many characters of a line are shown.
const maxQuoted = 160

func quoteLine(line string, end bool) string {
	if end {
		return "end of file"
	}
	if runes := []rune(line); len(runes) > maxQuoted {
		line = string(runes[:maxQuoted]) + "…"
	}
	return strconv.Quote(line)
}

// differences returns what is wrong with the tree's files, sorted by path.
func (t *tree) differences() []Difference {
	var all []Difference
	for _, f := range t.files {
		switch f.state {
		case missing:
			all = append(all, Difference{Path: t.display(f.name), Kind: Missing})
		case differs:
			d := f.first
			d.Path = t.display(f.name)
			all = append(all, d)
		}
	}
	for _, name := range t.orphans {
		all = append(all, Difference{Path: t.display(name), Kind: Orphaned})
	}
	for _, c := range t.strays {
		all = append(all, Difference{Path: c.Path, Kind: Stray, Want: c.Reason})
	}
	for _, name := range t.litter {
		all = append(all, Difference{Path: t.display(name), Kind: Leftover})
	}
	slices.SortFunc(all, func(a, b Difference) int { return cmp.Compare(a.Path, b.Path) })
	return all
}

// firstDifference returns the first line in which two contents that are not
// equal differ. Around the difference a long line is cut.
func firstDifference(want, got []byte) Difference {
	d := Difference{Kind: Differs, Line: 1}
	want, got = withoutCR(want), withoutCR(got)
	for {
		var wantLine, gotLine []byte
		wantLine, want = cutLine(want)
		gotLine, got = cutLine(got)
		if bytes.Equal(wantLine, gotLine) {
			d.Line++
			continue
		}
		d.WantEnd, d.GotEnd = len(wantLine) == 0, len(gotLine) == 0
		d.Want, d.Got = window(string(wantLine), string(gotLine))
		return d
	}
}

// cutLine returns the first line with its end.
func cutLine(content []byte) (line, rest []byte) {
	if i := bytes.IndexByte(content, '\n'); i >= 0 {
		return content[:i+1], content[i+1:]
	}
	return content, nil
}

// contextLength is how many characters before the difference are shown of a long
// line.
const contextLength = 40

// window drops the line ends, if both are the same, and what long lines have in
// common before the part that differs.
func window(want, got string) (string, string) {
	if strings.HasSuffix(want, "\n") && strings.HasSuffix(got, "\n") {
		want, got = want[:len(want)-1], got[:len(got)-1]
	}
	w, g := []rune(want), []rune(got)
	shared := 0
	for shared < min(len(w), len(g)) && w[shared] == g[shared] {
		shared++
	}
	if max(len(w), len(g)) <= maxQuoted || shared <= contextLength {
		return want, got
	}
	from := shared - contextLength
	return "…" + string(w[from:]), "…" + string(g[from:])
}
