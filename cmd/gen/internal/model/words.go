package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// The sentences and figures that every emitter shows to people. None of them
// ends in a full stop unless it is a sentence.

// unit is a unit of time in words.
type unit struct {
	length time.Duration
	name   string
}

var units = []unit{
	{24 * time.Hour, "days"},
	{time.Hour, "h"},
	{time.Minute, "min"},
	{time.Second, "s"},
	{time.Millisecond, "ms"},
}

// Duration returns a duration in words, such as "5 s", "1.5 s", "2 min" or
// "1 min 30 s", rounded to a millisecond, or below a second to a microsecond.
// What is not positive is "0 s".
func Duration(d time.Duration) string {
	if d <= 0 {
		return "0 s"
	}
	if d >= time.Second {
		d = d.Round(time.Millisecond)
	} else {
		d = max(d.Round(time.Microsecond), time.Microsecond)
	}
	var parts []string
	for _, u := range units {
		if d < u.length || u.length == 24*time.Hour && d < 48*time.Hour {
			continue
		}
		if u.length <= time.Second {
			parts = append(parts, decimal(d, u.length)+" "+u.name)
			break
		}
		parts = append(parts, strconv.FormatInt(int64(d/u.length), 10)+" "+u.name)
		d %= u.length
	}
	if d > 0 && d < time.Millisecond && len(parts) == 0 {
		parts = append(parts, decimal(d, time.Millisecond)+" ms")
	}
	if len(parts) > 2 {
		parts = parts[:2]
	}
	return strings.Join(parts, " ")
}

// decimal returns d in a unit with as many decimals as it needs, at most three.
func decimal(d, unit time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(unit), 'f', -1, 64)
}

// String returns the window in words, such as "5 s", "1 to 2 s" or "500 ms to
// 1 min".
func (w Window) String() string {
	shortest, longest := Duration(w.Min), Duration(w.Max)
	if shortest == longest {
		return longest
	}
	if number, name, _ := strings.Cut(shortest, " "); strings.HasSuffix(longest, " "+name) && !strings.Contains(name, " ") {
		if strings.Count(longest, " ") == 1 {
			return number + " to " + longest
		}
	}
	if w.Min <= 0 {
		return "0 to " + longest
	}
	return shortest + " to " + longest
}

// listedWaits is how many different waits a sentence names before it breaks off.
const listedWaits = 5

// Waits returns the waits before each retry in words, such as "5 s", "3 s, 6 s
// and 10 s" or "1 to 2 s, 2 to 3 s, 4 to 5 s, …, never over 32 s". It is "no
// wait" where there is nothing to wait for.
func Waits(p *classify.Policy) string {
	windows := Schedule(p)
	if len(windows) == 0 || slices.Max(ends(windows)) <= 0 {
		return "no wait"
	}
	if steady(p, windows) {
		return windows[0].String()
	}
	texts := make([]string, len(windows))
	for i, w := range windows {
		texts[i] = w.String()
	}
	if p.Retries != classify.Unlimited && len(texts) <= listedWaits {
		return And(texts)
	}
	text := strings.Join(texts[:min(3, len(texts))], ", ") + ", …"
	if p.Max > 0 {
		text += ", never over " + Duration(p.Max)
	}
	return text
}

func ends(windows []Window) []time.Duration {
	longest := make([]time.Duration, len(windows))
	for i, w := range windows {
		longest[i] = w.Max
	}
	return longest
}

// steady reports whether every wait is the same.
func steady(p *classify.Policy, windows []Window) bool {
	if p.Retries == classify.Unlimited && p.Growth != classify.Constant {
		return false
	}
	return !slices.ContainsFunc(windows, func(w Window) bool { return w != windows[0] })
}

// RetryRule returns how often and after which waits something is sent again, in
// words, such as "up to 3 retries, 5 s apart", "up to 3 retries, after 3 s, 6 s
// and 10 s", "every 5 s for at most 2 min", or "no retry".
func RetryRule(p *classify.Policy, a classify.Action) string {
	if p == nil || p.Retries == 0 || !a.Waits() {
		return "no retry"
	}
	windows := Schedule(p)
	rule := tries(p.Retries, a)
	switch waits := Waits(p); {
	case waits == "no wait":
		rule += ", at once"
	case steady(p, windows) && p.Retries == classify.Unlimited:
		rule = "every " + waits
	case steady(p, windows) && p.Retries > 1:
		rule += ", " + waits + " apart"
	default:
		rule += ", after " + waits
	}
	if p.Within > 0 {
		if p.Retries != classify.Unlimited || !steady(p, windows) {
			rule += ","
		}
		return rule + " for at most " + Duration(p.Within)
	}
	if p.Retries == classify.Unlimited {
		rule += ", without end"
	}
	return rule
}

