package e2e_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestServe runs gen serve, and changes its spec while a page is open: the page
// loads again automatically, tells the problems of a broken spec and is as before once
// they are mended.
func TestServe(t *testing.T) {
	t.Parallel()
	program := filepath.Join(scratch, "gen")
	if out, err := exec.Command("go", "build", "-o", program, "github.com/errkb/errkb/cmd/gen").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	spec := filepath.Join(t.TempDir(), "errors.yaml")
	write := func(content string) {
		if err := os.WriteFile(spec, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	first := largeSpec(1, 3)
	write(first)

	command := exec.Command(program, "serve", "--spec", spec, "--addr", "127.0.0.1:0")
	messages, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := false
	t.Cleanup(func() {
		if !ended {
			command.Process.Kill()
			command.Wait()
		}
	})
	lines := bufio.NewScanner(messages)
	address := ""
	for address == "" && lines.Scan() {
		address = regexp.MustCompile(`http://127\.0\.0\.1:[0-9]+/`).FindString(lines.Text())
	}
	if address == "" {
		t.Fatal("the server names no address")
	}
	go func() { // so that the server never waits for a reader
		for lines.Scan() {
		}
	}()

	b := openTab(t)
	b.visit(address)
	awaitText(b, "Payments API errors")
	code := regexp.MustCompile(`(?m)^      ([A-Z_]+):$`).FindStringSubmatch(first)[1]
	paste(b, code)
	do(b, chromedp.Poll[bool](`document.querySelector("#verdict .key")?.textContent === `+quoted(code)+` && !document.getElementById("verdict").inert`))
	// The page and what it was told from are of one version of the site.
	own := do(b, chromedp.Evaluate[string](`document.querySelector("script[src*=reload]").src.split("v=")[1]`))
	for _, name := range []string{"finder.js", "verdicts.js", "lookup.js"} {
		if want := address + "~" + own + "/" + name; !do(b, chromedp.Evaluate[bool](`performance.getEntriesByName(`+quoted(want)+`).length > 0`)) {
			t.Errorf("%s is not from %s", name, want)
		}
	}
	paste(b, "nothing that is known here")

	write(strings.Replace(first, "title: Payments API errors", "title: Quite another catalog", 1))
	awaitText(b, "Quite another catalog")
	// The page's script fills the field again, after the heading is there.
	do(b, chromedp.Poll[bool](`document.getElementById("paste").value === "nothing that is known here"`))
	write(first + "  broken\n")
	awaitText(b, "1 error")
	write(first)
	awaitText(b, "Payments API errors")
	for _, problem := range b.trouble() {
		t.Error(problem)
	}

	if err := command.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	ended = true
	if err := command.Wait(); err != nil {
		t.Errorf("after an interrupt: %v", err)
	}
}

// awaitText waits until a text can be seen, over any number of loads.
func awaitText(b *tab, text string) {
	b.t.Helper()
	ctx, stop := b.within()
	defer stop()
	condition := "document.body && document.body.innerText.includes(" + quoted(text) + ")"
	for {
		found, err := chromedp.Run(ctx, chromedp.Poll[bool](condition))
		if err == nil && found {
			return
		}
		if ctx.Err() != nil {
			b.t.Fatalf("never saw %q: %v", text, err)
		}
	}
}
