package markdown_test

import (
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/diff"
	"github.com/errkb/errkb/cmd/gen/internal/markdown"
)

func TestChanges(t *testing.T) {
	report := diff.Report{Changes: []diff.Change{
		{API: "shop", Code: "FULL", Kind: diff.Changed, Field: "fix", Old: "Wait", New: "Wait *long* | <b>or</b> not", Level: diff.Patch},
		{API: "shop", Code: "GONE", Kind: diff.Removed, Field: "code", Old: "fail", Level: diff.Major},
		{Kind: diff.Changed, Field: "title", New: "Shop", Level: diff.Patch},
		{API: "shop", Code: "SHOP_BUSY", Kind: diff.Renamed, Field: "code", Old: "BUSY", New: "SHOP_BUSY", Level: diff.Minor},
		{API: "mail", Kind: diff.Added, Field: "api", New: "Mail", Level: diff.Minor},
		{API: "shop", Code: "FULL", Kind: diff.Added, Field: "alias", New: strings.Repeat("x", 200), Level: diff.Minor},
	}}
	const want = "### Major\n\n" +
		"- `shop`: removed code `GONE`: fail\n\n" +
		"### Minor\n\n" +
		"- `shop`: code `BUSY` is now `SHOP_BUSY`, and the old name an alias\n" +
		"- `mail`: added api: Mail\n" +
		"- `shop`: added alias `FULL`: "
	got := string(markdown.Changes(report))
	rest, ok := strings.CutPrefix(got, want)
	if !ok {
		t.Fatalf("got\n%s\nwant it to start with\n%s", got, want)
	}
	const end = "…\n\n### Patch\n\n" +
		"- `shop`: `FULL`: fix: Wait → Wait &#42;long&#42; &#124; &lt;b&gt;or&lt;/b&gt; not\n" +
		"- title: nothing → Shop\n"
	if !strings.HasSuffix(rest, end) || len(rest)-len(end) != 160 {
		t.Errorf("got the end\n%s\nwant 160 times x and\n%s", rest, end)
	}
	if got := string(markdown.Changes(diff.Report{})); got != "No changes.\n" {
		t.Errorf("without changes: %q", got)
	}
}
