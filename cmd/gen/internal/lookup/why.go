package lookup

import (
	"strconv"

	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// whys are what led to a match, by the names that the script knows them by: sentences
// without a full stop. The command says them in English, the script in the language of
// the site.
var whys = map[string]say.Message{
	"key":      "the text is %s",
	"keyAlias": "the text is %s, another name of %s",
	"example":  "the reply is one of the catalog's examples",

	"found":      "found %s in the text",
	"alias":      "found %s, another name of %s",
	"message":    "found its message %s",
	"template":   "found its message %s with values",
	"letters":    "%s has the letters of %s",
	"spelling":   "%s is the same as %s in another spelling",
	"start":      "found the start of %s in the text",
	"startsAs":   "%s is not listed; it starts as %s",
	"number":     "%s stands after %s",
	"status":     "the status %d",
	"class":      "the status %d is one of %s",
	"noAnswer":   "%s in the text says that no answer came|quoted words",
	"notListed":  "%s, but %s does not list it|a reason, and an API",
	"meaning":    "%s is what the catalog says of %s|quoted words, and a code",
	"past":       "%s, but the text says that it is over|a reason",
	"notAddress": "%s, but %s is not an address of %s|a reason, a host, and an API",

	"oneLetter":   "%s differs by one letter from %s",
	"manyLetters": "%s differs by %d letters from %s",
	"nearMessage": "%s is nearly its message %s",
	"cut":         "%s may be %s cut short",
	"headless":    "%s is %s without its first word",
	"alike":       "%s is %s but for signs that look alike",
	"less":        "%s is %s with one word less",
	"more":        "%s is %s with one word more",
	"behind":      "%s is %s behind %s|words of a text, a code, and words before it",

	"replyCode":    "found %s in the reply",
	"replyAlias":   "found %s in the reply, another name of %s",
	"replyStart":   "found a code in the reply that starts as %s",
	"replySuccess": "the reply says success",
	"replyStatus":  "the reply has the status %d, and no code that is listed",
	"replyMessage": "the reply has the status %d and the message of %s, but no code that is listed",
	"unlisted":     "%s is not a listed code",
	"unlistedLike": "the reply is like one of %s, but %s is not listed",
	"neither":      "the reply holds neither success nor a code that is known",
	"neitherLike":  "the reply is like one of %s, but has neither success nor a code",
}

// reason is what led to a match. It is put into words for those that are returned: a log
// holds many more.
type reason interface{ String() string }

// why returns the reason of a name, with values.
func why(name string, values ...any) reason { return &because{name, values} }

type because struct {
	name   string
	values []any
}

func (b *because) String() string {
	m, ok := whys[b.name]
	if !ok {
		panic("internal error: no reason is named " + b.name)
	}
	return say.English.Say(m, b.values...)
}

// words are words of a text in a reason: quoted, and cut to a length that can be read.
type words string

func (w words) String() string { return strconv.Quote(short(string(w))) }

// inQuotes is a text in a reason, in quotes.
type inQuotes string

func (q inQuotes) String() string { return strconv.Quote(string(q)) }
