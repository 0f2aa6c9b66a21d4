package classify

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// inTable returns a copy of a catalog that has its codes in a table.
func inTable(c *Catalog) *Catalog {
	own := *c
	own.Table = NewTable(c, "https://errors.example.com/")
	own.Codes, own.Aliases = nil, nil
	return &own
}

// codesOfAllKinds is a catalog whose codes differ in all that an entry can say.
func codesOfAllKinds() *Catalog {
	wait := &Policy{Name: "wait", Base: second, Retries: 3}
	submit := []Operation{"submit"}
	return indexed(&Catalog{
		Codes: []Entry{
			{Code: "A", Action: Retry, Category: "transient", Policy: wait, Statuses: []uint16{429, 503}, Meaning: "Busy", Fix: "Wait", URL: "https://errors.example.com/c/a.html"},
			{Code: "B", Action: Retry, Category: "transient", Policy: &Policy{Name: "wait", Base: second, Retries: 3}, Statuses: []uint16{429, 503}, Fix: "Wait\nlonger"},
			{Code: "C", Action: Retry, Category: "transient", Policy: &Policy{Name: "wait", Base: second, Retries: 2}},
			{Code: "D", Category: "permanent", Effect: EffectMaybe, Statuses: []uint16{503}, Meaning: "Broken"},
			{Code: "E", Category: "permanent", Retired: true},
			{Code: "F", Category: "permanent", Operations: submit},
			{Code: "G", Category: "permanent", Operations: []Operation{"submit"}, Meaning: "The same"},
			{Code: "H", Category: "permanent", Operations: []Operation{"sub", "mit"}},
			{Code: "I", Category: "permanent", Delays: []Delay{{Header: "X-Wait"}}},
			{Code: "J", Category: "permanent", Variants: []Variant{{When: []Test{{Kind: StatusIs, Status: []int{500}}}, Action: Retry, Policy: wait}}},
			{Code: "K", Category: "permanent", ByOperation: []OperationVariant{{Operation: "submit", Action: OK}}},
			{Code: "", Category: "permanent"},
			{Code: "L\n", Category: "permanent", Meaning: "\n", Fix: "`"},
			{Code: "M", Category: "permanent"},
			{Code: "N", Category: "permanent", Policy: &Policy{}},
		},
		Aliases:  []Alias{{Text: "AA", Code: 1}, {Text: "MM", Code: 14}},
		Prefixes: []Entry{{Kind: KindPrefix, Number: 16, Code: "X*"}},
		Statuses: []Entry{{Kind: KindStatus, Number: 15, Code: "15"}},
	})
}

// TestTable takes every code into a table, and all that it says out of it.
func TestTable(t *testing.T) {
	plain := codesOfAllKinds()
	c := inTable(plain)
	var entries []Entry
	for entry := range c.Entries() {
		entries = append(entries, entry.Entry())
	}
	if want := slices.Concat(plain.Codes, plain.Prefixes, plain.Statuses); !reflect.DeepEqual(entries, want) {
		t.Errorf("out of the table come\n%+v, want\n%+v", entries, want)
	}
	for i := range plain.Codes {
		want := plain.Codes[i].View()
		got, ok := c.Lookup(want.Code())
		if !ok || got != c.ByNumber(uint16(i+1)) || got.Kind() != KindCode || got.IsZero() {
			t.Fatalf("Lookup(%q) is %+v", want.Code(), got.Entry())
		}
		for name, same := range map[string]bool{
			"Number": got.Number() == want.Number(), "Code": got.Code() == want.Code(), "Action": got.Action() == want.Action(),
			"Category": got.Category() == want.Category(), "Policy": reflect.DeepEqual(got.Policy(), want.Policy()),
			"Effect": got.Effect() == want.Effect(), "Retired": got.Retired() == want.Retired(), "Meaning": got.Meaning() == want.Meaning(),
			"Fix": got.Fix() == want.Fix(), "URL": got.URL() == want.URL(), "Statuses": slices.Equal(got.Statuses(), want.Statuses()),
			"Operations": slices.Equal(got.Operations(), want.Operations()), "Delays": reflect.DeepEqual(got.Delays(), want.Delays()),
			"Variants": reflect.DeepEqual(got.Variants(), want.Variants()), "ByOperation": slices.Equal(got.ByOperation(), want.ByOperation()),
		} {
			if !same {
				t.Errorf("%s of %q is not that of the entry", name, want.Code())
			}
		}
	}
	for _, alias := range plain.Aliases {
		if got, ok := c.Lookup(alias.Text); !ok || got.Number() != alias.Code {
			t.Errorf("Lookup(%q) is %+v", alias.Text, got.Entry())
		}
	}
	if entry := c.ByNumber(16); entry != c.Prefixes[0].View() {
		t.Errorf("number 16 is %q", entry.Code())
	}
	for _, number := range []uint16{0, 17, 65_535} {
		if entry := c.ByNumber(number); !entry.IsZero() || !reflect.DeepEqual(entry.Entry(), Entry{}) {
			t.Errorf("number %d is %q", number, entry.Code())
		}
	}
	if got, want := FactsOf(c), FactsOf(plain); got != want {
		t.Errorf("facts %08b, want %08b", got, want)
	}
}

