package attack

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestServe keeps a server busy with clients that send half a request, that read nothing, or
// that only hold a connection, changes the spec meanwhile, and wants each edition to be shown
// whole, and the server to end when it is told to.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	if r := run(t, dir, gen, "init"); r.status != 0 {
		t.Fatal(r.output)
	}
	spec := filepath.Join(dir, "errors.yaml")
	text := read(t, spec)
	cmd := exec.CommandContext(t.Context(), gen, "serve", "--spec", "errors.yaml", "--addr", "127.0.0.1:0") // for longer than other runs
	cmd.Dir = dir
	printed, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(printed)
	first, err := lines.ReadString('\n')
	root := regexp.MustCompile(`http://([0-9.]+:[0-9]+)/`).FindStringSubmatch(first)
	if root == nil {
		t.Fatalf("no address in %q: %v", first, err)
	}
	go io.Copy(io.Discard, lines)

	for i := range times(60, 1000) {
		c, err := net.Dial("tcp", root[1])
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		switch i % 3 {
		case 0: // half a request
			fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: %s\r\nX-Slow: ", root[1])
		case 1: // an answer that is not read
			fmt.Fprintf(c, "GET /lookup.js HTTP/1.1\r\nHost: %s\r\n\r\n", root[1])
		}
	}
	for i := range times(5, 200) {
		title := fmt.Sprintf("Edition %d of the errors", i)
		put(t, spec, strings.Replace(text, "title: Errors of the example API", "title: "+title, 1))
		begun := time.Now()
		for {
			page := get(t, root[0])
			if !strings.HasSuffix(strings.TrimSpace(page), "</html>") {
				t.Fatalf("half a page: %.300q", page)
			}
			if strings.Contains(page, title) {
				break
			}
			if time.Since(begun) > limit {
				t.Fatalf("%q is not shown:\n%.2000s", title, page)
			}
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the server was told to end: %v", err)
	}
}

func get(t *testing.T, address string) string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v", address, resp.StatusCode, err)
	}
	return string(body)
}
