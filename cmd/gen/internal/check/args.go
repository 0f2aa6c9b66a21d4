package check

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/serve"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

var (
	argName = pattern.Of(format.ArgPattern)
	// argMark is what is meant as an argument's placeholder, where there is no such argument.
	argMark = pattern.Of(`^\{\{ ?[a-z][a-z0-9]*(_[a-z0-9]+)* ?\}\}$`)
)

// arg is an argument, where the API first has it.
type arg struct {
	model.Arg
	place diag.Place
}

// args resolves the values that the texts of an entry have in each reply.
func (a *apiChecker) args(e *entry) {
	v := &e.Value.Args
	e.used = make(map[string]bool)
	if !isCode(e.made) {
		a.uselessKey("args", &v.Mark, "only codes get a function from gen generate --server")
	}
	for pair := range v.Value.Good() {
		if !argName().MatchString(pair.Name) {
			a.Errorf(pair.Key, "bad-argument", "%s is not the name of an argument", diag.Quote(pair.Name)).Hint = "lower-case words joined by underscores, such as max_size"
			continue
		}
		if slices.Contains(placeholders, pair.Name) {
			a.Errorf(pair.Key, "bad-argument", "{{%s}} already has a meaning in replies", pair.Name).Hint = "choose another name"
			continue
		}
		made := model.Arg{Name: pair.Name, Go: naming.Exported(pair.Name, ""), Type: pair.Value.Type.Value}
		if at := &pair.Value.Example; at.Good() && made.Type != "" {
			shown, hint := exampleOf(made.Type, at.Value)
			if shown == "" {
				a.Errorf(at.Place, "bad-argument", "%s is not an example of the type %s", diag.Quote(at.Text), made.Type).Hint = hint
			}
			made.Example = shown
		}
		e.made.Args = append(e.made.Args, made)
		a.sameArg(made, pair)
	}
}

// sameArg reports an argument that another entry of the API has with another type: each is
// one Go type.
func (a *apiChecker) sameArg(made model.Arg, pair *format.Pair[format.Arg]) {
	i := slices.IndexFunc(a.allArgs, func(other arg) bool { return other.Name == made.Name })
	if i < 0 {
		a.allArgs = append(a.allArgs, arg{made, pair.Key})
		return
	}
	if first := a.allArgs[i]; made.Type != "" && first.Type != "" && first.Type != made.Type {
		a.Errorf(pair.Value.Type.Place, "bad-argument", "the argument %s is of the type %s here and of %s elsewhere in the API", diag.Quote(made.Name), made.Type, first.Type).
			Relate(first.place, "the other one")
	}
}

// exampleOf returns an example as messages show such a value, or nothing and how to write one.
func exampleOf(kind, text string) (shown, hint string) {
	switch kind {
	case "bytes":
		if n, ok := parseBytes(text); ok {
			return serve.Bytes(n), ""
		}
		return "", "a number of bytes such as 500B, 2MB or 2MiB"
	case "int":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return serve.Int(n), ""
		}
		return "", "a whole number such as 42"
	case "duration":
		if d, err := time.ParseDuration(text); err == nil {
			return serve.Duration(d), ""
		}
		return "", "a duration such as 5s, 500ms or 2m"
	case "time":
		if t, err := time.Parse(time.RFC3339, text); err == nil {
			return serve.Time(t), ""
		}
		return "", "a point in time such as 2026-01-31T17:00:00Z"
	}
	return text, ""
}

// parseBytes reads a number of bytes with its unit.
func parseBytes(text string) (int64, bool) {
	number := strings.TrimRight(text, "kKMGTiB")
	unit := map[string]int64{
		"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
	}[text[len(number):]]
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	return n * unit, err == nil && unit > 0 && n*unit/unit == n
}

// filled returns a meaning or a message with the marks of its entry's arguments in place of
// their placeholders.
func (a *apiChecker) filled(e *entry, at *format.Field[string]) string { return a.fill(e, at, false) }

// filledFix does the same with a fix, which may hold braces of other languages.
func (a *apiChecker) filledFix(e *entry, at *format.Field[string]) string { return a.fill(e, at, true) }

