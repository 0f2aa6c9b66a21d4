package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// asker is who asks a test: what the reply was opened as, and what the answer is for.
type asker struct {
	syntax  classify.Syntax
	inForm  bool // the form says how the body is read; else the body itself does
	success bool // the test is a sign of success
	failure bool // there is no reply, and nothing to ask of it but its operation
}

// testKey is a key that says what a test looks at.
type testKey struct {
	*format.Mark
	name string
	kind classify.TestKind
}

// subjects are the keys of a test that say what it looks at, in the order of the file.
// Each test has exactly one. A prefix and a contained text are those of the body where
// they are not compared with anything else.
func subjects(v *format.Test) []testKey {
	keys := []testKey{
		{&v.At.Mark, "at", classify.Equals},
		{&v.Header.Mark, "header", classify.HeaderPresent},
		{&v.Present.Mark, "present", classify.Present},
		{&v.Absent.Mark, "absent", classify.Absent},
		{&v.Status.Mark, "status", classify.StatusIs},
		{&v.Operation.Mark, "operation", classify.OperationIs},
		{&v.All.Mark, "all", classify.All},
		{&v.Any.Mark, "any", classify.Any},
		{&v.Not.Mark, "not", classify.Not},
	}
	switch {
	case v.At.Written() && v.Contains.Written():
		keys[0].kind = classify.Contains
	case !v.At.Written():
		keys = append(keys, testKey{&v.Contains.Mark, "contains", classify.BodyContains})
	}
	switch {
	case v.Header.Written() && v.Prefix.Written():
		keys[1].kind = classify.HeaderPrefix
	case v.Header.Written() && v.Equals.Written():
		keys[1].kind = classify.HeaderEquals
	}
	if !v.Header.Written() {
		keys = append(keys, testKey{&v.Prefix.Mark, "prefix", classify.PrefixIs})
	}
	keys = slices.DeleteFunc(keys, func(k testKey) bool { return !k.Written() })
	slices.SortFunc(keys, func(k, l testKey) int { return k.Key.Compare(l.Key) })
	return keys
}

// tests resolves a list of tests.
func (a *apiChecker) tests(list *format.List[format.Test], by asker) []classify.Test {
	var all []classify.Test
	for i := range list.Value {
		if test, ok := a.test(&list.Value[i], by); ok {
			all = append(all, test)
		}
	}
	return all
}

// test resolves one test.
func (a *apiChecker) test(at *format.Field[format.Test], by asker) (test classify.Test, ok bool) {
	v := &at.Value
	keys := subjects(v)
	switch {
	case len(keys) > 1:
		a.Errorf(keys[1].Key, "bad-form", "%s and %s in one test", keys[0].name, keys[1].name).
			Hint = "make a list of two tests under all, or under any where one that holds is enough"
	case len(keys) == 1 && keys[0].Good() && a.comparesOnce(v, keys[0]) && a.suits(by, keys[0]):
		return a.resolveTest(v, keys[0], by)
	case len(keys) == 0 && v.Equals.Written():
		a.Errorf(v.Equals.Place, "bad-form", "equals without at or header").Hint = "at: the place of the value"
	case len(keys) == 0 && at.Sound():
		a.Errorf(at.Place, "bad-form", "the test does not say what it looks at").
			Hint = "at, header, present, absent, prefix, contains, status, operation, all, any or not"
	}
	return test, false
}

// comparesOnce reports a subject that is compared with nothing, with several things, or
// with one that is not for it.
func (a *apiChecker) comparesOnce(v *format.Test, key testKey) bool {
	isAt, isHeader := key.name == "at", key.name == "header"
	switch {
	case isAt && !v.Equals.Has() && !v.Contains.Has():
		a.Errorf(key.Key, "bad-form", "at without equals or contains").Hint = "equals: the value, or a list of them"
	case isAt && v.Equals.Written() && v.Contains.Written():
		a.Errorf(v.Contains.Key, "bad-form", "equals and contains in one test").Hint = "make a list of two tests under all or any"
	case isHeader && v.Equals.Written() && v.Prefix.Written():
		a.Errorf(v.Prefix.Key, "bad-form", "equals and prefix in one test").Hint = "make a list of two tests under all or any"
	case !isAt && !isHeader && v.Equals.Written():
		a.Errorf(v.Equals.Place, "bad-form", "equals without at or header")
	default:
		return true
	}
	return false
}

