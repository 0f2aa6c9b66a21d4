package classifytest

import (
	"errors"
	"fmt"
	"iter"
	"net/http"

	"github.com/errkb/errkb/classify"
)

// reply returns the answer's reply in an operation, or why the API of the catalog
// can't give it. An answer that fails to come has an empty one.
func (a Answer) reply(c *classify.Catalog, operation classify.Operation) (classify.Reply, error) {
	if a.fault != none {
		return classify.Reply{}, nil
	}
	failed := errors.New("the catalog has no form for it")
	tried := false
	for r := range a.drafts(c) {
		r.Operation = operation
		r.Header = merge(r.Header, a.header)
		r, err := a.ask(c, r)
		if err == nil {
			err = a.verify(c, r)
		}
		if err == nil {
			return r, nil
		}
		if !tried { // the likeliest says best what is wrong
			failed, tried = err, true
		}
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

// sendable returns why a reply can't be sent unchanged.
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
