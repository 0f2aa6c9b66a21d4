package check

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/format"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/naming"
	"github.com/errkb/errkb/cmd/gen/internal/say"
	"github.com/errkb/errkb/cmd/gen/internal/syntax"
)

// An overlay NAME.LANGUAGE.yaml beside NAME.yaml holds the texts of that spec in another
// language. It is laid over the spec before that is resolved, so that what the resolving
// does to texts, such as filling in placeholders, is done to the translated ones.

// Text is a text of a spec that people read, and its translation.
type Text struct {
	Path   []string // keys from the root, and positions in lists, from 1
	Source string
	Text   string // empty where there is none
	Stale  bool   // Source has changed since it was translated
	file   string // of the spec
	needed bool
}

// Pointer returns the path as a JSON Pointer (RFC 6901).
func (t *Text) Pointer() string { return pointer(t.Path) }

func pointer(path []string) string {
	var out strings.Builder
	for _, key := range path {
		out.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key))
	}
	return out.String()
}

// Digest is how an overlay remembers a translation: by the start of the hash of the text
// that was translated, and of the translation. Where the first is not that of the text any
// more and the second still is, the translation is stale.
func (t *Text) Digest() string { return hash(t.Source) + " " + hash(t.Text) }

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}

// Texts compares an overlay with the file of a spec that it translates and returns the texts
// of that with what the overlay has of them, in the order of the spec. There are none if the
// spec has an error, or if the overlay has one that is not about single texts.
func Texts(files []Source, source Source) ([]Text, []diag.Problem) {
	c, root := open(files)
	c.isTranslated = true // what is not about texts does not matter
	if c.spec != nil {
		c.catalog()
	}
	if diag.HasErrors(c.List) {
		return nil, c.List
	}
	o := c.overlays([]Source{source})[0]
	var texts []Text
	if !diag.HasErrors(o.List) {
		newTranslation(o.spec.Language.Value, root).add(c, o)
		texts = o.texts
	}
	diag.Sort(o.List)
	return texts, o.List
}

// overlay is the state of laying an overlay over a spec.
type overlay struct {
	diag.List
	source   Source
	file     string            // of the spec, that it translates
	spec     *format.Spec      // what the overlay has; nil if the file is none
	language *say.Language     // of the spec
	files    map[string]string // that overlays of the same language translate, by the overlays
	digests  map[string]string // by pointer
	texts    []Text
}

func openOverlay(source Source) *overlay {
	root, problems := syntax.Parse(source.Name, source.Content, cmp.Or(source.MaxSize, syntax.DefaultSize))
	o := &overlay{List: problems, source: source, digests: make(map[string]string)}
	if root == nil {
		return o
	}
	noLineEnd(&o.List, source, root)
	var misfits []diag.Problem
	o.spec, misfits = format.DecodeOverlay(root)
	o.List = append(o.List, misfits...)
	if o.spec != nil {
		for pair := range o.spec.Digests.Value.Good() {
			o.digests[pair.Name] = pair.Value
		}
	}
	return o
}

// asField returns a file as a Field.
func asField(spec *format.Spec) *format.Field[format.Spec] {
	return &format.Field[format.Spec]{Mark: format.Mark{Key: diag.Place{Line: 1, Column: 1}, State: format.Good}, Value: *spec}
}

// head checks what an overlay says of itself.
func (o *overlay) head(of *checker) {
	spec, file := filepath.Base(o.file), filepath.Base(o.source.Name)
	tag, said := o.spec.Language.Value, &o.spec.Language
	switch named, ok := OverlayLanguage(spec, file); {
	case !ok:
		extension := filepath.Ext(spec)
		o.Errorf(said.Place, "bad-overlay", "the name of the overlay, %s, does not say its language", diag.Quote(file)).
			Hint = "rename it to " + strings.TrimSuffix(spec, extension) + "." + tag + extension
	case named != tag:
		o.Errorf(said.Place, "bad-language", "the overlay is in %s, and its name says %s", tag, named).Hint = "rename the file, or write language: " + named
	}
	if own := cmp.Or(of.spec.Language.Value, format.DefaultLanguage); own == tag {
		o.Errorf(said.Place, "bad-language", "%s is the language of the spec", tag).Hint = "an overlay is in another one; that of the spec is in its key language"
	}
	for pair := range of.spec.APIs.Value.Good() {
		if strings.EqualFold(pair.Name, tag) {
			o.Errorf(said.Place, "bad-language", "the pages in %s have a folder of that name, and so has the API %s", tag, diag.Quote(pair.Name)).
				Hint = "add a region to the language, such as " + tag + "-" + strings.ToUpper(tag)
		}
	}
	if translates := &o.spec.Translates; translates.Value != spec {
		o.Errorf(translates.Place, "bad-overlay", "the overlay translates %s, and is beside %s", diag.Quote(translates.Value), diag.Quote(spec)).
			Hint = "write translates: " + spec
	}
}

