package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
)

// maxCodes is how many codes, prefixes and aliases an API has at most: they are
// numbered in 16 bits.
const maxCodes = 1<<16 - 2

// code is a text that stands for an entry, with its place in the file.
type code struct {
	text  string
	place diag.Place
	entry *entry
}

func (a *apiChecker) codeEntries() {
	n := 0
	for pair := range a.written.Value.Codes.Value.Good() {
		if n++; n > maxCodes {
			a.tooMany(pair.Key)
			break
		}
		kind, list, automatic := classify.KindCode, &a.made.Codes, codeName(pair.Name)
		if prefix, ok := strings.CutSuffix(pair.Name, "*"); ok {
			kind, list, automatic = classify.KindPrefix, &a.made.Prefixes, codeName(prefix)+"Prefix"
		}
		statuses := values(&pair.Value.Status)
		e := a.entry(pair.Name, &pair.Field, kind, len(statuses) > 0 && slices.Min(statuses) >= 500)
		if !a.list(e) {
			continue
		}
		e.made.Slug, e.made.Statuses = a.slugs.take(pair.Name), statuses
		a.goName(e.made, automatic, owner{"code", pair.Name, pair.Key, &pair.Value.Go})
		a.keep(list, e)
	}
	for _, e := range a.entries {
		for i := range e.Value.Aliases.Value {
			if isCode(e.made) {
				a.alias(e, &e.Value.Aliases.Value[i].Mark)
			}
		}
	}
	for i, e := range slices.Concat(a.made.Codes, a.made.Prefixes) {
		e.Number = uint16(i + 1)
	}
}

// tooMany reports a code or an alias that has no number left, and only the first.
func (a *apiChecker) tooMany(at diag.Place) {
	if !a.full {
		a.Errorf(at, "too-many-codes", "the API has more than %d codes and aliases", maxCodes)
	}
	a.full = true
}

// isPrefix reports whether a key of codes stands for all codes with a prefix.
func isPrefix(key string) bool { return strings.HasSuffix(key, "*") }

// fold returns a code's text in the form that is compared.
func (a *apiChecker) fold(code string) string {
	if a.made.FoldCase {
		return packed.Fold(code)
	}
	return code
}

// list adds a code to those of the API, unless another differs in nothing but
// the case that does not count.
func (a *apiChecker) list(e *entry) bool {
	text := e.made.Code
	folded := a.fold(text)
	if twin := a.codes[folded]; twin != nil {
		p := a.Errorf(e.Key, "case-twins", "code %s matches in any case, and so is the same as %s", diag.Quote(text), diag.Quote(twin.text))
		p.Hint = "keep one; the other may be one of its aliases"
		p.Relate(twin.place, "the other one")
		return false
	}
	a.codes[folded] = &code{text, e.Key, e}
	return true
}

// alias adds another spelling of a code.
func (a *apiChecker) alias(e *entry, at *format.Mark) {
	text, made := at.Text, e.made
	if isPrefix(made.Code) || isPrefix(text) {
		a.Errorf(at.Place, "bad-value", "a prefix can't have aliases or be one").Hint = "list it as a separate code"
		return
	}
	folded := a.fold(text)
	other := a.codes[folded]
	switch {
	case other == nil && len(a.codes) >= maxCodes:
		a.tooMany(at.Place)
	case other == nil:
		a.codes[folded] = &code{text, at.Place, e}
		made.Aliases = append(made.Aliases, text)
		made.AliasSlugs = append(made.AliasSlugs, a.slugs.take(text))
	case other.entry != e && other.entry.Value.Retired.Written():
		a.Errorf(at.Place, "retired-reused", "alias %s is a retired code, which is never reused", diag.Quote(text)).
			Relate(other.place, "retired here")
	case other.entry == e && other.text != text:
		a.Warnf(at.Place, "case-twins", "alias %s adds nothing: codes match in any case", diag.Quote(text)).Hint = "remove it"
	default:
		a.Errorf(at.Place, "duplicate-code", "alias %s is listed already", diag.Quote(text)).Relate(other.place, "first here")
	}
}
