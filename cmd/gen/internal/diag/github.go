package diag

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// GitHub writes the problems as workflow commands, which GitHub Actions shows as
// annotations of the lines: the first, and at last how many more there are.
func GitHub(w io.Writer, problems []Problem) error {
	var out bytes.Buffer
	problems, more := head(problems)
	for _, p := range problems {
		message := Visible(p.Message) + " [" + p.Rule + "]"
		for _, r := range p.Related {
			message += "\n" + r.Place.text() + ": " + Visible(r.Message)
		}
		if p.Hint != "" {
			message += "\nhint: " + Visible(p.Hint)
		}
		fmt.Fprintf(&out, "::%s file=%s", p.Severity, property.Replace(Visible(p.File)))
		if p.Line > 0 {
			fmt.Fprintf(&out, ",line=%d", p.Line)
		}
		if p.Column > 0 {
			fmt.Fprintf(&out, ",col=%d", p.Column)
		}
		fmt.Fprintf(&out, ",title=%s::%s\n", property.Replace(p.Rule), data.Replace(cut(message)))
	}
	if more != (Others{}) {
		fmt.Fprintf(&out, "::notice::%s\n", more.sentence())
	}
	_, err := w.Write(out.Bytes())
	return err
}

// cut returns a text of at most as many characters as a line has that is printed.
func cut(text string) string {
	if start := firstRunes([]byte(text), maxLine); len(start) < len(text) {
		return string(start) + "…"
	}
	return text
}

// What a workflow command can't hold is written in percent signs.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
