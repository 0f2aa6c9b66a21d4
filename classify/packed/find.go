package packed

// Find returns the position of a text among the names that an index is of, and how it is
// spelled there.
//
// This is the way of names of the lengths that most have. It works on the words of the text
// that its hash is of, and reads a slot and its cell at the same time: what a load has to wait
// for takes longer than all else in a large index.
func (x *Index) Find(names *Texts, text []byte) (name int, spelling string, ok bool) {
	n := len(text)
	if n < wordSize || n >= cellSize || len(x.Displacements) == 0 || len(x.Slots) == 0 || x.Cells == "" {
		return x.findOther(names, text)
	}
	in, end := innerAt(n), n-wordSize
	first, second, third, last := load64(text), load64(text[in:in+wordSize:in+wordSize]), load64(text[end-in:n-in:n-in]), load64(text[end:])
	h := x.hashWords(n, first, second, third, last)
	i := x.slot(h, x.Displacements[x.bucket(h)])
	slot := x.Slots[i]
	if !hasTag(slot, shortTag(h, n)) {
		return 0, "", false
	}
	cell := x.Cells[i*cellSize : i*cellSize+cellSize]
	if (first^load64(cell))|(second^load64(cell[in:]))|(third^load64(cell[end-in:]))|(last^load64(cell[end:])) != 0 {
		return 0, "", false
	}
	return slotKey(slot), cell[:n], true
}

// findOther is Find for any index and text.
func (x *Index) findOther(names *Texts, text []byte) (name int, spelling string, ok bool) {
	n := len(text)
	if n >= wordSize || len(x.Displacements) == 0 || len(x.Slots) == 0 || x.Cells == "" {
		return x.compared(names, text)
	}
	word := shortWord(text) // filled up, so that one comparison does
	h := x.hashShort(n, word)
	i := x.slot(h, x.Displacements[x.bucket(h)])
	slot := x.Slots[i]
	cell := x.Cells[i*cellSize : i*cellSize+cellSize]
	if slot == 0 || !hasTag(slot, shortTag(h, n)) || load64(cell) != word {
		return 0, "", false
	}
	return slotKey(slot), cell[:n], true
}

// compared is Find by the key itself.
func (x *Index) compared(names *Texts, text []byte) (name int, spelling string, ok bool) {
	if name, ok = x.Position(text); !ok {
		return 0, "", false
	}
	spelling = names.Nth(name)
	return name, spelling, x.Same(text, spelling)
}

// load64 is that of encoding/binary for texts too. A slice whose capacity is known takes fewer
// instructions.
func load64[T []byte | string](s T) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
