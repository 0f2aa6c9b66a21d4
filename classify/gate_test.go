package classify

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// handled is a base that has a handler answer, in the same process.
type handled struct{ http.Handler }

func (h handled) RoundTrip(req *http.Request) (*http.Response, error) {
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, req)
	resp := answer.Result()
	resp.Request = req
	return resp, nil
}

// refusing is a server that refuses requests with 429 and a Retry-After in whole seconds,
// when it is told to.
type refusing struct {
	refuse          func(now time.Time) (retryAfter time.Duration) // 0 to answer
	refused, served atomic.Int64
}

func (s *refusing) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if wait := s.refuse(time.Now()); wait > 0 {
		s.refused.Add(1)
		w.Header().Set("Retry-After", strconv.Itoa(int((wait+second-1)/second)))
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	s.served.Add(1)
	w.WriteHeader(http.StatusOK)
}

// untilThen refuses everything up to a time.
func untilThen(opens time.Time) func(time.Time) time.Duration {
	return func(now time.Time) time.Duration { return opens.Sub(now) }
}

// perSecond answers a number of requests in each second of the clock.
func perSecond(limit int) func(time.Time) time.Duration {
	var mu sync.Mutex
	served := make(map[int64]int)
	return func(now time.Time) time.Duration {
		mu.Lock()
		defer mu.Unlock()
		if served[now.Unix()] >= limit {
			return now.Truncate(second).Add(second).Sub(now)
		}
		served[now.Unix()]++
		return 0
	}
}

// herd has callers send a request each, one after the other starting a step apart, and
// returns how many requests the server has refused once all have been answered.
func herd(t *testing.T, callers int, step time.Duration, gate *Gate, refuse func() func(time.Time) time.Duration) (refused int64) {
	synctest.Test(t, func(t *testing.T) {
		server := &refusing{refuse: refuse()}
		policy := &Policy{Base: second, Jitter: Jitter{Add: second / 2}, Retries: Unlimited}
		random := rand.New(rand.NewPCG(1, 2))
		var mu sync.Mutex
		transport := &Transport{Base: handled{server}, Options: Options{Catalog: retryAPI(policy), Gate: gate, Random: func() float64 {
			mu.Lock()
			defer mu.Unlock()
			return random.Float64()
		}}}
		var all sync.WaitGroup
		for i := range callers {
			all.Go(func() {
				time.Sleep(time.Duration(i) * step)
				resp, err := transport.RoundTrip(newRequest(t, "GET", shop+"/things/1", ""))
				if err != nil || resp.StatusCode != 200 {
					t.Error("not served:", resp, err)
				}
			})
		}
		all.Wait()
		if server.served.Load() != int64(callers) {
			t.Errorf("%d requests served of %d", server.served.Load(), callers)
		}
		refused = server.refused.Load()
	})
	return refused
}

// While a host refuses everything, one request finds that out, not one of each caller.
func TestGateSparesAHerdTheOutage(t *testing.T) {
	const callers = 100
	outage := func() func(time.Time) time.Duration { return untilThen(time.Now().Add(10 * second)) }
	if refused := herd(t, callers, 10*time.Millisecond, nil, outage); refused != callers {
		t.Errorf("%d requests refused without a gate, want %d", refused, callers)
	}
	if refused := herd(t, callers, 10*time.Millisecond, new(Gate), outage); refused != 1 {
		t.Errorf("%d requests refused with a gate, want 1", refused)
	}
}

// Where a host answers some requests a second, those who have waited don't come at once.
func TestGateSparesAHerdTheLimit(t *testing.T) {
	limit := func() func(time.Time) time.Duration { return perSecond(20) }
	without := herd(t, 100, time.Millisecond, nil, limit)
	with := herd(t, 100, time.Millisecond, new(Gate), limit)
	t.Logf("%d requests refused without a gate, %d with one", without, with)
	if with*4 > without {
		t.Errorf("%d requests refused without a gate, %d with one", without, with)
	}
}

// A caller whose context ends before the gate opens is told so at once, and sends nothing.
func TestGateSendsNothingInVain(t *testing.T) {
	server := &refusing{refuse: func(time.Time) time.Duration { return time.Minute }}
	network := httptest.NewServer(server)
	defer network.Close()
	for gate, want := range map[*Gate]int64{nil: 100, {}: 1} {
		server.refused.Store(0)
		transport := &Transport{Options: Options{Catalog: retryAPI(&Policy{Retries: 3}), Gate: gate}}
		send := func() {
			ctx, cancel := context.WithTimeout(t.Context(), 30*second)
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, "GET", network.URL+"/things/1", nil)
			if err != nil {
				t.Error(err)
				return
			}
			resp, err := (&http.Client{Transport: transport}).Do(req)
			if err == nil {
				resp.Body.Close()
				err = ErrorOf(resp)
			}
			if stop, ok := errors.AsType[*Error](err); !ok || stop.Reason != ReasonDeadline || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the error is %v", err)
			}
		}
		send()
		var all sync.WaitGroup
		for range 99 {
			all.Go(send)
		}
		all.Wait()
		if got := server.refused.Load(); got != want {
			t.Errorf("%d requests refused, want %d", got, want)
		}
	}
}

