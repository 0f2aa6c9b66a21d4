package classify

import (
	"errors"
	"net/http"
)

// ClassifyResponse decides what a response means, as [Catalog.Classify] does with a
// [Reply], and leaves its whole body to be read. It reads the start of the body, up to what
// the operation's Look says or MaxBody, and waits for it until the context of the request
// ends. The operation is the one that the context names ([WithOperation]), or else that of
// the request's method and path. A body that is longer, or compressed, can leave the
// decision [Decision.Undecided]. A nil response fails.
func (c *Catalog) ClassifyResponse(resp *http.Response) Decision {
	return c.wholeOutcome(resp).decision
}

// CheckResponse returns nil if the response is a success by the catalog, and otherwise a
// [*ReplyError], as [Catalog.Check] does with a [Reply]. It reads the body as
// [Catalog.ClassifyResponse] does, and leaves it to be read. Its Reply has the start of the
// body that was looked at.
func (c *Catalog) CheckResponse(resp *http.Response) error {
	got := c.wholeOutcome(resp)
	if got.decision.Action == OK {
		return nil
	}
	return &ReplyError{Reply: got.reply, Decision: got.decision}
}

// wholeOutcome decides about a response whose body is waited for.
func (c *Catalog) wholeOutcome(resp *http.Response) (got outcome) {
	switch {
	case resp == nil:
		return outcome{reply: Reply{Err: errNoResponse}, decision: c.Classify(Reply{Err: errNoResponse})}
	case c == nil:
		got.reply.Status, got.reply.Header = resp.StatusCode, resp.Header
		got.decision = c.Classify(got.reply)
		return got
	}
	verb := http.MethodGet
	if resp.Request != nil {
		verb = method(resp.Request)
	}
	ctx := contextOf(resp)
	return c.outcomeTo(ctx, verb, resp, true, c.operationOf(ctx, requestOf(resp, nil)), &Options{whole: true})
}

// errNoResponse is why a nil response fails.
var errNoResponse = errors.New("a nil response")

// CodeOf returns the code that an error of this package is about, as on the wire; empty if
// it is about none. A generated package has a CodeOf that returns its Code.
func CodeOf(err error) string {
	if stop, ok := find[*Error](err); ok {
		return stop.Decision.Code
	}
	if carried, ok := find[*ReplyError](err); ok {
		return carried.Decision.Code
	}
	return ""
}
