package check

import "github.com/errkb/errkb/cmd/gen/internal/syntax"

// Rule is a kind of problem.
type Rule struct {
	ID  string
	Doc string // what it finds and why that is a problem
}

// Rules lists the rules in the order of the documentation.
func Rules() []Rule { return rules }

var rules = []Rule{
	{syntax.RuleSyntax, "The file is not YAML, or not UTF-8 text."},
	{syntax.RuleFeature, "Anchors, aliases, merge keys, tags, keys that are no single value and several documents are not part of the format: each entry says all of itself."},
	{syntax.RuleNull, "A key or a list item has no value."},
	{"unknown-key", "The format has no such key."},
	{"misplaced-key", "The format has the key, in another place."},
	{"duplicate-key", "A mapping has the same key twice."},
	{"duplicate-code", "An API lists a code twice, as a key or as an alias."},
	{"missing-key", "A required key is not there."},
	{"wrong-kind", "A value is of another kind than the format wants: a list for a single value, say, or text for true or false."},
	{"bad-value", "A value is none of those that the key takes."},
	{"bad-number", "A number is no number, or out of its range."},
	{"bad-duration", "A duration, or a jitter, is not written as one."},
	{"bad-pointer", "A place in a reply is not written as a JSON Pointer (RFC 6901) or a path of elements."},
	{"bad-status", "A status is no HTTP status or class of statuses."},
	{"bad-date", "A date is not written as YYYY-MM-DD, or does not exist."},
	{"bad-address", "An address does not start with http:// or https://."},
	{"bad-name", "A name can't be what it has to become: a Go package, or a Go constant."},
	{"bad-policy", "The figures of a policy contradict each other, or make a loop without a wait and without an end."},
	{"bad-form", "A reply form, a test of success or a delay is incomplete, or does not fit its kind."},
	{"unknown-category", "The category is not listed under categories."},
	{"unknown-policy", "The policy is not listed under policies."},
	{"unknown-operation", "The operation is not listed under the API's operations."},
	{"unknown-code", "The code is not listed under the API's codes."},
	{"action-contradicts-category", "The entry's action goes on where its category stops, or the other way round."},
	{"bad-action", "An action can't be taken where it stands: what the caller cancelled is not sent again, and success is no matter of the operation."},
	{"missing-policy", "The action waits, and there is no policy that says how long and how often."},
	{"useless-policy", "There is a policy, and the action never waits."},
	{"useless-key", "A key says nothing in an entry of this kind."},
	{"missing-fix", "The entry does not say what to do about it."},
	{"missing-meaning", "The entry does not say what it means, nor what the API's own message is."},
	{"go-name-clash", "Two names become the same Go name. They are never numbered silently, as a number would move when an entry is added."},
	{"member-name-clash", "Two entries of a kind get the same name in TypeScript or Python, although their Go names differ."},
	{"case-twins", "Codes match in any case, and two of them differ in nothing else."},
	{"dead-entry", "An entry, an alias or an override can never be reached: no form of reply can hold such a code, say, or success is not said so."},
	{"example-mismatch", "The example does not classify to the entry it stands in."},
	{"unknown-placeholder", "A reply has a placeholder that there is not, or that has no value in this entry."},
	{"literal-duration", "A reply states a figure that a placeholder would keep true."},
	{"retired-reused", "A retired code is used anew: listed again, or as an alias."},
	{"text-empty", "A text, a list or a mapping is empty."},
	{"text-too-long", "A text or a name is longer than its place can show."},
	{"too-many-codes", "An API has more codes and aliases than 16 bits can number."},
}

var isRule = func() map[string]bool {
	ids := make(map[string]bool)
	for _, rule := range rules {
		ids[rule.ID] = true
	}
	return ids
}()

// mustBeRule guards against a rule that is not documented.
func mustBeRule(id string) {
	if !isRule[id] {
		panic("internal error: no rule " + id)
	}
}
