package diag

import (
	"encoding/json"
	"io"
)

// report is the form of problems for programs. Every member is always there.
type report struct {
	Problems []jsonProblem `json:"problems"`
}

type jsonProblem struct {
	Problem
	Hint    string    `json:"hint"`
	Related []Related `json:"related"`
}

// JSON writes the problems for programs, as {"problems":[…]}.
func JSON(w io.Writer, problems []Problem) error {
	r := report{Problems: make([]jsonProblem, len(problems))}
	for i, p := range problems {
		r.Problems[i] = jsonProblem{Problem: p, Hint: p.Hint, Related: append([]Related{}, p.Related...)}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}
