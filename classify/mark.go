package classify

import (
	"context"
	"maps"
	"net/http"
	"strconv"
)

// A response that a loop hands back is marked in two places. Its request's context holds
// the whole reason, where [ErrorOf] finds it. Its header holds the short mark, which goes
// along with copies of the response, and with the header alone into a [Reply] that the
// caller makes of it: so that a loop around the call sees that another has made all tries.
// The name is none that a server can send, and net/http does not write it on.
const markField = "errkb mark"

// undecidedMark is the mark of a response that is [Undecided].
const undecidedMark = "undecided"

type markKey struct{}

// ErrorOf returns why a [Transport] returned a reply that is not a success
// instead of sending the request again, as an [*Error], and nil if the reply is a success
// or not a Transport's. It knows copies of the response too. A function that is run by
// [Do] may return it: Do then stops too.
func ErrorOf(resp *http.Response) error {
	if why := stopOn(resp); why != nil {
		return why
	}
	return nil
}

// Undecided reports whether a [Transport] returned a reply without knowing whether it is
// a success: its status is below 400 and the catalog asks the body, but the body was
// compressed, did not come in time, or is longer than what is looked at, and what was
// read says neither. [ErrorOf] returns nil for such a reply. Read the whole body and ask
// [Catalog.Check], or give the operation more patience and a longer look.
func Undecided(resp *http.Response) bool {
	return resp != nil && first(resp.Header[markField]) == undecidedMark
}

// stopOn returns why a Transport handed a response back, and nil for none.
func stopOn(resp *http.Response) *Error {
	if resp == nil || resp.Request == nil || len(resp.Header[markField]) == 0 || Undecided(resp) {
		return nil
	}
	why, _ := resp.Request.Context().Value(markKey{}).(*Error)
	return why
}

// handBack marks a response with why no other try is made; nil if it is undecided. The
// body is one that others wrap, http.Client among them. What peek has not copied, as it has
// no body, may be the base's own.
func handBack(resp *http.Response, req *http.Request, stop error) *http.Response {
	if resp.Body == nil || resp.Body == http.NoBody {
		own := *resp
		resp = &own
	}
	why, _ := find[*Error](stop)
	if why == nil {
		resp.Header = withMark(resp.Header, undecidedMark)
		return resp
	}
	resp.Header = withMark(resp.Header, strconv.Itoa(int(why.Reason)), strconv.Itoa(why.Attempts))
	if resp.Request != nil {
		req = resp.Request
	}
	resp.Request = req.WithContext(context.WithValue(req.Context(), markKey{}, why))
	return resp
}

// markTried marks a response that another library's loop is told to send again: who gets
// it after all gets the last one.
func markTried(resp *http.Response) {
	resp.Header = withMark(resp.Header, strconv.Itoa(int(ReasonExhausted)))
}

// withMark returns a copy of a header with a mark: a base may answer with one header often.
func withMark(h http.Header, mark ...string) http.Header {
	own := make(http.Header, len(h)+1)
	maps.Copy(own, h)
	own[markField] = mark
	return own
}

// triedBefore returns why a loop inside the call gave up on a reply, by its mark, or on what
// came to an error, and after how many calls; 0 if nothing says that. What that loop does not
// follow, it has not tried.
func triedBefore(h http.Header, d *Decision, err error) (why Reason, attempts int, tried bool) {
	mark := h[markField]
	if d.Action != Retry {
		return 0, 0, false
	}
	if len(mark) == 0 {
		return ReasonExhausted, 0, gaveUp(err)
	}
	reason, err := strconv.Atoi(mark[0]) // which the mark of what is undecided is not
	if err != nil || reason < 0 || reason >= len(reasonTexts) {
		return 0, 0, false
	}
	if len(mark) > 1 {
		attempts, _ = strconv.Atoi(mark[1])
	}
	return Reason(reason), attempts, true
}
