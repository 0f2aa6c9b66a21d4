package site

import (
	"fmt"
	"html"
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
)

// TestPut writes texts that try to leave the place that they are put in, between tags and
// in attributes, and reads them back as they were.
func TestPut(t *testing.T) {
	for _, value := range []any{
		`<script>alert(1)</script>`, `" onclick="alert(1)`, `' x='`, "</p>", "&amp; &lt;b&gt;", "%s", "%d {{.}}", "\x00", "",
		classify.Retry, 7, fmt.Stringer(classify.Fail),
	} {
		want := strings.ReplaceAll(fmt.Sprint(value), "\x00", "\ufffd")
		got := string(written(func(w *writer) { w.put(`<p title="%s">%s</p>`, value, value) }))
		parts := regexp.MustCompile(`(?s)^<p title="([^"<>']*)">([^"<>']*)</p>$`).FindStringSubmatch(got)
		if parts == nil || html.UnescapeString(parts[1]) != want || html.UnescapeString(parts[2]) != want {
			t.Errorf("%q is written as %s", value, got)
		}
	}
	if got := written(func(w *writer) { w.put(`<p>%s</p>`, template.HTML("<b>%s</b>")) }); got != "<p><b>%s</b></p>" {
		t.Errorf("markup is written as %s", got)
	}
}

func TestPutCounts(t *testing.T) {
	for _, values := range [][]any{{"a"}, {"a", "b", "c"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d values in two places are written", len(values))
				}
			}()
			written(func(w *writer) { w.put(`<p title="%s">%s</p>`, values...) })
		}()
	}
}

// TestConstants requires that all markup is constant: a text is taken for it only by a
// conversion, which none of the package's files has. Values stand in quotes or between
// tags, where they are escaped for.
func TestConstants(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	conversion, put := regexp.MustCompile(`\bconstant\(`), regexp.MustCompile("(?s)\\.put\\((`[^`]*`|\"[^\"]*\")")
	places := regexp.MustCompile("%s")
	puts := 0
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if conversion.Match(source) {
			t.Errorf("%s takes a text for markup", name)
		}
		for _, found := range put.FindAllSubmatch(source, -1) {
			puts++
			markup := string(found[1][1 : len(found[1])-1])
			for _, at := range places.FindAllStringIndex(markup, -1) {
				before := markup[:at[0]]
				start, end := strings.LastIndexByte(before, '<'), strings.LastIndexByte(before, '>')
				isTag := start > end || start == end && strings.HasPrefix(markup, " ") // it may be the rest of one
				if isTag && strings.Count(before[max(start, 0):], `"`)%2 == 0 {
					t.Errorf("%s: a value in a tag is not in quotes: %s", name, markup)
				}
			}
		}
	}
	if puts < 50 {
		t.Errorf("only %d pieces of markup are found", puts)
	}
}
