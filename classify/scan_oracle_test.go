package classify

import "strconv"

// The functions here are a reader of JSON written for being plain: it starts at the first
// byte for each place, and knows nothing of a scan. What a scan finds is compared with it.

// plainAt returns the first raw value at a place, or nil; null counts as absent. Where an
// object repeats a name its last value counts, as it does for most readers.
func plainAt(value []byte, place Path) []byte {
	for len(place) > 0 && value[0] == '{' && place[0] != "*" {
		if value = plainMember(value, place[0]); value == nil {
			return nil
		}
		place = place[1:]
	}
	var found [1][]byte
	n := 0
	plainAll(value, place, found[:], &n)
	return found[0]
}

// plainAll puts the raw values at a place behind the n that were found before, as long as
// there is room.
func plainAll(value []byte, place Path, found [][]byte, n *int) {
	switch {
	case len(place) == 0:
		if value[0] != 'n' && *n < len(found) {
			found[*n] = value
			*n++
		}
	case value[0] == '{' && place[0] == "*":
		plainMembers(value, place[1:], found, n)
	case value[0] == '{':
		if member := plainMember(value, place[0]); member != nil {
			plainAll(member, place[1:], found, n)
		}
	case value[0] == '[' && (place[0] == "*" || isIndex(place[0])):
		plainElements(value, place, found, n)
	}
}

func plainMember(object []byte, name string) (member []byte) {
	rest := plainSpace(object[1:])
	for rest[0] != '}' {
		key, after := plainCut(rest)
		colon := plainSpace(after)
		value, after := plainCut(plainSpace(colon[1:]))
		if string(unescape(nil, key)) == name {
			member = value
		}
		rest = plainComma(after)
	}
	return member
}

// plainMembers looks for a place in each member of an object.
func plainMembers(object []byte, place Path, found [][]byte, n *int) {
	rest := plainSpace(object[1:])
	for rest[0] != '}' && *n < len(found) {
		_, after := plainCut(rest)
		colon := plainSpace(after)
		value, after := plainCut(plainSpace(colon[1:]))
		plainAll(value, place, found, n)
		rest = plainComma(after)
	}
}

// plainElements looks for a place in an array: in the element that it names, or in each.
func plainElements(array []byte, place Path, found [][]byte, n *int) {
	index := -1
	if place[0] != "*" {
		index, _ = strconv.Atoi(place[0])
	}
	rest := plainSpace(array[1:])
	for i := 0; rest[0] != ']' && *n < len(found); i++ {
		value, after := plainCut(rest)
		if index < 0 || index == i {
			plainAll(value, place[1:], found, n)
		}
		rest = plainComma(after)
	}
}

// plainCut splits the value that text starts with from what follows it.
func plainCut(text []byte) (value, rest []byte) {
	end := 0
	switch text[0] {
	case '"':
		end = plainStringEnd(text)
	case '{', '[':
		for depth := 0; end == 0 || depth > 0; {
			switch text[end] {
			case '"':
				end += plainStringEnd(text[end:])
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

// plainStringEnd returns the length of the string that text starts with.
func plainStringEnd(text []byte) int {
	end := 1
	for text[end] != '"' {
		if text[end] == '\\' {
			end++
		}
		end++
	}
	return end + 1
}

func plainSpace(text []byte) []byte {
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\n' || text[0] == '\t' || text[0] == '\r') {
		text = text[1:]
	}
	return text
}

func plainComma(text []byte) []byte {
	if text = plainSpace(text); text[0] == ',' {
		return plainSpace(text[1:])
	}
	return text
}
