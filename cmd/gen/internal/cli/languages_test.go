package cli_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const germanOverlay = `format: 1
language: de
translates: errors.yaml
title: Fehler
categories: {wrong: {title: Falsch}}
apis: {myapi: {codes: {LOST: {meaning: Es ist weg, fix: Suchen}}}}
`

var linkTarget = regexp.MustCompile(`(?:href|src)="([^"#:]+)(?:#[^"]*)?"|\]\(([^)#:]+\.md)(?:#[^)]*)?\)`)

// TestLanguages makes docs and site of a spec with an overlay: each language is complete,
// every link leads to a file, and both are gone again with the overlay.
func TestLanguages(t *testing.T) {
	inModule(t)
	writeSpec(t, "errors.yaml", "My API errors", "myapi")
	if err := os.WriteFile("errors.de.yaml", []byte(germanOverlay), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"generate", "--spec", "errors.yaml", "--go", "gen", "--docs", "docs", "--site", "site"}
	if _, stderr, status := run("", args...); status != 0 {
		t.Fatal(stderr)
	}
	for name, wanted := range map[string]string{
		"site/index.html":                      `<a href="de/index.html" hreflang="de" lang="de">Deutsch</a>`,
		"site/c/myapi/lost.html":               `<a href="../../de/c/myapi/lost.html" hreflang="de" lang="de">Deutsch</a>`,
		"site/de/c/myapi/lost.html":            `<a href="../../../c/myapi/lost.html" hreflang="en" lang="en">English</a>`,
		"site/de/index.html":                   `<html lang="de">`,
		"site/de/api/myapi.html":               `<link rel="alternate" hreflang="x-default" href="../../api/myapi.html">`,
		"site/de/category/wrong.html":          `Falsch`,
		"site/de/c/myapi/lost.json":            `Es ist weg`,
		"site/de/cards/0.js":                   `Es ist weg`,
		"site/llms.txt":                        `[Deutsch](de/llms.txt)`,
		"site/de/for-customers/index.html":     `<html lang="de">`,
		"docs/index.md":                        "[Deutsch](de/index.md)\n",
		"docs/myapi/lost.md":                   "[Deutsch](../de/myapi/lost.md)\n",
		"docs/de/myapi/lost.md":                "[English](../../myapi/lost.md)\n",
		"docs/de/myapi/index.md":               "Es ist weg",
		"gen/myapi/codes.go":                   "It is lost",
		"docs/catalog.json":                    `"language": "en"`,
		"site/for-customers/c/myapi/lost.html": `lang="en"`,
	} {
		if content, err := os.ReadFile(name); err != nil || !strings.Contains(string(content), wanted) {
			t.Errorf("%s does not hold %q: %v", name, wanted, err)
		}
	}
	for _, name := range []string{"site/de/style.css", "docs/de/catalog.json", "site/de/de"} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("there is a %s", name)
		}
	}
	for _, root := range []string{"docs", "site"} {
		linksLead(t, root)
	}
	if stdout, stderr, status := run("", append(args, "--check")...); status != 0 {
		t.Errorf("--check: %s%s", stdout, stderr)
	}
	if err := os.Remove("errors.de.yaml"); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := run("", args...); status != 0 || !strings.Contains(stderr, "removed site/de/for-customers/c/myapi/lost.html\n") {
		t.Errorf("exit status %d\n%s", status, stderr)
	}
	for _, name := range []string{"docs/de", "site/de"} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
}

// linksLead requires that every link in a folder leads to a file there.
func linksLead(t *testing.T, root string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".html" && filepath.Ext(name) != ".md" {
			return err
		}
		content, err := os.ReadFile(name)
		for _, found := range linkTarget.FindAllStringSubmatch(string(content), -1) {
			n++
			target := path.Join(path.Dir(filepath.ToSlash(name)), found[1]+found[2])
			if _, err := os.Stat(target); err != nil && !strings.Contains(found[0], "data:") {
				t.Errorf("%s: %s leads nowhere", name, found[0])
			}
		}
		return err
	})
	if err != nil || n < 20 {
		t.Errorf("%d links in %s: %v", n, root, err)
	}
}

// TestShippedOverlays wants the shipped catalog complete in each language that it is in.
func TestShippedOverlays(t *testing.T) {
	t.Chdir(t.TempDir())
	if stdout, stderr, status := run("", "check"); stdout != "" || status != 0 {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
	for language, wanted := range map[string]string{"de": "Kein Guthaben", "es": "Sin saldo"} {
		if stdout, stderr, status := run("", "replies", "--format", "json", "--language", language); status != 0 || !strings.Contains(stdout, wanted) {
			t.Errorf("%s: exit status %d without %q\n%s", language, status, wanted, stderr)
		}
	}
}

func TestRepliesInALanguage(t *testing.T) {
	inModule(t)
	writeSpec(t, "errors.yaml", "My API errors", "myapi")
	if err := os.WriteFile("errors.de.yaml", []byte(germanOverlay), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status := run("", "replies", "--spec", "errors.yaml", "--format", "json", "--language", "de")
	if status != 0 || !strings.Contains(stdout, `"id": "de/c/myapi/lost"`) || !strings.Contains(stdout, `"meaning": "Es ist weg"`) {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
	stdout, stderr, status = run("", "replies", "--spec", "errors.yaml", "--format", "json", "--language", "fr")
	if status != 2 || !strings.Contains(stderr, `unknown language "fr"; errors.yaml is in en, de`) {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
}
