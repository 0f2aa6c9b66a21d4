package downstream_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/golang"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/writing"
)

// writeServer writes the packages of an API's server into a module, below a folder.
func writeServer(t *testing.T, m *userModule, c *model.Catalog, folder string, o golang.Options) {
	t.Helper()
	var plans []*writing.Plan
	for _, api := range c.APIs {
		plans = append(plans, writing.New(api))
	}
	files, err := golang.ServerFiles(c, plans, o)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		m.write(folder+name, string(content))
	}
}

// TestServerPage builds the server that docs/server.md shows, and runs the test that it
// shows.
func TestServerPage(t *testing.T) {
	t.Parallel()
	page := read(t, filepath.Join(root, "docs", "server.md"))
	fences := make(map[string][]string)
	for _, fence := range regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		fences[fence[1]] = append(fences[fence[1]], fence[2])
	}
	if len(fences["yaml"]) != 1 || len(fences["go"]) != 2 {
		t.Fatalf("docs/server.md has %d fences of YAML and %d of Go", len(fences["yaml"]), len(fences["go"]))
	}
	c, problems := check.Load("errors.yaml", []byte(fences["yaml"][0]))
	if len(problems) > 0 {
		t.Fatalf("the spec of the page: %v, errors %t", problems, diag.HasErrors(problems))
	}
	m := newGeneratedModule(t)
	o := golang.Options{Spec: "errors.yaml", Client: generatedModule + "/api"}
	files, err := golang.Files(c, o)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		m.write("api/"+name, string(content))
	}
	writeServer(t, m, c, "api/", o)
	m.write("main.go", fences["go"][0])
	m.write("main_test.go", fences["go"][1])
	reply := strings.Split(strings.TrimSpace(fences["text"][0]), "\n")
	m.write("page_test.go", strings.ReplaceAll(pageTest, "BODY", reply[len(reply)-1]))
	m.run("go", "vet", "./...")
	m.run("go", "test", "./...")
	m.run("go", "build", "-o", "shop.exe", ".")
	for symbol := range strings.Lines(m.run("go", "tool", "nm", "shop.exe")) {
		if _, own, ok := strings.Cut(symbol, generatedModule+"/api/shoperrs."); ok && strings.Contains(own, "init") {
			t.Errorf("the package does work at start: %s", symbol)
		}
	}
}

const pageTest = `package main

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestPage(t *testing.T) {
	out := httptest.NewRecorder()
	r := httptest.NewRequest("POST", "/orders", strings.NewReader("item=1"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	var logged strings.Builder
	server(log.New(&logged, "", 0)).ServeHTTP(out, r)
	body, _ := io.ReadAll(out.Body)
	if got, want := strings.TrimSpace(string(body)), ` + "`BODY`" + `; out.Code != http.StatusNotFound || got != want {
		t.Errorf("the reply is %d %s, want %s", out.Code, got, want)
	}
	const line = "POST /orders: NO_SUCH_ITEM: There is no such item.: item \"1\": sql: no rows in result set\n"
	if logged.String() != line {
		t.Errorf("the log is %q, want %q", &logged, line)
	}
}
`
