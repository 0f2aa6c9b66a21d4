package say

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

var classMeanings = map[string]Message{
	"1xx": "Informational|class of HTTP statuses", "2xx": "Success|class of HTTP statuses", "3xx": "Redirection|class of HTTP statuses",
	"4xx": "Client error|class of HTTP statuses", "5xx": "Server error|class of HTTP statuses",
}

var failureMeanings = map[classify.Failure]Message{
	classify.FailureTimeout:    "No answer in time",
	classify.FailureConnection: "The connection was refused, reset or closed before an answer",
	classify.FailureDNS:        "The host's name does not exist",
	classify.FailureTLS:        "No trusted, encrypted connection",
	classify.FailureCanceled:   "The caller gave up before an answer",
}

// EntryMeaning is the meaning of an entry whose author does not say it. That of a status
// is its phrase in HTTP.
func (l *Language) EntryMeaning(e *model.Entry) string {
	switch e.Kind {
	case classify.KindStatus:
		status, _ := strconv.Atoi(e.Code)
		if text := http.StatusText(status); text != "" {
			return text
		}
		return l.EntryTitle(e)
	case classify.KindStatusClass:
		return l.Say(classMeanings[e.Code])
	case classify.KindTransport:
		return l.Say(failureMeanings[classify.Failure(e.Code)])
	case classify.KindUnknown:
		return l.Say("A code that the catalog does not list")
	case classify.KindUnrecognised:
		return l.Say("A reply in no known form")
	case classify.KindPrefix:
		return l.Say("A code that starts with %s", strings.TrimSuffix(e.Code, "*"))
	}
	return e.Code
}
