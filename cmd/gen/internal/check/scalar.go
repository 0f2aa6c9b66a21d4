package check

import (
	"math"
	"net/url"
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
	rule, hint := "", ""
	switch s.Kind {
	case format.Text, format.Raw:
		return c.text(n, s)
	case format.Any, format.Name:
		return true
	case format.Bool:
		if n.Type != syntax.Boolean {
			rule, hint = "wrong-kind", boolHint(n.Text)
		}
	case format.Enum:
		if !contains(s.Values, n.Text) {
			rule, hint = "bad-value", didYouMean(n.Text, s.Values)
		}
	case format.Int:
		if v, err := strconv.Atoi(n.Text); err != nil || v < s.Min || v > s.Max {
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
	case format.Pointer, format.Place, format.ElementAt:
		if _, ok := parsePath(n.Text, s.Kind == format.Pointer); !ok {
			rule = "bad-pointer"
			if !strings.HasPrefix(n.Text, "/") {
				hint = didYouMean(n.Text, []string{"/" + strings.ReplaceAll(n.Text, ".", "/")})
			}
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
		if !isAddress(n.Text) {
			rule = "bad-address"
		}
	default:
		panic("internal error: no check of scalar " + s.Name)
	}
	if rule == "" {
		return true
	}
	c.errorf(n.Place, rule, "%s is not %s", diag.Quote(n.Text), expectedScalar(s)).Hint = hint
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

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

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
		return `did you mean "` + squeezed + `s"?`
	}
	for _, unit := range []struct{ word, short string }{
		{"seconds", "s"}, {"second", "s"}, {"secs", "s"}, {"sec", "s"}, {"minutes", "m"}, {"minute", "m"},
		{"mins", "m"}, {"min", "m"}, {"hours", "h"}, {"hour", "h"}, {"milliseconds", "ms"}, {"s", "s"}, {"m", "m"},
	} {
		if number, ok := strings.CutSuffix(squeezed, unit.word); ok {
			if _, ok := parseDuration(number + unit.short); ok {
				return `did you mean "` + number + unit.short + `"?`
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
		percent, err := strconv.ParseFloat(number, 64)
		return classify.Jitter{Spread: percent / 100}, err == nil && percent >= 0 && percent <= 100
	}
	d, ok := parseDuration(text)
	return classify.Jitter{Add: d}, ok
}

// parseCount reads a number of retries.
func parseCount(text string) (int, bool) {
	if text == "unlimited" {
		return classify.Unlimited, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && text[0] != '+'
}

func parseFactor(text string) (float64, bool) {
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil && f >= 1 && f <= 100 && !math.IsNaN(f)
}

// parsePath splits a place in a reply into its elements; in a pointer ~0 and ~1
// stand for ~ and /.
func parsePath(text string, pointer bool) (classify.Path, bool) {
	rest, ok := strings.CutPrefix(text, "/")
	if !ok {
		return nil, false
	}
	path := strings.Split(rest, "/")
	for i, element := range path {
		if !pointer {
			if element == "" {
				return nil, false
			}
			continue
		}
		unescaped := strings.NewReplacer("~0", "", "~1", "").Replace(element)
		if strings.Contains(unescaped, "~") {
			return nil, false
		}
		path[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(element)
	}
	return path, true
}

func parseStatus(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && len(text) == 3 && n >= 100
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
