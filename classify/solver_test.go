package classify

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"syscall"
	"time"
)

// solverAPI is the catalog of an API that solves tasks: submit, then poll.
func solverAPI() *Catalog {
	slot := &Policy{Name: "slot", Base: 5 * time.Second, Retries: 3}
	rate := &Policy{Name: "rate", Growth: Exponential, Base: 3 * time.Second, Factor: 2, Max: 10 * time.Second, Retries: 3}
	poll := &Policy{Name: "poll", Base: 5 * time.Second, First: 5 * time.Second, Retries: Unlimited, Within: 120 * time.Second}
	anew := &Policy{Name: "resubmit", Base: 2 * time.Second, Retries: 2}
	return indexed(&Catalog{
		Name:   "solver",
		Forms:  []Form{{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK|"}}}, Code: []Path{{""}}}},
		Delays: []Delay{{Header: "Retry-After"}},
		Endpoints: []Endpoint{
			{Operation: "submit", Method: "POST", Path: "/in", Timeout: 30 * time.Second},
			{Operation: "poll", Method: "GET", Path: "/res", Timeout: 15 * time.Second},
		},
		Codes: []Entry{
			{Code: "NO_SLOT", Action: Retry, Policy: slot, Meaning: "No worker is free"},
			{Code: "NOT_READY", Action: WaitPoll, Policy: poll, Meaning: "Not solved yet"},
			{Code: "UNSOLVABLE", Action: Resubmit, Policy: anew, Meaning: "Can't be solved", Fix: "Submit a new task"},
			{Code: "ZERO_BALANCE", Action: FixAccount, Meaning: "No funds", Fix: "Top up"},
			{Code: "WRONG_ID", Action: Fail, Meaning: "No such task"},
			{Code: "LOST", Action: Resubmit, Policy: anew, Effect: EffectMaybe, Meaning: "The task was lost"},
		},
		Classes: []Entry{{Kind: KindStatusClass, Number: 5, Code: "5xx", Action: Retry, Policy: rate, Effect: EffectMaybe, Meaning: "Server error"}},
		Transport: []Entry{
			{Kind: KindTransport, Code: "timeout", Action: Retry, Policy: rate, Effect: EffectMaybe, Meaning: "No answer in time"},
			{Kind: KindTransport, Code: "connection", Action: Retry, Policy: rate, Effect: EffectMaybe, Meaning: "The connection broke"},
		},
		TypedCode: func(number uint16) error { return solverCode(number) },
	})
}

type solverCode uint16

const (
	notReady    solverCode = 2
	unsolvable  solverCode = 3
	zeroBalance solverCode = 4
)

func (c solverCode) Error() string { return fmt.Sprintf("code %d", uint16(c)) }

// solverAnswer is what the solver answers with: a text such as "NOT_READY" or
// "OK|result", a status such as "502", or a failure.
type solverAnswer string

const (
	neverSent solverAnswer = "(neverSent)" // nothing was sent
	brokenOff solverAnswer = "(brokenOff)" // the connection broke once the request was sent
	silence   solverAnswer = "(silence)"   // no answer at all
	webPage   solverAnswer = "<html>Sorry</webPage>"
)

func (a solverAnswer) reply(ctx context.Context) Reply {
	switch a {
	case neverSent:
		return Reply{Err: &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}}
	case brokenOff:
		return Reply{Err: &net.OpError{Op: "read", Err: syscall.ECONNRESET}}
	case silence:
		<-ctx.Done()
		return Reply{Err: ctx.Err()}
	}
	text, delay, _ := strings.Cut(string(a), " after ")
	reply := Reply{Status: 200, Body: []byte(text), Header: map[string][]string{}}
	if delay != "" {
		reply.Header.Set("Retry-After", delay)
	}
	if _, err := fmt.Sscanf(text, "%d", &reply.Status); err == nil {
		reply.Body = nil
	}
	return reply
}

// solver answers by scripts, whose last answers go on for ever, and notes which
// call came when.
type solver struct {
	catalog        *Catalog
	submits, polls []solverAnswer
	start          time.Time
	calls          []string
	tasks          int
}

func (s *solver) next(script *[]solverAnswer) solverAnswer {
	a := (*script)[0]
	if len(*script) > 1 {
		*script = (*script)[1:]
	}
	return a
}

func (s *solver) note(format string, args ...any) {
	s.calls = append(s.calls, fmt.Sprintf(format, args...)+" "+time.Since(s.start).String())
}

func (s *solver) submit(ctx context.Context) (string, error) {
	s.note("submit")
	reply := s.next(&s.submits).reply(ctx)
	reply.Operation = "submit"
	if err := s.catalog.Check(reply); err != nil {
		return "", err
	}
	s.tasks++
	return fmt.Sprintf("t%d", s.tasks), nil
}

func (s *solver) poll(ctx context.Context, task string) (string, error) {
	s.note("poll %s", task)
	reply := s.next(&s.polls).reply(ctx)
	if err := s.catalog.Check(reply); err != nil {
		return "", err
	}
	return strings.TrimPrefix(string(reply.Body), "OK|"), nil
}

func (s *solver) job() *Job[string, string] {
	if s.catalog == nil {
		s.catalog = solverAPI()
	}
	s.start = time.Now()
	return &Job[string, string]{
		Options:         Options{Catalog: s.catalog},
		SubmitOperation: "submit",
		PollOperation:   "poll",
		Submit:          s.submit,
		Poll:            s.poll,
	}
}

// every lists times from one to another, a step apart, as calls of a kind.
func every(call string, from, to, step time.Duration) []string {
	var calls []string
	for at := from; at <= to; at += step {
		calls = append(calls, call+" "+at.String())
	}
	return calls
}

func times(n int, a ...solverAnswer) []solverAnswer { return slices.Repeat(a, n) }

const sec = time.Second
