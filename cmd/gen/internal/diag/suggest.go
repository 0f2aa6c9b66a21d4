package diag

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// DidYouMean returns a hint at the candidate that is closest to a name, or "".
func DidYouMean(name string, candidates []string) string {
	best, ok := Closest(name, candidates)
	if !ok {
		return ""
	}
	return Meant(best)
}

// Meant returns a hint at what was meant.
func Meant(text string) string { return "did you mean " + Quote(text) + "?" }

// Closest returns the candidate that is closest to a name, if any is close.
func Closest(name string, candidates []string) (best string, ok bool) {
	length := utf8.RuneCountInString(name)
	least := 1 + max(1, length/3)
	for _, candidate := range candidates {
		if d := utf8.RuneCountInString(candidate) - length; max(d, -d) >= least {
			continue
		}
		if d := distance(strings.ToLower(name), strings.ToLower(candidate)); d < min(least, length) {
			best, least, ok = candidate, d, true
		}
	}
	return best, ok
}

// distance is the number of letters to insert, delete, replace or swap with the
// next one that makes b of a.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	var above, before []int
	for i, r := range from {
		before, above, row = above, row, make([]int, len(to)+1)
		row[0] = i + 1
		for j, s := range to {
			cost := 1
			if r == s {
				cost = 0
			}
			row[j+1] = min(above[j]+cost, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && r == to[j-1] && from[i-1] == s {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(to)]
}

// OneOf lists words for a message: "a, b or c".
func OneOf(words []string) string {
	words = slices.Clone(words)
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
