package model

import "strconv"

// Entries yields every entry of the API: codes, prefixes, statuses, classes,
// failures, and what unknown and unrecognised replies fall to.
func (a *API) Entries() []*Entry {
	var all []*Entry
	for _, group := range [][]*Entry{a.Codes, a.Prefixes, a.Statuses, a.Classes, a.Transport} {
		all = append(all, group...)
	}
	for _, e := range []*Entry{a.Unknown, a.Unrecognised} {
		if e != nil {
			all = append(all, e)
		}
	}
	return all
}

// HasFrequency reports whether the catalog says how often the entry is met, or
// how bad it is.
func (e *Entry) HasFrequency() bool { return e.Frequency != "" || e.Severity != "" || e.Impact != "" }

// StatusEntry returns the entry of a status or else of its class, or nil.
func (a *API) StatusEntry(status int) *Entry {
	code := strconv.Itoa(status)
	for _, e := range a.Statuses {
		if e.Code == code {
			return e
		}
	}
	for _, e := range a.Classes {
		if e.Code[:1] == code[:1] {
			return e
		}
	}
	return nil
}

// TestsSuccess reports whether any reply form has a test of success. Without
// one, a status whose action is ok is success.
func (a *API) TestsSuccess() bool {
	for i := range a.Forms {
		if len(a.Forms[i].OK) > 0 {
			return true
		}
	}
	return false
}
