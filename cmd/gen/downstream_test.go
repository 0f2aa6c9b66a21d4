package main_test

import (
	"archive/zip"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	modulePath    = "github.com/errkb/errkb"
	moduleVersion = "v0.0.1"
)

// downstream is an empty module of a user's, with a module cache of its own and
// no network: this module and what it needs come from a proxy in the file
// system.
type downstream struct {
	t   *testing.T
	dir string
	env []string
}

func newDownstream(t *testing.T) *downstream {
	t.Helper()
	fillCache(t)
	cache := strings.TrimSpace(output(t, ".", os.Environ(), "go", "env", "GOMODCACHE"))
	d := &downstream{t: t, dir: t.TempDir()}
	ownCache := filepath.Join(t.TempDir(), "mod")
	d.env = append(os.Environ(),
		"GOPROXY=file://"+proxy(t)+",file://"+filepath.Join(cache, "cache", "download"),
		"GOMODCACHE="+ownCache,
		"GOFLAGS=-modcacherw",
		"GONOSUMDB=*", "GONOSUMCHECK=1", "GOSUMDB=off", "GOWORK=off", "GOTOOLCHAIN=local",
	)
	d.run("go", "mod", "init", "example.com/downstream")
	return d
}

// fillCache downloads all that a module which requires this one has to load:
// building this one takes less. It works on a copy, as it changes go.sum.
func fillCache(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		content, err := os.ReadFile(filepath.Join("..", "..", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), content, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	output(t, dir, os.Environ(), "go", "mod", "download", "all")
}

func (d *downstream) write(name, content string) {
	d.t.Helper()
	path := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

func (d *downstream) read(name string) string {
	d.t.Helper()
	content, err := os.ReadFile(filepath.Join(d.dir, filepath.FromSlash(name)))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(content)
}

func (d *downstream) run(command string, args ...string) string {
	d.t.Helper()
	return output(d.t, d.dir, d.env, command, args...)
}

func output(t *testing.T, dir string, env []string, command string, args ...string) string {
	t.Helper()
	cmd := exec.Command(command, args...)
	cmd.Dir, cmd.Env = dir, env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", command, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// proxy lays this module out as a module proxy does and returns its folder.
func proxy(t *testing.T) string {
	t.Helper()
	root := filepath.Join("..", "..")
	dir := t.TempDir()
	versions := filepath.Join(dir, filepath.FromSlash(modulePath), "@v")
	if err := os.MkdirAll(versions, 0o755); err != nil {
		t.Fatal(err)
	}
	gomod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"list":                  moduleVersion + "\n",
		moduleVersion + ".info": `{"Version":"` + moduleVersion + `"}`,
		moduleVersion + ".mod":  string(gomod),
	} {
		if err := os.WriteFile(filepath.Join(versions, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	zipModule(t, root, filepath.Join(versions, moduleVersion+".zip"))
	return dir
}

func zipModule(t *testing.T, root, name string) {
	t.Helper()
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			_, err := os.Stat(filepath.Join(path, "go.mod"))
			isOtherModule := err == nil && rel != "."
			if isOtherModule || rel == "build" || strings.HasPrefix(entry.Name(), ".") && rel != "." {
				return filepath.SkipDir
			}
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		w, err := archive.Create(modulePath + "@" + moduleVersion + "/" + filepath.ToSlash(rel))
		if err != nil {
			return err
		}
		_, err = w.Write(content)
		return err
	})
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

const downstreamSpec = `format: 1
categories:
  permanent: {title: Permanent, action: fail, who: developer}
  transient: {title: Transient, action: retry, who: client}
policies:
  backoff: {growth: exponential, base: 1s, factor: 2, max: 32s, retries: 4}
apis:
  payments:
    reply:
      - json: {ok: {at: /ok, equals: true}, code: [/error]}
    delay:
      - {header: Retry-After}
    codes:
      CARD_DECLINED: {meaning: The bank refused the card, fix: Ask for another card, category: permanent}
      BUSY: {meaning: Too many requests, fix: Slow down, category: transient, retry: backoff}
`

const downstreamMain = `package main

import (
	"fmt"
	"net/http"

	"example.com/downstream/payments"
	"github.com/errkb/errkb/classify"
)

//go:generate go tool gen generate --spec errors.yaml --go . --docs docs

func main() {
	d := payments.Classify(classify.Reply{
		Status: http.StatusTooManyRequests,
		Header: http.Header{"Retry-After": {"7"}},
		Body:   []byte(` + "`" + `{"ok":false,"error":"BUSY"}` + "`" + `),
	})
	code, _ := payments.ParseCode(d.Code)
	fmt.Println(d.Action, d.Wait(0), d.Entry.Fix, code == payments.Busy)
}
`

// TestDownstreamGenerate does what a user does in a repository of their own.
func TestDownstreamGenerate(t *testing.T) {
	d := newDownstream(t)
	d.write("errors.yaml", downstreamSpec)
	d.run("go", "get", "-tool", modulePath+"/cmd/gen@"+moduleVersion)
	d.write("main.go", downstreamMain)
	d.run("go", "generate", "./...")
	d.run("go", "build", "./...")
	d.run("go", "vet", "./...")
	if got, want := d.run("go", "run", "."), "retry 7s Slow down true\n"; got != want {
		t.Errorf("the program prints %q, want %q", got, want)
	}
	if !strings.Contains(d.read("docs/payments/busy.md"), "Slow down") {
		t.Error("the docs do not hold the fix")
	}
	d.run("go", "tool", "gen", "generate", "--spec", "errors.yaml", "--go", ".", "--docs", "docs", "--check")

	d.run("go", "tool", "gen", "site", "--spec", "errors.yaml", "--out", "site")
	if !strings.Contains(d.read("site/c/payments/busy.html"), "Slow down") || !strings.Contains(d.read("site/lookup.js"), "CARD_DECLINED") {
		t.Error("the site does not hold the codes")
	}
	d.run("go", "tool", "gen", "generate", "--spec", "errors.yaml", "--go", ".", "--docs", "docs", "--site", "site", "--check")

	before := d.read("payments/decisions.go")
	d.run("go", "run", modulePath+"/cmd/gen@"+moduleVersion, "generate", "--spec", "errors.yaml", "--go", ".")
	if d.read("payments/decisions.go") != before {
		t.Error("go run makes other code than go tool")
	}
}

// TestDownstreamImport imports generated code, and must not bring along anything
// of the generator.
func TestDownstreamImport(t *testing.T) {
	d := newDownstream(t)
	d.write("main.go", `package main

import (
	"fmt"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/generated/captchaai"
)

func main() {
	d := captchaai.Classify(classify.Reply{Body: []byte("ERROR_NO_SLOT_AVAILABLE")})
	fmt.Println(d.Action, d.Wait(0), d.Policy.Retries)
}
`)
	d.run("go", "get", modulePath+"@"+moduleVersion)
	d.run("go", "mod", "tidy")
	if got, want := d.run("go", "run", "."), "retry 5s 3\n"; got != want {
		t.Errorf("the program prints %q, want %q", got, want)
	}
	gomod := d.read("go.mod")
	if strings.Count(gomod, "require") != 1 || !strings.Contains(gomod, "require "+modulePath+" "+moduleVersion) {
		t.Errorf("go.mod requires more than this module:\n%s", gomod)
	}
	for line := range strings.Lines(d.read("go.sum")) {
		if !strings.HasPrefix(line, modulePath+" ") {
			t.Errorf("go.sum has a line of another module: %s", line)
		}
	}
}
