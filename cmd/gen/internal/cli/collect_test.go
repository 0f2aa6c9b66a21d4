package cli

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// collecting returns by how much memory may grow, in percent, and its limit.
func collecting() (percent, limit uint64) {
	samples := []metrics.Sample{{Name: "/gc/gogc:percent"}, {Name: "/gc/gomemlimit:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64(), samples[1].Value.Uint64()
}

// TestCollectSeldom wants a run to collect by its growth while it needs much memory, and not
// all the time because it is over a limit; and nothing changed after it.
func TestCollectSeldom(t *testing.T) {
	t.Setenv("GOGC", "")
	t.Setenv("GOMEMLIMIT", "")
	percent, limit := collecting()
	stop := collectSeldom()
	if _, limit := collecting(); limit != room {
		t.Errorf("at the start, the limit is %d, not %d", limit, room)
	}
	held := make([]byte, room)
	for start := time.Now(); ; time.Sleep(time.Millisecond) {
		runtime.GC()
		if percent, limit := collecting(); percent == leastGrowth && limit == math.MaxInt64 {
			break
		}
		if time.Since(start) > time.Minute {
			t.Fatal("with much memory in use, it is still collected at the limit")
		}
	}
	runtime.KeepAlive(held)
	held = nil
	for start := time.Now(); ; time.Sleep(time.Millisecond) {
		runtime.GC()
		if _, limit := collecting(); limit == room {
			break
		}
		if time.Since(start) > time.Minute {
			t.Fatal("with little memory in use again, it is still collected by its growth")
		}
	}
	stop()
	if p, l := collecting(); p != percent || l != limit {
		t.Errorf("afterwards memory may grow by %d percent to %d, not by %d to %d", p, l, percent, limit)
	}
	t.Setenv("GOGC", "70")
	defer debug.SetGCPercent(debug.SetGCPercent(70))
	defer collectSeldom()()
	if p, l := collecting(); p != 70 || l != limit {
		t.Errorf("what the environment says is changed to %d percent and %d", p, l)
	}
}
