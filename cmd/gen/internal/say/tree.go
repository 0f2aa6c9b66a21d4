package say

import (
	"slices"
	"strconv"
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
const TreeOrder = "Ask the questions from the top. The first yes decides."

// LinkedEntries is how many entries pages link one by one before they sum up.
const LinkedEntries = 12

// Tree returns the questions that decide a reply, in the order in which the
// classifier asks them.
func Tree(a *model.API) []Branch {
	var tree []Branch
	for _, b := range a.Tree() {
		tree = append(tree, Branch{b, treeQuestion(a, b), treeRule(b)})
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
func (b Branch) Brief() Text {
	these := "one of these " + strconv.Itoa(len(b.Entries)) + "?"
	switch {
	case !b.Counted():
		return b.Question
	case b.Asks == model.AskFailure:
		return Text{plain("Is the reason for no answer " + these)}
	case b.Asks == model.AskStatus:
		return Text{plain("Is the status " + these)}
	}
	return Text{plain("Is the code " + these)}
}

// treeQuestion is what a branch asks, and of a variant's what it asks besides.
func treeQuestion(a *model.API, b model.Branch) Text {
	question := treeBranch(a, b)
	if b.Variant == 0 {
		return question
	}
	if b.Asks == model.AskNothing {
		question = Text{plain("Is it another answer?")}
	}
	end := &question[len(question)-1]
	end.Text = strings.TrimSuffix(end.Text, "?") + ", where "
	return append(append(question, When(a, b.Entries[0].Variants[b.Variant-1].When)...), plain("?"))
}

func treeBranch(a *model.API, b model.Branch) Text {
	switch b.Asks {
	case model.AskFailure:
		return treeAsk("Was there no answer: ", b.Entries, "?")
	case model.AskNoReply:
		return Text{plain("Was there no answer, for any other reason?")}
	case model.AskSuccess:
		return treeSuccess(a, b)
	case model.AskCode:
		return treeCode(b)
	case model.AskPrefix:
		return Text{plain("Does the code start with "), wire(strings.TrimSuffix(b.Entries[0].Code, "*")), plain("?")}
	case model.AskStatus:
		return treeAsk("Is the status ", b.Entries, "?")
	case model.AskOtherCode:
		return Text{plain("Does the answer hold any other code?")}
	}
	return nil
}

// treeSuccess asks for success, which without a test of it is a status.
func treeSuccess(a *model.API, b model.Branch) Text {
	statuses := slices.DeleteFunc(slices.Clone(b.Entries), func(e *model.Entry) bool {
		return e.Kind != classify.KindStatus && e.Kind != classify.KindStatusClass
	})
	if a.TestsSuccess() || len(statuses) == 0 {
		return Text{plain("Does the answer say success, with a status below 400?")}
	}
	return treeAsk("Is the status ", statuses, ", without an error code?")
}

// namedCodes is how many codes a question names one by one.
const namedCodes = 3

func treeCode(b model.Branch) Text {
	if len(b.Entries) <= namedCodes {
		return treeAsk("Is the code ", b.Entries, "?")
	}
	question := "Is the code one of the " + strconv.Itoa(len(b.Entries)) + " codes of the category " + b.Category.Title
	if b.Action != b.Category.Action {
		question += " whose action is " + b.Action.String()
	}
	return Text{plain(question + "?")}
}

// treeAsk puts the keys of entries into a question.
func treeAsk(before string, entries []*model.Entry, after string) Text {
	keys := make([]Text, len(entries))
	for i, e := range entries {
		keys[i] = Text{wire(e.Code)}
	}
	return append(append(Text{plain(before)}, join(keys, " or ")...), plain(after))
}

// treeRule returns the one rule of all the branch's entries in all operations,
// or nothing.
func treeRule(b model.Branch) string {
	rule := RetryRule(nil, b.Action)
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
			rule = RetryRule(decided.Policy, b.Action)
		}
		if b.Varies || RetryRuleOf(&decided) != rule {
			return ""
		}
	}
	return rule
}
