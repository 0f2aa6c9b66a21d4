package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/catalogjson"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/cli"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// resendSpec is a spec whose entries all have one category and effect, with
// operations of every kind or with none.
func resendSpec(category, processed string, operations bool) []byte {
	entry := fmt.Sprintf("{category: %s, retry: soon, meaning: It failed, fix: Mend it%s}", category, processed)
	if !strings.Contains("busy pending lost", category) {
		entry = strings.Replace(entry, "retry: soon, ", "", 1)
	}
	failure := strings.Replace(entry, processed, "", 1)
	var out strings.Builder
	out.WriteString(`format: 1
title: Resend
categories:
  wrong: {action: fail, who: developer}
  busy: {action: retry, who: client}
  lost: {action: resubmit, who: client}
  pending: {action: wait_poll, who: client}
  account: {action: fix_account, who: account-owner}
policies:
  soon: {base: 1s, retries: 2}
apis:
  shop:
`)
	if operations {
		out.WriteString(`    operations:
      order: {method: POST, path: /orders}
      quote: {method: POST, path: /quotes, repeatable: true}
      look: {method: GET, path: /look}
      charge: {method: GET, path: /charge, repeatable: false}
      odd: {path: /odd}
`)
	}
	fmt.Fprintf(&out, `    reply: [{json: {ok: {at: /ok, equals: true}, code: [/code]}}]
    unknown: %[1]s
    unrecognised: %[1]s
    transport: {timeout: %[2]s, connection: %[2]s, dns: %[2]s, tls: %[2]s}
    statuses: {409: %[1]s, 5xx: %[1]s}
    codes: {LISTED: %[1]s, P-*: %[1]s}
`, entry, failure)
	return []byte(out.String())
}

// replyTo is a reply that leads to an entry, as the command takes it.
func replyTo(e *model.Entry) (args []string, body string) {
	switch e.Kind {
	case classify.KindCode:
		return []string{"--status", "400"}, `{"code":"LISTED"}`
	case classify.KindPrefix:
		return []string{"--status", "400"}, `{"code":"P-1"}`
	case classify.KindStatus:
		return []string{"--status", e.Code}, ""
	case classify.KindStatusClass:
		return []string{"--status", "503"}, ""
	case classify.KindTransport:
		return []string{"--transport", e.Code}, ""
	case classify.KindUnknown:
		return []string{"--status", "400"}, `{"code":"NEW"}`
	}
	return []string{"--status", "400"}, ""
}

// TestResendAgrees asks the command and the docs whether a request is sent again, in
// every kind of entry and operation, and compares them with each other.
func TestResendAgrees(t *testing.T) {
	dir := t.TempDir()
	asked := 0
	for _, category := range []string{"wrong", "busy", "lost", "pending", "account"} {
		for _, processed := range []string{"", ", processed: no", ", processed: maybe"} {
			for _, operations := range []bool{true, false} {
				source := resendSpec(category, processed, operations)
				file := filepath.Join(dir, "errors.yaml")
				if err := os.WriteFile(file, source, 0o600); err != nil {
					t.Fatal(err)
				}
				c, problems := check.Load("errors.yaml", source)
				if c == nil {
					t.Fatalf("%s: %+v", source, problems)
				}
				pages := markdown.Files(c, "errors.yaml")
				for _, e := range c.APIs[0].Entries() {
					names := []string{""}
					if operations {
						names = e.Operations
					}
					for _, operation := range names {
						checkResend(t, file, e, operation, string(pages["shop/"+e.Page()+".md"]))
						asked++
					}
				}
			}
		}
	}
	t.Logf("asked %d times", asked)
}

// repeatableIn is what can be sent twice without harm, by the spec.
var repeatableIn = map[string]bool{"quote": true, "look": true}

func checkResend(t *testing.T, file string, e *model.Entry, operation, page string) {
	t.Helper()
	said := fmt.Sprintf("%s %s, %s, effect %s, in %q", e.Kind, e.Code, e.Action, e.Effect, operation)
	args, body := replyTo(e)
	args = append([]string{"classify", "--spec", file}, args...)
	if operation != "" {
		args = append(args, "--operation", operation)
	}
	var text, form, messages bytes.Buffer
	if code := cli.Main(args, strings.NewReader(body), &text, &messages); code != 0 {
		t.Fatalf("%v: %s", args, messages.String())
	}
	cli.Main(append(args, "-o", "json"), strings.NewReader(body), &form, &messages)
	var decision catalogjson.Decision
	if err := json.Unmarshal(form.Bytes(), &decision); err != nil {
		t.Fatal(err)
	}

	maybe := e.Effect == classify.EffectMaybe
	harms := e.Action == classify.Retry && maybe && !repeatableIn[operation]
	again := e.Action.Waits() && !harms
	if decision.Again != again || (decision.Stop == "") != again {
		t.Errorf("%s: JSON says again %t, stop %q; want %t", said, decision.Again, decision.Stop, again)
	}
	if decision.Effect != e.Effect.String() {
		t.Errorf("%s: JSON says the effect is %s", said, decision.Effect)
	}
	verdict, _, _ := strings.Cut(text.String(), "\n")
	if got := strings.HasPrefix(verdict, "Check first"); got != harms {
		t.Errorf("%s: the command says %q", said, verdict)
	}
	if got := slices.Contains(e.SentOnce(), operation) || operation == "" && e.NeverResent(); got != harms {
		t.Errorf("%s: the docs say that it is sent once: %t", said, got)
	}
	if page == "" {
		t.Fatalf("%s: no page", said)
	}
	if got := strings.Contains(page, "The request was not carried out."); got && maybe {
		t.Errorf("%s: the page says that the request was not carried out", said)
	}
	if got := strings.Contains(page, "**Yes: "); operation == "" && e.Action.Waits() && got != again {
		t.Errorf("%s: the page says yes: %t", said, got)
	}
}
