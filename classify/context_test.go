package classify

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
)

func TestWithOptionsHoldsForOneRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		base := &counter{replies: []reply{answers(429, "")}}
		transport := &Transport{Options: Options{Catalog: shopAPI(second), Budget: &Budget{MaxTokens: 100}}, Base: base}
		calls := func(ctx context.Context) int {
			before := base.calls()
			resp, err := transport.RoundTrip(newRequest(t, "POST", shop+"/quotes", "2 apples").WithContext(ctx))
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			return base.calls() - before
		}
		set := func(n int) func(*Options) { return func(o *Options) { o.MaxRetries = n } }
		ctx := t.Context()
		for name, test := range map[string]struct {
			ctx  context.Context
			want int
		}{
			"none":               {ctx, 4},
			"no change":          {WithOptions(ctx), 4},
			"a nil change":       {WithOptions(ctx, nil), 4},
			"no retry":           {WithOptions(ctx, set(-1)), 1},
			"the inner counts":   {WithOptions(WithOptions(ctx, set(-1)), set(2)), 3},
			"the last counts":    {WithOptions(ctx, set(-1), set(1)), 2},
			"a zero counts":      {WithOptions(ctx, set(-1), set(0)), 4},
			"with an operation":  {WithOperation(WithOptions(ctx, set(1)), "quote"), 2},
			"after an operation": {WithOptions(WithOperation(ctx, "quote"), set(1)), 2},
			"no catalog":         {WithOptions(ctx, func(o *Options) { o.Catalog = nil }), 1},
		} {
			if got := calls(test.ctx); got != test.want {
				t.Errorf("%s: %d calls, want %d", name, got, test.want)
			}
		}
		if transport.MaxRetries != 0 || transport.Catalog == nil {
			t.Error("the transport has changed")
		}
	})
}

// What a change does not touch is the transport's: the budget is the same one.
func TestWithOptionsKeepsTheRest(t *testing.T) {
	budget := &Budget{MaxTokens: 5}
	transport := &Transport{Options: Options{Catalog: shopAPI(0), Operation: "quote", Budget: budget}, Base: &counter{replies: []reply{answers(429, "")}}}
	ctx := WithOptions(WithOperation(t.Context(), "order"), func(o *Options) {
		if o.Budget != budget || o.Operation != "quote" {
			t.Errorf("the change sees %+v", o)
		}
		o.Operation, o.MaxRetries = "quote", 2
	})
	var told Operation
	transport.Hooks.Done = func(_ context.Context, s Summary) { told = s.Operation }
	resp, err := transport.RoundTrip(newRequest(t, "POST", shop+"/elsewhere", "").WithContext(ctx))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if told != "order" {
		t.Errorf("the operation is %q, not that of the context", told)
	}
	if got := tokens(budget); got != 3 {
		t.Errorf("%d tokens are left, want 3", got)
	}
}

func TestWithOptionsConcurrently(t *testing.T) {
	outer := WithOptions(t.Context(), func(o *Options) { o.MaxRetries = 1 })
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			base := &counter{replies: []reply{answers(429, "")}}
			transport := &Transport{Options: Options{Catalog: shopAPI(0)}, Base: base}
			ctx := WithOptions(outer, func(o *Options) { o.MaxRetries += n % 2 })
			resp, err := transport.RoundTrip(newRequest(t, "POST", shop+"/quotes", "").WithContext(ctx))
			if err != nil {
				t.Error(err)
				return
			}
			resp.Body.Close()
			if want := 2 + n%2; base.calls() != want {
				t.Errorf("%d calls, want %d", base.calls(), want)
			}
		})
	}
	all.Wait()
}

func TestAttemptNumber(t *testing.T) {
	if n := AttemptNumber(t.Context()); n != 0 {
		t.Errorf("attempt %d of nothing", n)
	}
	var inDo, inTransport []int
	synctest.Test(t, func(t *testing.T) {
		for _, numbered := range []bool{false, true} {
			o := &Options{Catalog: retryAPI(&Policy{Base: second, Retries: 2}), Operation: "look", Numbered: numbered}
			Do(t.Context(), o, func(ctx context.Context) (int, error) {
				inDo = append(inDo, AttemptNumber(ctx))
				return 0, status(429)
			})
		}
		for _, numbered := range []bool{false, true} {
			base := reply(func(req *http.Request) (*http.Response, error) {
				inTransport = append(inTransport, AttemptNumber(req.Context()))
				return answers(429, "")(req)
			})
			transport := &Transport{Options: Options{Catalog: shopAPI(second), Numbered: numbered}, Base: &counter{replies: []reply{base}}}
			req := newRequest(t, "POST", shop+"/quotes", "2 apples")
			resp, err := transport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			if n := AttemptNumber(resp.Request.Context()); n != 0 || stopOn(resp) == nil {
				t.Errorf("the response is of attempt %d, stopped for %v", n, stopOn(resp))
			}
			resp.Body.Close()
		}
	})
	if want := []int{0, 0, 0, 1, 2, 3}; !slices.Equal(inDo, want) {
		t.Errorf("in Do, attempts %d, want %d", inDo, want)
	}
	if want := []int{0, 0, 0, 0, 1, 2, 3, 4}; !slices.Equal(inTransport, want) {
		t.Errorf("in a Transport, attempts %d, want %d", inTransport, want)
	}
}
