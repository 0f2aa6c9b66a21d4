package diag

import "strconv"

// maxQuoted is how many characters of a value a message shows.
const maxQuoted = 60

// Quote returns a value of the spec for a message, in quotes and cut if long.
func Quote(text string) string {
	if runes := []rune(text); len(runes) > maxQuoted {
		text = string(runes[:maxQuoted]) + "…"
	}
	return strconv.Quote(text)
}
