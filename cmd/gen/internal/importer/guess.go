package importer

import (
	"regexp"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// guess is the name of a category, with what it was guessed from; "" if the source says it.
type guess struct{ name, from string }

// usual are the categories that a draft has unless the source has some itself.
var usual = []category{
	{"permanent", "Permanent", "fail", "developer", "Fix the request, then send it again. The same request keeps failing.", ""},
	{"transient", "Transient", "retry", "client", "Wait and retry automatically.", ""},
	{"account", "Account", "fix_account", "account-owner", "Someone has to act on the account first.", ""},
	{"pending", "Pending", "wait_poll", "client", "Not an error. Wait, then ask again.", ""},
	{"resubmit", "Resubmit", "resubmit", "client", "The task is closed. Submit it again as a new task.", ""},
	{"success", "Success", "ok", "client", "Use the result.", ""},
	{"unlisted", "Unlisted", "fail", "support", "Stop. Log the reply and investigate.", ""},
}

// fixes are what to do about an entry whose source does not say it, by the action.
var fixes = map[string]string{
	"retry":    "Wait, then send the same request again",
	"resubmit": "Submit it again as a new task",
}

// byStatus guesses a category from a status or a class.
func byStatus(key string) string {
	switch key {
	case "304":
		return "success"
	case "402", "403":
		return "account"
	case "408", "425", "429":
		return "transient"
	case "501", "505":
		return "permanent"
	}
	switch key[0] {
	case '1', '2':
		return "success"
	case '5':
		return "transient"
	}
	return "permanent"
}

// hints are words of codes and texts that tell a category. The first that matches counts.
var hints = []struct {
	words    func() *regexp.Regexp
	category string
}{
	{words(`not ready|pending|processing|in progress|still (?:solving|running|working)|poll again`), "pending"},
	{words(`new task|resubmit|submit (?:again|faster)|unsolvable`), "resubmit"},
	{words(`(?:zero|no|low|insufficient|not enough) (?:account )?(?:balance|credits?|funds?|quota)|insufficient (?:credits?|funds?|balance)|payment required|billing|top up|purchase|card declined|(?:account|user|ip) (?:is )?(?:banned|blocked|suspended|disabled|locked|not allowed|closed)|(?:plan|subscription|trial) (?:has )?(?:expired|ended)`), "account"},
	{words(`too (?:many|much) requests?|rate limit(?:ed)?|throttl(?:ed|ing)|slow down|busy|no slot|unavailable|overload(?:ed)?|queue full|internal(?: server)? error|server error|time ?d? ?out|timeout|temporar(?:y|ily)|try again|retry|deadline exceeded|aborted`), "transient"},
}

func words(alternatives string) func() *regexp.Regexp {
	return pattern.Of(`\b(?:` + alternatives + `)\b`)
}

// byWords guesses a category from the words of a code and of the texts beside it.
func byWords(texts ...string) (name, from string) {
	for _, text := range texts {
		plain := strings.ToLower(spaced(text))
		for _, hint := range hints {
			if found := hint.words().FindString(plain); found != "" {
				return hint.category, "the words " + found
			}
		}
	}
	return "", ""
}

// guessCategory guesses from what is said of an entry: its statuses, and then its words. Words
// beat a status that only says that the request is at fault. A code under a status of success
// is an error all the same.
func (e *entry) guessCategory() guess {
	if e.isStatus {
		if name := byStatus(e.key); name != "success" {
			return guess{name, "the status"}
		}
		return guess{name: "success"}
	}
	name, from := byWords(e.key, e.message, e.meaning, e.fix)
	if len(e.statuses) > 0 {
		status := statusText(e.statuses[0])
		of := byStatus(status)
		agree := !slices.ContainsFunc(e.statuses, func(s int) bool { return byStatus(statusText(s)) != of })
		if agree && of != "success" && (name == "" || of != "permanent") {
			return guess{of, "the status " + status}
		}
	}
	if name == "" {
		return guess{"permanent", "nothing: it stops until someone has looked at it"}
	}
	return guess{name, from}
}

// isStatusKey reports whether a key is a status or a class of them.
func isStatusKey(key string) bool {
	return len(key) == 3 && '1' <= key[0] && key[0] <= '9' && (strings.EqualFold(key[1:], "xx") || isDigits(key[1:]))
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// spaced puts spaces between the words of a code: RATE_LIMIT, rateLimit and rate-limit.
func spaced(code string) string {
	var out strings.Builder
	var before rune
	for _, r := range code {
		switch {
		case strings.ContainsRune("_-./:", r):
			r = ' '
		case 'A' <= r && r <= 'Z' && ('a' <= before && before <= 'z'):
			out.WriteRune(' ')
		}
		out.WriteRune(r)
		before = r
	}
	return out.String()
}
