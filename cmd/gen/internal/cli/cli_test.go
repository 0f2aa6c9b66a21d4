package cli_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/cli"
	"github.com/errkb/errkb/cmd/gen/internal/lookup"
	"github.com/errkb/errkb/spec"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// run runs the command and returns what it printed and its exit status.
func run(stdin string, args ...string) (stdout, stderr string, status int) {
	var out, messages bytes.Buffer
	status = cli.Main(args, strings.NewReader(stdin), &out, &messages)
	return out.String(), messages.String(), status
}

// Every case is a golden file that holds all that comes out of the command.
func TestGolden(t *testing.T) {
	const shop, varied = "testdata/shop.yaml", "testdata/varied.yaml"
	const secret = `{"error":{"reason":"sk-12345","code":"FULL","id":"r-1","field":"shelf","key":"sk-12345","message":"no room for sk-12345"}}`
	tests := []struct {
		name  string
		args  []string
		stdin string
	}{
		{name: "help", args: []string{"help"}},
		{name: "help-classify", args: []string{"help", "classify"}},
		{name: "help-site", args: []string{"help", "site"}},
		{name: "help-serve", args: []string{"help", "serve"}},

		{name: "check-good", args: []string{"check", "--spec", shop}},
		{name: "check-bad", args: []string{"check", "--spec", "testdata/bad.yaml"}},
		{name: "check-bad-json", args: []string{"check", "--spec", "testdata/bad.yaml", "-o", "json"}},
		{name: "check-bad-github", args: []string{"check", "--spec", "testdata/bad.yaml", "-o", "github"}},
		{name: "check-warning", args: []string{"check", "--spec", "testdata/warning.yaml"}},
		{name: "check-good-json", args: []string{"check", "--spec", shop, "-o", "json"}},
		{name: "check-stdin", args: []string{"check", "--spec", "-"}, stdin: "format: 2\n"},

		{name: "explain-code", args: []string{"explain", "--spec", shop, "NO_GOODS"}},
		{name: "explain-two-apis", args: []string{"explain", "--spec", shop, "NO_MONEY"}},
		{name: "explain-one-api", args: []string{"explain", "--spec", shop, "--api", "mail", "NO_MONEY"}},
		{name: "explain-override", args: []string{"explain", "--spec", shop, "FULL"}},
		{name: "explain-retired", args: []string{"explain", "--spec", shop, "OLD_GOODS"}},
		{name: "explain-json", args: []string{"explain", "--spec", shop, "-o", "json", "NOT_YET"}},
		{name: "explain-stdin", args: []string{"explain", "--spec", shop, "-"}, stdin: "HTTP/1.1 429 Too Many Requests\n"},
		{name: "explain-unsent", args: []string{"explain", "--spec", shop, "-"}, stdin: "java.net.SocketTimeoutException: connect timed out\n"},
		{name: "explain-nothing", args: []string{"explain", "--spec", shop, "qqqqqqqq"}},
		{name: "explain-nearest", args: []string{"explain", "--spec", shop, "NEW_GOODS_GONE"}},
		{name: "explain-nothing-json", args: []string{"explain", "--spec", shop, "qqqqqqqq", "-o", "json"}},
		{name: "explain-bad-spec", args: []string{"explain", "--spec", "testdata/bad.yaml", "FULL"}},

		{name: "classify-code", args: []string{"classify", "--spec", shop, "--api", "shop", "--status", "429", "--operation", "buy"}, stdin: `{"code":"FULL"}`},
		{name: "classify-override", args: []string{"classify", "--spec", shop, "--api", "shop", "--operation", "ask"}, stdin: `{"code":"FULL"}`},
		{name: "classify-server", args: []string{"classify", "--spec", shop, "--api", "shop", "--status", "429", "--header", "retry-after: 7", "-"}, stdin: "<html>"},
		{name: "classify-server-too-long", args: []string{"classify", "--spec", shop, "--api", "shop", "--status", "429", "--header", "Retry-After: 3600"}},
		{name: "classify-server-json", args: []string{"classify", "--spec", shop, "--api", "shop", "--status", "429", "--header", "Retry-After: 7", "-o", "json"}},
		{name: "classify-server-too-long-json", args: []string{"classify", "--spec", shop, "--api", "shop", "--status", "429", "--header", "Retry-After: 3600", "-o", "json"}},
		{name: "classify-poll", args: []string{"classify", "--spec", shop, "--api", "shop", "--operation", "ask"}, stdin: `{"code":"NOT_YET"}`},
		{name: "classify-success", args: []string{"classify", "--spec", shop, "--api", "shop", "--status", "200"}, stdin: `{"ok":true}`},
		{name: "classify-success-json", args: []string{"classify", "--spec", shop, "--api", "shop", "--status", "200", "-o", "json"}, stdin: `{"ok":true}`},
		{name: "classify-undecided", args: []string{"classify", "--spec", shop, "--api", "shop", "--status", "200"}, stdin: `{"text":"` + strings.Repeat("x", classify.MaxBody)},
		{name: "classify-unknown", args: []string{"classify", "--spec", shop, "--api", "shop"}, stdin: `{"code":"\u001b[31mNEW"}`},
		{name: "classify-unrecognised", args: []string{"classify", "--spec", shop, "--api", "shop"}, stdin: `hello`},
		{name: "classify-unrecognised-json", args: []string{"classify", "--spec", shop, "--api", "shop", "-o", "json"}, stdin: `hello`},
		{name: "classify-transport", args: []string{"classify", "--spec", shop, "--api", "shop", "--transport", "timeout"}},
		{name: "classify-transport-unlisted", args: []string{"classify", "--spec", shop, "--api", "shop", "--transport", "dns", "-o", "json"}},

		{name: "classify-variant", args: []string{"classify", "--spec", varied, "--status", "429"}, stdin: `{"error":{"message":"10 Per Day"}}`},
		{name: "classify-variant-json", args: []string{"classify", "--spec", varied, "--status", "429", "--header", "X-Late: 1", "-o", "json"}, stdin: `{"error":{"message":"slow down"}}`},
		{name: "classify-server-override", args: []string{"classify", "--spec", varied, "--header", "X-Retry: never"}, stdin: `{"error":{"reason":"NEW","code":"FULL"}}`},
		{name: "classify-server-override-json", args: []string{"classify", "--spec", varied, "--header", "X-Retry: never", "-o", "json"}, stdin: `{"error":{"reason":"NEW","code":"FULL"}}`},
		{name: "classify-places", args: []string{"classify", "--spec", varied}, stdin: secret},
		{name: "classify-places-json", args: []string{"classify", "--spec", varied, "--header", "X-Request-Id: req_1", "-o", "json"}, stdin: secret},
		{name: "explain-places", args: []string{"explain", "--spec", varied, secret}},
		{name: "explain-places-json", args: []string{"explain", "--spec", varied, "-o", "json", secret}},
		{name: "explain-variant", args: []string{"explain", "--spec", varied, "429"}},
		{name: "list-variant", args: []string{"list", "--spec", varied}},
		{name: "list-variant-json", args: []string{"list", "--spec", varied, "-o", "json"}},
		{name: "diff-variant", args: []string{"diff", varied, "-"}, stdin: strings.NewReplacer("per day", "per week", "equals: never}", "equals: stop}").Replace(file(t, varied))},

		{name: "list", args: []string{"list", "--spec", shop}},
		{name: "list-json", args: []string{"list", "--spec", shop, "-o", "json"}},
		{name: "list-one-api", args: []string{"list", "--spec", shop, "--api", "mail"}},

		{name: "vectors", args: []string{"vectors", "--spec", shop}},
		{name: "help-sql", args: []string{"help", "sql"}},
		{name: "help-replies", args: []string{"help", "replies"}},
		{name: "replies-zendesk", args: []string{"replies", "--format", "zendesk", "--spec", varied}},
		{name: "replies-freshdesk", args: []string{"replies", "--format", "freshdesk", "--spec", shop, "--api", "mail", "--into", "4"}},
		{name: "replies-csv", args: []string{"replies", "--format", "csv", "--spec", varied}},
		{name: "replies-none-written", args: []string{"replies", "--format", "json", "--spec", shop, "--no-drafts"}},
		{name: "replies-bad-spec", args: []string{"replies", "--format", "json", "--spec", "testdata/bad.yaml"}},
		{name: "table", args: []string{"table", "--spec", shop, "--api", "shop"}},

		{name: "diff", args: []string{"diff", shop, "testdata/newer.yaml"}},
		{name: "diff-json", args: []string{"diff", shop, "testdata/newer.yaml", "-o", "json"}},
		{name: "diff-same", args: []string{"diff", shop, shop}},
		{name: "diff-bad", args: []string{"diff", shop, "testdata/bad.yaml"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			stdout, stderr, status := run(test.stdin, test.args...)
			got := fmt.Sprintf("$ gen %s\n%s--- messages\n%s--- exit status %d\n", strings.Join(test.args, " "), stdout, stderr, status)
			golden := filepath.Join("testdata", "golden", test.name+".out")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}

// file returns the text of a file.
func file(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The answers to a pasted reply hold its wait, and the page of its entry is named once.
func TestExplainReply(t *testing.T) {
	spec := strings.Replace(file(t, "testdata/shop.yaml"), "format: 1\n", "format: 1\nsite: https://errors.example.com/\n", 1)
	for wait, want := range map[string]int{"7": 2, "3600": 0} {
		got, messages, status := run(spec, "explain", "--spec", "-", "HTTP/1.1 429 Too Many Requests\nRetry-After: "+wait+"\n\n")
		if status != 0 || strings.Count(got, "\n  page ") != 1 {
			t.Errorf("exit status %d, %s, and not one page:\n%s", status, messages, got)
		}
		if n := strings.Count(strings.Join(strings.Fields(got), " "), "asks for a wait of 7 seconds."); n != want {
			t.Errorf("a wait of %s s: %d answers name it, want %d:\n%s", wait, n, want, got)
		}
	}
}

// Wrong uses exit with 2, print nothing on standard output and name what is
// wrong.
func TestUsage(t *testing.T) {
	const shop = "testdata/shop.yaml"
	tests := []struct {
		args []string
		want string
	}{
		{nil, "missing command"},
		{[]string{"lst"}, `unknown command "lst"; did you mean "list"?`},
		{[]string{"help", "nothing"}, `unknown command "nothing"`},
		{[]string{"--nothing"}, "unknown flag: --nothing"},
		{[]string{"list", "--nothing"}, "unknown flag: --nothing"},
		{[]string{"list", "-spec", shop}, "unknown flag -spec; flags use two dashes: --spec"},
		{[]string{"list", "--spec"}, "flag needs an argument: --spec"},
		{[]string{"list", "extra"}, `unexpected argument "extra"`},
		{[]string{"list", "--spec", "testdata/none.yaml"}, "testdata/none.yaml: no such file"},
		{[]string{"list", "--spec", "testdata/golden"}, "the directory testdata/golden holds no file whose name ends in .yaml"},
		{[]string{"list", "--spec", shop, "--spec", ""}, "read spec: an empty name"},
		{[]string{"list", "--spec", "-", "--spec", "-"}, "read spec: - is named twice"},
		{[]string{"schema", "--part", "--overlay"}, "flags --part and --overlay are for different files"},
		{[]string{"list", "--spec", shop, "--api", "bank"}, `unknown api "bank"; known: shop, mail`},
		{[]string{"list", "-o", "github"}, `unknown output format "github"; known: text, json`},
		{[]string{"check", "-o", "xml"}, `unknown output format "xml"; known: text, json, github`},
		{[]string{"check", shop}, "the spec is given by --spec"},
		{[]string{"schema", "extra"}, `unexpected argument "extra"`},
		{[]string{"version", "extra"}, `unexpected argument "extra"`},
		{[]string{"explain", " "}, "missing query"},
		{[]string{"explain", "--api", "bank", "X"}, `unknown api "bank"`},
		{[]string{"explain", "--spec", "-", "-"}, "can't be both"},
		{[]string{"explain", "--spec", "-"}, "can't be both"},
		{[]string{"vectors", "--out", "testdata/"}, `--out "testdata/" is a directory`},
		{[]string{"table"}, "missing flag --api; known: fastcaptcha, captchaai"},
		{[]string{"sql"}, "missing flag --dialect; known: duckdb"},
		{[]string{"sql", "--dialect", "oracle"}, `unknown dialect "oracle"; known: duckdb`},
		{[]string{"sql", "--dialect", "duckdb", "--check"}, "flag --check needs --out"},
		{[]string{"sql", "--dialect", "duckdb", "--api", "bank"}, `unknown api "bank"`},
		{[]string{"sql", "--dialect", "duckdb", "--out", "testdata/"}, `--out "testdata/" is a directory`},
		{[]string{"replies"}, "missing flag --format; known: zendesk, intercom, helpscout, freshdesk, csv, json"},
		{[]string{"replies", "--format", "front"}, `unknown format "front"; known: zendesk, intercom, helpscout, freshdesk, csv, json`},
		{[]string{"replies", "--format", "json", "--check"}, "flag --check needs --out"},
		{[]string{"replies", "--format", "zendesk", "--into", "4"}, "--into is not for the format zendesk"},
		{[]string{"replies", "--format", "freshdesk", "--into", "-4"}, "bad number -4 for --into"},
		{[]string{"replies", "--format", "freshdesk", "--into", "x"}, `invalid argument "x"`},
		{[]string{"replies", "--format", "json", "--api", "bank"}, `unknown api "bank"`},
		{[]string{"replies", "--format", "json", "--out", "testdata/"}, `--out "testdata/" is a directory`},
		{[]string{"replies", "--format", "json", "x"}, `unexpected argument "x"`},
		{[]string{"classify"}, "missing flag --api; known: fastcaptcha, captchaai"},
		{[]string{"classify", "--spec", shop, "--api", "bank"}, `unknown api "bank"`},
		{[]string{"classify", "--spec", shop, "--api", "shop", "--operation", "sell"}, `unknown operation "sell"; known: buy, ask`},
		{[]string{"classify", "--spec", shop, "--api", "mail", "--operation", "sell"}, `unknown operation "sell"; mail has none`},
		{[]string{"classify", "--api", "captchaai", "--status", "99"}, "bad status 99"},
		{[]string{"classify", "--api", "captchaai", "--status", "1000"}, "bad status 1000"},
		{[]string{"classify", "--api", "captchaai", "--status", "0"}, "bad status 0"},
		{[]string{"classify", "--api", "captchaai", "--status", "ok"}, `invalid argument "ok" for "--status" flag: a whole number is wanted` + "\n"},
		{[]string{"generate", "--check=maybe"}, `invalid argument "maybe" for "--check" flag: true or false is wanted` + "\n"},
		{[]string{"classify", "--api", "captchaai", "--header", "Retry-After"}, `bad header "Retry-After"`},
		{[]string{"classify", "--api", "captchaai", "--header", ": 5"}, `bad header ": 5"`},
		{[]string{"classify", "--api", "captchaai", "--header", "A: 5\r\nB: 6"}, "bad header"},
		{[]string{"classify", "--api", "captchaai", "--transport", "gone"}, `unknown transport kind "gone"; known: timeout, connection, dns, tls, canceled`},
		{[]string{"classify", "--api", "captchaai", "--transport", "dns", "--status", "200"}, "there is no reply"},
		{[]string{"classify", "--api", "captchaai", "--transport", "dns", "-"}, "there is no reply"},
		{[]string{"classify", "--api", "captchaai", "testdata/none.txt"}, "testdata/none.txt: no such file"},
		{[]string{"classify", "--api", "captchaai", "a", "b"}, `unexpected argument "b"`},
		{[]string{"classify", "--spec", "-", "--api", "shop"}, "can't be both"},
		{[]string{"diff", shop}, "missing argument"},
		{[]string{"diff", shop, shop, shop}, "unexpected argument"},
		{[]string{"diff", "-", "-"}, "can't be both"},
		{[]string{"diff", shop, "testdata/none.yaml"}, "no such file"},
		{[]string{"generate", "--go", "x"}, "missing flag --spec"},
		{[]string{"generate", "--spec", shop}, "missing flag --go, --server, --ts, --py, --docs or --site"},
		{[]string{"generate", "--spec", shop, "--docs", "x", "--self-test"}, "--self-test needs --go"},
		{[]string{"generate", "--spec", shop, "--docs", "x", "--separate-codes"}, "--separate-codes needs --go"},
		{[]string{"generate", "--spec", shop, "--go", "x", "--pages", "y"}, "unknown flag: --pages"},
		{[]string{"generate", "--spec", shop, "--go", "x", "y"}, `unexpected argument "y"`},
		{[]string{"generate", "--spec", "testdata/none.yaml", "--go", "x"}, "no such file"},
		{[]string{"site"}, "missing flag --out"},
		{[]string{"site", "--spec", shop}, "missing flag --out"},
		{[]string{"site", "--spec", shop, "x"}, `unexpected argument "x"`},
		{[]string{"site", "--spec", "testdata/none.yaml", "--out", "x"}, "no such file"},
		{[]string{"serve", "--spec", shop, "x"}, `unexpected argument "x"`},
		{[]string{"serve", "--spec", "-"}, "standard input can't change"},
		{[]string{"serve", "--spec", shop, "--addr", "8080"}, `bad address "8080"; an address is a host and a port, such as 127.0.0.1:8080`},
		{[]string{"serve", "--spec", shop, "--addr", ""}, `bad address ""`},
		{[]string{"serve", "--spec", shop, "--addr", "localhost:http"}, `bad address "localhost:http"`},
		{[]string{"serve", "--spec", shop, "--addr", "localhost:65536"}, `bad address "localhost:65536"`},
		{[]string{"init", "a", "b"}, `unexpected argument "b"`},
		{[]string{"completion"}, "missing argument"},
		{[]string{"completion", "powershell"}, `unknown shell "powershell"`},
	}
	for _, test := range tests {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			stdout, stderr, status := run("{}", test.args...)
			if status != 2 || stdout != "" || !strings.Contains(stderr, test.want) {
				t.Errorf("exit status %d\nstdout: %s\nstderr: %s\nwant 2, nothing and %q", status, stdout, stderr, test.want)
			}
		})
	}
}

// TestShipped uses the catalog that is part of the command.
func TestShipped(t *testing.T) {
	t.Chdir(t.TempDir()) // nothing is read from beside the sources
	stdout, stderr, status := run("", "list", "-o", "json")
	var list struct {
		Format int
		APIs   []struct {
			Name            string
			Codes, Statuses []struct{ Code string }
		}
	}
	if err := json.Unmarshal([]byte(stdout), &list); err != nil || status != 0 || stderr != "" {
		t.Fatalf("list: exit status %d, %v\n%s", status, err, stderr)
	}
	var got, want []string
	for _, a := range list.APIs {
		got = append(got, fmt.Sprintf("%s %d", a.Name, len(a.Codes)))
	}
	c, _ := check.Load("errors.yaml", spec.Errors)
	for _, a := range c.APIs {
		want = append(want, fmt.Sprintf("%s %d", a.Name, len(a.Codes)+len(a.Prefixes)))
	}
	if !slices.Equal(got, want) || list.Format != 1 {
		t.Errorf("apis = %v, want %v", got, want)
	}
	for _, args := range [][]string{{"check"}, {"explain", "ERROR_ZERO_BALANCE"}, {"schema"}, {"version"}, {"--version"}, {"completion", "bash"}, {"completion", "zsh"}, {"completion", "fish"}} {
		if stdout, stderr, status := run("", args...); status != 0 || stderr != "" || (stdout == "") != (args[0] == "check") {
			t.Errorf("%v: exit status %d\nstdout: %s\nstderr: %s", args, status, stdout, stderr)
		}
	}
	stdout, _, status = run("", "__complete", "classify", "--api", "")
	if want := "fastcaptcha\ncaptchaai\n"; status != 0 || !strings.HasPrefix(stdout, want) {
		t.Errorf("completion of --api = %d, %q, want %q", status, stdout, want)
	}
}

// TestStatusOfOneAPI asks about a status that one API lists and the other covers by
// its class: both are shown in full, as it may come from either.
func TestStatusOfOneAPI(t *testing.T) {
	t.Chdir(t.TempDir())
	stdout, stderr, status := run("", "explain", "500")
	if status != 0 || stderr != "" || !strings.Contains(stdout, "500 of FastCaptcha") ||
		!strings.Contains(stdout, "5xx of CaptchaAI") || strings.Contains(stdout, "less likely") {
		t.Errorf("exit status %d\n%s%s", status, stdout, stderr)
	}
}

// TestSpecPassedOver runs commands without --spec where there is a spec: answers say
// which catalog they are about, and check does not call the spec there fine.
func TestSpecPassedOver(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("errors.yaml", []byte("format: 7\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args   []string
		status int
	}{
		{[]string{"check"}, 2},
		{[]string{"list"}, 0},
		{[]string{"explain", "ERROR_ZERO_BALANCE"}, 0},
		{[]string{"classify", "--api", "captchaai", "--transport", "dns"}, 0},
		{[]string{"site", "--out", "site"}, 0},
	} {
		_, stderr, status := run("", test.args...)
		if status != test.status || !strings.Contains(stderr, "add --spec errors.yaml") {
			t.Errorf("%v: exit status %d, want %d, and the spec here named\n%s", test.args, status, test.status, stderr)
		}
	}
}

func TestClassifyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "body")
	if err := os.WriteFile(file, []byte("ERROR_ZERO_BALANCE\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, _, status := run("", "classify", "--api", "captchaai", "-o", "json", file)
	var decision struct{ Code, Action, Source string }
	if err := json.Unmarshal([]byte(stdout), &decision); err != nil {
		t.Fatal(err)
	}
	if want := (struct{ Code, Action, Source string }{"ERROR_ZERO_BALANCE", "fix_account", "code"}); status != 0 || decision != want {
		t.Errorf("decision = %+v, want %+v", decision, want)
	}
}

// counter is an endless body that counts what is read of it.
type counter int

func (c *counter) Read(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

func TestBodyIsBounded(t *testing.T) {
	var body counter
	if status := cli.Main([]string{"classify", "--api", "captchaai"}, &body, io.Discard, io.Discard); status != 0 {
		t.Errorf("exit status %d", status)
	}
	if body > classify.MaxBody+1024 {
		t.Errorf("read %d bytes", body)
	}
}

// A long text is looked at in part, which is said.
func TestExplainSaysCut(t *testing.T) {
	for _, test := range []struct {
		bytes int
		want  string
	}{
		{classify.MaxBody, ""},
		{classify.MaxBody + 1, "gen: of a reply in the text, only the first 64 KiB are looked at\n"},
		{lookup.MaxText, "gen: of a reply in the text, only the first 64 KiB are looked at\n"},
		{lookup.MaxText + 9, "gen: only the first 1 MiB of the text are looked at, and of a reply in it the first 64 KiB\n"},
	} {
		text := "NO_GOODS " + strings.Repeat(" ", test.bytes-len("NO_GOODS "))
		for _, format := range []string{"text", "json"} {
			_, messages, status := run(text, "explain", "--spec", "testdata/shop.yaml", "-o", format, "-")
			if messages != test.want || status != 0 {
				t.Errorf("%d bytes, %s: exit status %d, messages %q, want %q", test.bytes, format, status, messages, test.want)
			}
		}
	}
}
