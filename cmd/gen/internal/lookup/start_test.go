package lookup

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
)

// TestShortcuts looks at texts with and without what spares a lookup most of its work.
func TestShortcuts(t *testing.T) {
	for _, spec := range []string{lookuptest.NamesSpec, lookuptest.OddSpec, lookuptest.FormsSpec, lookuptest.TitlesSpec} {
		c := load(t, spec)
		x := New(c)
		texts := slices.Concat(lookuptest.Texts(c, 1, 1000), lookuptest.Negatives, lookuptest.Mails, lookuptest.Odds, lookuptest.Corners, shortcuts)
		for _, log := range lookuptest.Logs(lookuptest.Large(20), 5000) {
			texts = append(texts, log.Text)
		}
		for _, text := range texts {
			checkShortcuts(t, x, text)
		}
	}
}

func FuzzShortcuts(f *testing.F) {
	x := New(load(f, lookuptest.OddSpec))
	for _, text := range slices.Concat(lookuptest.Negatives, lookuptest.Odds, shortcuts) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if text = strings.ToValidUTF8(text, " "); len(text) < 4000 {
			checkShortcuts(t, x, text)
		}
	})
}

// shortcuts are texts that hardly any text is like.
var shortcuts = []string{
	"GET /a", "GET  https://a/b\" HTTP/1.1\" -> ", "GET /a: |", "GET /a  HTTP/1.1", "GET http:/a", "xGET /a\"=>", "GET /a\" :", "GET →", "GET /a\" → ", "GET /→", "A / HTTP/1.1\"\" ",
	"Решен а", "РЕШЕНО, GONE", "nó LONGER there", "не Исправлено", "已解决", "over", "go ne", "ov", "Instead of x",
	"<HTTP/1.1 200 OK\n\n{}", "  HTTP/2 404\n", "\u2003HTTP/1.1 500 x\nHTTP/1.1 200\n", "< HTTP/1.1 200\na: b\n\nHTTP/", "x HTTP/1.1 200 OK", "<< HTTP/1.1 200", "<wbr", "a<wb\r\nr>b\r<wbr>\n<wbr />", "é<wbr/>\x7f\x00",
	"foo _bar foo__bar foo _ bar  _x", "é_Éa aÉ𝐀𝐀𝐀𝐀 ΑΒΓΔΕΖΗ aΒΓΔΕΖΗ 2FAfoobar", "502s 503ing 5024 123 400er", "[Oct 10 10:00 x", "10:00:00", "a - - [10/x", "<.:1 - - [10/x", "[:1 - - [10/x", "g - - [10/x", "((2026-01-01", "Mon 10 10:00",
}

// checkShortcuts looks at a text both ways.
func checkShortcuts(t *testing.T, x *Index, pasted string) {
	t.Helper()
	markup := strings.NewReplacer("\r\n", "\n", "<wbr>", "", "<wbr/>", "", "<wbr />", "")
	if got, want := plain(pasted), strings.Map(plainRune, markup.Replace(pasted)); got != want {
		t.Errorf("%q: is plainly %q, not %q", pasted, got, want)
	}
	if got, want := statusLines(pasted), plainStatusLines(pasted); !slices.Equal(got, want) {
		t.Errorf("%q: has status lines at %v, not %v", pasted, got, want)
	}
	own := newText(pasted)
	if slow := cutUnicode(own.clean); !reflect.DeepEqual(slices.Clip(slow.atoms), slices.Clip(own.atoms)) && len(own.atoms) > 0 || slow.flat != own.flat {
		t.Errorf("%q: %s", pasted, cmp.Diff(slow.atoms, own.atoms, cmp.AllowUnexported(atom{})))
	}
	x.look(own)
	x.tails().look(own)
	may := func(of kind, i int) bool { return slices.Contains(own.may[of], int32(i)) }
	for i := range own.atoms {
		for _, lexicon := range []interface {
			startsWith(t *text, i int) bool
			of() kind
		}{x.titles, x.spellings, x.templates, x.prefixes.said, x.tails().lexicon, x.meanings, failurePhrases()} {
			if lexicon.startsWith(own, i) && !may(lexicon.of(), i) {
				t.Errorf("%q: does not look for kind %d at atom %d", pasted, lexicon.of(), i)
			}
		}
		word := own.letters(i, i)
		isStatus := x.isTelling(word) || x.isKnown(manyOf(word)) || len(x.numbers[own.signed(i)]) > 0
		if isStatus && !may(ofNumbers, i) {
			t.Errorf("%q: does not look for a number at atom %d", pasted, i)
		}
		if technicalWords()[word] && !may(ofTechnical, i) {
			t.Errorf("%q: does not look for a technical word at atom %d", pasted, i)
		}
	}
	for _, end := range []func(int) int{own.wordEnd, own.looseEnd} {
		for i := 0; i < len(own.atoms); {
			j := end(i)
			if (own.looksLikeCode(i, j) && len(own.letters(i, j)) >= minTypo-1 || own.whole(i, j)) && !may(ofWords, i) {
				t.Errorf("%q: does not look for a code at atom %d", pasted, i)
			}
			for prefix := range x.prefixes.entries {
				if strings.HasPrefix(own.span(i, j), prefix) && !may(ofPrefixes, i) && (i == 0 || !own.joined(i-1)) {
					t.Errorf("%q: does not look for a prefix at atom %d", pasted, i)
				}
			}
			i = j + 1
		}
	}
	for i := range len(own.clean) {
		if part := own.clean[max(0, i-maxBefore):i]; endsInCall(part) != calledAddress().MatchString(part) {
			t.Errorf("%q: ends in a call: %v", part, endsInCall(part))
		}
	}
	for line := range strings.SplitSeq(own.clean, "\n") {
		if logLine().MatchString(head(line, maxLogStart)) && !mayHaveTime(line) {
			t.Errorf("%q: does not look for a time", line)
		}
	}
	contains := func(word string) bool { return strings.Contains(fold(own.clean), word) }
	if slices.ContainsFunc(slices.Concat(pastBefore, pastHints), contains) && !anyBefore().in(own.clean) || slices.ContainsFunc(slices.Concat(pastAfter, pastEnds), contains) && !anyAfter().in(own.clean) {
		t.Errorf("%q: does not look for what is over", own.clean)
	}
}

func (l *lexicon[T]) of() kind { return l.kind }

// startsWith reports whether a text of the lexicon starts with atom i.
func (l *lexicon[T]) startsWith(t *text, i int) (found bool) {
	bridges := bridges
	if l.kind == ofTitles {
		bridges = isTitleGap
	}
	l.walk(t, i, bridges, func(int, int) { found = true })
	return found
}

// plainStatusLines looks at each line.
func plainStatusLines(view string) (starts []int) {
	at := 0
	for line := range strings.SplitSeq(view, "\n") {
		if statusLine(unmarked(line)) != 0 {
			starts = append(starts, at)
		}
		at += len(line) + 1
	}
	return starts
}
