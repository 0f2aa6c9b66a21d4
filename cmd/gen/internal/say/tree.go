package say

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Branch is one question of an API's decision tree and what to do if the answer
// is yes. The last branch has no question: it is what is left.
type Branch struct {
	Question Text
	Entries  []*model.Entry  // the entries it leads to; none where the catalog has nothing to say
	Category *model.Category // nil where no entry decides
	Action   classify.Action
	Rule     string // how often and how far apart; empty where the entries differ
}

// LinkedEntries is how many entries pages link one by one before they sum up.
const LinkedEntries = 12

// Tree returns the questions that decide a reply, in the order in which the
// classifier asks them.
func Tree(a *model.API) []Branch {
	var tree []Branch
	for _, group := range grouped(a.Transport) {
		tree = append(tree, group.branch(askFailure(group)))
	}
	tree = append(tree, Branch{Question: Text{plain("Did no answer come, for any other reason?")}, Rule: RetryRule(nil, classify.Fail)})
	tree = append(tree, success(a))
	for _, group := range grouped(failing(a.Codes)) {
		tree = append(tree, group.branch(askCode(group)))
	}
	for _, e := range longestFirst(failing(a.Prefixes)) {
		prefix := strings.TrimSuffix(e.Code, "*")
		tree = append(tree, entries{e}.branch(Text{plain("Does the code start with "), wire(prefix), plain("?")}))
	}
	for _, group := range grouped(failing(a.Statuses)) {
		tree = append(tree, group.branch(askStatus(group)))
	}
	for _, group := range grouped(failing(a.Classes)) {
		tree = append(tree, group.branch(askStatus(group)))
	}
	tree = append(tree, rest(a.Unknown, Text{plain("Does the answer hold any other code?")}))
	return append(tree, rest(a.Unrecognised, nil))
}

// success is the branch that alone leads to entries whose action is ok.
func success(a *model.API) Branch {
	b := Branch{Action: classify.OK, Rule: RetryRule(nil, classify.OK)}
	for _, group := range [][]*model.Entry{a.Codes, a.Statuses, a.Classes} {
		for _, e := range group {
			if e.Action == classify.OK {
				b.Entries = append(b.Entries, e)
				b.Category = e.Category
			}
		}
	}
	b.Question = Text{plain("Does the answer say success, with a status below 400?")}
	if a.TestsSuccess() {
		return b
	}
	var statuses []Text
	for _, e := range b.Entries {
		if e.Kind == classify.KindStatus || e.Kind == classify.KindStatusClass {
			statuses = append(statuses, Text{wire(e.Code)})
		}
	}
	if len(statuses) > 0 {
		b.Question = append(Text{plain("Is the status ")}, join(statuses, " or ")...)
		b.Question = append(b.Question, plain(", without the code of an error?"))
	}
	return b
}

// entries are some that lead to the same category and action.
type entries []*model.Entry

func failing(all []*model.Entry) []*model.Entry {
	var some []*model.Entry
	for _, e := range all {
		if e.Action != classify.OK {
			some = append(some, e)
		}
	}
	return some
}

// grouped splits entries by category and action, in order of appearance.
func grouped(all []*model.Entry) []entries {
	type key struct {
		category *model.Category
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

func longestFirst(prefixes []*model.Entry) []*model.Entry {
	sorted := slices.Clone(prefixes)
	slices.SortStableFunc(sorted, func(a, b *model.Entry) int { return cmp.Compare(len(b.Code), len(a.Code)) })
	return sorted
}

func (group entries) branch(question Text) Branch {
	first := group[0]
	b := Branch{Question: question, Entries: group, Category: first.Category, Action: first.Action}
	b.Rule = RetryRule(first.Policy, first.Action)
	for _, e := range group {
		if RetryRule(e.Policy, e.Action) != b.Rule || len(e.HeldBack()) > 0 || slices.ContainsFunc(e.Overrides, func(o model.Override) bool {
			return RetryRule(o.Policy, o.Action) != b.Rule
		}) {
			return Branch{Question: question, Entries: group, Category: first.Category, Action: first.Action}
		}
	}
	return b
}

func rest(e *model.Entry, question Text) Branch {
	if e == nil {
		return Branch{Question: question, Rule: RetryRule(nil, classify.Fail)}
	}
	return entries{e}.branch(question)
}

// namedCodes is how many codes a question names one by one.
const namedCodes = 3

func askCode(group entries) Text {
	if len(group) <= namedCodes {
		return ask("Is the code ", group)
	}
	first := group[0]
	question := "Is the code one of the " + strconv.Itoa(len(group)) + " codes of the category " + first.Category.Title
	if first.Action != first.Category.Action {
		question += " whose action is " + first.Action.String()
	}
	return Text{plain(question + "?")}
}

func askStatus(group entries) Text { return ask("Is the status ", group) }

func askFailure(group entries) Text { return ask("Did no answer come: ", group) }

func ask(question string, group entries) Text {
	keys := make([]Text, len(group))
	for i, e := range group {
		keys[i] = Text{wire(e.Code)}
	}
	return append(append(Text{plain(question)}, join(keys, " or ")...), plain("?"))
}
