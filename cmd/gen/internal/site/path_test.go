package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// pathOf returns the path of a category with so many entries, escalated in so many cases.
func pathOf(who string, entries, cases int, actions ...classify.Action) pathView {
	c := &model.Category{Name: "busy", Title: "Busy", Slug: "busy", Who: who}
	api := &model.API{Name: "shop", Title: "Shop"}
	for i := range entries {
		e := &model.Entry{API: api, Kind: classify.KindCode, Code: fmt.Sprint("SHOP_", i), Category: c, Action: actions[i%len(actions)]}
		if cases > 0 {
			e.Escalate = fmt.Sprintf("When it is case %d, which the customer has to show", i%cases)
		}
		api.Codes = append(api.Codes, e)
	}
	return categoryView{c, &model.Catalog{Categories: []*model.Category{c}, APIs: []*model.API{api}}, say.English}.Path()
}

func TestPath(t *testing.T) {
	for _, test := range []struct {
		path         pathView
		says         string
		listed, left int
	}{
		{pathOf("account-owner", 1, 0, classify.FixAccount), "A customer asks|Support|Send the answer|Account owner|Stop and fix the account", 0, 0},
		{pathOf("support", 2, 0, classify.Fail), "A customer asks|Support|Send the answer|Stop", 0, 0},
		{pathOf("client", 1, 1, classify.Retry), "A customer asks|Support|Send the answer|The program itself|Wait and retry|Support|Escalate|It is case 0, which the|customer has to show.", 1, 0},
		{pathOf("developer", 50, 40, classify.Fail, classify.Retry),
			"A customer asks|Support|Send the answer|Developer|Stop|SHOP_0|SHOP_2|SHOP_4|and 22 more|Wait and retry|SHOP_1|SHOP_3|SHOP_5|and 22 more|Support|Escalate|in 40 cases, see the list", 12, 28},
	} {
		d := test.path.Drawing()
		y := 0
		var texts []string
		for _, b := range d.Branches {
			for _, line := range append(b.Question, b.Leaf...) {
				if line.Y < y+12 || line.Y > d.Height {
					t.Errorf("%q stands at %d of %d, below %d", line.Text, line.Y, d.Height, y)
				}
				y = line.Y
				texts = append(texts, line.Text)
			}
			if b.High > 0 && (b.Top+b.High > d.Height || b.Leaf[0].Y < b.Top || y > b.Top+b.High) {
				t.Errorf("a leaf goes from %d by %d", b.Top, b.High)
			}
		}
		if got := strings.Join(texts, "|"); got != test.says {
			t.Errorf("got %q\nwant %q", got, test.says)
		}
		if len(test.path.Listed()) != test.listed || test.path.Left() != test.left {
			t.Errorf("%d cases are listed, and %d not, want %d and %d", len(test.path.Listed()), test.path.Left(), test.listed, test.left)
		}
	}
	if path := pathOf("client", 3, 0, classify.OK); len(path.Acts) > 0 {
		t.Errorf("a path of one step: %+v", path)
	}
	path := pathOf("developer", 30, 0, classify.Fail)
	path.Acts[0].Entries[1].Code = "SHOP_0"
	if n := path.Names(nil, path.Acts[0]); len(n.First) != 12 || n.More != 18 || n.Whose(n.First[0]) != "Shop" || n.Whose(n.First[2]) != "" {
		t.Errorf("names %d entries and %d more", len(n.First), n.More)
	}
}
