package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"time"
)

// task is a row that is measured, turn by turn.
type task struct {
	group, row string
	turns      int
	turn       func() (figures, error)
}

// take gives each task its turns, all of them in random order, so that what else the machine
// does falls on all alike.
func take(tasks []task, r *results) error {
	var order []task
	for _, t := range tasks {
		for range t.turns {
			order = append(order, t)
		}
	}
	rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	for i, t := range order {
		if i%100 == 0 {
			fmt.Fprintf(os.Stderr, "turn %d of %d\n", i, len(order))
		}
		f, err := t.turn()
		if err != nil {
			return fmt.Errorf("%s, %s: %w", t.group, t.row, err)
		}
		r.add(t.group, t.row, f)
	}
	return nil
}

// command is a program to run, with where and how.
type command struct {
	dir  string // empty for the working directory
	env  []string
	args []string
}

// run runs the program, and returns what it prints and the CPU time that it and the programs
// that it waited for took.
func (c command) run() (output string, taken time.Duration, err error) {
	cmd := exec.Command(c.args[0], c.args[1:]...)
	cmd.Dir, cmd.Env = c.dir, append(os.Environ(), c.env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	if err != nil {
		return "", 0, fmt.Errorf("%s: %w\n%s%s", strings.Join(c.args, " "), err, stdout, &stderr)
	}
	return string(stdout), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), nil
}

func run(args ...string) (string, error) {
	output, _, err := command{args: args}.run()
	return output, err
}

// timed is a turn of a program: its CPU time, and the size of its file or another.
func timed(c command, size float64) func() (figures, error) {
	return func() (figures, error) {
		_, taken, err := c.run()
		return figures{Time: float64(taken), Bytes: size}, err
	}
}
