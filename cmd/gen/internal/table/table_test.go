package table_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/table"
)

var update = flag.Bool("update", false, "rewrite the tables of the vectors")

// vectors holds the conformance vectors, and the spec and the tables that they are
// about.
const vectors = "../../../../spec/vectors"

func load(t *testing.T, path string) *model.Catalog {
	t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, problems := check.Load(path, source)
	if diag.HasErrors(problems) {
		t.Fatalf("%s: %v", path, problems)
	}
	return c
}

// TestVectors checks the tables of the conformance vectors against their spec.
func TestVectors(t *testing.T) {
	for _, a := range load(t, filepath.Join(vectors, "errors.yaml")).APIs {
		got := table.JSON(a.Table())
		path := filepath.Join(vectors, a.Name+".table.json")
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is stale, rewrite it with -update (-want +got):\n%s", path, diff)
		}
	}
}

// TestExamples wants a vector of each example of the shipped catalog, which leads
// to the entry that it stands in, whatever the time.
func TestExamples(t *testing.T) {
	c := load(t, "../../../../spec/errors.yaml")
	var made struct {
		Generated string
		Tables    map[string]struct{ Table int }
		Vectors   []struct {
			Because, Table string
			Reply          struct{ Headers map[string][]string }
			Decision       struct {
				Entry    struct{ Kind, Code string }
				ServerMS *float64 `json:"server_delay_ms"`
			}
		}
	}
	if err := json.Unmarshal(table.Vectors(c, "errors.yaml"), &made); err != nil {
		t.Fatal(err)
	}
	examples := 0
	for _, a := range c.APIs {
		if made.Tables[a.Name].Table != table.Version {
			t.Errorf("no table of %s", a.Name)
		}
		for _, e := range a.Entries() {
			examples += len(e.Examples)
		}
	}
	if len(made.Vectors) != examples || made.Generated == "" {
		t.Fatalf("%d vectors of %d examples, generated %q", len(made.Vectors), examples, made.Generated)
	}
	for _, v := range made.Vectors {
		entry := v.Decision.Entry
		if !strings.HasSuffix(v.Because, " of "+entry.Kind+" "+entry.Code) {
			t.Errorf("%s of %s leads to %s %s", v.Because, v.Table, entry.Kind, entry.Code)
		}
		if v.Decision.ServerMS != nil && v.Reply.Headers["Date"] == nil {
			t.Errorf("%s of %s has a delay and no date", v.Because, v.Table)
		}
	}
}

// derived are the fields of a catalog that a table leaves out: they follow from
// the rest, or are for Go alone.
var derived = map[string]bool{"Kind": true, "Number": true, "Table": true, "Index": true, "Facts": true, "TypedCode": true}

// TestNothingIsLost changes every field of a catalog and wants another table.
func TestNothingIsLost(t *testing.T) {
	c := everything()
	before := table.JSON(c)
	if !json.Valid(before) {
		t.Fatalf("no JSON:\n%s", before)
	}
	changed := 0
	walk(reflect.ValueOf(c).Elem(), "Catalog", func(field reflect.Value, name string) {
		old := reflect.New(field.Type()).Elem()
		old.Set(field)
		change(t, field, name)
		if bytes.Equal(before, table.JSON(c)) {
			t.Errorf("%s is not in the table", name)
		}
		field.Set(old)
		changed++
	})
	if changed < 60 {
		t.Errorf("only %d fields were changed", changed)
	}
}

// walk yields every field that holds a single value.
func walk(v reflect.Value, name string, yield func(field reflect.Value, name string)) {
	switch v.Kind() {
	case reflect.Pointer:
		walk(v.Elem(), name, yield)
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), name, yield)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() && (!derived[field.Name] || v.Type().Name() == "Test") {
				walk(v.Field(i), name+"."+field.Name, yield)
			}
		}
	default:
		yield(v, name)
	}
}

func change(t *testing.T, field reflect.Value, name string) {
	switch field.Kind() {
	case reflect.Bool:
		field.SetBool(!field.Bool())
	case reflect.String:
		field.SetString(field.String() + "x")
	case reflect.Int, reflect.Int64:
		field.SetInt(field.Int() + 1)
	case reflect.Uint8, reflect.Uint16:
		if name == "Catalog.Aliases.Code" {
			field.SetUint(field.Uint() + 1)
			return
		}
		field.SetUint((field.Uint() + 1) % 3)
	case reflect.Float64:
		field.SetFloat(field.Float() + 0.5)
	default:
		t.Fatalf("%s is of kind %s", name, field.Kind())
	}
}

