package classify

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// Why tells all that decided, a sentence each.
func TestWhyOfEachPart(t *testing.T) {
	has := func(name string) []Test { return []Test{{Kind: HeaderPresent, Header: name}} }
	c := indexed(&Catalog{
		Forms: []Form{{Syntax: JSON, Code: []Path{{"finer"}, {"code"}}}, {Syntax: Text, OK: []Test{{Kind: PrefixIs, Prefix: []string{"OK"}}}, Code: []Path{{""}}, After: "E:"}},
		Codes: []Entry{{Code: "DONE", Action: OK}, {Code: "BUSY", Action: Retry, Policy: slotPolicy, Variants: []Variant{
			{When: has("X-Quota"), Action: Retry, Policy: slotPolicy},
		}}},
		Prefixes:  []Entry{{Kind: KindPrefix, Code: "WAIT_*", Action: Retry, Policy: slotPolicy}},
		Overrides: []Override{{When: has("X-None")}, {When: has("X-Stop"), Sets: true, Action: FixAccount}},
		Delays:    []Delay{{Code: "WAIT_"}},
	})
	for _, test := range []struct {
		reply Reply
		want  string
	}{
		{Reply{Status: 429, Body: []byte(`{"finer":"NEW","code":"BUSY"}`)}, `the reply also holds "NEW", a finer code that is not listed`},
		{Reply{Status: 429, Header: http.Header{"X-Quota": {"1"}}, Body: []byte(`{"code":"BUSY"}`)}, "variant 1 of the entry holds"},
		{Reply{Status: 429, Header: http.Header{"X-Stop": {"1"}}, Body: []byte(`{"code":"BUSY"}`)}, "the server says so: override 2 of the catalog holds"},
		{Reply{Status: 429, Body: []byte(`{"code":"DONE"}`)}, `the code "DONE" at /code of the json body is listed as success, which this reply is not, and no entry covers the status 429`},
		{Reply{Status: 429, Body: []byte("see E: BUSY")}, `the code "BUSY" in the text is listed`},
		{Reply{Status: 429, Body: []byte("BUSY")}, `the code "BUSY" in the text is listed`},
		{Reply{Status: 429, Body: []byte(`{"code":"WAIT_7"}`)}, "the wait is the 7s that the server asks for in the code after WAIT_"},
		{Reply{Status: 429, Cut: true, Body: []byte("")}, "only the start of the body was looked at"},
	} {
		why := c.Classify(test.reply).Why()
		if !strings.Contains(strings.Join(why, "\n"), test.want) {
			t.Errorf("%s: %q, want %q", test.reply.Body, why, test.want)
		}
	}
	for _, reply := range []Reply{{Status: 429, Cut: true, Body: []byte(`{"code":"BUSY","x":`)}, {Status: 200, Cut: true, Body: []byte("OK then")}} {
		if why := c.Classify(reply).Why(); strings.Contains(strings.Join(why, "\n"), "start of the body") {
			t.Errorf("%s: %q", reply.Body, why)
		}
	}
	made := c.Classify(Reply{Status: 429, Body: []byte(`{"code":"WAIT_7"}`)})
	made.Entry = View{}
	if why := strings.Join(made.Why(), "\n"); why != noCatalog+"\nthe wait is the 7s that the server asks for in what the caller says" {
		t.Errorf("of another entry: %q", why)
	}
}

// A report says why it is not tried again, and how long is waited, to the millisecond.
func TestReportOfTheWait(t *testing.T) {
	c := retryAPI(&Policy{Name: "slow", Base: 1499*time.Microsecond + 600, Retries: 2})
	c.Statuses[3].Policy = &Policy{Base: second}
	delayed := c.Classify(Reply{Status: 503, Header: http.Header{"Retry-After": {"3"}}}).Report()
	if delayed.ServerDelayMS == nil || *delayed.ServerDelayMS != 3000 || delayed.Stop != "the request may have taken effect" || delayed.Again {
		t.Errorf("delayed: %+v", delayed)
	}
	none := c.Classify(Reply{Status: 429}).Report()
	if none.WaitMS != nil || none.WaitSource != "none" || none.Stop != "the retries are used up" {
		t.Errorf("without retries: %+v", none)
	}
	ok := c.Classify(Reply{Status: 200}).Report()
	if ok.Stop != "" || ok.Again || ok.ServerDelayMS != nil {
		t.Errorf("success: %+v", ok)
	}
	once := retryAPI(&Policy{Base: 1499*time.Microsecond + 600, Retries: 1}).Classify(Reply{Status: 429}).Report()
	if once.WaitMS == nil || once.WaitMS[0] != 1 || once.WaitSource != "policy" || !once.Again {
		t.Errorf("once: %+v", once)
	}
	growing := retryAPI(&Policy{Growth: Linear, Base: second, Retries: 3}).Classify(Reply{Status: 429}).Report()
	if growing.WaitMS == nil || growing.WaitMS[0] != 1000 {
		t.Errorf("growing: %v", growing.WaitMS)
	}
	three := retryAPI(&Policy{Base: 2500 * time.Microsecond, Retries: 1}).Classify(Reply{Status: 429}).Report()
	if three.WaitMS == nil || three.WaitMS[0] != 3 {
		t.Errorf("rounded: %v", three.WaitMS)
	}
	if text, err := (*ReplyError)(nil).MarshalJSON(); err != nil || string(text) != "null" {
		t.Errorf("of no error: %s, %v", text, err)
	}
}
