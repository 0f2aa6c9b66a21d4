package classify

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/classify/packed"
)

// whyNear names the listed code that the reply's is one letter away from, which may be
// a typo of the catalog's. It is empty where there is none, or more than one.
func (d *Decision) whyNear() string {
	if d.Code == "" || d.Reading.listed > 0 {
		return ""
	}
	c, near := d.catalog, ""
	for i := range c.spellings() {
		listed, _ := c.spelling(i)
		if !c.isOneOff(d.Code, listed) {
			continue
		}
		if near != "" {
			return ""
		}
		near = listed
	}
	if near == "" {
		return ""
	}
	return fmt.Sprintf("the catalog lists %s, which is one letter off", quote(near))
}

// minNear is how many letters a code needs for another to be a typo of it.
const minNear = 5

// isOneOff reports whether a code is a listed one with a letter changed, left out or
// put in. With another digit it is another code.
func (c *Catalog) isOneOff(code, listed string) bool {
	if diff := len(code) - len(listed); diff < -utf8.UTFMax || diff > utf8.UTFMax {
		return false
	}
	if c.FoldCase {
		code, listed = packed.Fold(code), packed.Fold(listed)
	}
	a, b := []rune(code), []rune(listed)
	if len(b) < minNear {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) > 1 || len(b) > 1 || len(a)+len(b) == 0 {
		return false
	}
	for _, r := range string(a) + string(b) {
		if unicode.IsDigit(r) {
			return false
		}
	}
	return true
}
