package classify

import "slices"

// Plan is what a JSON body is looked through for before it is known what the reply means: all
// the places of a catalog's forms, overrides and delays, which one pass finds. The generator
// works it out; where there is none, each place is looked for on its own. It is for generated
// code only, and changes with the marker of the layout (see [packed.Layout10]).
type Plan struct {
	Targets []Target
	Names   []uint32 // by nameHash, a bit for each target on the way to which such a name is
}

// Target is a place that a JSON body is looked through for. What comes after a * is for those
// who ask for the place.
type Target struct {
	Path  Path     // up to the first *
	Brief []uint64 // each of its tokens in a word
}

// maxTargets is how many targets a plan has at most: a word has a bit for each.
const maxTargets = 32

// PlanOf works out the plan of a catalog.
func PlanOf(c *Catalog) Plan {
	var p Plan
	for i := range c.Forms {
		switch form := &c.Forms[i]; {
		case form.Syntax == JSON && form.In == InBody:
			p.addTests(form.Fail)
			p.addTests(form.OK)
			for _, place := range form.Code {
				p.add(place)
			}
		case form.Syntax == JSON && form.In == InString:
			p.add(form.Inside)
		}
	}
	for i := range c.Overrides {
		p.addTests(c.Overrides[i].When)
	}
	for _, delay := range c.Delays {
		if delay.Header == "" && delay.Code == "" {
			p.add(delay.At)
		}
	}
	return p
}

func (p *Plan) addTests(tests []Test) {
	for _, test := range tests {
		switch test.Kind {
		case Equals, Present, Absent, Contains:
			p.add(test.At)
		case All, Any, Not:
			p.addTests(test.Tests)
		}
	}
}

// add adds a place, unless the plan has it, or no room.
func (p *Plan) add(place Path) {
	for i := range p.Targets {
		if p.Targets[i].is(place) {
			return
		}
	}
	if len(p.Targets) == maxTargets {
		return
	}
	var t Target
	for _, token := range place {
		if token == "*" {
			break
		}
		brief := briefly(token)
		t.Path, t.Brief = append(t.Path, token), append(t.Brief, brief)
		hash := int(nameHash(brief))
		if more := hash + 1 - len(p.Names); more > 0 {
			p.Names = append(p.Names, make([]uint32, more)...)
		}
		p.Names[hash] |= 1 << len(p.Targets)
	}
	p.Targets = append(p.Targets, t)
}

// is reports whether a place is the target's.
func (t *Target) is(place Path) bool {
	if len(place) != 1 || len(t.Path) != 1 {
		return t.isLong(place)
	}
	return t.Path[0] == place[0]
}

func (t *Target) isLong(place Path) bool {
	n := len(t.Path)
	return len(place) >= n && slices.Equal(place[:n], t.Path) && (len(place) == n || place[n] == "*")
}

// nameHash is six bits of a name.
func nameHash(brief uint64) uint { return uint(brief * 0x9e3779b97f4a7c15 >> 58) }

// briefly returns a text of seven bytes or less above a byte of its length: the text in one
// word. Of a longer one it is the length, by which that differs from all of these.
func briefly(text string) uint64 {
	brief := uint64(min(len(text), 1<<8-1))
	if len(text) < 8 {
		for i := range len(text) {
			brief |= uint64(text[i]) << (8 * (i + 1))
		}
	}
	return brief
}
