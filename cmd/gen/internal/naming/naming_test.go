package naming

import (
	"go/token"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExported(t *testing.T) {
	for text, want := range map[string]string{
		"API_KEY_MISSING":       "APIKeyMissing",
		"ERROR_IP_BANNED":       "ErrorIPBanned",
		"ERROR_WRONG_ID_FORMAT": "ErrorWrongIDFormat",
		"CAPCHA_NOT_READY":      "CapchaNotReady",
		"rateLimitExceeded":     "RateLimitExceeded",
		"HTTPError":             "HTTPError",
		"OAuth2Failed":          "OAuth2Failed",
		"bad-request.v2":        "BadRequestV2",
		"ERROR: 1001":           "Error1001",
		"01000":                 "Code01000",
		"42P01":                 "Code42P01",
		"0x1F":                  "Code0x1F",
		"2FA_TOKEN_MISSING":     "Code2FATokenMissing",
		"NO_2FA_TOKEN":          "No2faToken",
		"-1":                    "CodeMinus1",
		"+1":                    "CodePlus1",
		"1.2.3":                 "Code1_2_3",
		"type":                  "Type",
		"invalid_ids":           "InvalidIDs",
		"I'm a teapot":          "ImATeapot",
		"é_accent":              "ÉAccent",
		"日本":                    "Code日本",
		"com.amazon#Throttling": "ComAmazonThrottling",
		"":                      "",
		"***":                   "",
		"HTTP2_ERROR":           "HTTP2Error",
		"VALID":                 "Valid",
	} {
		got := Exported(text, "Code")
		if got != want {
			t.Errorf("Exported(%q) = %q, want %q", text, got, want)
		}
		if got != "" && (!token.IsIdentifier(got) || !token.IsExported(got)) {
			t.Errorf("Exported(%q) = %q, which is not an exported identifier", text, got)
		}
	}
}

func TestSlug(t *testing.T) {
	got := map[string]string{}
	for _, text := range []string{"ERROR_ZERO_BALANCE", "-1", "1", "08*", "a/b:c", "", "index", "README", "NUL", "日本", "余额不足", "ОШИБКА_СЕРВЕРА",
		"Δεν υπάρχει", "잔액 부족", "خطأ", "Größe überschritten", "-1日", "😀", "\xff"} {
		got[text] = Slug(text)
	}
	want := map[string]string{
		"ERROR_ZERO_BALANCE": "error-zero-balance", "-1": "minus-1", "1": "1", "08*": "08", "a/b:c": "a-b-c",
		"": "code-e3b0c442", "index": "index-1bc04b52", "README": "readme-" + hash("README"), "NUL": "nul-" + hash("NUL"), "日本": "ri-ben",
		"余额不足": "yu-e-bu-zu", "ОШИБКА_СЕРВЕРА": "oshibka-servera", "Δεν υπάρχει": "den-uparkhei", "잔액 부족": "janaeg-bujog", "خطأ": "kht",
		"Größe überschritten": "grosse-uberschritten", "-1日": "minus-1ri", "😀": "code-" + hash("😀"), "\xff": "code-" + hash("\xff"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("slugs (-want +got):\n%s", diff)
	}
}

func TestTitle(t *testing.T) {
	for name, want := range map[string]string{"fix_api_key": "Fix API key", "poll": "Poll", "--": "--"} {
		if got := Title(name); got != want {
			t.Errorf("Title(%q) = %q, want %q", name, got, want)
		}
	}
}
