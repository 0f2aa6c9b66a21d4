package replay

import (
	"hash/maphash"
	"math"
	"time"

	"github.com/errkb/errkb/classify"
)

// seed is of the hashes by which the same request is known.
type seed = maphash.Seed

func newSeed() seed { return maphash.MakeSeed() }

// calls are the requests that failed lately, in sets of a few by their hashes. When there are
// many, older ones are forgotten.
type calls struct {
	keys  []uint64 // 0 for an empty slot
	slots []failed

	afterStop, tooSoon, succeeded int64
	untold                        int64 // replies that don't tell which request they are of
	examples                      []Waste
}

// There are as many sets, each with room for as many requests.
const (
	sets = 1 << 13
	ways = 4
)

// failed is a request that did not succeed. It is small and without pointers, as there are
// many of them.
type failed struct {
	moment  moment
	wait    time.Duration // the least before a retry, or never
	retries int32
	entry   int32 // the place of the one that decided among those that are counted
}

// never is the wait where no retry can help.
const never = time.Duration(math.MaxInt64)

// sameCall is within which time a request with the same content is taken for the same one,
// sent again.
const sameCall = time.Hour

// compare looks whether a request was sent before, and failed, and remembers it if it failed.
func (r *Replay) compare(c *call, d *classify.Decision, by *entryCount) {
	key, ok := r.requestKey(c)
	if !ok {
		r.calls.untold++
		return
	}
	last, again := r.calls.take(key)
	gap := time.Duration(c.moment.nanos - last.moment.nanos)
	timed := c.moment.nanos != 0 && last.moment.nanos != 0
	again = again && (!timed || gap <= sameCall)
	succeeds := d.Action == classify.OK
	if again {
		last.retries++
		switch {
		case last.wait == never && succeeds:
			r.calls.succeeded++
		case last.wait == never:
			r.calls.afterStop++
			r.waste(c, last, AfterStop, gap, timed)
		case timed && gap >= 0 && gap+resolution(c.moment, last.moment) < last.wait:
			r.calls.tooSoon++
			r.waste(c, last, TooSoon, gap, timed)
		}
	}
	if succeeds || d.Undecided() {
		return
	}
	now := failed{moment: c.moment, entry: by.place}
	if again {
		now.retries = last.retries
	}
	if d.Action == classify.Fail || d.Action == classify.FixAccount {
		now.wait = never
	} else if next := d.Resend(classify.Attempt{Retry: int(now.retries), Repeatable: true}); next.Again {
		now.wait = next.Shortest
	}
	r.calls.put(key, now)
}

// resolution is how much longer than it looks the time between two moments may be.
func resolution(a, b moment) time.Duration {
	if a.nanos%int64(time.Second) == 0 && b.nanos%int64(time.Second) == 0 {
		return time.Second
	}
	return time.Millisecond
}

// set returns where the set of a request starts.
func (c *calls) set(key uint64) int {
	if c.keys == nil {
		c.keys, c.slots = make([]uint64, sets*ways), make([]failed, sets*ways)
	}
	return int(key%sets) * ways
}

// take returns what is known of a request, and forgets it.
func (c *calls) take(key uint64) (last failed, ok bool) {
	set := c.set(key)
	for i, k := range c.keys[set : set+ways] {
		if k == key {
			c.keys[set+i] = 0
			return c.slots[set+i], true
		}
	}
	return failed{}, false
}

// put remembers a request that was taken before, in place of the one that was seen longest ago.
func (c *calls) put(key uint64, now failed) {
	set := c.set(key)
	oldest := set
	for i := set; i < set+ways; i++ {
		if c.keys[i] == 0 {
			oldest = i
			break
		}
		if c.slots[i].moment.before(c.slots[oldest].moment) {
			oldest = i
		}
	}
	c.keys[oldest], c.slots[oldest] = key, now
}

// before reports whether a moment was read before another.
func (m moment) before(o moment) bool { return m.file < o.file || m.file == o.file && m.line < o.line }

// requestKey returns what the same request has again: its id, or its method, its address and
// its body. Without a body that is logged, two requests are surely the same only if their
// method has none.
func (r *Replay) requestKey(c *call) (key uint64, ok bool) {
	var h maphash.Hash
	h.SetSeed(r.seed)
	h.WriteByte(byte(c.api.place))
	if len(c.id) > 0 {
		h.Write(c.id)
		return max(1, h.Sum64()), true
	}
	if len(c.url) == 0 || !c.isSent && !isBodiless(c.method) {
		return 0, false
	}
	for _, part := range [...][]byte{c.client, c.method, c.host, c.url, c.sent} {
		h.Write(part)
		h.WriteByte(0)
	}
	return max(1, h.Sum64()), true
}

func isBodiless(method []byte) bool {
	switch string(method) {
	case "GET", "HEAD", "DELETE", "OPTIONS", "get":
		return true
	}
	return false
}

// maxExamples is how many wasted requests of a kind are shown.
const maxExamples = 5

// waste notes an example of a request that was sent in vain.
func (r *Replay) waste(c *call, last failed, kind WasteKind, gap time.Duration, timed bool) {
	same := 0
	for _, e := range r.calls.examples {
		if e.Kind == kind {
			same++
		}
	}
	if same == maxExamples {
		return
	}
	w := Waste{Kind: kind, API: c.api.Name, Request: r.shown(c), Code: r.sums.entries[last.entry].code, First: r.place(last.moment), Again: r.place(c.moment)}
	if timed && gap >= 0 {
		ms := gap.Milliseconds()
		w.GapMS = &ms
	}
	if kind == TooSoon {
		ms := last.wait.Milliseconds()
		w.WaitMS = &ms
	}
	r.calls.examples = append(r.calls.examples, w)
}

// shown returns a request without what may be secret in it: the path of its operation, or
// else its host and path.
func (r *Replay) shown(c *call) string {
	method := string(c.method)
	if method != "" {
		method += " "
	}
	for _, op := range c.api.Operations {
		if c.reply.Operation != "" && op.Name == string(c.reply.Operation) && op.Path != "" {
			return method + op.Path
		}
	}
	return cutTo(c.api.table.Redact(c.reply, method+string(c.hostname)+string(c.path)), maxMessage)
}
