package classify

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The functions here walk JSON that json.Valid has passed, without allocating.

// jsonAt returns the first raw value at a place, or nil; null counts as absent. Where an
// object repeats a name its last value counts, as it does for most readers.
func jsonAt(value []byte, place Path) []byte {
	for len(place) > 0 && value[0] == '{' && place[0] != "*" {
		if value = jsonMember(value, place[0]); value == nil {
			return nil
		}
		place = place[1:]
	}
	var found [1][]byte
	n := 0
	jsonAll(value, place, found[:], &n)
	return found[0]
}

// jsonAll puts the raw values at a place behind the n that were found before, as long as
// there is room.
func jsonAll(value []byte, place Path, found [][]byte, n *int) {
	switch {
	case len(place) == 0:
		if value[0] != 'n' && *n < len(found) {
			found[*n] = value
			*n++
		}
	case value[0] == '{' && place[0] == "*":
		jsonAllMembers(value, place[1:], found, n)
	case value[0] == '{':
		if member := jsonMember(value, place[0]); member != nil {
			jsonAll(member, place[1:], found, n)
		}
	case value[0] == '[' && (place[0] == "*" || isIndex(place[0])):
		jsonAllElements(value, place, found, n)
	}
}

func jsonMember(object []byte, name string) (member []byte) {
	rest := skipSpace(object[1:])
	for rest[0] != '}' {
		key, after := cutValue(rest)
		colon := skipSpace(after)
		value, after := cutValue(skipSpace(colon[1:]))
		if jsonStringIs(key, name) {
			member = value
		}
		rest = skipComma(after)
	}
	return member
}

// jsonAllMembers looks for a place in each member of an object.
func jsonAllMembers(object []byte, place Path, found [][]byte, n *int) {
	rest := skipSpace(object[1:])
	for rest[0] != '}' && *n < len(found) {
		_, after := cutValue(rest)
		colon := skipSpace(after)
		value, after := cutValue(skipSpace(colon[1:]))
		jsonAll(value, place, found, n)
		rest = skipComma(after)
	}
}

// jsonAllElements looks for a place in an array: in the element that it names, or in each.
func jsonAllElements(array []byte, place Path, found [][]byte, n *int) {
	index := -1
	if place[0] != "*" {
		index, _ = strconv.Atoi(place[0])
	}
	rest := skipSpace(array[1:])
	for i := 0; rest[0] != ']' && *n < len(found); i++ {
		value, after := cutValue(rest)
		if index < 0 || index == i {
			jsonAll(value, place[1:], found, n)
		}
		rest = skipComma(after)
	}
}

// isIndex reports whether a reference token is an array index (RFC 6901).
func isIndex(token string) bool {
	if token == "" || len(token) > 1 && token[0] == '0' || len(token) > 9 {
		return false
	}
	for _, c := range []byte(token) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// cutValue splits the value that text starts with from what follows it.
func cutValue(text []byte) (value, rest []byte) {
	end := 0
	switch text[0] {
	case '"':
		end = stringEnd(text)
	case '{', '[':
		for depth := 0; end == 0 || depth > 0; {
			switch text[end] {
			case '"':
				end += stringEnd(text[end:])
				continue
			case '{', '[':
				depth++
			case '}', ']':
				depth--
			}
			end++
		}
	default:
		for end < len(text) && !endsScalar(text[end]) {
			end++
		}
	}
	return text[:end], text[end:]
}

func endsScalar(c byte) bool {
	return c == ',' || c == ']' || c == '}' || c == ' ' || c == '\t' || c == '\r' || c == '\n'
}

// stringEnd returns the length of the string that text starts with.
func stringEnd(text []byte) int {
	end := 1
	for text[end] != '"' {
		if text[end] == '\\' {
			end++
		}
		end++
	}
	return end + 1
}

func skipSpace(text []byte) []byte {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\n' || text[0] == '\t' || text[0] == '\r') {
		text = text[1:]
	}
	return text
}

func skipComma(text []byte) []byte {
	if text = skipSpace(text); text[0] == ',' {
		return skipSpace(text[1:])
	}
	return text
}

func jsonType(value []byte) ScalarType {
	switch value[0] {
	case '"':
		return String
	case 't', 'f':
		return Bool
	case '{', '[', 'n':
		return none
	}
	return Number
}

// jsonText returns the text of a string or a number, and nil for anything else.
func (d *document) jsonText(value []byte) []byte {
	d.isNumber = false
	if value == nil {
		return nil
	}
	switch jsonType(value) {
	case Number:
		d.isNumber = true
		return value
	case String:
		if inner := value[1 : len(value)-1]; bytes.IndexByte(inner, '\\') < 0 {
			return inner
		}
		return unescape(d.scratch[:0], value)
	}
	return nil
}

// jsonStringIs compares a JSON string with a text.
func jsonStringIs(value []byte, text string) bool {
	inner := value[1 : len(value)-1]
	if bytes.IndexByte(inner, '\\') < 0 {
		return string(inner) == text
	}
	var scratch [96]byte
	return string(unescape(scratch[:0], value)) == text
}

// sameScalar compares a JSON number, true or false with a value of its type.
func sameScalar(value string, want Scalar) bool {
	if value == want.Text {
		return true
	}
	if want.Type != Number {
		return false
	}
	a, errA := strconv.ParseFloat(value, 64)
	b, errB := strconv.ParseFloat(want.Text, 64)
	return errA == nil && errB == nil && a == b
}

// unescape appends the text of a JSON string to out.
func unescape(out, value []byte) []byte {
	for i := 1; i < len(value)-1; i++ {
		if value[i] != '\\' {
			out = append(out, value[i])
			continue
		}
		i++
		switch value[i] {
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
			r := hexRune(value[i+1:])
			i += 4
			if utf16.IsSurrogate(r) {
				low := rune(-1)
				if value[i+1] == '\\' && value[i+2] == 'u' {
					low = hexRune(value[i+3:])
				}
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					i += 6
				}
			}
			out = utf8.AppendRune(out, r)
		default: // " \ /
			out = append(out, value[i])
		}
	}
	return out
}

func hexRune(digits []byte) (r rune) {
	for _, c := range digits[:4] {
		r <<= 4
		switch {
		case c >= 'a':
			r |= rune(c - 'a' + 10)
		case c >= 'A':
			r |= rune(c - 'A' + 10)
		default:
			r |= rune(c - '0')
		}
	}
	return r
}
