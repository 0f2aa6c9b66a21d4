package replay

import (
	"math"
	"strconv"
	"time"
)

// timeOf returns the time that a field tells, in nanoseconds since 1970: RFC 3339 and what
// is near to it, a date of an access log or of HTTP, or a number since 1970 in seconds,
// milliseconds, microseconds or nanoseconds. It returns 0 for anything else.
func timeOf(text []byte) int64 {
	if n := rfc3339(text); n != 0 {
		return n
	}
	if len(text) == 0 || len(text) > 40 {
		return 0
	}
	if n, err := strconv.ParseFloat(string(text), 64); err == nil {
		return sinceEpoch(n)
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, string(text)); err == nil && t.Year() > 1970 {
			return t.UnixNano()
		}
	}
	return 0
}

// layouts are other ways in which logs write a time.
var layouts = []string{clf, time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, "2006-01-02 15:04:05,000", "2006/01/02 15:04:05"}

const clf = "02/Jan/2006:15:04:05 -0700"

// sinceEpoch tells the unit of a number by its size: each is of the years 1973 to 2286.
func sinceEpoch(n float64) int64 {
	for _, unit := range []float64{1e9, 1e6, 1e3, 1} {
		if nanos := n * unit; n >= 1e8 && nanos < 1e19 && nanos < math.MaxInt64 && n < 1e10*(1e9/unit) {
			return int64(nanos)
		}
	}
	return 0
}

// rfc3339 reads a time such as 2026-11-30T10:45:02.123Z, with a T or a space, a zone or
// none, which stands for UTC. It returns 0 for anything else.
func rfc3339(t []byte) int64 {
	const shape = "0000-00-00T00:00:00"
	if len(t) < len(shape) {
		return 0
	}
	for i := range len(shape) {
		switch {
		case shape[i] == '0':
			if !isDigit(t[i]) {
				return 0
			}
		case t[i] != shape[i] && !(shape[i] == 'T' && (t[i] == ' ' || t[i] == 't')):
			return 0
		}
	}
	two := func(i int) int { return int(t[i]-'0')*10 + int(t[i+1]-'0') }
	year, month, day := two(0)*100+two(2), two(5), two(8)
	hour, minute, second := two(11), two(14), two(17)
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60 || year < 1971 || year > 2261 {
		return 0
	}
	nanos, i := int64(0), len(shape)
	if at(t, i) == '.' || at(t, i) == ',' {
		unit := int64(1e8)
		for i++; isDigit(at(t, i)); i++ {
			nanos += int64(t[i]-'0') * unit
			unit /= 10
		}
	}
	zone, ok := offset(t[i:])
	if !ok {
		return 0
	}
	seconds := daysBefore(year, month, day)*86400 + int64(hour*3600+minute*60+second) - zone
	return seconds*1e9 + nanos
}

// offset returns the seconds that a zone is ahead of UTC.
func offset(t []byte) (seconds int64, ok bool) {
	if len(t) > 0 && t[0] == ' ' {
		t = t[1:]
	}
	switch {
	case len(t) == 0 || string(t) == "Z" || string(t) == "z" || string(t) == "UTC":
		return 0, true
	case t[0] != '+' && t[0] != '-':
		return 0, false
	}
	digits := make([]byte, 0, 4)
	for i, c := range t[1:] {
		switch {
		case isDigit(c) && len(digits) < 4:
			digits = append(digits, c-'0')
		case c != ':' || i != 2:
			return 0, false
		}
	}
	if len(digits) == 2 {
		digits = append(digits, 0, 0)
	}
	if len(digits) != 4 {
		return 0, false
	}
	seconds = int64(digits[0])*36000 + int64(digits[1])*3600 + int64(digits[2])*600 + int64(digits[3])*60
	if t[0] == '-' {
		return -seconds, true
	}
	return seconds, true
}

// daysBefore returns the days from 1970 to a date of the Gregorian calendar, whose years
// here start in March, so that the day of a leap year is the last.
func daysBefore(year, month, day int) int64 {
	if month < 3 {
		year, month = year-1, month+12
	}
	return int64(365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day - 1 - 719468)
}
