package say

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Duration returns a duration in words, such as "5 s", "1.5 s", "2 min" or
// "1 min 30 s", rounded to a millisecond, or below a second to a microsecond.
// What is not positive is "0 s".
func Duration(d time.Duration) string {
	if d <= 0 {
		return "0 s"
	}
	if d >= time.Second {
		d = d.Round(time.Millisecond)
	} else {
		d = max(d.Round(time.Microsecond), time.Microsecond)
	}
	var parts []string
	for _, u := range units {
		if d < u.length || u.length == 24*time.Hour && d < 48*time.Hour {
			continue
		}
		if u.length <= time.Second {
			parts = append(parts, decimal(d, u.length)+" "+u.name)
			break
		}
		parts = append(parts, strconv.FormatInt(int64(d/u.length), 10)+" "+u.name)
		d %= u.length
	}
	if d > 0 && d < time.Millisecond && len(parts) == 0 {
		parts = append(parts, decimal(d, time.Millisecond)+" ms")
	}
	if len(parts) > 2 {
		parts = parts[:2]
	}
	return strings.Join(parts, " ")
}

// Units yields the units that [Duration] uses, the longest first, with their names: as
// [Duration] writes it, and in full for one and for many.
func Units() iter.Seq2[time.Duration, [3]string] {
	return func(yield func(time.Duration, [3]string) bool) {
		for _, u := range units {
			if !yield(u.length, [3]string{u.name, u.one, u.many}) {
				return
			}
		}
	}
}

// DurationInFull returns a duration with its units written out, such as
// "1 second" or "2 minutes".
func DurationInFull(d time.Duration) string {
	parts := strings.Fields(Duration(d))
	for i := 1; i < len(parts); i += 2 {
		u := units[slices.IndexFunc(units, func(u unit) bool { return u.name == parts[i] })]
		if parts[i] = u.many; parts[i-1] == "1" {
			parts[i] = u.one
		}
	}
	return strings.Join(parts, " ")
}

// decimal returns d in a unit with as many decimals as it needs, at most three.
func decimal(d, unit time.Duration) string {
	return strconv.FormatFloat(float64(d)/float64(unit), 'f', -1, 64)
}

// Window returns the bounds of a wait in words, such as "5 s", "1 to 2 s" or "500 ms to
// 1 min".
func Window(w model.Window) string {
	shortest, longest := Duration(w.Min), Duration(w.Max)
	if shortest == longest {
		return longest
	}
	if number, name, _ := strings.Cut(shortest, " "); strings.HasSuffix(longest, " "+name) && !strings.Contains(name, " ") {
		if strings.Count(longest, " ") == 1 {
			return number + " to " + longest
		}
	}
	if w.Min <= 0 {
		return "0 to " + longest
	}
	return shortest + " to " + longest
}

// Size returns a number of bytes in words, such as "64 KiB".
func Size(bytes int64) string {
	if bytes%(1<<20) == 0 {
		return strconv.FormatInt(bytes>>20, 10) + " MiB"
	}
	return strconv.FormatInt(bytes>>10, 10) + " KiB"
}
