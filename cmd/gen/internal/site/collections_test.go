package site

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

func TestCompareVersions(t *testing.T) {
	ordered := []string{"", "0.9", "1.2", "1.2-a", "1.2-b", "1.2.1", "1.10", "2", "02.1", "2019-01-31", "2019-2-1", "2019-10-01", "v1", "v02"}
	shuffled := slices.Clone(ordered)
	slices.Reverse(shuffled)
	slices.SortStableFunc(shuffled, compareVersions)
	if diff := cmp.Diff(ordered, shuffled); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestChanges(t *testing.T) {
	api := &model.API{Name: "shop"}
	add := func(code, since string, retired *model.Retired) {
		api.Codes = append(api.Codes, &model.Entry{API: api, Code: code, Since: since, Retired: retired})
	}
	add("A", "1.9", nil)
	add("B", "1.10", nil)
	add("C", " 1.9 ", &model.Retired{Since: "2"})
	add("D", "", &model.Retired{})
	add("E", "", nil)
	var got [][]string
	for _, c := range (catalogView{&model.Catalog{APIs: []*model.API{api}}}).Changes() {
		row := []string{c.Since}
		for _, e := range c.Added {
			row = append(row, "+"+e.Code)
		}
		for _, e := range c.Retired {
			row = append(row, "-"+e.Code)
		}
		got = append(got, row)
	}
	want := [][]string{{"2", "-C"}, {"1.10", "+B"}, {"1.9", "+A", "+C"}, {"", "-D"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestGroupsOf(t *testing.T) {
	api := &model.API{Name: "shop"}
	entry := func(kind classify.Kind, code, frequency string) *model.Entry {
		return &model.Entry{API: api, Kind: kind, Code: code, Frequency: frequency}
	}
	api.Codes = []*model.Entry{
		entry(classify.KindCode, "GONE", "very-common"), entry(classify.KindCode, "SELDOM", "rare"), entry(classify.KindCode, "PLAIN", ""),
		entry(classify.KindCode, "OFTEN", "very-common"), entry(classify.KindCode, "SOMETIMES", "occasional"), entry(classify.KindCode, "SIMPLE", ""),
	}
	api.Codes[0].Retired = &model.Retired{}
	api.Prefixes = []*model.Entry{entry(classify.KindPrefix, "X*", "")}
	api.Classes = []*model.Entry{entry(classify.KindStatusClass, "5xx", "")}
	api.Transport = []*model.Entry{entry(classify.KindTransport, "dns", "")}
	api.Unknown = entry(classify.KindUnknown, "unknown", "")
	var got [][]string
	for _, g := range groupsOf([]*model.API{api}, every) {
		row := []string{g.ID}
		for _, e := range g.Entries {
			row = append(row, e.Code)
		}
		got = append(got, row)
	}
	want := [][]string{
		{"codes", "OFTEN", "SOMETIMES", "PLAIN", "SIMPLE", "X*", "SELDOM", "GONE"},
		{"statuses", "5xx"}, {"no-answer", "dns"}, {"other", "unknown"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := groupsOf([]*model.API{api}, func(*model.Entry) bool { return false }); len(got) > 0 {
		t.Errorf("got %v of nothing", got)
	}
}
