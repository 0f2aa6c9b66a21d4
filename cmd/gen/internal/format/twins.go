package format

import (
	"strconv"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// twins are the plain keys of a mapping by what other YAML tools take them for. Here a
// key is text; an editor says that 01000 and 1000 are one key.
type twins map[reading]*syntax.Node

// reading is a number, a truth value or null to a version of YAML.
type reading struct {
	version float64
	value   any
}

// twin reports a key that another tool takes for the same as an earlier one.
func (d *decoder) twin(key *syntax.Node, seen twins) {
	if !key.Plain {
		return
	}
	var first *syntax.Node
	var same reading
	for _, r := range readings(key.Text) {
		if earlier := seen[r]; earlier == nil {
			seen[r] = key
		} else if first == nil {
			first, same = earlier, r
		}
	}
	if first == nil {
		return
	}
	p := d.Warnf(key.Place, "yaml-twins", "%s and %s are one key to a reader of YAML %.1f: both are %v",
		diag.Quote(first.Text), diag.Quote(key.Text), same.version, same.value)
	p.Hint = "write " + strconv.Quote(key.Text) + " in quotes"
	p.Relate(first.Place, "the other one")
}

// readings returns what the versions of YAML take a plain scalar for, where that is
// not a text.
func readings(text string) []reading {
	switch strings.ToLower(text) {
	case "~", "null":
		return both("null")
	case "true", "false":
		return both(strings.EqualFold(text, "true"))
	case "y", "yes", "on":
		return []reading{{1.1, true}}
	case "n", "no", "off":
		return []reading{{1.1, false}}
	}
	sign, digits := 1.0, strings.TrimPrefix(text, "+")
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		sign, digits = -1, rest
	}
	bare := strings.ReplaceAll(digits, "_", "")
	octal, err := strconv.ParseUint(bare, 8, 64)
	switch isOctal := err == nil && bare[0] == '0'; {
	case decimal().MatchString(digits) && isOctal:
		return []reading{{1.2, sign * decimalValue(digits)}, {1.1, sign * float64(octal)}}
	case noughts().MatchString(bare): // such as 08, which YAML 1.1 takes for text
		return []reading{{1.2, sign * decimalValue(digits)}}
	case decimal().MatchString(digits):
		return both(sign * decimalValue(digits))
	case decimal().MatchString(bare) && isOctal:
		return []reading{{1.1, sign * float64(octal)}}
	case decimal().MatchString(bare):
		return []reading{{1.1, sign * decimalValue(bare)}}
	case sexagesimal().MatchString(bare):
		return []reading{{1.1, sign * sexagesimalValue(bare)}}
	}
	if whole, err := strconv.ParseUint(bare, 0, 64); err == nil { // 0x10, 0o20, 0b10000
		return both(sign * float64(whole))
	}
	return nil
}

func both(value any) []reading { return []reading{{1.2, value}, {1.1, value}} }

var (
	decimal     = pattern.Of(`^([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$`)
	noughts     = pattern.Of(`^0[0-9]+$`)
	sexagesimal = pattern.Of(`^[1-9][0-9]*(:[0-5]?[0-9])+$`)
)

// decimalValue returns a number, which is infinite if it is out of range.
func decimalValue(digits string) float64 {
	value, _ := strconv.ParseFloat(digits, 64)
	return value
}

// sexagesimalValue returns a number to the base 60, such as 1:40 for 100.
func sexagesimalValue(digits string) (value float64) {
	for part := range strings.SplitSeq(digits, ":") {
		value = value*60 + decimalValue(part)
	}
	return value
}
