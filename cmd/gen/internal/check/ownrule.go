package check

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/ownrules"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// ownPrefix starts the ids of the spec's own rules, which none of ours has: one that is
// added here clashes with none of theirs.
const ownPrefix = "rules."

// maxCost is what all of a spec's own rules may cost together, for all of its entries: some
// seconds.
const maxCost = 100_000_000

var ruleName = pattern.Of(format.RulePattern)

// ownRules checks the entries by the spec's own rules. What an entry is that has an error is
// not known, so that then the rules themselves are checked alone.
func (c *checker) ownRules() {
	if !c.spec.Rules.Good() || c.isTranslated {
		return
	}
	isSound := !diag.HasErrors(c.List)
	words := c.words()
	var all []*ownRule
	for pair := range c.spec.Rules.Value.Good() {
		if !ruleName().MatchString(pair.Name) {
			c.Errorf(pair.Key, "bad-rule", "%s is not the name of a rule", diag.Quote(pair.Name)).
				Hint = "lower-case words joined by hyphens, such as retry-has-reply"
			continue
		}
		if !pair.Value.Check.Good() {
			continue
		}
		compiled, fault := ownrules.Compile(pair.Value.Check.Value, words)
		if fault != nil {
			c.badRule(pair, fault)
			continue
		}
		all = append(all, &ownRule{Pair: pair, compiled: compiled})
	}
	if isSound && len(all) > 0 {
		c.askAll(all)
	}
}

// words are the texts that fields of entries have, where they have no others.
func (c *checker) words() ownrules.Words {
	words := ownrules.Words{
		"frequency": format.Words("frequency"),
		"severity":  format.Words("severity"),
		"who":       format.Words("who"),
		"api":       namesOf(&c.spec.APIs),
		"category":  namesOf(&c.spec.Categories),
		"policy":    namesOf(&c.spec.Policies),
	}
	for kind := classify.KindCode; kind <= classify.KindUnrecognised; kind++ {
		words["kind"] = append(words["kind"], kind.String())
	}
	for _, action := range classify.Actions() {
		words["action"] = append(words["action"], action.String())
	}
	for field, of := range map[string]format.State{"api": c.spec.APIs.State, "category": c.spec.Categories.State, "policy": c.spec.Policies.State} {
		if of != format.Good && of != format.Absent {
			delete(words, field) // there may be more
		}
	}
	return words
}

func namesOf[T any](of *format.Names[T]) []string {
	var all []string
	for i := range of.Value.List {
		all = append(all, of.Value.List[i].Name)
	}
	return all
}

// ownRule is a rule of the spec that can be asked.
type ownRule struct {
	*format.Pair[format.Rule]
	compiled *ownrules.Rule
}

// askAll asks the rules of all entries. One that can't tell is not asked again.
func (c *checker) askAll(all []*ownRule) {
	left := uint64(maxCost)
	for _, e := range c.entries {
		form := catalogjson.NewEntry(e.made)
		for i, rule := range all {
			if rule == nil {
				continue
			}
			holds, cost, fault := rule.compiled.Holds(&form)
			switch {
			case fault != nil:
				fault.Message = "of " + diag.Quote(form.Code) + ", the check can't tell: " + fault.Message
				c.badRule(rule.Pair, fault).Relate(e.Key, "the entry")
				all[i] = nil
			case cost > left:
				c.Errorf(rule.Value.Check.Place, "bad-rule", "the rules take too long: with this one of %s, they cost more than %d together", diag.Quote(form.Code), maxCost).
					Hint = "ask for less"
				return
			case !holds:
				c.broken(rule, e)
			}
			left -= min(cost, left)
		}
	}
}

// broken reports an entry that breaks a rule: at the field that the rule is about, if it
// names one and the entry has it.
func (c *checker) broken(rule *ownRule, e *entry) {
	at := e.Key
	if fields := rule.compiled.Fields; len(fields) == 1 {
		if mark := entryMark(&e.Value, fields[0]); mark != nil && mark.Written() {
			at = mark.Place
		}
	}
	report := c.Errorf
	if rule.Value.Severity.Value == string(diag.Warning) {
		report = c.Warnf
	}
	message := oneLine(rule.Value.Message.Value)
	if message == "" {
		message = diag.Quote(e.made.Code) + " breaks the rule " + rule.Name
	}
	report(at, ownPrefix+rule.Name, "%s", message).Hint = oneLine(rule.Value.Hint.Value)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// entryMark returns the mark of what an entry has under a key, or nil for no key of the format.
func entryMark(e *format.Entry, key string) *format.Mark {
	for field, value := range reflect.ValueOf(e).Elem().Fields() {
		if field.Tag.Get("key") == key {
			return value.FieldByName("Mark").Addr().Interface().(*format.Mark)
		}
	}
	return nil
}

// badRule reports what is wrong with a rule's check, at its place there.
func (c *checker) badRule(rule *format.Pair[format.Rule], fault *ownrules.Fault) *diag.Problem {
	check := &rule.Value.Check
	at, message := check.Place, fault.Message
	if place, ok := c.within(at, check.Value, fault.Offset); ok {
		at = place
	} else if fault.Offset > 0 {
		message = "at character " + strconv.Itoa(fault.Offset+1) + " of the check: " + message
	}
	p := c.Errorf(at, "bad-rule", "%s", message)
	p.Hint = fault.Hint
	return p
}
