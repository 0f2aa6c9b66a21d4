package cli_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// hostile are texts that come from outside and that a terminal, a log or a runner of
// workflows would obey, or that would hide what stands beside them.
var hostile = map[string]string{
	"escapes":    "\x1b[31mred\x1b]0;title\x07 \u009b31m \x7f\b\x00 a\rb",
	"directions": "\u202eleft\u2066 \u200b\u00ad \ufeff\u2028::error::d\u2029 \U000e0041 \u0085::error::e",
	"commands":   "::error file=a::injected\n::error::second\r::error::third%0A::error::fourth ##[error]fifth",
	"long":       strings.Repeat("long ", 300) + strings.Repeat("l", 30_000),
	"broken":     "\xed\xa0\x80 \xff\xfe \xc3",
}

// maxPrinted is how many characters a line has at most that is not data: a text of the spec
// may have a word of so many.
const maxPrinted = 1500

// annotation is a line of a report for GitHub.
var annotation = regexp.MustCompile(`^::(error|warning) file=[^:,]+(,line=[0-9]+)?(,col=[0-9]+)?,title=[a-z-]+::|^::notice::and `)

// printedRaw says what of a text for people is not printed as it should be. The workflow commands
// of a report for GitHub are not those of its texts.
func printedRaw(text string, isReport bool) string {
	if !utf8.ValidString(text) {
		return "not UTF-8"
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		for _, r := range line {
			if r != '\t' && unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
				return fmt.Sprintf("%U in %.200q", r, line)
			}
		}
		switch start := strings.TrimSpace(line); {
		case utf8.RuneCountInString(line) > maxPrinted:
			return fmt.Sprintf("a line of %d characters: %.200q", utf8.RuneCountInString(line), line)
		case isReport && !annotation.MatchString(line),
			!isReport && (strings.HasPrefix(start, "::") || strings.Contains(line, "##[")):
			return fmt.Sprintf("a workflow command: %.200q", line)
		}
	}
	return ""
}

// look runs the command and says what of its output is printed raw. What is data for programs
// may have long lines.
func look(t *testing.T, about, stdin string, args ...string) {
	t.Helper()
	stdout, stderr, status := run(stdin, args...)
	if strings.Contains(stderr, "internal error") {
		t.Errorf("%s: gen %.300q ends with %d: %.500s", about, args, status, stderr)
	}
	if slices.Contains(args, "csv") { // which a spreadsheet reads
		if strings.ContainsAny(stdout, "\x00\x07\x1b\u009b\u202e\u2066\ufeff") || !utf8.ValidString(stdout) {
			t.Errorf("%s: gen %.300q prints raw: %.300q", about, args, stdout)
		}
		stdout = ""
	}
	isData := slices.Contains(args, "json") || slices.Contains([]string{"table", "vectors", "replies", "schema", "sql"}, args[0])
	if isData && stdout != "" {
		if args[0] != "sql" && !json.Valid([]byte(stdout)) {
			t.Errorf("%s: gen %.300q prints no JSON: %.300s", about, args, stdout)
		}
		var short strings.Builder
		for line := range strings.Lines(stdout) {
			for chunk := range slices.Chunk([]rune(line), maxPrinted-10) {
				short.WriteString("| " + strings.TrimSuffix(string(chunk), "\n") + "\n")
			}
		}
		stdout = short.String()
	}
	if raw := printedRaw(stdout, slices.Contains(args, "github")); raw != "" {
		t.Errorf("%s: gen %.300q prints %s", about, args, raw)
	}
	if raw := printedRaw(stderr, false); raw != "" {
		t.Errorf("%s: gen %.300q says %s", about, args, raw)
	}
}

