package errkbmcp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// What the command may print. A catalog of 10,000 codes takes some 12 MiB as JSON.
const (
	maxAnswer = 64 << 20
	maxWords  = 64 << 10
)

// command is the command gen with a spec. Texts reach it through standard input, and
// values of flags in one argument with the flag, so that none is taken for a flag.
type command struct {
	find    func(context.Context) (string, error)
	common  []string      // arguments of every run: the spec
	ended   chan struct{} // closed when the server ends
	timeout time.Duration
	slots   chan struct{} // taken by each run

	mu   sync.Mutex
	path string
}

// answer is what a run printed.
type answer struct {
	out   []byte
	words string // on standard error, for people
}

// run runs a verb with a text on standard input. A run that found nothing has an answer
// too. Any other failure is an error in the command's own words.
func (c *command) run(ctx context.Context, stdin, verb string, args ...string) (answer, error) {
	for _, arg := range args {
		if strings.ContainsRune(arg, 0) {
			return answer{}, errors.New("a value holds a NUL character")
		}
	}
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
	timed, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	go func() {
		select {
		case <-c.ended:
			cancel()
		case <-timed.Done():
		}
	}()
	a, err := c.start(timed, cancel, stdin, append(append([]string{verb}, c.common...), args...))
	if errors.Is(err, fs.ErrNotExist) { // go has cleared its cache, where its tools are
		c.forget()
		a, err = c.start(timed, cancel, stdin, append(append([]string{verb}, c.common...), args...))
	}
	switch {
	case ctx.Err() != nil:
		return answer{}, ctx.Err()
	case errors.Is(timed.Err(), context.DeadlineExceeded):
		return answer{}, fmt.Errorf("gen %s took longer than %s", verb, c.timeout)
	}
	return a, err
}

func (c *command) start(ctx context.Context, stop func(), stdin string, args []string) (answer, error) {
	path, err := c.executable(ctx)
	if err != nil {
		return answer{}, err
	}
	out := limited{most: maxAnswer, full: stop}
	words := limited{most: maxWords, full: func() {}}
	run := exec.CommandContext(ctx, path, args...)
	run.Stdin = strings.NewReader(stdin)
	run.Stdout, run.Stderr = &out, &words
	run.WaitDelay = time.Second
	err = run.Run()
	said := strings.TrimSpace(words.kept.String())
	if out.isFull {
		return answer{}, fmt.Errorf("gen %s printed more than %d MiB", args[0], maxAnswer>>20)
	}
	exit, exited := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil, exited && exit.ExitCode() == 1 && out.kept.Len() > 0:
		return answer{out.kept.Bytes(), said}, nil
	case exited && said != "":
		return answer{}, errors.New(said)
	}
	return answer{}, fmt.Errorf("run gen %s: %w", args[0], err)
}

// end ends all runs, and returns when they have ended.
func (c *command) end() {
	close(c.ended)
	for range cap(c.slots) {
		c.slots <- struct{}{}
	}
}

// executable returns the path of the command, which is looked for once.
func (c *command) executable(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.path != "" {
		return c.path, nil
	}
	path, err := c.find(ctx)
	if err == nil {
		c.path = path
	}
	return path, err
}

func (c *command) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.path = ""
}

// limited keeps the first bytes that are written to it, and calls full when there are more.
type limited struct {
	kept   bytes.Buffer // not embedded: its ReadFrom would take everything
	most   int
	full   func()
	isFull bool
}

func (l *limited) Write(text []byte) (int, error) {
	room := l.most - l.kept.Len()
	l.kept.Write(text[:min(room, len(text))])
	if len(text) > room && !l.isFull {
		l.isFull = true
		l.full()
	}
	return len(text), nil
}
