package format

import (
	"encoding"
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// scalar reads a single value.
func (d *decoder) scalar(n *syntax.Node, s *Scalar, to reflect.Value) State {
	switch {
	case s.Kind == Text && d.isOverlay && strings.TrimSpace(n.Text) == "":
		return Absent
	case s.Kind == Text && strings.TrimSpace(n.Text) == "":
		d.Errorf(n.Place, "text-empty", "an empty %s", s.Name).Hint = "write one, or remove the key"
		return Bad
	case s.isText() && utf8.RuneCountInString(n.Text) > s.Max:
		d.Errorf(n.Place, "text-too-long", "the %s has %d characters; the limit is %d", s.Name, utf8.RuneCountInString(n.Text), s.Max)
		return Bad
	}
	value, ok := s.parse(n)
	if !ok {
		rule, hint, want := s.misfit(n)
		if slip := slipHint(n); slip != "" {
			hint = strings.TrimSuffix(slip, "; ")
			if _, ok := s.parse(&syntax.Node{Text: bare(n)}); ok {
				hint = slip + diag.Meant(bare(n))
			}
		}
		d.Errorf(n.Place, rule, "%s is not %s", diag.Quote(n.Text), want).Hint = hint
		return Bad
	}
	d.quotes(n)
	if named, ok := to.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := named.UnmarshalText([]byte(n.Text)); err != nil {
			panic("internal error: the format takes a word that the runtime does not: " + n.Text)
		}
		return Good
	}
	to.Set(reflect.ValueOf(value))
	return Good
}

func (s *Scalar) isText() bool {
	return s.Kind == Text || s.Kind == Raw || s.Kind == URL || s.Kind == Folder
}

// parse returns a value as the Go type of its kind.
func (s *Scalar) parse(n *syntax.Node) (value any, ok bool) {
	switch text := n.Text; s.Kind {
	case Text:
		return strings.TrimSpace(text), true
	case Raw, Name:
		return text, true
	case Any:
		return parseAny(n)
	case Bool:
		return text == "true", n.Type == syntax.Boolean && isJSONBool(text)
	case Enum:
		return text, slices.Contains(s.Values, text)
	case Int:
		v, ok := parseWhole(text)
		return v, ok && v >= s.Min && v <= s.Max
	case Count:
		v, ok := parseCount(text)
		return v, ok && v <= s.Max
	case Factor:
		return parseFactor(text)
	case Duration:
		return parseDuration(text)
	case Jitter:
		return parseJitter(text)
	case Size:
		size, ok := ParseSize(text)
		return size, ok && size >= int64(s.Min) && size <= int64(s.Max)
	case Pointer:
		return parsePointer(text)
	case ElementAt:
		return parseElements(text)
	case Place:
		return BodyPlace(text), strings.HasPrefix(text, "/")
	case Status:
		return parseStatus(text)
	case StatusKey:
		return ParseStatusKey(text)
	case Date:
		_, err := time.Parse(time.DateOnly, text)
		return text, err == nil
	case URL:
		return strings.TrimSpace(text), isAddress(text)
	case Language:
		return ParseLanguage(text)
	case Folder:
		return strings.TrimSuffix(strings.TrimSpace(text), "/") + "/", isFolder(text)
	}
	panic("internal error: no reading of scalar " + s.Name)
}

// misfit returns the rule that a value breaks, a hint, and what it has to be.
func (s *Scalar) misfit(n *syntax.Node) (rule, hint, want string) {
	switch {
	case s.Kind == Enum:
		return "bad-value", diag.DidYouMean(n.Text, s.Values), s.expected()
	case s.Kind == Any && n.Type == syntax.Boolean:
		return "bad-value", boolHint(n.Text), "true or false"
	case s.Kind == Any:
		return "bad-number", "quote it if it is a text", "a number as JSON writes it"
	}
	if guess := hints[s.Kind]; guess != nil {
		hint = guess(n.Text)
	}
	return brokenRules[s.Kind], hint, s.expected()
}

// brokenRules are the rules that values of each kind break.
var brokenRules = map[Kind]string{
	Bool: "wrong-kind", Int: "bad-number", Count: "bad-number", Factor: "bad-number", Duration: "bad-duration", Jitter: "bad-duration", Size: "bad-number",
	Pointer: "bad-pointer", Place: "bad-pointer", ElementAt: "bad-pointer", Status: "bad-status", StatusKey: "bad-status",
	Date: "bad-date", URL: "bad-address", Folder: "bad-address", Language: "bad-language",
}

// hints guess what was meant.
var hints = map[Kind]func(string) string{
	Bool: boolHint, Duration: durationHint, Jitter: durationHint, Size: sizeHint, Pointer: pointerHint, Place: pointerHint, ElementAt: elementsHint, Language: languageHint,
	Status: statusHint, StatusKey: statusHint,
}

// expected says in words what a value has to be.
func (s *Scalar) expected() string {
	if s.Kind == Enum {
		return "one of " + diag.OneOf(s.Values)
	}
	return s.Expect
}

