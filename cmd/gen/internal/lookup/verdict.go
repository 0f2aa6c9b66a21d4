package lookup

import (
	"fmt"
	"net/http"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// verdict is what an API makes of a reply.
type verdict struct {
	classify.Decision
	api    *api
	entry  *model.Entry // nil where the catalog has none for it
	denied bool         // the reply has another value where success would show, and is not a success
}

// judge asks the classifier of the API about a reply.
func (a *api) judge(reply classify.Reply) verdict {
	v := verdict{Decision: a.table.Classify(reply), api: a}
	v.entry = a.entries[entryKey{v.Entry.Kind, v.Entry.Code}]
	v.denied = v.Reading.Denied && v.Source != classify.KindSuccess
	if v.Source == classify.KindSuccess && v.entry == nil && reply.Status == 0 {
		v.entry = a.success
	}
	return v
}

// knows reports whether the reply shows in what it holds that it is the API's.
func (v *verdict) knows() bool {
	switch v.Source {
	case classify.KindCode, classify.KindPrefix:
		return true
	case classify.KindSuccess:
		return v.Reading.Success && !v.Reading.Weak || v.Entry.Kind == classify.KindCode
	}
	return false
}

// deniesParts reports whether the reply has another value where success would show, so
// that success in a part of it is none: what else says success is weak.
func (v *verdict) deniesParts() bool {
	return v.Reading.Denied && !(v.Source == classify.KindSuccess && v.knows())
}

// decide asks the classifier of every API about a reply, which is a part of the
// text, and reports whether one knows it. Where none does, it counts what those
// say that the reply may be of. A reply without a status may be anyone's.
func (x *Index) decide(reply classify.Reply, part string, whole bool, f *findings) bool {
	verdicts := make([]verdict, len(x.apis))
	known, denied, byStatus := false, false, false
	for i := range x.apis {
		verdicts[i] = x.apis[i].judge(reply)
		known = known || verdicts[i].knows()
		denied = denied || verdicts[i].denied
		if verdicts[i].deniesParts() {
			f.denied[x.apis[i].API] = true
		}
	}
	var found []candidate
	for i := range verdicts {
		v := &verdicts[i]
		confidence := v.doubt(denied)
		if known {
			confidence = v.trust(whole)
		}
		if v.entry == nil || confidence == "" || v.Source == classify.KindUnknown && x.isNearlyName(v.Code) {
			continue
		}
		byStatus = byStatus || v.Source == classify.KindStatus || v.Source == classify.KindStatusClass
		found = append(found, candidate{Match: Match{confidence, v.entry, v.why()}})
	}
	f.addReply(part, known || denied && !byStatus, found)
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
func (v *verdict) doubt(denied bool) Confidence {
	switch v.Source {
	case classify.KindStatus, classify.KindStatusClass:
		return Exact
	case classify.KindSuccess:
		if v.Status != 0 && !denied {
			return Exact
		}
	case classify.KindUnknown, classify.KindUnrecognised:
		switch {
		case v.denied && (v.Status != 0 || v.Source == classify.KindUnknown):
			return Likely
		case !denied && v.Status != 0:
			return Guess
		}
	}
	return ""
}

// why says what in a reply decided, to people who read neither JSON nor XML. The
// decision's own reasons are for developers.
func (v *verdict) why() string {
	switch v.Source {
	case classify.KindCode:
		if v.Code != v.entry.Code {
			return fmt.Sprintf("found %s in the reply, another name of %s", v.Code, v.entry.Code)
		}
		return fmt.Sprintf("found %s in the reply", v.entry.Code)
	case classify.KindPrefix:
		return fmt.Sprintf("found a code in the reply that starts as %s", v.entry.Code)
	case classify.KindSuccess:
		return "the reply says success"
	case classify.KindUnknown:
		code := shortTo(clean(v.Code), maxCode)
		if !v.denied {
			return fmt.Sprintf("%s is not a listed code", code)
		}
		return fmt.Sprintf("the reply is like one of %s, but %s is not listed", v.api.Title, code)
	case classify.KindUnrecognised:
		if !v.denied {
			return "the reply holds neither success nor a code that is known"
		}
		return fmt.Sprintf("the reply is like one of %s, but has neither success nor a code", v.api.Title)
	}
	return fmt.Sprintf("the reply has the status %d, and no code that is listed", v.Status)
}

// maxCode is how many characters of a code that is not listed are shown.
const maxCode = 80

// isNearlyName reports whether a code that is not listed is a listed one but for
// its spelling or a typo.
func (x *Index) isNearlyName(code string) bool {
	t := cut(clean(code))
	own := x.newFindings(t, titles{})
	x.findNear(t, x.findNames(t, own), own)
	return len(own.best) > 0
}

// successEntry returns the entry for success in a reply whose status is not known.
func (a *api) successEntry() *model.Entry {
	for _, e := range []*model.Entry{a.statuses[http.StatusOK], a.classes[http.StatusOK/100]} {
		if e != nil && e.Action == classify.OK {
			return e
		}
	}
	return nil
}
