package classify

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/errkb/errkb/classify/packed"
)

// changeAPI has what can be changed: variants, operations, overrides, and all kinds of
// entries.
func changeAPI() *Catalog {
	slow := &Policy{Name: "slow", Base: second, Retries: 3}
	poll := &Policy{Name: "poll", Base: second, Retries: Unlimited}
	c := &Catalog{
		Name:   "change",
		Forms:  []Form{{Syntax: JSON, Code: []Path{{"code"}}}},
		Delays: []Delay{{Header: "Retry-After"}},
		Codes: []Entry{
			{Code: "BUSY", Action: Retry, Policy: slow, Statuses: []uint16{429}, Variants: []Variant{
				{When: []Test{{At: Path{"quota"}, Values: []Scalar{{Type: String, Text: "day"}}}}, Action: FixAccount},
				{When: []Test{{At: Path{"quota"}, Values: []Scalar{{Type: String, Text: "hour"}}}}, Action: Retry, Policy: slow},
			}, ByOperation: []OperationVariant{{Operation: "poll", Action: WaitPoll, Policy: poll}}},
			{Code: "WRONG", Action: Fail, Statuses: []uint16{400}},
			{Code: "DONE", Action: OK},
		},
		Prefixes:     []Entry{{Kind: KindPrefix, Code: "08*", Action: Retry, Policy: slow}},
		Statuses:     []Entry{{Kind: KindStatus, Number: 503, Code: "503", Action: Retry, Policy: slow}},
		Classes:      []Entry{{Kind: KindStatusClass, Number: 5, Code: "5xx", Action: Fail}},
		Transport:    []Entry{{Kind: KindTransport, Code: "timeout", Action: Retry, Policy: slow}},
		Unknown:      &Entry{Kind: KindUnknown, Code: "unknown", Action: Fail},
		Unrecognised: &Entry{Kind: KindUnrecognised, Code: "unrecognised", Action: Retry, Policy: slow},
		Overrides:    []Override{{When: []Test{{At: Path{"again"}, Values: []Scalar{{Type: Bool, Text: "true"}}}}, Sets: true, Action: Retry, Policy: slow}},
		Aliases:      []Alias{{"ZU VIEL", 1}},
		TypedCode:    func(number uint16) error { return typedCode(number) },
	}
	c = indexed(c)
	c.Facts = FactsOf(c)
	return c
}

// changeReplies are replies that reach every part of changeAPI, by name.
var changeReplies = map[string]Reply{
	"busy":         {Status: 429, Body: []byte(`{"code":"BUSY"}`)},
	"busy, a day":  {Status: 429, Body: []byte(`{"code":"BUSY","quota":"day"}`)},
	"busy, hour":   {Status: 429, Body: []byte(`{"code":"BUSY","quota":"hour"}`)},
	"busy, poll":   {Status: 429, Operation: "poll", Body: []byte(`{"code":"BUSY"}`)},
	"alias":        {Status: 429, Body: []byte(`{"code":"ZU VIEL"}`)},
	"wrong":        {Status: 400, Body: []byte(`{"code":"WRONG"}`)},
	"override":     {Status: 400, Body: []byte(`{"code":"WRONG","again":true}`)},
	"prefix":       {Status: 400, Body: []byte(`{"code":"0815"}`)},
	"status":       {Status: 503},
	"class":        {Status: 500},
	"timeout":      {Err: FailureTimeout},
	"unknown":      {Status: 400, Body: []byte(`{"code":"NEW"}`)},
	"unrecognised": {Status: 404},
}

// told is what a catalog says to each of the replies, action and policy.
func (c *Catalog) told() map[string]string {
	all := make(map[string]string)
	for name, reply := range changeReplies {
		d := c.Classify(reply)
		text := d.Action.String()
		if d.Policy != nil {
			text += fmt.Sprintf(" %s %d", d.Policy.Name, d.Policy.Retries)
		}
		all[name] = text
	}
	return all
}

