package check

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// scalar holds a single value against its type.
func (c *checker) scalar(n *syntax.Node, s *format.Scalar) bool {
	rule, hint, want := "", "", expectedScalar(s)
	switch s.Kind {
	case format.Text, format.Raw:
		return c.text(n, s)
	case format.Name:
		return true
	case format.Any:
		switch {
		case n.Type == syntax.Boolean && !isJSONBool(n.Text):
			rule, hint, want = "bad-value", boolHint(n.Text), "true or false"
		case (n.Type == syntax.Integer || n.Type == syntax.Float) && !json.Valid([]byte(n.Text)):
			rule, hint, want = "bad-number", "quote it if it is a text", "a number as JSON writes it"
		}
	case format.Bool:
		if n.Type != syntax.Boolean || !isJSONBool(n.Text) {
			rule, hint = "wrong-kind", boolHint(n.Text)
		}
	case format.Enum:
		if !slices.Contains(s.Values, n.Text) {
			rule, hint = "bad-value", didYouMean(n.Text, s.Values)
		}
	case format.Int:
		if v, ok := parseWhole(n.Text); !ok || v < s.Min || v > s.Max {
			rule = "bad-number"
		}
	case format.Count:
		if v, ok := parseCount(n.Text); !ok || v > s.Max {
			rule = "bad-number"
		}
	case format.Factor:
		if _, ok := parseFactor(n.Text); !ok {
			rule = "bad-number"
		}
	case format.Duration:
		if _, ok := parseDuration(n.Text); !ok {
			rule, hint = "bad-duration", durationHint(n.Text)
		}
	case format.Jitter:
		if _, ok := parseJitter(n.Text); !ok {
			rule, hint = "bad-duration", durationHint(n.Text)
		}
	case format.Pointer:
		if _, ok := parsePointer(n.Text); !ok {
			rule, hint = "bad-pointer", pointerHint(n.Text)
		}
	case format.ElementAt:
		if _, ok := parseElements(n.Text); !ok {
			rule, hint = "bad-pointer", elementsHint(n.Text)
		}
	case format.Place: // which of the two, the form decides
		if !strings.HasPrefix(n.Text, "/") {
			rule, hint = "bad-pointer", pointerHint(n.Text)
		}
	case format.Status:
		if _, ok := parseStatus(n.Text); !ok {
			rule = "bad-status"
		}
	case format.StatusKey:
		if _, ok := parseStatusKey(n.Text); !ok {
			rule = "bad-status"
		}
	case format.Date:
		if _, err := time.Parse(time.DateOnly, n.Text); err != nil {
			rule = "bad-date"
		}
	case format.URL:
		if utf8.RuneCountInString(n.Text) > s.Max {
			return c.text(n, s)
		}
		if !isAddress(n.Text) {
			rule = "bad-address"
		}
	default:
		panic("internal error: no check of scalar " + s.Name)
	}
	if rule == "" {
		return true
	}
	c.errorf(n.Place, rule, "%s is not %s", diag.Quote(n.Text), want).Hint = hint
	return false
}

func (c *checker) text(n *syntax.Node, s *format.Scalar) bool {
	if s.Kind == format.Text && strings.TrimSpace(n.Text) == "" {
		c.errorf(n.Place, "text-empty", "an empty %s", s.Name).Hint = "write one, or remove the key"
		return false
	}
	if length := utf8.RuneCountInString(n.Text); length > s.Max {
		c.errorf(n.Place, "text-too-long", "the %s has %d characters; %d is the most", s.Name, length, s.Max)
		return false
	}
	return true
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

// durationHint guesses what was meant by something that is no duration.
func durationHint(text string) string {
	squeezed := strings.ToLower(strings.ReplaceAll(text, " ", ""))
	if _, ok := parseDuration(squeezed + "s"); ok {
		return meant(squeezed + "s")
	}
	if _, ok := parseDuration(squeezed); ok {
		return meant(squeezed)
	}
	for _, unit := range []struct{ word, short string }{
		{"seconds", "s"}, {"second", "s"}, {"secs", "s"}, {"sec", "s"}, {"minutes", "m"}, {"minute", "m"},
		{"mins", "m"}, {"min", "m"}, {"hours", "h"}, {"hour", "h"}, {"milliseconds", "ms"},
	} {
		if number, ok := strings.CutSuffix(squeezed, unit.word); ok {
			if _, ok := parseDuration(number + unit.short); ok {
				return meant(number + unit.short)
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
	return n, err == nil && text[0] >= '0' && text[0] <= '9'
}

func parseFactor(text string) (float64, bool) {
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil && json.Valid([]byte(text)) && f >= 1 && f <= 100
}

func parseStatus(text string) (int, bool) {
	n, ok := parseWhole(text)
	return n, ok && len(text) == 3 && n >= 100
}

// parseStatusKey reads a status, or a class such as 5xx as its first digit.
func parseStatusKey(text string) (int, bool) {
	if len(text) == 3 && text[1:] == "xx" && text[0] >= '1' && text[0] <= '5' {
		return int(text[0] - '0'), true
	}
	return parseStatus(text)
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(text, " \t\n")
}
