package check

import (
	"slices"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// maxCodes is how many codes, prefixes and aliases an API has at most: they are
// numbered in 16 bits.
const maxCodes = 1<<16 - 2

func (a *apiChecker) codeEntries() {
	pairs := a.pairs(a.node, "codes")
	if len(pairs) > maxCodes {
		a.tooMany(pairs[maxCodes].Key.Place)
		pairs = pairs[:maxCodes]
	}
	for _, pair := range pairs {
		kind := classify.KindCode
		automatic := codeName(pair.Key.Text)
		if isPrefix(pair.Key.Text) {
			kind = classify.KindPrefix
			automatic = codeName(strings.TrimSuffix(pair.Key.Text, "*"))
			automatic += "Prefix"
		}
		e := a.entry(pair, kind)
		if !a.list(pair, e) {
			continue
		}
		e.Slug = a.slugs.take(e.Code)
		for _, item := range a.items(pair.Value, "status") {
			status, _ := parseStatus(item.Text)
			e.Statuses = append(e.Statuses, status)
		}
		e.Effect = a.effect(pair.Value, len(e.Statuses) > 0 && slices.Min(e.Statuses) >= 500)
		a.goName(e, pair, automatic, "code")
		if kind == classify.KindPrefix {
			a.made.Prefixes = append(a.made.Prefixes, e)
		} else {
			a.made.Codes = append(a.made.Codes, e)
		}
	}
	a.aliases()
	for i, e := range slices.Concat(a.made.Codes, a.made.Prefixes) {
		e.Number = uint16(i + 1)
	}
}

// tooMany reports a code or an alias that has no number left, and only the first.
func (a *apiChecker) tooMany(at diag.Place) {
	if !a.full {
		a.errorf(at, "too-many-codes", "the API has more than %d codes and aliases", maxCodes)
	}
	a.full = true
}

// isPrefix reports whether a key of codes stands for all codes with a prefix.
func isPrefix(key string) bool { return strings.HasSuffix(key, "*") }

// fold returns a code's text as it is compared.
func (a *apiChecker) fold(code string) string {
	if a.made.FoldCase {
		return classify.Fold(code)
	}
	return code
}

// list adds a code to those of the API, unless another differs in nothing but
// the case that does not count.
func (a *apiChecker) list(pair syntax.Pair, e *model.Entry) bool {
	folded := a.fold(pair.Key.Text)
	if twin := a.codes[folded]; twin != nil {
		p := a.errorf(pair.Key.Place, "case-twins", "code %s matches in any case, and so is the same as %s",
			diag.Quote(pair.Key.Text), diag.Quote(twin.key.Text))
		p.Hint = "keep one; the other may be one of its aliases"
		relate(p, twin.key.Place, "the other one")
		return false
	}
	a.codes[folded] = &codeEntry{pair.Key, e}
	return true
}

// aliases adds the codes' other spellings.
func (a *apiChecker) aliases() {
	for _, pair := range a.pairs(a.node, "codes") {
		code := a.codes[a.fold(pair.Key.Text)]
		if code == nil || code.key != pair.Key {
			continue
		}
		for _, item := range a.items(pair.Value, "aliases") {
			a.alias(code, item)
		}
	}
}

func (a *apiChecker) alias(code *codeEntry, item *syntax.Node) {
	e := code.entry
	if isPrefix(e.Code) || isPrefix(item.Text) {
		a.errorf(item.Place, "bad-value", "a prefix neither has aliases nor is one").Hint = "list it as a code of its own"
		return
	}
	other := a.codes[a.fold(item.Text)]
	switch {
	case other == nil && len(a.codes) >= maxCodes:
		a.tooMany(item.Place)
	case other == nil:
		a.codes[a.fold(item.Text)] = &codeEntry{item, e}
		e.Aliases = append(e.Aliases, item.Text)
		e.AliasSlugs = append(e.AliasSlugs, a.slugs.take(item.Text))
	case other.entry != e && a.written[other.entry].Value.Get("retired") != nil:
		p := a.errorf(item.Place, "retired-reused", "alias %s is a retired code, which is never used anew", diag.Quote(item.Text))
		relate(p, other.key.Place, "retired here")
	case other.entry == e && other.key.Text != item.Text:
		a.warnf(item.Place, "case-twins", "alias %s adds nothing: codes match in any case", diag.Quote(item.Text)).Hint = "remove it"
	default:
		p := a.errorf(item.Place, "duplicate-code", "alias %s is listed already", diag.Quote(item.Text))
		relate(p, other.key.Place, "first here")
	}
}
