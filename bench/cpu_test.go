package bench

import (
	"syscall"
	"testing"
	"time"
)

// measure has a benchmark report the CPU time that an operation takes, of all threads and with
// the garbage collector, as cpu-ns/op. What else the machine does is not in it. Defer what it
// returns right before the loop.
func measure(b *testing.B) (report func()) {
	b.ReportAllocs()
	start := cpuTime(b)
	return func() { b.ReportMetric(float64(cpuTime(b)-start)/float64(b.N), "cpu-ns/op") }
}

func cpuTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
