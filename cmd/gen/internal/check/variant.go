package check

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// variants resolves what an entry says in some replies, and where the server may say how
// long to wait.
func (a *apiChecker) variants(e *entry) {
	e.made.Delays = a.delays(&e.Value.Delay)
	list := e.Value.Variants.Value
	for i := range list {
		d := a.variant(e, &list[i])
		e.vagueVariants = append(e.vagueVariants, d.vague() || !list[i].Sound())
	}
	a.deadVariants(e)
	a.uselessVariants(e)
	waits := func(action classify.Action) bool { return action.Waits() }
	switch {
	case !e.Value.Delay.Written() || e.vague():
	case e.made.Kind == classify.KindTransport:
		a.uselessKey("delay", &e.Value.Delay.Mark, "there is no reply")
	case !waits(e.action) && !slices.ContainsFunc(e.made.Variants, func(v model.Variant) bool { return waits(v.Action) }) &&
		!slices.ContainsFunc(e.made.Overrides, func(o model.Override) bool { return waits(o.Action) }):
		a.uselessDelay(&e.Value.Delay.Mark, e.action)
	}
}

func (a *apiChecker) uselessDelay(at *format.Mark, action classify.Action) {
	a.uselessKey("delay", at, "the action "+action.String()+" never waits")
}

// variant resolves one variant. What it leaves out is the entry's.
func (a *apiChecker) variant(e *entry, item *format.Field[format.Variant]) verdict {
	v, made := &item.Value, e.made
	r := ruling{&v.Category, &v.Action, &v.Retry, item.Place}
	d := a.verdict(&r, e.verdict)
	a.fits(e, &d, &r)
	x := model.Variant{
		When:     a.tests(&v.When, asker{syntax: a.bodySyntax(), failure: made.Kind == classify.KindTransport}),
		Category: d.category.Category,
		Action:   d.action,
		Effect:   made.Effect,
		Meaning:  cmp.Or(a.filled(e, &v.Meaning), made.Meaning),
		Fix:      cmp.Or(a.filledFix(e, &v.Fix), made.Fix),
		Details:  cmp.Or(v.Details.Value, made.Details),
		Escalate: cmp.Or(v.Escalate.Value, made.Escalate),
		Delays:   a.delays(&v.Delay),
		Examples: a.examples(&v.Examples, e),
	}
	if d.action.Waits() {
		x.Policy = d.policy.Policy
	}
	switch v.Processed.Value {
	case "no":
		x.Effect = classify.EffectNone
	case "maybe":
		x.Effect = classify.EffectMaybe
	}
	a.variantAnswers(e, item, &x, d)
	made.Variants = append(made.Variants, x)
	if !d.settled || !a.staysSuccess(e, &d, &r, "the rest of the reply") {
		return d
	}
	if v.Action.Good() {
		a.contradiction(d.category, &v.Action)
	}
	if a.lacksFix(e, &d) && x.Fix == "" && !v.Fix.Has() {
		a.Errorf(item.Place, "missing-fix", "the variant has no fix, but its action is %s", d.action).Hint = "fix: what to do about it"
	}
	if v.Delay.Written() && !d.action.Waits() {
		a.uselessDelay(&v.Delay.Mark, d.action)
	}
	return d
}

// variantAnswers fills in the replies to the customer. Those of the entry are kept where
// the action is: what the customer is to do is another thing otherwise.
func (a *apiChecker) variantAnswers(e *entry, item *format.Field[format.Variant], x *model.Variant, d verdict) {
	v := &item.Value
	written, made := *e.Field, *e.made
	made.Action, made.Policy, made.Meaning = x.Action, x.Policy, x.Meaning
	if v.Retry.Has() || !x.Action.Waits() {
		written.Value.Retry = v.Retry
	}
	of := &entry{Field: &written, made: &made, verdict: d, used: e.used}
	keeps := x.Action == e.made.Action
	x.Answer = a.variantAnswer(of, item.Place, "reply", &v.Answer, &e.Value.Answer, keeps)
	x.AnswerOwn = a.variantAnswer(of, item.Place, "reply_own", &v.AnswerOwn, &e.Value.AnswerOwn, keeps && !v.Answer.Has())
}

// variantAnswer fills in a reply of a variant's, or the entry's if that is kept.
func (a *apiChecker) variantAnswer(of *entry, variant diag.Place, key string, own, entrys *format.Field[string], keeps bool) string {
	if own.Has() {
		return a.reply(of, own)
	}
	if !keeps {
		return ""
	}
	before := len(a.List)
	text := a.reply(of, entrys)
	found := slices.Clone(a.List[before:])
	a.List = a.List[:before]
	for _, p := range found {
		told := slices.ContainsFunc(a.List, func(o diag.Problem) bool { return o.Place == p.Place && o.Rule == p.Rule })
		if p.Rule == "unknown-placeholder" && !told { // what is wrong with the entry's own is told there
			kept := a.Errorf(variant, p.Rule, "the entry's %s is kept here, where %s", key, p.Message)
			kept.Hint = key + ": what to tell the customer then"
			kept.Relate(p.Place, "the placeholder")
		}
	}
	return text
}

