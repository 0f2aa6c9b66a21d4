package classify

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The functions here walk JSON that a scan has passed, without allocating. What it is
// made of is found by the functions of lex.go, from an index of the text on.

// jsonAt returns the first raw value at a place, or nil; null counts as absent. Where an
// object repeats a name its last value counts, as it does for most readers.
func jsonAt(text []byte, place Path) []byte {
	var found [1]span
	n := 0
	if jsonAll(text, space(text, 0), place, found[:], &n); n == 0 {
		return nil
	}
	return text[found[0].start:found[0].end]
}

// jsonAll notes where the values at a place are behind the n that were found before, as
// long as there is room. The place is looked for in the value at i.
func jsonAll(text []byte, i int, place Path, found []span, n *int) {
	for len(place) > 0 && text[i] == '{' && place[0] != "*" {
		if i = jsonMember(text, i, place[0]); i == 0 {
			return
		}
		place = place[1:]
	}
	switch {
	case len(place) == 0:
		if text[i] != 'n' && *n < len(found) {
			found[*n] = span{uint32(i), uint32(skip(text, i, 0))}
			*n++
		}
	case text[i] == '{':
		jsonAllMembers(text, i, place[1:], found, n)
	case text[i] == '[' && (place[0] == "*" || isIndex(place[0])):
		jsonAllElements(text, i, place, found, n)
	}
}

// jsonMember returns where the value of an object's member starts, and 0 for none.
func jsonMember(text []byte, object int, member string) (value int) {
	for i := space(text, object+1); text[i] != '}'; i = comma(text, i) {
		end, escaped := quoted(text, i)
		is := !escaped && string(text[i+1:end-1]) == member || escaped && jsonStringIs(text[i:end], member)
		if i = colon(text, end); is {
			value = i
		}
		i = skip(text, i, 0)
	}
	return value
}

// jsonAllMembers looks for a place in each member of an object.
func jsonAllMembers(text []byte, object int, place Path, found []span, n *int) {
	for i := space(text, object+1); text[i] != '}' && *n < len(found); i = comma(text, i) {
		i = name(text, i)
		jsonAll(text, i, place, found, n)
		i = skip(text, i, 0)
	}
}

// jsonAllElements looks for a place in an array: in the element that it names, or in each.
func jsonAllElements(text []byte, array int, place Path, found []span, n *int) {
	index := -1
	if place[0] != "*" {
		index, _ = strconv.Atoi(place[0])
	}
	i := space(text, array+1)
	for at := 0; text[i] != ']' && *n < len(found); at++ {
		if index < 0 || index == at {
			jsonAll(text, i, place[1:], found, n)
		}
		if index == at {
			return
		}
		i = comma(text, skip(text, i, 0))
	}
}

// comma reads what stands between a value and the next one, or the end.
func comma(text []byte, i int) int {
	if i = space(text, i); text[i] == ',' {
		i = space(text, i+1)
	}
	return i
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

// jsonStringIs compares a JSON string in which there are escapes with a text.
func jsonStringIs(value []byte, text string) bool {
	if len(value) > 6*len(text)+2 { // an escape stands for one byte or more, and has six at most
		return false
	}
	var scratch [96]byte
	return string(unescape(scratch[:0], value)) == text
}

// sameScalar compares a JSON number, true or false with a value of its type.
func sameScalar(value string, want *Scalar) bool {
	if value == want.Text {
		return true
	}
	if want.Type != Number || isCounted(value) && isCounted(want.Text) {
		return false
	}
	return sameNumber(value, want.Text)
}

// isCounted reports whether a number is written in the one way in which those are that
// count something. Two such that differ have different values.
func isCounted(number string) bool {
	if number == "" || len(number) > 15 || len(number) > 1 && number[0] == '0' {
		return false // longer ones are compared by their digits, with care
	}
	for _, c := range []byte(number) {
		if c-'0' > 9 {
			return false
		}
	}
	return true
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
