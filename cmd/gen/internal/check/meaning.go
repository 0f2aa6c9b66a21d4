package check

import (
	"net/http"
	"strconv"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

var classMeanings = map[string]string{
	"1xx": "Informational", "2xx": "Success", "3xx": "Redirection", "4xx": "Client error", "5xx": "Server error",
}

var failureMeanings = map[classify.Failure]string{
	classify.FailureTimeout:    "No answer in time",
	classify.FailureConnection: "The connection was refused, reset or closed before an answer",
	classify.FailureDNS:        "The host's name does not exist",
	classify.FailureTLS:        "No trusted, encrypted connection",
	classify.FailureCanceled:   "The caller gave up before an answer",
}

// defaultMeaning is the meaning of an entry that does not say it.
func defaultMeaning(e *model.Entry) string {
	switch e.Kind {
	case classify.KindStatus:
		status, _ := strconv.Atoi(e.Code)
		if text := http.StatusText(status); text != "" {
			return text
		}
		return "Status " + e.Code
	case classify.KindStatusClass:
		return classMeanings[e.Code]
	case classify.KindTransport:
		return failureMeanings[classify.Failure(e.Code)]
	case classify.KindUnknown:
		return "A code that the catalog does not list"
	case classify.KindUnrecognised:
		return "A reply in no known form"
	case classify.KindPrefix:
		return "A code that starts with " + e.Code[:len(e.Code)-1]
	}
	return e.Code
}
