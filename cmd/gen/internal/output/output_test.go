package output_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/output"
)

const spec = "captcha.yaml"

var (
	goOwns   = []string{"*/*.go"}
	docsOwns = []string{"*.md", "catalog.json", "*/*.md"}
)

// goFile is a file as the generator makes it.
func goFile(body string) string { return "// " + model.Mark(spec) + "\n\n" + body + "\n" }

func page(body string) string { return "---\n# " + model.Mark(spec) + "\n---\n\n" + body + "\n" }

// files is the content of a directory by slash-separated path.
type files map[string]string

func (f files) bytes() map[string][]byte {
	b := map[string][]byte{}
	for name, content := range f {
		b[name] = []byte(content)
	}
	return b
}

func goTree(root string, f files) output.Tree {
	return output.Tree{Root: root, Files: f.bytes(), Spec: spec, Owns: goOwns}
}

func docsTree(root string, f files) output.Tree {
	return output.Tree{Root: root, Files: f.bytes(), Spec: spec, Owns: docsOwns}
}

func lay(t *testing.T, dir string, f files) {
	t.Helper()
	for name, content := range f {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// snapshot returns everything under a directory; empty directories end in /.
func snapshot(t *testing.T, dir string) files {
	t.Helper()
	found := files{}
	err := filepath.WalkDir(dir, func(at string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, at)
		name := filepath.ToSlash(rel)
		switch {
		case entry.IsDir():
			if below, err := os.ReadDir(at); err != nil || len(below) == 0 && name != "." {
				found[name+"/"] = ""
				return err
			}
		case entry.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(at)
			found[name] = "-> " + target
			return err
		default:
			content, err := os.ReadFile(at)
			found[name] = string(content)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func wantFiles(t *testing.T, dir string, want files) {
	t.Helper()
	if diff := cmp.Diff(want, snapshot(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func mustWrite(t *testing.T, trees ...output.Tree) output.Result {
	t.Helper()
	result, err := output.Write(trees...)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestWriteNew(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(dir, "a", "generated")
	want := files{"captchaai/codes.go": goFile("a"), "fastcaptcha/codes.go": goFile("b")}
	result := mustWrite(t, goTree(root, want))
	wantFiles(t, root, want)
	written := []string{filepath.Join(root, "captchaai", "codes.go"), filepath.Join(root, "fastcaptcha", "codes.go")}
	if diff := cmp.Diff(output.Result{Files: 2, Written: written}, result); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
	info, err := os.Stat(written[0])
	if err != nil || info.Mode().Perm()&0o600 != 0o600 || info.Mode().Perm()&0o111 != 0 {
		t.Errorf("mode = %v, %v; want a plain file", info.Mode(), err)
	}
}

// TestWriteMany writes so many files in several directories that they are synced together,
// and then others over them.
func TestWriteMany(t *testing.T) {
	root := filepath.Join(t.TempDir(), "generated")
	for _, body := range []string{"one", "two"} {
		want := files{}
		for i := range 150 {
			want[fmt.Sprintf("p%d/f%d.go", i%7, i)] = goFile(body)
		}
		if result := mustWrite(t, goTree(root, want)); len(result.Written) != len(want) {
			t.Errorf("wrote %d of %d files", len(result.Written), len(want))
		}
		wantFiles(t, root, want)
	}
}

func TestWriteOnlyChanges(t *testing.T) {
	dir := t.TempDir()
	before := files{"captchaai/codes.go": goFile("a"), "captchaai/decisions.go": goFile("b")}
	mustWrite(t, goTree(dir, before))
	old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for name := range before {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	after := files{"captchaai/codes.go": goFile("a"), "captchaai/decisions.go": goFile("c")}
	result := mustWrite(t, goTree(dir, after))
	wantFiles(t, dir, after)
	if diff := cmp.Diff([]string{filepath.Join(dir, "captchaai", "decisions.go")}, result.Written); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	for name, unchanged := range map[string]bool{"captchaai/codes.go": true, "captchaai/decisions.go": false} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.ModTime().Equal(old) != unchanged {
			t.Errorf("%s: modified at %v; want unchanged: %v", name, info.ModTime(), unchanged)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode = %v, want it kept", name, info.Mode())
		}
	}
}

func TestRemoveOrphans(t *testing.T) {
	otherSpec := "// " + model.Mark("other.yaml") + "\n"
	otherTool := "// Code generated by stringer; DO NOT EDIT.\n"
	mentions := "// The header says: Code generated by errkb from captcha.yaml; DO NOT EDIT.\n"
	kept := files{
		"other/codes.go":              otherSpec,
		"captchaai/kind_string.go":    otherTool,
		"captchaai/hand.go":           "package captchaai\n",
		"captchaai/about.go":          mentions,
		"root.go":                     goFile("not where output goes"),
		"captchaai/deep/codes.go":     goFile("deeper than output goes"),
		"captchaai/codes.txt":         goFile("not a name of ours"),
		".git/codes.go":               goFile(""),
		"node_modules/codes.go":       goFile(""),
		"vendor/codes.go":             goFile(""),
		"testdata/codes.go":           goFile(""),
		"_build/codes.go":             goFile(""),
		"halfempty/keep.txt":          "mine",
		"late/codes.go":               strings.Repeat("//\n", 20) + goFile("the mark is too far down"),
		"captchaai/.errkb-keep":       "not a temporary name",
		"empty/":                      "",
		"captchaai/decisions_test.go": goFile("made"),
	}
	dir := t.TempDir()
	for name, content := range kept {
		if before, ok := strings.CutSuffix(name, "/"); ok {
			if err := os.Mkdir(filepath.Join(dir, before), 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		lay(t, dir, files{name: content})
	}
	lay(t, dir, files{
		"captchaai/old.go":       goFile("no longer made"),
		"gone/codes.go":          goFile("an API that is gone"),
		"gone/selfcheck_test.go": goFile(""),
		"halfempty/codes.go":     goFile(""),
	})
	tree := goTree(dir, files{"captchaai/decisions_test.go": goFile("made")})
	tree.AllowRemoval = true

	differences, err := output.Check(tree)
	if err != nil {
		t.Fatal(err)
	}
	var orphans []string
	for _, d := range differences {
		if d.Kind != output.Orphaned {
			t.Errorf("difference %v, want orphans only", d)
		}
		orphans = append(orphans, d.Path)
	}
	result := mustWrite(t, tree)
	wantFiles(t, dir, kept)
	want := []string{
		filepath.Join(dir, "captchaai", "old.go"), filepath.Join(dir, "gone", "codes.go"),
		filepath.Join(dir, "gone", "selfcheck_test.go"), filepath.Join(dir, "halfempty", "codes.go"),
	}
	if diff := cmp.Diff(want, orphans); diff != "" {
		t.Errorf("orphans found (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, result.Removed); diff != "" {
		t.Errorf("removed (-want +got):\n%s", diff)
	}
}

// TestSpares leaves a tree what its neighbour in the same directory makes.
func TestSpares(t *testing.T) {
	dir := t.TempDir()
	site := output.Tree{Root: dir, Files: files{"index.html.md": page("site")}.bytes(), Spec: spec, Owns: []string{"*.html.md"}}
	docs := docsTree(dir, files{"index.md": page("docs")})
	docs.Spares = site.Owns
	lay(t, dir, files{"old.md": page("old"), "old.html.md": page("old")})
	mustWrite(t, docs)
	wantFiles(t, dir, files{"index.md": page("docs"), "old.html.md": page("old")})
	mustWrite(t, site)
	wantFiles(t, dir, files{"index.md": page("docs"), "index.html.md": page("site")})
}

func TestConflicts(t *testing.T) {
	made := files{"a/codes.go": goFile("new"), "b/codes.go": goFile("new")}
	tests := []struct {
		name   string
		before files
		links  map[string]string
		want   string
	}{
		{name: "file without the mark", before: files{"b/codes.go": "package b\n"}, want: "b/codes.go: is not a file of this generator"},
		{name: "empty file", before: files{"b/codes.go": ""}, want: "b/codes.go: is not a file of this generator"},
		{name: "file of another generator", before: files{"b/codes.go": "// Code generated by x; DO NOT EDIT.\n"}, want: "b/codes.go: is not a file of this generator"},
		{name: "directory", before: files{"b/codes.go/x": ""}, want: "b/codes.go: is a directory"},
		{name: "file for directory", before: files{"b": goFile("")}, want: "b: is a file where a directory should be"},
		{name: "linked file", before: files{"elsewhere.go": goFile("old"), "b/x": ""}, links: map[string]string{"b/codes.go": "../elsewhere.go"}, want: "b/codes.go: is a symbolic link"},
		{name: "dangling link", before: files{"b/x": ""}, links: map[string]string{"b/codes.go": "../nowhere"}, want: "b/codes.go: is a symbolic link"},
		{name: "linked directory", before: files{"c/codes.go": goFile("old")}, links: map[string]string{"b": "c"}, want: "b: is a symbolic link"},
		{name: "link out of the root", links: map[string]string{"b": ".."}, want: "b: is a symbolic link"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, files{"a/codes.go": goFile("old"), "gone/codes.go": goFile("orphan")})
			lay(t, dir, test.before)
			for name, target := range test.links {
				if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
			before := snapshot(t, dir)
			other := filepath.Join(t.TempDir(), "docs")
			_, err := output.Write(docsTree(other, files{"index.md": page("x")}), goTree(dir, made))
			wantConflict(t, err, filepath.Join(dir, filepath.FromSlash(test.want)))
			wantFiles(t, dir, before)
			if _, err := os.Lstat(other); err == nil {
				t.Error("another tree was written")
			}
			_, err = output.Check(goTree(dir, made))
			wantConflict(t, err, filepath.Join(dir, filepath.FromSlash(test.want)))
		})
	}
}

func wantConflict(t *testing.T, err error, want string) {
	t.Helper()
	if _, ok := errors.AsType[*output.ConflictError](err); !ok {
		t.Fatalf("error = %v, want a conflict", err)
	}
	if !strings.Contains(err.Error(), want) {
		t.Errorf("error = %v\nwant it to say %q", err, want)
	}
}

func TestAllConflictsAtOnce(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, files{"a/codes.go": "mine", "b/codes.go": "mine"})
	_, err := output.Write(goTree(dir, files{"a/codes.go": goFile(""), "b/codes.go": goFile("")}))
	conflict, _ := errors.AsType[*output.ConflictError](err)
	if conflict == nil || len(conflict.Conflicts) != 2 {
		t.Errorf("error = %v, want both files", err)
	}
}

func TestNames(t *testing.T) {
	tests := []struct {
		names []string
		want  string
	}{
		{[]string{"../x.go"}, "not a path below"},
		{[]string{"/etc/x.go"}, "not a path below"},
		{[]string{"a/../../x.go"}, "not a path below"},
		{[]string{"a//x.go"}, "not a path below"},
		{[]string{""}, "not a path below"},
		{[]string{`a\x.go`}, "Windows refuses"},
		{[]string{"a:b.go"}, "Windows refuses"},
		{[]string{"a\x01.go"}, "Windows refuses"},
		{[]string{"con.md"}, "device"},
		{[]string{"Aux/x.md"}, "device"},
		{[]string{"com1.tar.md"}, "device"},
		{[]string{"lpt¹.md"}, "device"},
		{[]string{"a./x.md"}, "full stop"},
		{[]string{"a /x.md"}, "full stop or a space"},
		{[]string{strings.Repeat("x", 256)}, "256 bytes"},
		{[]string{".errkb-x.tmp"}, "temporary"},
		{[]string{"a/x.md", "a/X.md"}, "only in case"},
		{[]string{"a/x.md", "A/y.md"}, "only in case"},
		{[]string{"straße/x.md", "STRAẞE/x.md"}, "only in case"},
		{[]string{"a", "a/x.md"}, "name of its directory"},
		{[]string{"."}, "not a path below"},
		{[]string{"a /x.md", "b:.md"}, "\nb:.md: a name with a character"},
		{[]string{"a/b/x.md", "a/B/x.md"}, "only in case"},
		{[]string{"conin$ .md"}, "device"},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.names), func(t *testing.T) {
			dir := t.TempDir()
			made := files{}
			for _, name := range test.names {
				made[name] = page("x")
			}
			_, err := output.Write(docsTree(filepath.Join(dir, "docs"), made))
			wantConflict(t, err, test.want)
			wantFiles(t, dir, files{})
		})
	}
	fine := files{"com10.md": page(""), "comx.md": page(""), "5.md": page(""), ".errkb-x.md": page(""), "x.tmp": page(""), "console.md": page(""), ".hidden/a.b.md": page(""), strings.Repeat("x", 252) + ".md": page("")}
	dir := t.TempDir()
	mustWrite(t, docsTree(dir, fine))
	wantFiles(t, dir, fine)
}

func TestRoots(t *testing.T) {
	t.Run("shared", func(t *testing.T) {
		dir := t.TempDir()
		g, d := files{"api/codes.go": goFile("")}, files{"index.md": page(""), "api/x.md": page("")}
		mustWrite(t, goTree(dir, g), docsTree(dir, d))
		mustWrite(t, goTree(dir, g), docsTree(filepath.Join(dir, "api", ".."), d))
		maps.Copy(g, d)
		wantFiles(t, dir, g)
	})
	t.Run("nested", func(t *testing.T) {
		dir := t.TempDir()
		outer := output.Tree{Root: dir, Files: files{"index.md": page("")}.bytes(), Spec: spec, Owns: docsOwns}
		inner := output.Tree{Root: filepath.Join(dir, "inner"), Files: files{"a.md": page("")}.bytes(), Spec: spec, Owns: docsOwns}
		mustWrite(t, outer, inner)
		mustWrite(t, outer, inner)
		wantFiles(t, dir, files{"index.md": page(""), "inner/a.md": page("")})
	})
	t.Run("same file twice", func(t *testing.T) {
		dir := t.TempDir()
		outer := output.Tree{Root: dir, Files: files{"inner/a.md": page("")}.bytes(), Spec: spec}
		inner := output.Tree{Root: filepath.Join(dir, "inner"), Files: files{"a.md": page("")}.bytes(), Spec: spec}
		_, err := output.Write(outer, inner)
		wantConflict(t, err, "two outputs make this file")
	})
	t.Run("link", func(t *testing.T) {
		dir := t.TempDir()
		lay(t, dir, files{"real/x.txt": ""})
		if err := os.Symlink("real", filepath.Join(dir, "link")); err != nil {
			t.Fatal(err)
		}
		mustWrite(t, docsTree(filepath.Join(dir, "link"), files{"a.md": page("")}))
		wantFiles(t, dir, files{"link": "-> real", "real/x.txt": "", "real/a.md": page("")})
	})
	t.Run("file", func(t *testing.T) {
		dir := t.TempDir()
		lay(t, dir, files{"docs": "mine"})
		_, err := output.Write(docsTree(filepath.Join(dir, "docs"), files{"a.md": page("")}))
		wantConflict(t, err, "docs: is not a directory")
	})
}

func TestUnfinishedRun(t *testing.T) {
	dir := t.TempDir()
	litter := files{".errkb-ABC.tmp": "half", "a/.errkb-DEF.tmp": "half", "started/.errkb-GHI.tmp": "half"}
	lay(t, dir, litter)
	lay(t, dir, files{"b/.errkb-note.txt": "mine"})
	tree := goTree(dir, files{"a/codes.go": goFile("")})
	differences, err := output.Check(tree)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		dir + "/.errkb-ABC.tmp: left by a run that did not end", dir + "/a/.errkb-DEF.tmp: left by a run that did not end",
		dir + "/a/codes.go: missing", dir + "/started/.errkb-GHI.tmp: left by a run that did not end",
	}
	var got []string
	for _, d := range differences {
		got = append(got, filepath.ToSlash(d.String()))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	mustWrite(t, tree)
	wantFiles(t, dir, files{"a/codes.go": goFile(""), "b/.errkb-note.txt": "mine"})
}

// On a file system that does not tell case apart the old spelling of a file is
// the file itself. A second name of the same file stands for that here.
func TestOtherCaseIsNoOrphan(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, files{"api/codes.go": goFile("old")})
	if err := os.Link(filepath.Join(dir, "api/codes.go"), filepath.Join(dir, "api/Codes.go")); err != nil {
		t.Fatal(err)
	}
	result := mustWrite(t, goTree(dir, files{"api/codes.go": goFile("new")}))
	if len(result.Removed) > 0 {
		t.Errorf("removed %v", result.Removed)
	}
}

func TestConcurrentRuns(t *testing.T) {
	dir := t.TempDir()
	made := files{}
	for i := range 40 {
		made[fmt.Sprintf("api%d/codes.go", i%7)] = goFile("new")
		made[fmt.Sprintf("api%d/f%d.go", i%7, i)] = goFile("new")
	}
	lay(t, dir, files{"gone/codes.go": goFile("orphan"), "api1/old.go": goFile("orphan"), "a/.errkb-X.tmp": ""})
	var wait sync.WaitGroup
	errs := make([]error, 12)
	for i := range errs {
		wait.Go(func() { _, errs[i] = output.Write(goTree(dir, made)) })
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	mustWrite(t, goTree(dir, made))
	wantFiles(t, dir, made)
}

func TestUnmarkedRendering(t *testing.T) {
	_, err := output.Write(goTree(t.TempDir(), files{"a/codes.go": "package a\n"}))
	if err == nil || !strings.Contains(err.Error(), "without the generator's mark") {
		t.Errorf("error = %v", err)
	}
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name string
		disk string
		want string
	}{
		{"changed", goFile("one\nTWO\nthree"), "x/a.go: differs at line 4: stale, or edited by hand\n    want: \"two\"\n    got:  \"TWO\""},
		{"shorter", goFile("one"), "x/a.go: differs at line 4: stale, or edited by hand\n    want: \"two\\n\"\n    got:  end of file"},
		{"longer", goFile("one\ntwo\nthree\nfour"), "x/a.go: differs at line 6: stale, or edited by hand\n    want: end of file\n    got:  \"four\\n\""},
		{"no final newline", strings.TrimSuffix(goFile("one\ntwo\nthree"), "\n"), "x/a.go: differs at line 5: stale, or edited by hand\n    want: \"three\\n\"\n    got:  \"three\""},
		{"control characters", goFile("one\n\x1b[31m\nthree"), "x/a.go: differs at line 4: stale, or edited by hand\n    want: \"two\"\n    got:  \"\\x1b[31m\""},
		{"line ends that a checkout converted", strings.ReplaceAll(goFile("one\ntwo\nthree"), "\n", "\r\n"), ""},
		{"missing", "", "x/a.go: missing"},
		{"same", goFile("one\ntwo\nthree"), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if test.disk != "" {
				lay(t, dir, files{"x/a.go": test.disk})
			}
			before := snapshot(t, dir)
			differences, err := output.Check(goTree(dir, files{"x/a.go": goFile("one\ntwo\nthree")}))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range differences {
				got = append(got, strings.TrimPrefix(d.String(), dir+string(filepath.Separator)))
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "\n")); diff != "" {
				t.Errorf("difference (-want +got):\n%s", diff)
			}
			wantFiles(t, dir, before)
		})
	}
}

func TestCreate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	made := files{"errors.yaml": "format: 1\n", "generate.go": "package x\n"}
	created, err := output.Create(dir, made.bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{filepath.Join(dir, "errors.yaml"), filepath.Join(dir, "generate.go")}, created); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	wantFiles(t, dir, made)

	if err := os.Remove(filepath.Join(dir, "errors.yaml")); err != nil {
		t.Fatal(err)
	}
	_, err = output.Create(dir, files{"errors.yaml": "2", "generate.go": "2"}.bytes())
	wantConflict(t, err, "generate.go: exists already")
	wantFiles(t, dir, files{"generate.go": "package x\n"})
}

func TestMarks(t *testing.T) {
	marked := []string{
		"// Code generated by errkb from captcha.yaml; DO NOT EDIT.\npackage x",
		"<!-- Code generated by errkb from captcha.yaml; DO NOT EDIT. -->",
		"# Title\n\n[comment]: # (Code generated by errkb from captcha.yaml; DO NOT EDIT.)\n",
		"{\n  \"generated\": \"Code generated by errkb from captcha.yaml; DO NOT EDIT.\",\n",
		"\ufeff// Code generated by errkb from captcha.yaml; DO NOT EDIT.\r\npackage x",
		"\"id\",\"reply\",\"Code generated by errkb from captcha.yaml; DO NOT EDIT.\"\r\n",
	}
	for _, content := range marked {
		dir := t.TempDir()
		lay(t, dir, files{"old.md": content})
		none := docsTree(dir, nil)
		none.AllowRemoval = true
		if result := mustWrite(t, none); !slices.Equal(result.Removed, []string{filepath.Join(dir, "old.md")}) {
			t.Errorf("removed %v; want the file that starts %q", result.Removed, content)
		}
	}
}
