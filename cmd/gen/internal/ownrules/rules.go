// Package ownrules compiles a team's own rules, each an expression in CEL about an entry, and
// asks them of entries. An expression sees an entry as its JSON shows it, with types, so that
// a misspelt field is found before there is an entry to ask about.
//
// It uses the parts that CEL consists of and not the package that joins them: that one has
// every start of the command build the descriptors of Protocol Buffers.
package ownrules

import (
	"fmt"

	"cel.dev/cel-go/checker"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
)

// variable is what an expression calls the entry.
const variable = "entry"

// MaxCost is what an expression may cost for one entry, in CEL's units: about one for each
// value that is read, compared or passed to a function, and one for ten characters of a text
// that is searched.
const MaxCost = 100_000

// Words are the values of fields that have no others, such as the actions.
type Words map[string][]string

// Rule is an expression that is compiled.
type Rule struct {
	// Fields are the fields of the entry that the expression names, in its order.
	Fields []string

	info    *ast.SourceInfo
	program interpreter.InterpretableV2
}

// Fault is what is wrong with an expression.
type Fault struct {
	Offset  int // in characters from the start of the expression
	Message string
	Hint    string
}

// Compile compiles an expression, or says what is wrong with it first.
func Compile(expression string, words Words) (*Rule, *Fault) {
	env := environment()
	source := common.NewTextSource(expression)
	parsed, errs := env.parser.Parse(source)
	if fault := first(source, errs); fault != nil {
		return nil, fault
	}
	checked, errs := checker.Check(parsed, source, env.checker)
	if fault := first(source, errs); fault != nil {
		return nil, fault
	}
	if is := checked.GetType(checked.Expr().ID()); is.Kind() != types.BoolKind {
		return nil, &Fault{Message: fmt.Sprintf("the check gives %s, not true or false", typeName(is)), Hint: "compare it with what it has to be"}
	}
	r := &Rule{info: checked.SourceInfo()}
	review := &review{ast: checked, words: words}
	ast.PreOrderVisit(checked.Expr(), ast.NewExprVisitor(review.visit))
	if review.fault != nil {
		return nil, review.fault
	}
	r.Fields = review.fields
	var err error
	if r.program, err = env.interpreter.NewInterpretable(checked,
		interpreter.Optimize(),
		interpreter.CompileRegexConstants(interpreter.MatchesRegexOptimization),
		interpreter.CostObserver(interpreter.CostTrackerFactory(func() (*cost.Tracker, error) {
			return cost.NewTracker(nil, cost.TrackerLimit(MaxCost))
		})),
	); err != nil {
		return nil, &Fault{Message: err.Error()}
	}
	// Of an entry of which nothing is known, nothing is known but constants.
	always, _, fault := r.ask(types.NewUnknown(0, nil))
	switch {
	case fault != nil:
		return nil, fault
	case always == types.True:
		return nil, &Fault{Message: "the check is true whatever the entry says, and so never finds anything", Hint: hintField}
	case always == types.False:
		return nil, &Fault{Message: "the check is false whatever the entry says", Hint: hintField}
	}
	return r, nil
}

const hintField = "ask about a field: entry.fix, say"

// Holds reports whether an expression is true of an entry, and what it cost to find out.
func (r *Rule) Holds(entry *catalogjson.Entry) (holds bool, costs uint64, fault *Fault) {
	result, costs, fault := r.ask(entry)
	return result == types.True, costs, fault
}

// ask evaluates an expression.
func (r *Rule) ask(entry any) (result ref.Val, costs uint64, fault *Fault) {
	frame, err := interpreter.NewExecutionFrame(map[string]any{variable: entry})
	if err != nil {
		panic("internal error: " + err.Error())
	}
	defer func() {
		costs = 1
		if tracker := frame.CostTracker(); tracker != nil {
			costs += tracker.ActualCost()
		}
		frame.Close()
		switch stopped := recover().(type) {
		case nil:
		case cost.LimitExceededError:
			fault = &Fault{Message: "it takes too long", Hint: "ask for less: a loop in a loop, or a long list of texts to search, adds up"}
		default:
			panic(stopped)
		}
	}()
	result = r.program.Exec(frame)
	if failed, ok := result.(*types.Err); ok {
		at, _ := r.info.GetOffsetRange(failed.NodeID())
		return nil, 0, &Fault{Offset: int(at.Start), Message: failed.String(), Hint: "test first whether there is such a value: with has() or size(), say"}
	}
	return result, 0, nil
}
