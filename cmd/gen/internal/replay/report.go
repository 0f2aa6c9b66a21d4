package replay

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// Report is what a replay found, and its JSON. Members may be added; these stay.
type Report struct {
	Lines        int64            `json:"lines"`    // that are not empty; of JSON in another layout, its objects
	Replies      int64            `json:"replies"`  // that were found
	Unread       int64            `json:"unread"`   // lines that can't be read
	Outcomes     map[string]int64 `json:"outcomes"` // of all replies: success, known, status, unknown, unrecognised, undecided, no_reply
	ByEntry      []EntryCount     `json:"by_entry"` // the most frequent first
	Unknown      []UnknownCode    `json:"unknown"`  // codes that the catalog does not list, the most frequent first
	Wasted       Wasted           `json:"wasted"`
	ShareUnknown float64          `json:"share_unknown"` // of the replies, those with a code that is not listed
	Others       int64            `json:"others"`        // lines that tell no reply, or one of another API
	Uncounted    int64            `json:"uncounted"`     // replies with unlisted codes beyond the first 1,000 such codes, or with one that is very long
	Flaws        []Flaw           `json:"flaws"`         // the first lines that can't be read
}

// EntryCount is how often an entry decided.
type EntryCount struct {
	API   string `json:"api"`
	Kind  string `json:"kind"` // success, code, prefix, status, status_class, unknown, unrecognised or transport
	Code  string `json:"code"` // the entry's key; empty where the catalog has no entry
	Count int64  `json:"count"`
	First string `json:"first"` // the time, or where no time is told the file and the line
	Last  string `json:"last"`
}

// Name returns what decided, for people: "status class 5xx".
func (e EntryCount) Name() string {
	kind := strings.ReplaceAll(e.Kind, "_", " ")
	if e.Code == "" || e.Code == e.Kind {
		return kind
	}
	return kind + " " + e.Code
}

// UnknownCode is a code that the catalog does not list.
type UnknownCode struct {
	API      string `json:"api"`
	Code     string `json:"code"`
	Count    int64  `json:"count"`
	First    string `json:"first"`
	Last     string `json:"last"`
	Statuses []int  `json:"statuses"` // that it came with, that of the sample first
	Message  string `json:"message"`  // the API's own text beside it
	Sample   string `json:"sample"`   // the start of a body, without what is secret
	Stub     string `json:"stub"`     // an entry for the spec, in YAML
}

// Wasted are the requests that were sent again in vain.
type Wasted struct {
	AfterStop int64   `json:"retries_after_stop"`   // after an error that no retry can help, and failed again
	TooSoon   int64   `json:"retries_too_soon"`     // before the wait was over
	Succeeded int64   `json:"succeeded_after_stop"` // after such an error, and succeeded: the entry may be wrong, or somebody acted
	Untold    int64   `json:"untold"`               // replies that don't tell which request they are of
	Examples  []Waste `json:"examples"`
}

// Waste is a request that was sent again in vain.
type Waste struct {
	Kind    WasteKind `json:"kind"`
	API     string    `json:"api"`
	Request string    `json:"request"` // method and path
	Code    string    `json:"code"`    // what decided about the first reply
	First   string    `json:"first"`   // the file and the line of that
	Again   string    `json:"again"`
	GapMS   *int64    `json:"gap_ms"`  // between the two; null where that is not known
	WaitMS  *int64    `json:"wait_ms"` // the least wait; null for one after a stop
}

// WasteKind says why a request was in vain.
type WasteKind string

// The kinds of waste.
const (
	AfterStop WasteKind = "after_stop"
	TooSoon   WasteKind = "too_soon"
)

// Flaw is a line that can't be read.
type Flaw struct {
	Place string `json:"place"`
	Why   string `json:"why"`
}

// Report returns what was found so far.
func (r *Replay) Report() Report {
	s := &r.sums
	out := Report{
		Lines: s.lines, Replies: s.replies, Unread: s.unread, Others: s.others, Uncounted: s.uncounted,
		Outcomes: map[string]int64{}, ByEntry: []EntryCount{}, Unknown: []UnknownCode{}, Flaws: append([]Flaw{}, s.flaws...),
		Wasted: Wasted{
			AfterStop: r.calls.afterStop, TooSoon: r.calls.tooSoon, Succeeded: r.calls.succeeded, Untold: r.calls.untold,
			Examples: append([]Waste{}, r.calls.examples...),
		},
	}
	for o, name := range outcomeNames {
		out.Outcomes[name] = s.outcomes[o]
	}
	if s.replies > 0 {
		out.ShareUnknown = float64(s.outcomes[unknown]) / float64(s.replies)
	}
	for key, c := range s.byEntry {
		kind := key.kind
		if kind == classify.KindNone {
			kind = classify.KindUnrecognised
		}
		out.ByEntry = append(out.ByEntry, EntryCount{key.api.Name, kind.String(), key.code, c.n, r.told(c.first), r.told(c.last)})
	}
	slices.SortFunc(out.ByEntry, func(a, b EntryCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.API, b.API), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Code, b.Code))
	})
	for key, c := range s.unknown {
		u := UnknownCode{
			API: key.api.Name, Code: key.code, Count: c.n, First: r.told(c.first), Last: r.told(c.last),
			Statuses: append([]int{}, c.statuses...), Message: c.message, Sample: c.sample,
		}
		u.Stub = stub(r.catalog, u)
		out.Unknown = append(out.Unknown, u)
	}
	slices.SortFunc(out.Unknown, func(a, b UnknownCode) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.API, b.API), cmp.Compare(a.Code, b.Code))
	})
	return out
}

// told returns the time of a moment, or its place.
func (r *Replay) told(m moment) string {
	if m.nanos == 0 {
		return r.place(m)
	}
	return time.Unix(0, m.nanos).UTC().Format("2006-01-02T15:04:05.999Z")
}
