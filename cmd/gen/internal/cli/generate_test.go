package cli_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// contents returns the files under a directory with their contents.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(at string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(at)
		name, _ := filepath.Rel(dir, at)
		files[filepath.ToSlash(name)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestGenerate(t *testing.T) {
	shop, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("shop.yaml", shop, 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"generate", "--spec", "shop.yaml", "--go", ".", "--docs", "docs/errors"}
	checked := append(slices.Clone(args), "--check")

	stdout, stderr, status := run("", checked...)
	if status != 1 || !strings.Contains(stdout, filepath.Join("shop", "codes.go")+": missing\n") || len(contents(t, dir)) != 1 {
		t.Fatalf("check before: exit status %d\n%s%s", status, stdout, stderr)
	}
	stdout, stderr, status = run("", args...)
	made := contents(t, dir)
	n := len(made) - 1
	if want := fmt.Sprintf("gen: wrote %d of %d files\n", n, n); status != 0 || stdout != "" || stderr != want {
		t.Fatalf("exit status %d\n%s%s\nwant %s", status, stdout, stderr, want)
	}
	for name, spec := range map[string]string{
		"shop/codes.go": "shop.yaml", "mail/decisions.go": "shop.yaml",
		"docs/errors/catalog.json": "../../shop.yaml", "docs/errors/index.md": "../../shop.yaml",
	} {
		if !strings.Contains(made[name], model.Mark(spec)) {
			t.Errorf("%s is missing, or lacks the mark", name)
		}
	}
	if stdout, stderr, status = run("", checked...); status != 0 || stdout+stderr != "" {
		t.Errorf("check after: exit status %d\n%s%s", status, stdout, stderr)
	}
	if _, stderr, _ = run("", args...); stderr != fmt.Sprintf("gen: %d files, all up to date\n", n) {
		t.Errorf("second run: %s", stderr)
	}

	t.Run("edited", func(t *testing.T) {
		edited := strings.Replace(made["shop/codes.go"], "The purse is empty", "The purse is full", 1)
		if err := os.WriteFile("shop/codes.go", []byte(edited), 0o644); err != nil {
			t.Fatal(err)
		}
		stdout, stderr, status := run("", checked...)
		if status != 1 || !strings.Contains(stdout, "codes.go: differs at line ") || !strings.Contains(stdout, "got:") ||
			stderr != "gen: 1 file is not what shop.yaml makes; generate again, without --check\n" {
			t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
		}
		if _, stderr, _ := run("", args...); stderr != fmt.Sprintf("gen: wrote 1 of %d files\n", n) {
			t.Errorf("repair: %s", stderr)
		}
	})
	t.Run("self-test", func(t *testing.T) {
		if _, stderr, status := run("", append(slices.Clone(args), "--self-test")...); status != 0 || stderr != fmt.Sprintf("gen: wrote 2 of %d files\n", n+2) {
			t.Errorf("with: exit status %d, %s", status, stderr)
		}
		if _, stderr, status := run("", args...); status != 0 || stderr != fmt.Sprintf("gen: removed mail/mail_test.go\ngen: removed shop/shop_test.go\ngen: wrote 0 of %d files, removed 2\n", n) {
			t.Errorf("without: exit status %d, %s", status, stderr)
		}
	})
	t.Run("broken spec", func(t *testing.T) {
		broken := strings.Replace(string(shop), "retry: slow", "retry: slwo", 1)
		stdout, stderr, status := run(broken, "generate", "--spec", "-", "--go", ".", "--docs", "docs/errors")
		if status != 1 || stdout != "" || !strings.Contains(stderr, `"slwo"`) || !strings.Contains(stderr, "gen: stdin has 1 error; nothing is written\n") {
			t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
		}
	})
	t.Run("file in the way", func(t *testing.T) {
		if err := os.WriteFile("docs/errors/index.md", []byte("# Mine\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(shop), "The purse is empty", "The purse is void", 1)
		if err := os.WriteFile("shop.yaml", []byte(changed), 0o644); err != nil {
			t.Fatal(err)
		}
		before := contents(t, dir)
		for _, args := range [][]string{args, checked} {
			_, stderr, status := run("", args...)
			if status != 1 || !strings.Contains(stderr, filepath.Join("docs", "errors", "index.md")+": ") {
				t.Errorf("exit status %d, %s", status, stderr)
			}
		}
		if diff := cmp.Diff(before, contents(t, dir)); diff != "" {
			t.Errorf("files have changed:\n%s", diff)
		}
		if err := os.WriteFile("docs/errors/index.md", []byte(made["docs/errors/index.md"]), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("shop.yaml", shop, 0o644); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("no directory", func(t *testing.T) {
		if _, stderr, status := run("", "generate", "--spec", "shop.yaml", "--go", "shop.yaml/x"); status != 1 || stderr != "gen: shop.yaml: is not a directory\ngen: nothing is written\n" {
			t.Errorf("exit status %d, %s", status, stderr)
		}
	})
	if diff := cmp.Diff(made, contents(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestGenerateSeparateCodes(t *testing.T) {
	shop, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("shop.yaml", shop, 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"generate", "--spec", "shop.yaml", "--go", "internal/errs", "--separate-codes"}
	if _, stderr, status := run("", args...); status != 1 || !strings.Contains(stderr, "no go.mod in ") {
		t.Errorf("without a module: exit status %d, %s", status, stderr)
	}
	if err := os.WriteFile("go.mod", []byte("// A module.\nmodule \"example.com/app\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, stderr, status := run("", args...); status != 0 || stderr != "gen: wrote 8 of 8 files\n" {
		t.Fatalf("exit status %d, %s", status, stderr)
	}
	if code, path := contents(t, dir)["internal/errs/shop/codes.go"], `"example.com/app/internal/errs/shop/shopcodes"`; !strings.Contains(code, path) {
		t.Errorf("the package does not import %s:\n%s", path, code)
	}
	if _, stderr, status := run("", args[:len(args)-1]...); status != 0 || !strings.HasPrefix(stderr, "gen: removed "+filepath.FromSlash("internal/errs/mail/mailcodes/codes.go")+"\ngen: removed ") {
		t.Errorf("without the flag: exit status %d, %s", status, stderr)
	}
}

func TestGenerateWarns(t *testing.T) {
	_, stderr, status := run("", "generate", "--spec", "testdata/warning.yaml", "--go", t.TempDir())
	if status != 0 || !strings.Contains(stderr, ": warning: ") || !strings.Contains(stderr, "gen: wrote 3 of 3 files\n") {
		t.Errorf("exit status %d, %s", status, stderr)
	}
}

// On a terminal the sum of the problems follows them.
func TestResultsComeBeforeTheirSum(t *testing.T) {
	var both bytes.Buffer
	if status := cli.Main([]string{"check", "--spec", "testdata/bad.yaml"}, nil, &both, &both); status != 1 {
		t.Errorf("exit status %d", status)
	}
	if got := both.String(); !strings.HasPrefix(got, "testdata/bad.yaml:4:29: ") || !strings.HasSuffix(got, "gen: testdata/bad.yaml has 4 errors\n") {
		t.Errorf("output = %s", got)
	}
}

// TestGenerateTwoSpecs has two specs of the same file name write to one place:
// neither removes what the other made.
func TestGenerateTwoSpecs(t *testing.T) {
	dir := t.TempDir()
	for _, api := range []string{"one", "two", "one"} {
		spec := filepath.Join(dir, api, "errors.yaml")
		content := "format: 1\ntitle: " + api + " errors\ncategories: {bad: {action: fail}}\napis:\n  " + api +
			":\n    statuses: {400: {category: bad, fix: Mend it}}\n"
		if err := os.MkdirAll(filepath.Dir(spec), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(spec, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, stderr, status := run("", "generate", "--spec", spec, "--go", filepath.Join(dir, "go")); status != 0 {
			t.Fatalf("exit status %d\n%s", status, stderr)
		}
	}
	for _, api := range []string{"one", "two"} {
		if _, err := os.Stat(filepath.Join(dir, "go", api, "codes.go")); err != nil {
			t.Error(err)
		}
	}
}

// TestGenerateTyped has the modules of other languages written as the Go packages
// are: compared, removed where an API is gone, and never in place of a user's file.
func TestGenerateTyped(t *testing.T) {
	shop, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	spec := filepath.Join(t.TempDir(), "shop.yaml")
	write(spec, string(shop))
	if err := os.Mkdir("web", 0o755); err != nil {
		t.Fatal(err)
	}
	write("web/index.ts", "export * from \"./shop.js\";\n")
	args := []string{"generate", "--spec", spec, "--ts", "web", "--py", "tools/errors"}
	expect := func(wantStatus int, wantErr string, extra ...string) {
		t.Helper()
		if stdout, stderr, status := run("", append(slices.Clone(args), extra...)...); status != wantStatus || !strings.Contains(stdout+stderr, wantErr) {
			t.Errorf("exit status %d, want %d and %q\n%s%s", status, wantStatus, wantErr, stdout, stderr)
		}
	}
	expect(1, filepath.Join("web", "mail.ts")+": missing", "--check")
	expect(0, "wrote 8 of 8 files")
	expect(0, "", "--check")
	for _, name := range []string{"web/shop.ts", "web/mail.ts", "tools/errors/shop.py", "tools/errors/mail.py", "web/shop.table.json", "tools/errors/shop.table.json"} {
		if made := contents(t, ".")[name]; !strings.Contains(made, model.Mark("shop.yaml (Shop errors)")) {
			t.Errorf("%s is missing, or lacks the mark", name)
		}
	}
	write(spec, strings.Replace(string(shop), "\n  mail:\n", "\n  post:\n", 1))
	expect(1, filepath.Join("tools", "errors", "mail.py")+": ", "--check")
	expect(0, "wrote 4 of 8 files, removed 4")
	write(spec, string(shop))
	write("web/mail.ts", "export {};\n")
	before := contents(t, ".")
	expect(1, filepath.Join("web", "mail.ts")+": is not a file of this generator")
	if diff := cmp.Diff(before, contents(t, ".")); diff != "" || before["web/index.ts"] == "" {
		t.Errorf("files have changed:\n%s", diff)
	}
}
