package lookup

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// What an index has of a large catalog is made when it is first asked for, where most
// texts don't ask.

// spelled is a name before it is filed under its letters.
type spelled struct {
	letters string
	entry   *model.Entry
	text    string
	kind    nameKind
}

// fileSpellings files names, those with the same letters together.
func (x *Index) fileSpellings(all []spelled) {
	slices.SortStableFunc(all, func(a, b spelled) int { return strings.Compare(a.letters, b.letters) })
	names := make([]name, len(all))
	x.spellings.grow(len(all))
	for i, own := range all {
		names[i].set(own)
	}
	for start := 0; start < len(all); {
		end := start + 1
		for end < len(all) && all[end].letters == all[start].letters {
			end++
		}
		x.spellings.add(all[start].letters, spelling{all[start].letters, names[start:end]})
		start = end
	}
	x.spellings.sort()
}

// sortBackward returns the indexes of spellings, ordered by their letters read backward.
func (x *Index) sortBackward() []int {
	order := make([]int, len(x.spellings.letters))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return compareBackward(x.spellings.letters[a], x.spellings.letters[b])
	})
	return order
}

// keyed returns the entries that have a text for their key or an alias, letter by letter.
func (x *Index) keyed(text string) []*model.Entry {
	all := x.keys[text]
	if own := x.exactly(squash(text)); own != nil && len(all) == 0 {
		for k := range own.names {
			if n := &own.names[k]; n.kind != messageName && n.text == text {
				all = append(all, n.entry)
			}
		}
	}
	return all
}

// entries is how many there are.
func (x *Index) entries() (n int) {
	for i := range x.apis {
		n += len(x.apis[i].Codes) + len(x.apis[i].others)
	}
	return n
}

// place returns how many entries stand before one in the catalog.
func (x *Index) place(e *model.Entry) (n int) {
	for i := range x.apis {
		a := &x.apis[i]
		if a.API == e.API {
			if a.code(e.Number, e.Code) == e {
				return n + int(e.Number) - 1
			}
			return n + slices.Index(a.Entries(), e)
		}
		n += len(a.Codes) + len(a.others)
	}
	return n
}

// entry returns the entry that the table of the API has, or nil.
func (a *api) entry(v classify.View) *model.Entry {
	if v.Kind() == classify.KindCode {
		return a.code(v.Number(), v.Code())
	}
	return a.others[entryKey{v.Kind(), v.Code()}]
}

// code returns the entry of a code with a number, or nil.
func (a *api) code(number uint16, code string) *model.Entry {
	if number == 0 || int(number) > len(a.Codes) || a.Codes[number-1].Code != code {
		return nil
	}
	return a.Codes[number-1]
}

// apisOf returns the APIs of a catalog, which may be nil.
func apisOf(c *model.Catalog) []*model.API {
	if c == nil {
		return nil
	}
	return c.APIs
}

// tails are the codes without a first word that many codes of their API start with: people
// leave it out.
type tails struct {
	entries map[string][]*model.Entry // squashed
	lexicon *lexicon[[]*model.Entry]  // of those that are long enough to be met in a text
	starts  starts
}

func newTails(c *model.Catalog) *tails {
	all := &tails{entries: map[string][]*model.Entry{}, lexicon: newLexicon[[]*model.Entry](ofTails)}
	for _, a := range apisOf(c) {
		all.add(a)
	}
	for tail, entries := range all.entries {
		if len(tail) >= minCut {
			all.lexicon.add(tail, entries)
		}
	}
	all.lexicon.sort()
	all.lexicon.fileStarts(&all.starts)
	return all
}

func (all *tails) add(a *model.API) {
	starts := map[string]int{}
	split := make([][]string, len(a.Codes))
	for i, e := range a.Codes {
		split[i] = cut(e.Code).words()
		starts[split[i][0]]++
	}
	for i, e := range a.Codes {
		if words := split[i]; starts[words[0]] >= commonStart && len(words) > 2 {
			tail := strings.Join(words[1:], "")
			all.entries[tail] = append(all.entries[tail], e)
		}
	}
}

// commonStart is how many codes of an API share their first word where people
// leave it out.
const commonStart = 3

// look notes the atoms that a tail may start with.
func (all *tails) look(t *text) {
	for i, a := range t.atoms {
		if all.starts.at(firstBytes(t.flat[a.from:]))>>ofTails&1 != 0 {
			t.may[ofTails] = append(t.may[ofTails], int32(i))
		}
	}
}
