package classify

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/errkb/errkb/classify/packed"
)

// whyOverride says what the server says.
func (d Decision) whyOverride() string {
	why := fmt.Sprintf("the server says so: override %d of the catalog holds", d.Override)
	action := d.Entry.entry().actionIn(d.Operation)
	if d.Variant > 0 {
		action = d.Entry.Variants()[d.Variant-1].Action
	}
	if d.Entry != nothing && d.catalog.Overrides[d.Override-1].leaves(action) {
		why += ", and the entry stops anyway"
	}
	return why
}

// Why says, a sentence each, which entry decided by which key of the reply, and
// where the wait comes from.
func (d Decision) Why() []string {
	if d.isMade() {
		return []string{noCatalog, d.whyWait()}
	}
	why := []string{d.whyEntry()}
	if d.Also != "" {
		why = append(why, "the reply also holds "+quote(d.Also)+", a finer code that is not listed")
	}
	if d.Reading.Cut && d.Code == "" && d.Source != KindSuccess {
		why = append(why, "only the start of the body was looked at")
	}
	switch {
	case d.Variant > 0:
		why = append(why, fmt.Sprintf("variant %d of the entry holds", d.Variant))
	case d.inOperation:
		why = append(why, fmt.Sprintf("the entry has an override for operation %s", d.Operation))
	}
	if d.Override > 0 {
		why = append(why, d.whyOverride())
	}
	if d.Disagrees() {
		why = append(why, d.whyDisagrees())
	}
	if near := d.whyNear(); near != "" {
		why = append(why, near)
	}
	if next := d.resend(&Attempt{}); !next.Again && next.Reason == ReasonEffect {
		why = append(why, "the request may have taken effect: it is sent again only if it can be repeated")
	}
	for _, skipped := range d.skipped {
		if skipped.place > 0 && skipped.place != d.delayAt {
			why = append(why, fmt.Sprintf("%s: skipped, as %s", d.delayPlaces(d.Entry.entry())[skipped.place-1].where(), skipped.why))
		}
	}
	if d.Source != KindSuccess {
		why = append(why, d.whyWait())
	}
	return why
}

func (d Decision) whyEntry() string {
	switch d.Source {
	case KindCode:
		if d.Code != d.Entry.Code() {
			return fmt.Sprintf("%s is listed as %q", d.whereCode(), d.Entry.Code())
		}
		return d.whereCode() + " is listed"
	case KindPrefix:
		return fmt.Sprintf("%s is not listed itself; the entry %s covers it", d.whereCode(), d.Entry.Code())
	case KindStatus, KindStatusClass:
		return fmt.Sprintf("%s; the entry %s covers the status %d", d.whyNoCode(), d.Entry.Code(), d.Status)
	case KindUnknown:
		return d.whyNoCode() + ", and " + d.whyNoStatus()
	case KindUnrecognised:
		return "the reply shows neither success nor a code, and " + d.whyNoStatus()
	case KindTransport:
		return d.whyFailure()
	case KindSuccess:
		return d.whySuccess()
	}
	return noCatalog
}

const noCatalog = "there is no catalog"

// isMade reports whether the decision is the caller's own, with no catalog to look into.
func (d *Decision) isMade() bool { return d.catalog == nil || d.Entry.IsZero() }

func (d Decision) whySuccess() string {
	if d.Entry.Kind() == KindCode {
		return d.whereCode() + " is listed as success"
	}
	if d.catalog.has(packed.FactSign) {
		return fmt.Sprintf("the %s form says success", d.catalog.Forms[d.Reading.Form].Syntax)
	}
	return fmt.Sprintf("the status %d is success by the entry %s", d.Status, d.Entry.Code())
}

func (d Decision) whyFailure() string {
	switch {
	case d.Failure == "":
		return "there was no reply, for an unknown reason"
	case d.Failure == FailureCanceled:
		return "there was no reply: the caller cancelled, which is never retried"
	case d.Entry.Kind() == KindNone:
		return fmt.Sprintf("there was no reply (%s), and the catalog has no entry for that", d.Failure)
	}
	return fmt.Sprintf("there was no reply: %s", d.Failure)
}