// What many codes say alike is there once.
func TestTableShares(t *testing.T) {
	table := NewTable(codesOfAllKinds(), "")
	if n := len(table.Rules); n != 11 {
		t.Errorf("%d rules, want one each for A and B, for F and G, and for the three before the last: %+v", n, table.Rules)
	}
	if want := []uint16{0, 2, 429, 503, 1, 503}; !slices.Equal(table.Statuses, want) {
		t.Errorf("statuses %d, want %d", table.Statuses, want)
	}
}

// A large table holds no more pointers than a small one, for the garbage collector to follow
// and a program to set at its start.
func TestTableHasFewPointers(t *testing.T) {
	of := func(n int) map[string]int {
		c := &Catalog{}
		for i := range n {
			code := fmt.Sprintf("CODE_%d", i)
			c.Codes = append(c.Codes, Entry{Code: code, Meaning: code, Fix: code, Statuses: []uint16{uint16(400 + i)}, Operations: []Operation{"submit"}})
		}
		table := reflect.ValueOf(*NewTable(indexed(c), ""))
		pointers := make(map[string]int)
		for i := range table.NumField() {
			name, field := table.Type().Field(i).Name, table.Field(i)
			pointers[name] = 1
			if field.Kind() != reflect.Slice {
				continue
			}
			switch field.Type().Elem().Kind() {
			case reflect.Uint16, reflect.Uint32:
			default:
				pointers[name] += field.Len()
			}
		}
		return pointers
	}
	if small, large := of(10), of(5000); !reflect.DeepEqual(small, large) {
		t.Errorf("with 10 codes %v, with 5,000 %v", small, large)
	}
}

// Codes in a table are decided about as all others are, and why.
func TestTableDecides(t *testing.T) {
	plain := taskAPI()
	plain.Codes = append(plain.Codes, Entry{Code: "LONG_CODE", Statuses: []uint16{400}, Meaning: "Long", Fix: "Cut it"})
	indexed(plain)
	c := inTable(plain)
	for _, code := range append(strings.Fields("NO_SLOT NOT_READY READY LONG_COD LONG_CODE ALSO_LONG"), "KEIN GUTHABEN") {
		for _, operation := range []Operation{"", "submit", "poll"} {
			reply := Reply{Status: 500, Body: []byte(code), Operation: operation}
			got, want := c.Classify(reply), plain.Classify(reply)
			if !reflect.DeepEqual(got.Entry.Entry(), want.Entry.Entry()) || !slices.Equal(got.Why(), want.Why()) || got.Disagrees() != want.Disagrees() ||
				got.Action != want.Action || got.Fix != want.Fix || got.Policy != want.Policy || got.Effect != want.Effect || got.Err().Error() != want.Err().Error() {
				t.Errorf("%s is decided as %q, want %q", reply.Body, got.Why(), want.Why())
			}
		}
	}
}

