package diff

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// conditional is a sort of values that count where their tests hold, the first of them.
type conditional[T any] struct {
	field string
	when  func(T) []classify.Test
	said  func(T) string // what to say of one that is added or removed
	rules []rule[T]

	// Whether one that is added, or dropped, changes the action.
	adds, drops func(T) bool
}

// cases compares two lists of conditional values. They are told apart by their tests, as
// they have no names.
func cases[T any](r *Report, at Change, sort conditional[T], older, newer []T) {
	name := func(value T) string { return say.English.When(nil, sort.when(value)).String() }
	told := func(value T) string { return strings.TrimSuffix("if "+name(value)+": "+sort.said(value), ": ") }
	find := func(values []T, value T) int {
		return slices.IndexFunc(values, func(other T) bool { return name(other) == name(value) })
	}
	level := func(major bool) Level {
		if major {
			return Major
		}
		return Minor
	}
	var kept []int // where in the newer list those of the older one are
	for _, a := range older {
		i := find(newer, a)
		if i < 0 {
			at.Kind, at.Field, at.Old, at.New, at.Level = Removed, sort.field, told(a), "", level(sort.drops(a))
			r.add(at)
			continue
		}
		kept = append(kept, i)
		inner := at
		inner.Field = sort.field + " if " + name(a)
		compare(r, inner, sort.rules, a, newer[i])
	}
	for _, b := range newer {
		if find(older, b) < 0 {
			at.Kind, at.Field, at.Old, at.New, at.Level = Added, sort.field, "", told(b), level(sort.adds(b))
			r.add(at)
		}
	}
	if !slices.IsSorted(kept) {
		at.Kind, at.Field, at.Level = Changed, sort.field+" order", Major
		at.Old, at.New = joined(older, name), joined(newer, name)
		r.add(at)
	}
}

// variantCases are the variants of an entry. One that only says in other words what the
// entry says changes nothing that a program does.
func variantCases(older, newer *model.Entry) conditional[model.Variant] {
	return conditional[model.Variant]{
		field: "variant",
		when:  func(v model.Variant) []classify.Test { return v.When },
		said:  func(v model.Variant) string { return v.Action.String() },
		rules: variantRules,
		adds:  func(v model.Variant) bool { return v.Action != older.Action },
		drops: func(v model.Variant) bool { return v.Action != newer.Action },
	}
}

var serverCases = conditional[model.ServerOverride]{
	field: "override",
	when:  func(o model.ServerOverride) []classify.Test { return o.When },
	said:  serverAction,
	rules: serverRules,
	adds:  func(o model.ServerOverride) bool { return o.Sets },
	drops: func(o model.ServerOverride) bool { return o.Sets },
}

var variantRules = []rule[model.Variant]{
	{field: "action", level: Major, value: func(v model.Variant) string { return v.Action.String() }},
	{field: "category", level: Minor, value: func(v model.Variant) string { return v.Category.Name }},
	{field: "retry", level: Minor, value: func(v model.Variant) string { return model.PolicyText(v.Policy) }},
	{field: "processed", level: Minor, value: func(v model.Variant) string { return processed(v.Effect) }},
	{field: "delay", level: Minor, value: func(v model.Variant) string { return ownDelays(v.Delays) }},
	{field: "policy", level: Patch, value: func(v model.Variant) string { return policyName(v.Policy) }},
	{field: "meaning", level: Patch, value: func(v model.Variant) string { return v.Meaning }},
	{field: "fix", level: Patch, value: func(v model.Variant) string { return v.Fix }},
	{field: "details", level: Patch, value: func(v model.Variant) string { return v.Details }},
	{field: "reply", level: Patch, value: func(v model.Variant) string { return v.Answer }},
	{field: "reply_own", level: Patch, value: func(v model.Variant) string { return v.AnswerOwn }},
	{field: "escalate", level: Patch, value: func(v model.Variant) string { return v.Escalate }},
	{field: "examples", level: Patch, value: func(v model.Variant) string { return joined(v.Examples, example) }},
}

var serverRules = []rule[model.ServerOverride]{
	{field: "action", level: Major, value: serverAction},
	{field: "category", level: Minor, value: func(o model.ServerOverride) string {
		if o.Category == nil {
			return ""
		}
		return o.Category.Name
	}},
	{field: "retry", level: Minor, value: func(o model.ServerOverride) string {
		if o.Policy == nil {
			return ""
		}
		return model.PolicyText(o.Policy)
	}},
	{field: "delay", level: Minor, value: func(o model.ServerOverride) string { return ownDelays(o.Delays) }},
	{field: "fix", level: Patch, value: func(o model.ServerOverride) string { return o.Fix }},
}

// serverAction is the action that the server says, or nothing.
func serverAction(o model.ServerOverride) string {
	if !o.Sets {
		return ""
	}
	return o.Action.String()
}

// ownDelays lists places for a wait: nothing where those of the API count, and "none"
// where none does.
func ownDelays(places []classify.Delay) string {
	if places != nil && len(places) == 0 {
		return "none"
	}
	return joined(places, func(d classify.Delay) string { return say.English.DelayPlace(d).String() })
}
