// Command report runs the benchmarks of this module and writes what they came to
// as a page. It runs in the module's folder:
//
//	go run ./report -out ../docs/performance.md
//
// Every round runs all benchmarks once, so that what else the machine does falls
// on all libraries alike; a figure is the median of the rounds.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

func main() {
	out := flag.String("out", "", "the page to write; empty for stdout")
	rounds := flag.Int("rounds", 7, "how often each benchmark is run")
	benchtime := flag.Duration("benchtime", 200*time.Millisecond, "how long each run takes")
	flag.Parse()
	if err := report(*out, *rounds, *benchtime); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

func report(out string, rounds int, benchtime time.Duration) error {
	results, err := measure(rounds, benchtime)
	if err != nil {
		return err
	}
	versions, err := versions()
	if err != nil {
		return err
	}
	page := page(results, machine{
		Go:        runtime.Version(),
		Platform:  runtime.GOOS + "/" + runtime.GOARCH,
		Cores:     runtime.NumCPU(),
		Date:      time.Now().UTC().Format(time.DateOnly),
		Rounds:    rounds,
		Benchtime: benchtime,
		Versions:  versions,
	})
	if out == "" {
		_, err = os.Stdout.Write(page)
		return err
	}
	return os.WriteFile(out, page, 0o644)
}

// measure builds the benchmarks once and runs all of them in each round.
func measure(rounds int, benchtime time.Duration) (*results, error) {
	dir, err := os.MkdirTemp("", "report")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "bench.test")
	if _, err := run("go", "test", "-c", "-o", binary, "."); err != nil {
		return nil, err
	}
	results := newResults()
	for round := range rounds {
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, rounds)
		text, err := run(binary, "-test.run", "^$", "-test.bench", ".", "-test.benchtime", benchtime.String())
		if err != nil {
			return nil, err
		}
		if err := results.add(text); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// versions returns the required modules with their versions, as go.mod has them.
func versions() (map[string]string, error) {
	text, err := run("go", "list", "-m", "-f", "{{.Path}} {{.Version}}", "all")
	if err != nil {
		return nil, err
	}
	versions := make(map[string]string)
	for line := range strings.Lines(text) {
		if path, version, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			versions[path] = version
		}
	}
	return versions, nil
}

func run(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s%s", name, strings.Join(args, " "), err, stdout, &stderr)
	}
	return string(stdout), nil
}
