package classify

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Delay is a place where the server may say how long to wait.
type Delay struct {
	Header string        // the header field in canonical case; empty for a body member
	At     Path          // the member of a JSON body
	Unit   time.Duration // of a bare number: time.Second or time.Millisecond; 0 for time.Second
}

// retryAfter is the field of RFC 9110 section 10.2.3, which takes whole seconds
// or an HTTP date and nothing else.
const retryAfter = "Retry-After"

// serverDelay returns the first delay that the reply gives and the place it
// stands at. A date in the past is a delay of 0; anything but a delay is skipped.
func (c *Catalog) serverDelay(r *Reply, body []byte) (delay time.Duration, place int, ok bool) {
	for i := range c.Delays {
		source := &c.Delays[i]
		if source.Header != "" {
			delay, ok = source.parseHeader(header(r.Header, source.Header), r.Header)
		} else {
			delay, ok = source.parseMember(body)
		}
		if ok {
			return delay, i, true
		}
	}
	return 0, 0, false
}

func (s *Delay) parseHeader(value string, h http.Header) (time.Duration, bool) {
	value = strings.TrimSpace(value)
	if value == "" {
		return 0, false
	}
	if delay, ok := parseDigits(value, s.unit()); ok {
		return delay, true
	}
	if date, ok := parseDate(value); ok {
		return max(0, date.Sub(now(h))), true
	}
	if strings.EqualFold(s.Header, retryAfter) {
		return 0, false
	}
	if delay, ok := parseDecimal(value, s.unit()); ok && !strings.ContainsAny(value, "eE") {
		return delay, true
	}
	return parseDuration(value)
}

func (s *Delay) unit() time.Duration {
	if s.Unit > 0 {
		return s.Unit
	}
	return time.Second
}

// now is the server's time by the reply's Date field, and the local time where
// there is none: a wrong local clock must not change a wait.
func now(h http.Header) time.Time {
	if date, ok := parseDate(header(h, "Date")); ok {
		return date
	}
	return time.Now()
}

func (s *Delay) parseMember(body []byte) (time.Duration, bool) {
	d := document{body: body}
	if form := (&Form{Code: []Path{s.At}}); !form.opensJSON(body) {
		return 0, false
	}
	value := d.jsonText(jsonAt(body, s.At))
	if len(value) == 0 {
		return 0, false
	}
	if delay, ok := parseDecimal(string(value), s.unit()); ok {
		return delay, true
	}
	return parseDuration(string(value))
}

// parseDate reads an HTTP date in its three forms. The standard library also
// reads fractions of a second, and any zone as if it were GMT.
func parseDate(text string) (time.Time, bool) {
	date, err := http.ParseTime(text)
	if err != nil || date.Nanosecond() != 0 {
		return time.Time{}, false
	}
	zone, _ := date.Zone()
	return date, zone == "GMT" || zone == "UTC"
}

// parseDigits reads a number of units, digits only, saturating.
func parseDigits(text string, unit time.Duration) (time.Duration, bool) {
	var n time.Duration
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, false
		}
		digit := time.Duration(c - '0')
		if n > (math.MaxInt64-digit)/10 {
			n = math.MaxInt64
			continue
		}
		n = n*10 + digit
	}
	return scaleInt(n, unit), text != ""
}

// scaleInt multiplies, saturating; neither is negative.
func scaleInt(n, unit time.Duration) time.Duration {
	if n > math.MaxInt64/unit {
		return math.MaxInt64
	}
	return n * unit
}

// parseDecimal reads a JSON number of units, saturating. A negative one is not a
// delay.
func parseDecimal(text string, unit time.Duration) (time.Duration, bool) {
	if delay, ok := parseDigits(text, unit); ok {
		return delay, true
	}
	if text == "" || strings.Trim(text, "0123456789.eE+-") != "" || text[0] < '0' || text[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(n, 1) {
		return 0, false
	}
	return scale(unit, n), true
}

// parseDuration reads a text such as "3.5s" or "1m30s", saturating. A signed one
// is not a delay.
func parseDuration(text string) (time.Duration, bool) {
	if text == "" || text[0] == '-' || text[0] == '+' {
		return 0, false
	}
	delay, err := time.ParseDuration(text)
	if err == nil {
		return delay, true
	}
	// What can be read once its figures are zeros is a duration too long to hold.
	if _, err = time.ParseDuration(strings.Map(zeroDigit, text)); err == nil {
		return math.MaxInt64, true
	}
	return 0, false
}

func zeroDigit(r rune) rune {
	if '0' <= r && r <= '9' {
		return '0'
	}
	return r
}
