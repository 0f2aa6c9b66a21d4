package model

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
)

// Generated returns the API as generated code holds it: as [API.Table] does, but with the
// codes as data without pointers.
func (a *API) Generated() *classify.Catalog {
	t := a.Table()
	if len(t.Codes) > 0 {
		t.Table = classify.NewTable(t, a.Site)
		t.Codes, t.Aliases = nil, nil
	}
	return t
}

// Table returns the API as the table that the classifier reads.
func (a *API) Table() *classify.Catalog {
	t := &classify.Catalog{
		Name:         a.Name,
		Title:        a.Title,
		FoldCase:     a.FoldCase,
		Forms:        a.Forms,
		Delays:       a.Delays,
		Overrides:    overrides(a.Overrides),
		RequestID:    a.RequestID,
		Field:        a.Field,
		Secret:       a.Secret,
		Codes:        rows(a.Codes),
		Prefixes:     rows(longestFirst(a.Prefixes)),
		Statuses:     rows(a.Statuses),
		Classes:      rows(a.Classes),
		Transport:    rows(a.Transport),
		Unknown:      optionalRow(a.Unknown),
		Unrecognised: optionalRow(a.Unrecognised),
	}
	for _, op := range a.Operations {
		t.Endpoints = append(t.Endpoints, classify.Endpoint{
			Operation:  classify.Operation(op.Name),
			Method:     op.Method,
			Path:       op.Path,
			Repeatable: op.Repeatable,
			Timeout:    op.Timeout,
			Patience:   op.Patience,
			Look:       op.Look,
		})
	}
	keys := make([]string, 0, len(a.Codes))
	for _, e := range a.Codes {
		keys = append(keys, e.Code)
	}
	for _, e := range a.Codes {
		for _, alias := range e.Aliases {
			keys = append(keys, alias)
			t.Aliases = append(t.Aliases, classify.Alias{Text: alias, Code: e.Number})
		}
	}
	t.Index = packed.NewIndex(keys, a.FoldCase)
	t.Facts, t.Plan = classify.FactsOf(t), classify.PlanOf(t)
	return t
}

func rows(entries []*Entry) []classify.Entry {
	table := make([]classify.Entry, len(entries))
	for i, e := range entries {
		table[i] = e.row()
	}
	return table
}

func optionalRow(e *Entry) *classify.Entry {
	if e == nil {
		return nil
	}
	row := e.row()
	return &row
}

func (e *Entry) row() classify.Entry {
	row := classify.Entry{
		Kind:     e.Kind,
		Number:   e.Number,
		Code:     e.Code,
		Action:   e.Action,
		Category: classify.Category(e.Category.Name),
		Policy:   e.Policy,
		Effect:   e.Effect,
		Retired:  e.Retired != nil,
		Meaning:  e.Meaning,
		Fix:      e.Fix,
		URL:      e.URL(),
		Delays:   e.Delays,
	}
	if len(e.Operations) < len(e.API.Operations) {
		for _, name := range e.Operations {
			row.Operations = append(row.Operations, classify.Operation(name))
		}
	}
	for _, status := range e.Statuses {
		row.Statuses = append(row.Statuses, uint16(status))
	}
	for _, v := range e.Variants {
		row.Variants = append(row.Variants, classify.Variant{
			When:     v.When,
			Action:   v.Action,
			Category: classify.Category(v.Category.Name),
			Policy:   v.Policy,
			Effect:   v.Effect,
			Meaning:  v.Meaning,
			Fix:      v.Fix,
			Delays:   v.Delays,
		})
	}
	for _, o := range e.Overrides {
		row.ByOperation = append(row.ByOperation, classify.OperationVariant{
			Operation: classify.Operation(o.Operation),
			Action:    o.Action,
			Category:  classify.Category(o.Category.Name),
			Policy:    o.Policy,
			Fix:       o.Fix,
		})
	}
	return row
}

func overrides(list []ServerOverride) []classify.Override {
	var table []classify.Override
	for _, o := range list {
		row := classify.Override{When: o.When, Sets: o.Sets, Action: o.Action, Policy: o.Policy, Fix: o.Fix, Delays: o.Delays}
		if o.Category != nil {
			row.Category = classify.Category(o.Category.Name)
		}
		table = append(table, row)
	}
	return table
}
