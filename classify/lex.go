package classify

import (
	"encoding/binary"
	"math/bits"
)

// The functions of this file read JSON from an index of a text on. They return the index
// behind what they have read, and 0 if it is not well-formed: no value ends there.

// maxDepth is how deep values may be nested, as in encoding/json.
const maxDepth = 10_000

// validJSON reports whether a text is a JSON document. It says the same as json.Valid.
func validJSON(t []byte) bool {
	end := skip(t, space(t, 0), 0)
	return end > 0 && space(t, end) == len(t)
}

// skip reads the value at i, around which level objects and arrays are open.
func skip(t []byte, i, level int) int {
	if uint(i) < uint(len(t)) && (t[i] == '{' || t[i] == '[') {
		return nested(t, i, 0, 0, level)
	}
	return scalar(t, i)
}

// levelsPerCall is how many open objects and arrays a word has a bit for.
const levelsPerCall = 64

// nested reads the value at i and all that follows it, until as many objects and arrays
// are closed as are open. Of those, kinds has a bit each, which is 1 for an object, the
// innermost last; level more are open around them. It calls itself where the word is
// full: no text can make it do so over 156 times.
func nested(t []byte, i int, kinds uint64, depth, level int) int {
	named := kinds&1 == 0 // what is at i is a value, not the name before one
	for {
		if uint(i) >= uint(len(t)) {
			return 0
		}
		// Strings, colons and whole numbers are most of a document. They are read here, as
		// to call a function for each takes as long as to read it.
		switch c := t[i]; {
		case c == '"':
			i = halt(t, i+1)
			if uint(i) < uint(len(t)) && t[i] == '"' {
				i++
			} else if i, _ = escapes(t, i); i == 0 {
				return 0
			}
			if named {
				break
			}
			if uint(i) < uint(len(t)) && t[i] == ':' {
				i = space(t, i+1)
			} else if i = colon(t, i); i == 0 {
				return 0
			}
			named = true
			continue
		case !named:
			return 0
		case c-'1' <= 8:
			for i++; uint(i) < uint(len(t)) && t[i]-'0' <= 9; {
				i++
			}
			if uint(i) < uint(len(t)) && (t[i] == '.' || t[i]|0x20 == 'e') {
				i = fraction(t, i)
			}
		case c != '{' && c != '[':
			i = scalar(t, i)
		case level+depth == maxDepth:
			return 0
		case depth == levelsPerCall:
			i = nested(t, i, 0, 0, level+depth)
		default:
			kinds = kinds<<1 | uint64(c>>5&1)
			depth++
			if i = space(t, i+1); uint(i) >= uint(len(t)) || t[i] != closer(kinds) {
				named = kinds&1 == 0
				continue
			}
		}
		if i == 0 {
			return 0
		}
		for ; ; i++ { // what the value closes
			if depth == 0 {
				return i
			}
			if i = space(t, i); uint(i) >= uint(len(t)) {
				return 0
			}
			if t[i] != closer(kinds) {
				break
			}
			kinds >>= 1
			depth--
		}
		if t[i] != ',' {
			return 0
		}
		i = space(t, i+1)
		named = kinds&1 == 0
	}
}

// closer is the bracket that closes the innermost of what is open: in ASCII those of
// objects are 32 above those of arrays.
func closer(kinds uint64) byte { return ']' | byte(kinds&1)<<5 }

// name reads a member's name and what stands between it and the value.
func name(t []byte, i int) int {
	if uint(i) >= uint(len(t)) || t[i] != '"' {
		return 0
	}
	if i, _ = quoted(t, i); i == 0 {
		return 0
	}
	return colon(t, i)
}

// colon reads what stands between a name and its value.
func colon(t []byte, i int) int {
	if i = space(t, i); uint(i) >= uint(len(t)) || t[i] != ':' {
		return 0
	}
	return space(t, i+1)
}

// space reads white space, if there is some.
func space(t []byte, i int) int {
	if uint(i) < uint(len(t)) && t[i] <= ' ' {
		return spaces(t, i)
	}
	return i
}

// spaces is not inlined: the compiler then takes white space for the rare case, and puts what
// follows behind the test for it.
//
//go:noinline
func spaces(t []byte, i int) int {
	for uint(i) < uint(len(t)) && (t[i] == ' ' || t[i] == '\n' || t[i] == '\r' || t[i] == '\t') {
		if i++; i+8 <= len(t) && binary.LittleEndian.Uint64(t[i:]) == everyByte*' ' {
			i += 8 // an indent
		}
	}
	return i
}