func markOf(field reflect.Value) *format.Mark {
	return field.Field(0).Addr().Interface().(*format.Mark)
}

// isWritten reports whether a key is there, with a value or without.
func isWritten(field reflect.Value) bool { return markOf(field).Key.Line > 0 }

// value lays what the overlay has under a key over what the spec has there. It returns how
// many texts the overlay lacks; they are reported unless the whole is missing, which the
// caller then reports.
func (o *overlay) value(t format.Type, spec, over reflect.Value, path []string) (missing int) {
	mark, loud := markOf(over), isWritten(over)
	switch {
	case !markOf(spec).Good():
		if loud {
			o.Errorf(mark.Key, "unknown-text", "the spec has nothing under %s", strings.Join(path, ".")).Hint = "remove it"
		}
		return 0
	case t.Object != nil:
		return o.object(t.Object, spec, over, path, loud)
	case t.Map.Listed:
		return o.positions(t.Map, spec, over, path, loud)
	}
	return o.names(t.Map, spec, over, path, loud)
}

// object lays the keys of a mapping over those of the spec.
func (o *overlay) object(of *format.Object, spec, over reflect.Value, path []string, loud bool) (missing int) {
	var lacks []string
	empty := true
	for _, key := range of.Keys {
		if isHead[key.Name] && path == nil {
			continue
		}
		in, from := spec.Field(1).Field(key.Field), over.Field(1).Field(key.Field)
		at := slices.Concat(path, []string{key.Name})
		n := 0
		if key.Type.Scalar != nil {
			n = o.text(key.Type.Scalar, in, from, o.original(of, spec, key.Name, in, path), at)
		} else {
			n = o.value(key.Type, in, from, at)
		}
		missing += n
		if n > 0 && (key.Type.Scalar != nil || !isWritten(from)) {
			lacks, empty = append(lacks, key.Name), empty && isWritten(from)
		}
	}
	o.lacks(lacks, over, loud, empty)
	return missing
}

// isHead are the keys of the root that say what an overlay is.
var isHead = map[string]bool{"format": true, "language": true, "translates": true, "digests": true}

// original is a text of the spec, with what stands for it where it is absent.
func (o *overlay) original(of *format.Object, object reflect.Value, key string, text reflect.Value, path []string) Text {
	written, file := text.Field(1).String(), o.fileOf(text, object)
	switch {
	case written != "":
	case of.Name == "entry" && key == "meaning":
		written = object.Field(1).Addr().Interface().(*format.Entry).Message.Value
		if written == "" {
			written = o.language.EntryMeaning(&model.Entry{Kind: kindAt(path), Code: path[len(path)-1]})
		}
	case (of.Name == "category" || of.Name == "operation") && key == "title":
		written = naming.Title(path[len(path)-1])
	case of.Name == "API" && key == "title":
		return Text{Source: path[len(path)-1], file: file}
	}
	return Text{Source: written, file: file, needed: written != ""}
}

// fileOf returns the file of the spec that has a text, or that has what the text is missing in.
func (o *overlay) fileOf(text, in reflect.Value) string {
	file := cmp.Or(markOf(text).Key.File, markOf(in).Key.File)
	return cmp.Or(o.files[file], file) // it may be translated already
}

// kindAt returns the kind of the entry at a path.
func kindAt(path []string) classify.Kind {
	key := path[len(path)-1]
	switch path[len(path)-2] {
	case "codes":
		if isPrefix(key) {
			return classify.KindPrefix
		}
		return classify.KindCode
	case "statuses":
		if strings.HasSuffix(key, "xx") {
			return classify.KindStatusClass
		}
		return classify.KindStatus
	case "transport":
		return classify.KindTransport
	}
	if key == "unknown" {
		return classify.KindUnknown
	}
	return classify.KindUnrecognised
}

