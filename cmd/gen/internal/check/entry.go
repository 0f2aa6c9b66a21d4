package check

import (
	"cmp"
	"slices"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// entry is an entry as written, and what it becomes.
type entry struct {
	*format.Field[format.Entry]
	made *model.Entry
	verdict
	vagueVariants []bool          // of each, whether what it says is not settled
	used          map[string]bool // the arguments that a text has
}

// entry resolves what all kinds of entries have in common. Whether the request
// may have taken effect is given for where the author does not say.
func (a *apiChecker) entry(key string, at *format.Field[format.Entry], kind classify.Kind, maybe bool) *entry {
	v := &at.Value
	e := &entry{Field: at, made: &model.Entry{
		API:       a.made,
		Kind:      kind,
		Code:      key,
		Details:   v.Details.Value,
		Escalate:  v.Escalate.Value,
		Frequency: v.Frequency.Value,
		Severity:  v.Severity.Value,
		Impact:    v.Impact.Value,
		Since:     v.Since.Value,
	}}
	a.args(e)
	e.made.Message, e.made.Fix = a.filled(e, &v.Message), a.filledFix(e, &v.Fix)
	e.made.Meaning = cmp.Or(a.filled(e, &v.Meaning), e.made.Message)
	if v.Processed.Value == "maybe" || maybe && !v.Processed.Good() {
		e.made.Effect = classify.EffectMaybe
	}
	a.decide(e)
	a.texts(e)
	a.uselessKeys(e)
	a.where(e)
	e.made.Examples = a.examples(&v.Examples, e)
	e.made.Answer, e.made.AnswerOwn = a.reply(e, &v.Answer), a.reply(e, &v.AnswerOwn)
	a.variants(e)
	a.unusedArgs(e)
	return e
}

// texts checks the texts of an entry against what its kind needs.
func (a *apiChecker) texts(e *entry) {
	v, made := &e.Value, e.made
	isStatus := made.Kind == classify.KindStatus || made.Kind == classify.KindStatusClass
	if e.settled && needsFix(made.Action) && !v.Fix.Has() && (isCode(made) || isStatus) {
		report := a.Warnf
		if isCode(made) {
			report = a.Errorf
		}
		report(e.Key, "missing-fix", "%s has no fix, but its action is %s", diag.Quote(made.Code), made.Action).Hint = "fix: what to do about it"
	}
	if made.Meaning != "" || v.Meaning.Has() || v.Message.Has() {
		return
	}
	made.Meaning = say.In(a.tag()).EntryMeaning(made)
	if isCode(made) {
		a.Warnf(e.Key, "missing-meaning", "%s has neither a meaning nor a message", diag.Quote(made.Code)).Hint = "meaning: what it means, in a few words"
	}
}

func isCode(e *model.Entry) bool { return e.Kind == classify.KindCode || e.Kind == classify.KindPrefix }

func needsFix(a classify.Action) bool { return a != classify.OK && a != classify.WaitPoll }

// uselessKeys warns of keys that say nothing in an entry of such a kind.
func (a *apiChecker) uselessKeys(e *entry) {
	if isCode(e.made) {
		return
	}
	a.uselessKey("status", &e.Value.Status.Mark, "only codes come with a status")
	a.uselessKey("aliases", &e.Value.Aliases.Mark, "only codes have other spellings")
	switch e.made.Kind {
	case classify.KindTransport, classify.KindUnknown, classify.KindUnrecognised:
		a.uselessKey("go", &e.Value.Go.Mark, "only codes and statuses become Go constants")
	}
}

func (a *apiChecker) uselessKey(key string, at *format.Mark, why string) {
	if at.Written() {
		a.Warnf(at.Key, "useless-key", "key %s has no use here: %s", diag.Quote(key), why).Hint = "remove it"
	}
}

// where resolves in which operations the entry can occur.
func (a *apiChecker) where(e *entry) {
	v, made := &e.Value.Operations, e.made
	for _, item := range v.Value {
		if a.isOperation(item.Value, item.Place) && !slices.Contains(made.Operations, item.Value) {
			made.Operations = append(made.Operations, item.Value)
		}
	}
	if !v.Has() {
		made.Operations = a.operationNames()
		return
	}
	if !v.Sound() {
		return
	}
	known := a.operationNames()
	for pair := range e.Value.ByOperation.Value.Good() {
		if slices.Contains(known, pair.Name) && !slices.Contains(made.Operations, pair.Name) {
			a.Errorf(pair.Key, "dead-entry", "the override can never be reached: the entry does not occur in %s", diag.Quote(pair.Name)).
				Hint = "add it to the entry's operations"
		}
	}
}

// references resolves what entries say of other codes.
func (a *apiChecker) references() {
	for _, e := range a.entries {
		for _, item := range e.Value.LookAlikes.Value {
			if other := a.otherCode(e, &item.Value.Code); other != nil {
				e.made.LookAlikes = append(e.made.LookAlikes, model.LookAlike{Entry: other, Difference: item.Value.Difference.Value})
			}
		}
		if retired := &e.Value.Retired; retired.Good() {
			e.made.Retired = &model.Retired{
				Since:      retired.Value.Since.Value,
				ReplacedBy: a.otherCode(e, &retired.Value.ReplacedBy),
				Note:       retired.Value.Note.Value,
			}
		}
	}
}

// otherCode returns the entry of a code that an entry names, or reports that
// there is none. It returns nil if no code is named.
func (a *apiChecker) otherCode(e *entry, name *format.Field[string]) *model.Entry {
	if !name.Good() {
		return nil
	}
	if code := a.codes[a.fold(name.Value)]; code != nil {
		if code.entry == e {
			a.Errorf(name.Place, "bad-value", "%s names itself", diag.Quote(e.made.Code))
		}
		return code.entry.made
	}
	var known []string
	for _, e := range a.made.Codes {
		known = append(known, e.Code)
	}
	if !format.MayHave(&a.written.Value.Codes, name.Value) {
		a.unknown("unknown-code", name.Place, "code", name.Value, known)
	}
	return nil
}
