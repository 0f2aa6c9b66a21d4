package classify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// scanFor looks for some places, as many as there is room for.
func scanFor(places ...Path) scan {
	plan := PlanOf(&Catalog{Forms: []Form{{Code: places}}})
	var s scan
	s.look(&plan)
	return s
}

// A text is JSON here if, and only if, it is for encoding/json.
func TestScanValid(t *testing.T) {
	alone(t)
	nested := func(open, inner, closing string, depth int) string {
		return strings.Repeat(open, depth) + inner + strings.Repeat(closing, depth)
	}
	texts := []string{
		``, ` `, `{`, `}`, `[`, `]`, `{}`, `[]`, `[,]`, `[1,]`, `[,1]`, `{,}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{"a":1 "b":2}`, `{1:2}`, `[1 2]`, `[}`, `{]`, `[{]}`,
		`{}{}`, `[]]`, `[] x`, "\t\r\n [ \t1\r,\n2 ] ", "[\f]", "[\v]", "[\u00a0]", "\ufeff[]",
		`0`, `-0`, `-`, `+1`, `01`, `-01`, `00`, `1.`, `1.0`, `.5`, `1.e1`, `1e`, `1e+`, `1E-5`, `1e+5.5`, `0e0`, `0x1`, `12345678901234567890`, `1a`, `1d5`, `0d5`, `-1D5`, "\t!       1", `1-`, `--1`, `[1.5e3,-0.0]`,
		`true`, `tru`, `truex`, `True`, `false`, `fals`, `null`, `nul`, `nulll`, `[true,false,null]`, `[true false]`, `NaN`,
		`"`, `""`, `"a`, `"\`, `"\"`, `"\\"`, `"\\\"`, `"\x"`, `"\u"`, `"\u12"`, `"\u12g4"`, `"\u12aF"`, `"\ud800"`, `"\'"`, `"a"b`, `'a'`,
		"\"\x1f\"", "\"\x7f\"", "\"\x80\xff\xc0\"", "\"\xed\xa0\x80\"", "\"1234567\n\"", "\"12345678\n\"", "\"\u00e9\u2028\"", "[\"a\x00\"]",
		nested("[", "", "]", 63), nested("[", "", "]", 64), nested("[", "", "]", 65), nested("[", "1", "]", 129), nested("[", "", "]", 10_000), nested("[", "", "]", 10_001),
		nested(`{"a":`, "1", "}", 64), nested(`{"a":`, "1", "}", 65), nested(`{"a":`, "{}", "}", 9_999), nested(`{"a":`, "{}", "}", 10_000), nested(`[{"a":`, "1", "}]", 5_000), nested(`[{"a":`, "[]", "}]", 5_000),
		nested("[", "", "]", 100) + "]", nested("[", "", "]", 100)[1:], nested("[", "}", "]", 64), nested("[", "1,", "]", 64), nested(`{"a":`, "]", "}", 65),
		strings.Repeat("[", 70_000), strings.Repeat(`{"a":`, 20_000), strings.Repeat(`[{"":`, 20_000), `[` + strings.Repeat("[],", 1000) + `0]`,
	}
	for _, text := range texts {
		for _, text := range []string{text, " " + text + "\n", `{"a":` + text + `}`, `[` + text + `,"b"]`} {
			want := json.Valid([]byte(text))
			if got := validJSON([]byte(text)); got != want {
				t.Errorf("%.100q is JSON: %v, want %v", text, got, want)
			}
			for _, place := range []Path{{"a"}, {"a", "a", "a"}, {"0", "0", "a"}, {"*", "a"}} {
				s := scanFor(place)
				if got := s.read([]byte(text)); got != want {
					t.Errorf("%.100q is JSON, looking for %v: %v, want %v", text, place, got, want)
				}
			}
		}
	}
}

