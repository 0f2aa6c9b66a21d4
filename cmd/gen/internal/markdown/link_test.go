package markdown

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

func TestHeadings(t *testing.T) {
	h := newHeadings(say.English, "Statuses!", "Statuses", "Codes")
	got := []string{h.fixed["Statuses"], h.fixed["Codes"], h.take("codes"), h.take("Permanent codes"), h.take("Permanent codes")}
	want := []string{"Statuses 2", "Codes", "codes 2", "Permanent codes", "Permanent codes 2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCategoryHeading(t *testing.T) {
	for _, test := range []struct{ name, title, want string }{
		{"permanent", "Permanent", "Permanent codes"},
		{"a", "Fix it: now (or never)", "Fix it now or never codes"},
		{"migre", "Émigré", "migre codes"},
		{"x", "3 strikes", "Category 3 strikes codes"},
		{"x", "**", "Category codes"},
	} {
		if got := categoryHeading(say.English, &model.Category{Name: test.name, Title: test.title}); got != test.want {
			t.Errorf("categoryHeading(%q) = %q, want %q", test.title, got, test.want)
		}
	}
}
