package naming

import (
	"regexp"
	"testing"
)

func TestConstant(t *testing.T) {
	for text, want := range map[string]string{
		"ERROR_ZERO_BALANCE":    "ERROR_ZERO_BALANCE",
		"ERROR_PAGEURL":         "ERROR_PAGEURL",
		"TWO__MARKS_":           "TWO__MARKS_",
		"_FIRST":                "FIRST",
		"rateLimitExceeded":     "RATE_LIMIT_EXCEEDED",
		"bad-request.v2":        "BAD_REQUEST_V2",
		"ERROR: 1001":           "ERROR_1001",
		"01000":                 "CODE_01000",
		"-1":                    "CODE_MINUS_1",
		"+1":                    "CODE_PLUS_1",
		"1.2.3":                 "CODE_1_2_3",
		"None":                  "NONE",
		"class":                 "CLASS",
		"__init__":              "INIT",
		"I'm a teapot":          "IM_A_TEAPOT",
		"é_accent":              "U00C9_ACCENT",
		"日本":                    "U65E5U672C",
		"ﬁnal":                  "UFB01NAL",
		"٣":                     "U0663",
		"com.amazon#Throttling": "COM_AMAZON_THROTTLING",
		"":                      "",
		"***":                   "",
	} {
		got := Constant(text, "CODE")
		if got != want {
			t.Errorf("Constant(%q) = %q, want %q", text, got, want)
		}
		if got != "" && !constant.MatchString(got) {
			t.Errorf("Constant(%q) = %q, which is not a constant", text, got)
		}
	}
}

var constant = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

func TestMember(t *testing.T) {
	for _, test := range [][3]string{
		{"StatusTooManyRequests", "Status", "TooManyRequests"},
		{"StatusOK", "Status", "OK"},
		{"Status5xx", "Status", "Status5xx"},
		{"Status", "Status", "Status"},
		{"Statuses", "Status", "Statuses"},
		{"Category日本", "Category", "Category日本"},
		{"CategoryÉtat", "Category", "État"},
		{"Busy", "Status", "Busy"},
	} {
		if got := Member(test[0], test[1]); got != test[2] {
			t.Errorf("Member(%q, %q) = %q, want %q", test[0], test[1], got, test[2])
		}
	}
}

func TestModule(t *testing.T) {
	for name, want := range map[string]string{"captchaai": "captchaai", "class": "class_", "email": "email_", "match": "match"} {
		if got := Module(name); got != want {
			t.Errorf("Module(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestSameLetters(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"ErrorPageURL", "ERROR_PAGEURL", true},
		{"OK", "O.K.", true},
		{"LargeX", "X", false},
		{"Nothing", "", false},
	} {
		if got := SameLetters(test.a, test.b); got != test.want {
			t.Errorf("SameLetters(%q, %q) = %t", test.a, test.b, got)
		}
	}
}
