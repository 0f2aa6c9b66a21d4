package lookup

import (
	"slices"

	"github.com/errkb/errkb/classify"
)

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
	return &classify.Catalog{Forms: []classify.Form{form}}
}

// denies reports whether the reply has another value where success would show.
func (a *api) denies(reply classify.Reply) bool {
	reply.Status = 0
	return slices.ContainsFunc(a.probes, func(p probe) bool {
		return p.present.Classify(reply).Source == classify.KindSuccess && p.reading.Classify(reply).Source != classify.KindSuccess
	})
}

// isWeak reports whether a reply passes for success by no more than what is absent
// from it, as it is from most replies, or by its status.
func (a *api) isWeak(reply classify.Reply) bool {
	return a.strict.Classify(reply).Source != classify.KindSuccess
}

// withoutAbsent returns a table without its tests of what is absent, in which
// nothing is success by its status.
func withoutAbsent(table *classify.Catalog) *classify.Catalog {
	strict := *table
	strict.Statuses, strict.Classes = nil, nil
	strict.Forms = slices.Clone(table.Forms)
	for i, form := range table.Forms {
		strict.Forms[i].OK = slices.DeleteFunc(slices.Clone(form.OK), func(test classify.Test) bool { return test.Kind == classify.Absent })
	}
	return &strict
}
