package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServer makes the packages of an API's own server, beside those of its clients and alone.
func TestServer(t *testing.T) {
	shopIn(t, t.TempDir())
	if err := os.WriteFile("go.mod", []byte("module example.com/app\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	args := func(flags ...string) []string { return append([]string{"generate", "--spec", "shop.yaml"}, flags...) }
	want(t, 0, "", "wrote 8 of 8 files", args("--go", "api", "--server", "api")...)
	want(t, 0, "", "8 files, all up to date", args("--go", "api", "--server", "api")...)
	want(t, 0, "", "", args("--go", "api", "--server", "api", "--check")...)
	code := contents(t, ".")["api/shoperrs/errors.go"]
	for _, part := range []string{"\n// Made with --go --server.\n", "\npackage shoperrs\n", `"example.com/app/api/shop"`, "Is: shop.NoMoney}", "\nfunc NoMoney() *serve.Error {\n", "\nfunc Code08Prefix(rest string) *serve.Error {\n"} {
		if !strings.Contains(code, part) {
			t.Errorf("the package has no %q", part)
		}
	}
	if strings.Contains(code, "OldGoods") {
		t.Error("there is a function for a retired code")
	}

	// Each kind leaves the other alone, and neither is green without it.
	want(t, 1, "", "api was made with --go --server, and this check has --server;", args("--server", "api", "--check")...)
	want(t, 1, "", "api was made with --go --server, and this check has --go;", args("--go", "api", "--check")...)
	want(t, 0, "", "wrote 2 of 2 files", args("--server", "api")...)
	if code := contents(t, ".")["api/shoperrs/errors.go"]; strings.Contains(code, "app/api/shop") || strings.Contains(code, "Made with") {
		t.Error("without --go, the package imports that of the clients")
	}
	want(t, 0, "", "wrote 2 of 6 files", args("--go", "api")...)
	if len(contents(t, "api")) != 8 {
		t.Error("one kind of package removes the other")
	}
	want(t, 0, "", "wrote 10 of 10 files", args("--go", "all", "--separate-codes", "--server", "all")...)
	if code := contents(t, ".")["all/shoperrs/errors.go"]; !strings.Contains(code, `"example.com/app/all/shop/shopcodes"`) {
		t.Error("the package does not import that of the codes alone")
	}
}

// TestServerRefuses refuses what can't be written, at its place, and writes nothing.
func TestServerRefuses(t *testing.T) {
	inModule(t)
	write := func(reply, code string) {
		text := "format: 1\ncategories: {bad: {action: fail}}\napis:\n  shop:\n    reply:\n" + reply + "    codes:\n      " + code + ": {category: bad, meaning: No, fix: Stop}\n"
		if err := os.WriteFile("errors.yaml", []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"generate", "--spec", "errors.yaml", "--server", "out"}
	write("      - json: {in: sse, code: [/code]}\n", "NO")
	want(t, 1, "", "errors.yaml:6:9: warning: the server does not write this form: it is a stream", args...)
	want(t, 1, "", "errors.yaml:8:7: error: the server can't write \"NO\"", args...)
	want(t, 1, "", "gen: no server can be made of errors.yaml: it has 1 error and 1 warning; nothing is written\n", args...)
	write("      - json: {in: sse, code: [/code]}\n      - json: {code: [/code]}\n", "WRITE")
	want(t, 1, "", "errors.yaml:9:7: error: the server can't write \"WRITE\": its Go name Write is that of a function", args...)
	if _, err := os.Stat("out"); err == nil {
		t.Error("something is written")
	}
	write("      - json: {in: sse, code: [/code]}\n      - json: {code: [/code]}\n", "NO")
	want(t, 0, "", "errors.yaml:6:9: warning: the server does not write this form", args...)
	want(t, 0, "", "errors.yaml:6:9: warning: the server does not write this form", args...)
}

// TestServerBesideAPI refuses two packages in one directory.
func TestServerBesideAPI(t *testing.T) {
	inModule(t)
	api := ": {reply: [{json: {code: [/code]}}], codes: {NO: {category: bad, meaning: No, fix: Stop}}}\n"
	text := "format: 1\ncategories: {bad: {action: fail}}\napis:\n  shop" + api + "  shoperrs" + api
	if err := os.WriteFile("errors.yaml", []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	want(t, 1, "", "gen: "+filepath.Join("out", "shoperrs")+" can't be both the errors of API shop and the API of that name; give --server another directory than --go\n",
		"generate", "--spec", "errors.yaml", "--go", "out", "--server", "out")
	want(t, 0, "", "wrote 8 of 8", "generate", "--spec", "errors.yaml", "--go", "out", "--server", "errs")
}
