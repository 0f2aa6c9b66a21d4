package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// shopIn copies the spec of the shop into a directory, which becomes the current
// one.
func shopIn(t *testing.T, dir string) string {
	t.Helper()
	shop, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	writeFile(t, "shop.yaml", string(shop))
	return string(shop)
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// want runs the command and requires an exit status and parts of what it prints.
func want(t *testing.T, status int, stdout, stderr string, args ...string) {
	t.Helper()
	out, errs, got := run("", args...)
	if got != status || !strings.Contains(out, stdout) || !strings.Contains(errs, stderr) {
		t.Errorf("gen %s: exit status %d, want %d\nstdout: %s\nwant %q\nstderr: %s\nwant %q",
			strings.Join(args, " "), got, status, out, stdout, errs, stderr)
	}
}

func TestSite(t *testing.T) {
	shop := shopIn(t, t.TempDir())
	args := []string{"site", "--spec", "shop.yaml", "--out", "site"}
	checked := append(slices.Clone(args), "--check")
	page := filepath.Join("site", "c", "shop", "full.html")
	script := filepath.Join("site", "lookup.js")

	want(t, 1, page+": missing\n", "generate again, without --check", checked...)
	if _, err := os.Stat("site"); err == nil {
		t.Error("check makes the directory")
	}
	_, stderr, status := run("", args...)
	made := contents(t, "site")
	if want := fmt.Sprintf("gen: wrote %d of %d files\n", len(made), len(made)); status != 0 || stderr != want {
		t.Fatalf("exit status %d\n%s\nwant %s", status, stderr, want)
	}
	want(t, 0, "", "", checked...)
	want(t, 0, "", fmt.Sprintf("gen: %d files, all up to date\n", len(made)), args...)

	t.Run("notices", func(t *testing.T) {
		name := filepath.Join("site", "notices.json")
		writeFile(t, name, `[{"text": "Out of order."}]`)
		want(t, 0, "", "", checked...)
		want(t, 0, "", fmt.Sprintf("gen: %d files, all up to date\n", len(made)), args...)
		writeFile(t, "shop.yaml", strings.Replace(shop, "The counter is full", "The counter is crowded", 1))
		want(t, 0, "", "gen: wrote ", args...)
		if content, err := os.ReadFile(name); err != nil || string(content) != `[{"text": "Out of order."}]` {
			t.Errorf("of the notices, %q is left: %v", content, err)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		writeFile(t, "shop.yaml", shop)
		want(t, 0, "", "gen: wrote ", args...)
	})
	t.Run("edited", func(t *testing.T) {
		for _, name := range []string{page, script, filepath.Join("site", "style.css"), filepath.Join("site", "index.json")} {
			content := made[filepath.ToSlash(strings.TrimPrefix(name, "site"+string(filepath.Separator)))]
			writeFile(t, name, content+"\n")
			want(t, 1, name+": differs at line ", "gen: 1 file is not what shop.yaml makes", checked...)
			want(t, 0, "", "gen: wrote 1 of ", args...)
		}
	})
	t.Run("stale", func(t *testing.T) {
		writeFile(t, "shop.yaml", strings.Replace(shop, "The counter is full", "The counter is crowded", 1))
		want(t, 1, page+": differs at line ", "files are not what", checked...)
		writeFile(t, "shop.yaml", shop)
	})
	t.Run("orphan", func(t *testing.T) {
		for _, name := range []string{"c/shop/gone.html", "s/shop/404.json", "cards/7.js", "old.html"} {
			writeFile(t, filepath.Join("site", filepath.FromSlash(name)), "<!-- "+model.Mark("../shop.yaml")+" -->\n")
		}
		want(t, 1, filepath.Join("site", "c", "shop", "gone.html")+": orphaned", "gen: 4 files are not what", checked...)
		want(t, 0, "", "gen: wrote 0 of "+fmt.Sprint(len(made))+" files, removed 4\n", args...)
	})
	t.Run("file in the way", func(t *testing.T) {
		writeFile(t, page, "<p>Mine.</p>\n")
		writeFile(t, filepath.Join("site", "CNAME"), "errors.example.com\n")
		for _, args := range [][]string{args, checked} {
			want(t, 1, "", page+": is not a file of this generator", args...)
		}
		if got := contents(t, "site"); got["c/shop/full.html"] != "<p>Mine.</p>\n" {
			t.Errorf("the file is now %q", got["c/shop/full.html"])
		}
		writeFile(t, page, made["c/shop/full.html"])
		want(t, 0, "", "files, all up to date", args...)
		if err := os.Remove(filepath.Join("site", "CNAME")); err != nil {
			t.Errorf("a file of the user's: %v", err)
		}
	})
	t.Run("broken spec", func(t *testing.T) {
		writeFile(t, "shop.yaml", strings.Replace(shop, "retry: slow", "retry: slwo", 1))
		want(t, 1, "", "gen: shop.yaml has 1 error; nothing is written\n", args...)
		writeFile(t, "shop.yaml", shop)
	})
	if diff := cmp.Diff(made, contents(t, "site")); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// TestSiteTwice makes the same site by both commands.
func TestSiteTwice(t *testing.T) {
	shopIn(t, t.TempDir())
	want(t, 0, "", "", "site", "--spec", "shop.yaml", "--out", "one")
	want(t, 0, "", "", "generate", "--spec", "shop.yaml", "--go", ".", "--docs", "docs", "--site", "two")
	if diff := cmp.Diff(contents(t, "one"), contents(t, "two")); diff != "" {
		t.Errorf("the sites differ:\n%s", diff)
	}
	want(t, 0, "", "", "generate", "--spec", "shop.yaml", "--go", ".", "--docs", "docs", "--site", "two", "--check")
	if err := os.Remove(filepath.Join("two", "index.html")); err != nil {
		t.Fatal(err)
	}
	want(t, 1, filepath.Join("two", "index.html")+": missing\n", "1 file is not", "generate", "--spec", "shop.yaml", "--site", "two", "--check")
}

// TestSiteBesideDocs makes the site and the docs in one directory, by two runs
// that must not take each other's files for their own.
func TestSiteBesideDocs(t *testing.T) {
	shopIn(t, t.TempDir())
	for range 2 {
		want(t, 0, "", "", "generate", "--spec", "shop.yaml", "--docs", "public")
		want(t, 0, "", "", "site", "--spec", "shop.yaml", "--out", "public")
	}
	want(t, 0, "", "", "generate", "--spec", "shop.yaml", "--docs", "public", "--check")
	want(t, 0, "", "", "site", "--spec", "shop.yaml", "--out", "public", "--check")
	want(t, 0, "", "", "site", "--spec", "shop.yaml", "--out", "alone")
	if diff := cmp.Diff(contents(t, "alone")["llms.txt"], contents(t, "public")["llms.txt"]); diff != "" {
		t.Errorf("the list of pages is not the site's (-site +public):\n%s", diff)
	}
	want(t, 0, "", "", "generate", "--spec", "shop.yaml", "--docs", "both", "--site", "both")
	if diff := cmp.Diff(contents(t, "alone")["llms.txt"], contents(t, "both")["llms.txt"]); diff != "" {
		t.Errorf("the list of one run for both is not the site's (-site +both):\n%s", diff)
	}
}

// TestSiteIsReplaced writes the site of a spec over that of another of the same
// name, of which nothing may stay.
func TestSiteIsReplaced(t *testing.T) {
	shopIn(t, t.TempDir())
	want(t, 0, "", "", "site", "--spec", "shop.yaml", "--out", "site")
	writeFile(t, "shop.yaml", `format: 1
title: Shop errors
categories: {sad: {action: fail}}
apis: {bank: {codes: {CLOSED: {category: sad, meaning: Closed, fix: Come again}}}}
`)
	want(t, 0, "", ", removed ", "site", "--spec", "shop.yaml", "--out", "site", "--allow-removal")
	want(t, 0, "", "", "site", "--spec", "shop.yaml", "--out", "fresh")
	if diff := cmp.Diff(contents(t, "fresh"), contents(t, "site")); diff != "" {
		t.Errorf("files (-fresh +replaced):\n%s", diff)
	}
}

// TestSitePages requires of each page that what it loads and its JSON form are
// there, and of each JSON form that a page names it.
func TestSitePages(t *testing.T) {
	shopIn(t, t.TempDir())
	want(t, 0, "", "", "site", "--spec", "shop.yaml", "--out", "site")
	files := contents(t, "site")
	if files["lookup.js"] == "" {
		t.Error("the site has no lookup.js")
	}
	named := make(map[string]bool)
	for name, page := range files {
		if !strings.Contains(page[:min(len(page), 300)], model.Mark("../shop.yaml")) {
			t.Errorf("%s lacks the mark", name)
		}
		form := strings.TrimSuffix(name, ".html") + ".json"
		if strings.HasSuffix(name, ".html") && strings.Contains(page, `type="application/json"`) {
			named[form] = true
			if files[form] == "" {
				t.Errorf("%s names a JSON form that is not there", name)
			}
		}
	}
	for name := range files {
		if strings.HasSuffix(name, ".json") && !named[name] {
			t.Errorf("%s is named by no page", name)
		}
	}
}

// TestSiteAddresses requires that the addresses in the JSON of explain and list
// lead to pages.
func TestSiteAddresses(t *testing.T) {
	shop := shopIn(t, t.TempDir())
	want(t, 0, "", "", "site", "--spec", "shop.yaml", "--out", "site")
	files := contents(t, "site")
	c, _ := check.Load("shop.yaml", []byte(shop))
	for _, a := range c.APIs {
		for _, e := range a.Entries() {
			address := catalogjson.NewEntry(e).Address
			if files[address+".html"] == "" || files[address+".json"] == "" {
				t.Errorf("%s %s has no page at %s", a.Name, e.Code, address)
			}
		}
	}
}

// TestShippedSite makes the site of the catalog that is part of the command.
func TestShippedSite(t *testing.T) {
	shipped, err := filepath.Abs("../../../../spec/errors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	want(t, 0, "", "wrote", "site", "--out", "own")
	want(t, 0, "", "", "site", "--spec", shipped, "--out", "own", "--check")
}
