package classify

import (
	"fmt"
	"testing"
)

// A view says all that its entry does, in a list and in a table alike, and codes that share
// much in a table keep what is their own.
func TestViewsOfAListAndOfATable(t *testing.T) {
	own := []Delay{{Header: "X-Wait"}}
	lists := func() *Catalog {
		return indexed(&Catalog{
			Codes: []Entry{
				{Code: "A", Action: Retry, Category: "busy", Policy: slotPolicy, Effect: EffectMaybe, Retired: true, Meaning: "Of A", Fix: "Mend A", URL: "https://errors.example.com/a", Operations: []Operation{"pay"}, Statuses: []uint16{200}},
				{Code: "B", Action: Retry, Category: "busy", Policy: slotPolicy, Effect: EffectMaybe, Retired: true, Meaning: "Of B", Operations: []Operation{"buy"}, Statuses: []uint16{456}},
				{Code: "C", Action: Retry, Category: "busy", Policy: slotPolicy, Operations: []Operation{"pay", "buy"}},
				{Code: "D", Action: Retry, Category: "busy", Policy: slotPolicy, Operations: []Operation{"pay", "buy"}, Delays: own},
				{Code: "E", Action: Retry, Category: "busy", Policy: slotPolicy, Operations: []Operation{"pay", "buy"}, Variants: []Variant{{Action: Fail}}},
				{Code: "F", Action: Retry, Category: "busy", Operations: []Operation{"pay", "buy"}},
				{Code: "G", Action: OK},
			},
			Aliases: []Alias{{"ONE", 1}, {"TWO", 2}, {"SIX", 6}},
		})
	}
	shown := func(v View) string {
		return fmt.Sprint(v.Kind(), v.Number(), v.Code(), v.Action(), v.Category(), v.Policy(), v.Effect(), v.Retired(), v.Meaning(), v.Fix(), v.URL(),
			v.Statuses(), v.Operations(), v.Delays(), len(v.Variants()), len(v.ByOperation()), v.IsZero(), v.isOK("pay"))
	}
	list, table := lists(), inTable(lists())
	again, err := table.With()
	if err != nil {
		t.Fatal(err)
	}
	for i := range 7 {
		want := shown(list.ByNumber(uint16(i + 1)))
		e := list.Codes[i]
		if direct := fmt.Sprint(KindCode, i+1, e.Code, e.Action, e.Category, e.Policy, e.Effect, e.Retired, e.Meaning, e.Fix, e.URL,
			e.Statuses, e.Operations, e.Delays, len(e.Variants), len(e.ByOperation), false, e.Action == OK); want != direct {
			t.Errorf("the list shows %s, want %s", want, direct)
		}
		for _, c := range []*Catalog{table, again} {
			if got := shown(c.ByNumber(uint16(i + 1))); got != want {
				t.Errorf("the table shows %s, want %s", got, want)
			}
		}
	}
	for alias, want := range map[string]string{"ONE": "A", "TWO": "B", "SIX": "F"} {
		for _, c := range []*Catalog{list, table, again} {
			if v, ok := c.Lookup(alias); !ok || v.Code() != want {
				t.Errorf("%s is %s, want %s", alias, v.Code(), want)
			}
		}
	}
}
