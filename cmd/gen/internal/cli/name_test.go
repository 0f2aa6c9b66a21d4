package cli_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/cli"
)

func TestName(t *testing.T) {
	kept := strings.Repeat("0123456789abcdef", 4) + "-d"
	for path, want := range map[string]string{
		"gen":                                            "gen",
		filepath.Join("bin", "errkb"):                    "errkb",
		filepath.Join("bin", "errkb.exe"):                "errkb",
		filepath.Join("bin", "$(id)"):                    "",
		filepath.Join("bin", "x'y"):                      "",
		filepath.Join("bin", "-gen"):                     "",
		filepath.Join("bin", "a\x1b[1m"):                 "",
		filepath.Join("go-build1", "exe", "x"):           "x",
		filepath.Join("go-build", "01", kept, "gen"):     "go tool gen",
		filepath.Join("go-build", "01", kept, "gen.exe"): "go tool gen",
	} {
		if got := cli.Name(path); got != want {
			t.Errorf("%s is called %q, want %q", path, got, want)
		}
	}
}

// TestCalledAs lets help, messages and completion say how the command was called.
func TestCalledAs(t *testing.T) {
	as := func(name string, args ...string) string {
		var out bytes.Buffer
		cli.MainAs(name, args, strings.NewReader(""), &out, &out)
		return out.String()
	}
	for _, test := range []struct{ name, want string }{
		{"gen", "gen: unknown flag: --none\nrun 'gen check --help' for usage\n"},
		{"errkb", "errkb: unknown flag: --none\nrun 'errkb check --help' for usage\n"},
		{"go tool gen", "gen: unknown flag: --none\nrun 'go tool gen check --help' for usage\n"},
	} {
		if got := as(test.name, "check", "--none"); got != test.want {
			t.Errorf("%s check --none:\n%swant\n%s", test.name, got, test.want)
		}
	}
	if got, want := as("go tool gen", "chek"), "gen: unknown command \"chek\"; did you mean \"check\"?\nrun 'go tool gen --help' for usage\n"; got != want {
		t.Errorf("go tool gen chek:\n%swant\n%s", got, want)
	}
	if got := as("errkb", "version"); !strings.HasPrefix(got, "gen ") {
		t.Errorf("errkb version says %q, want which program it is", got)
	}
	if got := as("go tool gen", "--help"); !strings.HasPrefix(got, "gen turns ") || !strings.Contains(got, "  go tool gen [command]\n") || !strings.Contains(got, `"go tool gen help [COMMAND]"`) && !strings.Contains(got, `"go tool gen [command] --help"`) {
		t.Errorf("go tool gen --help:\n%s", got)
	}
	for _, shell := range []string{"bash", "zsh", "fish"} {
		got := as("errkb", "completion", shell)
		if !strings.Contains(got, "errkb") || strings.Contains(got, " gen ") || strings.Contains(got, "__start_gen") {
			t.Errorf("the completion of %s is not of errkb:\n%.600s", shell, got)
		}
	}
	if got := as("errkb", "completion", "--help"); !strings.Contains(got, "source <(errkb completion bash)") {
		t.Errorf("errkb completion --help:\n%s", got)
	}
}
