package simulate

import (
	"context"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errkb/errkb/classify"
)

// A storm that is simulated is one of goroutines that call a real server through
// classify.Do, over HTTP: what each second had, and what came of it, differ by a tenth
// at most of what there was. Both are run with several seeds, as chance makes them differ too.
func TestStorm(t *testing.T) {
	backoff := classify.Policy{Growth: classify.Exponential, Base: time.Second, Factor: 2, Max: 8 * time.Second, Retries: 6, Jitter: classify.Jitter{Spread: 0.25}}
	usual := Scenario{
		Fleet:  Fleet{Programs: 20, Callers: 10, Rate: 40},
		Server: Server{Capacity: 60, Queue: 500 * time.Millisecond, Latency: 20 * time.Millisecond, Start: 10 * time.Second, Down: 15 * time.Second},
		Policy: backoff,
		After:  35 * time.Second,
		Most:   1_000_000,
	}
	for name, change := range map[string]func(*Scenario){
		"backoff":   func(*Scenario) {},
		"no jitter": func(s *Scenario) { s.Policy.Jitter = classify.Jitter{} },
		"constant, without limit": func(s *Scenario) {
			s.Policy = classify.Policy{Base: 2 * time.Second, Retries: classify.Unlimited, Jitter: classify.Jitter{Full: true}}
		},
		"within":               func(s *Scenario) { s.Policy.Within = 6 * time.Second },
		"Retry-After":          func(s *Scenario) { s.Server.RetryAfter = 5 * time.Second },
		"budget":               func(s *Scenario) { s.Budget = true },
		"gate":                 func(s *Scenario) { s.Gate = true },
		"gate and Retry-After": func(s *Scenario) { s.Gate, s.Server.RetryAfter = true, 5*time.Second },
		"not obeyed":           func(s *Scenario) { s.Server.RetryAfter, s.Policy.ServerDelayMax = 5*time.Second, time.Second },
	} {
		t.Run(name, func(t *testing.T) {
			s := usual
			change(&s)
			var simulated, real sums
			for seed := range uint64(rounds) {
				s.Seed = seed
				simulated.add(Run(s))
				synctest.Test(t, func(t *testing.T) { real.add(goroutines(t, s)) })
			}
			compare(t, &simulated, &real)
		})
	}
}

const rounds = 3

// sums are the results of several runs.
type sums struct {
	total Result
	curve []float64 // the requests of every five seconds
}

func (all *sums) add(r Result) {
	all.total.Calls += r.Calls
	all.total.Succeeded += r.Succeeded
	all.total.GivenUp += r.GivenUp
	all.total.Requests += r.Requests
	all.total.Refused += r.Refused
	const width = 5
	if all.curve == nil {
		all.curve = make([]float64, (len(r.Seconds)+width-1)/width)
	}
	for i, second := range r.Seconds {
		all.curve[i/width] += float64(second.Requests)
	}
}

func compare(t *testing.T, simulated, real *sums) {
	t.Helper()
	for _, test := range []struct {
		what      string
		got, want int64
	}{
		{"calls", simulated.total.Calls, real.total.Calls},
		{"calls that succeed", simulated.total.Succeeded, real.total.Succeeded},
		{"calls that are given up", simulated.total.GivenUp, real.total.GivenUp},
		{"requests", simulated.total.Requests, real.total.Requests},
		{"requests that are refused", simulated.total.Refused, real.total.Refused},
	} {
		if !near(test.got, test.want, 0.1, 0.01*float64(real.total.Requests)) {
			t.Errorf("%d %s, of goroutines %d", test.got, test.what, test.want)
		}
	}
	var off float64
	for i, requests := range real.curve {
		off += math.Abs(simulated.curve[i] - requests)
	}
	if part := off / float64(real.total.Requests); part > 0.1 {
		t.Errorf("the curves differ in %.3g of their area", part)
	}
}

// near reports whether two numbers differ by a part of the larger one, and a few, at most.
func near(a, b int64, part, few float64) bool {
	return math.Abs(float64(a-b)) <= part*float64(max(a, b))+few
}

