package diag

import "strconv"

// maxQuoted is how many characters of a value the message shows.
const maxQuoted = 60

// Quote returns a value of the spec for a message, in quotes and cut if long.
func Quote(text string) string { return QuoteTo(text, maxQuoted) }

// QuoteTo returns a text from outside in quotes, cut after a number of characters.
func QuoteTo(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}
