package cli_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// onceSpec has an error after which one operation must not be sent again, whose fix is
// written for all.
const onceSpec = `format: 1
title: Orders
categories:
  transient: {action: retry, who: client}
policies:
  again: {growth: constant, base: 1s, retries: 2}
apis:
  orders:
    title: Orders
    reply: [{json: {code: [/code]}}]
    operations:
      buy: {title: Buy, method: POST, path: /orders, repeatable: false}
    statuses:
      503: {meaning: Busy, category: transient, retry: again, processed: maybe, fix: Send it again}
    codes:
      E_BUSY: {meaning: Busy, category: transient, retry: again, processed: maybe, fix: Send it again}
`

var tags = regexp.MustCompile(`<[^>]*>`)

// TestOnce looks wherever a fix is shown for one that would do a request twice.
func TestOnce(t *testing.T) {
	dir := t.TempDir()
	spec := filepath.Join(dir, "errors.yaml")
	writeFile(t, spec, onceSpec)
	const only = "Only if it was not carried out: Send it again"
	show := func(stdin string, args ...string) string {
		t.Helper()
		stdout, stderr, status := run(stdin, append(args, "--spec", spec)...)
		if status != 0 {
			t.Fatalf("%v: status %d\n%s", args, status, stderr)
		}
		return stdout
	}
	shown := map[string]string{
		"explain a code":   show("", "explain", "E_BUSY"),
		"explain a reply":  show("HTTP/1.1 503 Service Unavailable\n\n{\"code\":\"E_BUSY\"}", "explain"),
		"classify a reply": show(`{"code":"E_BUSY"}`, "classify", "--status", "503"),
	}
	show("", "generate", "--docs", filepath.Join(dir, "docs"))
	show("", "site", "--out", filepath.Join(dir, "site"))
	for name, content := range contents(t, dir) {
		if strings.Contains(content, "Send it again") && (strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".md") || strings.Contains(name, "cards/")) {
			shown[name] = content
		}
	}
	for name, text := range shown {
		text = tags.ReplaceAllString(text, " ")
		text = strings.Join(strings.Fields(text), " ")
		if strings.Count(text, "Send it again") != strings.Count(text, only) || !strings.Contains(text, only) {
			t.Errorf("%s says to send again what may have been carried out:\n%s", name, text)
		}
	}
}
