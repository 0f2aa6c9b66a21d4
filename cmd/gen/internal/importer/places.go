package importer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// Where replies have a code and a text for people is inferred from the names of the places,
// their types, and how many replies have them.

// codeNames are the names of places of codes, without case and separators, and how much each
// speaks for that. Those below enoughForCode count only where the values are listed.
var codeNames = map[string]int{
	"code": 10, "errorcode": 10, "errcode": 10, "errorid": 7, "errno": 8, "errorkey": 8, "errortype": 8, "errorname": 8, "reason": 6, "error": 5,
	"type": 5, "subcode": 6, "suberror": 5, "errorsubcode": 7, "kind": 3, "key": 2, "name": 2, "id": 1, "status": 3, "slug": 3, "title": 1, "message": 1, "faultcode": 10, "faultsubcode": 14,
}

// messageNames are those of texts for people.
var messageNames = map[string]int{
	"message": 10, "errormessage": 10, "msg": 9, "errormsg": 9, "errordescription": 9, "detail": 8, "description": 7, "usermessage": 6, "displaymessage": 6, "title": 5, "error": 4, "reason": 4, "details": 3, "text": 3, "faultstring": 10,
}

// aside are objects that say something about an error but are not it.
var aside = []string{"details", "context", "meta", "metadata", "data", "request", "params", "input", "loc", "ctx", "source", "links", "innererror", "paymentintent", "setupintent", "paymentmethod", "charge"}

const (
	surelyCode       = 12
	enoughForCode    = 6
	enoughForMessage = 4
	maxPlaces        = 4
)

func bare(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '.' || r == '@' {
			return -1
		}
		return r
	}, name))
}

// depthCost is what a place loses because it is not where errors are.
func depthCost(path []string) int {
	cost := 0
	for _, step := range path[:len(path)-1] {
		switch name := bare(step); {
		case name == "error" || name == "errors" || name == "err" || name == "fault":
			cost--
		case name == "*" || name == "envelope" || name == "body":
		case slices.Contains(aside, name):
			cost += 5
		default:
			cost += 2
		}
	}
	return max(cost, -1) + max(0, len(path)-3)
}

// name returns the name of a place: the last in its path, or of the Value of a Code and the
// Text of a Reason (SOAP 1.2) what the element around it is called.
func (s *spot) name() string {
	last := bare(s.path[len(s.path)-1])
	if len(s.path) < 2 {
		return last
	}
	switch around := bare(s.path[len(s.path)-2]); {
	case last == "value" && around == "code":
		return "code"
	case last == "value" && around == "subcode":
		return "faultsubcode"
	case last == "text" && around == "reason":
		return "message"
	}
	return last
}

var aboutHTTP = pattern.Of(`(?i)\bhttp\b.{0,20}\b(?:status|code)\b|\bstatus code\b`)

// codeScore is how much speaks for a place to be that of a code.
func (s *spot) codeScore() int {
	if s.isReason {
		return surelyCode
	}
	score, ok := codeNames[s.name()]
	if !ok || s.kind == "boolean" {
		return 0
	}
	switch {
	case s.kind == "integer" && (aboutHTTP().MatchString(s.text) || isHTTPStatus(s.sample) || s.areStatuses()):
		return 0
	case s.areStatuses() || s.isEnum && !slices.ContainsFunc(s.values, func(v value) bool { return !isPlaceholder(v.text) }):
		return 0
	case s.kind == "integer" && score < 8:
		return 0
	case s.isEnum:
		score += 4
	case s.kind == "integer":
		score -= 3
	}
	return score - depthCost(s.path)
}

// areStatuses reports whether all values are HTTP statuses, and so not codes.
func (s *spot) areStatuses() bool {
	return len(s.values) > 0 && !slices.ContainsFunc(s.values, func(v value) bool { return !isHTTPStatus(v.text) })
}

func isHTTPStatus(text string) bool {
	return len(text) == 3 && isDigits(text) && '1' <= text[0] && text[0] <= '5'
}

func (s *spot) messageScore() int {
	if s.kind != "string" || s.isEnum && len(s.values) > 1 {
		return 0
	}
	return messageNames[s.name()] - depthCost(s.path)
}

// successNames are those of truth values that tell success from failure.
var successNames = []string{"ok", "success", "succeeded", "issuccess"}

// successScore is 1 for a truth value that says whether the call succeeded.
func (s *spot) successScore() int {
	if s.kind == "boolean" && len(s.path) == 1 && slices.Contains(successNames, bare(s.path[0])) {
		return 1
	}
	return 0
}

// tally is how many replies have a place.
type tally struct {
	spot  *spot
	score int
	count int
	enums int
	order int
}

// tallies counts places over replies.
type tallies struct {
	list []*tally
	by   map[string]*tally
}

// reply counts the places of a reply by what speaks for each.
func (t *tallies) reply(spots []spot, score func(*spot) int) { t.replies(1, spots, score) }

// replies counts those of several replies that have the same places.
func (t *tallies) replies(n int, spots []spot, score func(*spot) int) {
	if t.by == nil {
		t.by = make(map[string]*tally)
	}
	counted := make(map[*tally]bool)
	for i := range spots {
		s := &spots[i]
		at := s.pointer()
		one := t.by[at]
		if one == nil {
			one = &tally{spot: s, order: len(t.list)}
			t.by[at] = one
			t.list = append(t.list, one)
		}
		if !counted[one] {
			one.count += n
			counted[one] = true
		}
		if score := score(s); score > one.score {
			one.score, one.spot = score, s
		}
		one.enums = max(one.enums, len(s.values))
	}
}

// best returns the places with the highest scores, of those that have enough.
func (t *tallies) best(enough int) []*tally {
	var all []*tally
	most := 0
	for _, one := range t.list {
		if one.score >= enough {
			all = append(all, one)
			most = max(most, one.count)
		}
	}
	highest := 0
	for _, one := range all {
		highest = max(highest, one.score)
	}
	all = slices.DeleteFunc(all, func(one *tally) bool { return one.count*50 < most || one.score*2 <= highest })
	slices.SortStableFunc(all, func(a, b *tally) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.count, a.count), cmp.Compare(a.order, b.order))
	})
	return all[:min(len(all), maxPlaces)]
}

// pointer writes a path as a JSON Pointer.
func pointer(path []string) string {
	var out strings.Builder
	for _, step := range path {
		if strings.ContainsAny(step, "~/") {
			step = strings.ReplaceAll(strings.ReplaceAll(step, "~", "~0"), "/", "~1")
		}
		out.WriteString("/" + step)
	}
	return out.String()
}

// pointer returns the path of a spot as a JSON Pointer; replies that share a schema ask for it
// thousands of times.
func (s *spot) pointer() string {
	if s.at == "" {
		s.at = pointer(s.path)
	}
	return s.at
}

// placeNote is a place as it stands in a list, with how many replies have it.
func (t *tally) placeNote(of int, what string) note {
	comment := fmt.Sprintf("in %d of %d %s", t.count, of, what)
	if t.enums > 0 {
		comment += fmt.Sprintf(", with %s listed", plural(t.enums, "value"))
	}
	return note{placeScalar(t.spot.path), comment}
}

// placeScalar is a pointer inside of a list.
func placeScalar(path []string) string {
	if at := pointer(path); plainPointer().MatchString(at) {
		return at
	}
	return quoted(pointer(path))
}

var plainPointer = pattern.Of(`^(?:/[A-Za-z0-9_.~-]+)+$`)
