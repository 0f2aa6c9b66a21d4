package classifytest

import (
	"errors"
	"fmt"
	"iter"
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

// Raw answers with a reply as it is, whatever it means by the catalog. Its Status
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

// reply returns the answer's reply in an operation, or why the API of the catalog
// can't give it. An answer that fails to come has an empty one.
func (a Answer) reply(c *classify.Catalog, operation classify.Operation) (classify.Reply, error) {
	if a.fault != none {
		return classify.Reply{}, nil
	}
	var failed error
	for r := range a.drafts(c) {
		r.Operation = operation
		r.Header = merge(r.Header, a.header)
		if a.hasAsks {
			if r, failed = askFor(a.asks, c, r); failed != nil {
				continue
			}
		}
		if failed = a.verify(c, r); failed == nil {
			return r, nil
		}
	}
	if failed == nil {
		failed = errors.New("the catalog has no form for it")
	}
	return classify.Reply{}, failed
}

// drafts calls yield with the replies that the answer may be, the likely ones
// first.
func (a Answer) drafts(c *classify.Catalog) iter.Seq[classify.Reply] {
	return func(yield func(classify.Reply) bool) {
		status := a.status
		if status == 0 {
			status = http.StatusOK
		}
		switch a.source {
		case fromBody:
			yield(classify.Reply{Status: status, Header: contentType(typeOf(a.body)), Body: []byte(a.body)})
		case fromReply:
			r := a.raw
			if a.status != 0 || r.Status == 0 {
				r.Status = status
			}
			yield(r)
		case fromNothing:
			yield(classify.Reply{})
		case fromStatus:
			status = a.status
			page := fmt.Sprintf("<html><body><h1>%d %s</h1></body></html>\n", status, http.StatusText(status))
			_ = yield(classify.Reply{Status: status, Header: contentType("text/html"), Body: []byte(page)}) &&
				yield(classify.Reply{Status: status})
		case fromCode:
			for d := range draftsOf(c, a.code) {
				if a.inForm && d.syntax != a.syntax {
					continue
				}
				if a.status != 0 && d.reply.Status != a.status {
					if !d.first {
						continue
					}
					d.reply.Status = a.status
				}
				if !yield(d.reply) {
					return
				}
			}
		}
	}
}

// verify returns how a reply does not mean what the answer says.
func (a Answer) verify(c *classify.Catalog, r classify.Reply) error {
	if a.source == fromNothing {
		return errors.New("an Answer is made by a function such as Code")
	}
	if err := sendable(r); err != nil {
		return err
	}
	if a.half && len(r.Body) == 0 {
		return errors.New("there is no body to break off in")
	}
	d := c.Classify(r)
	switch a.source {
	case fromBody:
		if d.Action != classify.OK {
			return mismatch(r, d, "success")
		}
	case fromStatus:
		if d.Action == classify.OK || d.Code != "" {
			return mismatch(r, d, "a status without a code")
		}
	case fromCode:
		if !means(c, d, a.code) {
			return mismatch(r, d, "the code "+a.code)
		}
	}
	if a.hasAsks && d.Action.Waits() && d.Policy != nil && (!d.HasServerDelay || d.ServerDelay != a.asks) {
		return fmt.Errorf("the catalog reads a wait of %s from the reply, not %s", d.ServerDelay, a.asks)
	}
	return nil
}

func mismatch(r classify.Reply, d classify.Decision, wanted string) error {
	return fmt.Errorf("the catalog reads the reply %d %q as another thing than %s: %s: %s",
		r.Status, r.Body, wanted, d.Action, d.Why()[0])
}

// sendable returns why a reply can't be sent as it is.
func sendable(r classify.Reply) error {
	if r.Err != nil {
		return errors.New("a reply with Err is none; Reset and Hang end without a reply")
	}
	if r.Status < 200 || r.Status > 999 {
		return fmt.Errorf("the status %d can't be sent: it has to be 200 to 999", r.Status)
	}
	if (r.Status == http.StatusNoContent || r.Status == http.StatusNotModified) && len(r.Body) > 0 {
		return fmt.Errorf("a reply with status %d has no body", r.Status)
	}
	for name, values := range r.Header {
		for _, value := range values {
			for _, b := range []byte(value) {
				if b < ' ' && b != '\t' || b == 0x7f {
					return fmt.Errorf("the header %s can't hold %q", name, value)
				}
			}
		}
	}
	return nil
}

// askFor puts a wait where the catalog looks for one.
func askFor(wait time.Duration, c *classify.Catalog, r classify.Reply) (classify.Reply, error) {
	if wait < 0 {
		return r, fmt.Errorf("a server can't ask for a wait of %s", wait)
	}
	for _, place := range c.Delays {
		unit := place.Unit
		if unit <= 0 {
			unit = time.Second
		}
		whole := wait%unit == 0
		count := fmt.Sprint(int64(wait / unit))
		switch {
		case place.Header == "":
			if !whole {
				count = fmt.Sprintf("%g", float64(wait)/float64(unit))
			}
			if body, ok := withMember(r.Body, place.At, count); ok {
				r.Body = body
				return r, nil
			}
		case whole:
			r.Header = merge(r.Header, http.Header{http.CanonicalHeaderKey(place.Header): {count}})
			return r, nil
		case place.Header != "Retry-After":
			r.Header = merge(r.Header, http.Header{http.CanonicalHeaderKey(place.Header): {wait.String()}})
			return r, nil
		}
	}
	return r, fmt.Errorf("the catalog has no place in this reply for a wait of %s", wait)
}

func merge(h, more http.Header) http.Header {
	h = h.Clone()
	if h == nil {
		h = make(http.Header)
	}
	for name, values := range more {
		h[name] = values
	}
	return h
}

func contentType(kind string) http.Header { return http.Header{"Content-Type": {kind}} }

// typeOf guesses what a body is.
func typeOf(body string) string {
	switch {
	case body == "":
		return "text/plain; charset=utf-8"
	case body[0] == '{' || body[0] == '[':
		return "application/json"
	case body[0] == '<':
		return "application/xml"
	}
	return "text/plain; charset=utf-8"
}
