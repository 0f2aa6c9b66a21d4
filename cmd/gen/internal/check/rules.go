package check

import (
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Rule is a kind of problem.
type Rule struct {
	ID  string
	Doc string // what it finds and why that is a problem
}

// Rules lists the rules in the order of the documentation.
func Rules() []Rule { return rules }

var rules = []Rule{
	{syntax.RuleSyntax, "The file is not YAML, or not UTF-8 text."},
	{syntax.RuleLimit, "The file has more bytes, more keys and values or deeper levels than errkb reads; `--max-size` raises the first two limits."},
	{syntax.RuleFeature, "Anchors, aliases, merge keys, tags, directives, keys that are not a single value and several documents are not part of the format: each entry is complete."},
	{syntax.RuleNull, "A key or a list item has no value."},
	{"unknown-key", "The format has no such key."},
	{"misplaced-key", "The format has the key, in another place."},
	{"duplicate-key", "A mapping has the same key twice."},
	{"yaml-twins", "Two keys are text here, and the same number, truth value or null to an editor or another YAML tool: 01000 and 1000, 0x10 and 16, yes and on."},
	{syntax.RuleSwallow, "A line inside of a text looks like a key or an item of what is around it: it is indented too far, or a quote before it is not closed."},
	{"typographic-quotes", "A key or a value is in quotation marks that are none to YAML, such as “ and ”: they are part of it."},
	{"hidden-character", "What is compared with replies holds a character that can't be seen, such as a no-break space (U+00A0)."},
	{"duplicate-code", "An API lists a code twice, as a key or as an alias."},
	{"missing-key", "A required key is not there."},
	{"wrong-kind", "A value is not of the kind that the format wants: a list instead of a single value, say, or text instead of true or false."},
	{"bad-value", "The key does not take this value."},
	{"bad-number", "A value is not a number, or is out of range."},
	{"bad-duration", "A value is not a duration or a jitter."},
	{"bad-pointer", "A place in a reply is not a JSON Pointer (RFC 6901) or a path of elements."},
	{"bad-status", "A value is not an HTTP status or a class of statuses."},
	{"bad-date", "A date is not written as YYYY-MM-DD, or does not exist."},
	{"bad-address", "An address does not start with http:// or https://, or is not the https address of a folder where that is wanted."},
	{"bad-name", "A name can't become a Go package or a Go constant."},
	{"bad-policy", "The figures of a policy contradict each other, or make an endless loop without a wait."},
	{"retry-storm", "Calls are retried by the policy so often that a server which was down for a minute does not recover, although a fleet makes half of the calls for which it has room: refusing the rest is more work than it can do. `gen simulate` shows it."},
	{"bad-form", "A reply form, a test, a delay or a place is incomplete, says two things at once, or does not fit its kind."},
	{"bad-rule", "A rule of the spec's own can't be asked: its check is not valid, gives no answer for an entry, or gives the same for all."},
	{"unclear-reset", "A header field whose name holds reset may be a point in time or the time until then: the one read as the other makes a client stop for years, or ask too soon."},
	{"unknown-category", "The category is not listed under categories."},
	{"unknown-policy", "The policy is not listed under policies."},
	{"unused-category", "No entry, variant or override has the category."},
	{"unused-policy", "No entry, variant or override waits by the policy."},
	{"unknown-operation", "The operation is not listed under the API's operations."},
	{"unknown-code", "The code is not listed under the API's codes."},
	{"action-contradicts-category", "The entry's action goes on where its category stops, or the other way around."},
	{"bad-action", "An action is not allowed here: what the caller cancelled is not sent again, and success does not depend on the operation, a variant or an override."},
	{"missing-policy", "The action waits, but no policy says how long and how often."},
	{"useless-policy", "There is a policy, but the action never waits."},
	{"useless-key", "A key has no effect in an entry of this kind."},
	{"missing-fix", "The entry does not say what to do about it."},
	{"missing-meaning", "The entry has neither a meaning nor the API's own message."},
	{"go-name-clash", "Two names become the same Go name. They are never numbered silently, because a number would change when an entry is added."},
	{"member-name-clash", "Two entries of a kind get the same name in TypeScript or Python, although their Go names differ."},
	{"case-twins", "Codes match in any case, and two of them differ only in case."},
	{"useless-variant", "A variant says what its entry says, or an override changes nothing."},
	{"dead-entry", "An entry, an alias, a variant or an override can never be reached: no reply form can hold such a code, say, or success does not show in that way."},
	{"dead-place", "A place of request_id, field or secret shows nothing: no form reads such bodies, it stands in the list twice, or it is secret."},
	{"silent-success", "A reply with status 200 would count as success although nothing in it is known: a code that is not listed, say."},
	{"example-mismatch", "The example does not classify to the entry, or to the variant, it stands in."},
	{"example-status", "An example of a code has a status that the code does not list."},
	{"duplicate-example", "An entry or a variant has the same example twice."},
	{"broken-example", "The body of an example starts like JSON, and is none."},
	{"unknown-placeholder", "A text has a placeholder that does not exist, or that has no value in this entry."},
	{"bad-argument", "The name of an argument can't be one, its example is not of its type, or another entry of the API gives it another type."},
	{"unused-argument", "An argument stands in no text of its entry."},
	{"literal-duration", "A reply states a figure that a placeholder would keep correct."},
	{"retired-reused", "A retired code is reused: listed again, or as an alias."},
	{"bad-language", "A language is not the tag of one (BCP 47), or an overlay says another one than its name, or that of the spec or of another overlay."},
	{"bad-overlay", "An overlay translates another file than the spec that it is beside, or its name does not say its language."},
	{"unknown-text", "An overlay has a text that the spec does not have."},
	{"missing-text", "An overlay does not have a text of the spec, which then stays in the spec's language."},
	{"stale-text", "The text that an overlay translates has changed since."},
	{"unlike-placeholders", "A text and its translation don't have the same placeholders."},
	{"cut-off", "The file may be cut off: its last line has no end, its last entry lacks what all those beside it have, or an API has neither statuses nor codes."},
	{"text-empty", "A text, a list or a mapping is empty."},
	{"text-too-long", "A text or a name is longer than its place allows."},
	{RuleToDo, "The author has something to say here: `gen import` marks so what it can't know. `gen generate` waits for it, unless `--allow-todo` says otherwise."},
	{"too-many-codes", "An API has more codes and aliases than 16 bits can number."},
}

var isRule = func() map[string]bool {
	ids := make(map[string]bool)
	for _, rule := range rules {
		ids[rule.ID] = true
	}
	return ids
}()

// mustBeRule guards against a rule that is not documented and not the spec's own.
func mustBeRule(id string) {
	if !isRule[id] && !strings.HasPrefix(id, ownPrefix) {
		panic("internal error: no rule " + id)
	}
}
