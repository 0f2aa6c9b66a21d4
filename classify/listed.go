package classify

import "github.com/errkb/errkb/classify/packed"

// listed finds a code and returns its number, 0 for none, and the spelling that matched.
//
// This is the way of codes in a table of the lengths that most have. It works on the words of
// the code that its hash is of, and looks at one slot and one place among the names.
func listed[T string | []byte](c *Catalog, code T) (number int32, spelling string) {
	x, t, n := &c.Index, c.Table, len(code)
	if t == nil || x.Fold || n < 4 || n > packed.FourWords || len(x.Displacements) == 0 || len(x.Slots) == 0 {
		return compared(c, code)
	}
	var first, second, third, last uint64
	if n >= 8 {
		first, last = packed.Load64(code), packed.Load64(code[n-8:])
	} else {
		first, last = packed.Load32(code), packed.Load32(code[n-4:])
	}
	if n > 16 {
		second, third = packed.Load64(code[8:]), packed.Load64(code[n-16:])
	}
	h := x.HashWords(n, first, second, third, last)
	slot := x.SlotOf(h)
	if !packed.MayBe(slot, h, n) {
		return 0, ""
	}
	spelling = t.Names.Text[packed.SlotStart(slot):][:n]
	var differ uint64
	if n >= 8 {
		differ = (first ^ packed.Load64(spelling)) | (last ^ packed.Load64(spelling[n-8:]))
	} else {
		differ = (first ^ packed.Load32(spelling)) | (last ^ packed.Load32(spelling[n-4:]))
	}
	if n > 16 {
		differ |= (second ^ packed.Load64(spelling[8:])) | (third ^ packed.Load64(spelling[n-16:]))
	}
	if differ != 0 {
		return 0, ""
	}
	return t.number(packed.SlotKey(slot)), spelling
}

// compared is listed for any catalog and code.
func compared[T string | []byte](c *Catalog, code T) (number int32, spelling string) {
	key, ok := packed.Position(&c.Index, code)
	if !ok {
		return 0, ""
	}
	spelling, number = c.spelling(key)
	if !packed.Same(&c.Index, code, spelling) {
		return 0, ""
	}
	return number, spelling
}

// spelling returns a listed code or, after all of these, an alias, with the number of the
// code.
func (c *Catalog) spelling(key int) (spelling string, number int32) {
	if t := c.Table; t != nil {
		return t.name(key), t.number(key)
	}
	if key < len(c.Codes) {
		return c.Codes[key].Code, int32(key + 1)
	}
	alias := &c.Aliases[key-len(c.Codes)]
	return alias.Text, int32(alias.Code)
}

// spellings is how many listed codes and aliases there are.
func (c *Catalog) spellings() int {
	if t := c.Table; t != nil {
		return t.size() + len(t.Aliases)
	}
	return len(c.Codes) + len(c.Aliases)
}