// What closes the gate, for whom and for how long: the wait of a second caller who starts
// right after the first.
func TestGateWaits(t *testing.T) {
	for name, test := range map[string]struct {
		max, spread time.Duration
		first       error
		o           Options // of the second caller
		want        time.Duration
	}{
		"a delay":               {first: status(503, "Retry-After", "7"), want: 7500 * time.Millisecond},
		"a delay, no spread":    {spread: -1, first: status(429, "Retry-After", "7"), want: 7 * second},
		"a delay, wide spread":  {spread: 10 * second, first: status(429, "Retry-After", "7"), want: 12 * second},
		"429 without a delay":   {spread: -1, first: status(429), want: 3 * second},
		"429 with a delay of 0": {spread: -1, first: status(429, "Retry-After", "0"), want: 3 * second},
		"503 without a delay":   {first: status(503)},
		"503 with a delay of 0": {first: status(503, "Retry-After", "0")},
		"not ready":             {first: status(202, "Retry-After", "7")},
		"not to be retried":     {first: status(400, "Retry-After", "7")},
		"no reply":              {first: FailureTimeout},
		"success":               {first: nil},
		"longer than obeyed":    {first: status(429, "Retry-After", "9999")},
		"longer than shared":    {max: 6 * second, first: status(429, "Retry-After", "7")},
		"as long as shared":     {max: 7 * second, spread: 9 * second, first: status(429, "Retry-After", "7"), want: 7 * second},
		"another API":           {first: status(429, "Retry-After", "7"), o: Options{Catalog: &Catalog{Name: "other"}}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				gate := &Gate{Max: test.max, Spread: test.spread}
				first := Options{Catalog: retryAPI(&Policy{Base: 3 * second, Retries: 1}), Operation: "read", Gate: gate, MaxRetries: -1}
				Do(t.Context(), &first, playing(test.first, nil).call)
				second := test.o
				if second.Catalog == nil {
					second.Catalog = first.Catalog
				}
				second.Gate, second.Random = gate, func() float64 { return 0.5 }
				start := time.Now()
				if _, err := Do(t.Context(), &second, playing(nil).call); err != nil {
					t.Error(err)
				}
				if waited := time.Since(start); waited != test.want {
					t.Errorf("waited %s, want %s", waited, test.want)
				}
				if gate.closed.Load() != int64(len(gate.opens)) || test.o.Catalog == nil && test.max == 0 && len(gate.opens) > 0 {
					t.Errorf("%d pauses are kept, and %d counted", len(gate.opens), gate.closed.Load())
				}
			})
		})
	}
}

func TestGateIsOneForEachHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := &Transport{
			Options: Options{Catalog: retryAPI(&Policy{Retries: 1}), Gate: new(Gate), MaxRetries: -1},
			Base:    &counter{replies: []reply{answers(429, "", "Retry-After", "7"), answers(200, "")}},
		}
		start := time.Now()
		for _, url := range []string{"http://a.example/things/1", "http://b.example/things/1"} {
			resp, err := transport.RoundTrip(newRequest(t, "GET", url, ""))
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
		}
		if waited := time.Since(start); waited != 0 {
			t.Errorf("the other host waited %s", waited)
		}
	})
}

// Whoever waits goes on waiting if the gate is closed again meanwhile, as long as one attempt
// may, and no longer than the context.
func TestGateIsClosedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := &Gate{Max: 25 * second, Spread: -1}
		go func() {
			for range 10 {
				gate.close(gated{api: "status"}, 7*second)
				time.Sleep(5 * second)
			}
		}()
		synctest.Wait()
		o := &Options{Catalog: retryAPI(&Policy{}), Gate: gate}
		start := time.Now()
		if _, err := Do(t.Context(), o, playing(nil).call); err != nil || time.Since(start) != 25*second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(second, cancel)
		s := playing(nil)
		_, err := Do(ctx, o, s.call)
		if stop := stopped(t, err, ReasonCanceled, 0); stop.Elapsed != second || len(s.calls) > 0 {
			t.Errorf("%d calls, stopped after %s", len(s.calls), stop.Elapsed)
		}
		time.Sleep(time.Minute)
	})
}

