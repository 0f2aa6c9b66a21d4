package site

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/say"
)

// treeOf returns the drawing of an API with so many codes in each of so many
// categories.
func treeOf(categories, codes int) treeDrawing {
	api := &model.API{Name: "shop"}
	for i := range categories {
		category := &model.Category{Name: fmt.Sprint("c", i), Title: "Busy"}
		for n := range codes {
			api.Codes = append(api.Codes, &model.Entry{API: api, Kind: classify.KindCode, Code: fmt.Sprintf("SHOP_%d_%d", i, n), Category: category, Action: classify.Fail})
		}
	}
	return apiView{api, &page{l: say.English}}.TreeDrawing()
}

func TestTreeDrawing(t *testing.T) {
	for _, test := range []struct {
		categories, codes int
		questions, drawn  int
		says              string
	}{
		{0, 0, 3, 5, "Anything else: stop"},
		{1, 1, 4, 6, "Is the code SHOP_0_0?"},
		{1, 2, 4, 6, "SHOP_0_0|SHOP_0_1|"},
		{1, 300, 4, 6, "SHOP_0_0|SHOP_0_1|SHOP_0_2|and 297 more"},
		{12, 9, 15, 17, "Is the code one of these 9?"},
		{13, 9, 16, 17 + 1, "… and 1 more, see the list"},
		{90, 9, 93, 17 + 1, "… and 78 more, see the list"},
	} {
		d := treeOf(test.categories, test.codes)
		if d.Questions != test.questions || len(d.Branches) != test.drawn {
			t.Errorf("%d times %d codes: %d questions and %d branches, want %d and %d", test.categories, test.codes, d.Questions, len(d.Branches), test.questions, test.drawn)
		}
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
		if all := strings.Join(texts, "|"); !strings.Contains(all, test.says) {
			t.Errorf("no %q in %q", test.says, all)
		}
	}
}

// TestTreeAnswers requires that an answer that is too wide to stand beside a leaf stands
// below it, over the next question.
func TestTreeAnswers(t *testing.T) {
	for _, test := range []struct {
		language string
		below    bool
	}{{"en", false}, {"de", false}, {"zh", false}, {"ja", true}} {
		api := &model.API{Name: "shop"}
		branches := apiView{api, &page{l: say.In(test.language)}}.TreeDrawing().Branches
		for i, b := range branches {
			if b.No == 0 || b.High == 0 {
				continue
			}
			foot, next := b.Top+b.High, branches[i+1].Top+11
			if len(branches[i+1].Question) > 0 {
				next = branches[i+1].Question[0].Y
			}
			if (b.No > foot+10) != test.below || b.No > next-14 {
				t.Errorf("%s: no stands at %d, a leaf ends at %d, and the next text stands at %d", test.language, b.No, foot, next)
			}
		}
	}
}

func TestWrapped(t *testing.T) {
	for _, test := range []struct {
		text  string
		width float64
		most  int
		want  string
	}{
		{"", 100, 2, ""},
		{"up to 3 retries, 5 s apart", 110, 3, "up to|3 retries,|5 s apart"},
		{"ERROR_ZERO_BALANCE", 140, 3, "ERROR_ZERO_|BALANCE"},
		{"ERROR_ZERO_BALANCE", 140, 1, "ERROR_ZERO_…"},
		{"aaaaaaaaaaaaaaaaaaaaaaaa", 100, 3, "aaaaaaaaaa|aaaaaaaaaa|aaaa"},
		{"one two three", 60, 1, "one…"},
		{"界界界界界", 40, 9, "界界|界界|界"},
		{"narrower than a letter", 1, 2, "n|…"},
	} {
		if got := strings.Join(wrapped(test.text, test.width, test.most), "|"); got != test.want {
			t.Errorf("%q in %v: got %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

func TestBreaks(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "",
		"wait 5 s, then on":               "wait |5 s, |then |on",
		"ERROR_NO_SLOT of api.example/v1": "ERROR_|NO_|SLOT |of |api.|example/|v1",
		"応答が、ない。":                         "応|答|が、|な|い。",
		"サーバーのエラーっぽい":                     "サー|バー|の|エ|ラーっ|ぽ|い",
		"（「時々」）人々は…":                      "（「時々」）|人々|は…",
		"コードは API です":                     "コー|ド|は |API |で|す",
		"コードはAPIです":                       "コー|ド|は|API|で|す",
		"最大 3 回、5秒間隔":                     "最|大 |3 回、|5秒|間|隔",
		"10～20 秒待つ":                       "10～|20 秒|待|つ",
		"状态码为“空”？否：停止":                    "状|态|码|为|“空”？|否：|停|止",
		"費用は￥500（50％）":                    "費|用|は|￥500（50％）",
		"한국어는 띄어 쓴다":                      "한국어는 |띄어 |쓴다",
	} {
		if got := strings.Join(breaks(text), "|"); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
