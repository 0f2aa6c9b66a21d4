package ownrules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/stdlib"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// What CEL's errors say. Where one is not as expected, its own words are kept.
var (
	noField    = pattern.Of(`^undefined field '(.+)'$`)
	noName     = pattern.Of(`^undeclared reference to '(.+?)'( \(in container '.*'\))?$`)
	noOverload = pattern.Of(`^found no matching overload for '(.+)' applied to '(.*)'$`)
	mismatch   = pattern.Of(`^Syntax error: mismatched input '(.+)' expecting (.+)$`)
	tooDeep    = pattern.Of(`^expression recursion limit exceeded`)
)

// first returns the first of CEL's errors in the words of problems, at the name that it is
// about, or nil.
func first(source common.Source, errs *common.Errors) *Fault {
	if errs == nil || len(errs.GetErrors()) == 0 {
		return nil
	}
	found := errs.GetErrors()[0]
	offset, _ := source.LocationOffset(found.Location)
	fault := &Fault{Offset: max(0, int(offset)), Message: plain(found.Message)}
	said, text := fault.Message, []rune(source.Content())
	before, after := string(text[:fault.Offset]), string(text[fault.Offset:])
	if part := noField().FindStringSubmatch(said); part != nil {
		fault.Message, fault.Hint = "unknown field "+diag.Quote(part[1]), diag.DidYouMean(part[1], fieldNames())
		if i := strings.Index(after, part[1]); i >= 0 {
			fault.Offset += utf8.RuneCountInString(after[:i])
		}
	} else if part := noName().FindStringSubmatch(said); part != nil {
		fault.Message, fault.Hint = "unknown name "+diag.Quote(part[1]), nameHint(part[1])
		if i := strings.LastIndex(before, part[1]); i >= 0 && !strings.HasPrefix(after, part[1]) {
			fault.Offset = utf8.RuneCountInString(before[:i])
		}
	} else if part := noOverload().FindStringSubmatch(said); part != nil {
		fault.Message = operation(part[1]) + " does not take " + part[2]
		if strings.HasPrefix(part[2], "(list(") && operation(part[1]) != part[1] {
			fault.Hint = "in tells whether a list has a value: 429 in entry.status"
		}
	} else if part := mismatch().FindStringSubmatch(said); part != nil && part[1] == "<EOF>" {
		fault.Message = "the check ends where CEL expects " + part[2]
	} else if part != nil {
		fault.Message = diag.Quote(part[1]) + " stands where CEL expects " + part[2]
	} else if tooDeep().MatchString(said) {
		fault.Message = fmt.Sprintf("the check is nested more than %d levels deep", maxDepth)
	} else if rest, ok := strings.CutPrefix(said, "Syntax error: "); ok {
		fault.Message = "the check is not CEL: " + rest
	}
	return fault
}

// nameHint guesses what was meant by a name that CEL does not know.
func nameHint(name string) string {
	if slices.Contains(fieldNames(), name) {
		return diag.Meant(variable + "." + name)
	}
	if near := diag.DidYouMean(name, names()); near != "" {
		return near
	}
	return "there is the variable entry, and what CEL's own definition has: size, contains, matches, all, exists and the like"
}

// operation is what an operator is written as: == for _==_.
func operation(name string) string {
	if bare := strings.ReplaceAll(name, "_", ""); !strings.ContainsFunc(bare, isLetter) {
		return bare
	}
	return name
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// fieldNames are the fields of an entry and of what it holds, sorted.
func fieldNames() []string {
	all := make(map[string]bool)
	for _, of := range []any{catalogjson.Entry{}, catalogjson.Variant{}, catalogjson.Override{}, catalogjson.LookAlike{}, catalogjson.Example{}, catalogjson.Header{}, catalogjson.Retired{}} {
		for field := range fields(of) {
			all[field] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// names are the variable, the functions and the macros.
func names() []string {
	all := []string{variable, "has", "all", "exists", "exists_one", "map", "filter"}
	for _, function := range stdlib.Functions() {
		if isLetter(rune(function.Name()[0])) {
			all = append(all, function.Name())
		}
	}
	return all
}
