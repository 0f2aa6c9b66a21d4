package model

import (
	"cmp"
	"slices"

	"github.com/errkb/errkb/classify"
)

// Branch is one question of an API's decision tree and where a yes leads.
type Branch struct {
	Asks     Ask
	Entries  []*Entry  // the entries it leads to; none where the catalog has nothing to say
	Category *Category // nil where no entry decides
	Action   classify.Action
	Variant  int  // which variant of its only entry it is for, from 1; 0 for none
	Varies   bool // some replies are decided otherwise, and no branch says so
}

// Ask is what a branch of the tree asks about a call.
type Ask uint8

// The questions, in the order in which the classifier asks them.
const (
	AskFailure   Ask = iota // whether it got no reply, for one of the entries' reasons
	AskNoReply              // whether it got no reply, for any other reason
	AskSuccess              // whether the reply says success
	AskCode                 // whether the reply has one of the entries' codes
	AskPrefix               // whether its code has the entry's prefix
	AskStatus               // whether it has one of the entries' statuses or classes
	AskOtherCode            // whether it has any other code
	AskNothing              // nothing: this branch is what is left
)

// Tree returns the questions that decide a reply, in the order in which the
// classifier asks them.
func (a *API) Tree() []Branch {
	var tree []Branch
	branchOut := a.variants() <= treeVariants
	ask := func(question Ask, groups ...[]*Entry) {
		for _, group := range groups {
			decided := Branch{Asks: question, Entries: group, Category: group[0].Category, Action: group[0].Action}
			tree = append(tree, decided.variants(branchOut)...)
		}
	}
	ask(AskFailure, grouped(a.Transport)...)
	tree = append(tree, Branch{Asks: AskNoReply}, a.success())
	ask(AskCode, grouped(failing(a.Codes))...)
	for prefix := range slices.Chunk(longestFirst(failing(a.Prefixes)), 1) {
		ask(AskPrefix, prefix)
	}
	ask(AskStatus, grouped(failing(a.Statuses))...)
	ask(AskStatus, grouped(failing(a.Classes))...)
	for _, last := range []Branch{rest(AskOtherCode, a.Unknown), rest(AskNothing, a.Unrecognised)} {
		tree = append(tree, last.variants(branchOut)...)
	}
	return tree
}

// treeVariants is the number of variants up to which a tree has branches for them: with
// more nobody could read it.
const treeVariants = 12

// variants counts the variants of an API's entries.
func (a *API) variants() int {
	n := 0
	for _, e := range a.Entries() {
		n += len(e.Variants)
	}
	return n
}

// variants returns the branch after those of its entries' variants, as far as these
// differ from it.
func (b Branch) variants(branchOut bool) []Branch {
	var before []Branch
	for _, e := range b.Entries {
		if !slices.ContainsFunc(e.Variants, func(v Variant) bool {
			return v.Action != e.Action || v.Category != e.Category || PolicyText(v.Policy) != PolicyText(e.Policy) || v.Effect != e.Effect
		}) {
			continue
		}
		if b.Varies = !branchOut; b.Varies {
			break
		}
		for i, v := range e.Variants {
			before = append(before, Branch{Asks: b.Asks, Entries: []*Entry{e}, Category: v.Category, Action: v.Action, Variant: i + 1})
		}
	}
	return append(before, b)
}

// success is the branch that alone leads to entries whose action is ok.
func (a *API) success() Branch {
	b := Branch{Asks: AskSuccess, Action: classify.OK}
	for _, e := range slices.Concat(a.Codes, a.Statuses, a.Classes) {
		if e.Action == classify.OK {
			b.Entries = append(b.Entries, e)
			b.Category = e.Category
		}
	}
	return b
}

// rest is a branch that leads to an entry which the spec may lack.
func rest(question Ask, e *Entry) Branch {
	if e == nil {
		return Branch{Asks: question}
	}
	return Branch{Asks: question, Entries: []*Entry{e}, Category: e.Category, Action: e.Action}
}

// longestFirst returns prefixes in the order in which the classifier compares them.
func longestFirst(prefixes []*Entry) []*Entry {
	sorted := slices.Clone(prefixes)
	slices.SortStableFunc(sorted, func(a, b *Entry) int { return cmp.Compare(len(b.Code), len(a.Code)) })
	return sorted
}

func failing(entries []*Entry) []*Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e *Entry) bool { return e.Action == classify.OK })
}

// grouped splits entries by category and action, in order of appearance.
func grouped(entries []*Entry) [][]*Entry {
	type key struct {
		category *Category
		action   classify.Action
	}
	var groups [][]*Entry
	places := make(map[key]int)
	for _, e := range entries {
		k := key{e.Category, e.Action}
		i, ok := places[k]
		if !ok {
			i = len(groups)
			places[k] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], e)
	}
	return groups
}
