package say

import (
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
)

// The words that stand alone: titles, nouns and units.

// unit is a unit of time, in short and in full.
type unit struct {
	length    time.Duration
	name      string
	one, many string
}

var units = []unit{
	{24 * time.Hour, "days", "day", "days"},
	{time.Hour, "h", "hour", "hours"},
	{time.Minute, "min", "minute", "minutes"},
	{time.Second, "s", "second", "seconds"},
	{time.Millisecond, "ms", "millisecond", "milliseconds"},
}

// action is what an action is called, what it asks for, and what is sent again
// under it.
type action struct {
	title     string
	advice    string
	one, many string
}

var actions = [...]action{
	classify.Fail:       {"Stop", "Stop. Sending the same request again does not help.", "retry", "retries"},
	classify.Retry:      {"Wait and retry", "Wait, then send the same request again.", "retry", "retries"},
	classify.Resubmit:   {"Start a new task", "This task is closed. Start a new one with the same input.", "new task", "new tasks"},
	classify.WaitPoll:   {"Not an error, ask again later", "Nothing is wrong: the result is not ready yet. Wait, then ask again.", "poll", "polls"},
	classify.FixAccount: {"Stop and fix the account", "Stop. A person must act on the account before the request is sent again.", "retry", "retries"},
	classify.OK:         {"Use the result", "Nothing is wrong. Use the result.", "retry", "retries"},
}

// ActionTitle returns what to do in one to six words, such as "Wait and retry".
func ActionTitle(a classify.Action) string { return actions[a].title }

// ActionAdvice returns what to do in one or two plain sentences.
func ActionAdvice(a classify.Action) string { return actions[a].advice }

// RetryNoun returns what is sent again under an action: a retry, a poll or a new
// task.
func RetryNoun(a classify.Action) string { return actions[a].one }

// RetryTitle returns the same as the title of a column.
func RetryTitle(a classify.Action) string { return titled(RetryNoun(a)) }

// kind is what an entry is, to stand before its API's title, and what stands
// before or for its key in the title of its page.
type kind struct {
	what  string
	title string
}

var kinds = [...]kind{
	classify.KindCode:         {"Code of", ""},
	classify.KindPrefix:       {"Code prefix of", ""},
	classify.KindStatus:       {"HTTP status of", "Status "},
	classify.KindStatusClass:  {"Class of HTTP statuses of", "Status "},
	classify.KindTransport:    {"Failed call to", "No answer: "},
	classify.KindUnknown:      {"Answer of", "Unlisted code"},
	classify.KindUnrecognised: {"Answer of", "Unrecognised answer"},
}

var formTitles = [...]string{
	classify.JSON:   "JSON body",
	classify.XML:    "XML body",
	classify.Text:   "Plain text",
	classify.Header: "Header",
}

// WhoTitle returns who has to act, such as "Account owner".
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

// titled returns a lower-case word list such as very-common as words.
func titled(name string) string {
	words := strings.ReplaceAll(name, "-", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
