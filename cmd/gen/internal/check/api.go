package check

import (
	"cmp"
	"fmt"
	"go/token"
	"net/http"
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// apiChecker resolves one API.
type apiChecker struct {
	*checker
	names   *names
	written *format.Field[format.API]
	made    *model.API

	entries []*entry
	allArgs []arg            // of all entries, each once
	codes   map[string]*code // by key, and by alias; folded where case does not count
	slugs   slugs
	full    bool // no code can be numbered any more; that is reported
}

var packageName = pattern.Of(format.PackagePattern)

// maxPackage is the most characters that a package has: its name is a folder's
// and part of file names.
const maxPackage = 100

// api resolves an API.
func (a *apiChecker) api(name string) *model.API {
	a.apiName(name)
	v := &a.written.Value
	a.made = &model.API{
		Name:      name,
		Python:    naming.Module(name),
		Title:     cmp.Or(v.Title.Value, name),
		Site:      a.spec.Site.Value,
		Summary:   v.Summary.Value,
		Source:    model.Link{Title: v.Source.Value.Title.Value, URL: v.Source.Value.URL.Value},
		Verified:  v.Source.Value.Verified.Value,
		FoldCase:  v.Match.Value.Case.Value == "insensitive",
		Checklist: values(&v.Checklist),
	}
	a.prose()
	for pair := range v.Operations.Value.Good() {
		a.made.Operations = append(a.made.Operations, a.operation(pair))
	}
	readable := a.forms()
	a.made.Delays = a.delays(&v.Delay)
	a.made.Overrides = a.overrides()
	a.replyPlaces()

	a.statusEntries()
	a.codeEntries()
	if v := a.written; !v.Value.Statuses.Has() && !v.Value.Codes.Has() && v.Good() {
		a.Warnf(v.Key, "cut-off", "the API %s has neither statuses nor codes", diag.Quote(name)).Hint = "list them, or remove the API"
	}
	a.otherEntries()
	a.references()
	a.argNamesClash()
	if readable && !a.isTranslated { // or what follows from that would be reported as well
		a.deadEntries()
		a.runExamples()
		a.trials()
	}
	return a.made
}

func (a *apiChecker) apiName(name string) {
	if rule, message, hint := APINameFault(name); rule != "" {
		a.Errorf(a.written.Key, rule, "%s", message).Hint = hint
	}
}

// APINameFault says by which rule a name can't be that of an API; the rule is empty if it can.
func APINameFault(name string) (rule, message, hint string) {
	quoted, longer := diag.Quote(name), "add a word, such as "+name+"api"
	switch {
	case !packageName().MatchString(name), strings.HasSuffix(name, "_test"), strings.HasSuffix(name, "_"):
		return "bad-name", quoted + " can't be a Go package name", "lower-case letters and digits, starting with a letter"
	case len(name) > maxPackage:
		return "text-too-long", fmt.Sprintf("the API name has %d characters; the limit is %d", len(name), maxPackage), ""
	case token.IsKeyword(name), slices.Contains([]string{"main", "internal", "documentation", "classify"}, name):
		return "bad-name", quoted + " already has a meaning in Go and can't be a package name here", longer
	case naming.Foreign(name):
		return "bad-name", quoted + " is a folder that tools keep for themselves, and can't be a package here", longer
	case naming.Reserved(name):
		return "bad-name", quoted + " can't be the name of a folder on every system", longer
	}
	return "", "", ""
}

// prose resolves what is only for people.
func (a *apiChecker) prose() {
	v, made := &a.written.Value, a.made
	for _, link := range v.Links.Value {
		made.Links = append(made.Links, model.Link{Title: link.Value.Title.Value, URL: link.Value.URL.Value})
	}
	for _, trouble := range v.Troubleshooting.Value {
		t := trouble.Value
		made.Troubleshooting = append(made.Troubleshooting, model.Trouble{Issue: t.Issue.Value, Cause: t.Cause.Value, Fix: t.Fix.Value})
	}
	for _, question := range v.FAQ.Value {
		q := question.Value
		made.FAQ = append(made.FAQ, model.Question{Question: q.Question.Value, Answer: q.Answer.Value})
	}
}

func (a *apiChecker) operation(pair *format.Pair[format.Operation]) *model.Operation {
	v := &pair.Value
	op := &model.Operation{
		Name:    pair.Name,
		Title:   cmp.Or(v.Title.Value, naming.Title(pair.Name)),
		Method:  strings.ToUpper(v.Method.Value),
		Path:    v.Path.Value,
		Timeout: v.Timeout.Value, Patience: v.Patience.Value, Look: v.Look.Value,
		Go: "Operation" + naming.Exported(pair.Name, ""),
	}
	op.Repeatable = v.Repeatable.Value || !v.Repeatable.Good() && classify.IsIdempotent(op.Method)
	if by := (owner{what: "operation", name: pair.Name, key: pair.Key}); a.names.claim(op.Go, by) {
		a.names.operationMembers(op, by)
	}
	if strings.ContainsFunc(op.Method, notToken) {
		a.Errorf(v.Method.Place, "bad-value", "%s is not an HTTP method", diag.Quote(v.Method.Text))
	}
	if v.Path.Good() && !strings.HasPrefix(op.Path, "/") {
		a.Errorf(v.Path.Place, "bad-value", "%s is not a path that starts with a slash", diag.Quote(v.Path.Text))
	}
	return op
}

func (a *apiChecker) operationNames() []string {
	var all []string
	for _, op := range a.made.Operations {
		all = append(all, op.Name)
	}
	return all
}

// isOperation reports whether there is an operation of a name, and says so if
// there is none.
func (a *apiChecker) isOperation(name string, at diag.Place) bool {
	known := a.operationNames()
	if slices.Contains(known, name) {
		return true
	}
	if !format.MayHave(&a.written.Value.Operations, name) {
		a.unknown("unknown-operation", at, "operation", name, known)
	}
	return false
}

func (a *apiChecker) statusEntries() {
	for pair := range a.written.Value.Statuses.Value.Good() {
		number, ok := format.ParseStatusKey(pair.Name)
		if !ok {
			hint := "a status such as 429, or a class such as 5xx"
			if lower := strings.ToLower(pair.Name); lower != pair.Name {
				hint = `did you mean "` + lower + `"?`
			}
			if several := format.SeveralStatuses(pair.Name); several != nil {
				hint = "write an entry for each of them: " + strings.Join(several, ", ")
			}
			a.Errorf(pair.Key, "bad-status", "%s is neither an HTTP status nor a class of statuses", diag.Quote(pair.Name)).Hint = hint
			continue
		}
		kind := classify.KindStatus
		if number < 10 {
			kind = classify.KindStatusClass
		}
		e := a.entry(pair.Name, &pair.Field, kind, number >= 500 || number == 5)
		e.made.Number, e.made.Slug = uint16(number), pair.Name
		automatic := "Status" + pair.Name
		if text := http.StatusText(number); text != "" {
			automatic = statusName(text)
		}
		if kind == classify.KindStatusClass {
			a.keep(&a.made.Classes, e)
		} else {
			e.made.Statuses = []int{number}
			a.keep(&a.made.Statuses, e)
		}
		a.goName(e.made, automatic, owner{"status", pair.Name, pair.Key, &pair.Value.Go})
	}
}

// goName settles an entry's names. Go's is the author's, or else the automatic one.
func (a *apiChecker) goName(e *model.Entry, automatic string, by owner) {
	e.Go = automatic
	if by.given.Good() {
		e.Go = by.given.Text
		if !token.IsIdentifier(e.Go) || !token.IsExported(e.Go) {
			a.Errorf(by.given.Place, "bad-name", "%s is not an exported Go name", diag.Quote(e.Go)).
				Hint = "letters, digits and _, starting with an upper-case letter"
			return
		}
	} else {
		by.given = nil
	}
	if a.names.claim(e.Go, by) {
		a.names.entryMembers(e, automatic, by)
	}
}

// otherEntries resolves what is not a status and not a code.
func (a *apiChecker) otherEntries() {
	v := &a.written.Value
	for _, pair := range v.Transport.Value.Entries() {
		e := a.entry(pair.Name, &pair.Field, classify.KindTransport, false)
		a.failureEffect(e)
		a.keep(&a.made.Transport, e)
	}
	a.made.Unknown = a.rest("unknown", &v.Unknown, classify.KindUnknown)
	a.made.Unrecognised = a.rest("unrecognised", &v.Unrecognised, classify.KindUnrecognised)
}

// failureEffect settles whether a request that got no reply may have taken effect.
// What was sent may have been carried out, whatever the entry says.
func (a *apiChecker) failureEffect(e *entry) {
	effect, said := classify.Failure(e.made.Code).Effect(), &e.Value.Processed
	if effect == classify.EffectMaybe && said.Value == "no" {
		a.Warnf(said.Place, "useless-key", "key %s has no use here: a request that was sent may have been carried out", diag.Quote("processed")).Hint = "remove it"
	}
	e.made.Effect = max(effect, e.made.Effect)
	for i := range e.made.Variants {
		e.made.Variants[i].Effect = max(effect, e.made.Variants[i].Effect)
	}
}

func (a *apiChecker) rest(key string, at *format.Field[format.Entry], kind classify.Kind) *model.Entry {
	if !at.Good() {
		return nil
	}
	e := a.entry(key, at, kind, false)
	a.entries = append(a.entries, e)
	return e.made
}

// keep adds an entry to those of its kind.
func (a *apiChecker) keep(to *[]*model.Entry, e *entry) {
	a.entries = append(a.entries, e)
	*to = append(*to, e.made)
}
