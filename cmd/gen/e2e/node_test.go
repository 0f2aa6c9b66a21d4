package e2e_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// node runs a script of the folder node with Node.js. The script reads the input
// as JSON from its standard input, and answers with JSON on its standard output.
func node[T any](t *testing.T, script string, input any) T {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal("no Node.js in the path: run scripts/need node npm, or apt-get install nodejs npm")
	}
	if _, err := os.Stat("node_modules"); err != nil {
		t.Fatal("no folder cmd/gen/e2e/node_modules: run make test-browser, or npm ci there")
	}
	asked, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "node", filepath.Join("node", script))
	command.Stdin = bytes.NewReader(asked)
	var said bytes.Buffer
	command.Stderr = &said
	answer, err := command.Output()
	if err != nil {
		t.Fatalf("node %s: %v\n%s", script, err, said.String())
	}
	var result T
	if err := json.Unmarshal(answer, &result); err != nil {
		t.Fatalf("node %s: %v in %.500q\n%s", script, err, answer, said.String())
	}
	return result
}