// Pauses and delays count however short they are, up to the longest that is shared. A
// shorter one does not open the gate sooner, and who comes as it opens does not wait.
func TestGateWaitsForShortPauses(t *testing.T) {
	const short = 300 * time.Millisecond
	what := gated{api: "status"}
	synctest.Test(t, func(t *testing.T) {
		for _, test := range []struct{ max, pause, want time.Duration }{
			{0, short, short}, {500 * time.Millisecond, short, short}, {500 * time.Millisecond, time.Second, 0},
			{0, DefaultServerDelayMax, DefaultServerDelayMax}, {0, DefaultServerDelayMax + 1, 0}, {0, 0, 0}, {0, -1, 0},
		} {
			gate := &Gate{Max: test.max, Spread: -1}
			gate.close(what, test.pause)
			start := time.Now()
			_, err := Do(t.Context(), &Options{Catalog: retryAPI(&Policy{}), Gate: gate}, playing(nil).call)
			if took := time.Since(start); took != test.want || err != nil {
				t.Errorf("a pause of %s, of at most %s, is waited for %s, want %s", test.pause, test.max, took, test.want)
			}
		}
		var gate Gate
		gate.close(what, 10*second)
		gate.close(what, 5*second)
		if left := gate.wait(what, func() float64 { return 0 }); left != 10*second {
			t.Errorf("after a shorter pause too, %s are left", left)
		}
		time.Sleep(10 * second)
		if left := gate.wait(what, func() float64 { return 1 }); left != 0 {
			t.Errorf("as the gate opens, %s are left", left)
		}
	})
}

// Only a reply that says to retry closes the gate, and only a delay or a 429 does.
func TestWhatClosesTheGate(t *testing.T) {
	for _, test := range []struct {
		status int
		delay  string
		want   time.Duration
	}{
		{503, "500", 500 * time.Millisecond}, {503, "0", 0}, {503, "", 0}, {429, "", 7 * second}, {202, "500", 0}, {409, "500", 0}, {400, "500", 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := retryAPI(&Policy{Base: 7 * second, Retries: 1})
			c.Delays = []Delay{{Header: "X-Wait", Unit: time.Millisecond}}
			gate := &Gate{Spread: -1}
			o := &Options{Catalog: c, Operation: "read", Gate: gate, MaxRetries: -1}
			ctx, cancel := context.WithCancel(t.Context())
			Do(ctx, o, func(context.Context) (int, error) {
				time.AfterFunc(0, cancel)
				return 0, status(test.status, "X-Wait", test.delay)
			})
			if left := gate.wait(gated{api: "status"}, nil); left != test.want {
				t.Errorf("%d with %q closes the gate for %s, want %s", test.status, test.delay, left, test.want)
			}
		})
	}
}

// The number of hosts that are kept has a bound, and those of the past go away.
func TestGateForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var gate Gate
		for round := range 20 {
			for i := range 100 {
				gate.close(gated{host: fmt.Sprint(round, " ", i)}, second)
			}
			time.Sleep(2 * second)
		}
		if n := len(gate.opens); n > 300 {
			t.Errorf("%d hosts are kept of 100 at a time", n)
		}
		for i := range 2 * gateHosts {
			gate.close(gated{host: strconv.Itoa(i)}, second)
		}
		if n := len(gate.opens); n > gateHosts {
			t.Errorf("%d hosts are kept", n)
		}
		if gate.wait(gated{host: "0"}, nil) == 0 || gate.wait(gated{host: strconv.Itoa(2*gateHosts - 1)}, nil) != 0 {
			t.Error("not the first hosts are kept")
		}
		gate.close(gated{host: "0"}, 4*time.Minute) // which is there already
		if gate.wait(gated{host: "0"}, nil) < 4*time.Minute || len(gate.opens) != gateHosts {
			t.Errorf("of %d hosts, none waits longer", len(gate.opens))
		}
		time.Sleep(2 * second)
		gate.close(gated{host: "new"}, second)
		if gate.wait(gated{host: "new"}, nil) == 0 {
			t.Error("no room after all pauses have passed")
		}
		for round := range 3 { // while one goes on
			for i := range gateHosts {
				gate.close(gated{host: fmt.Sprint(round, " ", i)}, second)
			}
			time.Sleep(2 * second)
			gate.close(gated{host: "newer"}, second)
			if gate.wait(gated{host: "newer"}, nil) == 0 || gate.wait(gated{host: "0"}, nil) < time.Minute {
				t.Errorf("round %d: no room after all other pauses have passed", round)
			}
			time.Sleep(second)
		}
	})
}

func TestGateConcurrently(t *testing.T) {
	var gate Gate
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 500 {
				what := gated{host: strconv.Itoa((n + i) % 5)}
				gate.close(what, time.Duration(i))
				gate.wait(what, nil)
			}
		})
	}
	all.Wait()
}
