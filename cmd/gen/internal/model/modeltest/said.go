package modeltest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Said is what generated code in another language says about an API. Tests run the
// code, have it print this, and compare.
type Said struct {
	Constants map[string]map[string]any // by type and member
	Tables    map[string]map[string]Row // by plural, in lower case, and value
	Parsed    map[string]string         // codes by the text that stands for them; empty for none
}

// Advice is what to do, by the names on the wire.
type Advice struct{ Fix, Action, Category string }

// Row is what a table holds about a constant.
type Row struct {
	Advice
	Meaning     string
	Statuses    []int
	Retired     bool
	ByOperation map[string]Advice
}

// NewSaid returns what the code is to say, with members named by one of their two
// names.
func NewSaid(c *model.Catalog, a *model.API, name func(typeScript, python string) string) Said {
	s := Said{
		Constants: map[string]map[string]any{"Action": {}},
		Tables:    map[string]map[string]Row{},
		Parsed:    map[string]string{},
	}
	add := func(group, typeScript, python string, value any) {
		if s.Constants[group] == nil {
			s.Constants[group] = map[string]any{}
		}
		s.Constants[group][name(typeScript, python)] = value
	}
	for _, action := range classify.Actions() {
		add("Action", model.ActionConstant(action), strings.ToUpper(action.String()), action.String())
	}
	for _, category := range c.Categories {
		add("Category", category.Member, category.Python, category.Name)
	}
	for _, o := range a.Operations {
		add("Operation", o.Member, o.Python, o.Name)
	}
	for _, group := range a.Constants() {
		s.Tables[group.Plural] = map[string]Row{}
		for _, e := range group.Entries {
			var value any = e.Code
			if e.Kind == classify.KindStatus {
				value = float64(e.Number) // as JSON has it
			}
			add(group.Type, e.Member, e.Python, value)
			s.Tables[group.Plural][e.Code] = newRow(e)
		}
	}
	if len(a.Codes) > 0 {
		table := a.Table()
		for _, text := range spellings(a) {
			s.Parsed[text] = ""
			if found, ok := table.Lookup(text); ok {
				s.Parsed[text] = found.Code()
			}
		}
	}
	return s
}

func newRow(e *model.Entry) Row {
	row := Row{
		Advice:   Advice{visible(e.Fix), e.Action.String(), e.Category.Name},
		Meaning:  visible(e.Meaning),
		Statuses: append([]int{}, e.Statuses...),
		Retired:  e.Retired != nil,
	}
	for _, o := range e.Overrides {
		if row.ByOperation == nil {
			row.ByOperation = map[string]Advice{}
		}
		row.ByOperation[o.Operation] = Advice{visible(o.Fix), o.Action.String(), o.Category.Name}
	}
	return row
}

// visible returns a text as the literals of other languages hold it: what is not
// UTF-8 is replaced, byte by byte.
func visible(text string) string { return string([]rune(text)) }

// spellings are texts that may stand for codes of an API, or nearly.
func spellings(a *model.API) []string {
	all := map[string]bool{"": true, "toString": true, "__proto__": true, "constructor": true, "no such code": true}
	for _, e := range slices.Concat(a.Codes, a.Prefixes) {
		for _, code := range append([]string{e.Code}, e.Aliases...) {
			for _, text := range []string{code, strings.ToLower(code), strings.ToUpper(code), code + " ", code + "X",
				strings.NewReplacer("S", "ſ", "s", "ſ").Replace(code), strings.NewReplacer("K", "\u212a").Replace(code),
				strings.NewReplacer("I", "İ").Replace(code), strings.NewReplacer("I", "ı", "i", "ı").Replace(code),
				strings.NewReplacer("ß", "ẞ").Replace(code), strings.NewReplacer("ß", "ss").Replace(code)} {
				all[text] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// CheckText requires that a generated file holds no character that can't be seen:
// it would hide what the file says, or end a line where a reader sees none.
func CheckText(t *testing.T, name string, text []byte) {
	t.Helper()
	if strings.ContainsFunc(string(text), func(r rune) bool {
		return r != '\n' && (r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069)
	}) {
		t.Errorf("%s holds what can't be seen", name)
	}
	for line := range strings.Lines(string(text)) {
		if strings.TrimRight(line, " \t\n")+"\n" != line {
			t.Errorf("%s: a line ends in blanks: %q", name, line)
		}
	}
}
