package cli_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// What a replay does not know is learned, and known the next time; what is done about it stays.
func TestLearn(t *testing.T) {
	dir := t.TempDir()
	spec, log := filepath.Join(dir, "errors.yaml"), filepath.Join(dir, "log.jsonl")
	before := `format: 1
title: Shop # of ours
categories:
  transient: {action: retry, who: client}
  permanent: {action: fail, who: developer}
policies:
  backoff: {growth: exponential, base: 1s, retries: 3}
apis:
  shop:
    reply:
      - json: {code: [/code], message: [/message]}
    codes:
      BUSY: {category: transient, retry: backoff, fix: Wait, message: Busy}
    # statuses
    statuses:
      503: {category: transient, retry: backoff, fix: Wait}
    unknown: {category: permanent, fix: Look}
`
	writeFile(t, spec, before)
	writeFile(t, log, `{"status":503,"body":"{\"code\":\"LATE\",\"message\":\"Too late\"}"}`+"\n"+`{"status":409,"body":"{\"code\":\"LOST\"}"}`+"\n"+`{"status":503,"body":"{\"code\":\"BUSY\"}"}`+"\n")
	verdict := func(status, body string) string {
		t.Helper()
		stdout, stderr, _ := run(body, "classify", "--spec", spec, "--status", status)
		verdict, _, ok := strings.Cut(stdout, "\n")
		if !ok {
			t.Fatal(stderr)
		}
		return verdict
	}
	late, lost := verdict("503", `{"code":"LATE"}`), verdict("409", `{"code":"LOST"}`)
	report, stderr, status := run("", "replay", "--spec", spec, log, "-o", "json")
	if status != 0 {
		t.Fatal(stderr)
	}
	if stdout, stderr, status := run(report, "learn", "--spec", spec, "--dry-run", "-"); status != 0 || !strings.Contains(stdout, `"LATE":`) || !strings.Contains(stderr, "2 codes to add") || file(t, spec) != before {
		t.Errorf("dry: exit status %d\n%s%s", status, stdout, stderr)
	}
	if _, stderr, status := run(report, "learn", "--spec", spec, "-"); status != 0 || !strings.HasSuffix(stderr, "2 codes added; check lists what is left to write\n") {
		t.Fatalf("exit status %d\n%s", status, stderr)
	}
	after := file(t, spec)
	head, tail, _ := strings.Cut(before, "    # statuses\n")
	if !strings.HasPrefix(after, head) || !strings.HasSuffix(after, "    # statuses\n"+tail) {
		t.Errorf("other lines have changed:\n%s", after)
	}
	if got := verdict("503", `{"code":"LATE"}`); got != late {
		t.Errorf("LATE: %s, before %s", got, late)
	}
	if got := verdict("409", `{"code":"LOST"}`); got != lost {
		t.Errorf("LOST: %s, before %s", got, lost)
	}
	if _, stderr, status := run(report, "learn", "--spec", spec, "-"); status != 0 || !strings.HasSuffix(stderr, "0 codes added, 2 listed already\n") || file(t, spec) != after {
		t.Errorf("again: exit status %d\n%s", status, stderr)
	}
	if stdout, _, _ := run("", "replay", "--spec", spec, log); strings.Contains(stdout, "with an unknown code") {
		t.Errorf("the replay after that:\n%s", stdout)
	}
	docs := filepath.Join(dir, "docs")
	if _, stderr, status := run("", "generate", "--spec", spec, "--docs", docs); status != 1 || !strings.Contains(stderr, "--allow-todo") {
		t.Errorf("generate: exit status %d\n%s", status, stderr)
	}
	if _, stderr, status := run("", "generate", "--spec", spec, "--docs", docs, "--allow-todo"); status != 0 {
		t.Errorf("generate --allow-todo: exit status %d\n%s", status, stderr)
	}
}

// What can't be learned leaves the spec as it was.
func TestLearnRefuses(t *testing.T) {
	dir := t.TempDir()
	spec := filepath.Join(dir, "errors.yaml")
	before := file(t, "testdata/shop.yaml")
	writeFile(t, spec, before)
	for _, test := range []struct {
		input  string
		args   []string
		status int
		want   string
	}{
		{`{"code":"A"}`, []string{"-"}, 2, "missing flag --spec"},
		{`{"code":"A"}`, []string{"--spec", spec}, 2, "missing file"},
		{`{"code":"A"}`, []string{"--spec", spec, "-"}, 2, `read stdin: value 1: row 1 does not say which API the code "A" is of; --api does`},
		{`{"code":"A","api":"bank"}`, []string{"--spec", spec, "-"}, 2, `unknown api "bank"; known: shop, mail`},
		{`{"code":"A"}`, []string{"--spec", spec, "--api", "bank", "-"}, 2, `unknown api "bank"`},
		{`code,count`, []string{"--spec", spec, "--api", "shop", "-"}, 2, "is not JSON"},
		{`{"code":"A"}`, []string{"--spec", spec, "--api", "shop", filepath.Join(dir, "none.json")}, 2, "no such file"},
		{`{"code":"A","message":"\u0000"}`, []string{"--spec", spec, "--api", "shop", "--min", "2", "-"}, 0, "0 codes added, 1 seen less than 2 times"},
	} {
		stdout, stderr, status := run(test.input, append([]string{"learn"}, test.args...)...)
		if status != test.status || stdout != "" || !strings.Contains(stderr, test.want) {
			t.Errorf("%v: exit status %d\n%s%s\nwant %d and %q", test.args, status, stdout, stderr, test.status, test.want)
		}
	}
	if file(t, spec) != before {
		t.Error("the spec has changed")
	}
}
