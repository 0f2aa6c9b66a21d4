package diag

import (
	"encoding/json"
	"io"
)

// report is the form of problems for programs. Every member is always there, but for more.
type report struct {
	Problems []jsonProblem `json:"problems"`
	More     Others        `json:"more,omitzero"`
}

type jsonProblem struct {
	Problem
	Hint    string    `json:"hint"`
	Related []Related `json:"related"`
}

// JSON writes the problems for programs: the first, as {"problems":[…]}, and how many more
// there are.
func JSON(w io.Writer, problems []Problem) error {
	problems, more := head(problems)
	r := report{Problems: make([]jsonProblem, len(problems)), More: more}
	for i, p := range problems {
		r.Problems[i] = jsonProblem{Problem: p, Hint: p.Hint, Related: append([]Related{}, p.Related...)}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}
