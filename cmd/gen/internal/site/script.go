package site

import (
	"embed"
	"encoding/json"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/minified"
)

// The scripts of pages are in assets/script/ by their subjects. Each is one program: what
// stands in one of its files can use what stands in another, except while it runs for the
// first time, when it can use only what stands before it.
var (
	onAll    = []string{"page", "notices", "copying", "keys", "filter"}
	programs = map[string][]string{
		finderScript:  {"loading", "typing", "shelves", "ahead"},
		verdictScript: slices.Concat([]string{"taken", "words"}, onAll, []string{"sentences", "field", "cards", "matches", "asking", "evidence", "answers", "showing", "start"}),
		pageScript:    slices.Concat([]string{"words", "loading", "typing"}, onAll, []string{"elsewhere", "tools", "start"}),
	}
)

// The scripts of pages with a paste field, of which the first loads the second, and of all
// others.
const (
	finderScript  = "finder.js"
	verdictScript = "verdicts.js"
	pageScript    = "site.js"
)

const (
	noticesScript = "notices.js"
	styleName     = "style.css"
)

// minifiedFiles are the scripts and the style as sites have them.
//
//go:embed minified
var minifiedFiles embed.FS

// Sources returns the scripts and the style by their names, before they are minified.
func Sources() map[string]string {
	all := map[string]string{
		noticesScript: string(source("assets/" + noticesScript)),
		styleName:     string(source("assets/" + styleName)),
	}
	for name, files := range programs {
		var out strings.Builder
		out.WriteString("\"use strict\";\n(() => {\n")
		for _, file := range files {
			out.Write(source("assets/script/" + file + ".js"))
		}
		out.WriteString("})();\n")
		all[name] = out.String()
	}
	return all
}

// noWords stands in scripts in place of the translations.
const noWords = "WORDS"

// scripts adds the scripts, with the translations of what they and the notices say.
func (s *site) scripts() {
	sources := Sources()
	notices := sources[noticesScript]
	for name := range programs {
		words, err := json.Marshal(s.l.ScriptWords(sources[name] + notices))
		if err != nil {
			panic("internal error: " + err.Error())
		}
		s.put(name, s.marked("// ", "", strings.Replace(minified.Text(minifiedFiles, name), noWords, string(words), 1)))
	}
	s.put(noticesScript, s.marked("// ", "", minified.Text(minifiedFiles, noticesScript)))
}

// marked returns a file that is the same for every catalog, but for its mark.
func (s *site) marked(open, end, text string) []byte {
	return []byte(open + commented(s.mark) + end + "\n" + text + "\n")
}
