package site

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// The script of pages is in assets/script/ by its subjects. They are one program: what stands
// in one file can use what stands in another, except while it runs for the first time, when
// it can use only what stands before it.
var (
	onAll     = []string{"words", "loading", "page", "notices", "copying", "keys", "filter", "start"}
	withField = []string{"sentences", "field", "cards", "matches", "asking", "evidence", "answers", "showing"}
	without   = []string{"elsewhere", "tools"}
)

// The scripts of pages with a paste field, and of all others.
const (
	finderScript = "finder.js"
	pageScript   = "site.js"
)

// noWords is the line of a script that the translations take the place of.
const noWords = "const words = {};"

// scripts adds the scripts, with the translations of what they and the notices say.
func (s *site) scripts() {
	notices := s.asset("notices.js", "// ", "")
	for name, files := range map[string][]string{finderScript: withField, pageScript: without} {
		script := s.program(slices.Concat(onAll, files))
		if words := s.l.ScriptWords(string(script) + string(notices)); len(words) > 0 {
			text, err := json.Marshal(words)
			if err != nil {
				panic("internal error: " + err.Error())
			}
			script = bytes.Replace(script, []byte(noWords), []byte("const words = "+string(text)+";"), 1)
		}
		s.files[name] = bare(script)
	}
	s.files["notices.js"] = bare(notices)
}

// program returns files of the script as one, whose names no other script sees.
func (s *site) program(files []string) []byte {
	var out strings.Builder
	out.WriteString("// " + commented(s.mark) + "\n\"use strict\";\n(() => {\n")
	for _, name := range files {
		out.Write(source("assets/script/" + name + ".js"))
	}
	out.WriteString("})();\n")
	return []byte(out.String())
}

// bare drops the indentation and the comments of a script but for the first line, which
// is its mark. In the script, comments are on separate lines, and no text goes over a
// line end.
func bare(script []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(script) {
		line = bytes.TrimLeft(line, " ")
		if out.Len() == 0 || len(bytes.TrimSpace(line)) > 0 && !bytes.HasPrefix(line, []byte("//")) {
			out.Write(line)
		}
	}
	return out.Bytes()
}
