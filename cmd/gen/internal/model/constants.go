package model

import "github.com/errkb/errkb/classify"

// Constants are the entries of an API that become constants of one type, in
// languages that have a type for each kind.
type Constants struct {
	Kind    classify.Kind
	Type    string // such as Code
	Plural  string // the same in the plural and in lower case, such as codes
	About   string // what they are, in a sentence without a full stop
	Entries []*Entry
}

// Constants returns the kinds that the API has constants of.
func (a *API) Constants() []Constants {
	var all []Constants
	for _, c := range []Constants{
		{classify.KindCode, "Code", "codes", "An error code of " + a.Title + ", as on the wire", a.Codes},
		{classify.KindPrefix, "Prefix", "prefixes", "A start that codes of " + a.Title + " have in common, as in the catalog", a.Prefixes},
		{classify.KindStatus, "Status", "statuses", "An HTTP status of " + a.Title, a.Statuses},
		{classify.KindStatusClass, "StatusClass", "classes", "A class of HTTP statuses of " + a.Title + ", as in the catalog", a.Classes},
	} {
		if len(c.Entries) > 0 {
			all = append(all, c)
		}
	}
	return all
}
