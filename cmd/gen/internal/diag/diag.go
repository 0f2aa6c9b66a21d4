// Package diag is a problem of a spec, with its place, and its forms for people
// and for programs.
package diag

import (
	"cmp"
	"slices"
)

// Severity is how bad a problem is.
type Severity string

// The severities. Nothing is generated from a spec with an error.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Place is a position in a file. Line and Column count from 1, columns in
// characters.
type Place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Compare orders places by where they stand in their files.
func (p Place) Compare(q Place) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Problem is one thing that is wrong with a spec.
type Problem struct {
	Place
	Severity Severity  `json:"severity"`
	Rule     string    `json:"rule"`
	Message  string    `json:"message"`
	Hint     string    `json:"hint,omitempty"`
	Related  []Related `json:"related,omitempty"`
	Others   Others    `json:"-"` // found after it in the file, and not kept
}

// Others are problems that are counted and not kept.
type Others struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
}

// Count returns how many errors and warnings there are.
func Count(problems []Problem) (n Others) {
	for _, p := range problems {
		n.Errors += p.Others.Errors
		n.Warnings += p.Others.Warnings
		if p.Severity == Error {
			n.Errors++
		} else {
			n.Warnings++
		}
	}
	return n
}

// Related is a second place that a problem speaks of.
type Related struct {
	Place
	Message string `json:"message"`
}

// Sort orders problems by place.
func Sort(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(a.Place.Compare(b.Place), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
}

// HasErrors reports whether any of the problems is an error.
func HasErrors(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == Error })
}