// whyNoCode says why it is not a code that decided.
func (d Decision) whyNoCode() string {
	if d.Code == "" {
		return "the reply has no code"
	}
	if d.Reading.listed > 0 {
		return d.whereCode() + " is listed as success, which this reply is not"
	}
	return d.whereCode() + " is not listed"
}

// whyNoStatus says why it is not the status that decided.
func (d Decision) whyNoStatus() string {
	switch {
	case d.Status == 0:
		return "its status is not known"
	case d.catalog.statusEntry(d.Status) != nil:
		return fmt.Sprintf("the status %d alone does not prove success", d.Status)
	}
	return fmt.Sprintf("no entry covers the status %d", d.Status)
}

// whereCode names the code and its place in the reply.
func (d Decision) whereCode() string {
	form := &d.catalog.Forms[d.Reading.Form]
	place := form.Code[d.Reading.Place]
	code := "the code " + quote(d.Code)
	switch {
	case form.Syntax == JSON || form.Syntax == XML:
		return fmt.Sprintf("%s at %s of the %s body", code, place, form.Syntax)
	case form.Syntax == Header:
		return fmt.Sprintf("%s in the header %s", code, place[0])
	case place[0] != "":
		return fmt.Sprintf("%s after %q in the text", code, place[0])
	case form.After != "" || form.Before != "":
		return code + " in the text"
	}
	return code + ", which is the whole text,"
}

func (d Decision) whyDisagrees() string {
	if len(d.Entry.Statuses()) == 0 {
		return fmt.Sprintf("the status %d alone would say otherwise; a code beats the status", d.Status)
	}
	return fmt.Sprintf("the catalog has this code with status %s, not %d; a code beats the status", join(d.Entry.Statuses()), d.Status)
}

func (d Decision) whyWait() string {
	if !d.Action.Waits() {
		return fmt.Sprintf("the action %s does not wait", d.Action)
	}
	if d.Policy == nil {
		return fmt.Sprintf("the action %s has no policy: stop", d.Action)
	}
	switch {
	case d.WaitSource() == WaitNone:
		return fmt.Sprintf("the server asks for %s in %s, over the %s that %s obeys: stop",
			delayText(d.ServerDelay), d.whereDelay(), d.Policy.DelayLimit(), d.Policy.label())
	case d.WaitSource() == WaitServer:
		return fmt.Sprintf("the wait is the %s that the server asks for in %s", d.ServerDelay, d.whereDelay())
	case d.HasServerDelay:
		return fmt.Sprintf("the server asks for no wait in %s, so the wait is that of %s", d.whereDelay(), d.Policy.label())
	}
	return "the wait is that of " + d.Policy.label()
}

// delayText returns a server-given delay for people; one that is too long for a
// Duration was cut to the longest.
func delayText(d time.Duration) string {
	if d == math.MaxInt64 {
		return "over 292 years"
	}
	return d.String()
}

func (d Decision) whereDelay() string {
	if d.delayAt == 0 || d.isMade() {
		return "what the caller says" // who has set the delay in Options.Decide
	}
	return d.delayPlaces(d.Entry.entry())[d.delayAt-1].where()
}

// where names the place.
func (s *Delay) where() string {
	switch {
	case s.Header != "":
		return "the header " + s.Header
	case s.Code != "":
		return "the code after " + s.Code
	}
	return s.At.String() + " of the body"
}

// String says why a place for delays is skipped.
func (s delayState) String() string {
	switch s {
	case delayZero:
		return "it asks for no wait"
	case delayInstant:
		return "its number is too large for a wait, and looks like a point in time"
	}
	return "it holds no wait that can be read"
}

func (p *Policy) label() string {
	if p.Name == "" {
		return "the entry's own policy"
	}
	return "the policy " + p.Name
}

func join(statuses []uint16) string {
	texts := make([]string, len(statuses))
	for i, status := range statuses {
		texts[i] = fmt.Sprint(status)
	}
	return strings.Join(texts, ", ")
}
