package lookup

import (
	"fmt"

	"github.com/errkb/errkb/classify"
)

// unlisted is the entry for codes that are not listed, by a reply with such a
// code.
type unlisted struct {
	candidate
	code string // clean
}

// probe tells whether a reply has one form of an API. It holds that form with
// other tests, in tables that list nothing.
type probe struct {
	present *classify.Catalog // success is that there is anything where success shows
	reading *classify.Catalog // success is what it is there
}

// newProbes returns the probes of the forms that say success by a value at a
// place, whatever that value is. Other forms are too much like other replies.
func newProbes(forms []classify.Form) []probe {
	var probes []probe
	for _, form := range forms {
		if form.Syntax != classify.JSON && form.Syntax != classify.XML {
			continue
		}
		var present, equals []classify.Test
		for _, test := range form.OK {
			if test.Kind == classify.Equals {
				present = append(present, classify.Test{Kind: classify.Present, At: test.At})
				equals = append(equals, test)
			}
		}
		if len(equals) > 0 {
			probes = append(probes, probe{tableOf(form, present), tableOf(form, equals)})
		}
	}
	return probes
}

func tableOf(form classify.Form, tests []classify.Test) *classify.Catalog {
	form.OK = tests
	return &classify.Catalog{Forms: []classify.Form{form}, Unknown: &classify.Entry{Kind: classify.KindUnknown}}
}

// unlisted returns the API's entry for codes that are not listed, if the decision
// on a reply is that entry and the reply is surely the API's.
func (a *api) unlisted(reply classify.Reply, d classify.Decision) (unlisted, bool) {
	if d.Source != classify.KindUnknown || d.Entry.Kind != classify.KindUnknown {
		return unlisted{}, false
	}
	code := clean(d.Code)
	reply.Status = 0
	for _, p := range a.probes {
		if p.present.Classify(reply).Source != classify.KindSuccess {
			continue
		}
		if read := p.reading.Classify(reply); read.Source == classify.KindUnknown && read.Code == d.Code {
			why := fmt.Sprintf("the reply is like one of %s, but %s is not listed", a.Title, shortTo(code, maxCode))
			return unlisted{candidate{Match: Match{Likely, a.Unknown, why}}, code}, true
		}
	}
	return unlisted{}, false
}

// maxCode is how many characters of a code that is not listed are shown.
const maxCode = 80
