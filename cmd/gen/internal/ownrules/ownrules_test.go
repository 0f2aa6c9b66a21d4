package ownrules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
)

// soldOut is an entry that says little, and busy one that says much.
var (
	soldOut = &catalogjson.Entry{
		API: "shop", Kind: "code", Code: "SOLD_OUT", Action: "fail", Status: []int{}, Operations: []string{}, ScheduleMS: [][2]int64{},
		ByOperation: []catalogjson.Override{}, LookAlikes: []catalogjson.LookAlike{}, Examples: []catalogjson.Example{}, Aliases: []string{},
	}
	busy = &catalogjson.Entry{
		API: "shop", Kind: "status", Code: "503", Action: "retry", Fix: "Wäit", Status: []int{503}, Operations: []string{"buy", "sell"},
		Retries: -1, ScheduleMS: [][2]int64{{1000, 2000}}, Processed: true, Answer: "Please wait.",
		Variants: []catalogjson.Variant{{When: "today", Action: "fail", Fix: "Come back"}},
		Examples: []catalogjson.Example{{Status: 503, Headers: []catalogjson.Header{{Name: "Retry-After", Value: "2"}}}},
		Retired:  &catalogjson.Retired{Since: "3"},
	}
)

func TestHolds(t *testing.T) {
	for check, want := range map[string][2]bool{ // of soldOut and busy
		`entry.action != "retry" || has(entry.reply)`:                      {true, true},
		`entry.action == "fail" || !has(entry.reply)`:                      {true, false},
		`size(entry.fix) == 4`:                                             {false, true}, // in characters
		`entry.code.matches("^[A-Z_]+$")`:                                  {true, false},
		`entry.code.matches("D_O")`:                                        {true, false}, // anywhere
		`entry.code.startsWith("5")`:                                       {false, true},
		`503 in entry.status`:                                              {false, true},
		`entry.status.all(s, s < 500)`:                                     {true, false},
		`entry.operations.exists_one(o, o == "buy")`:                       {false, true},
		`entry.operations == ["buy", "sell"]`:                              {false, true},
		`entry.kind in ["status", "status_class"]`:                         {false, true},
		`entry.retries < 0`:                                                {false, true},
		`entry.schedule_ms.exists(w, w[0] < w[1])`:                         {false, true},
		`!entry.processed`:                                                 {true, false},
		`entry.variants.exists(v, v.action != entry.action)`:               {false, true},
		`entry.examples.all(e, e.headers.all(h, h.name != "Retry-After"))`: {true, false},
		`entry.retired.since == ""`:                                        {true, false},
		// What is absent is empty, and has() is false for it.
		`entry.fix == "" && entry.impact == "" && size(entry.delay) == 0`:                           {true, false},
		`has(entry.fix) && has(entry.retries) && has(entry.processed)`:                              {false, true},
		`has(entry.status) || has(entry.schedule_ms) || has(entry.examples) || has(entry.variants)`: {false, true},
		`has(entry.retired)`: {false, true},
	} {
		rule, fault := Compile(check, nil)
		if fault != nil {
			t.Errorf("%s: %+v", check, *fault)
			continue
		}
		for i, entry := range []*catalogjson.Entry{soldOut, busy} {
			got, cost, fault := rule.Holds(entry)
			if fault != nil || cost == 0 || got != want[i] {
				t.Errorf("%s of %s: %v at a cost of %d, %+v", check, entry.Code, got, cost, fault)
			}
		}
	}
}

func TestFields(t *testing.T) {
	for check, want := range map[string][]string{
		`size(entry.fix) < 5 && has(entry.fix)`:                {"fix"},
		`entry.action != "retry" || has(entry.reply)`:          {"action", "reply"},
		`entry.variants.all(v, size(v.fix) < 5)`:               {"variants"},
		`[entry].all(e, size(e.fix) < 5)`:                      nil,
		`entry.aliases.all(entry, size(entry) < 5)`:            {"aliases"},
		`has(entry.retired) && size(entry.retired.since) == 3`: {"retired"},
	} {
		rule, fault := Compile(check, nil)
		if fault != nil {
			t.Errorf("%s: %+v", check, *fault)
		} else if diff := cmp.Diff(want, rule.Fields); diff != "" {
			t.Errorf("%s (-want +got):\n%s", check, diff)
		}
	}
}

// TestWords compares fields with words that they never have, in all ways to write that.
func TestWords(t *testing.T) {
	words := Words{"action": {"fail", "retry"}}
	for check, bad := range map[string]string{
		`entry.action == "rety"`:                               `"rety"`,
		`"rety" != entry.action`:                               `"rety"`,
		`entry.action in ["fail", "rety"]`:                     `"rety"`,
		`entry.variants.exists(v, v.action == "rety")`:         `"rety"`,
		`has(entry.fix) && (entry.action == "RETRY" || false)`: `"RETRY"`,
		`entry.action == "retry" || entry.action == ""`:        "",
		`entry.fix != "rety" && entry.action != entry.fix`:     "",
		`entry.action.contains("ret")`:                         "",
	} {
		_, fault := Compile(check, words)
		if (fault != nil) != (bad != "") {
			t.Errorf("%s: %+v", check, fault)
		} else if fault != nil && (fault.Message != "no action is "+bad || !strings.HasPrefix(check[fault.Offset:], bad)) {
			t.Errorf("%s: %+v", check, *fault)
		}
	}
}

// TestDocumented compares the table of docs/spec-format.md with what rules see: every field
// with its type, and nothing else.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", "spec-format.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "\n| field | type | what it is |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	got := make(map[string]string)
	rows := make(map[string]string)
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		for name := range strings.SplitSeq(cells[1], ",") {
			name = strings.Trim(name, " `")
			got[name], rows[name] = strings.TrimSpace(cells[2]), row
		}
	}
	want := make(map[string]string)
	for name := range fields(catalogjson.Entry{}) {
		_, fault := Compile("entry."+name+" == {}", nil)
		if fault == nil {
			t.Fatalf("entry.%s is a map", name)
		}
		is, _ := strings.CutPrefix(fault.Message, "== does not take (")
		want[name], _, _ = strings.Cut(is, ", map(")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields (-rules +page):\n%s", diff)
	}
	for name, of := range map[string]any{
		"variants": catalogjson.Variant{}, "by_operation": catalogjson.Override{}, "lookalikes": catalogjson.LookAlike{},
		"examples": catalogjson.Example{}, "retired": catalogjson.Retired{},
	} {
		for field := range fields(of) {
			if !strings.Contains(rows[name], "`"+field+"`") {
				t.Errorf("the row of %s lacks %s", name, field)
			}
		}
	}
}
