package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A spec in three files: what all have in common, and what two teams have.
var inFiles = map[string]string{
	"a.yaml":    "format: 1\ntitle: Errors\ncategories: {wrong: {action: fail}, busy: {action: retry}}\npolicies: {soon: {base: 1s, retries: 3}}\n",
	"pay.yaml":  "apis:\n  shop:\n    reply: [{json: {code: [/code]}}]\n    codes:\n      NO_MONEY: {category: wrong, meaning: No money, fix: Top up, examples: [{status: 402, body: '{\"code\": \"NO_MONEY\"}'}]}\n",
	"stock.yml": "apis:\n  shop:\n    codes:\n      SOLD_OUT: {category: busy, retry: soon, meaning: Sold out, fix: Wait}\n",
}

// inDirectory goes to a module with the files of a spec in the directory spec, and the same
// spec in one file beside it.
func inDirectory(t *testing.T) {
	t.Helper()
	inModule(t)
	if err := os.Mkdir("spec", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range inFiles {
		writeFile(t, filepath.Join("spec", name), content)
	}
	writeFile(t, "one.yaml", inFiles["a.yaml"]+inFiles["pay.yaml"]+strings.TrimPrefix(inFiles["stock.yml"], "apis:\n  shop:\n    codes:\n"))
}

// TestFilesOfASpec asks each command about a spec in a directory, in files one by one, and in
// one file: the answers are the same.
func TestFilesOfASpec(t *testing.T) {
	inDirectory(t)
	writeFile(t, "log", `{"code": "NO_MONEY"}`+"\n")
	for _, args := range [][]string{
		{"check"}, {"check", "-o", "json"}, {"check", "-o", "github"},
		{"list"}, {"list", "-o", "json"}, {"list", "--api", "shop"}, {"table"},
		{"explain", "SOLD_OUT"}, {"explain", "-o", "json", `{"code": "NO_MONEY"}`},
		{"classify", "log"},
		{"replay", "log"},
	} {
		out, messages, status := run("", append(args, "--spec", "one.yaml")...)
		if status != 0 || out+messages == "" && args[0] != "check" {
			t.Fatalf("%v: exit status %d\n%s%s", args, status, out, messages)
		}
		for _, spec := range [][]string{
			{"--spec", "spec"},
			{"--spec", "./spec/"},
			{"--spec", "spec/a.yaml", "--spec", "spec/pay.yaml", "--spec", "spec/stock.yml"},
		} {
			want(t, status, out, strings.ReplaceAll(messages, "one.yaml", strings.Join(spec, " ")), append(args, spec...)...)
		}
	}
	piped, messages, status := run(inFiles["pay.yaml"], "list", "--spec", "spec/a.yaml", "--spec", "-", "--spec", "spec/stock.yml")
	if listed, _, _ := run("", "list", "--spec", "one.yaml"); piped != listed {
		t.Errorf("with a file from standard input: exit status %d\n%s%s", status, piped, messages)
	}
	want(t, 0, "version step: none\n", "", "diff", "one.yaml", "spec")
	t.Chdir("spec")
	want(t, 0, "version step: none\n", "", "diff", ".", "../one.yaml")
}

// TestFilesThatAreNone names what is not a spec of several files.
func TestFilesThatAreNone(t *testing.T) {
	inDirectory(t)
	for _, dir := range []string{"empty", "overlays", "loops", "nested/deep.yaml", "hidden"} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, "overlays/a.de.yaml", "format: 1\nlanguage: de\ntranslates: a.yaml\n")
	writeFile(t, "nested/deep.yaml/a.yaml", inFiles["a.yaml"])
	writeFile(t, "hidden/.a.yaml", inFiles["a.yaml"])
	for link, to := range map[string]string{"loops/a.yaml": "a.yaml", "loop": "loop", "spec/again.yaml": "a.yaml"} {
		if err := os.Symlink(to, link); err != nil {
			t.Skip(err)
		}
	}
	for spec, says := range map[string]string{
		"empty":               "read spec: the directory empty holds no file whose name ends in .yaml\n",
		"hidden":              "read spec: the directory hidden holds no file whose name ends in .yaml\n",
		"nested":              "read spec: the directory nested holds no file whose name ends in .yaml\n",
		"overlays":            "read spec: overlays holds only overlays, which translate a spec\n",
		"loops":               "read spec: open loops/a.yaml: too many levels of symbolic links\n",
		"loop":                "read spec: open loop: too many levels of symbolic links\n",
		"spec":                "read spec: spec/a.yaml and spec/again.yaml are the same file\n",
		"one.yaml one.yaml":   "read spec: one.yaml is named twice\n",
		"one.yaml ./one.yaml": "read spec: one.yaml and ./one.yaml are the same file\n",
		"one.yaml gone.yaml":  "read spec: open gone.yaml: no such file or directory\n",
	} {
		args := []string{"check"}
		for name := range strings.FieldsSeq(spec) {
			args = append(args, "--spec", name)
		}
		want(t, 2, "", "gen: "+says, args...)
	}
	if _, messages, status := run("", "fmt", "--check", "spec/a.yaml", "spec/pay.yaml"); status != 0 {
		t.Errorf("fmt of files: %d %s", status, messages)
	}
}

