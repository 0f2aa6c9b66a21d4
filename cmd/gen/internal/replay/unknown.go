package replay

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
)

// codeKey is a code that an API's catalog does not list.
type codeKey struct {
	api  *api
	code string
}

// unknownCode is what was seen of such a code.
type unknownCode struct {
	count
	statuses []int // in the order in which they were seen
	message  string
	sample   string // a body with it
}

// maxUnknown is how many codes without an entry are kept, and maxCode how long one is: more
// and longer ones are noise, such as numbers or sentences that are taken for codes.
const (
	maxUnknown = 1000
	maxCode    = 256
)

// maxStatuses is how many of a code's statuses are kept.
const maxStatuses = 8

// noteUnknown notes a code that the catalog does not list, with what is needed for an entry.
func (r *Replay) noteUnknown(c *call, d *classify.Decision) {
	if d.Code == "" || d.Known || d.Source == classify.KindSuccess {
		return
	}
	key := codeKey{c.api, d.Code}
	seen := r.sums.unknown[key]
	if seen == nil {
		if len(r.sums.unknown) >= maxUnknown || len(d.Code) > maxCode {
			r.sums.uncounted++
			return
		}
		seen = &unknownCode{}
		if c.isShown() {
			seen.message = cutTo(c.api.table.Message(c.reply), maxMessage)
			seen.sample = cutTo(c.api.table.Redact(c.reply, string(c.reply.Body)), maxSample)
		}
		r.sums.unknown[key] = seen
	}
	seen.add(c.moment)
	if d.Status > 0 && len(seen.statuses) < maxStatuses && !slices.Contains(seen.statuses, d.Status) {
		seen.statuses = append(seen.statuses, d.Status)
	}
}

// maxSample and maxMessage are how many characters are kept of a body and a message.
const (
	maxSample  = 500
	maxMessage = 200
)

// isShown reports whether it can be told what in the reply is secret, or nothing is: a body
// that goes on after what is looked at may say there that its start holds a secret.
func (c *call) isShown() bool {
	return len(c.api.Secret) == 0 || !c.reply.Cut && len(c.reply.Body) <= classify.MaxBody
}

// cutTo returns the start of a text, with a mark if there was more.
func cutTo(text string, most int) string {
	n := 0
	for i := range text {
		if n++; n > most {
			text = text[:i] + "…"
			break
		}
	}
	return strings.ToValidUTF8(text, "\ufffd")
}
