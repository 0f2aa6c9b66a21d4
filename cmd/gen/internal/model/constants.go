package model

import "github.com/errkb/errkb/classify"

// Constants are the entries of an API that become constants of one type, in
// languages that have a type for each kind.
type Constants struct {
	Type    string // such as Code
	Plural  string // the same in the plural and in lower case, such as codes
	Entries []*Entry
}

// Constants returns the kinds that the API has constants of.
func (a *API) Constants() []Constants {
	var all []Constants
	for _, c := range []Constants{
		{ConstantType(classify.KindCode), "codes", a.Codes},
		{ConstantType(classify.KindPrefix), "prefixes", a.Prefixes},
		{ConstantType(classify.KindStatus), "statuses", a.Statuses},
		{ConstantType(classify.KindStatusClass), "classes", a.Classes},
	} {
		if len(c.Entries) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// ConstantType returns the type of the constants of a kind, and nothing for a kind
// that has none.
func ConstantType(k classify.Kind) string {
	switch k {
	case classify.KindCode:
		return "Code"
	case classify.KindPrefix:
		return "Prefix"
	case classify.KindStatus:
		return "Status"
	case classify.KindStatusClass:
		return "StatusClass"
	}
	return ""
}
