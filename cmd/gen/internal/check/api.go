package check

import (
	"go/token"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// apiChecker resolves one API.
type apiChecker struct {
	*checker
	catalog *model.Catalog
	names   *names
	root    *syntax.Node // of the file
	node    *syntax.Node // of the API
	made    *model.API

	codes   map[string]*codeEntry // by key, and by alias; folded where case does not count
	written map[*model.Entry]syntax.Pair
	slugs   slugs
	full    bool // no code can be numbered any more; that is reported
}

// codeEntry is a code with its place in the file.
type codeEntry struct {
	key   *syntax.Node
	entry *model.Entry
}

var packageName = regexp.MustCompile(format.PackagePattern)

// maxPackage is the most characters that a package has: its name is a folder's
// and part of file names.
const maxPackage = 100

// api resolves an API.
func (a *apiChecker) api(key *syntax.Node) *model.API {
	n := a.node
	a.apiName(key)
	a.made = &model.API{
		Name:     key.Text,
		Python:   naming.Module(key.Text),
		Title:    a.stringOr(n, "title", key.Text),
		Summary:  a.string(n, "summary"),
		FoldCase: a.string(a.get(n, "match"), "case") == "insensitive",
	}
	a.prose()
	for _, pair := range a.pairs(n, "operations") {
		a.made.Operations = append(a.made.Operations, a.operation(pair))
	}
	readable := a.forms()
	a.delays()

	a.statusEntries()
	a.codeEntries()
	a.otherEntries()
	a.references()
	if readable { // or what follows from that would be reported as well
		a.deadEntries()
		a.runExamples()
	}
	return a.made
}

func (a *apiChecker) apiName(key *syntax.Node) {
	name := key.Text
	switch {
	case !packageName.MatchString(name), strings.HasSuffix(name, "_test"), strings.HasSuffix(name, "_"):
		p := a.errorf(key.Place, "bad-name", "%s can't be a Go package name", diag.Quote(name))
		p.Hint = "lower-case letters and digits, starting with a letter"
	case len(name) > maxPackage:
		a.errorf(key.Place, "text-too-long", "the API name has %d characters; %d is the most", len(name), maxPackage)
	case token.IsKeyword(name), slices.Contains([]string{"main", "internal", "vendor", "testdata", "classify"}, name):
		a.errorf(key.Place, "bad-name", "%s has a meaning of its own in Go and can't be a package name here", diag.Quote(name)).
			Hint = "add a word, such as " + name + "api"
	case naming.Reserved(name):
		a.errorf(key.Place, "bad-name", "%s can't be the name of a folder on every system", diag.Quote(name)).
			Hint = "add a word, such as " + name + "api"
	}
}

// prose resolves what is only for people.
func (a *apiChecker) prose() {
	n, made := a.node, a.made
	source := a.get(n, "source")
	made.Source = model.Link{Title: a.string(source, "title"), URL: a.string(source, "url")}
	made.Verified = a.string(source, "verified")
	for _, item := range a.items(n, "links") {
		made.Links = append(made.Links, model.Link{Title: a.string(item, "title"), URL: a.string(item, "url")})
	}
	made.Checklist = a.strings(n, "checklist")
	for _, item := range a.items(n, "troubleshooting") {
		made.Troubleshooting = append(made.Troubleshooting, model.Trouble{
			Issue: a.string(item, "issue"), Cause: a.string(item, "cause"), Fix: a.string(item, "fix"),
		})
	}
	for _, item := range a.items(n, "faq") {
		made.FAQ = append(made.FAQ, model.Question{Question: a.string(item, "question"), Answer: a.string(item, "answer")})
	}
}

func (a *apiChecker) operation(pair syntax.Pair) *model.Operation {
	op := &model.Operation{
		Name:       pair.Key.Text,
		Title:      a.stringOr(pair.Value, "title", naming.Title(pair.Key.Text)),
		Method:     strings.ToUpper(a.string(pair.Value, "method")),
		Path:       a.string(pair.Value, "path"),
		Repeatable: a.stringOr(pair.Value, "repeatable", strconv.FormatBool(classify.IsIdempotent(strings.ToUpper(a.string(pair.Value, "method"))))) == "true",
		Timeout:    a.duration(pair.Value, "timeout"),
		Go:         "Operation" + naming.Exported(pair.Key.Text, ""),
	}
	if by := (owner{what: "operation", key: pair.Key}); a.names.claim(op.Go, by) {
		a.names.operationMembers(op, by)
	}
	if at := a.get(pair.Value, "method"); at != nil && strings.ContainsFunc(op.Method, func(r rune) bool { return !isToken(r) }) {
		a.errorf(at.Place, "bad-value", "%s is not an HTTP method", diag.Quote(at.Text))
	}
	if at := a.get(pair.Value, "path"); at != nil && !strings.HasPrefix(op.Path, "/") {
		a.errorf(at.Place, "bad-value", "%s is not a path that starts with a slash", diag.Quote(at.Text))
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

// operationRef returns an operation's name, or reports that there is none.
func (a *apiChecker) operationRef(n *syntax.Node) (string, bool) {
	known := a.operationNames()
	if slices.Contains(known, n.Text) {
		return n.Text, true
	}
	if !a.mayHave(a.node, "operations", n.Text) {
		a.unknown("unknown-operation", n, "operation", known)
	}
	return "", false
}

func (a *apiChecker) statusEntries() {
	for _, pair := range a.pairs(a.node, "statuses") {
		number, ok := parseStatusKey(pair.Key.Text)
		if !ok {
			hint := "a status such as 429, or a class such as 5xx"
			if lower := strings.ToLower(pair.Key.Text); lower != pair.Key.Text {
				hint = `did you mean "` + lower + `"?`
			}
			a.errorf(pair.Key.Place, "bad-status", "%s is neither an HTTP status nor a class of statuses", diag.Quote(pair.Key.Text)).Hint = hint
			continue
		}
		kind := classify.KindStatus
		if number < 10 {
			kind = classify.KindStatusClass
		}
		e := a.entry(pair, kind)
		e.Number, e.Slug = uint16(number), pair.Key.Text
		automatic := "Status" + pair.Key.Text
		if text := http.StatusText(number); text != "" {
			automatic = statusName(text)
		}
		if kind == classify.KindStatusClass {
			a.made.Classes = append(a.made.Classes, e)
		} else {
			e.Statuses = []int{number}
			a.made.Statuses = append(a.made.Statuses, e)
		}
		e.Effect = a.effect(pair.Value, number >= 500 || number == 5)
		a.goName(e, pair, automatic, "status")
	}
}

// goName settles an entry's names. Go's is the author's, or else the automatic one.
func (a *apiChecker) goName(e *model.Entry, pair syntax.Pair, automatic, what string) {
	e.Go = automatic
	given := a.get(pair.Value, "go")
	if given != nil {
		e.Go = given.Text
		if !token.IsIdentifier(e.Go) || !token.IsExported(e.Go) {
			a.errorf(given.Place, "bad-name", "%s is not an exported Go name", diag.Quote(given.Text)).
				Hint = "letters, digits and _, starting with an upper-case letter"
			return
		}
	}
	if by := (owner{what, pair.Key, given}); a.names.claim(e.Go, by) {
		a.names.entryMembers(e, automatic, by)
	}
}

// otherEntries resolves what is not a status and not a code.
func (a *apiChecker) otherEntries() {
	for _, pair := range a.pairs(a.node, "transport") {
		e := a.entry(pair, classify.KindTransport)
		e.Effect = a.failureEffect(pair)
		a.made.Transport = append(a.made.Transport, e)
	}
	for _, pair := range a.node.Pairs {
		switch pair.Key.Text {
		case "unknown":
			a.made.Unknown = a.rest(pair, classify.KindUnknown)
		case "unrecognised":
			a.made.Unrecognised = a.rest(pair, classify.KindUnrecognised)
		}
	}
}

func (a *apiChecker) rest(pair syntax.Pair, kind classify.Kind) *model.Entry {
	if a.bad[pair.Value] {
		return nil
	}
	e := a.entry(pair, kind)
	e.Effect = a.effect(pair.Value, false)
	return e
}

// failureEffect returns whether a request that got no reply may have taken effect.
// What was sent may have been carried out, whatever the entry says.
func (a *apiChecker) failureEffect(pair syntax.Pair) classify.Effect {
	failure := classify.Failure(pair.Key.Text)
	said := a.get(pair.Value, "processed")
	if failure.Effect() == classify.EffectMaybe && said != nil && said.Text == "no" {
		a.warnf(said.Place, "useless-key", "key %s has no use here: a request that was sent may have been carried out", diag.Quote("processed")).Hint = "remove it"
	}
	return max(failure.Effect(), a.effect(pair.Value, false))
}

// effect returns whether the request may have taken effect, as the entry says.
func (a *apiChecker) effect(n *syntax.Node, otherwise bool) classify.Effect {
	if said := a.string(n, "processed"); said == "maybe" || said == "" && otherwise {
		return classify.EffectMaybe
	}
	return classify.EffectNone
}
