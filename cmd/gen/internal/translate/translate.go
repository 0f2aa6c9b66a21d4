// Package translate brings an overlay up to date with its spec: it adds the texts that
// are missing, empty and with the original beside them, says which ones are stale, and
// keeps the digests by which stale ones are known. It changes lines and not the tree, so
// that what is translated stays as written, with all comments.
package translate

import (
	"bytes"
	"fmt"
	"math"
	"slices"

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

// Update brings an overlay of a file of a spec up to date. Where the spec or the overlay can't be read, there
// is no content, and the problems say why. To accept is to take stale texts for right.
func Update(spec []check.Source, overlay check.Source, accept bool) Result {
	content := withoutNotes(unix(overlay.Content))
	texts, problems := check.Texts(spec, with(overlay, content))
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
	if !holds(spec, with(overlay, made), texts) {
		var list diag.List
		list.Errorf(diag.Place{File: overlay.Name, Line: 1, Column: 1}, syntax.RuleFeature, "the overlay is written in a way that gen translate can't add to").
			Hint = "write each key on a line, and let what is under it start further in"
		return Result{Problems: list}
	}
	if bytes.Contains(overlay.Content, []byte("\r\n")) {
		made = bytes.ReplaceAll(made, []byte("\n"), []byte("\r\n"))
	}
	result.Content = made
	return result
}

// holds guards the work of translators: an overlay that does not say what it said is
// never written.
func holds(spec []check.Source, made check.Source, texts []check.Text) bool {
	again, _ := check.Texts(spec, made)
	return slices.EqualFunc(texts, again, func(a, b check.Text) bool { return a.Pointer() == b.Pointer() && a.Text == b.Text })
}

// with is an overlay with another content.
func with(overlay check.Source, content []byte) check.Source {
	overlay.Content = content
	return overlay
}

func unix(content []byte) []byte { return bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n")) }

// note starts the comments that this package writes, and removes where they are not true
// any more.
const note = "#|"

// withoutNotes removes the comments that this package has written, and nothing that is
// part of a text.
func withoutNotes(content []byte) []byte {
	before, _ := syntax.Parse("", content, math.MaxInt64)
	isNote := func(line []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(line), []byte(note)) }
	if all := without(content, isNote); saysTheSame(before, all) {
		return all
	}
	lines := bytes.SplitAfter(content, []byte("\n"))
	for i := len(lines) - 1; i >= 0; i-- { // one of them is part of a text
		if fewer := slices.Concat(lines[:i], lines[i+1:]); isNote(lines[i]) && saysTheSame(before, bytes.Join(fewer, nil)) {
			lines = fewer
		}
	}
	return bytes.Join(lines, nil)
}

// without returns a content without some of its lines.
func without(content []byte, drop func(line []byte) bool) []byte {
	var kept []byte
	for line := range bytes.Lines(content) {
		if !drop(line) {
			kept = append(kept, line...)
		}
	}
	return kept
}

// saysTheSame reports whether a content has the keys and texts of a tree.
func saysTheSame(before *syntax.Node, content []byte) bool {
	after, _ := syntax.Parse("", content, math.MaxInt64)
	var same func(a, b *syntax.Node) bool
	same = func(a, b *syntax.Node) bool {
		if a == nil || b == nil {
			return a == b
		}
		return a.Text == b.Text && slices.EqualFunc(a.Items, b.Items, same) &&
			slices.EqualFunc(a.Pairs, b.Pairs, func(a, b syntax.Pair) bool { return a.Key.Text == b.Key.Text && same(a.Value, b.Value) })
	}
	return same(before, after)
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
