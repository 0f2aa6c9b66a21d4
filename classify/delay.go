package classify

import (
	"math"
	"math/bits"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Delay is a place where the server may say how long to wait: a header field, a member
// of a JSON body, or the rest of the code.
type Delay struct {
	Header  string        // the header field, in any case
	At      Path          // the member of a JSON body
	Code    string        // the prefix of the code whose rest is the delay
	Unit    time.Duration // of a bare number; 0 for time.Second
	As      DelayForm     // what is said there
	Decimal bool          // Retry-After may be a decimal, which RFC 9110 does not allow
}

// DelayForm is how a server says how long to wait.
type DelayForm uint8

// The forms of a delay.
const (
	AsDelay     DelayForm = iota // how long: a number, a duration such as 3.5s, or an HTTP date
	AsTime                       // until when: a number since 1970, or a date (RFC 3339, RFC 9110)
	AsRateLimit                  // the RateLimit field of the IETF: the longest t of the items whose r is 0
)

// retryAfter is the field of RFC 9110 section 10.2.3, which takes whole seconds
// or an HTTP date and nothing else.
const retryAfter = "Retry-After"

// skippedDelay is a delay place that was skipped, and why.
type skippedDelay struct {
	place uint8 // from 1; 0 for none
	why   delayState
}

// delayState is what became of a place for delays.
type delayState uint8

const (
	delayMissing    delayState = iota // there is nothing
	delayGiven                        // there is a delay
	delayZero                         // the delay is zero, or the time has passed
	delayUnreadable                   // what stands there is not a delay
	delayInstant                      // the number is too large for a delay, and looks like a time
)

// readDelay takes the first delay that the reply gives. A place that holds zero, a past
// time or nothing readable lets the next one speak. There may be no document of a reply
// without a body.
func (d *Decision) readDelay(e *Entry, r *Reply, doc *document, body []byte) {
	if d.Policy == nil || !d.Action.Waits() {
		return
	}
	places := d.delayPlaces(e)
	skipped := 0
	for i := range places[:min(len(places), math.MaxUint8)] {
		if places[i].Header != "" && len(r.Header) == 0 {
			continue
		}
		place := uint8(i + 1)
		delay, state := places[i].read(d, r, doc, body)
		switch {
		case state == delayMissing:
			continue
		case state == delayGiven:
			d.HasServerDelay, d.ServerDelay, d.delayAt = true, delay, place
			return
		case state == delayZero && !d.HasServerDelay:
			d.HasServerDelay, d.delayAt = true, place
		}
		if skipped < len(d.skipped) {
			d.skipped[skipped] = skippedDelay{place, state}
			skipped++
		}
	}
}

// delayPlaces are those of the override, the variant, the entry or the catalog: the
// first of these that has some.
func (d *Decision) delayPlaces(e *Entry) []Delay {
	if d.Override > 0 {
		if places := d.catalog.Overrides[d.Override-1].Delays; places != nil {
			return places
		}
	}
	if d.Variant > 0 {
		if places := e.Variants[d.Variant-1].Delays; places != nil {
			return places
		}
	}
	if e.Delays != nil {
		return e.Delays
	}
	return d.catalog.Delays
}

// read reads the delay at a place of a reply. The document is opened for it, where it has
// not been.
func (s *Delay) read(d *Decision, r *Reply, doc *document, body []byte) (time.Duration, delayState) {
	switch {
	case s.Header != "":
		return s.parse(field(r.Header, s.Header), r.Header)
	case s.Code != "":
		rest, is := s.restOf(d.Code, d.catalog)
		if !is {
			return 0, delayMissing
		}
		return s.parse(strings.TrimSpace(rest), r.Header)
	}
	if !s.At.mayBeIn(body) || !doc.isJSON(body) {
		return 0, delayMissing
	}
	doc.syntax, doc.body = JSON, body
	text := doc.text(&s.At)
	if n, ok := parseDecimal(string(text), s.unit()); ok { // which needs no copy
		switch s.As {
		case AsDelay:
			return s.number(n)
		case AsTime:
			return untilTime(time.Unix(0, 0).Add(n), r.Header)
		}
	}
	return s.parse(string(text), r.Header)
}

// restOf returns what follows the prefix in a code, compared as codes are.
func (s *Delay) restOf(code string, c *Catalog) (rest string, is bool) {
	if !c.FoldCase {
		return strings.CutPrefix(code, s.Code)
	}
	if !startsFold([]byte(code), s.Code) {
		return "", false
	}
	for range s.Code {
		_, size := utf8.DecodeRuneInString(code)
		code = code[size:]
	}
	return code, true
}

// parse reads a text as the delay that it is said to be.
func (s *Delay) parse(text string, h http.Header) (time.Duration, delayState) {
	if text == "" {
		return 0, delayMissing
	}
	switch s.As {
	case AsTime:
		return s.parseTime(text, h)
	case AsRateLimit:
		return parseRateLimit(text)
	}
	if delay, ok := parseDigits(text, s.unit()); ok {
		return s.number(delay)
	}
	if delay, ok := s.parseNumber(text); ok {
		return s.number(delay)
	}
	if date, ok := parseDate(text); ok && s.Header != "" {
		delay := max(0, date.Sub(now(h)))
		return delay, stateOf(delay)
	}
	if s.isRetryAfter() {
		return 0, delayUnreadable
	}
	if delay, ok := parseDuration(text); ok {
		return delay, stateOf(delay)
	}
	return 0, delayUnreadable
}

// parseNumber reads a number of units that is not of digits alone. Header fields have no
// exponents, and Retry-After has no decimals, unless the catalog allows them.
func (s *Delay) parseNumber(text string) (time.Duration, bool) {
	if s.isRetryAfter() && !s.Decimal || s.Header != "" && strings.ContainsAny(text, "eE") {
		return 0, false
	}
	return parseDecimal(text, s.unit())
}

func (s *Delay) isRetryAfter() bool {
	return s.Header == retryAfter || len(s.Header) == len(retryAfter) && strings.EqualFold(s.Header, retryAfter)
}

// A number of seconds over longestNumber looks like a time since 1970. In Retry-After,
// where only a number of seconds can stand, it does so up to the year 2100: one that is
// larger still asks for a wait that no one obeys.
const (
	longestNumber = 1e9 * time.Second
	year2100      = 4102444800 * time.Second
)

// number is a delay that was said by a bare number.
func (s *Delay) number(delay time.Duration) (time.Duration, delayState) {
	if delay > longestNumber && (!s.isRetryAfter() || delay < year2100) {
		return 0, delayInstant
	}
	return delay, stateOf(delay)
}

func stateOf(delay time.Duration) delayState {
	if delay <= 0 {
		return delayZero
	}
	return delayGiven
}

// parseTime reads a point in time: a number of units since 1970, a date of RFC 3339 or
// one of HTTP.
func (s *Delay) parseTime(text string, h http.Header) (time.Duration, delayState) {
	if since, ok := parseDecimal(text, s.unit()); ok {
		return untilTime(time.Unix(0, 0).Add(since), h)
	}
	if date, err := time.Parse(time.RFC3339, text); err == nil {
		return untilTime(date, h)
	}
	if date, ok := parseDate(text); ok {
		return untilTime(date, h)
	}
	return 0, delayUnreadable
}

// untilTime is the delay until a point in time. One over a hundred years ahead is in another
// unit.
func untilTime(when time.Time, h http.Header) (time.Duration, delayState) {
	delay := max(0, when.Sub(now(h)))
	if delay > 100*365*24*time.Hour {
		return 0, delayUnreadable
	}
	return delay, stateOf(delay)
}

// parseRateLimit reads a RateLimit field (draft-ietf-httpapi-ratelimit-headers): a list
// of items with the parameters r, what is left, and t, the seconds until there is more. A t
// that looks like a time since 1970 does not count.
func parseRateLimit(text string) (longest time.Duration, state delayState) {
	state = delayUnreadable
	for len(text) > 0 {
		var item string
		item, text = cutItem(text, ',')
		_, parameters := cutItem(item, ';')
		left, wait := "", ""
		for len(parameters) > 0 {
			var parameter string
			parameter, parameters = cutItem(parameters, ';')
			switch name, value, _ := strings.Cut(strings.TrimSpace(parameter), "="); name {
			case "r":
				left = value
			case "t":
				wait = value
			}
		}
		if rest, ok := parseDigits(left, 1); !ok || rest > 0 {
			if ok && state == delayUnreadable {
				state = delayMissing // there is something left
			}
			continue
		}
		switch delay, ok := parseDigits(wait, time.Second); {
		case ok && delay > longestNumber:
			if state != delayGiven && state != delayZero {
				state = delayInstant
			}
		case ok && delay >= longest:
			longest, state = delay, stateOf(delay)
		}
	}
	return longest, state
}

// cutItem splits a structured field (RFC 9651) at the first separator that is not in a
// string.
func cutItem(text string, separator byte) (item, rest string) {
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == separator && !quoted:
			return text[:i], text[i+1:]
		}
	}
	return text, ""
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
	if text := header(h, "Date"); text != "" {
		if date, ok := parseDate(text); ok {
			return date
		}
	}
	return time.Now()
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
	if n := len(text); n > 0 && n <= 9 { // as nearly always, and then without the care for what is too large
		var number uint32
		for _, c := range []byte(text) {
			if c -= '0'; c > 9 {
				return 0, false
			}
			number = number*10 + uint32(c)
		}
		return scaleInt(time.Duration(number), unit), true
	}
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
	high, low := bits.Mul64(uint64(n), uint64(unit)) // which is faster than to divide
	if high != 0 || low > math.MaxInt64 {
		return math.MaxInt64
	}
	return time.Duration(low)
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
