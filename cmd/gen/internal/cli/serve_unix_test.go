//go:build unix

package cli

import (
	"bufio"
	"io"
	"strings"
	"syscall"
	"testing"
)

// TestServeSignals ends serve as Ctrl-C and a service manager do.
func TestServeSignals(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		read, write := io.Pipe()
		status := make(chan int, 1)
		go func() {
			args := []string{"serve", "--spec", "testdata/shop.yaml", "--addr", "127.0.0.1:0"}
			status <- Main(args, strings.NewReader(""), write, write)
		}()
		line, err := bufio.NewReader(read).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(syscall.Getpid(), signal); err != nil {
			t.Fatal(err)
		}
		if got := <-status; got != statusDone || !strings.Contains(line, "press Ctrl-C to end") {
			t.Errorf("%v: exit status %d\n%s", signal, got, line)
		}
	}
}
