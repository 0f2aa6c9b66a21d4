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
	RequestID  string `json:"request_id"` // of a reply of the API in the text; empty for none
	Field      string `json:"field"`      // the same

	Count    int       `json:"count"`    // how often the text holds it
	Decision *Decision `json:"decision"` // what the API decides on the reply in the text; null where the text holds none that the entry is for
}

// NewMatch returns the form of a match.
func NewMatch(confidence string, e *model.Entry, why, requestID, field string) Match {
	return Match{Confidence: confidence, Entry: NewEntryOf(e, requestID, field), Why: why, RequestID: requestID, Field: field}
}

// NewMatches returns the form of matches.
func NewMatches(matches ...Match) Matches {
	return Matches{Matches: append([]Match{}, matches...)}
}
