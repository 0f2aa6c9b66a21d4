package diag

import (
	"fmt"
	"slices"
)

// Shown is how many problems are printed at most: nobody mends more in one go, and a file
// can have a million.
const Shown = 200

// maxKept is how many problems a list keeps of which the first are printed, whatever the
// order in which they are found.
const maxKept = 50 * Shown

func (o Others) sentence() string {
	return fmt.Sprintf("and %d more: %d errors, %d warnings", o.Errors+o.Warnings, o.Errors, o.Warnings)
}

// head returns the problems to print, in their order, and how many others there are.
func head(problems []Problem) ([]Problem, Others) {
	shown := first(problems, Shown)
	all, few := Count(problems), Others{}
	for _, p := range shown {
		if p.Severity == Error {
			few.Errors++
		} else {
			few.Warnings++
		}
	}
	return shown, Others{all.Errors - few.Errors, all.Warnings - few.Warnings}
}

// first returns the first n problems, in their order. No error is left out for a warning.
func first(problems []Problem, n int) []Problem {
	if len(problems) <= n {
		return problems
	}
	most := make(map[Severity]int)
	for _, p := range problems {
		most[p.Severity]++
	}
	most[Error] = min(most[Error], n)
	most[Warning] = n - most[Error]
	shown := make([]Problem, 0, n)
	for _, p := range problems {
		if most[p.Severity] > 0 {
			most[p.Severity]--
			shown = append(shown, p)
		}
	}
	return shown
}

// trim drops most of the problems of a list that has very many, the last of the file, and
// counts them.
func (l *List) trim() {
	if len(*l) < 2*maxKept {
		return
	}
	Sort(*l)
	all := Count(*l)
	kept := first(*l, maxKept)
	for i := range kept {
		kept[i].Others = Others{}
	}
	n := Count(kept)
	kept[len(kept)-1].Others = Others{all.Errors - n.Errors, all.Warnings - n.Warnings}
	*l = slices.Grow(kept, maxKept)
}
