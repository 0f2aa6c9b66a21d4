package classify

import (
	"context"
	"errors"
	"net/http"
	"testing"
)

// A mark says that a loop inside has tried only if it is one that this package makes.
func TestMarks(t *testing.T) {
	c := retryAPI(&Policy{Retries: 2})
	for mark, calls := range map[string]int{"0": 1, "1": 1, "8": 1, "9": 3, "-1": 3, "x": 3, "": 3, undecidedMark: 3} {
		fail := &ReplyError{Reply: Reply{Status: 429, Header: withMark(nil, mark)}}
		_, err := Do(t.Context(), &Options{Catalog: c}, playing(fail).call)
		stop, ok := errors.AsType[*Error](err)
		if !ok || stop.Attempts != calls || calls == 1 && int(stop.Reason) != int(mark[0]-'0') {
			t.Errorf("mark %q: %v, want %d calls", mark, err, calls)
		}
	}
}

// Hooks are told once that all tries are made: by the loop inside, if that is one of this
// package, or else by the one around it.
func TestWhoTellsOfGivingUp(t *testing.T) {
	for name, test := range map[string]struct {
		fail error
		told int
	}{
		"marked with calls":    {&ReplyError{Reply: Reply{Status: 429, Header: withMark(nil, "1", "1")}}, 0},
		"marked without calls": {&ReplyError{Reply: Reply{Status: 429, Header: withMark(nil, "1")}}, 1},
		"another library's":    {attemptsFailed{status(429)}, 1},
	} {
		told := 0
		o := &Options{Catalog: retryAPI(&Policy{Retries: 2}), Hooks: Hooks{GiveUp: func(context.Context, *Error) { told++ }}}
		_, err := Do(t.Context(), o, playing(test.fail).call)
		stopped(t, err, ReasonExhausted, 1)
		if told != test.told {
			t.Errorf("%s: told %d times, want %d", name, told, test.told)
		}
	}
}

// What was handed back before, in whose context another request is made, is not why that one
// is undecided.
func TestUndecidedInTheContextOfAnother(t *testing.T) {
	c := shopAPI(0)
	first := roundTrip(t, &Transport{Options: Options{Catalog: c}, Base: &counter{replies: []reply{answers(404, "")}}}, newRequest(t, "GET", shop, ""))
	req := newRequest(t, "GET", shop, "").WithContext(first.Request.Context())
	next := roundTrip(t, &Transport{Options: Options{Catalog: c}, Base: &counter{replies: []reply{answers(200, longer(`{"a":"`, "x", `"}`))}}}, req)
	if ErrorOf(first) == nil || !Undecided(next) || ErrorOf(next) != nil {
		t.Errorf("%v, then undecided %t, %v", ErrorOf(first), Undecided(next), ErrorOf(next))
	}
}

// A response that is handed back stays that of the request that its base names.
func TestHandedBackResponseOfAnotherRequest(t *testing.T) {
	other := newRequest(t, "GET", shop+"/other", "")
	base := roundTripper(func(*http.Request) (*http.Response, error) { return answers(404, "")(other) })
	resp := roundTrip(t, &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}, newRequest(t, "GET", shop, ""))
	if ErrorOf(resp) == nil || resp.Request.URL != other.URL {
		t.Errorf("%v of %s", ErrorOf(resp), resp.Request.URL)
	}
}
