package say

import (
	"math"
	"testing"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestDuration(t *testing.T) {
	for _, test := range []struct {
		d    time.Duration
		want string
	}{
		{0, "0 s"},
		{-time.Second, "0 s"},
		{1, "0.001 ms"},
		{500 * time.Microsecond, "0.5 ms"},
		{1500 * time.Microsecond, "1.5 ms"},
		{250 * time.Millisecond, "250 ms"},
		{time.Second - 1, "1 s"},
		{time.Second, "1 s"},
		{1500 * time.Millisecond, "1.5 s"},
		{1234567890, "1.235 s"},
		{59*time.Second + 999999999, "1 min"},
		{time.Minute, "1 min"},
		{90 * time.Second, "1 min 30 s"},
		{61500 * time.Millisecond, "1 min 1.5 s"},
		{time.Minute + time.Millisecond, "1 min 1 ms"},
		{2 * time.Minute, "2 min"},
		{time.Hour, "1 h"},
		{time.Hour + time.Second, "1 h 1 s"},
		{25*time.Hour + 30*time.Minute, "25 h 30 min"},
		{48 * time.Hour, "2 days"},
		{50*time.Hour + time.Minute, "2 days 2 h"},
		{math.MaxInt64, "106751 days 23 h"},
	} {
		if got := English.Duration(test.d); got != test.want {
			t.Errorf("English.Duration(%d) = %q, want %q", test.d, got, test.want)
		}
	}
}

func TestWindow(t *testing.T) {
	for _, test := range []struct {
		min, max time.Duration
		want     string
	}{
		{0, 0, "0 s"},
		{5 * time.Second, 5 * time.Second, "5 s"},
		{time.Second, 2 * time.Second, "1 to 2 s"},
		{1500 * time.Millisecond, 2500 * time.Millisecond, "1.5 to 2.5 s"},
		{0, time.Minute, "0 to 1 min"},
		{0, 10 * time.Second, "0 to 10 s"},
		{500 * time.Millisecond, time.Minute, "500 ms to 1 min"},
		{30 * time.Second, 90 * time.Second, "30 s to 1 min 30 s"},
		{61 * time.Second, 62 * time.Second, "1 min 1 s to 1 min 2 s"},
	} {
		if got := English.Window(model.Window{Min: test.min, Max: test.max}); got != test.want {
			t.Errorf("English.Window(%v, %v) = %q, want %q", test.min, test.max, got, test.want)
		}
	}
}

// TestDurationInFull tries languages that say one second and a half in the singular, and
// one that does not.
func TestDurationInFull(t *testing.T) {
	for _, test := range []struct {
		d                       time.Duration
		english, french, german string
	}{
		{time.Second, "1 second", "1 seconde", "1 Sekunde"},
		{1500 * time.Millisecond, "1.5 seconds", "1,5 seconde", "1,5 Sekunden"},
		{2 * time.Second, "2 seconds", "2 secondes", "2 Sekunden"},
		{2500 * time.Millisecond, "2.5 seconds", "2,5 secondes", "2,5 Sekunden"},
		{500 * time.Microsecond, "0.5 milliseconds", "0,5 milliseconde", "0,5 Millisekunden"},
	} {
		for tag, want := range map[string]string{"en": test.english, "fr": test.french, "de": test.german} {
			if got := In(tag).DurationInFull(test.d); got != want {
				t.Errorf("%v in %s is %q, want %q", test.d, tag, got, want)
			}
		}
	}
}