// suits reports a test that looks at what the asker has not.
func (a *apiChecker) suits(by asker, key testKey) bool {
	var hint string
	switch key.kind {
	case classify.Equals, classify.Present, classify.Absent, classify.Contains:
		if by.syntax == classify.JSON || by.syntax == classify.XML {
			break
		}
		hint = "at, present and absent are for json and xml"
	case classify.PrefixIs, classify.BodyContains:
		if !by.inForm || by.syntax == classify.Text {
			break
		}
		switch {
		case key.kind == classify.PrefixIs:
			hint = "prefix is for text and for a header"
		case by.syntax == classify.Header:
			hint = "contains is for a plain text, and with at for a place in JSON or XML"
		default:
			hint = "at: the place of the text"
		}
	}
	switch {
	case by.failure && key.kind < classify.OperationIs:
		a.Errorf(key.Key, "bad-form", "%s looks at a reply, and here there is none", key.name).Hint = "a failure to get a reply has only an operation"
	case hint != "":
		a.Errorf(key.Key, "bad-form", "the test %s does not fit the %s form", key.name, by.syntax).Hint = hint
	default:
		return true
	}
	return false
}

// resolveTest resolves a test whose keys fit each other.
func (a *apiChecker) resolveTest(v *format.Test, key testKey, by asker) (test classify.Test, ok bool) {
	test = classify.Test{Kind: key.kind, Values: values(&v.Equals)}
	switch key.kind {
	case classify.Equals:
		test.At = a.place(by.syntax, &v.At)
		return test, len(test.Values) > 0
	case classify.Contains:
		test.At, test.Text = a.place(by.syntax, &v.At), v.Contains.Value
		return test, v.Contains.Good()
	case classify.BodyContains:
		test.Text = v.Contains.Value
	case classify.Present:
		test.At = a.place(by.syntax, &v.Present)
	case classify.Absent:
		test.At = a.place(by.syntax, &v.Absent)
	case classify.HeaderPresent, classify.HeaderEquals, classify.HeaderPrefix:
		test.Header = a.headerName(v.Header.Text, v.Header.Place)
		test.Prefix = a.starts(&v.Prefix, by)
		return test, key.kind == classify.HeaderPresent || len(test.Values)+len(test.Prefix) > 0
	case classify.PrefixIs:
		test.Prefix = a.starts(&v.Prefix, by)
	case classify.StatusIs:
		test.Status = a.testStatuses(&v.Status, by)
	case classify.OperationIs:
		for _, item := range v.Operation.Value {
			if a.isOperation(item.Value, item.Place) {
				test.Operations = append(test.Operations, classify.Operation(item.Value))
			}
		}
		return test, len(test.Operations) > 0
	default:
		return a.combined(v, key, by)
	}
	return test, true
}

// combined resolves a test that is made of others.
func (a *apiChecker) combined(v *format.Test, key testKey, by asker) (test classify.Test, ok bool) {
	list := map[classify.TestKind]*format.List[format.Test]{classify.All: &v.All, classify.Any: &v.Any, classify.Not: &v.Not}[key.kind]
	if key.kind == classify.Not {
		by.success = false
		if len(list.Value) > 1 {
			a.Errorf(list.Place, "bad-form", "not has several tests").Hint = "not: {any: […]} or not: {all: […]}"
			return test, false
		}
	}
	test = classify.Test{Kind: key.kind, Tests: a.tests(list, by)}
	return test, len(test.Tests) == len(list.Value) && list.Sound()
}

// starts resolves what a text or a header field may start with.
func (a *apiChecker) starts(list *format.List[string], by asker) []string {
	for i := range list.Value {
		item := &list.Value[i]
		switch {
		case strings.TrimSpace(item.Value) != "":
			a.textStart(item)
		case by.success:
			a.Errorf(item.Place, "text-empty", "an empty prefix makes every text a success").Hint = "write what a success starts with"
		default:
			a.Errorf(item.Place, "text-empty", "an empty prefix is that of every text").Hint = "write what it starts with"
		}
	}
	return values(list)
}

// testStatuses resolves statuses and classes, of which an error is never a success.
func (a *apiChecker) testStatuses(list *format.List[int], by asker) []int {
	for _, item := range list.Value {
		if by.success && item.Text >= "4" {
			a.Errorf(item.Place, "bad-form", "%s is never a success: no 4xx or 5xx is", diag.Quote(item.Text)).Hint = "remove it"
		}
	}
	return values(list)
}

// place resolves where a test looks in a body.
func (a *apiChecker) place(s classify.Syntax, at *format.Field[format.BodyPlace]) classify.Path {
	path, want, hint := at.Value.In(s)
	if path == nil {
		a.Errorf(at.Place, "bad-pointer", "%s is not %s", diag.Quote(at.Text), want).Hint = hint
	}
	return path
}
