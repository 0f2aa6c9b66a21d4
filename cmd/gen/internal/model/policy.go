package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// PolicyText returns a waiting rule as the spec format writes it, without its
// name and without what is at its default, such as "growth: exponential, base:
// 1s, factor: 2, max: 32s, retries: 4". Two policies have the same text if, and
// only if, they wait alike. No policy is "none".
func PolicyText(p *classify.Policy) string {
	if p == nil {
		return "none"
	}
	parts := []string{"growth: " + p.Growth.String(), "base: " + DurationText(p.Base)}
	add := func(key, value string) { parts = append(parts, key+": "+value) }
	if p.Growth == classify.Exponential {
		add("factor", decimalText(p.Factor))
	}
	if p.Jitter != (classify.Jitter{}) {
		add("jitter", JitterText(p.Jitter))
	}
	if p.Max > 0 {
		add("max", DurationText(p.Max))
	}
	if p.First > 0 {
		add("first", DurationText(p.First))
	}
	if p.Retries == classify.Unlimited {
		add("retries", "unlimited")
	} else {
		add("retries", strconv.Itoa(p.Retries))
	}
	if p.Within > 0 {
		add("within", DurationText(p.Within))
	}
	if limit := p.DelayLimit(); limit != classify.DefaultServerDelayMax {
		add("server_delay_max", DurationText(limit))
	}
	return strings.Join(parts, ", ")
}

// JitterText returns the random part of a wait as the spec format writes it: a
// duration, a percentage or the word full; nothing for none.
func JitterText(j classify.Jitter) string {
	switch {
	case j.Full:
		return "full"
	case j.Spread > 0:
		return decimalText(j.Spread*100) + "%"
	case j.Add > 0:
		return DurationText(j.Add)
	}
	return ""
}

func decimalText(f float64) string { return fmt.Sprintf("%.12g", f) }

// DurationText is a duration as the spec format writes it, without the zero
// parts of time.Duration's own text: "2m", not "2m0s".
func DurationText(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