// A code in a table is found by all of its bytes, whatever it is long, and by no others even if
// the index takes them for it.
func TestTableComparesAllBytes(t *testing.T) {
	for _, n := range append(numbersTo(65), 254, 255, 256, 1000) { // four words twice, and the length from which tags say no more
		var code strings.Builder
		for i := range n {
			code.WriteByte(byte('!' + i%90))
		}
		c := inTable(indexed(&Catalog{Codes: []Entry{{Code: "OTHER"}, {Code: code.String()}}, Aliases: []Alias{{Text: "ALIAS_" + code.String(), Code: 2}}}))
		find := func(code string) (string, int32) {
			entry, ok := c.Lookup(code)
			number, spelling := c.listed([]byte(code))
			if ok != (number > 0) || ok != (spelling == code && number == int32(entry.Number())) {
				t.Errorf("%q is %q as text and %d, %q as bytes", code, entry.Code(), number, spelling)
			}
			return entry.Code(), number
		}
		names, cells := c.Table.Names.Text, c.Index.Cells
		for _, code := range []string{code.String(), "ALIAS_" + code.String()} {
			c.Table.Names.Text, c.Index.Cells = names, cells
			if got, number := find(code); number != 2 {
				t.Errorf("%q is found as %d, %q", code, number, got)
			}
			for at := range len(code) {
				start := strings.Index(names, "\n"+code+"\n") + 1 + at
				c.Table.Names.Text = names[:start] + "~" + names[start+1:]
				if start := strings.Index("\n"+cells, "\n"+code); start >= 0 {
					c.Index.Cells = cells[:start+at] + "~" + cells[start+at+1:]
				}
				if got, number := find(code); number != 0 {
					t.Fatalf("%q is found as %d, %q", code, number, got)
				}
			}
		}
	}
}

func numbersTo(n int) (numbers []int) {
	for i := range n {
		numbers = append(numbers, i)
	}
	return numbers
}

// Codes of every length that start and end alike are found in a table, and texts like them are not.
func TestTableFindsAlikeCodes(t *testing.T) {
	for _, aliases := range []bool{false, true} {
		plain := &Catalog{}
		var texts []string
		for n := range 300 {
			for _, middle := range "ABC" {
				texts = append(texts, "ERROR_IN"+strings.Repeat("_", n)+string(middle)+strings.Repeat("_", n/2)+"OF_LIMIT")
			}
		}
		for i, text := range texts {
			if aliases && i%2 == 1 {
				plain.Aliases = append(plain.Aliases, Alias{Text: text, Code: uint16(i/2 + 1)})
				continue
			}
			plain.Codes = append(plain.Codes, Entry{Code: text})
		}
		c := inTable(indexed(plain))
		for i, text := range texts {
			want := i + 1
			if aliases {
				want = i/2 + 1
			}
			if got, ok := c.Lookup(text); !ok || int(got.Number()) != want {
				t.Fatalf("Lookup(%q) is %d, want %d", text, got.Number(), want)
			}
			for _, other := range []string{strings.ToLower(text), text[1:], text[:len(text)-1], text + "\n", strings.NewReplacer("A_", "D_", "B_", "D_", "C_", "D_").Replace(text)} {
				if got, ok := c.Lookup(other); ok && !slices.Contains(texts, other) {
					t.Fatalf("Lookup(%q) is %q", other, got.Code())
				}
			}
		}
	}
}

// In a catalog that ignores case, codes of every length are found in all spellings that are
// equal in any case, of which some have more bytes than others, and no other texts are.
func TestTableFoldsCodes(t *testing.T) {
	plain := &Catalog{FoldCase: true}
	odd := strings.NewReplacer("k", "\u212a", "s", "ſ") // which are equal to them
	for n := range 80 {
		code := strings.Repeat("Ask_Zz@[`{", n/10+1)[:n] + fmt.Sprintf("-%dk", n)
		if n%3 == 0 {
			code = odd.Replace(code)
		}
		plain.Codes = append(plain.Codes, Entry{Code: code})
	}
	for _, c := range []*Catalog{indexed(plain), inTable(plain)} {
		for i := range plain.Codes {
			code := plain.Codes[i].Code
			for _, text := range []string{
				code, strings.ToUpper(code), strings.ToLower(code), odd.Replace(code), code[1:], code + "k", code[:len(code)-1],
				strings.NewReplacer("@", "`", "`", "@").Replace(code), strings.NewReplacer("[", "{", "{", "[").Replace(code), strings.ReplaceAll(code, "_", "\x1f"), strings.ReplaceAll(code, "Z", "\xda"),
			} {
				want := slices.IndexFunc(plain.Codes, func(e Entry) bool { return strings.EqualFold(e.Code, text) })
				if entry, ok := c.Lookup(text); ok != (want >= 0) || ok && entry.Code() != plain.Codes[want].Code {
					t.Errorf("Lookup(%q) is %q, want number %d", text, entry.Code(), want+1)
				}
			}
		}
	}
}
