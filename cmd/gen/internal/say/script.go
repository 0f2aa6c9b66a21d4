package say

import (
	"encoding/json"

	"github.com/errkb/errkb/cmd/gen/internal/pattern"
)

// asked finds the messages that a script asks for.
var asked = pattern.Of(`\bsay\(("(?:[^"\\]|\\.)*")`)

// ScriptMessages returns the messages that a script asks for, which are those in say("…").
func ScriptMessages(script string) []Message {
	var all []Message
	for _, found := range asked().FindAllStringSubmatch(script, -1) {
		var m Message
		if err := json.Unmarshal([]byte(found[1]), &m); err != nil {
			panic("internal error: a message of a script, " + found[1] + ": " + err.Error())
		}
		all = append(all, m)
	}
	return all
}

// ScriptWords returns the translations of the messages that a script asks for: none in
// English.
func (l *Language) ScriptWords(script string) map[Message]string {
	words := make(map[Message]string)
	for _, m := range ScriptMessages(script) {
		if text := l.Template(m); l != English {
			words[m] = text
		}
	}
	return words
}