// TestFilesWithProblems says in each format which file a problem is in.
func TestFilesWithProblems(t *testing.T) {
	inDirectory(t)
	writeFile(t, "spec/stock.yml", strings.Replace(inFiles["stock.yml"], "SOLD_OUT", "NO_MONEY", 1))
	out, messages, status := run("", "check", "--spec", "spec")
	if want := "spec/stock.yml:4:7: error: duplicate code \"NO_MONEY\" [duplicate-code]\n" +
		"          NO_MONEY: {category: busy, retry: soon, meaning: Sold out, fix: Wait}\n          ^\n  spec/pay.yaml:5:7: first here\n"; !strings.HasPrefix(out, want) || messages != "gen: spec has 1 error\n" || status != 1 {
		t.Errorf("exit status %d\n%s%s", status, out, messages)
	}
	out, _, _ = run("", "check", "--spec", "spec", "-o", "json")
	var report struct {
		Problems []struct {
			File    string
			Line    int
			Related []struct{ File string }
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || len(report.Problems) != 1 || report.Problems[0].File != "spec/stock.yml" || report.Problems[0].Related[0].File != "spec/pay.yaml" {
		t.Errorf("%v: %s", err, out)
	}
	if out, _, _ := run("", "check", "--spec", "spec", "-o", "github"); !strings.HasPrefix(out, "::error file=spec/stock.yml,line=4,col=7,title=duplicate-code::") {
		t.Errorf("%s", out)
	}
	want(t, 1, "", "gen: spec has 1 error; nothing is written\n", "generate", "--spec", "spec", "--go", "gen")
	const part = "gen: spec/pay.yaml has no key format; if it is one of several files of a spec, name their directory: --spec spec\n"
	want(t, 1, "", part+"gen: spec/pay.yaml has 2 errors\n", "check", "--spec", "spec/pay.yaml")
	want(t, 1, "", part, "list", "--spec", "spec/pay.yaml")
	want(t, 1, "", part, "generate", "--spec", "spec/pay.yaml", "--go", "gen")
	writeFile(t, "spec/stock.yml", inFiles["stock.yml"])
	writeFile(t, "spec/a.de.yaml", "format: 1\nlanguage: de\ntranslates: a.yaml\n#"+strings.Repeat("-", 2900)+"\n")
	want(t, 0, "SOLD_OUT", "", "list", "--spec", "spec", "--max-size", "3KiB") // overlays are not part of what is limited
	writeFile(t, "spec/stock.yml", inFiles["stock.yml"]+"#"+strings.Repeat("-", 3000)+"\n")
	want(t, 1, "", "spec/stock.yml: error: the files have together more than 3 KiB [too-large]\n", "list", "--spec", "spec", "--max-size", "3KiB")
}

// TestPartOfAnotherKind writes what other files have a part of as something else: that alone
// is the problem.
func TestPartOfAnotherKind(t *testing.T) {
	for content, problem := range map[string]string{
		"apis:":                      `more.yaml:1:1: error: key "apis" has no value [null]`,
		"apis: [1]":                  "more.yaml:1:7: error: apis is a list, not a mapping of each API name to its entry [wrong-kind]",
		"apis: {shop: }":             `more.yaml:1:8: error: key "shop" has no value [null]`,
		"apis: {shop: x}":            `more.yaml:1:14: error: the API "shop" is a single value, not `,
		"apis: {shop: {codes: [A]}}": "more.yaml:1:22: error: codes is a list, not a mapping of each code to its entry [wrong-kind]",
	} {
		inDirectory(t)
		for _, name := range []string{"more.yaml", "0more.yaml"} {
			writeFile(t, "spec/"+name, content+"\n")
			out, _, status := run("", "check", "--spec", "spec", "-o", "text")
			if status != 1 || !strings.HasPrefix(out, "spec/"+strings.Replace(problem, "more.yaml", name, 1)) || strings.Count(out, "error: ") != 1 {
				t.Errorf("%s: exit status %d\n%s", content, status, out)
			}
			os.Remove("spec/" + name)
		}
	}
	inDirectory(t)
	writeFile(t, "spec/none.de.yaml", "format: 1\nlanguage: de\n")
	if out, _, _ := run("", "check", "--spec", "spec"); !strings.HasPrefix(out, "spec/none.de.yaml:1:1: error: the overlay has no translates") || strings.Count(out, "error: ") != 1 {
		t.Errorf("an overlay of no file:\n%s", out)
	}
}

// TestFilesOwnOneOutput splits the spec of an output into files, names them in other ways, and
// adds one: the output stays that of the spec.
func TestFilesOwnOneOutput(t *testing.T) {
	inDirectory(t)
	if err := os.Rename("one.yaml", "spec/a.yaml"); err != nil {
		t.Fatal(err)
	}
	pay, stock := "spec/pay.yaml", "spec/stock.yml"
	for _, name := range []string{pay, stock} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	out := []string{"generate", "--go", "gen", "--docs", "docs"}
	want(t, 0, "", "gen: wrote 9 of 9 files\n", append(out, "--spec", "spec/a.yaml")...)
	for name, content := range inFiles {
		writeFile(t, filepath.Join("spec", name), content)
	}
	for _, spec := range [][]string{{"spec"}, {"spec/a.yaml", pay, stock}, {pay, "spec/a.yaml", stock}} {
		args := out
		for _, name := range spec {
			args = append(args, "--spec", name)
		}
		want(t, 0, "", "gen: 9 files, all up to date\n", args...)
		want(t, 0, "", "", append(args, "--check")...)
	}
	writeFile(t, "spec/send.yaml", "apis: {send: {reply: [{json: {code: [/c]}}], codes: {LOST: {category: wrong, meaning: Lost, fix: Look}}}}\n")
	_, messages, status := run("", append(out, "--spec", "spec")...)
	if !strings.HasPrefix(messages, "gen: wrote ") || status != 0 {
		t.Errorf("with a new file: exit status %d, %s", status, messages)
	}
	if err := os.Remove("spec/send.yaml"); err != nil {
		t.Fatal(err)
	}
	if out, _, status := run("", append(out, "--spec", "spec", "--check")...); status != 1 || !strings.Contains(out, "gen/send/codes.go: orphaned") {
		t.Errorf("without it: exit status %d\n%s", status, out)
	}
	if code, err := os.ReadFile("gen/shop/codes.go"); err != nil || !strings.HasPrefix(string(code), "// Code generated by errkb from spec/a.yaml; DO NOT EDIT.\n") {
		t.Errorf("the mark: %v\n%.80s", err, code)
	}
}

// TestTranslateFiles writes and updates the overlays of the files of a spec.
func TestTranslateFiles(t *testing.T) {
	inDirectory(t)
	writeFile(t, "spec/policies.yaml", "policies: {later: {base: 9s, retries: 3}}\n") // no texts
	want(t, 2, "", "gen: missing flag --language: spec has no overlay yet\n", "translate", "--spec", "spec")
	_, messages, status := run("", "translate", "--spec", "spec", "--language", "de")
	if diff := cmp.Diff("gen: spec/a.de.yaml written: 0 texts translated, 3 texts missing\n"+
		"gen: spec/pay.de.yaml written: 0 texts translated, 2 texts missing\n"+
		"gen: spec/stock.de.yml written: 0 texts translated, 2 texts missing\n", messages); status != 0 || diff != "" {
		t.Errorf("exit status %d (-want +got):\n%s", status, diff)
	}
	for name, texts := range map[string][]string{
		"spec/pay.de.yaml":  {"#| No money\n        meaning: \"\"", "meaning: Kein Geld"},
		"spec/stock.de.yml": {"#| Sold out\n        meaning: \"\"", "meaning: Ausverkauft"},
	} {
		writeFile(t, name, strings.Replace(file(t, name), texts[0], texts[1], 1))
	}
	run("", "translate", "--spec", "spec")
	out, messages, status := run("", "replies", "--spec", "spec", "--language", "de", "--format", "csv")
	if status != 0 || !strings.Contains(out, "Kein Geld") || !strings.Contains(out, "Ausverkauft") || strings.Contains(out, "Sold out") {
		t.Errorf("exit status %d\n%s%s", status, out, messages)
	}
	writeFile(t, "spec/stock.yml", strings.Replace(inFiles["stock.yml"], "Sold out", "Gone", 1))
	if out, _, _ := run("", "check", "--spec", "spec"); !strings.Contains(out, "spec/stock.de.yml:8:18: warning: the text that this translates has changed since [stale-text]") || strings.Count(out, "stale-text") != 1 {
		t.Errorf("a text has changed:\n%s", out)
	}
	want(t, 0, "", "", "generate", "--spec", "spec", "--docs", "docs", "--allow-removal")
	if _, err := os.Stat("docs/de/shop/sold-out.md"); err != nil {
		t.Error(err)
	}
	if err := os.Remove("spec/stock.yml"); err != nil {
		t.Fatal(err)
	}
	if out, _, status := run("", "check", "--spec", "spec"); status != 1 || !strings.Contains(out, `spec/stock.de.yml:3:13: error: the overlay translates "stock.yml", which is not a file of the spec [bad-overlay]`) {
		t.Errorf("an overlay of nothing: exit status %d\n%s", status, out)
	}
}

// TestFilesInACommit compares with a directory in a commit.
func TestFilesInACommit(t *testing.T) {
	inDirectory(t)
	git := func(args ...string) {
		t.Helper()
		command := exec.Command("git", append([]string{"-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"}, args...)...)
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	writeFile(t, "spec/a.de.yaml", "format: 1\nlanguage: de\ntranslates: a.yaml\ntitle: Fehler\n")
	writeFile(t, "spec/notes.txt", "no spec")
	if err := os.Mkdir("none", 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, "none/README", "no spec")
	git("add", ".")
	git("commit", "-q", "-m", "one")
	writeFile(t, "spec/stock.yml", strings.Replace(inFiles["stock.yml"], "Sold out", "Gone", 1))
	for _, old := range []string{"HEAD:spec", "HEAD:./spec", "HEAD:spec/", "HEAD:one.yaml"} {
		want(t, 0, "version step: patch\n", "", "diff", old, "spec")
	}
	want(t, 2, "", "read spec HEAD:none: the directory holds no file whose name ends in .yaml\n", "diff", "HEAD:none", "spec")
	writeFile(t, "spec/stock.yml", "apis: 1\n#"+strings.Repeat("-", 3000)+"\n")
	git("commit", "-q", "-a", "-m", "two")
	want(t, 1, "", "HEAD:spec/stock.yml:1:7: error: ", "diff", "HEAD:spec", "one.yaml")
	want(t, 1, "", "HEAD:spec/stock.yml: error: the files have together more than 3 KiB", "diff", "HEAD:spec", "one.yaml", "--max-size", "3KiB")
	t.Chdir("spec")
	want(t, 0, "version step: none\n", "", "diff", "HEAD~1:.", "../one.yaml")
	if err := os.Symlink("a.yaml", "link.yaml"); err != nil {
		t.Skip(err)
	}
	git("add", ".")
	git("commit", "-q", "-m", "three")
	want(t, 2, "", "link.yaml is a symbolic link, which is not followed in a commit", "diff", "HEAD:spec", "../one.yaml")
	for _, link := range []string{"HEAD:spec/link.yaml", "HEAD:link.yaml", "HEAD:./link.yaml"} {
		want(t, 2, "", "gen: read spec "+link+": a symbolic link is not followed in a commit\n", "diff", link, "../one.yaml")
	}
}

// TestManyFiles reads a thousand codes of ten teams.
func TestManyFiles(t *testing.T) {
	inDirectory(t)
	for team := range 10 {
		var codes strings.Builder
		for code := range 100 {
			fmt.Fprintf(&codes, "      T%d_%d: {category: wrong, meaning: Error %[2]d of team %[1]d, fix: Ask team %[1]d}\n", team, code)
		}
		writeFile(t, fmt.Sprintf("spec/team%d.yaml", team), "apis:\n  shop:\n    codes:\n"+codes.String())
	}
	want(t, 0, "", "", "check", "--spec", "spec")
	if out, _, _ := run("", "list", "--spec", "spec"); strings.Count(out, " of team ") != 1000 {
		t.Errorf("%d of 1000 codes", strings.Count(out, " of team "))
	}
}
