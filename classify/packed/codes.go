package packed

// Codes are the listed codes of an API without what to do about them, for a program that only
// has to tell them apart.
type Codes struct {
	Names    Texts    // the codes as on the wire, and after them their other spellings
	Meanings Texts    // what each code means
	Aliases  []uint16 // the numbers of the codes that the other spellings stand for
	Prefixes []Prefix // codes that end in *, whose numbers follow those of the others
	Index    Index    // finds a name
}

// Prefix is a key that stands for every unlisted code with a prefix.
type Prefix struct {
	Code    string
	Number  uint16
	Meaning string
}

// Lookup returns a listed code by its text, or by another spelling.
func (c *Codes) Lookup(text string) (Entry, bool) {
	name, _, ok := c.Index.Find(&c.Names, []byte(text)) // which copies nothing
	if !ok {
		return Entry{}, false
	}
	number := uint16(name + 1)
	if listed := c.listed(); name >= listed {
		number = c.Aliases[name-listed]
	}
	return c.ByNumber(number), true
}

// ByNumber returns a listed code or a prefix by its number, and the zero Entry for none.
func (c *Codes) ByNumber(number uint16) Entry {
	if number > 0 && int(number) <= c.listed() {
		return Entry{number, c.Names.Nth(int(number - 1)), c.Meanings.Nth(int(number - 1))}
	}
	for i := range c.Prefixes {
		if p := &c.Prefixes[i]; p.Number == number {
			return Entry{number, p.Code, p.Meaning}
		}
	}
	return Entry{}
}

// listed is how many codes there are.
func (c *Codes) listed() int { return max(0, len(c.Meanings.Starts)-1) }

// Entry is a listed code or a prefix. The zero Entry is none.
type Entry struct {
	number        uint16
	code, meaning string
}

// IsZero reports whether it is none.
func (e Entry) IsZero() bool { return e.number == 0 }

// Number is that of the generated Code.
func (e Entry) Number() uint16 { return e.number }

// Code is the code as on the wire.
func (e Entry) Code() string { return e.code }

// Meaning is what it means, for people.
func (e Entry) Meaning() string { return e.meaning }