func (a *apiChecker) fill(e *entry, at *format.Field[string], isFix bool) string {
	text := at.Value
	if !strings.Contains(text, "{{") && !(e.Value.Args.Has() && strings.Contains(text, "}}")) {
		return text // as nearly all are
	}
	var out strings.Builder
	rest := 0
	for _, span := range placeholdersIn(text) {
		mark := text[span[0]:span[1]]
		name := strings.TrimSpace(strings.Trim(mark, "{}"))
		report := a.Errorf
		switch value, ok := e.mark(name); {
		case ok:
			out.WriteString(text[rest:span[0]] + value)
			rest = span[1]
			continue
		case format.MayHave(&e.Value.Args, name):
			continue // that is reported
		case !e.Value.Args.Has() && (isFix || !argMark().MatchString(mark)):
			continue // such braces are part of commands and templates
		case !e.Value.Args.Has():
			report = a.Warnf
		}
		hint := "args: {" + cmp.Or(name, "limit") + ": {type: …, example: …}}"
		if known := e.argNames(); len(known) > 0 {
			hint = "here are " + strings.Join(marks(known), ", ")
			if guess, ok := diag.Closest(name, known); ok {
				hint = diag.Meant("{{" + guess + "}}")
			}
		}
		report(a.placeOf(at.Place, mark, strings.Count(text[:span[0]], mark)), "unknown-placeholder", "%s is not an argument of the entry", diag.Quote(mark)).Hint = hint
	}
	return out.String() + text[rest:]
}

// hasArgMark reports whether a text has what may be the placeholder of an argument.
func hasArgMark(text string) bool {
	return strings.Contains(text, "{{") && slices.ContainsFunc(placeholdersIn(text), func(span [2]int) bool { return argMark().MatchString(text[span[0]:span[1]]) })
}

// mark returns what stands for an argument in the texts of an entry, if it has one of the
// name.
func (e *entry) mark(name string) (string, bool) {
	for _, one := range e.made.Args {
		if one.Name == name {
			e.used[name] = true
			return one.Mark(), true
		}
	}
	return "", false
}

func (e *entry) argNames() []string {
	var names []string
	for _, one := range e.made.Args {
		names = append(names, one.Name)
	}
	return names
}

// unusedArgs reports arguments that no text of their entry has.
func (a *apiChecker) unusedArgs(e *entry) {
	for pair := range e.Value.Args.Value.Good() {
		if slices.Contains(e.argNames(), pair.Name) && !e.used[pair.Name] && isCode(e.made) {
			a.Warnf(pair.Key, "unused-argument", "no text of %s has {{%s}}", diag.Quote(e.made.Code), pair.Name).Hint = "use it in message, meaning, fix or reply, or remove it"
		}
	}
}

// argNamesClash reports arguments whose Go types would have a name that the package of the
// server has already.
func (a *apiChecker) argNamesClash() {
	if len(a.allArgs) == 0 {
		return
	}
	type other struct {
		what  string
		place diag.Place
	}
	taken := make(map[string]other)
	for _, e := range a.entries {
		if kind := e.made.Kind; kind == classify.KindCode || kind == classify.KindPrefix {
			taken[e.made.Go] = other{"code " + diag.Quote(e.made.Code), e.Key}
		}
	}
	for _, one := range a.allArgs {
		earlier, clashes := taken[one.Go]
		switch {
		case slices.Contains(model.ServerNames, one.Go):
			a.Errorf(one.place, "go-name-clash", "the argument %s becomes the Go name %s, which every package of a server declares itself", diag.Quote(one.Name), one.Go).Hint = "choose another name"
		case clashes:
			p := a.Errorf(one.place, "go-name-clash", "the argument %s becomes the Go name %s, which is also that of %s", diag.Quote(one.Name), one.Go, earlier.what)
			p.Hint = "choose another name"
			p.Relate(earlier.place, "the other one")
		default:
			taken[one.Go] = other{"the argument " + diag.Quote(one.Name), one.place}
		}
	}
}
