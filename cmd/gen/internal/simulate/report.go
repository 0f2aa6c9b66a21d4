package simulate

import (
	"time"

	"github.com/errkb/errkb/classify"
)

// Report is what becomes of a fleet by a policy, as that is written and changed in one
// thing. The command prints a list of reports as JSON.
type Report struct {
	Policy     string    `json:"policy"` // its name, or the entry whose own it is
	Rule       string    `json:"rule"`   // as the spec writes it
	Programs   int       `json:"programs"`
	Callers    int       `json:"callers"`        // of each program
	Rate       float64   `json:"rate"`           // calls begun in a second
	Capacity   float64   `json:"capacity"`       // requests that the server can answer in a second
	OutageFrom int64     `json:"outage_from_ms"` // from the start
	Outage     int64     `json:"outage_ms"`      //
	RetryAfter int64     `json:"retry_after_ms"` // which refusals ask for in the run of that name
	Seed       uint64    `json:"seed"`           //
	Runs       []Outcome `json:"runs"`           // the policy as written first
}

// Outcome is what came of one run.
type Outcome struct {
	Name      string  `json:"name"`
	Calls     int64   `json:"calls"`
	Succeeded int64   `json:"succeeded"`
	GivenUp   int64   `json:"given_up"`
	Requests  int64   `json:"requests"`
	Refused   int64   `json:"refused"`      // requests that brought nothing
	Peak      int64   `json:"peak"`         // requests in the busiest second
	Recovered *int64  `json:"recovered_ms"` // from the end of the outage until hardly anything is refused; null for not in this time
	Load      []int64 `json:"load"`         // requests in each second
	Answered  []int64 `json:"answered"`     // those of them that were answered
}

// NewReport runs a scenario, and what changes one thing of it: the jitter, a Retry-After of
// the server, a budget and a gate of each program. The scenario is to be valid, and has none
// of these; retryAfter is not 0.
func NewReport(name, rule string, s Scenario, retryAfter time.Duration) Report {
	r := Report{
		Policy: name, Rule: rule, Programs: s.Fleet.Programs, Callers: s.Fleet.Callers, Rate: s.Fleet.Rate, Capacity: s.Server.Capacity,
		OutageFrom: s.Server.Start.Milliseconds(), Outage: s.Server.Down.Milliseconds(), RetryAfter: retryAfter.Milliseconds(), Seed: s.Seed,
	}
	run := func(name string, change func(*Scenario)) {
		own := s
		change(&own)
		r.Runs = append(r.Runs, newOutcome(name, Run(own)))
	}
	run("as written", func(*Scenario) {})
	if s.Policy.Jitter != (classify.Jitter{}) {
		run("without jitter", func(s *Scenario) { s.Policy.Jitter = classify.Jitter{} })
	}
	if !s.Policy.Jitter.Full {
		run("with full jitter", func(s *Scenario) { s.Policy.Jitter = classify.Jitter{Full: true} })
	}
	run("with Retry-After", func(s *Scenario) { s.Server.RetryAfter = retryAfter })
	run("with a budget", func(s *Scenario) { s.Budget = true })
	run("with a gate", func(s *Scenario) { s.Gate = true })
	return r
}

func newOutcome(name string, r Result) Outcome {
	o := Outcome{Name: name, Calls: r.Calls, Succeeded: r.Succeeded, GivenUp: r.GivenUp, Requests: r.Requests, Refused: r.Refused, Peak: r.Peak}
	if r.Recovers {
		ms := r.Recovered.Milliseconds()
		o.Recovered = &ms
	}
	for _, second := range r.Seconds {
		o.Load, o.Answered = append(o.Load, second.Requests), append(o.Answered, second.Answered)
	}
	return o
}

// Shown returns how many seconds are worth showing: until a while after all runs
// that recover have done so.
func (r Report) Shown() int {
	end := r.OutageFrom + r.Outage
	shown := end + max(30_000, r.Outage/2)
	for _, o := range r.Runs {
		if o.Recovered == nil {
			return len(o.Load)
		}
		shown = max(shown, end+*o.Recovered*5/4)
	}
	return min(int(shown/1000), len(r.Runs[0].Load))
}
