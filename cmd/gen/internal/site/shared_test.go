package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestForAll has several ask, twice each: for each round it is made once.
func TestForAll(t *testing.T) {
	made := 0
	ask := forAll(3, func() int { made++; return made })
	for i, want := range []int{1, 1, 1, 2, 2, 2} {
		if got := ask(); got != want {
			t.Errorf("call %d got what was made as number %d, not %d", i, got, want)
		}
	}
}

// TestUses makes all files of sites, and counts how often they ask for what they share: it
// is kept for that many.
func TestUses(t *testing.T) {
	for _, size := range []struct{ apis, more int }{{1, 0}, {2, 0}, {1, mostInBook}, {2, mostInBook}, {mostInMenu + 1, 0}} {
		var spec strings.Builder
		spec.WriteString("format: 1\ncategories: {bad: {action: fail}}\napis:\n")
		for i := range size.apis {
			fmt.Fprintf(&spec, "  shop%d: {title: Shop, reply: [{json: {code: [/code]}}], codes: {E_%d: {category: bad, fix: Ask, aliases: [F_%d, G_%d]}, H: {category: bad, fix: Ask}", i, i, i, i)
			for more := range size.more {
				fmt.Fprintf(&spec, ", M_%d: {category: bad, fix: Ask}", more)
			}
			spec.WriteString("}}\n")
		}
		c, problems := check.Load("errors.yaml", []byte(spec.String()))
		if c == nil {
			t.Fatal(problems)
		}
		s := newSite(c, "errors.yaml", nil)
		asked := map[*model.Entry]int{}
		for e, share := range s.shared {
			s.shared[e] = func() shared { asked[e]++; return share() }
		}
		for _, content := range s.files {
			content()
		}
		for e, n := range asked {
			if kept := uses(e) + s.usesInBooks(e.API); n != kept {
				t.Errorf("of %d APIs, %s of %s: asked for %d times, kept for %d", len(c.APIs), e.Code, e.API.Name, n, kept)
			}
		}
	}
}
