package errkbmcp_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestHostile puts texts that look like flags, files and shell into every argument of a
// tool. What they name must neither be read nor written, and they mean what they mean to
// the command on standard input.
func TestHostile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secret := write(t, filepath.Join(dir, "secret.yaml"), strings.ReplaceAll(odd, "ONE:", "STOLEN:"))
	write(t, filepath.Join(dir, "reply.json"), `{"status": 0, "request": "ERROR_ZERO_BALANCE"}`)
	session := connect(t, dir)
	for i, text := range []string{
		"--spec=" + secret, "-", "--", "--output=yaml", secret, "\x1b[2J\x1b]0;x\x07", "-h", "reply.json", "@reply.json",
		"--html=" + filepath.Join(dir, "new.html"), "$(touch new.html)", "x\n--spec=" + secret,
		"\u202Etxt", "\r\n", "%s%n%d", `{"a":`, "é余额",
	} {
		got := call(t, session, "explain", map[string]any{"text": text})
		want := gen(t, dir, text, "explain", "-")
		if said := texts(t, got); got.IsError || said[0] != string(want.out) {
			t.Errorf("explain %q: %q, the command prints %q", text, said, want.out)
		}
		if i > 4 { // each takes runs of the command
			continue
		}
		for tool, args := range map[string]map[string]any{
			"classify": {"api": text, "operation": text, "header": []string{text}, "body": text, "transport": text},
			"entry":    {"api": "captchaai", "kind": text, "code": text},
			"replay":   {"text": "x", "from": text},
		} {
			got := call(t, session, tool, args)
			if said := strings.Join(texts(t, got), "\n"); !got.IsError || strings.Contains(said, "STOLEN") {
				t.Errorf("%s %q: is an error: %t, %q", tool, text, got.IsError, said)
			}
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Errorf("the folder holds %v, %v", files, err)
	}
	if _, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "file://" + secret}); err == nil {
		t.Error("a file is read")
	}
}

// TestSpecChanges wants answers of the spec at the time of the question.
func TestSpecChanges(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "errors.yaml")
	session := connect(t, dir, "--spec", "errors.yaml")
	asks := func() *mcp.CallToolResult {
		return call(t, session, "entry", map[string]any{"api": "empty", "code": "ONE"})
	}
	refuses := func(what string) {
		t.Helper()
		want := gen(t, dir, "", "list", "-o", "json", "--spec", "errors.yaml")
		for tool, args := range map[string]map[string]any{
			"entry": {"api": "empty", "code": "ONE"}, "list": {}, "explain": {"text": "ONE"}, "classify": {}, "replay": {"text": "x"},
		} {
			got := call(t, session, tool, args)
			if diff := cmp.Diff([]string{want.words}, texts(t, got)); !got.IsError || want.words == "" || diff != "" {
				t.Errorf("%s, of %s: is an error: %t (-command +tool):\n%s", tool, what, got.IsError, diff)
			}
		}
		if _, err := session.ListResources(t.Context(), nil); err == nil || !strings.Contains(err.Error(), want.words) {
			t.Errorf("resources of %s: %v", what, err)
		}
	}
	refuses("no spec")
	write(t, path, odd)
	if got := asks(); got.IsError || !strings.Contains(texts(t, got)[0], `"meaning": "One"`) {
		t.Errorf("of a new spec: %q", texts(t, got))
	}
	write(t, path, strings.Replace(odd, "meaning: One,", "meaning: Two,", 1))
	if got := asks(); got.IsError || !strings.Contains(texts(t, got)[0], `"meaning": "Two"`) {
		t.Errorf("of a changed spec: %q", texts(t, got))
	}
	write(t, path, strings.Replace(odd, "category: permanent", "category: permanant", 1))
	refuses("a spec with an error")
	write(t, path, "format: [")
	refuses("a spec that can't be parsed")
}

// TestSeveralFiles wants the answers of a spec in several files, each handed on, to every tool.
func TestSeveralFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	common, apis, _ := strings.Cut(odd, "apis:\n")
	first, second, _ := strings.Cut(apis, "  shop:\n")
	specs := []string{
		"--spec", write(t, filepath.Join(dir, "common.yaml"), common+"apis:\n"+first),
		"--spec", write(t, filepath.Join(dir, "shop.yaml"), "apis:\n  shop:\n"+second),
	}
	session := connect(t, dir, specs...)
	for _, q := range []question{
		{"explain", map[string]any{"text": "ONE"}, []string{"explain"}, "ONE"},
		{"classify", map[string]any{"api": "shop", "status": 429}, []string{"classify", "--api", "shop", "--status", "429"}, ""},
		{"list", map[string]any{"whole": true}, []string{"list"}, ""},
	} {
		got, want := call(t, session, q.tool, q.args), gen(t, dir, q.stdin, append(q.verb, specs...)...)
		if want.status != 0 || got.IsError || texts(t, got)[0] != string(want.out) {
			t.Errorf("%s: %q, the command prints %q %s", q.tool, texts(t, got), want.out, want.words)
		}
	}
}

// fakeCommand is a server whose command does not do what it should.
func fakeCommand(t *testing.T, kind, file string, flags ...string) *exec.Cmd {
	t.Helper()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(binary("errkbmcp"), append([]string{"--gen", own}, flags...)...)
	command.Env = append(os.Environ(), "ERRKB_FAKE_GEN="+kind, "ERRKB_FAKE_FILE="+file)
	return command
}

// TestLimits wants an error where an answer takes too long, or is too long, or is none.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, timeout, want string }{
		{"sleeps", "1s", "gen explain took longer than 1s"},
		{"floods", "1m", "gen explain printed more than 64 MiB"},
		{"babbles", "1m", "gen explain printed no JSON: it is of another version"},
	} {
		t.Run(c.kind, func(t *testing.T) {
			session := connectTo(t, fakeCommand(t, c.kind, filepath.Join(t.TempDir(), "pid"), "--timeout", c.timeout))
			got := call(t, session, "explain", map[string]any{"text": "x"})
			if said := texts(t, got); !got.IsError || len(said) != 1 || said[0] != c.want {
				t.Errorf("%.200q, want %q", said, c.want)
			}
		})
	}
}
