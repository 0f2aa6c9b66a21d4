package lookup

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestSteps looks up the examples of the steps in doc.go.
func TestSteps(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, source2, _ := strings.Cut(string(source), "\n// # Steps\n")
	steps, _, _ := strings.Cut(source2, "\n// # Order\n")
	odd, ours := New(load(t, lookuptest.OddSpec)), New(shipped(t))
	starts := regexp.MustCompile(`(?m)^// [0-9]+\. (\w+)\.`).FindAllStringSubmatchIndex(steps, -1)
	if len(starts) != 9 {
		t.Fatalf("got %d steps, want 9", len(starts))
	}
	for k, start := range starts {
		step, name := steps[start[0]:], steps[start[2]:start[3]]
		if k+1 < len(starts) {
			step = steps[start[0]:starts[k+1][0]]
		}
		examples := regexp.MustCompile(`(?m)^//\t(.*) -> (.*)$`).FindAllStringSubmatch(step, -1)
		if len(examples) == 0 {
			t.Errorf("step %d, %s, has no example", k+1, name)
		}
		for _, example := range examples {
			text, want := example[1], example[2]
			if quoted, err := strconv.Unquote(text); err == nil {
				text = quoted
			}
			x := ours
			if strings.Fields(want)[1] == "alpha" {
				x = odd
			}
			if got := lines(x.Explain(text)); len(got) == 0 || got[0] != want {
				t.Errorf("step %d, %s: %q: got %q, want %q first", k+1, name, text, got, want)
			}
		}
	}
}

// TestEveryRowCounts leaves out each row, and each fact and each style of a row, and
// wants another answer to some text.
func TestEveryRowCounts(t *testing.T) {
	defer func(old func() map[string][]judgement) { judgements = old }(judgements)
	x := New(load(t, lookuptest.NamesSpec))
	counts := func(changed []row) bool {
		judgements = func() map[string][]judgement { return newJudgements(changed) }
		for text, want := range lookuptest.Names {
			if !slices.Equal(want, lines(x.Explain(text))) {
				return true
			}
		}
		return false
	}
	for k, r := range rows {
		if !counts(slices.Delete(slices.Clone(rows), k, k+1)) {
			t.Errorf("nothing changes without the row %q", r)
		}
		for _, fact := range strings.Fields(r.when) {
			changed := slices.Clone(rows)
			changed[k].when = without(r.when, fact)
			if !counts(changed) {
				t.Errorf("nothing changes without %s in the row %q", fact, r)
			}
		}
		for _, style := range strings.Fields(r.styles) {
			changed := slices.Clone(rows)
			if changed[k].styles = without(r.styles, style); changed[k].styles != "" && !counts(changed) {
				t.Errorf("nothing changes without %s in the row %q", style, r)
			}
		}
	}
}

func without(words, word string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(words), func(w string) bool { return w == word }), " ")
}

// TestNames wants the answers that lookuptest.Names has.
func TestNames(t *testing.T) {
	x := New(load(t, lookuptest.NamesSpec))
	for text, want := range lookuptest.Names {
		if diff := cmp.Diff(want, lines(x.Explain(text))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestUnknownFact(t *testing.T) {
	defer func() {
		if got := fmt.Sprint(recover()); got != "internal error: no fact is called closed" {
			t.Errorf("got panic %s", got)
		}
	}()
	newJudgements([]row{{"word", "", "whole !closed", Exact}})
}
