package check_test

import (
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
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