// parseAny reads a value with the type that it has in JSON.
func parseAny(n *syntax.Node) (classify.Scalar, bool) {
	switch n.Type {
	case syntax.Integer, syntax.Float:
		return classify.Scalar{Type: classify.Number, Text: n.Text}, json.Valid([]byte(n.Text))
	case syntax.Boolean:
		return classify.Scalar{Type: classify.Bool, Text: n.Text}, isJSONBool(n.Text)
	}
	return classify.Scalar{Type: classify.String, Text: n.Text}, true
}

func isJSONBool(text string) bool { return text == "true" || text == "false" }

func boolHint(text string) string {
	switch strings.ToLower(text) {
	case "yes", "on", "y", "true":
		return "did you mean true?"
	case "no", "off", "n", "false":
		return "did you mean false?"
	}
	return ""
}

func parseDuration(text string) (time.Duration, bool) {
	d, err := time.ParseDuration(text)
	return d, err == nil && d >= 0 && text[0] != '+' && text[0] != '-'
}

// ParseSize reads a number of bytes with a binary unit.
func ParseSize(text string) (int64, bool) {
	for unit, bytes := range map[string]int64{"KiB": 1 << 10, "MiB": 1 << 20} {
		if number, ok := strings.CutSuffix(text, unit); ok {
			n, err := strconv.ParseUint(number, 10, 31)
			return int64(n) * bytes, err == nil
		}
	}
	return 0, false
}

// sizeHint guesses what was meant by something that is not a size.
func sizeHint(text string) string {
	squeezed := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	for _, unit := range []struct{ word, short string }{{"kib", "KiB"}, {"kb", "KiB"}, {"k", "KiB"}, {"mib", "MiB"}, {"mb", "MiB"}, {"m", "MiB"}} {
		if number, ok := strings.CutSuffix(squeezed, unit.word); ok {
			if _, ok := ParseSize(number + unit.short); ok && number+unit.short != text {
				return diag.Meant(number + unit.short)
			}
		}
	}
	return ""
}

// durationHint guesses what was meant by something that is not a duration.
func durationHint(text string) string {
	squeezed := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	if _, ok := parseDuration(squeezed + "s"); ok {
		return diag.Meant(squeezed + "s")
	}
	if _, ok := parseDuration(squeezed); ok {
		return diag.Meant(squeezed)
	}
	for _, unit := range []struct{ word, short string }{
		{"seconds", "s"}, {"second", "s"}, {"secs", "s"}, {"sec", "s"}, {"minutes", "m"}, {"minute", "m"},
		{"mins", "m"}, {"min", "m"}, {"hours", "h"}, {"hour", "h"}, {"milliseconds", "ms"},
	} {
		if number, ok := strings.CutSuffix(squeezed, unit.word); ok {
			if _, ok := parseDuration(number + unit.short); ok {
				return diag.Meant(number + unit.short)
			}
		}
	}
	return ""
}

func parseJitter(text string) (classify.Jitter, bool) {
	if text == "full" {
		return classify.Jitter{Full: true}, true
	}
	if number, ok := strings.CutSuffix(text, "%"); ok {
		percent, ok := parseDecimal(number)
		return classify.Jitter{Spread: percent / 100}, ok && percent <= 100
	}
	d, ok := parseDuration(text)
	return classify.Jitter{Add: d}, ok
}

// parseDecimal reads a number of digits with at most one point.
func parseDecimal(text string) (float64, bool) {
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil && strings.Trim(text, "0123456789.") == ""
}

// parseCount reads a number of retries.
func parseCount(text string) (int, bool) {
	if text == "unlimited" {
		return classify.Unlimited, true
	}
	return parseWhole(text)
}

// parseWhole reads a number of digits.
func parseWhole(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && text[0] >= '0' // and no sign
}

func parseFactor(text string) (float64, bool) {
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil && json.Valid([]byte(text)) && f >= 1 && f <= 100
}

func parseStatus(text string) (int, bool) {
	n, ok := parseWhole(text)
	return n, ok && len(text) == 3 && n >= 100
}

// ParseStatusKey reads a status, or a class such as 5xx as its first digit.
func ParseStatusKey(text string) (int, bool) {
	if len(text) == 3 && text[1:] == "xx" && text[0] >= '1' && text[0] <= '5' {
		return int(text[0] - '0'), true
	}
	return parseStatus(text)
}

// statusHint guesses what was meant by something that is not a status.
func statusHint(text string) string {
	if several := SeveralStatuses(text); several != nil {
		return "several are a list: [" + strings.Join(several, ", ") + "]"
	}
	return ""
}

// SeveralStatuses returns the statuses and classes of a text that holds more than one, with
// whatever is between them.
func SeveralStatuses(text string) []string {
	all := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t,;/|+", r) })
	if len(all) < 2 || slices.ContainsFunc(all, func(one string) bool { _, ok := ParseStatusKey(one); return !ok }) {
		return nil
	}
	return all
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(text, " \t\n")
}

// isFolder reports whether a text is the https address of a folder, to which the names
// of pages can be added. It is shown to everyone, so it has no password.
func isFolder(text string) bool {
	u, err := url.Parse(strings.TrimSpace(text))
	return err == nil && isAddress(text) && u.Scheme == "https" && u.User == nil && !strings.ContainsAny(text, "?#") && !strings.HasSuffix(u.Path, ".html")
}
