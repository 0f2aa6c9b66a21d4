package catalogjson

import "github.com/errkb/errkb/cmd/gen/internal/model"

// Matches is what a pasted text may be, the best first.
type Matches struct {
	Matches []Match `json:"matches"`
}

// Match is one entry that a text may be.
type Match struct {
	Confidence string `json:"confidence"` // exact, likely or guess
	Entry      Entry  `json:"entry"`
	Why        string `json:"why"`

	Count    int       `json:"count"`    // how often the text holds it
	Decision *Decision `json:"decision"` // what the API decides on the reply in the text; null where the text holds none that the entry is for
}

// NewMatch returns the form of a match.
func NewMatch(confidence string, e *model.Entry, why string) Match {
	return Match{Confidence: confidence, Entry: NewEntry(e), Why: why}
}

// NewMatches returns the form of matches.
func NewMatches(matches ...Match) Matches {
	return Matches{Matches: append([]Match{}, matches...)}
}
