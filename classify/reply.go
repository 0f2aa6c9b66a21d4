package classify

import (
	"net/http"
	"strings"
)

// MaxBody is how many bytes of a reply's body are looked at, where neither the
// operation nor the options say otherwise. Of a body that is cut there counts what its
// start says for certain: see [Decision.Undecided].
const MaxBody = 64 << 10

// leastLook is how many bytes are looked at in any case.
const leastLook = 1 << 10

// Reply is what came back from one call of an API, or that nothing did.
type Reply struct {
	Status    int         // the HTTP status; 0 where there is none or it is not known
	Header    http.Header // the reply's header; may be nil
	Body      []byte      // the body, decompressed; of it is looked at what the operation's Look says, or MaxBody
	Cut       bool        // Body is only the start of what was sent
	Operation Operation   // the call it answers; empty where that is not known
	Err       error       // why there was no reply at all; the other fields are then ignored

	look int64 // how many bytes of Body are looked at; 0 for what the operation says
}

var byteOrderMark = []byte("\ufeff")

// header returns the first line of a header field.
func header(h http.Header, name string) string { return first(fieldLines(h, name)) }

// field returns the value of a header field, several lines of it joined to one (RFC
// 9110 section 5.3), and "" for none.
func field(h http.Header, name string) string {
	if lines := h[name]; len(lines) == 1 { // as nearly all that are there
		return trimField(lines[0])
	}
	return trimField(strings.Join(fieldLines(h, name), ", "))
}

// trimField is strings.TrimSpace for texts most of which have no space around them.
func trimField(text string) string {
	if isTrimmed(text) {
		return text
	}
	return strings.TrimSpace(text)
}

// isTrimmed reports whether a text surely has no space around it: it starts and ends with a
// visible character of ASCII.
func isTrimmed[T string | []byte](text T) bool {
	n := len(text)
	return n > 0 && text[0]-'!' <= '~'-'!' && text[n-1]-'!' <= '~'-'!'
}

// fieldLines returns the lines of a header field, whose name is matched in any case. A
// nil header has none.
func fieldLines(h http.Header, name string) []string {
	if lines, ok := h[name]; ok || len(h) == 0 {
		return lines
	}
	var lines []string
	var least string // of several spellings the least counts: a map has no order
	for key, values := range h {
		if len(key) == len(name) && strings.EqualFold(key, name) && (least == "" || key < least) {
			lines, least = values, key
		}
	}
	return lines
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
