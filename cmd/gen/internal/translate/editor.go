package translate

import (
	"cmp"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

const digestsKey = "digests"

// editor gathers what is to be put between the lines of an overlay, and into them.
type editor struct {
	root  *syntax.Node
	lines []string
	added map[int][]string // lines to put above a line, which counts from 0
	notes map[int][]string // comments on a line, which come below those
	into  []insertion
	gaps  map[*syntax.Node]*gap // what mappings lack
	order []*syntax.Node        // of gaps
}

// insertion is a text to put into a line, at a column in characters; both count from 0.
type insertion struct {
	line, column int
	text         string
}

// gap is what one mapping lacks, as a tree: a text, or a mapping of gaps.
type gap struct {
	key   string
	text  *check.Text // nil for a mapping
	under []*gap

	// Of a gap at the top: the way to the mapping, and where that stands.
	path     []string
	line     int
	inBraces string
}

func newEditor(name string, content []byte) *editor {
	root, _ := syntax.Parse(name, content, math.MaxInt64)
	text := strings.TrimPrefix(string(content), "\ufeff")
	return &editor{
		root:  root,
		lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n"),
		added: make(map[int][]string),
		notes: make(map[int][]string),
		gaps:  make(map[*syntax.Node]*gap),
	}
}

// find goes down a path as far as it exists. It returns the deepest value, the number of
// keys that exist, and the line of the innermost key that is not in braces, with the keys
// behind it.
func (e *editor) find(path []string) (at *syntax.Node, depth, line int, inBraces string) {
	at = e.root
	isBlock := !e.isFlow(at)
	for _, key := range path {
		i := slices.IndexFunc(at.Pairs, func(p syntax.Pair) bool { return p.Key.Text == key })
		if i < 0 {
			break
		}
		if isBlock {
			line = at.Pairs[i].Key.Place.Line - 1
		} else {
			inBraces += key + "."
		}
		at = at.Pairs[i].Value
		isBlock = isBlock && !e.isFlow(at)
		depth++
	}
	return at, depth, line, inBraces
}

// isFlow reports whether a mapping is written in braces.
func (e *editor) isFlow(n *syntax.Node) bool {
	if n.Kind != syntax.Mapping || n.Place.Line > len(e.lines) {
		return false
	}
	line := []rune(e.lines[n.Place.Line-1])
	return n.Place.Column <= len(line) && line[n.Place.Column-1] == '{'
}

// missing notes a text that the overlay lacks.
func (e *editor) missing(text *check.Text) {
	at, depth, line, inBraces := e.find(text.Path)
	if depth == len(text.Path) { // it is there, and empty
		e.note(line, named(inBraces, original(text)))
		return
	}
	top := e.gaps[at]
	if top == nil {
		top = &gap{line: line, path: text.Path[:depth], inBraces: inBraces}
		e.gaps[at] = top
		e.order = append(e.order, at)
	}
	for _, key := range text.Path[depth:] {
		var next *gap
		if i := slices.IndexFunc(top.under, func(g *gap) bool { return g.key == key }); i >= 0 {
			next = top.under[i]
		} else {
			next = &gap{key: key}
			top.under = append(top.under, next)
		}
		top = next
	}
	top.text = text
}

// stale notes a translation of what has changed.
func (e *editor) stale(text *check.Text) {
	_, _, line, inBraces := e.find(text.Path)
	e.note(line, append([]string{"stale, the text is now:"}, named(inBraces, original(text))...))
}

// named puts the keys that lead to a text in braces before it.
func named(inBraces string, lines []string) []string {
	if inBraces != "" {
		lines[0] = strings.TrimSuffix(inBraces, ".") + ": " + lines[0]
	}
	return lines
}

// original returns a text of the spec as lines.
func original(text *check.Text) []string {
	const width = 100
	var lines []string
	for line := range strings.SplitSeq(model.Visible(text.Source), "\n") {
		lines = append(lines, model.Wrap(strings.Fields(line), width)...)
	}
	return lines
}

// note puts comments above a line.
func (e *editor) note(line int, text []string) {
	for _, one := range text {
		e.notes[line] = append(e.notes[line], strings.Repeat(" ", indent(e.lines[line]))+note+" "+one)
	}
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// apply returns the overlay with all that is noted, and with its digests.
func (e *editor) apply(texts []check.Text, digests []string) []byte {
	places := ranks(texts)
	slices.SortStableFunc(e.order, func(a, b *syntax.Node) int { // what is further in ends first
		return len(e.gaps[b].path) - len(e.gaps[a].path)
	})
	for _, at := range e.order {
		if top := e.gaps[at]; e.isFlow(at) || at.Kind != syntax.Mapping || len(at.Pairs) == 0 {
			e.fillFlow(at, top)
		} else {
			e.fillBlock(at, top, places)
		}
	}
	e.dropDigests()
	slices.SortStableFunc(e.into, func(a, b insertion) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(b.column, a.column)) // the last in a line first
	})
	for _, put := range e.into {
		line := []rune(e.lines[put.line])
		e.lines[put.line] = string(line[:put.column]) + put.text + string(line[put.column:])
	}
	var out []string
	for i, line := range e.lines {
		out = append(append(append(out, e.added[i]...), e.notes[i]...), line)
	}
	out = append(out, e.added[len(e.lines)]...)
	for len(out) > 0 && strings.TrimSpace(out[len(out)-1]) == "" {
		out = out[:len(out)-1]
	}
	if len(digests) > 0 {
		out = append(out, "", note+" From what each text is translated, and how it read then; gen translate keeps this.", digestsKey+":")
		for _, digest := range digests {
			out = append(out, "  "+digest)
		}
	}
	return []byte(strings.Join(out, "\n") + "\n")
}