// What no one means well costs neither heap nor stack without end.
func TestScanOfHostileText(t *testing.T) {
	place := Path{"a", "0", "*", "b"}
	for _, part := range []string{"[", `{"a":`, `[{"":`, `{"a":[`, `{"a":{},`, `"\u0061`} {
		text := []byte(strings.Repeat(part, MaxBody/len(part)))
		s := scanFor(place)
		if n := testing.AllocsPerRun(10, func() {
			s.found = 0
			s.read(text)
			validJSON(text)
		}); n > 0 {
			t.Errorf("%s…: %v allocations", part, n)
		}
	}
}

// randomJSON writes a value in which the names and places of checkScan come often.
func randomJSON(r *rand.Rand, b *bytes.Buffer, depth int) {
	space := func() { b.WriteString([]string{"", "", "", " ", "\n  ", "\t\r\n", "\n                 "}[r.IntN(7)]) }
	text := func() {
		for range r.IntN(4) {
			b.WriteString([]string{"a", "b", "code", `\u0061`, `\"`, `\\`, `\ud83d\ude00`, "é", "\xff", "0123456789", `\n`, "}]", " ", "\x7f"}[r.IntN(14)])
		}
	}
	list := func(item func(), open, closing byte) {
		b.WriteByte(open)
		space()
		for i := range r.IntN(5) {
			if i > 0 {
				b.WriteByte(',')
				space()
			}
			item()
			space()
		}
		b.WriteByte(closing)
	}
	kind := r.IntN(10)
	if depth == 0 {
		kind = 4 + r.IntN(6)
	}
	switch kind {
	case 0, 1:
		list(func() { randomJSON(r, b, depth-1) }, '[', ']')
	case 2, 3:
		list(func() {
			if name := r.IntN(10); name < 8 {
				b.WriteString([]string{`"a"`, `"b"`, `"code"`, `"\u0061"`, `"c\u006Fde"`, `"0"`, `"*"`, `""`}[name])
			} else {
				b.WriteByte('"')
				text()
				b.WriteByte('"')
			}
			space()
			b.WriteByte(':')
			space()
			randomJSON(r, b, depth-1)
		}, '{', '}')
	case 4, 5:
		b.WriteByte('"')
		text()
		b.WriteByte('"')
	case 6:
		b.WriteString([]string{"null", "true", "false"}[r.IntN(3)])
	case 7:
		b.WriteString([]string{"0", "-0", "1.50", "12", "1e3", "-12.5E-7", "123456789"}[r.IntN(7)])
	case 8:
		b.WriteString("null")
	case 9:
		b.WriteString(`"X"`)
	}
}

// scanPlaces are looked for in random texts: more than one scan has room for.
func scanPlaces() (places []Path) {
	tokens := []string{"a", "b", "code", "0", "1", "*", ""}
	for _, first := range tokens {
		places = append(places, Path{first}, Path{first, "a"}, Path{first, "code", "*"})
	}
	for _, second := range tokens {
		places = append(places, Path{"a", second, "code"}, Path{"0", second, "b", "0"})
	}
	return append(places, Path{}, Path{"a", "b", "code", "0", "1", "*", "*", "*"}, Path{"*", "*", "*", "*"})
}

// checkScan compares what a scan finds at places with what is found there by the plain
// reader, and what it takes for JSON with encoding/json.
func checkScan(t *testing.T, text []byte, places []Path) {
	t.Helper()
	s := scanFor(places...)
	d := document{syntax: JSON, body: text, scan: &s}
	valid := json.Valid(text)
	if got := d.scan.read(text); got != valid || validJSON(text) != valid {
		t.Fatalf("%q is JSON: %v, want %v", text, got, valid)
	}
	if !valid {
		return
	}
	plain := bytes.Trim(text, " \t\r\n")        // which it takes for granted
	alone := document{syntax: JSON, body: text} // without a scan
	for i := range places {
		var want, got [maxFound][]byte
		var found [maxFound]span
		n := 0
		plainAll(plain, places[i], want[:], &n)
		for j, d := range []*document{&d, &alone} {
			m := d.values(&places[i], &found)
			for k, at := range found[:m] {
				got[k] = d.value(&places[i], at)
			}
			if m != n || !slices.EqualFunc(want[:n], got[:m], bytes.Equal) {
				t.Fatalf("%q at %v: found %q by %d, want %q", text, places[i], got[:m], j, want[:n])
			}
			first := d.jsonAt(&places[i])
			if wantFirst := plainAt(plain, places[i]); !bytes.Equal(first, wantFirst) || (first == nil) != (wantFirst == nil) {
				t.Fatalf("%q at %v: first %q by %d, want %q", text, places[i], first, j, wantFirst)
			}
		}
	}
}

