package packed

import "strings"

// Texts are texts one after the other.
type Texts struct {
	Text   string   // all of them, each with a line feed
	Starts []uint32 // where each starts, and where the last one ends
}

// Nth returns a text by its position.
func (t *Texts) Nth(i int) string { return t.Text[t.Starts[i] : t.Starts[i+1]-1] }

// NewTexts puts texts one after the other.
func NewTexts(all []string) Texts {
	var t Texts
	var text strings.Builder
	for _, s := range all {
		t.Starts = append(t.Starts, uint32(text.Len()))
		text.WriteString(s)
		text.WriteByte('\n')
	}
	t.Starts = append(t.Starts, uint32(text.Len()))
	t.Text = text.String()
	return t
}
