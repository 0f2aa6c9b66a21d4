package lookup

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/errkb/errkb/cmd/gen/internal/lookup/lookuptest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// TestAnswers wants all that is answered to a text.
func TestAnswers(t *testing.T) {
	for _, test := range []struct {
		name    string
		catalog *model.Catalog
		answers []lookuptest.Answer
	}{
		{"shipped", shipped(t), lookuptest.ShippedAnswers},
		{"shipped", shipped(t), lookuptest.Verdicts},
		{"odd", load(t, lookuptest.OddSpec), lookuptest.OddAnswers},
		{"forms", load(t, lookuptest.FormsSpec), lookuptest.FormAnswers},
		{"events", load(t, lookuptest.EventSpec), lookuptest.EventAnswers},
		{"untold", load(t, lookuptest.UntoldSpec), lookuptest.UntoldAnswers},
		{"args", load(t, lookuptest.ArgsSpec), lookuptest.ArgsAnswers},
		{"titles", load(t, lookuptest.TitlesSpec), lookuptest.TitleAnswers},
		{"absent", load(t, lookuptest.AbsentSpec), lookuptest.AbsentAnswers},
	} {
		x := New(test.catalog)
		for _, a := range test.answers {
			if diff := cmp.Diff(a.Matches, lines(x.Explain(a.Text)), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s: %q (-want +got):\n%s", test.name, a.Text, diff)
			}
		}
	}
}
