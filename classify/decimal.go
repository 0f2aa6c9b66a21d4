package classify

import (
	"strconv"
	"strings"
)

// decimal is the value of a JSON number, exactly: 0.digits times ten to the power, without
// zeros at either end. Zero has no digits. A point may stand among them.
type decimal struct {
	digits   string
	power    int
	negative bool
}

// maxExponent is the greatest exponent that counts: a number beyond is only what is written
// like it.
const maxExponent = 999_999_999

// newDecimal returns the value of a JSON number, unless its exponent is beyond all measure.
func newDecimal(number string) (d decimal, ok bool) {
	digits, negative := strings.CutPrefix(number, "-")
	power := 0
	if e := strings.IndexAny(digits, "eE"); e >= 0 {
		n, err := strconv.Atoi(digits[e+1:])
		if err != nil || n < -maxExponent || n > maxExponent {
			return d, false
		}
		digits, power = digits[:e], n
	}
	whole := len(digits)
	if point := strings.IndexByte(digits, '.'); point >= 0 {
		whole = point
		digits = strings.TrimRight(digits, "0")
	}
	power += whole
	for digits != "" && (digits[0] == '0' || digits[0] == '.') {
		if digits[0] == '0' {
			power--
		}
		digits = digits[1:]
	}
	digits = strings.TrimRight(strings.TrimSuffix(strings.TrimRight(digits, "0"), "."), "0")
	if digits == "" {
		return decimal{}, true
	}
	return decimal{digits, power, negative}, true
}

// sameNumber reports whether two JSON numbers have the same value.
func sameNumber(a, b string) bool {
	x, okX := newDecimal(a)
	y, okY := newDecimal(b)
	if !okX || !okY || x.power != y.power || x.negative != y.negative {
		return false
	}
	one, rest := x.digits, y.digits
	for one != "" && rest != "" {
		switch {
		case one[0] == '.':
			one = one[1:]
		case rest[0] == '.':
			rest = rest[1:]
		case one[0] != rest[0]:
			return false
		default:
			one, rest = one[1:], rest[1:]
		}
	}
	return one == rest
}

// appendWhole appends the value as an integer is written, if it is one below 2^53: a greater
// one with a point or an exponent may have been rounded by who sent it.
func (d decimal) appendWhole(out []byte) (_ []byte, ok bool) {
	if d.digits == "" {
		return append(out, '0'), true
	}
	if d.power > maxWhole || len(d.digits) > maxWhole+len(".") {
		return out, false
	}
	if d.negative {
		out = append(out, '-')
	}
	from := len(out)
	for _, c := range []byte(d.digits) {
		if c != '.' {
			out = append(out, c)
			d.power--
		}
	}
	for ; d.power > 0; d.power-- {
		out = append(out, '0')
	}
	return out, d.power == 0 && (len(out)-from < maxWhole || string(out[from:]) < "9007199254740992")
}

// maxWhole is how many digits an integer below 2^53 has at most.
const maxWhole = 16
