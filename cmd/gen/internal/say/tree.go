package say

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Branch is one question of an API's decision tree and what to do if the answer
// is yes.
type Branch struct {
	model.Branch
	Question Text   // empty for the last branch, which is what is left
	Rule     string // how often and how far apart; empty where the entries differ
}

// TreeOrder says how a decision tree is read.
func (l *Language) TreeOrder() string {
	return l.Say("Ask the questions from the top. The first yes decides.")
}

// LinkedEntries is how many entries pages link one by one before they sum up.
const LinkedEntries = 12

// Tree returns the questions that decide a reply, in the order in which the
// classifier asks them.
func (l *Language) Tree(a *model.API) []Branch {
	var tree []Branch
	for _, b := range a.Tree() {
		tree = append(tree, Branch{b, l.treeQuestion(a, b), l.treeRule(b)})
	}
	return tree
}

// Counted reports whether the question in brief counts the entries that it is about,
// instead of naming them.
func (b Branch) Counted() bool {
	switch {
	case b.Variant > 0:
		return false
	case b.Asks == model.AskCode:
		return len(b.Entries) > 1
	}
	return len(b.Entries) > namedCodes && (b.Asks == model.AskFailure || b.Asks == model.AskStatus)
}

// Brief is the question for where there is little room.
func (l *Language) Brief(b Branch) Text {
	n := len(b.Entries)
	switch {
	case !b.Counted():
		return b.Question
	case b.Asks == model.AskFailure:
		return l.Text("Is the reason for no answer one of these %d?", n)
	case b.Asks == model.AskStatus:
		return l.Text("Is the status one of these %d?", n)
	}
	return l.Text("Is the code one of these %d?", n)
}

// treeQuestion is what a branch asks, and of a variant's what it asks besides.
func (l *Language) treeQuestion(a *model.API, b model.Branch) Text {
	if b.Variant > 0 {
		return l.treeVariant(b, l.When(a, b.Entries[0].Variants[b.Variant-1].When))
	}
	switch b.Asks {
	case model.AskFailure:
		return l.Text("Was there no answer: %s?", l.treeKeys(b.Entries))
	case model.AskNoReply:
		return l.Text("Was there no answer, for any other reason?")
	case model.AskSuccess:
		return l.treeSuccess(a, b)
	case model.AskCode:
		return l.treeCode(b)
	case model.AskPrefix:
		return l.Text("Does the code start with %s?", treePrefix(b))
	case model.AskStatus:
		return l.Text("Is the status %s?", l.treeKeys(b.Entries))
	case model.AskOtherCode:
		return l.Text("Does the answer hold any other code?")
	}
	return nil
}

// treeVariant is what the branch of a variant asks; it counts where something holds.
func (l *Language) treeVariant(b model.Branch, where Text) Text {
	switch keys := l.treeKeys(b.Entries); b.Asks {
	case model.AskFailure:
		return l.Text("Was there no answer: %s, where %s?", keys, where)
	case model.AskCode:
		return l.Text("Is the code %s, where %s?", keys, where)
	case model.AskPrefix:
		return l.Text("Does the code start with %s, where %s?", treePrefix(b), where)
	case model.AskStatus:
		return l.Text("Is the status %s, where %s?", keys, where)
	case model.AskOtherCode:
		return l.Text("Does the answer hold any other code, where %s?", where)
	}
	return l.Text("Is it another answer, where %s?", where)
}

// treeSuccess asks for success, which without a test of it is a status.
func (l *Language) treeSuccess(a *model.API, b model.Branch) Text {
	statuses := slices.DeleteFunc(slices.Clone(b.Entries), func(e *model.Entry) bool {
		return e.Kind != classify.KindStatus && e.Kind != classify.KindStatusClass
	})
	if a.TestsSuccess() || len(statuses) == 0 {
		return l.Text("Does the answer say success, with a status below 400?")
	}
	return l.Text("Is the status %s, without an error code?", l.treeKeys(statuses))
}

// namedCodes is how many codes a question names one by one.
const namedCodes = 3

func (l *Language) treeCode(b model.Branch) Text {
	switch {
	case len(b.Entries) <= namedCodes:
		return l.Text("Is the code %s?", l.treeKeys(b.Entries))
	case b.Action != b.Category.Action:
		return l.Text("Is the code one of the %d codes of the category %s whose action is %s?", len(b.Entries), b.Category.Title, b.Action)
	}
	return l.Text("Is the code one of the %d codes of the category %s?", len(b.Entries), b.Category.Title)
}

func treePrefix(b model.Branch) Span { return wire(strings.TrimSuffix(b.Entries[0].Code, "*")) }

// treeKeys lists the keys of entries.
func (l *Language) treeKeys(entries []*model.Entry) Text {
	return l.or(wires(entries, func(e *model.Entry) string { return e.Code }))
}

// treeRule returns the one rule of all the branch's entries in all operations,
// or nothing.
func (l *Language) treeRule(b model.Branch) string {
	rule := l.RetryRule(nil, b.Action)
	if b.Asks == model.AskSuccess || len(b.Entries) == 0 {
		return rule
	}
	for i, e := range b.Entries {
		decided := *e
		if b.Variant > 0 {
			decided = *e.InVariant(e.Variants[b.Variant-1])
		}
		decided.Variants = nil // they have branches, or the branch varies
		if i == 0 {
			rule = l.RetryRule(decided.Policy, b.Action)
		}
		if b.Varies || l.RetryRuleOf(&decided) != rule {
			return ""
		}
	}
	return rule
}
