package attack

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// TestKilled ends runs at any instant.
func TestKilled(t *testing.T) {
	a := prepare(t)
	begun := time.Now()
	run(t, a.copy(t), append([]string{gen}, generate...)...)
	whole := time.Since(begun)
	killed := 0
	for i := range times(12, 200) {
		dir := a.copy(t)
		cmd, output := start(t, dir, append([]string{gen}, generate...)...)
		after := time.Duration(rand.Int64N(int64(whole)))
		timer := time.AfterFunc(after, func() { cmd.Process.Kill() })
		r := finish(t, cmd, output)
		if !timer.Stop() && r.status < 0 {
			killed++
		}
		a.judge(t, fmt.Sprintf("killed after %s (%d)", after, i), dir, r)
	}
	if killed == 0 {
		t.Error("no run was killed before its end")
	}
}

// TestAtOnce starts several runs for the same output.
func TestAtOnce(t *testing.T) {
	a := prepare(t)
	for i := range times(3, 40) {
		dir := a.copy(t)
		var wait []func() result
		for range 2 + i%3 {
			cmd, output := start(t, dir, append([]string{gen}, generate...)...)
			wait = append(wait, func() result { return finish(t, cmd, output) })
		}
		worst := result{}
		for _, done := range wait {
			if r := done(); r.status != 0 {
				worst = r
			}
		}
		a.judge(t, fmt.Sprintf("%d runs at once (%d)", len(wait), i), dir, worst)
	}
}
