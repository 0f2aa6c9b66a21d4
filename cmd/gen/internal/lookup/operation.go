package lookup

import (
	"net"

	"github.com/errkb/errkb/classify"
)

// decideCall decides on a status or a failed call as its API does in the operation that an
// address in the text is of, as what holds of one call need not hold of another, and on a
// call that was not sent in any.
func (f *findings) decideCall(c *finding) {
	own, operation := f.addresses.before(c.at)
	if own == nil || own.API != c.Entry.API {
		own, operation = f.api(c.Entry.API), ""
	}
	if c.Decision != nil || operation == "" && !c.unsent || isSuccess(c.Entry) {
		return
	}
	r := classify.Reply{Status: c.status, Operation: operation}
	switch {
	case c.unsent:
		r.Err = &net.OpError{Op: "dial", Err: classify.Failure(c.Entry.Code)}
	case c.Entry.Kind == classify.KindTransport:
		r.Err = classify.Failure(c.Entry.Code)
	case c.status == 0:
		return
	}
	if v := own.judge(r); v.entry == c.Entry {
		c.Decision = &v.Decision
	}
}
