package check

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// Each file of a spec has its own overlay in a language, which holds the texts of that file
// and no others. The overlays in one language are laid over the whole spec, one after another.

// overlays opens overlays, and finds the file of the spec that each is for.
func (c *checker) overlays(sources []Source) []*overlay {
	var all []*overlay
	taken := make(map[[2]string]string) // the overlays, by file and language
	for _, source := range sources {
		o := openOverlay(source)
		all = append(all, o)
		if o.spec == nil {
			continue
		}
		if o.file = c.translatedBy(o); o.file == "" && o.spec.Translates.Good() {
			o.Errorf(o.spec.Translates.Place, "bad-overlay", "the overlay translates %s, which is not a file of the spec", diag.Quote(o.spec.Translates.Value)).
				Hint = "name a file in its folder, or remove the overlay"
		} else if o.file != "" && o.spec.Language.Good() {
			o.inOneLanguage(taken)
		}
	}
	return all
}

// translatedBy returns the file that an overlay says it is for, by its name or in itself. The
// only file of a spec is that of any overlay, which is then told what is wrong with it.
func (c *checker) translatedBy(o *overlay) string {
	says := []func(spec string) bool{
		func(spec string) bool { _, ok := OverlayLanguage(spec, filepath.Base(o.source.Name)); return ok },
		func(spec string) bool { return spec == o.spec.Translates.Value },
	}
	for _, isOf := range says {
		for _, file := range c.sources {
			if filepath.Dir(file.Name) == filepath.Dir(o.source.Name) && isOf(filepath.Base(file.Name)) {
				return file.Name
			}
		}
	}
	if len(c.sources) > 1 {
		return ""
	}
	return c.sources[0].Name
}

// translation is a spec with the texts of another language.
type translation struct {
	language string
	spec     *format.Field[format.Spec]
	overlays []*overlay
	files    map[string]string // that they translate, by the overlays
}

func newTranslation(language string, root *syntax.Node) *translation {
	spec, _ := format.Decode(root)
	return &translation{language: language, spec: asField(spec), files: make(map[string]string)}
}

// add lays an overlay over the spec. What it lacks of its file, what that has no more, and
// what has changed is reported.
func (t *translation) add(of *checker, o *overlay) {
	o.head(of)
	t.lay(of, o)
	t.overlays = append(t.overlays, o)
	t.files[o.source.Name] = o.file
}

func (t *translation) lay(of *checker, o *overlay) (missing int) {
	o.language, o.files = say.In(of.tag()), t.files
	return o.object(format.Overlay().Object, reflect.ValueOf(t.spec).Elem(), reflect.ValueOf(asField(o.spec)).Elem(), nil, true)
}

// catalog returns the catalog in the language, and what is wrong with that.
func (t *translation) catalog(of *checker) (*model.Catalog, []diag.Problem) {
	var found diag.List
	t.lacks(of, &found)
	c := &checker{spec: &t.spec.Value, sources: slices.Clone(of.sources), isTranslated: true, language: t.language}
	for _, o := range t.overlays {
		c.sources = append(c.sources, o.source)
	}
	catalog := c.catalog()
	catalog.Folder = catalog.Language + "/"
	if catalog.Site != "" {
		catalog.Site += catalog.Folder
		for _, api := range catalog.APIs {
			api.Site = catalog.Site
		}
	}
	for _, p := range c.List {
		if _, isOfOverlay := t.files[p.File]; isOfOverlay || p.Severity == diag.Error {
			found = append(found, p)
		}
	}
	return catalog, found
}

// lacks reports the files with texts that have no overlay in the language.
func (t *translation) lacks(of *checker, list *diag.List) {
	translated := make(map[string]bool)
	for _, o := range t.overlays {
		translated[o.file] = true
	}
	var names []string
	for _, file := range of.sources {
		if !translated[file.Name] && t.lay(of, &overlay{file: file.Name, spec: &format.Spec{}}) > 0 {
			names = append(names, filepath.Base(file.Name))
		}
	}
	if len(names) > 0 {
		list.Warnf(t.overlays[0].spec.Language.Place, "missing-text", "not translated: %s", strings.Join(names, ", ")).
			Hint = "gen translate --language " + t.language + " writes their overlays"
	}
}
