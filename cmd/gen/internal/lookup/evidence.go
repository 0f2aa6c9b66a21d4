package lookup

import (
	"cmp"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// isNamed reports whether a match is told by a code, a prefix or a message, which tells
// whose error it is. A message that is the reason phrase of a status is anyone's, and so is
// a number.
func (c *candidate) isNamed() bool {
	if c.kind == byMessage {
		return !isReasonPhrase(squash(c.Entry.Message))
	}
	return isCode(c.Entry) && !isNumber(c.Entry.Code)
}

func isCode(e *model.Entry) bool {
	return e.Kind == classify.KindCode || e.Kind == classify.KindPrefix
}

// comesWith reports whether a code comes with a status.
func comesWith(e *model.Entry, status int) bool {
	return isCode(e) && slices.Contains(e.Statuses, status)
}

// isReasonPhrase reports whether squashed words are the reason phrase of a status.
func isReasonPhrase(letters string) bool {
	for _, all := range phrases {
		if slices.Contains(all, letters) {
			return true
		}
	}
	return false
}

// isBare reports whether a match rests on nothing but a status or a failed call, as any
// API may have it.
func (f *findings) isBare(c *finding) bool {
	switch c.Entry.Kind {
	case classify.KindStatus, classify.KindStatusClass, classify.KindTransport:
		return c.example == 0 && c.counts[byMessage].times == 0 && (c.Decision == nil || isStatusKind(c.Decision.Source))
	}
	return false
}

// withoutEvidence leaves out what is bare and not another error: what is of another API
// than the text names, and statuses that a code or a message in it comes with. What is
// decided on the reply that the text is about is not of another API for a code beside it.
func (f *findings) withoutEvidence(all []*finding) []*finding {
	const nobody = 9
	surest, named := nobody, map[*model.API]int{} // how sure it is that codes name an API, one more than a rank
	codes := map[*model.API][]*finding{}
	owned := false
	for _, c := range all {
		a := c.Entry.API
		owned = owned || f.isOwned(a)
		if !c.isNamed() {
			continue
		}
		codes[a] = append(codes[a], c)
		rank := c.Confidence.rank() + 1
		if c.past > 0 {
			rank = Likely.rank() + 1 // it is the customer's API, whatever is over
		}
		named[a] = min(cmp.Or(named[a], nobody), rank)
		surest = min(surest, rank)
	}
	return slices.DeleteFunc(slices.Clone(all), func(c *finding) bool {
		rank, a := c.Confidence.rank()+1, c.Entry.API
		byCodes := c.leads > 0 && surest <= rank
		isOwn := f.isOwned(a) || c.leads > 0 && cmp.Or(named[a], nobody) <= rank
		return f.isBare(c) && ((owned || byCodes) && !isOwn || f.isProof(c, codes[a]))
	})
}

// isOwned reports whether the text names an API, or has a reply in its form.
func (f *findings) isOwned(a *model.API) bool { return f.titles.apis[a] || f.told[a] }

// isProof reports whether all statuses that a match rests on are those of codes that are
// as sure and as present.
func (f *findings) isProof(c *finding, codes []*finding) bool {
	numbers := f.numbers[c.Entry]
	return c.Decision == nil && len(numbers) > 0 && !slices.ContainsFunc(numbers, func(status int) bool {
		return !slices.ContainsFunc(codes, func(own *finding) bool {
			return own.past <= c.past && own.quoted <= c.quoted && own.Confidence.rank() <= c.Confidence.rank() && comesWith(own.Entry, status)
		})
	})
}

// saysMessage says of what is decided by the status of a reply which code's message it has.
func (f *findings) saysMessage(c *finding, all []*finding) {
	if c.Decision == nil || !isStatusKind(c.Decision.Source) || c.example > 0 {
		return
	}
	for _, own := range all {
		if own.kind == byMessage && own.isNamed() && own.Entry.API == c.Entry.API && comesWith(own.Entry, c.Decision.Status) {
			c.reason = why("replyMessage", c.Decision.Status, own.Entry.Code)
			return
		}
	}
}
