package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
)

// TestReadme runs the commands whose output README.md shows.
func TestReadme(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	spec := strings.Replace(payments(t), "category: transient, retry", "category: tranzient, retry", 1)
	t.Chdir(t.TempDir())
	if err := os.WriteFile("errors.yaml", []byte(spec), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, example := range []struct {
		args  []string
		stdin string
	}{
		{[]string{"classify", "--api", "captchaai", "--operation", "submit"}, `{"status":0,"request":"ERROR_NO_SLOT_AVAILABLE"}`},
		{[]string{"check", "--spec", "errors.yaml"}, ""},
	} {
		var out, errs bytes.Buffer
		cli.Main(example.args, strings.NewReader(example.stdin), &out, &errs)
		if out.Len() == 0 || !strings.Contains(string(content), out.String()) {
			t.Errorf("README.md does not show what gen %s prints:\n%s", strings.Join(example.args, " "), out.String())
		}
	}
}

// TestReadmeSite runs the command by which README.md makes a site.
func TestReadmeSite(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	const command = "go tool gen site --spec errors.yaml --out site"
	if !strings.Contains(string(content), "\n"+command+"\n") {
		t.Fatalf("README.md does not show %s", command)
	}
	spec := payments(t)
	t.Chdir(t.TempDir())
	if err := os.WriteFile("errors.yaml", []byte(spec), 0o644); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if status := cli.Main(strings.Fields(command)[3:], strings.NewReader(""), &out, &out); status != 0 {
		t.Errorf("%s: exit status %d\n%s", command, status, out.String())
	}
	if _, err := os.Stat(filepath.Join("site", "index.html")); err != nil {
		t.Error(err)
	}
}

// payments is the spec of a user.
func payments(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "payments.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
