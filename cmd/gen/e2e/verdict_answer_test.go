package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestOneAnswerForAll copies one answer to several errors.
func TestOneAnswerForAll(t *testing.T) {
	b := openTab(t)
	allowClipboard(b)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	paste(b, "ERROR_ZERO_BALANCE, and then MODEL_ERROR")
	click(b, `#program [value="client"]`)
	click(b, `#verdict button[data-copy="reply-all"]`)
	awaitCopied(b)
	got := copied(b)
	balance, _ := shippedAnswers(t, "ERROR_ZERO_BALANCE")
	model, own := shippedAnswers(t, "MODEL_ERROR")
	for _, want := range []string{"2 errors", "1. No funds (ERROR_ZERO_BALANCE)", "2. Prediction failed (MODEL_ERROR)", balance, model} {
		if !strings.Contains(got, want) {
			t.Errorf("the answer lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "If not") || strings.Contains(got, own) {
		t.Errorf("the answer is for any program:\n%s", got)
	}
}

// TestAskForMore copies the answer to what nobody knows: one click.
func TestAskForMore(t *testing.T) {
	b := openTab(t)
	allowClipboard(b)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	paste(b, "there is nothing of ours in this sentence")
	click(b, "#verdict .primary")
	awaitCopied(b)
	if got := copied(b); !strings.Contains(got, "Please send us:") {
		t.Errorf("copied %q", got)
	}
}

// TestOneAnswerOfDrafts wants the one answer for several errors to be marked as a draft if one
// of theirs is, in the catalog or for the very reply.
func TestOneAnswerOfDrafts(t *testing.T) {
	spec := filepath.Join(scratch, "drafts.yaml")
	if err := os.WriteFile(spec, []byte(`format: 1
title: Parcels
categories: {bad: {action: fail, who: developer}}
apis:
  parcel:
    codes:
      LABEL_LOST: {category: bad, meaning: The label is lost, fix: Print it again, reply: Please print the label again.}
      LABEL_TORN: {category: bad, meaning: The label is torn, fix: Print it again, reply: Please print another label.}
      NO_SUCH_STREET: {category: bad, meaning: There is no such street, fix: Correct the address}
`), 0o644); err != nil {
		t.Fatal(err)
	}
	site, err := buildSite("drafts", spec)
	if err != nil {
		t.Fatal(err)
	}
	b := openTab(t)
	b.visit(site.overHTTP("index.html"))
	for text, want := range map[string]bool{"LABEL_LOST, then LABEL_TORN": false, "LABEL_LOST, then NO_SUCH_STREET": true} {
		paste(b, text)
		if len(seen(b, "#reply-all")) != 1 {
			t.Errorf("%q: there is no answer for both", text)
			continue
		}
		if got := len(seen(b, "#verdict .all .kind")) == 1; got != want {
			t.Errorf("%q: the answer for both is marked as a draft: %v, want %v", text, got, want)
		}
		if got := eval[bool](b, `document.querySelector("#verdict .all button").matches(".primary")`); got == want {
			t.Errorf("%q: the answer for both asks to be copied: %v, want %v", text, got, !want)
		}
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}

// TestOneAnswerForErrors wants nothing that is normal, and nothing that is over, in the one
// answer for several errors, and none for a single error.
func TestOneAnswerForErrors(t *testing.T) {
	const polling = "2026-11-21 20:08:11 CAPCHA_NOT_READY\n2026-11-21 20:08:16 CAPCHA_NOT_READY\n2026-11-21 20:08:21 ERROR_TOKEN_EXPIRED"
	b := openTab(t)
	allowClipboard(b)
	b.visit(must(t, shippedSite).onDisk("index.html"))
	for _, test := range []struct {
		text string
		want []string
	}{
		{polling, nil},
		{polling + "\n2026-11-21 20:08:29 ERROR_ZERO_BALANCE", []string{"ERROR_TOKEN_EXPIRED", "ERROR_ZERO_BALANCE"}},
		{"ERROR_IP_BANNED is fixed. Now ERROR_TOKEN_EXPIRED and ERROR_ZERO_BALANCE", []string{"ERROR_TOKEN_EXPIRED", "ERROR_ZERO_BALANCE"}},
		{"ERROR_ZERO_BALANCE ist weg, danke. Jetzt kommt ERROR_NO_SLOT_AVAILABLE", nil},
	} {
		pasteKeys(b, test.text)
		answer(b)
		all := strings.Join(seen(b, "#reply-all"), "")
		for _, code := range []string{"CAPCHA_NOT_READY", "ERROR_TOKEN_EXPIRED", "ERROR_ZERO_BALANCE", "ERROR_IP_BANNED", "ERROR_NO_SLOT_AVAILABLE"} {
			if strings.Contains(all, code) != slices.Contains(test.want, code) {
				t.Errorf("%q: the one answer is %q, want it about %v", test.text, all, test.want)
			}
		}
	}
}
