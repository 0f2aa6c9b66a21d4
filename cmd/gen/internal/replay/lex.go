package replay

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// The functions of this file read JSON from an index of a text on. They return the index
// behind what they have read, and 0 if it is not well-formed.

// maxDepth is how deep values may be nested, as in encoding/json.
const maxDepth = 10_000

// skip reads the value at i, around which level objects and arrays are open.
func (s *scanner) skip(t []byte, i, level int) int {
	if uint(i) >= uint(len(t)) {
		return 0
	}
	if c := t[i]; c != '{' && c != '[' {
		return scalar(t, i)
	}
	open := s.open[:0]
	for {
		opened := false
		switch c := at(t, i); {
		case c == '{' || c == '[':
			if len(open)+level == maxDepth {
				return 0
			}
			open = append(open, c+2) // in ASCII, the bracket that closes it
			s.open = open
			i = space(t, i+1)
			opened = at(t, i) != c+2
		default:
			i = scalar(t, i)
		}
		if i == 0 {
			return 0
		}
		for !opened {
			i = space(t, i)
			c := at(t, i)
			if c == ',' {
				i = space(t, i+1)
				break
			}
			if c != open[len(open)-1] {
				return 0
			}
			i++
			if open = open[:len(open)-1]; len(open) == 0 {
				return i
			}
		}
		if open[len(open)-1] == '}' {
			if i = name(t, i); i == 0 {
				return 0
			}
		}
	}
}

// at returns the byte at an index, and 0 where there is none.
func at(t []byte, i int) byte {
	if uint(i) < uint(len(t)) {
		return t[i]
	}
	return 0
}

// name reads a member's name and what stands between it and the value.
func name(t []byte, i int) int {
	if at(t, i) != '"' {
		return 0
	}
	if i, _ = quoted(t, i); i == 0 {
		return 0
	}
	return colon(t, i)
}

// colon reads what stands between a name and its value.
func colon(t []byte, i int) int {
	if i = space(t, i); at(t, i) != ':' {
		return 0
	}
	return space(t, i+1)
}

// space reads white space, if there is some.
func space(t []byte, i int) int {
	for uint(i) < uint(len(t)) && t[i] <= ' ' && (t[i] == ' ' || t[i] == '\n' || t[i] == '\r' || t[i] == '\t') {
		i++
	}
	return i
}

// scalar reads a string, a number, true, false or null.
func scalar(t []byte, i int) int {
	switch c := at(t, i); {
	case c == '"':
		i, _ = quoted(t, i)
		return i
	case c == '-' || isDigit(c):
		return number(t, i)
	}
	for _, word := range [...]string{"true", "false", "null"} {
		if end := i + len(word); end <= len(t) && string(t[i:end]) == word {
			return end
		}
	}
	return 0
}

func number(t []byte, i int) int {
	if t[i] == '-' {
		i++
	}
	if at(t, i) == '0' {
		i++
	} else if i = digits(t, i); i == 0 {
		return 0
	}
	if at(t, i) == '.' {
		if i = digits(t, i+1); i == 0 {
			return 0
		}
	}
	if at(t, i)|0x20 == 'e' {
		if i++; at(t, i) == '+' || at(t, i) == '-' {
			i++
		}
		return digits(t, i)
	}
	return i
}

// digits reads one digit or more.
func digits(t []byte, i int) int {
	from := i
	for isDigit(at(t, i)) {
		i++
	}
	if i == from {
		return 0
	}
	return i
}

func isDigit(c byte) bool { return c-'0' <= 9 }

// quoted reads the string at i, eight bytes at a time, and tells whether there is an escape
// in it. As in encoding/json, bytes that are not UTF-8 may stand in it.
func quoted(t []byte, i int) (end int, escaped bool) {
	i++
	for {
		for i >= 0 && i <= len(t)-8 {
			if m := halts(binary.LittleEndian.Uint64(t[i:])); m != 0 {
				i += bits.TrailingZeros64(m) >> 3
				break
			}
			i += 8
		}
		switch c := at(t, i); {
		case c == '"':
			return i + 1, escaped
		case c == '\\':
			escaped = true
			if i = escape(t, i); i == 0 {
				return 0, true
			}
		case c < ' ':
			return 0, escaped
		default: // of the last few bytes
			i++
		}
	}
}

// halts marks by their high bits those of eight bytes of a string at which reading it has
// to stop: quotes, backslashes and control characters. Only the first mark is sure.
func halts(w uint64) uint64 {
	const every, high = 0x0101010101010101, 0x8080808080808080
	below := (w ^ every*('"'^' ')) - every*(' '+1)
	backslash := (w ^ every*'\\') - every
	return (below | backslash) &^ w & high
}

// escape reads the escape at i.
func escape(t []byte, i int) int {
	switch at(t, i+1) {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return i + 2
	case 'u':
		if i+6 <= len(t) && hexRune(t[i+2:]) >= 0 {
			return i + 6
		}
	}
	return 0
}

// hexRune returns the number of four hexadecimal digits, and -1 where there are none.
func hexRune(text []byte) (r rune) {
	if len(text) < 4 {
		return -1
	}
	for _, c := range text[:4] {
		switch {
		case isDigit(c):
			r = r<<4 | rune(c-'0')
		case c|0x20-'a' <= 5:
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return -1
		}
	}
	return r
}

// unescape appends the text inside of a JSON string's quotes to out.
func unescape(out, text []byte) []byte {
	out = slices.Grow(out, len(text)+8) // of eight bytes that are copied, some may not count
	for i := 0; i < len(text); {
		if i <= len(text)-8 {
			w, end := binary.LittleEndian.Uint64(text[i:]), len(out)
			n := backslash(w)
			binary.LittleEndian.PutUint64(out[end:end+8], w)
			out = out[:end+n]
			if i += n; n == 8 {
				continue
			}
		} else if c := text[i]; c != '\\' {
			out = append(out, c)
			i++
			continue
		}
		switch c := text[i+1]; c {
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			r, size := unicodeEscape(text[i:])
			out = utf8.AppendRune(out, r)
			i += size
			continue
		default: // " \ / stand for themselves
			out = append(out, c)
		}
		i += 2
	}
	return out
}

// backslash returns at which of eight bytes the first backslash is, and 8 for none.
func backslash(w uint64) int {
	const every, high = 0x0101010101010101, 0x8080808080808080
	w ^= every * '\\'
	return bits.TrailingZeros64((w-every)&^w&high) >> 3
}

// unicodeEscape returns the rune of \u and four digits, or of two of these that are a
// surrogate pair, and the length of what stands for it.
func unicodeEscape(text []byte) (r rune, size int) {
	if r = hexRune(text[2:]); !utf16.IsSurrogate(r) {
		return r, 6
	}
	low := rune(-1)
	if at(text, 6) == '\\' && at(text, 7) == 'u' {
		low = hexRune(text[8:])
	}
	if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
		return r, 6
	}
	return r, 12
}
