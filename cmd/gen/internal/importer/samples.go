package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// sample is a reply that was captured or that a page shows.
type sample struct {
	status    int // 0 if it is not known
	operation string
	method    string
	path      string
	headers   []note       // in text, the name and behind a colon the value
	body      *syntax.Node // of JSON or XML, or nil
	isXML     bool         // and what the body was
	text      string       // of any body but JSON
}

// isError reports whether a sample is one of an error: by its status, or where that is not
// known or says success, by its body.
func (s *sample) isError() bool {
	if s.status >= 400 {
		return true
	}
	if s.isXML {
		return tellsError(s.body, 0)
	}
	for _, pair := range members(s.body) {
		switch name := bare(pair.Key.Text); {
		case slices.Contains(successNames, name) && pair.Value.Type == syntax.Boolean:
			return pair.Value.Text == "false"
		case (name == "error" || name == "errors") && pair.Value.Type != syntax.Null && pair.Value.Text != "" && pair.Value.Text != "false", name == "error" && pair.Value.Kind == syntax.Mapping:
			return true
		}
	}
	return false
}

// tellsError reports whether an element at the root of a document, or in what wraps it, is by
// its name an error: the Fault in the Body of an Envelope (SOAP), or the err of an rsp.
func tellsError(n *syntax.Node, depth int) bool {
	const deepest = 3
	if n == nil || depth == deepest {
		return false
	}
	return slices.ContainsFunc(n.Pairs, func(p syntax.Pair) bool {
		name := strings.ToLower(p.Key.Text)
		return strings.Contains(name, "error") || name == "fault" || name == "err" || len(n.Pairs) <= 2 && tellsError(p.Value, depth+1)
	})
}

func members(n *syntax.Node) []syntax.Pair {
	if n == nil {
		return nil
	}
	return n.Pairs
}

// spots returns the places of single values in a sample.
func (s *sample) spots() (found []spot) {
	var walk func(n *syntax.Node, path []string)
	walk = func(n *syntax.Node, path []string) {
		if n == nil || len(path) > maxSpotDepth || len(found) > maxSpots {
			return
		}
		isInfo := strings.HasSuffix(text(n, "@type"), "google.rpc.ErrorInfo")
		for _, pair := range n.Pairs {
			before := len(found)
			walk(pair.Value, append(slices.Clone(path), pair.Key.Text))
			if isInfo && pair.Key.Text == "reason" && len(found) == before+1 {
				found[before].isReason = true
			}
		}
		for _, item := range n.Items {
			walk(item, append(slices.Clone(path), "*"))
		}
		if n.Kind != syntax.Scalar || n.Type == syntax.Null || len(path) == 0 {
			return
		}
		kind := map[syntax.Type]string{syntax.Text: "string", syntax.Integer: "integer", syntax.Float: "integer", syntax.Boolean: "boolean"}[n.Type]
		found = append(found, spot{path: path, kind: kind, sample: n.Text})
	}
	walk(s.body, nil)
	return found
}

// codeScore of a place in a sample looks at the value too: a sentence is not a code.
func sampledCode(s *spot) int {
	if !isCodeText(s.sample) || isHTTPStatus(s.sample) {
		return 0
	}
	score := s.codeScore()
	if s.name() == "status" && rpcCodeNamed(s.sample) != nil {
		return enoughForCode + 2 // the status of a google.rpc.Status in JSON
	}
	if score > 0 && strings.ContainsAny(s.sample, "_") {
		score += 2
	}
	return score
}

// sampledMessage wants more than a word.
func sampledMessage(s *spot) int {
	if !strings.Contains(s.sample, " ") {
		return 0
	}
	return s.messageScore()
}

// formOf infers how replies are read from samples, or returns nil if these don't tell.
func formOf(samples []*sample) *form {
	f, _, _ := formAndPlaces(samples)
	return f
}

func formAndPlaces(samples []*sample) (f *form, codePlaces, messagePlaces []*tally) {
	var codes, messages, inSuccess, inError tallies
	errors, successes := 0, 0
	for _, s := range samples {
		if s.body == nil || s.body.Kind != syntax.Mapping {
			continue
		}
		spots := s.spots()
		if !s.isError() {
			successes++
			inSuccess.reply(spots, (*spot).successScore)
			continue
		}
		errors++
		inError.reply(spots, (*spot).successScore)
		codes.reply(spots, sampledCode)
		messages.reply(spots, sampledMessage)
	}
	f = &form{syntax: "json"}
	for _, t := range inSuccess.best(1) {
		if other := inError.by[pointer(t.spot.path)]; other != nil && t.count == successes && other.count == errors && t.spot.sample == "true" {
			f.ok = append(f.ok, note{"{at: " + placeScalar(t.spot.path) + ", equals: true}", fmt.Sprintf("true in %s, and false in %s", plural(successes, "success"), plural(errors, "error"))})
		}
	}
	codePlaces = codes.best(enoughForCode)
	messagePlaces = messages.best(enoughForMessage)
	for _, t := range codePlaces {
		f.code = append(f.code, t.placeNote(errors, "replies with errors"))
	}
	for _, t := range messagePlaces {
		f.message = append(f.message, t.placeNote(errors, "replies with errors"))
	}
	if len(f.code) == 0 && len(f.ok) == 0 {
		return nil, nil, nil
	}
	return f, codePlaces, messagePlaces
}