// scalar reads a string, a number, true, false or null.
func scalar(t []byte, i int) int {
	if uint(i) >= uint(len(t)) {
		return 0
	}
	switch c := t[i]; {
	case c == '"':
		i, _ = quoted(t, i)
		return i
	case c == '-' || c-'0' <= 9:
		return number(t, i)
	}
	return literal(t, i)
}

// literal reads true, false or null. Texts of a length that is known are compared as a word.
func literal(t []byte, i int) int {
	switch rest := t[i:]; {
	case len(rest) >= 4 && (string(rest[:4]) == "true" || string(rest[:4]) == "null"):
		return i + 4
	case len(rest) >= 5 && string(rest[:5]) == "false":
		return i + 5
	}
	return 0
}

func number(t []byte, i int) int {
	if t[i] == '-' {
		i++
	}
	if uint(i) < uint(len(t)) && t[i] == '0' {
		i++
	} else if i = digits(t, i); i == 0 {
		return 0
	}
	return fraction(t, i)
}

// fraction reads what may follow the whole part of a number.
func fraction(t []byte, i int) int {
	if uint(i) < uint(len(t)) && t[i] == '.' {
		if i = digits(t, i+1); i == 0 {
			return 0
		}
	}
	if uint(i) < uint(len(t)) && t[i]|0x20 == 'e' {
		if i++; uint(i) < uint(len(t)) && (t[i] == '+' || t[i] == '-') {
			i++
		}
		return digits(t, i)
	}
	return i
}

// digits reads one digit or more.
func digits(t []byte, i int) int {
	from := i
	for uint(i) < uint(len(t)) && t[i]-'0' <= 9 {
		i++
	}
	if i == from {
		return 0
	}
	return i
}

// Eight bytes are read at a time, as one word.
const (
	everyByte = 0x0101010101010101 // times a byte: eight of it
	everyHigh = 0x8080808080808080
)

// halts marks by their high bits those of eight bytes of a string at which reading it
// has to stop: quotes, backslashes and control characters. Only the first mark is sure.
// Where quotes take the place of spaces, they and the control characters are the bytes
// below 0x21; a subtraction then sets the high bit of a byte that is less.
func halts(w uint64) uint64 {
	below := (w ^ everyByte*('"'^' ')) - everyByte*(' '+1)
	backslash := (w ^ everyByte*'\\') - everyByte
	return (below | backslash) &^ w & everyHigh
}

// halt returns the index of the first byte from i on at which reading a string has to stop, or
// that of one before it which is too near to the end of the text.
func halt(t []byte, i int) int {
	for ; i >= 0 && i <= len(t)-8; i += 8 {
		if m := halts(binary.LittleEndian.Uint64(t[i:])); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
	}
	return i
}

// eight returns the eight bytes of a text from i on as one word, if there are so many.
func eight(t []byte, i int) (w uint64, ok bool) {
	if i >= 0 && i <= len(t)-8 {
		return binary.LittleEndian.Uint64(t[i:]), true
	}
	return 0, false
}

// quoted reads the string at i, and tells whether there is an escape in it. As in
// encoding/json, bytes that are not UTF-8 may stand in it.
func quoted(t []byte, i int) (end int, escaped bool) {
	if i = halt(t, i+1); uint(i) < uint(len(t)) && t[i] == '"' {
		return i + 1, false
	}
	return escapes(t, i)
}

// escapes reads the rest of a string.
func escapes(t []byte, i int) (end int, escaped bool) {
	for uint(i) < uint(len(t)) && t[i] >= ' ' {
		switch t[i] {
		case '"':
			return i + 1, escaped
		case '\\':
			escaped = true
			if i = escape(t, i); i == 0 {
				return 0, true
			}
		default:
			if w, ok := eight(t, i); ok {
				i += bits.TrailingZeros64(halts(w)) >> 3 // 8 where there is no halt
				continue
			}
			i++
		}
	}
	return 0, escaped
}

// escape reads the escape at i.
func escape(t []byte, i int) int {
	if i+1 >= len(t) {
		return 0
	}
	switch t[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		if i+6 <= len(t) && isHex(t[i+2]) && isHex(t[i+3]) && isHex(t[i+4]) && isHex(t[i+5]) {
			return i + 6
		}
	}
	return 0
}

func isHex(c byte) bool { return c-'0' <= 9 || c|0x20-'a' <= 5 }
