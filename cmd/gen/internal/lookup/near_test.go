package lookup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestTypos makes every typo in every code and asks that it leads to the code,
// as a guess.
func TestTypos(t *testing.T) {
	c := shipped(t)
	x := New(c)
	trials, found := 0, 0
	var missed []string
	for _, api := range c.APIs {
		for _, e := range api.Codes {
			for query := range lookuptest.Typos(e.Code) {
				trials++
				got := x.Explain(query)
				if len(got) > 0 && got[0].Entry == e && got[0].Confidence == Guess {
					found++
				} else {
					missed = append(missed, fmt.Sprintf("%s: %v", query, lines(got)))
				}
			}
		}
	}
	if found*100 < trials*97 {
		t.Errorf("found %d of %d typos, want at least 97 %%; missed:\n%s", found, trials, strings.Join(missed, "\n"))
	}
	t.Logf("found %d of %d typos; missed:\n%s", found, trials, strings.Join(missed, "\n"))
}

func TestTyposInText(t *testing.T) {
	c := shipped(t)
	x := New(c)
	for _, e := range c.APIs[0].Codes {
		for i := range len(e.Code) - 1 {
			swapped := e.Code[:i] + e.Code[i+1:i+2] + e.Code[i:i+1] + e.Code[i+2:]
			if swapped == e.Code || strings.HasPrefix(swapped, "_") || strings.HasSuffix(swapped, "_") {
				continue
			}
			got := x.Explain("today it was " + swapped + ", what now?")
			if len(got) == 0 || got[0].Entry != e || got[0].Confidence != Guess {
				t.Errorf("%s: got %v, want a guess of %s first", swapped, lines(got), e.Code)
			}
		}
	}
	for query, want := range lookuptest.Nearly {
		if diff := cmp.Diff([]string{want}, lines(x.Explain(query))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", query, diff)
		}
	}
}
