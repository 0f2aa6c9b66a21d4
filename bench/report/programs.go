package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Tools that other generators are run by, each pinned to a version and kept out of go.mod.
const (
	stringer = "golang.org/x/tools/cmd/stringer@v0.52.0"
	goEnum   = "github.com/abice/go-enum@v0.9.5"
)

// sizes are how many codes the packages have that programs import and generators make.
var sizes = []int{10, 1000, 10_000}

// programs is a module like a user's, with programs that import codes in several ways.
type programs struct {
	dir   string
	gen   string // the generator
	tools string // the directory of the other generators
}

// newPrograms makes the module below dir. It needs nothing but this repository.
func newPrograms(dir string) (*programs, error) {
	p := &programs{dir: filepath.Join(dir, "programs"), gen: filepath.Join(dir, "gen"), tools: filepath.Join(dir, "tools")}
	root, err := filepath.Abs("..")
	if err != nil {
		return nil, err
	}
	const module = "github.com/errkb/errkb"
	if err := p.write("go.mod", "module example.com/programs\n\ngo 1.26\n\nrequire "+module+" v0.0.0\n\nreplace "+module+" => "+root+"\n"); err != nil {
		return nil, err
	}
	commands := []command{
		{dir: root, args: []string{"go", "build", "-o", p.gen, "./cmd/gen"}},
		{dir: root, env: []string{"GOBIN=" + p.tools}, args: []string{"go", "install", stringer}},
		{dir: root, env: []string{"GOBIN=" + p.tools}, args: []string{"go", "install", goEnum}},
	}
	sources := map[string]string{"http/main.go": `package main

import "net/http"

func main() { _ = http.DefaultClient }
`}
	for _, n := range sizes {
		name := fmt.Sprintf("codes%d", n)
		sources[name+".yaml"] = spec(name, n)
		sources[name+"_program/main.go"] = program(`"example.com/programs/`+name+`"`, name+".ParseCode")
		sources[fmt.Sprintf("map%d/map.go", n)] = mapSource(n)
		sources[fmt.Sprintf("map%d_program/main.go", n)] = program(fmt.Sprintf(`"example.com/programs/map%d"`, n), fmt.Sprintf("map%d.ParseCode", n))
		sources[fmt.Sprintf("switch%d/switch.go", n)] = switchSource(n)
		sources[fmt.Sprintf("stringer%d/code.go", n)] = constants("stringer", n)
		sources[fmt.Sprintf("goenum%d/code.go", n)] = "package goenum\n\n// ENUM(\n// " + strings.Join(codeNames(n), "\n// ") + "\n// )\ntype Code int\n"
		commands = append(commands, p.generate(n))
	}
	for name, source := range sources {
		if err := p.write(name, source); err != nil {
			return nil, err
		}
	}
	commands = append(commands,
		p.command("go", "build", "-o", "bin/", "./..."),
		p.command("go", "build", "-buildmode=pie", "-o", "bin/codes10000_pie", "./codes10000_program"))
	for _, c := range commands {
		if _, _, err := c.run(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *programs) command(args ...string) command {
	return command{dir: p.dir, env: []string{"GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off"}, args: args}
}

// generate makes the package of n codes.
func (p *programs) generate(n int) command {
	return p.command(p.gen, "generate", "--spec", fmt.Sprintf("codes%d.yaml", n), "--go", ".")
}

func (p *programs) write(name, text string) error {
	path := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

// tasks are those of the groups that have no benchmarks.
func (p *programs) tasks(turns int) ([]task, error) {
	var tasks []task
	add := func(group, row string, turns int, turn func() (figures, error)) {
		tasks = append(tasks, task{group, row, turns, turn})
	}
	for _, of := range []struct{ row, file string }{{bare, "http"}, {own, "codes10000_program"}, {"errkb-10", "codes10_program"}, {"errkb-pie", "codes10000_pie"}, {"map", "map10000_program"}} {
		path := filepath.Join(p.dir, "bin", of.file)
		file, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		add("Start", of.row, 2*turns, timed(p.command(path, "NO_SUCH_CODE"), float64(file.Size())))
		if of.row != bare && of.row != "errkb-pie" {
			add("Collect", of.row, turns, p.collected(path))
		}
	}
	few := max(1, turns/4)
	for _, n := range sizes[1:] {
		group := fmt.Sprintf("Generate%d", n)
		add(group, own, few, p.generated(n))
		directory := func(name string) string { return fmt.Sprintf("%s%d", name, n) }
		add(group, "stringer", few, timed(command{dir: filepath.Join(p.dir, directory("stringer")), args: []string{filepath.Join(p.tools, "stringer"), "-type=Code"}}, 0))
		add(group, "go-enum", few, timed(command{dir: filepath.Join(p.dir, directory("goenum")), args: []string{filepath.Join(p.tools, "go-enum"), "-f", "code.go"}}, 0))

		group = fmt.Sprintf("Compile%d", n)
		add(group, own, few, p.compiled(directory("codes")))
		add(group, "map", few, p.compiled(directory("map")))
		add(group, "switch", few, p.compiled(directory("switch")))
	}
	return tasks, nil
}

// generated is a turn of the generator that writes all of a package.
func (p *programs) generated(n int) func() (figures, error) {
	return func() (figures, error) {
		if err := os.RemoveAll(filepath.Join(p.dir, fmt.Sprintf("codes%d", n))); err != nil {
			return figures{}, err
		}
		return timed(p.generate(n), 0)()
	}
}

// compiled is a turn of the compiler on one package, whose imports are compiled already.
func (p *programs) compiled(name string) func() (figures, error) {
	turn := 0
	return func() (figures, error) {
		turn++ // so that its source is new to the build cache
		if err := p.write(name+"/turn.go", fmt.Sprintf("// Turn %d of %s.\npackage %s\n", turn, p.dir, name)); err != nil {
			return figures{}, err
		}
		return timed(p.command("go", "build", "./"+name), 0)()
	}
}

// collected is a turn of a program that collects its garbage again and again, and says what
// a cycle takes.
func (p *programs) collected(path string) func() (figures, error) {
	return func() (figures, error) {
		text, _, err := p.command(path, "gc").run()
		if err != nil {
			return figures{}, err
		}
		time, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		return figures{Time: time}, err
	}
}
