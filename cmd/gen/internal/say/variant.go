package say

import (
	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// VariantText says in a line what an entry's variant does: "Wait and retry: up to 3
// retries, 1 min apart". It is the verdict on the replies that the variant is for.
func (l *Language) VariantText(e *model.Entry, v model.Variant) string {
	return l.entryText(e.InVariant(v))
}

// OperationText says the same of one of the entry's overrides.
func (l *Language) OperationText(e *model.Entry, o model.Override) string {
	return l.entryText(e.InOperation(o))
}

func (l *Language) entryText(in *model.Entry) string {
	if in.NeverResent() || !in.Action.Waits() {
		return l.Verdict(in)
	}
	return l.Say("%s: %s|what to do, and how often", l.Verdict(in), l.RetryRuleOf(in))
}

// OverrideOrder says what the server's own word changes, and what it does not.
func (l *Language) OverrideOrder() string {
	return l.Say("Whatever the code or the status says, the server may say itself what to do. " +
		"The first of these that is true of an answer counts. It changes only what is said here, and never what a success is. " +
		"If it says to stop, an answer whose own page says to stop stays as that page says.")
}

// OverrideAction says what the server's own word makes of the action. It is empty if it
// makes nothing of it.
func (l *Language) OverrideAction(o model.ServerOverride) string {
	if !o.Sets {
		return ""
	}
	return l.ActionTitle(o.Action)
}

// OverrideRule is the retry rule that the server's own word brings with it. It is empty
// where that stays as the page of the answer says.
func (l *Language) OverrideRule(o model.ServerOverride) string {
	switch {
	case o.Sets && (o.Policy != nil || !o.Action.Waits()):
		return l.RetryRule(o.Policy, o.Action)
	case o.Policy != nil:
		return l.RetryRule(o.Policy, classify.Retry)
	}
	return ""
}
