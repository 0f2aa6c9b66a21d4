package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServeNotices shows the notices that stand beside the spec, and says what is wrong.
func TestServeNotices(t *testing.T) {
	s := serveShop(t, shop(t))
	notices := filepath.Join(filepath.Dir(s.spec), noticesName)
	page := s.get("index.html", 200)
	s.get(noticesName, 404)
	const good = `[{"text": "All is late.", "api": "shop"}]`
	writeOver(t, notices, good)
	s.changed(s.version(page))
	page = s.get("index.html", 200)
	response, body := s.ask("GET", noticesName, "")
	if body != good || response.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%v\n%s", response.Header, body)
	}
	const bad = `[{"text": "All is late.", "api": "shpo"}]`
	writeOver(t, notices, bad)
	s.changed(s.version(page))
	s.printed(noticesName + `:1:34: error: the spec has no API "shpo" [bad-value]`)
	s.printed("has changed; open pages load again")
	page = s.get("index.html", 200)
	if got := s.get(noticesName, 200); got != bad || strings.Contains(page, "<aside") {
		t.Errorf("%s\n%s", got, page)
	}
	if err := os.Remove(notices); err != nil {
		t.Fatal(err)
	}
	s.changed(s.version(page))
	s.get(noticesName, 404)
}

// TestCheckNotices checks a file of notices with its spec.
func TestCheckNotices(t *testing.T) {
	name := filepath.Join(t.TempDir(), "late.json")
	for content, want := range map[string]struct {
		status      int
		out, report string
	}{
		`[{"text": "Late.", "codes": ["FULL"]}]`:  {0, "", ""},
		`[{"text": "Late.", "codes": ["FULLL"]}]`: {1, ":1:30: error: the spec has no entry \"FULLL\" [unknown-code]\n    [{\"text\": \"Late.\", \"codes\": [\"FULLL\"]}]\n", "late.json has 1 error\n"},
		`[{"text": "<b>Late.</b>"}]`:              {0, ":1:11: warning: ", ""},
	} {
		writeOver(t, name, content)
		var out, report bytes.Buffer
		status := Main([]string{"check", "--spec", "testdata/shop.yaml", "--notices", name}, strings.NewReader(""), &out, &report)
		if status != want.status || !strings.Contains(out.String(), want.out) || (want.out == "") != (out.Len() == 0) || !strings.HasSuffix(report.String(), want.report) {
			t.Errorf("%s: exit status %d\n%s%s", content, status, out.String(), report.String())
		}
	}
	// What is counted is of the file that has errors.
	spec := filepath.Join(t.TempDir(), "errors.yaml")
	shop, err := os.ReadFile("testdata/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	writeOver(t, spec, string(shop))
	writeOver(t, strings.TrimSuffix(spec, ".yaml")+".de.yaml", "format: 1\nlanguage: de\ntranslates: errors.yaml\n")
	writeOver(t, name, `[{"text": "Late.", "codes": ["FULLL"]}]`)
	var out, report bytes.Buffer
	if Main([]string{"check", "--spec", spec, "--notices", name}, strings.NewReader(""), &out, &report); !strings.Contains(out.String(), "missing-text") || !strings.HasSuffix(report.String(), "late.json has 1 error\n") {
		t.Errorf("%s%s", out.String(), report.String())
	}
	if status := Main([]string{"check", "--spec", "testdata/shop.yaml", "--notices", "none.json"}, strings.NewReader(""), &bytes.Buffer{}, &bytes.Buffer{}); status != 2 {
		t.Errorf("without the file: exit status %d", status)
	}
}
