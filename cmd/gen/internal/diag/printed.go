package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// What comes from outside is printed in one way only, whichever command prints it: nothing in
// it is obeyed by a terminal or by a runner of workflows, and no line is endless.

// maxLine is how many characters of a line are printed.
const maxLine = 1000

// Printed returns the lines of a text for people, with what would be obeyed written out. Colours are this
// package's own.
func Printed(text string, color bool) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line, end := strings.CutSuffix(line, "\n")
		out.WriteString(printedLine(line, color))
		if end {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

func printedLine(line string, color bool) string {
	var out strings.Builder
	shown := 0
	for rest := line; rest != ""; {
		if code := colorCode(rest); color && code != "" {
			out.WriteString(code)
			rest = rest[len(code):]
			continue
		}
		if shown++; shown > maxLine {
			out.WriteString("…")
			if color {
				out.WriteString(reset)
			}
			break
		}
		r, size := utf8.DecodeRuneInString(rest)
		if r == '\t' {
			out.WriteByte('\t')
		} else {
			out.WriteString(glyph(r))
		}
		rest = rest[size:]
	}
	return disobeyed(out.String())
}

func colorCode(text string) string {
	for _, code := range []string{bold, red, yellow, green, reset} {
		if strings.HasPrefix(text, code) {
			return code
		}
	}
	return ""
}

// disobeyed returns a line without commands to a runner of GitHub's workflows, which reads
// what is printed: one that starts with two colons, or holds two hash signs and a bracket.
func disobeyed(line string) string {
	if start := strings.TrimLeftFunc(line, unicode.IsSpace); strings.HasPrefix(start, "::") {
		line = line[:len(line)-len(start)] + written(':') + start[1:]
	}
	return strings.ReplaceAll(line, "##[", "##"+written('['))
}

// written returns the number of a character in place of it.
func written(r rune) string { return fmt.Sprintf("<U+%04X>", r) }

// PrintedJSON returns JSON with escapes in place of what would be obeyed. To programs it is
// the same.
func PrintedJSON(content []byte) []byte {
	var out strings.Builder
	for _, r := range string(content) {
		switch {
		case r == '\n' || glyph(r) == string(r):
			out.WriteRune(r)
		default:
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&out, `\u%04x`, unit)
			}
		}
	}
	return []byte(strings.ReplaceAll(out.String(), "##[", `##\u005b`))
}
