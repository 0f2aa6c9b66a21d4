// Package simulate tells what a fleet of programs does to a server that was down, by the
// policy that its calls are made again by.
//
// Time is virtual and chance comes from a seed: the same [Scenario] has the same [Result]. A
// million callers take some seconds. Whether a call is made again, and after which wait, is what
// classify.Decision says; the gate follows the rules of classify's Gate.
package simulate

import (
	"errors"
	"fmt"
	"time"

	"github.com/errkb/errkb/classify"
)

// Scenario is a fleet and a server.
type Scenario struct {
	Fleet  Fleet
	Server Server
	Policy classify.Policy
	Budget bool // each program has a classify.Budget with its defaults
	Gate   bool // each program has a classify.Gate with its defaults
	After  time.Duration
	Most   int64 // requests; with more, the run ends early
	Seed   uint64
}

// Fleet is who calls.
type Fleet struct {
	Programs int
	Callers  int     // of each program: each makes one call at a time
	Rate     float64 // calls that they all begin in a second, while nothing fails
}

// Server is what is called. What it has no room for it refuses with the status 429; while it is
// down, all gets the status 503.
type Server struct {
	Capacity   float64       // requests that it can answer in a second
	Queue      time.Duration // how long a request waits there at most; what would wait longer is refused
	Refusal    float64       // the work of a refusal, as a part of that of an answer
	Latency    time.Duration // from a request to its reply, besides what it waits
	Start      time.Duration // when it goes down
	Down       time.Duration // for how long
	RetryAfter time.Duration // the delay that its refusals ask for; 0 for none
}

// Usual is a fleet of a thousand programs that makes half of the calls for which its
// server has room. That is down for a minute, and then looked at for ten.
func Usual(p classify.Policy) Scenario {
	return Scenario{
		Fleet:  Fleet{Programs: 1000, Callers: 10, Rate: 100},
		Server: Server{Capacity: 200, Queue: time.Second, Refusal: 0.1, Latency: 50 * time.Millisecond, Start: 30 * time.Second, Down: time.Minute},
		Policy: p,
		After:  10 * time.Minute,
		Most:   20_000_000,
		Seed:   1,
	}
}

// KeepsDown reports whether a usual fleet of a tenth of that size keeps a server down, which
// does not recover within five minutes, and how many requests were simulated to know it.
func KeepsDown(p classify.Policy) (keeps bool, requests int64) {
	if p.Retries != classify.Unlimited && p.Retries < manyRetries {
		return false, 0 // whatever they wait, the refusals of so few are less work than the server can do
	}
	s := Usual(p)
	s.Fleet.Programs /= 10
	s.Fleet.Rate /= 10
	s.Server.Capacity /= 10
	s.After = 5 * time.Minute
	s.Most = 500_000 // more than a hundred times of what the calls need
	r := Run(s)
	return !r.Recovers, r.Requests
}

// manyRetries is how many a call has at least by a policy that can keep a server of [Usual]
// down: the work of their refusals, begun at its rate, is all that the server can do.
const manyRetries = 19

// The bounds of a scenario.
const (
	MaxCallers = 10_000_000
	maxRate    = 10_000_000
	maxLength  = 24 * time.Hour
)

// Validate returns what is wrong with a scenario.
func (s Scenario) Validate() error {
	f, v := s.Fleet, s.Server
	switch {
	case f.Programs < 1 || f.Callers < 1 || f.Programs > MaxCallers/f.Callers:
		return fmt.Errorf("%d programs with %d callers each: there can be 1 to %d callers in all", f.Programs, f.Callers, MaxCallers)
	case !(f.Rate > 0 && f.Rate <= maxRate):
		return fmt.Errorf("a rate of %g calls a second: it can be more than 0 and up to %d", f.Rate, maxRate)
	case !(v.Capacity > 0 && v.Capacity <= maxRate):
		return fmt.Errorf("a capacity of %g requests a second: it can be more than 0 and up to %d", v.Capacity, maxRate)
	case !(v.Refusal >= 0 && v.Refusal <= 1):
		return fmt.Errorf("a refusal that is %g of the work of an answer: it can be 0 to 1", v.Refusal)
	case v.Queue < 0 || v.Latency < 0 || v.Start < 0 || v.Down < 0 || s.After < 0 || v.RetryAfter < 0:
		return errors.New("a duration below zero")
	case v.Start+v.Down > maxLength || s.After > maxLength || v.Queue > maxLength || v.Latency > maxLength || v.RetryAfter > maxLength:
		return fmt.Errorf("a duration of more than %s", maxLength)
	case s.Most < 1:
		return errors.New("no requests to simulate")
	case s.length() < time.Second:
		return errors.New("less than a second to simulate")
	}
	return nil
}

func (s Scenario) length() time.Duration { return s.Server.Start + s.Server.Down + s.After }

// Result is what came of a scenario.
type Result struct {
	Calls     int64 // that were begun
	Succeeded int64
	GivenUp   int64 // by the policy or the budget
	Requests  int64 // of all calls
	Cut       bool  // there were more of them than the scenario allows
	Refused   int64 // of the requests, those that brought nothing

	Peak      int64         // requests in the busiest second
	Recovered time.Duration // from the end of the outage until hardly anything is refused
	Recovers  bool          // it does so within the time

	Seconds []Second
}

// Second is what the server had in a second.
type Second struct{ Requests, Answered int64 }

// hardly is which part of a second's requests may be refused when a server has recovered.
const hardly = 0.01

// sum sums up the seconds.
func (r *Result) sum(s Scenario) {
	ended := int((s.Server.Start + s.Server.Down + time.Second - 1) / time.Second)
	last := ended
	for i, second := range r.Seconds {
		r.Refused += second.Requests - second.Answered
		r.Peak = max(r.Peak, second.Requests)
		if i >= ended && float64(second.Requests-second.Answered) > hardly*float64(second.Requests) {
			last = i + 1
		}
	}
	r.Recovered = time.Duration(last-ended) * time.Second
	r.Recovers = !r.Cut && last < len(r.Seconds)
}
