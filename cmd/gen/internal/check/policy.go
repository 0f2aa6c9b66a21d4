package check

import (
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/simulate"
)

// policy is a resolved waiting rule.
type policy struct {
	*classify.Policy
	place diag.Place
	vague bool // a part of it is missing or not what it should be
	used  bool // something names it
	tried bool // it was looked whether it keeps a server down
}

// policy resolves a waiting rule, which has no name where it is written in place
// of one.
func (c *checker) policy(name string, at *format.Field[format.Policy]) *policy {
	v := &at.Value
	p := &classify.Policy{
		Name:           name,
		Base:           v.Base.Value,
		Max:            v.Max.Value,
		First:          v.First.Value,
		Within:         v.Within.Value,
		ServerDelayMax: v.ServerDelayMax.Value,
		Jitter:         v.Jitter.Value,
		Retries:        v.Retries.Value,
	}
	switch v.Growth.Value {
	case "linear":
		p.Growth = classify.Linear
	case "exponential":
		p.Growth, p.Factor = classify.Exponential, 2
	}
	if v.Factor.Good() {
		if p.Growth != classify.Exponential && (v.Growth.Good() || !v.Growth.Has()) {
			c.Errorf(v.Factor.Place, "bad-policy", "factor is for exponential growth, but the growth is %s", p.Growth)
		}
		p.Factor = v.Factor.Value
	}
	if !v.Retries.Has() {
		p.Retries = classify.Unlimited
		if !v.Within.Has() {
			c.Errorf(at.Place, "missing-key", "the policy has neither retries nor within, so nothing ends it").
				Hint = "retries: the tries after the first, a whole number or unlimited"
		}
	}
	c.policyRules(p, v)
	return &policy{Policy: p, place: at.Place, vague: !at.Sound()}
}

// policyRules compares the figures of a policy with each other.
func (c *checker) policyRules(p *classify.Policy, v *format.Policy) {
	for _, bound := range []struct {
		key, meaning string
		at           *format.Field[time.Duration]
	}{
		{"max", "for no limit", &v.Max},
		{"within", "for no limit", &v.Within},
		{"server_delay_max", "for " + model.DurationText(classify.DefaultServerDelayMax), &v.ServerDelayMax},
	} {
		if bound.at.Good() && bound.at.Value == 0 {
			c.Errorf(bound.at.Place, "bad-policy", "%s is zero", bound.key).Hint = "leave it out " + bound.meaning
		}
	}
	if p.Max > 0 && p.Max < p.Base {
		c.Errorf(v.Max.Place, "bad-policy", "max %s is below base %s", v.Max.Text, model.DurationText(p.Base))
	}
	if p.Within > 0 && p.Within < max(p.First, p.Base) {
		c.Errorf(v.Within.Place, "bad-policy", "within %s ends before the first wait of %s does", v.Within.Text, model.DurationText(max(p.First, p.Base)))
	}
	if v.Base.Good() && p.Base == 0 && p.Retries == classify.Unlimited && p.Jitter.Add == 0 {
		c.Errorf(v.Base.Place, "bad-policy", "a wait of zero with unlimited retries never pauses").Hint = "raise base, or limit retries"
	}
}

// storms warns of a policy by which calls are retried until no server gets up again. How much
// is simulated for a spec is bounded.
func (c *checker) storms(p *policy) {
	const most = 3_000_000 // requests, which take about a second
	if p.tried || p.vague || c.simulated >= most {
		return
	}
	p.tried = true
	keeps, requests := simulate.KeepsDown(*p.Policy)
	c.simulated += requests
	if keeps {
		c.Warnf(p.place, "retry-storm", "a server that was down for a minute does not recover from these retries").
			Hint = "limit retries, or let the wait grow: growth: exponential, max: 1m; gen simulate shows what that does"
	}
}