// text lays a text over that of the spec.
func (o *overlay) text(of *format.Scalar, spec, over reflect.Value, text Text, path []string) (missing int) {
	mark := markOf(over)
	if text.Source == "" {
		if isWritten(over) {
			o.Errorf(mark.Key, "unknown-text", "the spec has no such text to translate").Hint = "remove it"
		}
		return 0
	}
	if text.file != o.file {
		if isWritten(over) {
			o.Errorf(mark.Key, "unknown-text", "the text that this translates is in %s", diag.Quote(filepath.Base(text.file))).
				Hint = "move it to an overlay of that file"
		}
		return 0
	}
	text.Path, text.Text = path, over.Field(1).String()
	if text.Text == "" {
		if text.needed {
			o.texts = append(o.texts, text)
			return 1
		}
		return 0
	}
	known, now := strings.Fields(o.digests[text.Pointer()]), strings.Fields(text.Digest())
	if len(known) == 2 && known[0] != now[0] && known[1] == now[1] {
		text.Stale = true
		o.Warnf(mark.Place, "stale-text", "the text that this translates has changed since").
			Hint = "now it is " + diag.Quote(text.Source) + "; translate that, or let gen translate --accept take this for right"
	}
	if of.Name == "reply" {
		o.placeholders(mark, "reply", text)
	} else if hasArgMark(text.Source) || hasArgMark(text.Text) {
		o.placeholders(mark, path[len(path)-1], text)
	}
	o.texts = append(o.texts, text)
	*markOf(spec) = *mark
	spec.Field(1).SetString(text.Text)
	return 0
}

// names lays a mapping with the author's keys over that of the spec.
func (o *overlay) names(of *format.Map, spec, over reflect.Value, path []string, loud bool) (missing int) {
	pairs, named := over.Field(1).Field(0), make(map[string]reflect.Value)
	for i := range pairs.Len() {
		named[pairs.Index(i).Field(0).String()] = pairs.Index(i).Field(1)
	}
	var lacks, known []string
	for i := range spec.Field(1).Field(0).Len() {
		pair := spec.Field(1).Field(0).Index(i)
		name := pair.Field(0).String()
		from, ok := named[name]
		if !ok {
			from = reflect.New(pair.Type()).Elem().Field(1)
		}
		delete(named, name)
		known = append(known, name)
		n := o.value(of.Value, pair.Field(1), from, slices.Concat(path, []string{name}))
		missing += n
		if n > 0 && !isWritten(from) {
			lacks = append(lacks, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		p := o.Errorf(markOf(named[name]).Key, "unknown-text", "the spec has no %s %s", strings.TrimSuffix(of.Key, " name"), diag.Quote(name))
		if p.Hint = diag.DidYouMean(name, known); p.Hint == "" {
			p.Hint = "remove it"
		}
	}
	o.lacks(lacks, over, loud, false)
	return missing
}

// positions lays the items that an overlay has of a list over those of the spec.
func (o *overlay) positions(of *format.Map, spec, over reflect.Value, path []string, loud bool) (missing int) {
	items, ours := spec.Field(1), over.Field(1)
	var lacks []string
	empty := true
	for i := range items.Len() {
		position := strconv.Itoa(i + 1)
		from := reflect.New(items.Type().Elem()).Elem()
		if i < ours.Len() {
			from = ours.Index(i)
		}
		at := slices.Concat(path, []string{position})
		n := 0
		if of.Value.Scalar != nil {
			n = o.text(of.Value.Scalar, items.Index(i), from, Text{Source: items.Index(i).Field(1).String(), file: o.fileOf(items.Index(i), spec), needed: true}, at)
		} else {
			n = o.value(of.Value, items.Index(i), from, at)
		}
		missing += n
		if n > 0 && (of.Value.Scalar != nil || !isWritten(from)) {
			lacks, empty = append(lacks, "item "+position), empty && isWritten(from)
		}
	}
	for i := items.Len(); i < ours.Len(); i++ {
		if isWritten(ours.Index(i)) {
			o.Errorf(markOf(ours.Index(i)).Key, "unknown-text", "the list has %d in the spec, and this is item %d", items.Len(), i+1).Hint = "remove it"
		}
	}
	o.lacks(lacks, over, loud, empty)
	return missing
}

// lacks reports what of a mapping is not translated. Where all of it is there as empty
// texts, gen translate has added it already.
func (o *overlay) lacks(names []string, over reflect.Value, loud, empty bool) {
	if !loud || len(names) == 0 {
		return
	}
	list := strings.Join(names[:min(len(names), maxListed)], ", ")
	if rest := len(names) - maxListed; rest > 0 {
		list += " and " + strconv.Itoa(rest) + " more"
	}
	hint := "gen translate adds what is missing"
	if empty {
		hint = "write the translation into the empty quotes"
	}
	at := markOf(over).Key
	if at.File == "" {
		at.File = o.source.Name
	}
	o.Warnf(at, "missing-text", "not translated: %s", list).Hint = hint
}
