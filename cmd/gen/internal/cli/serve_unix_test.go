//go:build unix

package cli

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asCommand is the variable of the environment that makes this program the
// command, with its arguments.
const asCommand = "ERRKB_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Setenv(cacheVariable, "off") // but for the tests that are about it
	os.Exit(m.Run())
}

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

// TestServePipe ends serve while its spec is a pipe that nobody writes to.
func TestServePipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "errors.yaml")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip(err)
	}
	read, write := io.Pipe()
	status := make(chan int, 1)
	go func() {
		status <- Main([]string{"serve", "--spec", pipe, "--addr", "127.0.0.1:0"}, strings.NewReader(""), write, write)
	}()
	lines := bufio.NewReader(read)
	why, err := lines.ReadString('\n')
	if err != nil || !strings.Contains(why, "errors.yaml is not a regular file; there is no site until it is mended") {
		t.Errorf("serve says %q, %v", why, err)
	}
	if line, err := lines.ReadString('\n'); err != nil || !strings.Contains(line, "press Ctrl-C to end") {
		t.Errorf("serve says %q, %v", line, err)
	}
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if got := <-status; got != statusDone {
		t.Errorf("exit status %d", got)
	}
}

// TestServeSecondSignal interrupts serve again while it ends, which takes long
// because of a request that never comes to its end.
func TestServeSecondSignal(t *testing.T) {
	t.Parallel()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, "serve", "--spec", "testdata/shop.yaml", "--addr", "127.0.0.1:0")
	command.Env = append(os.Environ(), asCommand+"=1")
	messages, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(messages).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(line, "http://")
	address, _, _ := strings.Cut(rest, "/;")
	unended, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer unended.Close()
	if _, err := io.WriteString(unended, "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	next, err := http.Get("http://" + address) // connections are taken in turn
	if err != nil {
		t.Fatal(err)
	}
	next.Body.Close()

	command.Process.Signal(os.Interrupt)
	for { // until the first is obeyed
		c, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		c.Close()
	}
	for range 20 { // as it may not be obeyed to the end yet
		command.Process.Signal(os.Interrupt)
		time.Sleep(20 * time.Millisecond)
	}
	err = command.Wait()
	if status := command.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGINT {
		t.Errorf("ends with %v, want %v", err, syscall.SIGINT)
	}
}
