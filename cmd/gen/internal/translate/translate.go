// Package translate brings an overlay up to date with its spec: it adds the texts that
// are missing, empty and with the original beside them, says which ones are stale, and
// keeps the digests by which stale ones are known. It changes lines and not the tree, so
// that what is translated stays as written, with all comments.
package translate

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Result is an overlay that is up to date.
type Result struct {
	Content    []byte
	Translated int
	Missing    int
	Stale      int
	Unknown    int            // texts that the spec does not have
	Problems   []diag.Problem // of the overlay as it was
}

// Start returns an overlay without texts.
func Start(spec, language string) []byte {
	return fmt.Appendf(nil, "format: 1\nlanguage: %s\ntranslates: %s\n", language, quoted(spec))
}

// Update brings an overlay up to date. Where the spec or the overlay can't be read, there
// is no content, and the problems say why. To accept is to take stale texts for right.
func Update(spec, overlay check.Source, accept bool) Result {
	content := withoutNotes(unix(overlay.Content))
	texts, problems := check.Texts(spec, check.Source{Name: overlay.Name, Content: content})
	unreadable := slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Severity == diag.Error && p.Rule != "unknown-text" })
	if unreadable || texts == nil {
		_, problems = check.Texts(spec, overlay) // whose places are those of the file
		return Result{Problems: problems}
	}
	_, r := check.Texts(spec, overlay)
	result := Result{Problems: r}
	for _, p := range problems {
		if p.Rule == "unknown-text" {
			result.Unknown++
		}
	}
	e := newEditor(overlay.Name, content)
	var digests []string
	known := knownDigests(e.root)
	for i := range texts {
		text := &texts[i]
		switch {
		case text.Text == "":
			result.Missing++
			e.missing(text)
			continue
		case text.Stale && !accept:
			result.Stale++
			e.stale(text)
			digests = append(digests, quoted(text.Pointer())+": "+known[text.Pointer()])
		default:
			digests = append(digests, quoted(text.Pointer())+": "+text.Digest())
		}
		result.Translated++
	}
	made := e.apply(texts, digests)
	mustHold(spec, overlay.Name, made, texts)
	if bytes.Contains(overlay.Content, []byte("\r\n")) {
		made = bytes.ReplaceAll(made, []byte("\n"), []byte("\r\n"))
	}
	result.Content = made
	return result
}

// mustHold guards the work of translators: an overlay that does not say what it said is
// never written.
func mustHold(spec check.Source, name string, made []byte, texts []check.Text) {
	again, problems := check.Texts(spec, check.Source{Name: name, Content: made})
	same := slices.EqualFunc(texts, again, func(a, b check.Text) bool { return a.Pointer() == b.Pointer() && a.Text == b.Text })
	if !same {
		panic(fmt.Sprintf("internal error: %s would not say the same: %v", name, problems))
	}
}

func unix(content []byte) []byte { return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")) }

// note starts the comments that this package writes, and removes where they are not true
// any more.
const note = "#|"

// withoutNotes removes the comments that this package has written, and nothing that is
// part of a text.
func withoutNotes(content []byte) []byte {
	inText := make(map[string]bool)
	root, _ := syntax.Parse("", content)
	var walk func(n *syntax.Node)
	walk = func(n *syntax.Node) {
		for line := range strings.Lines(n.Text) {
			inText[strings.TrimSpace(line)] = true
		}
		for _, pair := range n.Pairs {
			walk(pair.Value)
		}
		for _, item := range n.Items {
			walk(item)
		}
	}
	if root != nil {
		walk(root)
	}
	var kept []byte
	for line := range bytes.Lines(content) {
		trimmed := strings.TrimSpace(string(line))
		if strings.HasPrefix(trimmed, note) && !inText[trimmed] {
			continue
		}
		kept = append(kept, line...)
	}
	return kept
}

// knownDigests returns what an overlay has of digests, by pointer.
func knownDigests(root *syntax.Node) map[string]string {
	known := make(map[string]string)
	for _, pair := range root.Pairs {
		if pair.Key.Text == digestsKey {
			for _, digest := range pair.Value.Pairs {
				known[digest.Key.Text] = digest.Value.Text
			}
		}
	}
	return known
}
