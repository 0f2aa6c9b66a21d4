package simulate

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/errkb/errkb/classify"
)

// fleet is a scenario under way.
type fleet struct {
	Scenario
	result  Result
	events  events
	random  *rand.Rand
	server  server
	callers []caller
	budgets []classify.Budget // of the programs; none without
	gates   []time.Duration   // of the programs, until when they are closed; none without
	idle    time.Duration     // the mean time of a caller between calls
	end     time.Duration
}

// caller makes one call after the other.
type caller struct {
	began time.Duration // the call
	retry int32         // how often it was made again; -1 between calls
}

const between = -1

// Run runs a scenario. It is to be valid.
func Run(s Scenario) Result {
	all := s.Fleet.Programs * s.Fleet.Callers
	f := &fleet{
		Scenario: s,
		random:   rand.New(rand.NewPCG(s.Seed, 0)),
		server:   server{Server: s.Server},
		callers:  make([]caller, all),
		idle:     time.Duration(min(float64(all)/s.Fleet.Rate*float64(time.Second), math.MaxInt64/8)),
		end:      s.length(),
	}
	f.result.Seconds = make([]Second, (f.end+time.Second-1)/time.Second)
	if s.Budget {
		f.budgets = make([]classify.Budget, s.Fleet.Programs)
	}
	if s.Gate {
		f.gates = make([]time.Duration, s.Fleet.Programs)
	}
	f.events = make(events, 0, all)
	for i := range f.callers {
		f.callers[i].retry = between
		f.at(f.part(f.idle), i, send) // in the middle of the time between two calls
	}
	for len(f.events) > 0 && !f.result.Cut {
		e := f.events.pop()
		switch i := int(e.caller); e.what {
		case send:
			f.send(e.at, i)
		case answer:
			f.answered(e.at, i)
		default:
			f.failed(e.at, i, e.what)
		}
	}
	f.result.sum(s)
	return f.result
}

// at has something happen to a caller, if that is within the scenario.
func (f *fleet) at(when time.Duration, i int, what what) {
	if when < f.end {
		f.events.push(event{when, int32(i), what})
	}
}

// part returns a random part of a time, evenly.
func (f *fleet) part(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return time.Duration(f.random.Int64N(int64(d)))
}

// send has a caller send a request, once its gate is open.
func (f *fleet) send(now time.Duration, i int) {
	c := &f.callers[i]
	if c.retry == between {
		c.began, c.retry = now, 0
		f.result.Calls++
	}
	if f.Gate {
		if left := f.gates[i/f.Fleet.Callers] - now; left > 0 {
			f.at(now+left+f.part(gateSpread), i, send)
			return
		}
	}
	f.result.Requests++
	f.result.Cut = f.result.Requests >= f.Most
	second := &f.result.Seconds[now/time.Second]
	second.Requests++
	done, reply := f.server.ask(now)
	if reply == answer {
		second.Answered++
	}
	f.at(done, i, reply)
}

// answered has a caller pause until its next call.
func (f *fleet) answered(now time.Duration, i int) {
	if f.Budget {
		f.budgets[i/f.Fleet.Callers].Refill()
	}
	f.result.Succeeded++
	f.rest(now, i)
}

// rest has a caller pause until its next call.
func (f *fleet) rest(now time.Duration, i int) {
	f.callers[i].retry = between
	f.at(now+f.part(2*f.idle), i, send)
}

// failed has a caller wait for its next retry, or give up. The decision says which, as it does
// in classify's loops, to which the rest here is due: the gate, within and the budget.
func (f *fleet) failed(now time.Duration, i int, reply what) {
	c, program, asked := &f.callers[i], i/f.Fleet.Callers, f.Server.RetryAfter
	d := classify.Decision{Action: classify.Retry, Policy: &f.Policy, HasServerDelay: asked > 0, ServerDelay: asked}
	if f.Gate && (asked > 0 || reply == refusal) {
		if pause, _, waits := d.Bounds(int(c.retry)); waits && pause <= classify.DefaultServerDelayMax {
			f.gates[program] = max(f.gates[program], now+pause)
		}
	}
	next := d.Resend(classify.Attempt{Retry: int(c.retry), Repeatable: true})
	again := now + next.Shortest + f.part(next.Longest-next.Shortest)
	if !next.Again || f.Policy.Within > 0 && again-c.began > f.Policy.Within || f.Budget && !f.budgets[program].Take() {
		f.result.GivenUp++
		f.rest(now, i)
		return
	}
	c.retry++
	f.at(again, i, send)
}

// gateSpread is the Spread of a classify.Gate that says nothing else.
const gateSpread = time.Second

// server is a server with a queue.
type server struct {
	Server
	free time.Duration // when it will have done what it has
}

// ask returns when the reply to a request comes, and what it is. Refusals are work as well, of
// which it puts off a second's more than of answers.
func (s *server) ask(now time.Duration) (done time.Duration, reply what) {
	s.free = max(s.free, now)
	if now >= s.Start && now < s.Start+s.Down {
		s.free = now
		return now + s.Latency, down
	}
	work := float64(time.Second) / s.Capacity
	if s.free-now > s.Queue {
		s.free = min(s.free+time.Duration(work*s.Refusal), now+s.Queue+time.Second)
		return now + s.Latency, refusal
	}
	s.free += time.Duration(work)
	return s.free + s.Latency, answer
}