// TestNothingOfASpecIsPrintedRaw puts a hostile text in place of every key and every value of
// two specs, one at a time, for what check says of it; and then each hostile text behind as many
// of them together as leave it a spec, for what all commands print.
func TestNothingOfASpecIsPrintedRaw(t *testing.T) {
	spec := filepath.Join(t.TempDir(), "errors.yaml")
	names := slices.Sorted(maps.Keys(hostile))
	for _, file := range []string{"testdata/varied.yaml", "testdata/shop.yaml"} {
		source := readFile(t, file)
		scalars := scalarsOf(t, source)
		slices.Reverse(scalars) // from the end, so that places stay
		var free []*yaml.Node   // may have any text behind them
		together := source
		for i, scalar := range scalars {
			name := names[i%len(names)]
			raw := hostile[name]
			if i%2 == 0 {
				raw = strconv.QuoteToASCII(raw)
			}
			writeFile(t, spec, replaced(source, scalar, raw))
			look(t, fmt.Sprintf("%s:%d:%d %s", file, scalar.Line, scalar.Column, name), "", "check", "--spec", spec, "-o", []string{"text", "json", "github"}[i%3])

			with := replaced(together, scalar, strconv.QuoteToASCII(scalar.Value+" é\x01"))
			writeFile(t, spec, with)
			if _, _, status := run("", "check", "--spec", spec); status == 0 {
				together, free = with, append(free, scalar)
			}
		}
		if len(free) < 20 {
			t.Errorf("%s: only %d texts can be replaced", file, len(free))
		}
		for name, text := range hostile {
			const most = 150 // a title has little more
			together = source
			for _, scalar := range free {
				together = replaced(together, scalar, strconv.QuoteToASCII(scalar.Value+" "+text[:min(most, len(text))]))
			}
			writeFile(t, spec, together)
			lookAll(t, file+" "+name, spec, file)
		}
	}
}

func lookAll(t *testing.T, about, spec, other string) {
	t.Helper()
	for _, format := range []string{"text", "json", "github"} {
		look(t, about, "", "check", "--spec", spec, "-o", format)
	}
	for _, format := range []string{"text", "json"} {
		look(t, about, "", "list", "--spec", spec, "-o", format)
		look(t, about, "", "diff", other, spec, "-o", format)
		for _, query := range []string{"FULL", "429", "NO_GOODS", "OLD_GOODS", `{"error":{"code":"FULL","field":"x"}}`, "nothing"} {
			look(t, about, "", "explain", "--spec", spec, "-o", format, query)
		}
		for _, api := range []string{"depot", "shop"} {
			look(t, about, `{"code":"FULL","error":{"code":"FULL","message":"per day"}}`, "classify", "--spec", spec, "--api", api, "--status", "429", "-o", format)
		}
	}
	for _, format := range []string{"json", "csv", "zendesk"} {
		look(t, about, "", "replies", "--spec", spec, "--format", format)
	}
	look(t, about, "", "vectors", "--spec", spec)
	look(t, about, "", "table", "--spec", spec)
	look(t, about, "", "sql", "--dialect", "duckdb", "--spec", spec)
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// scalarsOf returns the scalars of a spec that stand on one line, in their order.
func scalarsOf(t *testing.T, source string) (all []*yaml.Node) {
	t.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(source), &document); err != nil {
		t.Fatal(err)
	}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			all = append(all, n)
		}
		for _, below := range n.Content {
			walk(below)
		}
	}
	walk(&document)
	return all
}

// replaced returns a spec with another text in place of a scalar.
func replaced(source string, n *yaml.Node, by string) string {
	lines := strings.SplitAfter(source, "\n")
	line := lines[n.Line-1]
	length := len(n.Value)
	if n.Style != 0 {
		length += 2
	}
	lines[n.Line-1] = line[:n.Column-1] + by + line[n.Column-1+length:]
	return strings.Join(lines, "")
}

// TestNoFileNameIsPrintedRaw has a spec and output with hostile names.
func TestNoFileNameIsPrintedRaw(t *testing.T) {
	for name, text := range hostile {
		dir := filepath.Join(t.TempDir(), strings.NewReplacer("/", "", "\x00", "").Replace(text[:min(len(text), 100)]))
		if os.Mkdir(dir, 0o755) != nil {
			continue // a file system that has no such names
		}
		spec := filepath.Join(dir, filepath.Base(dir)+".yaml")
		flawed := filepath.Join(dir, "bad.yaml")
		writeFile(t, spec, readFile(t, "testdata/shop.yaml"))
		writeFile(t, flawed, readFile(t, "testdata/bad.yaml"))
		writeFile(t, filepath.Join(dir, "docs", "index.md"), "by hand")
		for _, format := range []string{"text", "json", "github"} {
			look(t, name, "", "check", "--spec", flawed, "-o", format)
		}
		for _, args := range [][]string{
			{"explain", "--spec", flawed, "x"}, {"translate", "--spec", spec, "--language", "de"}, {"translate", "--spec", spec, "--language", "de"},
			{"generate", "--spec", spec, "--docs", filepath.Join(dir, "docs")}, {"generate", "--spec", spec, "--go", dir, "--check"},
			{"generate", "--spec", spec, "--ts", dir}, {"generate", "--spec", spec, "--ts", dir, "--check"}, {"generate", "--spec", flawed, "--ts", dir},
			{"site", "--spec", spec, "--out", filepath.Join(dir, "site")}, {"vectors", "--spec", spec, "--out", filepath.Join(dir, "v.json")},
			{"vectors", "--spec", spec, "--out", filepath.Join(dir, "docs", "index.md")}, {"init", dir}, {"init", dir}, {"diff", spec, flawed}, {"diff", spec, dir},
		} {
			look(t, name, "", args...)
		}
	}
}

