package check_test

import (
	"os"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
)

// TestUnclosedQuotes takes away the quote that closes a text, one at a time, in specs that
// people write by hand: the first problem has to be where that text starts, although the YAML
// goes wrong at the next quote or at the end of the file. Texts that have no quotes get them.
func TestUnclosedQuotes(t *testing.T) {
	const want = 95 // of a hundred
	for _, file := range []string{"../cli/starter.yaml", "../../../../spec/errors.yaml"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, quote := range []string{`"`, `'`} {
			edits := unclosed(t, source, quote)
			told := 0
			for _, e := range edits {
				_, problems := check.Load(file, []byte(e.source))
				switch {
				case len(problems) == 0:
					t.Errorf("%s:%d: no problem without the closing %s", file, e.at.Line, quote)
				case problems[0].Line == e.at.Line && problems[0].Column == e.at.Column:
					told++
				default:
					t.Logf("%s:%d:%d: the problem is at %d:%d: %s", file, e.at.Line, e.at.Column, problems[0].Line, problems[0].Column, problems[0].Message)
				}
			}
			if len(edits) == 0 || told*100 < want*len(edits) {
				t.Errorf("%s: without a closing %s, %d of %d first problems are where the text starts, want %d %%", file, quote, told, len(edits), want)
			}
			t.Logf("%s: %d of %d without a closing %s", file, told, len(edits), quote)
		}
	}
}

// every is of how many texts without quotes one gets them.
const every = 11

// edit is a spec with one text that is not closed, and where that starts.
type edit struct {
	source string
	at     diag.Place
}

func unclosed(t *testing.T, source []byte, quote string) (edits []edit) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(source), "\n")
	written := map[string]yaml.Style{`"`: yaml.DoubleQuotedStyle, `'`: yaml.SingleQuotedStyle}[quote]
	escape := map[string]*strings.Replacer{`"`: strings.NewReplacer(`\`, `\\`, `"`, `\"`), `'`: strings.NewReplacer("'", "''")}[quote]
	plain := 0
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for _, below := range n.Content {
			walk(below)
		}
		if n.Kind != yaml.ScalarNode || n.Value == "" {
			return
		}
		line := []rune(lines[n.Line-1])
		before, after := string(line[:n.Column-1]), string(line[n.Column-1:])
		opened := quote + escape.Replace(n.Value)
		rest, isWritten := strings.CutPrefix(after, opened+quote)
		isWritten = isWritten && n.Style == written
		if !isWritten {
			var isPlain bool
			if rest, isPlain = strings.CutPrefix(after, n.Value); !isPlain || n.Style != 0 {
				return
			}
			if plain++; plain%every != 0 {
				return
			}
		}
		edits = append(edits, edit{
			source: strings.Join(lines[:n.Line-1], "") + before + opened + rest + strings.Join(lines[n.Line:], ""),
			at:     diag.Place{Line: n.Line, Column: n.Column},
		})
	}
	walk(&document)
	return edits
}