// ranks numbers the paths of a spec's texts and of what holds them, in the spec's order.
func ranks(texts []check.Text) map[string]int {
	places := make(map[string]int)
	for _, key := range []string{"format", "language", "translates"} {
		places[key] = len(places)
	}
	for _, text := range texts {
		for depth := range text.Path {
			key := strings.Join(text.Path[:depth+1], "\n")
			if _, ok := places[key]; !ok {
				places[key] = len(places)
			}
		}
	}
	return places
}

// fillBlock adds what a mapping lacks that has a line for each key: each key behind the one
// that comes before it in the spec.
func (e *editor) fillBlock(at *syntax.Node, top *gap, places map[string]int) {
	rank := func(key string) int {
		place, ok := places[strings.Join(append(slices.Clone(top.path), key), "\n")]
		if !ok {
			return len(places)
		}
		return place
	}
	depth := at.Pairs[0].Key.Place.Column - 1
	for _, g := range top.under {
		line, before := top.line+1, -1
		for _, pair := range at.Pairs {
			if r := rank(pair.Key.Text); r < rank(g.key) && r > before {
				line, before = e.end(pair.Key.Place.Line-1), r
			}
		}
		e.added[line] = append(e.added[line], g.block(depth)...)
	}
}

// end returns the line behind what stands under a key: the first that is not blank and not
// further in. Blank lines before it are not part of what ends there.
func (e *editor) end(key int) int {
	end := key + 1
	for i := key + 1; i < len(e.lines); i++ {
		if strings.TrimSpace(e.lines[i]) == "" {
			continue
		}
		if indent(e.lines[i]) <= indent(e.lines[key]) {
			break
		}
		end = i + 1
	}
	return end
}

// block returns a gap as lines that start so far in.
func (g *gap) block(depth int) []string {
	margin := strings.Repeat(" ", depth)
	if g.text != nil {
		var lines []string
		for _, line := range original(g.text) {
			lines = append(lines, margin+note+" "+line)
		}
		return append(lines, margin+quoted(g.key)+`: ""`)
	}
	lines := []string{margin + quoted(g.key) + ":"}
	for _, under := range g.under {
		lines = append(lines, under.block(depth+2)...)
	}
	return lines
}

// fillFlow adds what a mapping in braces lacks, behind the brace.
func (e *editor) fillFlow(at *syntax.Node, top *gap) {
	var keys, notes []string
	for _, g := range top.under {
		keys = append(keys, g.flow())
		notes = append(notes, g.notes(top.inBraces)...)
	}
	text := strings.Join(keys, ", ")
	if len(at.Pairs) > 0 {
		text += ", "
	}
	e.into = append(e.into, insertion{at.Place.Line - 1, at.Place.Column, text})
	e.note(top.line, notes)
}

// flow returns a gap in braces.
func (g *gap) flow() string {
	if g.text != nil {
		return quoted(g.key) + `: ""`
	}
	var keys []string
	for _, under := range g.under {
		keys = append(keys, under.flow())
	}
	return quoted(g.key) + ": {" + strings.Join(keys, ", ") + "}"
}

// notes returns the texts of a gap, each behind its keys.
func (g *gap) notes(path string) []string {
	path += g.key
	if g.text != nil {
		return named(path, original(g.text))
	}
	var lines []string
	for _, under := range g.under {
		lines = append(lines, under.notes(path+".")...)
	}
	return lines
}

// dropDigests removes the digests, which are written again.
func (e *editor) dropDigests() {
	i := slices.IndexFunc(e.root.Pairs, func(p syntax.Pair) bool { return p.Key.Text == digestsKey })
	if i < 0 {
		return
	}
	from := e.root.Pairs[i].Key.Place.Line - 1
	to := e.end(from)
	e.added, e.notes = moved(e.added, from, to), moved(e.notes, from, to)
	for j := range e.into {
		if e.into[j].line >= to {
			e.into[j].line -= to - from
		}
	}
	e.lines = slices.Delete(e.lines, from, to)
}

// moved returns lines by where they are to go, after the removal of some lines.
func moved(lines map[int][]string, from, to int) map[int][]string {
	left := make(map[int][]string)
	for _, at := range slices.Sorted(maps.Keys(lines)) {
		switch {
		case at <= from:
			left[at] = append(left[at], lines[at]...)
		case at >= to:
			left[at-(to-from)] = append(left[at-(to-from)], lines[at]...)
		}
	}
	return left
}

// plainKey matches the keys that YAML takes without quotes.
var plainKey = pattern.Of(`^[A-Za-z0-9_/][A-Za-z0-9_./~*-]*$`)

// quoted returns a key in YAML.
func quoted(key string) string {
	if plainKey().MatchString(key) {
		return key
	}
	text, err := json.Marshal(key)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return string(text)
}
