package packed

// Find returns the position of a text among the names that an index is of, and how it is
// spelled there.
//
// This is the way of names of the lengths that most have. It works on the words of the text
// that its hash is of, and looks at one slot and one place among the names.
func (x *Index) Find(names *Texts, text []byte) (name int, spelling string, ok bool) {
	n := len(text)
	if n < leastWords || n >= longKey || x.Fold || len(x.Displacements) == 0 || len(x.Slots) == 0 {
		return x.compared(names, text)
	}
	first, last := ends(text)
	h := x.hashEnds(n, first, last)
	var second, third uint64
	if n > wordsAtEnds {
		second, third = inner(text)
		h = hashInner(h, second, third)
		if n > mostWords {
			h = hashMiddle(h, text)
		}
	}
	slot := x.Slots[x.slot(h, x.Displacements[x.bucket(h)])]
	if !hasTag(slot, h>>(64-slotHashBits)<<slotLengthBits|uint64(n)) {
		return 0, "", false
	}
	start := slot >> slotStart
	spelling = names.Text[start : start+uint64(n)]
	var differ uint64
	if n < 8 {
		differ = (first ^ load32(spelling)) | (last ^ load32(spelling[n-4:]))
	} else {
		differ = (first ^ load64(spelling)) | (last ^ load64(spelling[n-8:]))
		if n > wordsAtEnds {
			differ |= (second ^ load64(spelling[8:])) | (third ^ load64(spelling[n-16:]))
		}
	}
	if differ != 0 || n > mostWords && string(text) != spelling {
		return 0, "", false
	}
	return slotKey(slot), spelling, true
}

// compared is Find for any index and text.
func (x *Index) compared(names *Texts, text []byte) (name int, spelling string, ok bool) {
	if name, ok = x.Position(text); !ok {
		return 0, "", false
	}
	spelling = names.Nth(name)
	return name, spelling, x.Same(text, spelling)
}

// load64 and load32 are those of encoding/binary for texts.
func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func load32(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
