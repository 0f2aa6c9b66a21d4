package lookup

import "github.com/errkb/errkb/classify"

// decideCall decides on a status or a failed call as its API does in the operation that an
// address in the text is of: what holds of one call need not hold of another.
func (f *findings) decideCall(c *finding) {
	own, operation := f.addresses.before(c.at)
	if c.Decision != nil || operation == "" || own.API != c.Entry.API || isSuccess(c.Entry) {
		return
	}
	r := classify.Reply{Status: c.status, Operation: operation}
	if c.Entry.Kind == classify.KindTransport {
		r.Err = classify.Failure(c.Entry.Code)
	} else if c.status == 0 {
		return
	}
	if v := own.judge(r); v.entry == c.Entry {
		c.Decision = &v.Decision
	}
}
