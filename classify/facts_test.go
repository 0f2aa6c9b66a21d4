package classify

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errkb/errkb/classify/packed"
)

func TestFactsOf(t *testing.T) {
	wait, bounded := &Policy{Base: second, Retries: 1}, &Policy{Base: second, Retries: 1, Within: second}
	form := func(change func(*Form)) *Catalog {
		f := Form{Syntax: JSON, Code: []Path{{"code"}}}
		change(&f)
		return &Catalog{Forms: []Form{f}}
	}
	codes := func(entries ...Entry) *Catalog {
		return &Catalog{Forms: []Form{{Syntax: JSON, Code: []Path{{"code"}}}}, Codes: entries}
	}
	for name, test := range map[string]struct {
		c    *Catalog
		want packed.Facts
	}{
		"nothing":                   {&Catalog{}, 0},
		"a form":                    {form(func(*Form) {}), 0},
		"a sign of success":         {form(func(f *Form) { f.OK = []Test{{Kind: Present, At: Path{"result"}}} }), packed.FactSign},
		"a sign of failure":         {form(func(f *Form) { f.Fail = []Test{{Kind: Present, At: Path{"error"}}} }), packed.FactDenies},
		"a header":                  {form(func(f *Form) { f.Syntax = Header }), packed.FactHeader | packed.FactEmpty},
		"a failure of a header":     {form(func(f *Form) { f.Syntax, f.Fail = Header, []Test{{Kind: HeaderPresent, Header: "X-Error"}} }), packed.FactHeader | packed.FactEmpty},
		"a sign in a text":          {&Catalog{Forms: []Form{{Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK"}}}}}}, packed.FactSign | packed.FactEmpty},
		"a code in a text":          {&Catalog{Forms: []Form{{Syntax: Text, Code: []Path{{""}}}}}, 0},
		"a failure in a text":       {&Catalog{Forms: []Form{{Syntax: Text, Fail: []Test{{Kind: BodyContains, Text: "no"}}}}}, packed.FactEmpty | packed.FactDenies},
		"a code":                    {codes(Entry{Code: "A"}), packed.FactDenies},
		"a code of an error":        {codes(Entry{Code: "A", Statuses: []uint16{400, 500}}), 0},
		"a code of several":         {codes(Entry{Code: "A", Statuses: []uint16{400, 200}}), packed.FactDenies},
		"a code of success":         {codes(Entry{Code: "A", Action: OK}), 0},
		"a success of operations":   {codes(Entry{Code: "A", Action: OK, ByOperation: []OperationVariant{{Operation: "pay"}}}), packed.FactDenies},
		"a code that no form reads": {&Catalog{Codes: []Entry{{Code: "A"}}}, 0},
		"a prefix":                  {&Catalog{Forms: []Form{{Syntax: Text, Code: []Path{{""}}}}, Prefixes: []Entry{{Code: "A*"}}}, packed.FactDenies},
		"a code below 400":          {codes(Entry{Code: "A", Statuses: []uint16{399}}), packed.FactDenies},
		"a success of some":         {codes(Entry{Code: "A", Action: OK, ByOperation: []OperationVariant{{Operation: "pay", Action: OK}}}), 0},
		"a header before a failure": {&Catalog{Forms: []Form{{Syntax: Header}, {Syntax: JSON, Fail: []Test{{Kind: Present, At: Path{"error"}}}}}}, packed.FactHeader | packed.FactEmpty | packed.FactDenies},
		"codes of the first form":   {&Catalog{Forms: []Form{{Syntax: JSON, Code: []Path{{"code"}}}, {Syntax: XML}}, Codes: []Entry{{Code: "A"}}}, packed.FactDenies},
		"no form with codes":        {&Catalog{Forms: []Form{{Syntax: JSON}}, Codes: []Entry{{Code: "A"}}}, 0},
		"policies":                  {&Catalog{Statuses: []Entry{{Policy: wait}}}, 0},
		"within, of a status":       {&Catalog{Statuses: []Entry{{Policy: wait}, {Policy: bounded}}}, packed.FactWithin},
		"within, of a class":        {&Catalog{Classes: []Entry{{Policy: bounded}}}, packed.FactWithin},
		"within, of no reply":       {&Catalog{Transport: []Entry{{Policy: bounded}}}, packed.FactWithin},
		"within, of a code":         {codes(Entry{Code: "A", Statuses: []uint16{500}, Policy: bounded}), packed.FactWithin},
		"within, of a prefix":       {&Catalog{Prefixes: []Entry{{Policy: bounded}}}, packed.FactWithin},
		"within, of all else":       {&Catalog{Unknown: &Entry{Policy: bounded}}, packed.FactWithin},
		"within, of nothing known":  {&Catalog{Unrecognised: &Entry{Policy: bounded}}, packed.FactWithin},
		"within, of a variant":      {&Catalog{Statuses: []Entry{{Variants: []Variant{{Policy: bounded}}}}}, packed.FactWithin},
		"within, of an operation":   {&Catalog{Statuses: []Entry{{ByOperation: []OperationVariant{{Policy: bounded}}}}}, packed.FactWithin},
		"a timeout":                 {&Catalog{Endpoints: []Endpoint{{Operation: "pay"}, {Operation: "poll", Timeout: second}}}, packed.FactTimed},
		"no timeout":                {&Catalog{Endpoints: []Endpoint{{Operation: "pay"}}}, 0},
		"within, of the server":     {&Catalog{Overrides: []Override{{Policy: bounded}}}, packed.FactWithin},
	} {
		if got, want := FactsOf(test.c), test.want|packed.FactsNoted; got != want {
			t.Errorf("%s: %04b, want %04b", name, got, want)
		}
		noted := *test.c
		noted.Facts = FactsOf(test.c)
		for _, fact := range []packed.Facts{packed.FactSign, packed.FactHeader, packed.FactEmpty, packed.FactWithin, packed.FactDenies, packed.FactTimed} {
			if test.c.has(fact) != (test.want&fact != 0) || noted.has(fact) != (test.want&fact != 0) {
				t.Errorf("%s: fact %04b", name, fact)
			}
		}
	}
}

// The clock is read before the first call where that counts, and else after it.
func TestWhereTimeCountsFrom(t *testing.T) {
	within := func(o *Options) { o.Catalog.Statuses[4].Policy = &Policy{Within: second} } // of 503, which does not come
	note := func(o *Options) { o.Catalog.Facts = FactsOf(o.Catalog) }
	for _, test := range []struct {
		name   string
		change func(*Options)
		first  time.Duration // what counts of the first call
	}{
		{"nothing counts", func(*Options) {}, 0},
		{"nothing counts, as is noted", note, 0},
		{"somebody is told", func(o *Options) { o.Hooks.GiveUp = func(context.Context, *Error) {} }, 2 * second},
		{"a policy bounds the whole", within, 2 * second},
		{"a policy bounds the whole, as is noted", func(o *Options) { within(o); note(o) }, 2 * second},
		{"a policy alone bounds the whole, as is noted", func(o *Options) { within(o); o.Catalog.Endpoints[2].Timeout = 0; note(o) }, 2 * second},
		{"each attempt has its time", func(o *Options) { o.Timeout = 5 * second }, 2 * second},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := Options{Catalog: retryAPI(&Policy{Base: 3 * second, Retries: 1})}
				test.change(&o)
				want := test.first + 3*second + 2*second // the wait, and the second call
				_, err := Do(t.Context(), &o, func(context.Context) (int, error) {
					time.Sleep(2 * second)
					return 0, status(429)
				})
				if stop := stopped(t, err, ReasonExhausted, 2); stop.Elapsed != want {
					t.Errorf("Do took %v, want %v", stop.Elapsed, want)
				}
				transport := &Transport{Options: o, Base: roundTripper(func(*http.Request) (*http.Response, error) {
					time.Sleep(2 * second)
					return response("GET", "/things/1", 429, ""), nil
				})}
				resp, err := transport.RoundTrip(newRequest(t, "GET", "http://api.example/things/1", ""))
				if err != nil {
					t.Fatal(err)
				}
				if stop := stopped(t, ErrorOf(resp), ReasonExhausted, 2); stop.Elapsed != want {
					t.Errorf("Transport took %v, want %v", stop.Elapsed, want)
				}
				resp.Body.Close()
			})
		})
	}
}

// An operation has its timeout also where nothing else is noted that counts.
func TestNotedTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := retryAPI(&Policy{Base: second, Retries: 1})
		c.Facts = FactsOf(c)
		start := time.Now()
		_, err := Do(t.Context(), &Options{Catalog: c, Operation: "look"}, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		})
		if took := time.Since(start); err == nil || took < 3*second {
			t.Errorf("Do ended after %v with %v", took, err)
		}
	})
}
