package vet_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/errkb/errkb/contrib/vet"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), vet.Analyzer, "./...")
}

// TestTool runs the command as go vet does, which passes facts on from package to package in
// files.
func TestTool(t *testing.T) {
	tool := filepath.Join(t.TempDir(), "errkbvet")
	if out, err := exec.Command("go", "build", "-o", tool, "./cmd/errkbvet").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	command := exec.Command("go", "vet", "-vettool="+tool, "./...")
	command.Dir = analysistest.TestData()
	out, err := command.CombinedOutput()
	const want = `a/a.go:17:15: "ERROR_ZERO_BALANCE" is captchaai.ErrorZeroBalance: compare that with the Code of captchaai.ParseCode, or use errors.Is`
	if err == nil || !strings.Contains(string(out), want) {
		t.Errorf("%v\n%s\nwant %s", err, out, want)
	}
}
