package classify

import "testing"

// A plain text has no places, and so nothing at one contains anything, be the place the
// root of a document.
func TestPlainTextHasNoPlaces(t *testing.T) {
	for _, place := range []Path{nil, {"b"}} {
		when := []Test{{Kind: Contains, At: place, Text: "usy"}}
		c := indexed(&Catalog{Unrecognised: &Entry{Kind: KindUnrecognised, Variants: []Variant{{When: when, Action: Retry}}}})
		for _, cut := range []bool{false, true} {
			if d := c.Classify(Reply{Status: 503, Body: []byte("busy"), Cut: cut}); d.Variant != 0 {
				t.Errorf("%s of a plain text contains %q", place, when[0].Text)
			}
		}
	}
}

// Any text contains the empty one, and an empty text no other.
func TestEmptyTextIsContained(t *testing.T) {
	for _, part := range []string{"", "x"} {
		when := []Test{{Kind: BodyContains, Text: part}}
		c := indexed(&Catalog{Unrecognised: &Entry{Kind: KindUnrecognised, Variants: []Variant{{When: when, Action: Retry}}}})
		for _, body := range []string{"", "y"} {
			if d := c.Classify(Reply{Status: 503, Body: []byte(body)}); (d.Variant != 0) != (part == "") {
				t.Errorf("variant %d of %q, which contains %q", d.Variant, body, part)
			}
		}
	}
}
