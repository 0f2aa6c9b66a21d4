package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
	"github.com/errkb/errkb/cmd/gen/internal/replay"
	"github.com/errkb/errkb/cmd/gen/internal/simulate"
)

// simulating is what the flags of simulate say.
type simulating struct {
	spec       []string
	policy     string
	svg        string
	retryAfter time.Duration
	scenario   simulate.Scenario
}

func (s *session) simulateCommand() *cobra.Command {
	g := simulating{scenario: simulate.Usual(classify.Policy{})}
	var output string
	command := &cobra.Command{
		Use:   "simulate [--spec FILE] [--policy POLICY] [--svg FILE]",
		Short: "Show what a fleet of clients does to a server that was down, by the policies of a catalog",
		Long: `simulate shows what retries do to a server. A fleet of programs calls it at a steady
rate, it goes down for a while, and then has to answer those who come again beside
those who come first. What it has no room for it refuses, which is work as well.

For each policy by which calls are retried it tells how many requests there are, how
many of them bring nothing, and when the server has recovered: when a hundredth of a
second's requests at most is refused, and it stays so. It does so for the policy as
written; without its jitter, and with full jitter; where refusals have a Retry-After;
and where each program has a budget, or a gate, of the Go package classify.

Time is virtual, and chance comes from the seed: the same flags give the same answer.
docs/simulate.md says what is assumed.

The exit status is 1 if by some policy, as written, the server does not recover.`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error { return s.simulate(&g, outputFormat(output)) },
	}
	s.specFlag(command, &g.spec, orShipped)
	flags := command.Flags()
	fleet, server := &g.scenario.Fleet, &g.scenario.Server
	flags.StringVar(&g.policy, "policy", "", "the `policy` to try, by its name (default: all by which calls are retried)")
	flags.IntVar(&fleet.Programs, "programs", fleet.Programs, "how `many` programs there are")
	flags.IntVar(&fleet.Callers, "callers", fleet.Callers, "how `many` calls each makes at a time")
	flags.Float64Var(&fleet.Rate, "rate", fleet.Rate, "`calls` that all begin in a second")
	flags.Float64Var(&server.Capacity, "capacity", server.Capacity, "`requests` that the server can answer in a second")
	flags.Float64Var(&server.Refusal, "refusal", server.Refusal, "the work of a refusal, as a `part` of that of an answer")
	flags.DurationVar(&server.Down, "outage", server.Down, "how `long` the server is down")
	flags.DurationVar(&g.scenario.After, "after", g.scenario.After, "how `long` it is watched after that")
	flags.DurationVar(&g.retryAfter, "retry-after", 10*time.Second, "the `delay` of the Retry-After of its refusals")
	flags.Uint64Var(&g.scenario.Seed, "seed", g.scenario.Seed, "the `number` that chance comes from")
	flags.StringVar(&g.svg, "svg", "", "draw the load over time, and write it to `file`; needs --policy where there are several")
	formatFlag(command, &output, textFormat, jsonFormat)
	return command
}

func (s *session) simulate(g *simulating, f outputFormat) error {
	c, src, err := s.catalog(g.spec)
	if err != nil {
		return err
	}
	subjects, err := subjectsOf(c, g.policy)
	if err != nil {
		return err
	}
	switch {
	case g.retryAfter <= 0:
		return usagef("--retry-after %s: it is a delay of more than 0", g.retryAfter)
	case g.svg != "" && len(subjects) > 1:
		return usagef("--svg draws one policy; --policy says which: %s", strings.Join(namesOf(subjects), ", "))
	}
	var reports []simulate.Report
	for _, subject := range subjects {
		g.scenario.Policy = *subject.policy
		g.scenario.Most = max(g.scenario.Most, 50*int64(g.scenario.Fleet.Programs)*int64(g.scenario.Fleet.Callers))
		if err := g.scenario.Validate(); err != nil {
			return usagef("%w", err)
		}
		reports = append(reports, simulate.NewReport(subject.name, model.PolicyText(subject.policy), g.scenario, g.retryAfter))
	}
	if f == jsonFormat {
		s.printJSON(reports)
	} else {
		for i, r := range reports {
			if i > 0 {
				fmt.Fprintln(&s.out)
			}
			s.printSimulated(r)
		}
	}
	if g.svg != "" {
		mark := src.mark(c.Title, "")
		tree, err := single("svg", g.svg, simulate.Chart(reports[0], model.Mark(mark)), mark, src.former(c.Title, ""))
		if err != nil {
			return err
		}
		if _, err := s.write([]output.Tree{tree}); err != nil {
			return err
		}
	}
	for _, r := range reports {
		if r.Runs[0].Recovered == nil {
			return foundf("by the policy %s the server does not recover", r.Policy)
		}
	}
	return nil
}

// subject is a policy by which calls are retried.
type subject struct {
	name   string // its own, or that of the entry whose it is
	policy *classify.Policy
}

// subjectsOf returns the policies by which calls are retried, or the one of a name.
func subjectsOf(c *model.Catalog, name string) ([]subject, error) {
	if name != "" {
		at := slices.IndexFunc(c.Policies, func(p *classify.Policy) bool { return p.Name == name })
		if at < 0 {
			var known []string
			for _, p := range c.Policies {
				known = append(known, p.Name)
			}
			return nil, usagef("unknown policy %q; known: %s", name, strings.Join(known, ", "))
		}
		return []subject{{name, c.Policies[at]}}, nil
	}
	var all []subject
	for _, a := range c.APIs {
		for _, e := range a.Entries() {
			if e.Action != classify.Retry || e.Policy == nil {
				continue
			}
			own := subject{cmp.Or(e.Policy.Name, a.Name+" "+e.Code), e.Policy}
			if !slices.ContainsFunc(all, func(other subject) bool { return *other.policy == *own.policy }) {
				all = append(all, own)
			}
		}
	}
	if len(all) == 0 {
		return nil, foundf("no entry of the catalog is retried")
	}
	return all, nil
}

func namesOf(all []subject) (names []string) {
	for _, subject := range all {
		names = append(names, subject.name)
	}
	return names
}

// printSimulated prints what became of a fleet.
func (s *session) printSimulated(r simulate.Report) {
	fmt.Fprintf(&s.out, "%s: %s\n", s.strong(diag.Visible(r.Policy)), r.Rule)
	fmt.Fprintf(&s.out, "  %d programs that make %d calls at a time begin %g calls a second; the server can\n  answer %g, and is down for %s\n",
		r.Programs, r.Callers, r.Rate, r.Capacity, model.DurationText(time.Duration(r.Outage)*time.Millisecond))
	table := tabwriter.NewWriter(&s.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "  \trequests\trefused\tat most\tgiven up\trecovers after\n")
	for _, o := range r.Runs {
		recovered := "never"
		switch {
		case o.Recovered == nil:
		case *o.Recovered == 0:
			recovered = "at once"
		default:
			recovered = model.DurationText(time.Duration(*o.Recovered) * time.Millisecond)
		}
		fmt.Fprintf(table, "  %s\t%d\t%s\t%d/s\t%s\t%s\n", o.Name, o.Requests, replay.Percent(float64(o.Refused)/float64(max(1, o.Requests))), o.Peak, replay.Percent(float64(o.GivenUp)/float64(max(1, o.Calls))), recovered)
	}
	table.Flush()
}
