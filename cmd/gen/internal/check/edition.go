package check

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// IsOverlay reports whether a file is an overlay and not a spec.
func IsOverlay(content []byte) bool {
	return hasKey(content, "translates") || hasKey(content, "language") && !hasKey(content, "categories")
}

// hasKey reports whether a file has a key, in quotes or not, at the start of a line.
func hasKey(content []byte, key string) bool {
	isQuote := func(at int) bool { return at >= 0 && at < len(content) && (content[at] == '"' || content[at] == '\'') }
	for next := 0; ; {
		at := bytes.Index(content[next:], []byte(key))
		if at < 0 {
			return false
		}
		start, end := next+at, next+at+len(key)
		next = end
		if isQuote(start - 1) {
			start--
		}
		if isQuote(end) {
			end++
		}
		if (start == 0 || content[start-1] == '\n') && bytes.HasPrefix(bytes.TrimLeft(content[end:], " \t"), []byte(":")) {
			return true
		}
	}
}

// IsPart reports whether a file lacks what each spec has once, the key format: it may be one of
// several files.
func IsPart(file Source) bool { return !hasKey(file.Content, "format") }

// Head returns the file of a spec that holds the key format, which is what identifies a spec
// of several files; the first if none does.
func Head(files []Source) Source {
	for _, file := range files {
		if !IsPart(file) {
			return file
		}
	}
	return files[0]
}

// OverlayLanguage returns the language that the name of a file says beside a spec, if it is
// the name of an overlay: de for errors.de.yaml beside errors.yaml.
func OverlayLanguage(spec, file string) (tag string, ok bool) {
	extension := filepath.Ext(spec)
	middle, ok := strings.CutPrefix(file, strings.TrimSuffix(spec, extension)+".")
	if !ok {
		return "", false
	}
	if middle, ok = strings.CutSuffix(middle, extension); !ok {
		return "", false
	}
	return format.ParseLanguage(middle)
}

// Translates returns the name of the spec that an overlay is for, or "": it says that itself,
// or else its name does.
func Translates(source Source) string {
	if o := openOverlay(source); o.spec != nil && o.spec.Translates.Value != "" {
		return o.spec.Translates.Value
	}
	file := filepath.Base(source.Name)
	extension := filepath.Ext(file)
	before := strings.TrimSuffix(strings.TrimSuffix(file, extension), filepath.Ext(strings.TrimSuffix(file, extension)))
	if _, ok := OverlayLanguage(before+extension, file); !ok {
		return ""
	}
	return before + extension
}

// IsOverlayOf reports whether a file beside a spec is one of its overlays: one whose name
// says a language, or that names the spec.
func IsOverlayOf(spec string, file Source) bool {
	if !IsOverlay(file.Content) {
		return false
	}
	_, named := OverlayLanguage(spec, filepath.Base(file.Name))
	return named || Translates(file) == spec
}

// inOneLanguage reports an overlay of a file in a language that another has already.
func (o *overlay) inOneLanguage(taken map[[2]string]string) {
	said := &o.spec.Language
	key := [2]string{o.file, said.Value}
	if other, ok := taken[key]; ok {
		o.Errorf(said.Place, "bad-language", "the overlay %s is in %s too", diag.Quote(other), said.Value).Hint = "remove one of them"
	}
	taken[key] = filepath.Base(o.source.Name)
}

// editions tells the catalogs which languages there are.
func editions(catalogs []*model.Catalog) {
	var all []model.Edition
	names := make(map[string]int)
	for _, c := range catalogs {
		all = append(all, model.Edition{Language: c.Language, Name: languageName(c.Language), Folder: c.Folder})
		names[languageName(c.Language)]++
	}
	for i, e := range all {
		if names[e.Name] > 1 { // such as Português, which is pt and pt-BR
			all[i].Name += " (" + e.Language + ")"
		}
	}
	for _, c := range catalogs {
		c.Editions = all
	}
}
