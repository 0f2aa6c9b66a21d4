package check_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
)

// TestCuts cuts specs off, at the ends of lines and inside of them. Of the first kind some
// are specs that nothing is missing from: all but a few of the rest are noticed.
func TestCuts(t *testing.T) {
	for _, test := range []struct {
		name string
		step int // from one cut to the next, in lines
		most int // cuts at which nothing is noticed
	}{{"../cli/starter.yaml", 1, 3}, {"../../../../spec/errors.yaml", 5, 4}} {
		source, err := os.ReadFile(test.name)
		if err != nil {
			t.Fatal(err)
		}
		silent, cut := 0, 0
		for i, line := range bytes.SplitAfter(source, []byte("\n")) {
			if cut += len(line); i%test.step > 0 || cut == len(source) {
				continue
			}
			if _, problems := check.Load("s.yaml", source[:cut]); len(problems) == 0 {
				silent++
			}
			if _, problems := check.Load("s.yaml", source[:cut-1]); len(problems) == 0 {
				t.Errorf("%s cut off inside of line %d has no problem", test.name, i+1)
			}
		}
		if silent > test.most {
			t.Errorf("%s has no problem at %d cuts, want at most %d", test.name, silent, test.most)
		}
		if _, problems := check.Load("s.yaml", source); len(problems) > 0 {
			t.Errorf("the whole of %s has problems: %v", test.name, problems)
		}
	}
}