// TestNothingGivenIsPrintedRaw gives hostile texts as arguments, in replies, in pasted texts and
// as the names of files.
func TestNothingGivenIsPrintedRaw(t *testing.T) {
	const shop, varied = "testdata/shop.yaml", "testdata/varied.yaml"
	for name, text := range hostile {
		body := func(value string) string {
			quoted, _ := json.Marshal(value)
			return fmt.Sprintf(`{"code":%s,"error":{"reason":%s,"code":"FULL","id":%[1]s,"field":%[1]s,"message":%[1]s,"key":"k"}}`, quoted, quoted)
		}
		for _, format := range []string{"text", "json"} {
			for _, api := range [][]string{{"--spec", shop, "--api", "shop"}, {"--spec", varied}} {
				given := append([]string{"-o", format}, api...)
				look(t, name, body(text), append([]string{"classify"}, given...)...)
				look(t, name, text, append([]string{"classify"}, given...)...)
				look(t, name, body("08"+text), append([]string{"classify", "--status", "503"}, given...)...)
				look(t, name, body(text), append([]string{"classify", "--header", "X-Request-Id: " + text, "--header", "Retry-After: " + text}, given...)...)
				look(t, name, body(text), append([]string{"explain"}, given...)...)
				look(t, name, text, append([]string{"explain"}, given...)...)
				look(t, name, "HTTP/1.1 429 "+text+"\nX-Request-Id: "+text+"\n\n"+body(text), append([]string{"explain"}, given...)...)
				look(t, name, "", append([]string{"explain", "FULL", text}, given...)...)
				look(t, name, "", append([]string{"explain", "NO_MONEY" + text}, given...)...)
			}
		}
		flags := map[string][]string{
			"check": {"--spec", "--notices", "-o", "--max-size"}, "explain": {"--spec", "--api", "-o"},
			"classify": {"--spec", "--api", "--operation", "--status", "--header", "--transport", "-o", "--max-size"},
			"generate": {"--spec", "--go", "--ts", "--py", "--docs", "--site"}, "site": {"--out", "--spec", "--import"}, "list": {"--api", "--spec", "-o"},
			"replies": {"--format", "--language", "--api", "--out", "--into", "--spec"}, "sql": {"--dialect", "--api", "--out", "--spec"}, "vectors": {"--out", "--spec"}, "learn": {"--spec", "--api", "--min"}, "simulate": {"--spec", "--policy", "--svg", "-o"}, "table": {"--api", "--spec", "--out"},
			"translate": {"--language", "--spec", "--accept"}, "diff": {"-o", "--max-size", "--fail-on"}, "serve": {"--address", "--spec"}, "schema": {"--out"},
			"fmt":  {"--check", "--max-size"},
			"init": {"--from"}, "version": nil, "completion": nil, "help": nil, "": nil,
		}
		for _, command := range slices.Sorted(maps.Keys(flags)) {
			start := []string{command}
			if command == "" {
				start = nil
			}
			look(t, name, "", append(start, text)...)
			look(t, name, "", append(start, text, text)...)
			look(t, name, "", append(start, text, text, text)...)
			look(t, name, "", append(start, "--"+text)...)
			look(t, name, "", append(start, "-"+text)...)
			look(t, name, "", append(start, "--"+text+"="+text)...)
			for _, flag := range flags[command] {
				if command == "serve" && flag == "--spec" || strings.Contains(text, "long") && flag == "--out" {
					continue
				}
				given := append(slices.Clone(start), flag, text)
				if flag != "--spec" && command != "diff" && command != "schema" && command != "fmt" {
					given = append(given, "--spec", shop)
				}
				t.Chdir(t.TempDir())
				look(t, name, "", given...)
			}
		}
	}
}