func TestWith(t *testing.T) {
	before := changeAPI().told()
	for name, test := range map[string]struct {
		changes []Change
		want    map[string]string // what differs
	}{
		"nothing": {[]Change{{}}, nil},
		"a policy by name": {[]Change{ReplacePolicy("slow", Policy{Retries: 9})}, map[string]string{
			"busy": "retry slow 9", "busy, hour": "retry slow 9", "alias": "retry slow 9", "override": "retry slow 9", "prefix": "retry slow 9",
			"status": "retry slow 9", "timeout": "retry slow 9", "unrecognised": "retry slow 9",
		}},
		"a policy of another name": {[]Change{ReplacePolicy("poll", Policy{Name: "often", Retries: 2})}, map[string]string{"busy, poll": "wait_poll often 2"}},
		"a policy of a code": {[]Change{SetPolicy("BUSY", Policy{Name: "own", Retries: 1})}, map[string]string{
			"busy": "retry own 1", "busy, hour": "retry own 1", "busy, poll": "wait_poll own 1", "alias": "retry own 1",
		}},
		"an action of an alias": {[]Change{SetAction("ZU VIEL", Fail)}, map[string]string{
			"busy": "fail", "busy, a day": "fail", "busy, hour": "fail", "busy, poll": "fail", "alias": "fail",
		}},
		"an action that waits": {[]Change{SetAction("WRONG", Retry), SetPolicy("WRONG", Policy{Name: "own", Retries: 1})}, map[string]string{"wrong": "retry own 1"}},
		"in the other order":   {[]Change{SetPolicy("5xx", Policy{Name: "own"}), SetAction("5xx", Resubmit)}, map[string]string{"class": "resubmit own 0"}},
		"the rest": {[]Change{{}, SetAction("08*", Fail), SetAction("503", FixAccount), SetAction("timeout", Fail), SetPolicy("unrecognised", Policy{Name: "own"}),
			SetAction("unknown", FixAccount)}, map[string]string{
			"prefix": "fail", "status": "fix_account", "timeout": "fail", "unrecognised": "retry own 0", "unknown": "fix_account",
		}},
		"the last counts": {[]Change{SetAction("503", Fail), SetPolicy("503", Policy{Name: "a"}), SetPolicy("503", Policy{Name: "b"}), SetAction("503", Retry)},
			map[string]string{"status": "retry b 0"}},
	} {
		for _, c := range []*Catalog{changeAPI(), inTable(changeAPI())} {
			t.Run(fmt.Sprintf("%s, in a table: %t", name, c.Table != nil), func(t *testing.T) {
				own, err := c.With(test.changes...)
				if err != nil {
					t.Fatal(err)
				}
				got := own.told()
				for reply, was := range before {
					want, differs := test.want[reply]
					if !differs {
						want = was
					}
					if got[reply] != want {
						t.Errorf("%s: %s, want %s", reply, got[reply], want)
					}
					if now := c.told()[reply]; now != was {
						t.Errorf("%s: the original says %s, and said %s", reply, now, was)
					}
				}
				if own.Facts != FactsOf(own) || own.Name != c.Name || len(own.Codes) != len(c.Codes) {
					t.Errorf("the copy is %s, with the facts %b", own.Name, own.Facts)
				}
				if err := own.Check(changeReplies["busy"]); !isCode(err, 1) {
					t.Errorf("no typed code in %v", err)
				}
			})
		}
	}
}

func isCode(err error, number uint16) bool {
	code, ok := find[typedCode](err)
	return ok && code == typedCode(number)
}

// A field of the tables that holds a policy is one that can be replaced.
func TestWithFindsEveryPolicy(t *testing.T) {
	c := changeAPI()
	found := make(map[*Policy]int)
	for policy := range (&changing{catalog: c}).policies {
		if *policy != nil {
			found[*policy]++
		}
	}
	there := make(map[*Policy]int)
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		if policy, ok := v.Interface().(*Policy); ok {
			if policy != nil {
				there[policy]++
			}
			return
		}
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(c).Elem())
	if !maps.Equal(found, there) || len(there) == 0 {
		t.Errorf("found %v of %v", found, there)
	}
}

