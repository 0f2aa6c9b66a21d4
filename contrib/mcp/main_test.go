package errkbmcp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// built is the folder of the two commands.
var built string

func TestMain(m *testing.M) {
	if kind := os.Getenv("ERRKB_FAKE_GEN"); kind != "" {
		fakeGen(kind)
		return
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if built, err = os.MkdirTemp("", "errkbmcp"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(built)
	for _, args := range [][]string{
		{"build", "-C", "../..", "-o", binary("gen"), "./cmd/gen"},
		{"build", "-o", binary("errkbmcp"), "./cmd/errkbmcp"},
	} {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go %s: %v\n%s", strings.Join(args, " "), err, out)
			return 1
		}
	}
	return m.Run()
}

func binary(name string) string {
	own, _ := os.Executable()
	return filepath.Join(built, name+filepath.Ext(strings.TrimSuffix(own, ".test")))
}

// fakeGen is a command that does not do what it should.
func fakeGen(kind string) {
	switch {
	case os.Args[1] == "version":
		fmt.Println("gen fake")
	case kind == "sleeps":
		os.WriteFile(os.Getenv("ERRKB_FAKE_FILE"), fmt.Append(nil, os.Getpid()), 0o644)
		time.Sleep(time.Minute)
	case kind == "floods":
		line := bytes.Repeat([]byte("x"), 1<<16)
		for {
			if _, err := os.Stdout.Write(line); err != nil {
				time.Sleep(time.Minute)
			}
		}
	case kind == "babbles":
		fmt.Println("no JSON")
	}
}

// connect starts a server with flags, and a client of it. A folder is where it is started.
func connect(t *testing.T, dir string, flags ...string) *mcp.ClientSession {
	t.Helper()
	command := exec.Command(binary("errkbmcp"), flags...)
	command.Dir = dir
	return connectTo(t, command)
}

func connectTo(t *testing.T, command *exec.Cmd) *mcp.ClientSession {
	t.Helper()
	var words bytes.Buffer
	command.Stderr = &words
	client := mcp.NewClient(&mcp.Implementation{Name: "test"}, nil)
	session, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: command}, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, words.String())
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil && command.ProcessState.ExitCode() != 0 {
			t.Errorf("close: %v", err)
		}
		if words.Len() > 0 {
			t.Errorf("the server says %s", words.String())
		}
	})
	return session
}

// printed is what the command prints.
type printed struct {
	out    []byte
	words  string
	status int
}

// gen runs the command as its user does.
func gen(t *testing.T, dir, stdin string, args ...string) printed {
	t.Helper()
	command := exec.Command(binary("gen"), args...)
	command.Dir = dir
	command.Stdin = strings.NewReader(stdin)
	var out, words bytes.Buffer
	command.Stdout, command.Stderr = &out, &words
	if err := command.Run(); err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	return printed{out.Bytes(), strings.TrimSpace(words.String()), command.ProcessState.ExitCode()}
}

// call calls a tool, and fails on an error of the protocol.
func call(t *testing.T, session *mcp.ClientSession, tool string, args map[string]any) *mcp.CallToolResult {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, args, err)
	}
	return result
}

// texts returns the texts of a result.
func texts(t *testing.T, result *mcp.CallToolResult) []string {
	t.Helper()
	var all []string
	for _, content := range result.Content {
		text, ok := content.(*mcp.TextContent)
		if !ok {
			t.Fatalf("content %T", content)
		}
		all = append(all, text.Text)
	}
	return all
}

// value returns JSON as values, with the digits of numbers.
func value(t *testing.T, text []byte) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
	return v
}

// structured returns the structured content as values.
func structured(t *testing.T, result *mcp.CallToolResult) any {
	t.Helper()
	text, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	return value(t, text)
}

// write writes a file, and returns its path.
func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
