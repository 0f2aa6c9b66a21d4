package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// sheet is a list of labelled texts, printed under one another.
type sheet struct {
	rows []row
}

type row struct{ label, text string }

// add adds a row; an empty text has none. A row without a label goes on with the
// one above.
func (s *sheet) add(label, text string) {
	if strings.TrimSpace(text) != "" {
		s.rows = append(s.rows, row{label, text})
	}
}

// textWidth is the width in characters to which texts are wrapped.
const textWidth = 78

// print writes the rows, their texts wrapped in their own column.
func (s *sheet) print(w io.Writer) {
	widest := 0
	for _, r := range s.rows {
		widest = max(widest, utf8.RuneCountInString(r.label))
	}
	for _, r := range s.rows {
		label, indent := r.label, ""
		for _, line := range wrap(r.text, textWidth-widest-4) {
			fmt.Fprintf(w, "  %-*s  %s%s\n", widest, label, indent, line)
			if label = ""; strings.HasPrefix(r.text, "- ") {
				indent = "  "
			}
		}
	}
}

// wrap breaks a text at white space into lines of at most width characters, but
// not between a number and its unit. A longer word has its own line.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	words := strings.Fields(text)
	for i := 0; i < len(words); i++ {
		word := diag.Visible(words[i])
		if _, err := strconv.ParseFloat(word, 64); err == nil && i+1 < len(words) {
			i++
			word += " " + diag.Visible(words[i])
		}
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
