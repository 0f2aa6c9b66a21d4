package cli

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/preview"
)

// server is a run of serve.
type server struct {
	t     *testing.T
	spec  string
	root  string      // where the site is, with a slash at its end
	lines chan string // what is printed
	stop  func() error
}

// serveShop serves a copy of the shop's spec, or of another.
func serveShop(t *testing.T, content string) *server {
	t.Helper()
	spec := filepath.Join(t.TempDir(), "shop.yaml")
	if content != "" {
		writeOver(t, spec, content)
	}
	return startServer(t, spec)
}

func startServer(t *testing.T, spec string) *server {
	t.Helper()
	read, write := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		s := &session{stdin: strings.NewReader(""), stdout: io.Discard, stderr: write}
		ended <- s.serve(ctx, []string{spec}, "127.0.0.1:0")
		write.Close()
	}()
	s := &server{t: t, spec: spec, lines: make(chan string, 1000)}
	s.stop = func() error {
		cancel()
		err := <-ended
		ended <- err
		return err
	}
	go func() {
		for scanner := bufio.NewScanner(read); scanner.Scan(); {
			s.lines <- scanner.Text()
		}
		close(s.lines)
	}()
	t.Cleanup(func() { s.stop() })
	announced := s.printed("the site of ")
	s.root = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(announced)
	if s.root == "" {
		t.Fatalf("no address in: %s", announced)
	}
	return s
}

// printed waits until a line with a text is printed and returns it, with the
// lines before.
func (s *server) printed(text string) string {
	s.t.Helper()
	var all []string
	for line := range s.lines {
		all = append(all, line)
		if strings.Contains(line, text) {
			return strings.Join(all, "\n")
		}
	}
	s.t.Fatalf("%q is not printed in:\n%s", text, strings.Join(all, "\n"))
	return ""
}

