package say

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"
)

var update = flag.Bool("update", false, "bring the language files in line: sort them, drop what no code asks for, add what is missing as empty")

// TestMessages checks the messages that the code asks for, and that each language's file
// has all of them and no other.
func TestMessages(t *testing.T) {
	asked := messages(t)
	for _, m := range []Message{"Stop", "API errors", "Code of %s", comma} {
		if asked[m] == "" {
			t.Errorf("%q is not found", m)
		}
	}
	for m, place := range asked {
		text := m.english()
		if text == "" || strings.Count(string(m), "|") > 1 {
			t.Errorf("%s: %q: want a text, and at most one bar", place, m)
		}
		if odd := oddVerb.FindString(verb().ReplaceAllString(text, "")); odd != "" {
			t.Errorf("%s: %q: the verbs of messages are %%s and %%d, not %s", place, m, odd)
		}
	}
	files, err := filepath.Glob("languages/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var words map[Message]string
		if err := json.Unmarshal(text, &words); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if *update {
			for m := range asked {
				words[m] += "" // adds one that is missing
			}
			maps.DeleteFunc(words, func(m Message, _ string) bool { return asked[m] == "" })
			if err := os.WriteFile(name, written(t, words), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		faults, left := gaps(asked, words)
		for _, fault := range faults {
			t.Errorf("%s: %s", name, fault)
		}
		for _, gap := range left {
			if *update {
				t.Logf("%s: %s", name, gap)
			} else {
				t.Errorf("%s: %s", name, gap)
			}
		}
		if !*update && !bytes.Equal(text, written(t, words)) {
			t.Errorf("%s is not written as -update writes it", name)
		}
	}
}

var oddVerb = regexp.MustCompile(`%[^ .]`)

// written returns the translations as their file has them.
func written(t *testing.T, words map[Message]string) []byte {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(words); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// gaps returns what is wrong with the translations of the messages, which are given with
// the places that ask for them, and then what is missing of them or not asked for.
func gaps(asked map[Message]string, words map[Message]string) (faults, left []string) {
	for _, m := range slices.Sorted(maps.Keys(asked)) {
		switch text := words[m]; {
		case text == "":
			left = append(left, fmt.Sprintf("no translation of %q, which %s asks for", m, asked[m]))
		case !slices.Equal(verbs(text), verbs(m.english())):
			faults = append(faults, fmt.Sprintf("%q has the verbs %v, and its translation %q has %v", m, verbs(m.english()), text, verbs(text)))
		}
	}
	for _, m := range slices.Sorted(maps.Keys(words)) {
		if asked[m] == "" {
			left = append(left, fmt.Sprintf("nothing asks for %q", m))
		}
	}
	return faults, left
}

// verbs returns the verbs of a text in the order of their values: s, d, and % for a sign.
func verbs(text string) []string {
	var all []string
	next, signs := 0, 0
	for _, found := range verb().FindAllStringSubmatch(text, -1) {
		if found[2] == "%" {
			signs++
			continue
		}
		if found[1] != "" {
			number, _ := strconv.Atoi(found[1])
			next = number - 1
		}
		for next >= len(all) {
			all = append(all, "")
		}
		all[next] += found[2]
		next++
	}
	return append(all, strings.Repeat("%", signs))
}

func TestGaps(t *testing.T) {
	asked := map[Message]string{"Stop": "a.go:1", "%s of %d": "a.go:2", "up to %d %%|retries": "a.go:3"}
	for _, test := range []struct {
		words map[Message]string
		want  []string
	}{
		{map[Message]string{"Stop": "Halt", "%s of %d": "%[2]d: %[1]s", "up to %d %%|retries": "bis %d %%"}, nil},
		{
			map[Message]string{"Stop": "", "%s of %d": "%d: %s", "up to %d %%|retries": "bis %d", "up to": "bis"},
			[]string{
				`"%s of %d" has the verbs [s d ], and its translation "%d: %s" has [d s ]`,
				`"up to %d %%|retries" has the verbs [d %], and its translation "bis %d" has [d ]`,
				`no translation of "Stop", which a.go:1 asks for`,
				`nothing asks for "up to"`,
			},
		},
	} {
		faults, left := gaps(asked, test.words)
		if got := slices.Concat(faults, left); !slices.Equal(got, test.want) {
			t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(test.want, "\n     "))
		}
	}
}

// messages returns the messages that the code asks for, with a place of each: in Go all
// constants of type Message, in templates what follows say, markup and count, and in the
// site's script what say("…") names.
func messages(t *testing.T) map[Message]string {
	t.Helper()
	all := make(map[Message]string)
	goMessages(t, all)
	root := filepath.Join("..")
	for _, pattern := range []string{"site/templates/*.html", "site/templates/parts/*.html"} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
		if err != nil || len(files) == 0 {
			t.Fatalf("no templates are %s: %v", pattern, err)
		}
		for _, name := range files {
			templateMessages(t, name, all)
		}
	}
	scripts := []string{filepath.Join(root, "site", "assets", "notices.js")}
	subjects, err := filepath.Glob(filepath.Join(root, "site", "assets", "script", "*.js"))
	if err != nil || len(subjects) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	scripts = append(scripts, subjects...)
	for _, name := range scripts {
		script, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range ScriptMessages(string(script)) {
			all[m] = filepath.Base(name)
		}
	}
	return all
}

const modulePath = "github.com/errkb/errkb/"

// sources type-checks the module's packages from their source, each once. Other packages
// are not there for it, so that nothing but Go code of the module is read: what depends on
// them has no type.
type sources struct {
	files    *token.FileSet
	parsed   map[string][]*ast.File
	packages map[string]*types.Package
	info     types.Info
}

// Import returns a package of the module.
func (s *sources) Import(path string) (*types.Package, error) {
	dir, ok := strings.CutPrefix(path, modulePath)
	if !ok {
		return nil, errors.New("not a package of this module")
	}
	if p := s.packages[path]; p != nil {
		return p, nil
	}
	names, err := filepath.Glob(filepath.Join("..", "..", "..", "..", filepath.FromSlash(dir), "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(s.files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		s.parsed[path] = append(s.parsed[path], file)
	}
	config := types.Config{Importer: s, Error: func(error) {}}
	s.packages[path], _ = config.Check(path, s.files, s.parsed[path], &s.info)
	return s.packages[path], nil
}

// goMessages finds the constants of type Message in the generator's packages.
func goMessages(t *testing.T, all map[Message]string) {
	t.Helper()
	s := &sources{
		files: token.NewFileSet(), parsed: make(map[string][]*ast.File), packages: make(map[string]*types.Package),
		info: types.Info{Types: make(map[ast.Expr]types.TypeAndValue)},
	}
	dirs, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		if _, err := s.Import(modulePath + "cmd/gen/internal/" + dir.Name()); err != nil {
			t.Fatal(err)
		}
	}
	place := func(n ast.Node) string {
		at := s.files.Position(n.Pos())
		return fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line)
	}
	var named []*ast.BasicLit
	for _, file := range slices.Concat(slices.Collect(maps.Values(s.parsed))...) {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				named = append(named, namedMessages(call)...)
			}
			e, ok := n.(ast.Expr)
			known := s.info.Types[e]
			if !ok || known.Value == nil || known.Type.String() != modulePath+"cmd/gen/internal/say.Message" {
				return true
			}
			if m := Message(constant.StringVal(known.Value)); m != "" {
				all[m] = place(n)
			}
			return false
		})
	}
	for _, literal := range named {
		if text, _ := strconv.Unquote(literal.Value); all[Message(text)] == "" {
			t.Errorf("%s: %s is not found by its type", place(literal), literal.Value)
		}
	}
}

