package importer

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// Everything from a source is written by the functions here, so that nothing in it becomes
// YAML, and nothing is obeyed by a terminal that shows the file.

// The longest texts that the format takes, in characters.
const (
	maxTitle = 200
	maxText  = 1000
	maxCode  = 256
	maxPath  = 2000
	maxBody  = 4000
)

// clean returns a text on one line, without what can't be seen, and cut if it is long.
func clean(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.IsControl(r), diag.IsHidden(r):
			return -1
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		text = strings.TrimRight(string(runes[:most-1]), " ") + "…"
	}
	return text
}

// toDo is the mark of what the author has to say, with what that is.
func toDo(what string) string { return model.ToDo + ": " + what }

var (
	plainText = pattern.Of(`^[\pL\pN/][\pL\pN\pM\pS\pP ]*$`)
	plainKey  = pattern.Of(`^(?:[A-Za-z_][A-Za-z0-9_./-]*|0|[1-9][0-9]{0,17})$`)
	reserved  = pattern.Of(`(?i)^(?:true|false|null|yes|no|on|off|y|n|~|[-+.0-9_:xoe]+|0x[0-9a-f]+|\.inf|\.nan)$`)
)

// key returns a key of a mapping.
func key(text string) string {
	if isStatusKey(text) || plainKey().MatchString(text) && (!reserved().MatchString(text) || isDigits(text)) {
		return text
	}
	return quoted(text)
}

// scalar returns a single value, inside of braces or not.
func scalar(text string, inBraces bool) string {
	if isPlain(text) && !(inBraces && strings.ContainsAny(text, ",[]{}")) {
		return text
	}
	return quoted(text)
}

func isPlain(text string) bool {
	return plainText().MatchString(text) && !reserved().MatchString(text) && !isObeyed(text) &&
		!strings.Contains(text, ": ") && !strings.Contains(text, " #") && !strings.HasSuffix(text, ":") && !strings.HasSuffix(text, " ") &&
		!strings.ContainsFunc(text, diag.IsHidden)
}

// isObeyed reports whether a runner of workflows may take a text for a command.
func isObeyed(text string) bool {
	return strings.Contains(text, "::") || strings.Contains(text, "##[")
}

// raw returns a value exactly, in single quotes if it can be read so.
func raw(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) || diag.IsHidden(r) }) || isObeyed(text) || !utf8.ValidString(text) {
		return quoted(text)
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// quoted returns a text in double quotes, with escapes for what can't be seen or is obeyed.
func quoted(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	var before rune
	for _, r := range strings.ToValidUTF8(text, "\ufffd") {
		switch {
		case r == '"' || r == '\\':
			out.WriteRune('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == ':' && before == ':', r == '[' && before == '#':
			fmt.Fprintf(&out, `\x%02x`, r)
		case unicode.IsGraphic(r) && !diag.IsHidden(r):
			out.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&out, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			fmt.Fprintf(&out, `\U%08x`, r)
		}
		before = r
	}
	out.WriteByte('"')
	return out.String()
}

// wrapped returns the lines of a text for a folded block, or nil if a line of it would read as
// something else.
func wrapped(text string, width int) []string {
	if isObeyed(text) || text != clean(text, len(text)+1) {
		return nil
	}
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	lines = append(lines, line)
	for _, line := range lines {
		if looksLikeYAML().MatchString(line) {
			return nil
		}
	}
	return lines
}

var looksLikeYAML = pattern.Of(`^(?:[-?#:]|[a-z_]+:(?: |$))`)
