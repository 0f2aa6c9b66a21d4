package say

import (
	"time"

	"github.com/errkb/errkb/classify"
)

// The messages that tables choose from: titles, nouns and units.

// unit is a unit of time.
type unit struct {
	length    time.Duration
	short     Message // with a number
	one, many Message // with a number, in full
	part      Message // with a number below two that has decimals, in full
	in        Message // what a number without it is given in
}

var units = []unit{
	{24 * time.Hour, "%s days|short", "%s day|in full", "%s days|in full", "", "in days"},
	{time.Hour, "%s h", "%s hour", "%s hours", "", "in hours"},
	{time.Minute, "%s min", "%s minute", "%s minutes", "", "in minutes"},
	second,
	{time.Millisecond, "%s ms", "%s millisecond", "%s milliseconds", "%s milliseconds|below 2 and with decimals, such as 1.5", "in milliseconds"},
}

var second = unit{time.Second, "%s s", "%s second", "%s seconds", "%s seconds|below 2 and with decimals, such as 1.5", "in seconds"}

// action is what an action is called, and what it asks for.
type action struct {
	title  Message
	inside Message // the title inside a sentence
	advice Message
	sent   *noun
}

// noun is what is sent again under an action, and what is said of how often.
type noun struct {
	many                  Message // alone
	title                 Message // of a column
	once, upTo            Message // how often at most
	noLimit               Message
	stopAtOne             Message // when to give up
	stopAt                Message
	makesOne              Message // how many are sent in the time that there is
	makes                 Message
	makesTo, makesAtLeast Message
	drawing               Message // the title of a drawing of when each is sent
	drawn                 Message // what it shows
}

var (
	retries = &noun{
		many: "retries", title: "Retry|the title of a column of numbers",
		once: "1 retry", upTo: "up to %d retries", noLimit: "There is no limit on the number of retries.",
		stopAtOne: "Give up after 1 retry.", stopAt: "Give up after %d retries.",
		makesOne: "That makes 1 retry.", makes: "That makes %d retries.", makesTo: "That makes %d to %d retries.", makesAtLeast: "That makes %d or more retries.",
		drawing: "When each retry is sent", drawn: "A line of time, with a bar for each retry. The table says the same.",
	}
	tasks = &noun{
		many: "new tasks", title: "New task|the title of a column of numbers",
		once: "1 new task", upTo: "up to %d new tasks", noLimit: "There is no limit on the number of new tasks.",
		stopAtOne: "Give up after 1 new task.", stopAt: "Give up after %d new tasks.",
		makesOne: "That makes 1 new task.", makes: "That makes %d new tasks.", makesTo: "That makes %d to %d new tasks.", makesAtLeast: "That makes %d or more new tasks.",
		drawing: "When each new task is sent", drawn: "A line of time, with a bar for each new task. The table says the same.",
	}
	polls = &noun{
		many: "polls", title: "Poll|the title of a column of numbers",
		once: "1 more poll", upTo: "up to %d more polls", noLimit: "There is no limit on the number of polls.",
		makesOne: "That makes 1 poll.", makes: "That makes %d polls.", makesTo: "That makes %d to %d polls.", makesAtLeast: "That makes %d or more polls.",
		drawing: "When each poll is sent", drawn: "A line of time, with a bar for each poll. The table says the same.",
	}
)

var actions = [...]action{
	classify.Fail:       {"Stop", "stop|an action inside a sentence", "Stop. Sending the same request again does not help.", retries},
	classify.Retry:      {"Wait and retry", "wait and retry|an action inside a sentence", "Wait, then send the same request again.", retries},
	classify.Resubmit:   {"Start a new task", "start a new task|an action inside a sentence", "This task is closed. Start a new one with the same input.", tasks},
	classify.WaitPoll:   {"Not an error, ask again later", "not an error, ask again later|an action inside a sentence", "Nothing is wrong: the result is not ready yet. Wait, then ask again.", polls},
	classify.FixAccount: {"Stop and fix the account", "stop and fix the account|an action inside a sentence", "Stop. A person must act on the account before the request is sent again.", retries},
	classify.OK:         {"Use the result", "use the result|an action inside a sentence", "Nothing is wrong. Use the result.", retries},
}

// ActionTitle returns what to do in one to six words, such as "Wait and retry".
func (l *Language) ActionTitle(a classify.Action) string { return l.Say(actions[a].title) }

// ActionInside returns the same for the middle of a sentence.
func (l *Language) ActionInside(a classify.Action) string { return l.Say(actions[a].inside) }

// ActionAdvice returns what to do in one or two plain sentences.
func (l *Language) ActionAdvice(a classify.Action) string { return l.Say(actions[a].advice) }

// DrawingTitle names a drawing of when something is sent again under an action.
func (l *Language) DrawingTitle(a classify.Action) string { return l.Say(actions[a].sent.drawing) }

// DrawingText says what such a drawing shows.
func (l *Language) DrawingText(a classify.Action) string { return l.Say(actions[a].sent.drawn) }

// RetryTitle returns what is sent again under an action, a retry, a poll or a new task,
// as the title of a column.
func RetryTitle(a classify.Action) Message { return actions[a].sent.title }

// kind is what an entry is, with its API, and the title of its page, in which its key
// stands.
type kind struct {
	what  Message
	title Message
}

var kinds = [...]kind{
	classify.KindCode:         {"Code of %s", ""},
	classify.KindPrefix:       {"Code prefix of %s", ""},
	classify.KindStatus:       {"HTTP status of %s", "Status %s"},
	classify.KindStatusClass:  {"Class of HTTP statuses of %s", "Status %s"},
	classify.KindTransport:    {"Failed call to %s", "No answer: %s"},
	classify.KindUnknown:      {"Answer of %s", "Unlisted code"},
	classify.KindUnrecognised: {"Answer of %s", "Unrecognised answer"},
}

var formTitles = [...]Message{
	classify.JSON:   "JSON body",
	classify.XML:    "XML body",
	classify.Text:   "Plain text",
	classify.Header: "Header",
}

// person is who has to act.
type person struct {
	title  Message
	inside Message // the title inside a sentence
}

var people = map[string]person{
	"client":        {"The program itself", "the program itself|who has to act"},
	"developer":     {"Developer", "developer|who has to act"},
	"account-owner": {"Account owner", "account owner|who has to act"},
	"operator":      {"Operator", "operator|who has to act"},
	"support":       {"Support", "support|who has to act"},
}

// WhoTitle returns who has to act, such as "Account owner", and nothing for nobody.
func (l *Language) WhoTitle(who string) string { return l.Say(people[who].title) }

// WhoInside returns the same for the middle of a sentence.
func (l *Language) WhoInside(who string) string { return l.Say(people[who].inside) }

var frequencies = map[string]Message{"very-common": "Very common", "occasional": "Occasional", "rare": "Rare"}

// FrequencyTitle returns how often something occurs, such as "Very common", and
// nothing for nothing.
func (l *Language) FrequencyTitle(frequency string) string { return l.Say(frequencies[frequency]) }

var severities = map[string]Message{
	"none": "None|severity", "low": "Low|severity", "medium": "Medium|severity", "high": "High|severity",
}

// SeverityTitle returns how bad something is, such as "Low", and nothing for
// nothing.
func (l *Language) SeverityTitle(severity string) string { return l.Say(severities[severity]) }
