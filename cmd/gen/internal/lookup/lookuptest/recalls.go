package lookuptest

// Recalls are texts from which somebody who knows the shipped catalog tells what is
// meant, and the first match of each.
var Recalls = map[string]string{
	// A status that is said.
	"it says 402": "guess fastcaptcha status 402", "It says 402.": "guess fastcaptcha status 402", "the page says 503, what now?": "guess fastcaptcha status 503",
	"your api shows 413 again":                "guess fastcaptcha status 413",
	"I got 402 when calling your API":         "guess fastcaptcha status 402",
	"we get 429 on every request":             "guess fastcaptcha status 429",
	"The upload ended with 413.":              "guess fastcaptcha status 413",
	"My last request was 401, what is wrong?": "guess fastcaptcha status 401",
	"Fehler 402":                            "guess fastcaptcha status 402",
	"Ich bekomme Fehler 402 beim Hochladen": "guess fastcaptcha status 402",
	"Erreur 503":                            "guess fastcaptcha status 503",
	"deu erro 401 aqui":                     "guess fastcaptcha status 401",
	"Ошибка 413":                            "guess fastcaptcha status 413",
	"错误 402":                                "guess fastcaptcha status 402",
	"错误402，请帮忙":                             "guess fastcaptcha status 402",
	"返回错误代码 429":                            "guess fastcaptcha status 429",
	"エラー503が出ます":                            "guess fastcaptcha status 503",
	"خطأ 402":                               "guess fastcaptcha status 402",
	"त्रुटि 503":                            "guess fastcaptcha status 503",
	"kesalahan 401":                         "guess fastcaptcha status 401",
	// A code that a machine read from a picture.
	"RATE_L1MIT_EXCEEDED":                        "guess fastcaptcha code RATE_LIMIT_EXCEEDED",
	"RATE_L1M1T_EXCEEDED":                        "guess fastcaptcha code RATE_LIMIT_EXCEEDED",
	"It reads ERR0R_ZER0_BALANCE, what is that?": "guess captchaai code ERROR_ZERO_BALANCE",
	"lMAGE_T00_LARGE":                            "guess fastcaptcha code IMAGE_TOO_LARGE",
	"ERROR _ ZERO _ BALANCE":                     "guess captchaai code ERROR_ZERO_BALANCE",
	"the picture shows API_ KEY _INVALID there":  "guess fastcaptcha code API_KEY_INVALID",
	"IN5UFFICIENT_CRED1T5":                       "guess fastcaptcha code INSUFFICIENT_CREDITS",
	// The class of an exception is not what the API said.
	"openai.ModelError: overloaded":   "likely fastcaptcha code MODEL_ERROR",
	"ModelError: RATE_LIMIT_EXCEEDED": "exact fastcaptcha code RATE_LIMIT_EXCEEDED",
	// A code with a word more or less.
	"it says wrong user key":                       "guess captchaai code ERROR_WRONG_USER_KEY",
	"we got zero balance, why?":                    "guess captchaai code ERROR_ZERO_BALANCE",
	"request failed, message: no slot available.":  "guess captchaai code ERROR_NO_SLOT_AVAILABLE",
	"ERROR_WRONG_GOOGLEKEY":                        "guess captchaai code ERROR_GOOGLEKEY",
	"reply was ERROR_WRONG_GOOGLEKEY for our site": "guess captchaai code ERROR_GOOGLEKEY",
	"ERROR_KEY_NOT_EXIST":                          "guess captchaai code ERROR_KEY_DOES_NOT_EXIST",
	"NT_STATUS_IMAGE_TOO_LARGE":                    "guess fastcaptcha code IMAGE_TOO_LARGE",
	"got NT_STATUS_RATE_LIMIT_EXCEEDED back":       "guess fastcaptcha code RATE_LIMIT_EXCEEDED",
}