// everything is a catalog in which no field is empty.
func everything() *classify.Catalog {
	policy := &classify.Policy{
		Name: "p", Growth: classify.Linear, Base: time.Second, Factor: 2, Jitter: classify.Jitter{Add: time.Nanosecond, Spread: 0.5, Full: true},
		Max: time.Hour, First: time.Minute, Retries: 3, Within: 90 * time.Second, ServerDelayMax: 1001 * time.Microsecond,
	}
	inline := &classify.Policy{Base: time.Second, Retries: classify.Unlimited}
	rare, told := &classify.Policy{Base: time.Minute, Retries: 1}, &classify.Policy{Base: time.Hour, Retries: 1}
	when := []classify.Test{{Kind: classify.All, Tests: []classify.Test{
		{Kind: classify.Contains, At: classify.Path{"a"}, Text: "b"}, {Kind: classify.OperationIs, Operations: []classify.Operation{"poll"}},
	}}}
	delays := []classify.Delay{{Code: "WAIT_", Unit: time.Minute, As: classify.AsTime}, {Header: "Retry-After", Decimal: true}}
	entry := func(code string) classify.Entry {
		return classify.Entry{
			Code: code, Action: classify.Retry, Category: "busy", Policy: policy, Effect: classify.EffectMaybe, Retired: true, Statuses: []uint16{429, 503},
			Meaning: "Busy", Fix: "Wait", Operations: []classify.Operation{"poll"}, Delays: delays,
			Variants:    []classify.Variant{{When: when, Action: classify.Fail, Category: "rare", Policy: rare, Effect: classify.EffectMaybe, Meaning: "Rare", Fix: "Look", Delays: delays}},
			ByOperation: []classify.OperationVariant{{Operation: "poll", Action: classify.WaitPoll, Category: "pending", Policy: inline, Fix: "Ask"}},
		}
	}
	unknown, unrecognised := entry("unknown"), entry("unrecognised")
	return &classify.Catalog{
		Name: "full", Title: "Full <&>", FoldCase: true,
		Forms: []classify.Form{{
			Syntax: classify.JSON,
			OK: []classify.Test{
				{Kind: classify.Equals, At: classify.Path{"a", "*"}, Values: []classify.Scalar{{Type: classify.Number, Text: "1"}}},
				{Kind: classify.PrefixIs, Prefix: []string{"OK|"}},
				{Kind: classify.HeaderEquals, Header: "X-Ok", Values: []classify.Scalar{{Type: classify.String, Text: "1"}}},
				{Kind: classify.StatusIs, Status: []int{200, 3}},
			},
			In: classify.InString, Inside: classify.Path{"body"}, Fail: when, None: []string{"none"},
			Code: []classify.Path{{"code"}}, Message: []classify.Path{{"message"}}, After: "#", Before: ":",
		}},
		Overrides: []classify.Override{{When: when, Sets: true, Action: classify.Retry, Category: "told", Policy: told, Fix: "Obey", Delays: delays}},
		Delays:    []classify.Delay{{Header: "Retry-After", Unit: time.Second}, {At: classify.Path{"wait"}, Unit: time.Millisecond}},
		Endpoints: []classify.Endpoint{{Operation: "poll", Method: "GET", Path: "/poll", Repeatable: true, Timeout: time.Minute}},
		Codes:     []classify.Entry{entry("A"), entry("B")}, Prefixes: []classify.Entry{entry("C*")}, Statuses: []classify.Entry{entry("429")},
		Classes: []classify.Entry{entry("5xx")}, Transport: []classify.Entry{entry("timeout")}, Unknown: &unknown, Unrecognised: &unrecognised,
		Aliases: []classify.Alias{{Text: "D", Code: 1}},
	}
}

// TestMilliseconds holds the numbers of a table to the nanosecond.
func TestMilliseconds(t *testing.T) {
	for d, want := range map[time.Duration]string{
		5 * time.Second: "5000", time.Nanosecond: "0.000001", 1500 * time.Microsecond: "1.5", 100*time.Hour + 1: "360000000.000001", 1<<63 - 1: "9223372036854.775807",
	} {
		c := &classify.Catalog{Codes: []classify.Entry{{Code: "A", Policy: &classify.Policy{Base: d}}}}
		var got struct {
			Policies []struct {
				Base json.Number `json:"base_ms"`
			}
		}
		if err := json.Unmarshal(table.JSON(c), &got); err != nil {
			t.Fatal(err)
		}
		if got := got.Policies[0].Base.String(); got != want {
			t.Errorf("%s is %s ms, want %s", d, got, want)
		}
	}
}
