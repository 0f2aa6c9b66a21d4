package main_test

import (
	"bytes"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// wording is a way to put something that a native writer would not choose.
type wording struct {
	pattern string // in any case; a space also matches a line end
	except  string // a hit that this matches too is fine
	worse   string // an example of it
	better  string
}

var wordings = []wording{
	{`\banew\b`, ``, "built anew", "again; start over; rebuild"},
	{`\bby (?:itself|themselves)\b`, ``, "retries by itself", "automatically; on its own; alone"},
	{`\bof (?:its|their) own\b`, ``, "a page of its own", "its own page; a separate page"},
	{`(?:\bsoon )?\bas (?:it is|they are)\b`, `^soon`, "sent as it is", "unchanged; verbatim; as written"},
	{`\bwhat is made of\b`, ``, "what is made of it", "its output; the files generated from it"},
	{`\bcan(?:'t|not)? be had\b`, ``, "it can't be had again", "is available; can be read again"},
	{`(?-i:Comes) (?:in|with)\b`, ``, "Comes in submit.", "Returned by submit"},
	{`(?:\b[a-z]+ )?\b(?:is|are|was|were) no [a-z]+`, `^there |no (?:longer|more|less|later|wider|faster)$`,
		"a number is no number", "is not a number; anything but a number"},
	{`(?-i:\bOf) several,? the\b`, ``, "Of several the least", "if there are several, the"},
	{`\bsave (?:for|in|that|where)\b`, ``, "all save for one", "except"},
	{`\bpassed over\b`, ``, "what is null is passed over", "skipped"},
	{`\bbe it\b`, ``, "a value, be it null", "even if it is null"},
	{`\ba [a-z]+ an (?:API|entry|operation)\b`, ``, "a package an API", "one package per API"},
	{`(?-i:\b[aA]\x20(?:[aei][a-z]{2,}|o[a-mo-z][a-z]+|u[a-hj-z][a-z]+))`, `\x20(?:eu|uni|us[bceu]|are$|and$|again$|uri)`,
		"a operation", "an operation"},
}

// TestWordings checks that each pattern finds its example, and not what is better.
func TestWordings(t *testing.T) {
	for _, w := range wordings {
		if len(w.find([]byte(w.worse))) != 1 || len(w.find([]byte(w.better))) != 0 {
			t.Errorf("%s finds %q %d times and %q %d times", w.pattern, w.worse, len(w.find([]byte(w.worse))), w.better, len(w.find([]byte(w.better))))
		}
	}
}

// TestEnglish fails for a listed wording in what people read: pages, comments,
// texts in the code and in templates, specs and the output of goldens.
func TestEnglish(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path != root && isUnread(entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !isRead(entry.Name()) || inAnotherLanguage.MatchString(filepath.ToSlash(path)) {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		read := source
		if filepath.Ext(path) == ".go" {
			read = prose(source)
		}
		for _, w := range wordings {
			for _, at := range w.find(read) {
				line := 1 + bytes.Count(source[:at[0]], []byte("\n"))
				t.Errorf("%s:%d: %q: write %s", filepath.ToSlash(rel), line, source[at[0]:at[1]], w.better)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// inAnotherLanguage matches overlays and what is made of those of the shipped catalog.
var inAnotherLanguage = regexp.MustCompile(`/docs/errors/[a-z]{2}/|\.[a-z]{2}(\.before|\.after)?\.yaml$`)

// find returns where a text has the wording.
func (w wording) find(text []byte) [][]int {
	gap := `[\s/#*>|]+` // with the mark of a comment, a quotation or a block of yaml
	pattern := regexp.MustCompile("(?i)" + strings.ReplaceAll(w.pattern, " ", gap))
	except := regexp.MustCompile("(?i)" + strings.ReplaceAll(w.except, " ", gap))
	return slices.DeleteFunc(pattern.FindAllIndex(text, -1), func(at []int) bool {
		return w.except != "" && except.Match(text[at[0]:at[1]])
	})
}

// isRead reports whether people read a file of that name.
func isRead(name string) bool {
	if name == "english_test.go" || strings.Contains(name, "lock") { // the list of wordings, and what package managers write
		return false
	}
	return name == "Makefile" || slices.Contains([]string{
		".css", ".go", ".html", ".js", ".md", ".mjs", ".out", ".py", ".ts", ".txt", ".yaml",
	}, filepath.Ext(name))
}

// isUnread reports whether a folder of that name holds nothing that people read:
// what is downloaded or built, and data for machines.
func isUnread(name string) bool {
	return strings.HasPrefix(name, ".") || slices.Contains([]string{"node_modules", "build", "vectors", "fuzz"}, name)
}

// prose returns Go code with all but its comments, its texts and the white space
// between them replaced by zero bytes.
func prose(source []byte) []byte {
	text := bytes.Clone(source)
	for i, b := range text {
		if b > ' ' {
			text[i] = 0
		}
	}
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile("", -1, len(source)), source, nil, scanner.ScanComments)
	for {
		pos, kind, literal := s.Scan()
		switch kind {
		case token.EOF:
			return text
		case token.COMMENT, token.STRING:
			at := int(pos) - 1
			copy(text[at:], source[at:at+len(literal)])
		}
	}
}
