package lookuptest

import "github.com/errkb/errkb/classify"

// WhoseReplies are replies of the shipped catalog with their first match: the entry of
// the API whose they are.
var WhoseReplies = map[string]string{
	"HTTP/1.1 200 OK\n\n{\"success\": false}":                                          "likely fastcaptcha unrecognised unrecognised",
	"HTTP/1.1 200 OK\n{\"success\": false, \"hint\": 1}":                               "likely fastcaptcha unrecognised unrecognised",
	"HTTP/1.1 200 OK\n\n{\"status\": 0}":                                               "likely captchaai unrecognised unrecognised",
	"HTTP/1.1 200 OK\n\nERROR_SOMETHING_NEW":                                           "exact captchaai unknown unknown",
	"HTTP/1.1 200 OK\n\nERROR_SOMETHING_ELSE":                                          "guess captchaai unknown unknown",
	"HTTP/2 200\ncontent-type: text/html\n\n<html>Log in to our Wi-Fi</html>":          "guess fastcaptcha unrecognised unrecognised",
	`{"success":true,"text":"RATE_LIMIT_EXCEEDED"}`:                                    "exact fastcaptcha status 200",
	`got {"success":true,"text":"RATE_LIMIT_EXCEEDED"} today`:                          "likely fastcaptcha status 200",
	"HTTP/1.1 200 OK\n\n{\"success\":true,\"text\":\"ERROR_ZERO_BALANCE\"}":            "exact fastcaptcha status 200",
	`{"success":true,"text":"x"} then {"success":false,"code":"RATE_LIMIT_EXCEEDED"}`:  "exact fastcaptcha code RATE_LIMIT_EXCEEDED",
	`RATE_LIMIT_EXCEEDED, then {"success":true,"text":"x"}`:                            "exact fastcaptcha code RATE_LIMIT_EXCEEDED",
	"HTTP/1.1 413 Payload Too Large\n\n{\"success\":true,\"text\":\"x\"}":              "exact fastcaptcha status 413",
	"GET https://ocr.captchaai.com/res.php?id=1 503":                                   "likely captchaai status_class 5xx",
	"POST https://ocr.captchaai.com/in.php -> 503 <html>gateway</html>":                "likely captchaai status_class 5xx",
	"12:01 GET https://ocr.captchaai.com/res.php => 429":                               "likely captchaai status 429",
	"12:01 \"POST https://fastcaptcha.org/api/v1/ocr/\": 503\n12:02 done":              "likely fastcaptcha status 503",
	"Content-Type: application/json\n\n{\"success\":false,\"code\":\"MODEL_ERROR\"}\n": "exact fastcaptcha code MODEL_ERROR",
}

// WhoseCalls are texts with addresses of the shipped catalog, with the first match, the
// operation that was called, and whether it is called again.
var WhoseCalls = []struct {
	Text, First string
	Operation   classify.Operation
	Again       bool
}{
	{"> POST /in.php HTTP/1.1\n> Host: ocr.captchaai.com\n>\n< HTTP/1.1 502 Bad Gateway\n< Server: x\n<\n<html>", "exact captchaai status_class 5xx", "submit", false},
	{"> GET /res.php?key=1&id=2 HTTP/1.1\n> Host: ocr.captchaai.com\n>\n< HTTP/1.1 502 Bad Gateway\n< Server: x\n<\n<html>", "exact captchaai status_class 5xx", "poll", true},
	{"POST https://fastcaptcha.org/api/v1/ocr/ gave\nHTTP/1.1 503 Service Unavailable\nServer: x\n\n", "exact fastcaptcha status 503", "solve", true},
	{
		`{"message":"Request failed","config":{"method":"post","url":"https://ocr.captchaai.com/in.php"},"response":{"status":503,"data":"<html>"}}`,
		"exact captchaai status_class 5xx", "submit", false,
	},
	{
		`{"log":{"entries":[{"request":{"method":"GET","url":"https://ocr.captchaai.com/res.php?a=1"},"response":{"status":200,"content":{"encoding":"base64","text":"Q0FQQ0hBX05PVF9SRUFEWQ=="}}}]}}`,
		"exact captchaai code CAPCHA_NOT_READY", "poll", true,
	},
}

// DecidedCalls are texts about a status or a failed call and the address that was called.
var DecidedCalls = []struct {
	Text, First string
	Operation   classify.Operation
	Again       bool
}{
	{"GET https://ocr.captchaai.com/res.php?key=1&action=get&id=7 504", "likely captchaai status_class 5xx", "poll", true},
	{"POST https://ocr.captchaai.com/in.php -> 503 <html>gateway</html>", "likely captchaai status_class 5xx", "submit", false},
	{`Post "https://ocr.captchaai.com/in.php": context deadline exceeded`, "likely captchaai transport timeout", "submit", false},
	{`Get "https://ocr.captchaai.com/res.php?id=1": read: connection reset by peer`, "likely captchaai transport connection", "poll", true},
	{`Post "https://ocr.captchaai.com/in.php": dial tcp 192.0.2.1:443: connect: connection refused`, "likely captchaai transport connection", "submit", true},
	{"requests.post('https://ocr.captchaai.com/in.php') ... Failed to establish a new connection: [Errno -3] Temporary failure in name resolution", "likely captchaai transport connection", "submit", true},
	{"CaptchaAI: connect ECONNREFUSED 192.0.2.1:443", "likely captchaai transport connection", "", true},
	{"https://ocr.captchaai.com/in.php: first connection refused, then connection reset", "likely captchaai transport connection", "submit", false},
	{`Post "https://fastcaptcha.org/api/v1/ocr/": context deadline exceeded`, "likely fastcaptcha transport timeout", "solve", true},
}

// Named are texts about PlacesSpec with a status and the API that sent it, which may not
// list it, with the one match and why.
var Named = map[string]string{
	"harbour says 404":    "guess depot 4xx: the status 404 is one of 4xx, but Harbour does not list it",
	"harbour: status 404": "guess depot 4xx: the status 404 is one of 4xx, but Harbour does not list it",
	"depot says 404":      "guess depot 4xx: the status 404 is one of 4xx",
	"depot: status 404":   "likely depot 4xx: the status 404 is one of 4xx",
}

// Nearly are texts with a typo of a code of the shipped catalog, with the one match.
var Nearly = map[string]string{
	"the reply was RATE_LIMT_EXCEEDED, what now?":      "guess fastcaptcha code RATE_LIMIT_EXCEEDED",
	`log: "code": "IMAGE_TO_LARGE"`:                    "guess fastcaptcha code IMAGE_TOO_LARGE",
	"res.php says CAPTCHA_NOT_READY all the time":      "guess captchaai code CAPCHA_NOT_READY",
	"errors.Is(err, captchaai.ErrorZeroBallance)":      "guess captchaai code ERROR_ZERO_BALANCE",
	"captcha service: ERRORZEROBALANC (account 12345)": "guess captchaai code ERROR_ZERO_BALANCE",
}
