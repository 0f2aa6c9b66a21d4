package classify

// View is an [Entry] where it stands in its catalog. That of a listed code in a generated
// catalog is put together when it is asked for, out of a [Table]. Views are plain values: two
// are equal if they show the same entry. The zero View shows none; all it says is empty.
type View struct {
	said  *Entry // in a list of the catalog; nil for none, and for a code in a table
	table *Table // what has the code; nil for an entry of a list
	code  int    // the code's position in the table
}

// nothing is the entry of a decision that no entry of the catalog made.
var (
	noEntry Entry
	nothing = View{said: &noEntry}
)

// View shows an entry that is in no table, such as one of a test. A nil entry is none.
func (e *Entry) View() View { return View{said: e} }

// entry returns the entry, of a code in a table what it shares with others.
func (v View) entry() *Entry {
	if t := v.table; t != nil {
		return &t.Rules[t.Rows[v.code*rowWidth+rowRule]]
	}
	if v.said == nil {
		return &noEntry
	}
	return v.said
}

// IsZero reports whether no entry is shown.
func (v View) IsZero() bool { return v.said == nil && v.table == nil }

// Kind is what the entry stands for.
func (v View) Kind() Kind { return v.entry().Kind }

// Number is the entry's number in the generated Code or Status; 0 for none.
func (v View) Number() uint16 {
	if v.table != nil {
		return uint16(v.code + 1)
	}
	return v.entry().Number
}

// Code is the entry's key: a code, "08*", "429", "5xx", "timeout".
func (v View) Code() string {
	if v.table != nil {
		return v.table.name(v.code)
	}
	return v.entry().Code
}

// Action is what to do.
func (v View) Action() Action { return v.entry().Action }

// Category is the catalog's own grouping.
func (v View) Category() Category { return v.entry().Category }

// Policy is the waiting rule; nil where the action does not wait.
func (v View) Policy() *Policy { return v.entry().Policy }

// Effect is whether the request may have taken effect.
func (v View) Effect() Effect { return v.entry().Effect }

// Retired reports whether the API no longer sends it.
func (v View) Retired() bool { return v.entry().Retired }

// Meaning is what it means, for people.
func (v View) Meaning() string {
	if v.table != nil {
		return v.table.text(v.code, rowMeaning)
	}
	return v.entry().Meaning
}

// Fix is what to do about it, for people.
func (v View) Fix() string {
	if v.table != nil {
		return v.table.text(v.code, rowFix)
	}
	return v.entry().Fix
}

// URL is the entry's page in the published site; empty where the catalog names no site.
func (v View) URL() string {
	if v.table != nil {
		return v.table.url(v.code)
	}
	return v.entry().URL
}

// The lists are those of the catalog, and must not be changed.

// Statuses are the statuses that a code comes with; none where the catalog does not say.
func (v View) Statuses() []uint16 {
	if v.table != nil {
		return v.table.statuses(v.code)
	}
	return v.entry().Statuses
}

// Operations are those where the entry can occur; none for all.
func (v View) Operations() []Operation { return v.entry().Operations }

// Delays are the places where the server may say how long to wait; nil for the catalog's.
func (v View) Delays() []Delay { return v.entry().Delays }

// Variants are what differs in some replies; the first whose tests hold counts.
func (v View) Variants() []Variant { return v.entry().Variants }

// ByOperation is what differs in some operations, where no variant does.
func (v View) ByOperation() []OperationVariant { return v.entry().ByOperation }

// Entry returns a copy of the entry.
func (v View) Entry() Entry {
	entry := *v.entry()
	if v.table != nil {
		entry.Number, entry.Code, entry.Statuses = v.Number(), v.Code(), v.Statuses()
		entry.Meaning, entry.Fix, entry.URL = v.Meaning(), v.Fix(), v.URL()
	}
	return entry
}

// in returns what the entry says in an operation, and whether it differs there. It
// knows nothing of variants.
func (v View) in(operation Operation) (said OperationVariant, differs bool) {
	list := v.ByOperation()
	for i := range list {
		if list[i].Operation == operation {
			return list[i], true
		}
	}
	return OperationVariant{operation, v.Action(), v.Category(), v.Policy(), v.Fix()}, false
}

// isOK reports whether the entry stands for success in an operation. The zero View does not.
func (v View) isOK(operation Operation) bool { return v.entry().isOK(operation) }
