package serve

import (
	"strconv"
	"strings"
	"time"
)

// Values of a message are written with the signs of units alone, which are the same in all
// languages.

// Bytes writes a number of bytes exactly: in the largest unit of which it is a multiple, such
// as 2 MiB or 500 kB.
func Bytes(n int64) string {
	if n != 0 {
		for _, unit := range [...]struct {
			size int64
			name string
		}{
			{1 << 40, "TiB"}, {1e12, "TB"}, {1 << 30, "GiB"}, {1e9, "GB"}, {1 << 20, "MiB"}, {1e6, "MB"}, {1 << 10, "KiB"}, {1e3, "kB"},
		} {
			if n%unit.size == 0 {
				return strconv.FormatInt(n/unit.size, 10) + " " + unit.name
			}
		}
	}
	return strconv.FormatInt(n, 10) + " B"
}

// Int writes a number.
func Int(n int64) string { return strconv.FormatInt(n, 10) }

// Duration writes a length of time exactly, such as 90 s as 1 min 30 s.
func Duration(d time.Duration) string {
	if d > -time.Second && d < time.Second && d != 0 {
		text := d.String() // such as 1.5ms
		at := strings.IndexAny(text, "nµm")
		return text[:at] + " " + text[at:]
	}
	var parts []string
	sign, left := "", d
	if d < 0 {
		sign = "-"
	}
	for _, unit := range [...]struct {
		length time.Duration
		name   string
	}{{time.Hour, "h"}, {time.Minute, "min"}} {
		if n := left / unit.length; n != 0 {
			parts = append(parts, strconv.FormatInt(abs(int64(n)), 10)+" "+unit.name)
			left -= n * unit.length
		}
	}
	if left != 0 || len(parts) == 0 {
		text := strconv.FormatInt(abs(int64(left/time.Second)), 10)
		if part := abs(int64(left % time.Second)); part != 0 {
			digits := strconv.FormatInt(int64(time.Second)+part, 10)[1:] // with the zeros at its start
			text += "." + strings.TrimRight(digits, "0")
		}
		parts = append(parts, text+" s")
	}
	return sign + strings.Join(parts, " ")
}

func abs(n int64) int64 { return max(n, -n) }

// Time writes a point in time to the second, such as 2026-01-31 17:00:00 UTC.
func Time(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