// namedMessages returns the texts in a call that are messages by the name of the function.
func namedMessages(call *ast.CallExpr) (all []*ast.BasicLit) {
	function, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"Say", "Text", "Count", "Markup"}, function.Sel.Name) {
		return nil
	}
	first := 0
	if function.Sel.Name == "Count" {
		first = 1
		if len(call.Args) < 3 { // of another package
			return nil
		}
	}
	for i, arg := range call.Args {
		literal, ok := arg.(*ast.BasicLit)
		if ok && literal.Kind == token.STRING && (i == first || first == 1 && i == 2) {
			all = append(all, literal)
		}
	}
	return all
}

// templateMessages finds the messages in a template of the site.
func templateMessages(t *testing.T, name string, all map[Message]string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	tree := parse.New(filepath.Base(name))
	tree.Mode = parse.SkipFuncCheck
	trees := make(map[string]*parse.Tree)
	if _, err := tree.Parse(string(text), "", "", trees); err != nil {
		t.Fatal(err)
	}
	for _, tree := range trees {
		walk(tree.Root, func(c *parse.CommandNode) {
			messages := map[string][]int{"say": {1}, "markup": {1}, "count": {2, 3}}[c.Args[0].String()]
			for _, i := range messages {
				if i >= len(c.Args) {
					t.Errorf("%s: %s has no message", name, c)
				} else if text, ok := c.Args[i].(*parse.StringNode); ok {
					all[Message(text.Text)] = filepath.Base(name)
				}
			}
		})
	}
}

// walk calls a function for each command of a template.
func walk(n parse.Node, f func(*parse.CommandNode)) {
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, f)
		walk(b.List, f)
		walk(b.ElseList, f)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, child := range n.Nodes {
				walk(child, f)
			}
		}
	case *parse.PipeNode:
		if n != nil {
			for _, command := range n.Cmds {
				walk(command, f)
			}
		}
	case *parse.CommandNode:
		f(n)
		for _, arg := range n.Args {
			walk(arg, f)
		}
	case *parse.ActionNode:
		walk(n.Pipe, f)
	case *parse.TemplateNode:
		walk(n.Pipe, f)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	}
}