// deadVariants reports variants that no reply can reach.
func (a *apiChecker) deadVariants(e *entry) {
	for i, v := range e.made.Variants {
		at := e.Value.Variants.Value[i].Value.When.Place
		earlier := slices.IndexFunc(e.made.Variants[:i], func(o model.Variant) bool { return covers(o.When, v.When) })
		switch {
		case e.settled && e.action == classify.OK && v.Action == classify.OK:
			a.Errorf(at, "dead-entry", "the variant can never be reached: its entry is success, which has no variants").Hint = "remove it"
		case earlier >= 0:
			a.Errorf(at, "dead-entry", "the variant can never be reached: an earlier one holds for all of its replies").
				Relate(e.Value.Variants.Value[earlier].Value.When.Place, "the earlier one")
		default:
			if reason := neverHolds(e, v.When); reason != "" {
				a.Errorf(at, "dead-entry", "the variant can never be reached: %s", reason)
			}
		}
	}
}

// neverHolds says why tests don't hold for any reply of an entry, or "".
func neverHolds(e *entry, when []classify.Test) string {
	for _, t := range when {
		switch {
		case t.Kind == classify.OperationIs && e.Value.Operations.Sound() &&
			!slices.ContainsFunc(t.Operations, func(o classify.Operation) bool { return slices.Contains(e.made.Operations, string(o)) }):
			return "the entry does not occur in " + diag.Quote(string(t.Operations[0]))
		case t.Kind == classify.StatusIs && !slices.ContainsFunc(t.Status, func(s int) bool { return mayHave(e.made, s) }):
			return "the entry never has such a status"
		}
	}
	return ""
}

// mayHave reports whether replies of an entry may have a status or one of a class.
func mayHave(e *model.Entry, status int) bool {
	own, err := strconv.Atoi(e.Code[:min(1, len(e.Code))])
	switch {
	case err != nil || e.Kind != classify.KindStatus && e.Kind != classify.KindStatusClass:
		return true
	case status < 10 || e.Kind == classify.KindStatusClass:
		return own == status || own == status/100
	}
	return strconv.Itoa(status) == e.Code
}

// uselessVariants warns of variants that say what the entry says. One before others is
// an exception to them, and all are to by_operation.
func (a *apiChecker) uselessVariants(e *entry) {
	if len(e.made.Overrides) > 0 || e.vague() {
		return
	}
	for i, v := range slices.Backward(e.made.Variants) {
		if e.vagueVariants[i] || !saysTheSame(e.made, &v) {
			return
		}
		a.Warnf(e.Value.Variants.Value[i].Place, "useless-variant", "the variant changes nothing").Hint = "say what differs, or remove it"
	}
}

func saysTheSame(e *model.Entry, v *model.Variant) bool {
	return v.Category == e.Category && v.Action == e.Action && v.Policy == e.Policy && v.Effect == e.Effect && v.Meaning == e.Meaning &&
		v.Fix == e.Fix && v.Details == e.Details && v.Answer == e.Answer && v.AnswerOwn == e.AnswerOwn && v.Escalate == e.Escalate && v.Delays == nil
}

// covers reports whether tests hold wherever others do.
func covers(earlier, later []classify.Test) bool {
	if len(earlier) == 0 {
		return false // they are not what they should be
	}
	return !slices.ContainsFunc(earlier, func(t classify.Test) bool { return !follows(&t, later) })
}

// follows reports whether a test holds wherever some others all do.
func follows(t *classify.Test, from []classify.Test) bool {
	isPart := func(part classify.Test) bool { return follows(&part, from) }
	switch t.Kind {
	case classify.All:
		if !slices.ContainsFunc(t.Tests, func(part classify.Test) bool { return !isPart(part) }) {
			return true
		}
	case classify.Any:
		if slices.ContainsFunc(t.Tests, isPart) {
			return true
		}
	}
	return slices.ContainsFunc(from, func(one classify.Test) bool {
		return followsFrom(t, &one) || one.Kind == classify.All && follows(t, one.Tests)
	})
}

// followsFrom reports whether a test holds wherever another one does.
func followsFrom(t, from *classify.Test) bool {
	if reflect.DeepEqual(t, from) {
		return true
	}
	if !slices.Equal(t.At, from.At) || !strings.EqualFold(t.Header, from.Header) {
		return false
	}
	switch t.Kind {
	case classify.Present:
		return from.Kind == classify.Equals || from.Kind == classify.Contains
	case classify.HeaderPresent:
		return from.Kind == classify.HeaderEquals || from.Kind == classify.HeaderPrefix
	case classify.Equals, classify.HeaderEquals:
		return from.Kind == t.Kind && isSubset(from.Values, t.Values)
	case classify.StatusIs:
		return from.Kind == t.Kind && !slices.ContainsFunc(from.Status, func(s int) bool {
			return !slices.Contains(t.Status, s) && !slices.Contains(t.Status, s/100)
		})
	case classify.OperationIs:
		return from.Kind == t.Kind && isSubset(from.Operations, t.Operations)
	}
	return false
}

func isSubset[T comparable](part, of []T) bool {
	return !slices.ContainsFunc(part, func(one T) bool { return !slices.Contains(of, one) })
}