// goroutines runs a scenario with real ones.
func goroutines(t *testing.T, s Scenario) Result {
	start := time.Now()
	r := Result{Seconds: make([]Second, s.length()/time.Second)}
	pipe := &listener{calls: make(chan net.Conn), closed: make(chan struct{})}
	served := &realServer{Server: s.Server, start: start, result: &r, queue: make(chan chan struct{}, int(s.Server.Capacity*s.Server.Queue.Seconds()))}
	server := &http.Server{Handler: served}
	ctx, stop := context.WithDeadline(t.Context(), start.Add(s.length()))
	defer stop()
	var wait sync.WaitGroup
	wait.Go(func() { server.Serve(pipe) })
	wait.Go(func() { served.work(ctx) })
	transport := &http.Transport{DialContext: pipe.dial, MaxIdleConnsPerHost: s.Fleet.Programs * s.Fleet.Callers}
	client := &http.Client{Transport: transport}
	policy := s.Policy
	catalog := &classify.Catalog{Name: "api", Statuses: []classify.Entry{
		{Kind: classify.KindStatus, Code: "429", Number: 429, Action: classify.Retry, Policy: &policy},
		{Kind: classify.KindStatus, Code: "503", Number: 503, Action: classify.Retry, Policy: &policy},
	}, Delays: []classify.Delay{{Header: "Retry-After"}}}
	var mutex sync.Mutex
	var callers sync.WaitGroup
	for program := range s.Fleet.Programs {
		o := classify.Options{Catalog: catalog, Repeatable: true}
		if s.Budget {
			o.Budget = new(classify.Budget)
		}
		if s.Gate {
			o.Gate = new(classify.Gate)
		}
		for caller := range s.Fleet.Callers {
			callers.Go(func() {
				random := rand.New(rand.NewPCG(s.Seed, uint64(program*s.Fleet.Callers+caller+1)))
				own := o
				own.Random = random.Float64
				idle := float64(s.Fleet.Programs*s.Fleet.Callers) / s.Fleet.Rate * float64(time.Second)
				time.Sleep(time.Duration(random.Float64() * idle))
				for time.Since(start) < s.length() {
					mutex.Lock()
					r.Calls++
					mutex.Unlock()
					_, err := classify.Do(ctx, &own, func(context.Context) (struct{}, error) { return struct{}{}, get(client) })
					var gaveUp *classify.Error
					mutex.Lock()
					if err == nil {
						r.Succeeded++
					} else if errors.As(err, &gaveUp) && gaveUp.Reason != classify.ReasonDeadline && gaveUp.Reason != classify.ReasonCanceled || s.Policy.Within > 0 {
						r.GivenUp++
					}
					mutex.Unlock()
					time.Sleep(time.Duration(random.Float64() * 2 * idle))
				}
			})
		}
	}
	callers.Wait()
	transport.CloseIdleConnections()
	server.Close()
	stop()
	wait.Wait()
	r.sum(s)
	return r
}

// get makes a request that the end of the run does not cut off: it is over by then or counts.
func get(client *http.Client) error {
	resp, err := client.Get("http://api.test/")
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode == http.StatusOK {
		return err
	}
	return &classify.ReplyError{Reply: classify.Reply{Status: resp.StatusCode, Header: resp.Header, Body: body}}
}

// realServer answers one request after the other, and has others wait in a channel.
type realServer struct {
	Server
	start  time.Time
	queue  chan chan struct{}
	mutex  sync.Mutex
	result *Result
}

func (s *realServer) work(ctx context.Context) {
	for {
		select {
		case done := <-s.queue:
			time.Sleep(time.Duration(float64(time.Second) / s.Capacity))
			close(done)
		case <-ctx.Done():
			for {
				select {
				case done := <-s.queue:
					close(done)
				case <-time.After(time.Minute):
					return
				}
			}
		}
	}
}

func (s *realServer) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	now := time.Since(s.start)
	status := http.StatusServiceUnavailable
	if now < s.Start || now >= s.Start+s.Down {
		done := make(chan struct{})
		select {
		case s.queue <- done:
			<-done
			status = http.StatusOK
		default:
			status = http.StatusTooManyRequests
		}
	}
	s.mutex.Lock()
	if second := int(now / time.Second); second < len(s.result.Seconds) {
		s.result.Requests++
		s.result.Seconds[second].Requests++
		if status == http.StatusOK {
			s.result.Seconds[second].Answered++
		}
	}
	s.mutex.Unlock()
	time.Sleep(s.Latency)
	if status != http.StatusOK && s.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(s.RetryAfter.Seconds())))
	}
	w.WriteHeader(status)
}

// listener accepts connections in memory, which time in a bubble does not wait for.
type listener struct {
	calls  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.calls:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *listener) Addr() net.Addr { return &net.TCPAddr{} }

func (l *listener) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	l.calls <- there
	return here, nil
}
