package classify_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/packed"
)

// Code is what a generated package declares: a number for each code.
type Code uint16

const ErrorNoSlotAvailable Code = 1

func (c Code) Error() string { return "no slot available" }

// catalog stands in for a generated package's Catalog().
var catalog = &classify.Catalog{
	Forms: []classify.Form{
		{
			Syntax: classify.JSON,
			OK:     []classify.Test{{At: classify.Path{"status"}, Values: []classify.Scalar{{Type: classify.Number, Text: "1"}}}},
			Code:   []classify.Path{{"request"}},
		},
		{
			Syntax: classify.Text,
			OK:     []classify.Test{{Kind: classify.PrefixIs, Prefix: []string{"OK|"}}},
			Code:   []classify.Path{{""}},
		},
	},
	Delays: []classify.Delay{{Header: "Retry-After", Unit: time.Second}},
	Codes: []classify.Entry{{
		Kind: classify.KindCode, Number: 1, Code: "ERROR_NO_SLOT_AVAILABLE", Action: classify.Retry, Category: "transient", Meaning: "All workers busy",
		Policy: &classify.Policy{Name: "slot", Base: 5 * time.Second, Retries: 3},
	}},
	Classes: []classify.Entry{{
		Kind: classify.KindStatusClass, Number: 5, Code: "5xx", Action: classify.Retry, Category: "transient",
		Policy: &classify.Policy{Name: "backoff", Growth: classify.Exponential, Base: time.Second, Factor: 2, Max: 32 * time.Second, Retries: 4},
	}},
	Index:     packed.NewIndex([]string{"ERROR_NO_SLOT_AVAILABLE"}, false),
	TypedCode: func(number uint16) error { return Code(number) },
}

func ExampleCatalog_Classify() {
	for _, body := range []string{`{"status":1,"request":"2122988149"}`, "ERROR_NO_SLOT_AVAILABLE", "ERROR_NEW"} {
		d := catalog.Classify(classify.Reply{Status: 200, Body: []byte(body)})
		fmt.Println(d.Action, d.Known, d.Wait(0))
	}
	// Output:
	// ok true 0s
	// retry true 5s
	// fail false 0s
}

func ExampleCatalog_Classify_noReply() {
	d := catalog.Classify(classify.Reply{Err: context.DeadlineExceeded})
	fmt.Println(d.Action, d.Failure)
	// Output: fail timeout
}

func ExampleDecision_Next() {
	d := catalog.Classify(classify.Reply{Status: 503, Body: []byte("<html>Sorry")})
	for n := 0; ; n++ {
		wait, again := d.Next(n)
		if !again {
			break
		}
		fmt.Println(wait)
	}
	// Output:
	// 1s
	// 2s
	// 4s
	// 8s
}

func ExampleDecision_Why() {
	d := catalog.Classify(classify.Reply{
		Status: 200,
		Header: http.Header{"Retry-After": {"18446744074"}},
		Body:   []byte("ERROR_NO_SLOT_AVAILABLE"),
	})
	for _, sentence := range d.Why() {
		fmt.Println(sentence)
	}
	// Output:
	// the code "ERROR_NO_SLOT_AVAILABLE", which is the whole text, is listed
	// the server asks for over 292 years in the header Retry-After, over the 5m0s that the policy slot obeys: stop
}

func ExampleDecision_Err() {
	d := catalog.Classify(classify.Reply{Status: 200, Body: []byte("ERROR_NO_SLOT_AVAILABLE")})
	err := fmt.Errorf("submit: %w", d.Err())
	fmt.Println(err, errors.Is(err, ErrorNoSlotAvailable))
	// Output: submit: ERROR_NO_SLOT_AVAILABLE: All workers busy true
}

func ExamplePolicy_Bounds() {
	backoff := classify.Policy{
		Growth: classify.Exponential, Base: time.Second, Factor: 2,
		Jitter: classify.Jitter{Add: time.Second}, Max: 10 * time.Second,
	}
	for n := range 5 {
		fmt.Println(backoff.Bounds(n))
	}
	// Output:
	// 1s 2s
	// 2s 3s
	// 4s 5s
	// 8s 9s
	// 9s 10s
}

func ExampleFailureOf() {
	_, err := http.Get("http://127.0.0.1:0/")
	fmt.Println(classify.FailureOf(err))
	_, err = http.Get("ftp://127.0.0.1/")
	fmt.Printf("%q\n", classify.FailureOf(err))
	// Output:
	// connection
	// ""
}
