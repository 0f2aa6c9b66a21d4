package say

import (
	"testing"
)

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " \n": "", "wait": "Wait.", "Wait.": "Wait.", "really?": "Really?", "and so on…": "And so on…", "über  uns\n": "Über uns.", "余额": "余额。", "最多 3 次重试，间隔 5 s": "最多 3 次重试，间隔 5 s。", "The name is 余额 or so": "The name is 余额 or so.", "it says “余额不足”": "It says “余额不足”.", "足りません。": "足りません。", "v2 で置き換えられました": "v2 で置き換えられました。", "v2 已停用。": "v2 已停用。", "it says 不足": "it says 不足。",
	} {
		if got := Sentence(text); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestHeadline(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "wait": "Wait", "Wait.": "Wait", "really?": "Really?", "and so on...": "And so on..", "余额": "余额", "足りません。": "足りません", "本当に？": "本当に？",
	} {
		if got := Headline(text); got != want {
			t.Errorf("Headline(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestEscalation(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "When money is lost": "Money is lost.", "After a day, to billing.": "After a day, to billing.", "Whenever it stays": "Whenever it stays.",
	} {
		if got := Escalation(text); got != want {
			t.Errorf("Escalation(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLists(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{English.And(nil), ""},
		{English.And([]string{"a"}), "a"},
		{English.And([]string{"a", "b", "c"}), "a, b and c"},
		{English.Or([]string{"a", "b"}), "a or b"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
