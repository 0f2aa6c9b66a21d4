package model

import "strings"

// Arg is a value that the texts of an entry have in each reply, and that the API's server
// gives: the size over which an image is too large, say.
type Arg struct {
	Name    string // as in {{max_size}} of the spec
	Go      string // its type in the package of the server
	Type    string // bytes, int, string, duration or time
	Example string // as a message has it
}

// Mark returns what stands for the value in the texts of the model, such as ‹max size›.
func (a Arg) Mark() string { return "‹" + strings.ReplaceAll(a.Name, "_", " ") + "›" }

// ServerNames are the names of every generated package of a server that are for no code.
var ServerNames = []string{"API", "Handler", "HandlerFunc", "Write"}

// Sent returns the text for people that the API's server sends, in which {{limit}} stands for
// the argument limit, and the arguments that it has.
func (e *Entry) Sent() (text string, args []Arg) {
	text = e.Message
	if text == "" {
		text = e.Meaning
	}
	for _, one := range e.Args {
		if strings.Contains(text, one.Mark()) {
			text, args = strings.ReplaceAll(text, one.Mark(), "{{"+one.Name+"}}"), append(args, one)
		}
	}
	return text, args
}
