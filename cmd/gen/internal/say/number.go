package say

import (
	"iter"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// amount is a number of a unit of time.
type amount struct {
	number string
	of     *unit
	part   bool // the number is below two, and has decimals
}

const (
	decimalMark Message = ".|decimal mark"
	twoUnits    Message = "%s %s|an amount and the rest of it in the next unit, such as 1 min 30 s"
	fromTo      Message = "%s to %s|the shortest and the longest wait; a unit that both have is only in the second"
)

// Duration returns a duration in words, such as "5 s", "1.5 s", "2 min" or
// "1 min 30 s", rounded to a millisecond, or below a second to a microsecond.
// What is not positive is "0 s".
func (l *Language) Duration(d time.Duration) string { return l.inWords(l.amounts(d)) }

// DurationInFull returns a duration with its units written out, such as
// "1 second" or "2 minutes".
func (l *Language) DurationInFull(d time.Duration) string { return l.inFull(l.amounts(d)) }

func (l *Language) inWords(amounts []amount) string {
	return l.amountList(amounts, func(a amount) Message { return a.of.short })
}

func (l *Language) inFull(amounts []amount) string {
	return l.amountList(amounts, func(a amount) Message {
		switch {
		case a.number == "1":
			return a.of.one
		case a.part:
			return a.of.part
		}
		return a.of.many
	})
}

func (l *Language) amountList(amounts []amount, m func(amount) Message) string {
	words := make([]string, len(amounts))
	for i, a := range amounts {
		words[i] = l.Say(m(a), a.number)
	}
	return l.list(words, twoUnits, twoUnits)
}

// amounts splits a duration into one unit or two.
func (l *Language) amounts(d time.Duration) []amount {
	if d <= 0 {
		return []amount{{number: "0", of: &second}}
	}
	if d >= time.Second {
		d = d.Round(time.Millisecond)
	} else {
		d = max(d.Round(time.Microsecond), time.Microsecond)
	}
	var all []amount
	for i := range units {
		u := &units[i]
		if d < u.length && u.length > time.Millisecond || u.length == 24*time.Hour && d < 48*time.Hour {
			continue
		}
		if u.length <= time.Second {
			if d > 0 {
				n := float64(d) / float64(u.length)
				all = append(all, amount{l.number(n), u, n < 2 && n != math.Trunc(n)})
			}
			break
		}
		all = append(all, amount{number: strconv.FormatInt(int64(d/u.length), 10), of: u})
		d %= u.length
	}
	return all[:min(len(all), 2)]
}

// number returns a number with as many decimals as it needs.
func (l *Language) number(n float64) string {
	return strings.Replace(strconv.FormatFloat(n, 'f', -1, 64), ".", l.Say(decimalMark), 1)
}

// Units yields the units that [Language.Duration] uses, the longest first, with their
// messages: in short, and in full for one and for many.
func (l *Language) Units() iter.Seq2[time.Duration, [3]string] {
	return func(yield func(time.Duration, [3]string) bool) {
		for _, u := range units {
			if !yield(u.length, [3]string{l.Template(u.short), l.Template(u.one), l.Template(u.many)}) {
				return
			}
		}
	}
}

// Window returns the bounds of a wait in words, such as "5 s", "1 to 2 s" or "500 ms to
// 1 min".
func (l *Language) Window(w model.Window) string { return l.bounds(w, l.inWords) }

// bounds returns the bounds of a wait, with a unit that both have only once.
func (l *Language) bounds(w model.Window, words func([]amount) string) string {
	from, to := l.amounts(w.Min), l.amounts(w.Max)
	shortest, longest := words(from), words(to)
	switch {
	case shortest == longest:
		return longest
	case len(from) == 1 && len(to) == 1 && from[0].of.length == to[0].of.length, w.Min <= 0:
		shortest = from[0].number
	}
	return l.Say(fromTo, shortest, longest)
}

// Size returns a number of bytes in words, such as "64 KiB".
func (l *Language) Size(bytes int64) string {
	if bytes%(1<<20) == 0 {
		return l.Say("%d MiB", bytes>>20)
	}
	return l.Say("%d KiB", bytes>>10)
}