// ask sends a request; host is the name by which it calls the server.
func (s *server) ask(method, path, host string) (*http.Response, string) {
	s.t.Helper()
	request, err := http.NewRequestWithContext(s.t.Context(), method, s.root+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Host = host
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response, string(body)
}

// get returns the content of a path, which has to have a status.
func (s *server) get(path string, status int) string {
	s.t.Helper()
	response, body := s.ask(http.MethodGet, path, "")
	if response.StatusCode != status {
		s.t.Errorf("/%s: status %d, want %d\n%s", path, response.StatusCode, status, body)
	}
	return body
}

var reloadScript = regexp.MustCompile(`<script src="((?:\.\./)*)~reload\.js\?v=([^"]+)" defer></script>\n`)

// version returns that of a page.
func (s *server) version(page string) string {
	s.t.Helper()
	found := reloadScript.FindStringSubmatch(page)
	if found == nil {
		s.t.Fatalf("the page does not load again:\n%s", page)
	}
	return found[2]
}

// changed waits as an open page does, until it would load again.
func (s *server) changed(version string) {
	s.t.Helper()
	for {
		switch answer := s.get("~wait.js?v="+version+"&n=1", http.StatusOK); {
		case strings.Contains(answer, "errkb-changed"):
			return
		case !strings.HasPrefix(answer, "//"):
			s.t.Fatalf("the answer to a page that waits is %q", answer)
		}
	}
}

func shop(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// writeOver writes a file in place.
func writeOver(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestServeHost(t *testing.T) {
	s := serveShop(t, shop(t))
	for host, status := range map[string]int{"localhost": 200, "evil.example": 403, "192.168.1.5": 403} {
		for _, path := range []string{"", "lookup.js", "~wait.js?v=x"} {
			if response, body := s.ask(http.MethodGet, path, host); response.StatusCode != status || status == 403 && strings.Contains(body, "shop") {
				t.Errorf("%s/%s: status %d, want %d\n%.100s", host, path, response.StatusCode, status, body)
			}
		}
	}
}

// TestServeChanges goes with the spec from one state to the next, as a page that
// stays open does.
func TestServeChanges(t *testing.T) {
	spec := shop(t)
	s := serveShop(t, spec)
	const path = "c/shop/full.html"
	before := s.get(path, 200)

	writeOver(t, s.spec, strings.Replace(spec, "The counter is full", "The counter is crowded", 1))
	s.changed(s.version(before))
	s.printed("has changed; open pages load again")
	crowded := s.get(path, 200)
	if !strings.Contains(crowded, "The counter is crowded") || strings.Contains(crowded, "<aside") {
		t.Errorf("after a change:\n%s", crowded)
	}

	broken := filepath.Join(t.TempDir(), "broken.yaml") // editors write elsewhere, then rename
	writeOver(t, broken, strings.Replace(spec, "retry: slow", "retry: <slwo>", 1))
	if err := os.Rename(broken, s.spec); err != nil {
		t.Fatal(err)
	}
	s.changed(s.version(crowded))
	if got := s.printed("; the site stays as it was"); !strings.Contains(got, s.spec+":") || !strings.Contains(got, `error: unknown policy "<slwo>"`) {
		t.Errorf("printed of a broken spec:\n%s", got)
	}
	problem := s.get(path, 200)
	for _, want := range []string{"The counter is crowded", "shop.yaml has 1 error", ":25:79: ", "unknown policy &#34;&lt;slwo&gt;&#34;", `href="../../~problems.css"`} {
		if !strings.Contains(problem, want) {
			t.Errorf("the page of a broken spec has no %q:\n%s", want, problem)
		}
	}
	if got := s.get("nothing.html", 404); !strings.Contains(got, "shop.yaml has 1 error") {
		t.Errorf("a missing page of a broken spec:\n%s", got)
	}
	if got := s.get("c/shop/full.json", 200); strings.Contains(got, "slwo") {
		t.Errorf("the JSON of a broken spec:\n%s", got)
	}

	if err := os.Remove(s.spec); err != nil {
		t.Fatal(err)
	}
	s.changed(s.version(problem))
	s.printed("read spec: ")
	missing := s.get(path, 200)
	if !strings.Contains(missing, "read spec: ") || !strings.Contains(missing, "The counter is crowded") {
		t.Errorf("without a spec:\n%s", missing)
	}

	writeOver(t, s.spec, spec)
	s.changed(s.version(missing))
	s.printed("has changed; open pages load again")
	mended := s.get(path, 200)
	if undressed(mended, "index.html") != undressed(before, "index.html") {
		t.Errorf("the mended page:\n%s", mended)
	}
	if err := s.stop(); err != nil {
		t.Errorf("ends with %v", err)
	}
}

// TestServeFromNothing starts without a spec that has a site.
func TestServeFromNothing(t *testing.T) {
	for name, test := range map[string]struct{ spec, want string }{
		"missing":   {"", "read spec: "},
		"broken":    {"format: 1\napis: [", "shop.yaml has "},
		"no format": {"hello\n", "shop.yaml has "},
	} {
		t.Run(name, func(t *testing.T) {
			s := serveShop(t, test.spec)
			for _, path := range []string{"", "c/shop/full.html", "style.css"} {
				response, page := s.ask(http.MethodGet, path, "")
				if response.StatusCode != 503 || !strings.Contains(page, "There is no site yet") || !strings.Contains(page, test.want) {
					t.Errorf("/%s: status %d\n%s", path, response.StatusCode, page)
				}
			}
			version := s.version(s.get("c/shop/full.html", 503))
			writeOver(t, s.spec, shop(t))
			s.changed(version)
			if page := s.get("c/shop/full.html", 200); !strings.Contains(page, "The counter is full") {
				t.Errorf("mended:\n%s", page)
			}
		})
	}
}

// TestServeKeepsQuiet saves the spec again without changing its output.
func TestServeKeepsQuiet(t *testing.T) {
	spec := shop(t)
	s := serveShop(t, spec)
	version := s.version(s.get("", 200))
	writeOver(t, s.spec, spec+"\n# A comment.\n")
	s.printed("has changed; open pages load again")
	if got := s.version(s.get("", 200)); got != version {
		t.Errorf("the version is %s and was %s", got, version)
	}
}

func TestServeWarns(t *testing.T) {
	content, err := os.ReadFile("testdata/warning.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := serveShop(t, string(content))
	if page := s.get("", 200); strings.Contains(page, "<aside") || strings.Contains(page, "warning:") {
		t.Errorf("a warning is on the page:\n%s", page)
	}
}

// TestServeEndsAtOnce ends while a page waits.
func TestServeEndsAtOnce(t *testing.T) {
	s := serveShop(t, shop(t))
	version := s.version(s.get("", 200))
	answered := make(chan string, 1)
	go func() {
		response, err := http.Get(s.root + "~wait.js?v=" + version)
		if err != nil {
			answered <- err.Error()
			return
		}
		defer response.Body.Close()
		body, _ := io.ReadAll(response.Body)
		answered <- string(body)
	}()
	s.get("", 200)
	if err := s.stop(); err != nil {
		t.Errorf("ends with %v", err)
	}
	if got := <-answered; strings.Contains(got, "errkb-changed") {
		t.Errorf("the page that waits is told %q", got)
	}
	if response, err := http.Get(s.root); err == nil {
		response.Body.Close()
		t.Errorf("an open connection is answered after the end: %s", response.Status)
	}
}

// TestServeEndsBefore ends before the first site is made.
func TestServeEndsBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var messages bytes.Buffer
	s := &session{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &messages}
	if err := s.serve(ctx, []string{"testdata/warning.yaml"}, "127.0.0.1:0"); err != nil || messages.Len() > 0 {
		t.Errorf("ends with %v\n%s", err, messages.String())
	}
}

func TestServeAnnounces(t *testing.T) {
	at, err := preview.ParseAddress("0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	const where = "gen: the site of a.yaml is at http://127.0.0.1:4711/; press Ctrl-C to end\n"
	for ip, want := range map[string]string{
		"127.0.0.1":   where,
		"::1":         where,
		"192.168.1.5": where + "gen: other computers can see it too\n",
		"0.0.0.0":     where + "gen: other computers can see it too\n",
		"::":          where + "gen: other computers can see it too\n",
	} {
		var messages bytes.Buffer
		(&session{stderr: &messages}).announce("a.yaml", at, &net.TCPAddr{IP: net.ParseIP(ip), Port: 4711})
		if diff := cmp.Diff(want, messages.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", ip, diff)
		}
	}
}

func TestServePortInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var messages bytes.Buffer
	status := Main([]string{"serve", "--spec", "testdata/shop.yaml", "--addr", taken.Addr().String()}, strings.NewReader(""), io.Discard, &messages)
	if want := "gen: listen on " + taken.Addr().String() + ": "; status != statusInternal || !strings.HasPrefix(messages.String(), want) || strings.Count(messages.String(), "\n") != 1 {
		t.Errorf("exit status %d\n%s\nwant %s", status, messages.String(), want)
	}
}

// TestServeShipped serves the catalog that is part of the command.
func TestServeShipped(t *testing.T) {
	s := startServer(t, "")
	response, err := http.Get(s.root + "c/captchaai/error-zero-balance.html")
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("a shipped page answers with %s: %v", response.Status, err)
	}
	if policy := response.Header.Get("Content-Security-Policy"); policy == "" || !strings.Contains(string(page), `content="`+policy+`"`) {
		t.Errorf("the page names another policy than %q", policy)
	}
	if err := s.stop(); err != nil {
		t.Errorf("it ends with %v", err)
	}
}