// A catalog may have no entry for the rest.
func TestWithoutEntriesForTheRest(t *testing.T) {
	c := changeAPI()
	c.Unknown, c.Unrecognised = nil, nil
	own, err := c.With(SetAction("503", Fail))
	if err != nil || own.Classify(Reply{Status: 503}).Action != Fail || own.Unknown != nil || own.Unrecognised != nil {
		t.Errorf("the copy is %+v, %v", own, err)
	}
	if _, err := c.With(SetAction("unknown", Retry)); err == nil {
		t.Error("what the catalog does not have is changed")
	}
}

// A policy is replaced in each of several overrides.
func TestWithReplacesInEveryOverride(t *testing.T) {
	c := changeAPI()
	c.Overrides = append(c.Overrides, c.Overrides[0])
	own, err := c.With(ReplacePolicy("slow", Policy{Retries: 9}))
	if err != nil || own.Overrides[0].Policy.Retries != 9 || own.Overrides[1].Policy.Retries != 9 {
		t.Errorf("the overrides are %+v, %v", own.Overrides, err)
	}
}

func TestWithNotesTheFacts(t *testing.T) {
	c := changeAPI()
	own, err := c.With(ReplacePolicy("slow", Policy{Within: second}))
	if err != nil || !own.has(packed.FactWithin) || c.has(packed.FactWithin) {
		t.Errorf("within: %t, of the original %t, %v", own.has(packed.FactWithin), c.has(packed.FactWithin), err)
	}
}

func TestWithRefuses(t *testing.T) {
	for want, change := range map[string]Change{
		`catalog change: no policy is named "fast"`:                          ReplacePolicy("fast", Policy{}),
		`catalog change: no policy is named ""`:                              ReplacePolicy("", Policy{}),
		`catalog change: no entry has the key "BUSSY"`:                       SetPolicy("BUSSY", Policy{}),
		`catalog change: no entry has the key "4xx"`:                         SetAction("4xx", Fail),
		`catalog change: "WRONG" does not wait, and has no use for a policy`: SetPolicy("WRONG", Policy{}),
		`catalog change: "WRONG" has no policy to retry by`:                  SetAction("WRONG", Retry),
		`catalog change: the action of "WRONG" can't be ok`:                  SetAction("WRONG", OK),
		`catalog change: the action of "WRONG" can't be Action(6)`:           SetAction("WRONG", OK+1),
		`catalog change: "DONE" stands for success`:                          SetAction("DONE", Fail),
	} {
		if c, err := changeAPI().With(change); c != nil || err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	nameless := changeAPI()
	nameless.Statuses[0].Policy = &Policy{Base: second}
	if c, err := nameless.With(ReplacePolicy("", Policy{})); c != nil || err == nil {
		t.Error("a policy without a name is replaced by its name")
	}
	twice := SetPolicy("WRONG", Policy{})
	if _, err := changeAPI().With(twice, twice); err == nil || strings.Count(err.Error(), "WRONG") != 1 {
		t.Errorf("the same is not said once: %v", err)
	}
	_, err := changeAPI().With(SetAction("A", Fail), SetAction("B", Fail))
	if err == nil || !strings.Contains(err.Error(), `"A"`) || !strings.Contains(err.Error(), `"B"`) {
		t.Errorf("not all the errors: %v", err)
	}
	if c, err := (*Catalog)(nil).With(); c != nil || err == nil {
		t.Error("of no catalog:", err)
	}
}

// A catalog and its copies are used and made at the same time.
func TestWithConcurrently(t *testing.T) {
	c := changeAPI()
	want := c.told()
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			own, err := c.With(SetPolicy("BUSY", Policy{Name: "own", Retries: n}), ReplacePolicy("slow", Policy{Retries: 10 + n}))
			if err != nil {
				t.Error(err)
				return
			}
			for range 20 {
				if got := own.told(); got["busy"] != fmt.Sprintf("retry own %d", n) || got["status"] != fmt.Sprintf("retry slow %d", 10+n) {
					t.Errorf("copy %d says %s", n, got)
				}
				if got := c.told(); got["busy"] != want["busy"] {
					t.Errorf("the original says %s", got)
				}
			}
		})
	}
	all.Wait()
}
