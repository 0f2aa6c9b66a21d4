package classify

// listed finds a code and returns its number, 0 for none, and the spelling that matched.
func (c *Catalog) listed(code []byte) (number int32, spelling string) {
	if t := c.Table; t != nil {
		name, spelling, ok := c.Index.Find(&t.Names, code)
		if !ok {
			return 0, ""
		}
		return t.number(name), spelling
	}
	key, ok := c.Index.Position(code)
	if !ok {
		return 0, ""
	}
	if spelling, number = c.spelling(key); !c.Index.Same(code, spelling) {
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
