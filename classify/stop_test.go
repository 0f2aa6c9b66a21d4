package classify

import (
	"context"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// stopping is a request that is sent once, and what there is to stop it.
type stopping struct {
	policy  Policy
	entry   Entry
	answer  http.Header
	body    io.Reader
	budget  *Budget
	timeout time.Duration // of the context; 0 for none
	inner   *Error
	cancels time.Duration // after the request was sent; 0 for never
	caught  bool          // the request cancels its own context
}

// stops are the conditions by which a loop stops, by the first words of their rows
// in docs/runtime.md.
var stops = map[string]func(*stopping){
	"a loop inside the call":      func(s *stopping) { s.inner = &Error{Reason: ReasonBudget} },
	"the context has ended":       func(s *stopping) { s.caught = true },
	"the loop does not follow":    func(s *stopping) { s.entry.Action = Fail },
	"the call may have taken":     func(s *stopping) { s.entry.Effect = EffectMaybe },
	"the server asks":             func(s *stopping) { s.answer.Set("Retry-After", "9999") },
	"the policy's retries":        func(s *stopping) { s.policy.Retries = 0 },
	"the next call would start":   func(s *stopping) { s.timeout = time.Millisecond },
	"the request's body can't":    func(s *stopping) { s.body = io.MultiReader(strings.NewReader("x")) },
	"the budget has no token":     func(s *stopping) { s.budget = &Budget{MaxTokens: 0.5} },
	"the context ends during the": func(s *stopping) { s.cancels = time.Millisecond },
}

// TestStopTable checks the table in docs/runtime.md against what a Transport does:
// each row stops for its reason, and of two that apply the upper one counts.
func TestStopTable(t *testing.T) {
	rows := tableOf(t, "| stops if | `Error.Reason` |")
	if len(rows) != len(stops) {
		t.Fatalf("%d rows, and %d conditions to try", len(rows), len(stops))
	}
	synctest.Test(t, func(t *testing.T) {
		for i, row := range rows {
			for _, other := range rows[i:] {
				s := newStopping()
				conditionOf(t, row[0])(s)
				conditionOf(t, other[0])(s)
				reasons := row[1]
				if strings.HasPrefix(reasons, "that of") {
					reasons = "`ReasonBudget`"
				}
				if got := s.run(t); !slices.Contains(strings.Split(reasons, ", "), "`"+reasonNames[got]+"`") {
					t.Errorf("%q and %q: it stops for %q, want %s", row[0], other[0], got, reasons)
				}
			}
		}
	})
}

var reasonNames = map[Reason]string{
	ReasonDecision: "ReasonDecision", ReasonExhausted: "ReasonExhausted", ReasonDeadline: "ReasonDeadline", ReasonCanceled: "ReasonCanceled",
	ReasonServerDelay: "ReasonServerDelay", ReasonEffect: "ReasonEffect", ReasonBudget: "ReasonBudget", ReasonBody: "ReasonBody", ReasonRefused: "ReasonRefused",
}

// tableOf returns the cells of the table with a head in docs/runtime.md.
func tableOf(t *testing.T, head string) [][]string {
	page, err := os.ReadFile("../docs/runtime.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), head+"\n")
	if !ok {
		t.Fatalf("no table %s", head)
	}
	var rows [][]string
	for line := range strings.Lines(rest) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		if cells := strings.Split(strings.Trim(line, "|\n"), "|"); !strings.HasPrefix(line, "|---") {
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells)
		}
	}
	return rows
}

func conditionOf(t *testing.T, row string) func(*stopping) {
	for start, condition := range stops {
		if strings.HasPrefix(row, start) {
			return condition
		}
	}
	t.Fatalf("no condition for the row %q", row)
	return nil
}

// newStopping returns a request that is sent again after a second.
func newStopping() *stopping {
	return &stopping{
		policy: Policy{Base: time.Second, Retries: 1},
		entry:  Entry{Kind: KindStatus, Number: 429, Code: "429", Action: Retry},
		answer: http.Header{},
		body:   strings.NewReader("x"),
	}
}

func (s *stopping) run(t *testing.T) Reason {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if s.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, s.timeout)
		defer cancel()
	}
	s.entry.Policy = &s.policy
	transport := &Transport{
		Options: Options{
			Catalog: &Catalog{Statuses: []Entry{s.entry}, Delays: []Delay{{Header: "Retry-After"}}},
			Budget:  s.budget,
		},
		Base: roundTripper(func(req *http.Request) (*http.Response, error) {
			switch {
			case s.caught:
				cancel()
			case s.cancels > 0:
				time.AfterFunc(s.cancels, cancel)
			}
			if s.inner != nil {
				return nil, s.inner
			}
			return &http.Response{StatusCode: 429, Header: s.answer, Body: http.NoBody, Request: req}, nil
		}),
	}
	req, err := http.NewRequestWithContext(ctx, "POST", "https://shop.test/", s.body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := transport.RoundTrip(req)
	if why := stopOn(resp); why != nil {
		return why.Reason
	}
	return reasonOf(err)
}
