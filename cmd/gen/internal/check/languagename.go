package check

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// selfNames are what languages call themselves, each with its tag: those that
// golang.org/x/text/language/display knows, which takes longer to start than all else that the
// command is made of. A test compares the two, and writes the file with -update.
//
//go:embed selfnames.txt
var selfNames string

// otherNames are those that differ from Unicode's.
var otherNames = map[string]string{"sr-Latn": "Srpski", "no": "Norsk"}

// languageName returns the name of a language in that language, such as Español.
func languageName(tag string) string {
	if name, ok := otherNames[tag]; ok {
		return name
	}
	name := []rune(selfName(language.Make(tag)))
	if len(name) == 0 {
		return tag
	}
	name[0] = unicode.ToUpper(name[0])
	return string(name)
}

// selfName returns what a language calls itself, in the script and the
// region of its tag; empty where that is not known.
func selfName(tag language.Tag) string {
	if canonical, err := language.All.Compose(tag); err == nil {
		tag = canonical
	}
	var none language.Script
	base, script, region := tag.Raw()
	usual, _ := language.Raw.Make(base.String()).Script()
	if is, _ := tag.Script(); script == none && region != (language.Region{}) && is != usual {
		script = is // such as that of zh-TW
	}
	if name := selfNameOf(base.String() + "-" + script.String()); name != "" {
		return name
	}
	if script.String() != none.String() && script != usual { // Zzzz may be written
		return ""
	}
	if name := selfNameOf(base.String() + "-" + region.String()); name != "" {
		return name
	}
	return selfNameOf(base.String())
}

func selfNameOf(tag string) string {
	_, after, _ := strings.Cut(selfNames, "\n"+tag+" ")
	name, _, _ := strings.Cut(after, "\n")
	return name
}
