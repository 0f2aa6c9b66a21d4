package lookup

import (
	"net/http"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// verdict is what an API makes of a reply.
type verdict struct {
	classify.Decision
	api    *api
	reply  classify.Reply
	entry  *model.Entry // nil where the catalog has none for it
	denied bool         // the reply has another value where success would show, and is not a success
	sure   bool         // the reply is surely one of the API
	alike  []*api       // those that this API speaks for, and maybe others that were asked
}

// judge asks the classifier of the API about a reply.
func (a *api) judge(reply classify.Reply) verdict {
	v := verdict{Decision: a.table.Classify(reply), api: a, reply: reply}
	v.entry = a.entry(v.Entry)
	v.denied = v.Reading.Denied && v.Source != classify.KindSuccess
	if v.Source == classify.KindSuccess && v.entry == nil && reply.Status == 0 {
		v.entry = a.success
	}
	return v
}

// judge asks the classifiers of the APIs that a reply may be of: the one that somebody
// asks about, those that the reply's request or the text is addressed to, or all. Of all,
// some may be left out that do not matter.
func (x *Index) judge(r reply, f *findings) []verdict {
	at := f.addresses
	if r.address != "" {
		at = x.findAddresses(r.address)
	}
	own, operation := at.before(r.at)
	if f.asked != nil && own != f.asked {
		own, operation = f.asked, ""
	}
	if own != nil {
		r.Operation = operation
		v := own.judge(r.Reply)
		v.sure = true
		return []verdict{v}
	}
	if some := x.judgeSome(r.Reply); some != nil {
		return some
	}
	verdicts := make([]verdict, 0, len(x.apis))
	for i := range x.apis {
		verdicts = append(verdicts, x.apis[i].judge(r.Reply))
		verdicts[i].sure = len(x.apis) == 1
	}
	return verdicts
}

// knowsReply reports whether an API knows a reply.
func (x *Index) knowsReply(r reply, f *findings) bool {
	return slices.ContainsFunc(x.judge(r, f), func(v verdict) bool { return v.knows() })
}

// candidate returns the match that a verdict is.
func (v *verdict) candidate(confidence Confidence) candidate {
	decision := v.Decision
	return candidate{Match: Match{Confidence: confidence, Entry: v.entry, Decision: &decision, Message: v.api.table.Message(v.reply)}, reason: v.why()}
}

// knows reports whether the reply shows in what it holds that it is the API's.
func (v *verdict) knows() bool {
	switch v.Source {
	case classify.KindCode, classify.KindPrefix:
		return true
	case classify.KindSuccess:
		return v.Reading.Success && !v.Reading.Weak || v.Entry.Kind() == classify.KindCode
	}
	return false
}

// deniesParts reports whether the reply has another value where success would show, so
// that success in a part of it is none: what else says success is weak.
func (v *verdict) deniesParts() bool {
	return v.Reading.Denied && !(v.Source == classify.KindSuccess && v.knows())
}

// decide asks the classifiers about a reply, and reports whether one knows it. Where
// none does, it counts what those say that the reply may be of. A reply without a status
// may be anyone's.
func (x *Index) decide(r reply, f *findings) bool {
	verdicts := x.judge(r, f)
	known, denied, byStatus := false, false, false
	for i := range verdicts {
		v := &verdicts[i]
		f.note(v)
		known = known || v.knows()
		denied = denied || v.denied
		if v.Source == classify.KindSuccess && v.knows() && r.Status != 0 {
			f.decided[decidedStatus{v.api, r.Status}] = true
			for _, a := range v.alike {
				f.decided[decidedStatus{a, r.Status}] = true
			}
		}
		if v.knows() || v.denied && !r.inside {
			f.told[v.api.API] = true
		}
		if v.deniesParts() {
			f.denied[v.api.API] = true
			for _, a := range v.alike {
				f.denied[a.API] = true
			}
		}
	}
	var found []candidate
	for i := range verdicts {
		v := &verdicts[i]
		confidence := v.doubt(denied, r.whole)
		if known {
			confidence = v.trust(r.whole)
		}
		if v.entry == nil || confidence == "" {
			continue
		}
		if r.inside {
			confidence = confidence.atMost(Likely)
		}
		c := v.candidate(confidence)
		if isStatusKind(v.Source) {
			byStatus = true
			c = f.doubtHost(c)
		}
		if c.Confidence == Guess && !v.sure {
			c.leads = 1 // nobody knows whose reply it is
		}
		found = append(found, c)
	}
	r.known = known
	f.addReply(r, known || denied && !byStatus, found)
	return known
}

// trust returns how sure a verdict on a reply is that some API knows. Where the
// reply is only a part of the text, success in it is not surely what the text is
// about.
func (v *verdict) trust(whole bool) Confidence {
	switch {
	case !v.knows():
		return ""
	case v.Source == classify.KindSuccess && !whole:
		return Likely
	}
	return Exact
}

// doubt returns how sure a verdict on a reply is that no API knows; denied says
// that it is the reply of some API, and no success.
func (v *verdict) doubt(denied, whole bool) Confidence {
	hasStatus := v.Status != 0
	switch v.Source {
	case classify.KindStatus, classify.KindStatusClass:
		return Exact
	case classify.KindSuccess:
		if hasStatus && !denied {
			return Exact
		}
	case classify.KindUnknown, classify.KindUnrecognised:
		switch {
		case v.denied && (hasStatus || v.Source == classify.KindUnknown):
			return Likely
		case v.sure && hasStatus:
			return Likely
		case v.sure && whole, !denied && hasStatus:
			return Guess
		}
	}
	return ""
}

func isStatusKind(k classify.Kind) bool {
	return k == classify.KindStatus || k == classify.KindStatusClass
}

// why says what in a reply decided, to people who read neither JSON nor XML. The
// decision's own reasons are for developers.
func (v *verdict) why() reason {
	switch v.Source {
	case classify.KindCode:
		if v.Code != v.entry.Code {
			return why("replyAlias", v.Code, v.entry.Code)
		}
		return why("replyCode", v.entry.Code)
	case classify.KindPrefix:
		return why("replyStart", v.entry.Code)
	case classify.KindSuccess:
		return why("replySuccess")
	case classify.KindUnknown:
		code := shortTo(clean(v.Code), maxCode)
		if !v.denied {
			return why("unlisted", code)
		}
		return why("unlistedLike", v.api.Title, code)
	case classify.KindUnrecognised:
		if !v.denied {
			return why("neither")
		}
		return why("neitherLike", v.api.Title)
	}
	return why("replyStatus", v.Status)
}

// maxCode is how many characters of a code that is not listed are shown.
const maxCode = 80

// successEntry returns the entry for success in a reply whose status is not known.
func (a *api) successEntry() *model.Entry {
	for _, e := range []*model.Entry{a.statuses[http.StatusOK], a.classes[http.StatusOK/100]} {
		if e != nil && e.Action == classify.OK {
			return e
		}
	}
	return nil
}
