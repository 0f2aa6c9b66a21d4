package classify

import "testing"

// alone skips a long test that starts no goroutine where the race detector runs: it finds
// nothing there, and takes ten times as long. The same test runs without it.
func alone(t *testing.T) {
	t.Helper()
	if detectsRaces {
		t.Skip("it starts no goroutine")
	}
}