func TestScanPlaces(t *testing.T) {
	alone(t)
	r := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	places := scanPlaces()
	rounds := 5_000
	for range rounds {
		b.Reset()
		randomJSON(r, &b, 4)
		text := b.Bytes()
		r.Shuffle(len(places), func(i, j int) { places[i], places[j] = places[j], places[i] })
		checkScan(t, text, places)
		for range 2 { // and after one that is not JSON, or other JSON
			i := r.IntN(len(text))
			switch r.IntN(4) {
			case 0:
				text[i] = "{}[]:,\"\\ 0a\n\x00"[r.IntN(13)]
			case 1:
				text = text[:i+1]
			case 2:
				text = slices.Delete(text, i, i+1)
			case 3:
				text = slices.Insert(text, i, text[r.IntN(len(text))])
			}
			if len(text) == 0 {
				break
			}
			checkScan(t, text, places)
		}
	}
}

// FuzzScan does the same to texts that no one thought of.
func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		`{"a":{"b":"c"},"a":null}`, `[[{"code":[1,2]}],{"a":{"\u0061":-1.5e+7}}]`, ` [ [ ] , { } , [ true ] ] `, `{"*":1,"0":[0],"":[]}`, "{\"a\":\"\xff\x7f\"}",
		`{"a":[{"code":"\ud83d\ude00\ud83d"},{"code":"0123456789abcdef"}]}`, `{"a"}`, `[1,]`, `[01]`, strings.Repeat("[", 100), strings.Repeat(`{"a":[`, 40) + strings.Repeat("]}", 40),
	} {
		f.Add([]byte(seed))
	}
	places := scanPlaces()
	f.Fuzz(func(t *testing.T, text []byte) {
		checkScan(t, text, places[:maxTargets])
		checkScan(t, text, places[len(places)-maxTargets/2:])
	})
}

// A name is told from a longer one that starts so, even where its length is the same but for
// what a byte holds.
func TestScanTellsNamesApart(t *testing.T) {
	long := "abc" + strings.Repeat("\x00", 1<<8)
	text := []byte(`{"abc":1,"abcdefg":2,"abcdefgh":3,"abcdefghi":4,"":5}`)
	checkScan(t, text, []Path{{long}, {"abc"}, {"abcd"}, {"abcdefg"}, {"abcdefgh"}, {"abcdefghi"}, {"abcdefghij"}, {""}})
}

// Where more places are asked for than a scan has room for, the rest are found too.
func TestScanOfManyPlaces(t *testing.T) {
	c := &Catalog{Forms: []Form{{Syntax: JSON}}}
	var codes []string
	for i := range 2*maxTargets + 1 {
		code := fmt.Sprintf("E%d", i)
		codes = append(codes, code)
		c.Forms[0].Code = append(c.Forms[0].Code, Path{"errors", code, "code"})
		c.Codes = append(c.Codes, Entry{Code: code})
	}
	indexed(c).Plan = PlanOf(c)
	for _, code := range codes {
		body := fmt.Sprintf(`{"errors":{"E":{"code":"E1"},%q:{"code":%q}}}`, code, code)
		if d := c.Classify(Reply{Status: 400, Body: []byte(body)}); d.Code != code {
			t.Errorf("%s has the code %q", body, d.Code)
		}
	}
}
