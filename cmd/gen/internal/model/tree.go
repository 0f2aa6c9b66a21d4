package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
)

// Branch is one question of an API's decision tree and what to do if the answer
// is yes. The last branch has no question: it is what is left.
type Branch struct {
	Question Phrase
	Entries  []*Entry  // the entries it leads to; none where the catalog has nothing to say
	Category *Category // nil where no entry decides
	Action   classify.Action
	Rule     string // how often and how far apart; empty where the entries differ
}

// LinkedEntries is how many entries pages link one by one before they sum up.
const LinkedEntries = 12

// Tree returns the questions that decide a reply, in the order in which the
// classifier asks them.
func (a *API) Tree() []Branch {
	var tree []Branch
	for _, group := range grouped(a.Transport) {
		tree = append(tree, group.branch(askFailure(group)))
	}
	tree = append(tree, Branch{Question: Phrase{said("Did no answer come, for any other reason?")}, Rule: RetryRule(nil, classify.Fail)})
	tree = append(tree, a.success())
	for _, group := range grouped(failing(a.Codes)) {
		tree = append(tree, group.branch(askCode(group)))
	}
	for _, e := range longestFirst(failing(a.Prefixes)) {
		prefix := strings.TrimSuffix(e.Code, "*")
		tree = append(tree, entries{e}.branch(Phrase{said("Does the code start with "), wired(prefix), said("?")}))
	}
	for _, group := range grouped(failing(a.Statuses)) {
		tree = append(tree, group.branch(askStatus(group)))
	}
	for _, group := range grouped(failing(a.Classes)) {
		tree = append(tree, group.branch(askStatus(group)))
	}
	tree = append(tree, rest(a.Unknown, Phrase{said("Does the answer hold any other code?")}))
	return append(tree, rest(a.Unrecognised, nil))
}

// success is the branch that alone leads to entries whose action is ok.
func (a *API) success() Branch {
	b := Branch{Action: classify.OK, Rule: RetryRule(nil, classify.OK)}
	for _, group := range [][]*Entry{a.Codes, a.Statuses, a.Classes} {
		for _, e := range group {
			if e.Action == classify.OK {
				b.Entries = append(b.Entries, e)
				b.Category = e.Category
			}
		}
	}
	b.Question = Phrase{said("Does the answer say success, with a status below 400?")}
	if a.TestsSuccess() {
		return b
	}
	var statuses []Phrase
	for _, e := range b.Entries {
		if e.Kind == classify.KindStatus || e.Kind == classify.KindStatusClass {
			statuses = append(statuses, Phrase{wired(e.Code)})
		}
	}
	if len(statuses) > 0 {
		b.Question = append(Phrase{said("Is the status ")}, enumeratePhrases(statuses, " or ")...)
		b.Question = append(b.Question, said(", without the code of an error?"))
	}
	return b
}

// entries are some that lead to the same category and action.
type entries []*Entry

func failing(all []*Entry) []*Entry {
	var some []*Entry
	for _, e := range all {
		if e.Action != classify.OK {
			some = append(some, e)
		}
	}
	return some
}

// grouped splits entries by category and action, in order of appearance.
func grouped(all []*Entry) []entries {
	type key struct {
		category *Category
		action   classify.Action
	}
	var groups []entries
	places := make(map[key]int)
	for _, e := range all {
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

func longestFirst(prefixes []*Entry) []*Entry {
	sorted := slices.Clone(prefixes)
	slices.SortStableFunc(sorted, func(a, b *Entry) int { return cmp.Compare(len(b.Code), len(a.Code)) })
	return sorted
}

func (group entries) branch(question Phrase) Branch {
	first := group[0]
	b := Branch{Question: question, Entries: group, Category: first.Category, Action: first.Action}
	b.Rule = RetryRule(first.Policy, first.Action)
	for _, e := range group {
		if RetryRule(e.Policy, e.Action) != b.Rule || len(e.HeldBack()) > 0 || slices.ContainsFunc(e.Overrides, func(o Override) bool {
			return RetryRule(o.Policy, o.Action) != b.Rule
		}) {
			return Branch{Question: question, Entries: group, Category: first.Category, Action: first.Action}
		}
	}
	return b
}

func rest(e *Entry, question Phrase) Branch {
	if e == nil {
		return Branch{Question: question, Rule: RetryRule(nil, classify.Fail)}
	}
	return entries{e}.branch(question)
}

// namedCodes is how many codes a question names one by one.
const namedCodes = 3

func askCode(group entries) Phrase {
	if len(group) <= namedCodes {
		return ask("Is the code ", group)
	}
	first := group[0]
	question := "Is the code one of the " + strconv.Itoa(len(group)) + " codes of the category " + first.Category.Title
	if first.Action != first.Category.Action {
		question += " whose action is " + first.Action.String()
	}
	return Phrase{said(question + "?")}
}

func askStatus(group entries) Phrase { return ask("Is the status ", group) }

func askFailure(group entries) Phrase { return ask("Did no answer come: ", group) }

func ask(question string, group entries) Phrase {
	keys := make([]Phrase, len(group))
	for i, e := range group {
		keys[i] = Phrase{wired(e.Code)}
	}
	return append(append(Phrase{said(question)}, enumeratePhrases(keys, " or ")...), said("?"))
}
