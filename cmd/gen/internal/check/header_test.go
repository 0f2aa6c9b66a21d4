package check_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/check"
	"github.com/errkb/errkb/cmd/gen/internal/diag"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// TestExampleHeaders wants the headers of an example as the spec writes them, whatever
// case the places of the reply are in.
func TestExampleHeaders(t *testing.T) {
	source := []byte(`format: 1
categories: {c: {action: fail, who: client}}
apis:
  shop:
    reply: [{header: {code: [x-error-CODE]}}]
    codes:
      BUSY: {category: c, fix: x, message: x, examples: [{status: 400, headers: {x-error-code: BUSY, x-amzn-RequestId: r1}}]}
`)
	catalog, problems := check.Load("s.yaml", source)
	if catalog == nil {
		t.Fatal(problems)
	}
	const want = "HTTP/1.1 400 Bad Request\nx-error-code: BUSY\nx-amzn-RequestId: r1\n"
	if got := catalog.APIs[0].Codes[0].Examples[0].Wire(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestHeadersAreSpelledAsInTheSpec wants the docs to name header fields as the author
// does, who spells them as the API's guide does, and replies to be read in any case.
func TestHeadersAreSpelledAsInTheSpec(t *testing.T) {
	c, problems := check.Load("errors.yaml", []byte(`format: 1
categories: {busy: {action: retry}, bad: {action: fail}}
policies: {soon: {base: 1s, retries: 2}}
apis:
  shop:
    reply:
      - header: {code: [x-GitHub-code]}
    delay: [{header: X-RateLimit-Reset-After}, {header: retry-after, decimal: true}]
    overrides: [{when: {header: grpc-retry-PushBack}, category: bad, fix: Stop}]
    codes:
      BUSY: {category: busy, retry: soon, meaning: Busy, fix: Wait}
    unknown: {category: bad, fix: Look}
`))
	if c == nil || slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Rule != "unclear-reset" }) {
		t.Fatal(problems)
	}
	api := c.APIs[0]
	shown := say.English.DelayPlace(api.Delays[0]).String() + say.English.When(api, api.Overrides[0].When).String()
	for _, name := range []string{"X-RateLimit-Reset-After", "grpc-retry-PushBack"} {
		if !strings.Contains(shown, name) {
			t.Errorf("%q does not name %s", shown, name)
		}
	}
	table := api.Table()
	for name, want := range map[string]string{"X-Ratelimit-Reset-After": "2s", "x-ratelimit-reset-after": "2s", "Retry-After": "2.5s", "RETRY-AFTER": "2.5s"} {
		value := strings.TrimSuffix(want, "s")
		h := http.Header{"X-Github-Code": {"BUSY"}, name: {value}}
		if d := table.Classify(classify.Reply{Status: 429, Header: h}); d.Action != classify.Retry || d.ServerDelay.String() != want {
			t.Errorf("%s: %s, %s", name, value, d.Why())
		}
	}
	h := http.Header{"X-Github-Code": {"BUSY"}, "Grpc-Retry-Pushback": {"-1"}}
	if d := table.Classify(classify.Reply{Status: 429, Header: h}); d.Action != classify.Fail || d.Override != 1 {
		t.Errorf("%s", d.Why())
	}
}