// tries names what is sent again and how often.
func tries(n int, a classify.Action) string {
	switch n {
	case classify.Unlimited:
		return retryNouns(a)
	case 1:
		return "1 " + RetryNoun(a)
	}
	return "up to " + strconv.Itoa(n) + " " + retryNouns(a)
}

// RetryNoun returns what is sent again under an action: a retry, a poll or a new
// task.
func RetryNoun(a classify.Action) string {
	switch a {
	case classify.Resubmit:
		return "new task"
	case classify.WaitPoll:
		return "poll"
	}
	return "retry"
}

func retryNouns(a classify.Action) string {
	if noun := RetryNoun(a); noun != "retry" {
		return noun + "s"
	}
	return "retries"
}

// ActionTitle returns what to do in two to five words, such as "Wait and retry".
func ActionTitle(a classify.Action) string {
	switch a {
	case classify.Retry:
		return "Wait and retry"
	case classify.Resubmit:
		return "Start a new task"
	case classify.WaitPoll:
		return "Not an error, ask again later"
	case classify.FixAccount:
		return "Stop and fix the account"
	case classify.OK:
		return "Use the result"
	}
	return "Stop"
}

// ActionAdvice returns what to do in one or two plain sentences.
func ActionAdvice(a classify.Action) string {
	switch a {
	case classify.Retry:
		return "Wait, then send the same request again."
	case classify.Resubmit:
		return "This task is closed. Start a new one with the same input."
	case classify.WaitPoll:
		return "Nothing is wrong: the result is not ready yet. Wait, then ask again."
	case classify.FixAccount:
		return "Stop. A person must act on the account before the request is sent again."
	case classify.OK:
		return "Nothing is wrong. Use the result."
	}
	return "Stop. Sending the same request again does not help."
}

// ActionConstant returns the name of an action in package classify, such as
// "WaitPoll".
func ActionConstant(a classify.Action) string {
	return [...]string{
		classify.Fail:       "Fail",
		classify.Retry:      "Retry",
		classify.Resubmit:   "Resubmit",
		classify.WaitPoll:   "WaitPoll",
		classify.FixAccount: "FixAccount",
		classify.OK:         "OK",
	}[a]
}

// WhoTitle returns whose move it is, such as "Account owner".
func WhoTitle(who string) string {
	if who == "client" {
		return "The program itself"
	}
	return titled(who)
}

// FrequencyTitle returns how often something occurs, such as "Very common", and
// nothing for nothing.
func FrequencyTitle(frequency string) string { return titled(frequency) }

// SeverityTitle returns how bad something is, such as "Low", and nothing for
// nothing.
func SeverityTitle(severity string) string { return titled(severity) }

// Title returns the name of the entry's page: the code itself, or such as
// "Status 429" or "No answer: timeout".
func (e *Entry) Title() string {
	switch e.Kind {
	case classify.KindStatus, classify.KindStatusClass:
		return "Status " + e.Code
	case classify.KindTransport:
		return "No answer: " + e.Code
	case classify.KindUnknown:
		return "Unlisted code"
	case classify.KindUnrecognised:
		return "Unrecognised answer"
	}
	if e.Code == "" {
		return "Empty code"
	}
	return e.Code
}

// titled returns a lower-case word list such as very-common as words.
func titled(name string) string {
	words := strings.ReplaceAll(name, "-", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}

// And joins texts with commas, and the last with "and".
func And(texts []string) string { return enumerate(texts, " and ") }

// Or joins texts with commas, and the last with "or".
func Or(texts []string) string { return enumerate(texts, " or ") }

func enumerate(texts []string, last string) string {
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	end := len(texts) - 1
	return strings.Join(texts[:end], ", ") + last + texts[end]
}
