package downstream_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const userMain = `package main

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
	fmt.Println(d.Action, d.Wait(0), d.Entry.Fix(), code == payments.Busy)
}
`

// TestGenerate does what a user does in their own repository.
func TestGenerate(t *testing.T) {
	t.Parallel()
	m := newUserModule(t)
	m.write("errors.yaml", read(t, filepath.Join("..", "testdata", "payments.yaml")))
	m.run("go", "get", "-tool", modulePath+"/cmd/gen@"+moduleVersion)
	m.write("main.go", userMain)
	m.run("go", "generate", "./...")
	m.run("go", "build", "./...")
	m.run("go", "vet", "./...")
	if got, want := m.run("go", "run", "."), "retry 7s Slow down true\n"; got != want {
		t.Errorf("the program prints %q, want %q", got, want)
	}
	if !strings.Contains(m.read("docs/payments/busy.md"), "Slow down") {
		t.Error("the docs do not hold the fix")
	}
	m.run("go", "tool", "gen", "generate", "--spec", "errors.yaml", "--go", ".", "--docs", "docs", "--check")

	m.run("go", "tool", "gen", "site", "--spec", "errors.yaml", "--out", "site")
	if !strings.Contains(m.read("site/c/payments/busy.html"), "Slow down") || !strings.Contains(m.read("site/words.js"), "CARD_DECLINED") {
		t.Error("the site does not hold the codes")
	}
	m.run("go", "tool", "gen", "generate", "--spec", "errors.yaml", "--go", ".", "--docs", "docs", "--site", "site", "--check")

	before := m.read("payments/decisions.go")
	m.run("go", "run", modulePath+"/cmd/gen@"+moduleVersion, "generate", "--spec", "errors.yaml", "--go", ".")
	if m.read("payments/decisions.go") != before {
		t.Error("go run makes other code than go tool")
	}
	fromFiles(t, m)
}

// fromFiles splits the spec of a module into two files of a directory, adds a code to one of
// them, and generates from both.
func fromFiles(t *testing.T, m *userModule) {
	t.Helper()
	common, apis, _ := strings.Cut(m.read("errors.yaml"), "\napis:\n")
	m.write("errors/common.yaml", common+"\n")
	m.write("errors/payments.yaml", "apis:\n"+apis)
	m.write("errors/refunds.yaml", "apis: {payments: {codes: {TOO_LATE: {category: transient, retry: backoff, meaning: Too late, fix: Ask again}}}}\n")
	for _, made := range []string{"payments", "docs"} { // they are of the other file
		if err := os.RemoveAll(filepath.Join(m.dir, made)); err != nil {
			t.Fatal(err)
		}
	}
	m.write("main.go", strings.Replace(userMain, "--spec errors.yaml", "--spec errors", 1))
	m.run("go", "generate", "./...")
	if got, want := m.run("go", "run", "."), "retry 7s Slow down true\n"; got != want {
		t.Errorf("from several files, the program prints %q, want %q", got, want)
	}
	if !strings.Contains(m.read("payments/codes.go"), "TooLate") || !strings.Contains(m.read("docs/payments/too-late.md"), "errkb from errors/common.yaml;") {
		t.Error("what is generated from several files lacks a code of one")
	}
}

// TestRename does the first steps of README.md, and then gives the API of the starter another
// name, by which files go that the go command may have listed.
func TestRename(t *testing.T) {
	t.Parallel()
	m := newUserModule(t)
	m.run("go", "get", "-tool", modulePath+"/cmd/gen@"+moduleVersion)
	m.run("go", "tool", "gen", "init")
	generate := readmeCommand(t, "go generate")
	m.run(generate[0], generate[1:]...)
	m.write("errors.yaml", strings.Replace(m.read("errors.yaml"), "\n  example:\n", "\n  shop:\n", 1))
	m.run(generate[0], generate[1:]...)
	m.run("go", "build", "./...")
	if !strings.Contains(m.read("shop/codes.go"), "package shop") {
		t.Error("the package has not got the new name")
	}
}

// readmeCommand returns the command of README.md that starts so, in its words.
func readmeCommand(t *testing.T, start string) []string {
	t.Helper()
	for line := range strings.Lines(read(t, filepath.Join("..", "..", "..", "README.md"))) {
		command, _, _ := strings.Cut(line, "#")
		if strings.HasPrefix(command, start) {
			return strings.Fields(command)
		}
	}
	t.Fatalf("README.md has no line that starts with %q", start)
	return nil
}

// TestImport imports generated code, and must not bring along anything
// of the generator.
func TestImport(t *testing.T) {
	t.Parallel()
	m := newUserModule(t)
	m.write("main.go", `package main

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
	m.run("go", "get", modulePath+"@"+moduleVersion)
	m.run("go", "mod", "tidy")
	if got, want := m.run("go", "run", "."), "retry 5s 3\n"; got != want {
		t.Errorf("the program prints %q, want %q", got, want)
	}
	gomod := m.read("go.mod")
	if strings.Count(gomod, "require") != 1 || !strings.Contains(gomod, "require "+modulePath+" "+moduleVersion) {
		t.Errorf("go.mod requires more than this module:\n%s", gomod)
	}
	for line := range strings.Lines(m.read("go.sum")) {
		if !strings.HasPrefix(line, modulePath+" ") {
			t.Errorf("go.sum has a line of another module: %s", line)
		}
	}
}
