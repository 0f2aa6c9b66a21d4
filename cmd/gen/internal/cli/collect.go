package cli

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// room is the memory that a run may take before any of it is collected. Most runs never
// take as much, and a large site is rendered with a quarter of the collections, which saves
// a sixth of its time.
const room = 240 << 20

// leastGrowth is by how many percent the memory in use grows between two collections
// where room is too small. Go's usual 100 would double it.
const leastGrowth = 50

// collectSeldom has memory collected as room and leastGrowth say, until stop is called. It
// changes nothing where the environment says how often to collect.
func collectSeldom() (stop func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	percent, limit := debug.SetGCPercent(-1), debug.SetMemoryLimit(room)
	var mutex sync.Mutex
	stopped, full := false, false
	var collected func(struct{})
	await := func() { runtime.AddCleanup(new([64]byte), collected, struct{}{}) } // after the next collection
	collected = func(struct{}) {
		mutex.Lock()
		defer mutex.Unlock()
		if stopped {
			return
		}
		was := full
		switch full = inUse()*(100+leastGrowth)/100 >= room; {
		case full && !was: // or it would collect all the time
			debug.SetGCPercent(leastGrowth)
			debug.SetMemoryLimit(math.MaxInt64)
		case was && !full:
			debug.SetMemoryLimit(room)
			debug.SetGCPercent(-1)
		}
		await()
	}
	await()
	return func() {
		mutex.Lock()
		defer mutex.Unlock()
		stopped = true
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// inUse returns how much memory the last collection left.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
