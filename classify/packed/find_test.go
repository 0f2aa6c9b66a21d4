package packed

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// randomText has up to 300 bytes, of few letters where it is to be like others.
func randomText(r *rand.Rand) string {
	letters := [][]rune{[]rune("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"), []rune("aAbB"), []rune("aé日\u212akKſsSσςΣßẞİıI"), []rune("A")}[r.IntN(4)]
	size := []int{r.IntN(10), r.IntN(40), 250 + r.IntN(20), r.IntN(300)}[r.IntN(4)]
	var text strings.Builder
	for text.Len() < size {
		text.WriteRune(letters[r.IntN(len(letters))])
	}
	return text.String()[:size] // which may cut a character
}

// altered returns a text that is nearly the same, such as one whose length differs by what a
// slot does not know.
func altered(r *rand.Rand, text string) string {
	if text == "" {
		return "\x00"
	}
	at := r.IntN(len(text))
	switch r.IntN(7) {
	case 0:
		return text[:at] + string(text[at]^0x20) + text[at+1:]
	case 1:
		return text[:at] + string([]byte{text[at] ^ 1<<r.IntN(8)}) + text[at+1:]
	case 2:
		return text + strings.Repeat(text[:1], 256)
	case 3:
		return text[:at] + text[at+1:]
	case 4:
		return text[:at] + text[at:at+1] + text[at:]
	case 5:
		return strings.ToLower(text)
	}
	return strings.ToUpper(text)
}

// TestFind compares an index with a map.
func TestFind(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		fold := n%2 == 1
		spelled := func(text string) string {
			if fold {
				return Fold(text)
			}
			return text
		}
		want := map[string]int{}
		var names []string
		add := func(text string) {
			if _, there := want[spelled(text)]; !there {
				want[spelled(text)] = len(names)
				names = append(names, text)
			}
		}
		for range 1 + r.IntN(60) {
			text := randomText(r)
			add(text)
			add(altered(r, text))
		}
		index, texts := NewIndex(names, fold), NewTexts(names)
		find := func(text string) {
			key, there := want[spelled(text)]
			got, spelling, ok := index.Find(&texts, []byte(text))
			if ok != there || ok && (got != key || spelling != names[key]) {
				t.Fatalf("fold is %t: Find(%q) = %d, %q, %t, want %d, %t", fold, text, got, spelling, ok, key, there)
			}
		}
		for _, name := range names {
			find(name)
			find(altered(r, name))
			find(altered(r, name))
			find(randomText(r))
		}
	}
}

// TestFindOfTheSameTag asks for texts until the index alone takes some of them for its name:
// those are told from it by their bytes, wherever they differ.
func TestFindOfTheSameTag(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{7, 8, 9, 16, 17, 24, 31, 32, 33, 48, 100, 300} {
		name := strings.Repeat("K", size)
		index, texts := NewIndex([]string{name}, false), NewTexts([]string{name})
		for from := range size - 2 {
			for text := []byte(name); ; {
				for i := range 3 {
					text[from+i] = byte(r.Uint32())
				}
				if _, ok := index.Position(text); !ok || string(text) == name {
					continue
				}
				if _, _, ok := index.Find(&texts, text); ok {
					t.Fatalf("%q is taken for %q", text, name)
				}
				break
			}
		}
	}
}
