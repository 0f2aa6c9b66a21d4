package classifytest

import (
	"fmt"
	"net/http"
	"time"

	"github.com/errkb/errkb/classify"
)

// Answer is how a [Server] answers a request. Its methods return a changed copy.
type Answer struct {
	source source
	fault  fault
	times  int // negative for ever

	code    string
	body    string
	raw     classify.Reply
	status  int // 0 for the one that the catalog suggests
	header  http.Header
	syntax  classify.Syntax
	inForm  bool // only in a form of that syntax
	asks    time.Duration
	hasAsks bool

	late time.Duration
	half bool
}

// source is what an answer is made from.
type source uint8

const (
	fromNothing source = iota
	fromCode
	fromStatus
	fromBody
	fromReply
)

// fault is how an answer fails to come.
type fault uint8

const (
	none fault = iota
	reset
	resetUnread
	hang
)

var faultNames = [...]string{"no answer", "reset", "reset, unread", "hang"}

// Code answers with an error code: with the status and in the form that the API
// has for it, as [Replies] lists them first. The code can be one that only a
// prefix of the catalog covers, or one that the catalog does not know.
func Code(code string) Answer { return Answer{source: fromCode, code: code, times: 1} }

// Status answers with a status, 200 or above, and no code, as a gateway does.
func Status(status int) Answer { return Answer{source: fromStatus, status: status, times: 1} }

// OK answers with success: a body that is success by the catalog, with the status
// 200 or that of [Answer.WithStatus].
func OK(body string) Answer { return Answer{source: fromBody, body: body, times: 1} }

// Raw answers with a reply unchanged, whatever it means by the catalog. Its Status
// is 200 where it is 0.
func Raw(reply classify.Reply) Answer { return Answer{source: fromReply, raw: reply, times: 1} }

// Reset reads the request and breaks the connection off without an answer: the
// request may have taken effect.
func Reset() Answer { return Answer{fault: reset, times: 1} }

// ResetUnread breaks the connection off before the request's body is read.
func ResetUnread() Answer { return Answer{fault: resetUnread, times: 1} }

// Hang reads the request and never answers it. It ends when the client gives up or
// the server is closed.
func Hang() Answer { return Answer{fault: hang, times: 1} }

// Times has the answer given n times in a row, at least once.
func (a Answer) Times(n int) Answer {
	a.times = max(1, n)
	return a
}

// Always has the answer given from then on.
func (a Answer) Always() Answer {
	a.times = -1
	return a
}

// WithStatus sets the status, 200 or above, instead of the one that the catalog
// has for the answer.
func (a Answer) WithStatus(status int) Answer {
	a.status = status
	return a
}

// WithHeader sets a header field.
func (a Answer) WithHeader(name, value string) Answer {
	a.header = a.header.Clone()
	if a.header == nil {
		a.header = make(http.Header)
	}
	a.header.Set(name, value)
	return a
}

// In chooses the first form of a syntax for a [Code], where the API has several.
func (a Answer) In(syntax classify.Syntax) Answer {
	a.syntax, a.inForm = syntax, true
	return a
}

// RetryAfter has the server ask for a wait, in the first place where the catalog
// looks for one that can hold it: the Retry-After field takes whole seconds only.
func (a Answer) RetryAfter(wait time.Duration) Answer {
	a.asks, a.hasAsks = wait, true
	return a
}

// Late delays the answer: the request is read, and the answer comes after the
// wait.
func (a Answer) Late(wait time.Duration) Answer {
	a.late = wait
	return a
}

// Half breaks the connection off in the middle of the answer's body.
func (a Answer) Half() Answer {
	a.half = true
	return a
}

// String says what the answer is, such as "code CAPCHA_NOT_READY" or "status 502".
func (a Answer) String() string {
	switch a.source {
	case fromCode:
		return "code " + a.code
	case fromStatus:
		return fmt.Sprintf("status %d", a.status)
	case fromBody:
		return "ok"
	case fromReply:
		return "raw reply"
	}
	return faultNames[a.fault]
}
