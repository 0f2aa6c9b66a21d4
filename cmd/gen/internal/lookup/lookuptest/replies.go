package lookuptest

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/errkb/errkb/classify"
)

// reply returns a raw reply of an API, or one that is nearly so, bare, as `curl`
// shows it, or in a line of a log.
func (w *writer) reply() string {
	a := pick(w, w.apis)
	var headers []string
	body := pick(w, []string{"", "{}", "OK", "<p>gone</p>", `{"ok":true}`, "[]"})
	for _, form := range a.Forms {
		if len(a.Forms) > 1 && w.chance(2) {
			continue
		}
		switch form.Syntax {
		case classify.JSON:
			body = w.json(&form)
		case classify.XML:
			body = w.xml(&form)
		case classify.Text:
			body = w.plain(&form)
		case classify.Header:
			for _, place := range form.Code {
				headers = append(headers, w.spelling(place[0])+": "+w.value(&form))
			}
			for _, test := range form.OK {
				headers = append(headers, test.Header+": "+w.success(&test))
			}
		}
	}
	switch w.IntN(4) {
	case 0:
		return body
	case 1:
		return pick(w, []string{"2026-11-21 level=error reply=", "body: ", "  ", "\ufeff"}) + body + pick(w, []string{"", " (attempt 2)", "\n"})
	}
	headers = append(headers, pick(w, []string{"content-type: text/plain", "Date: Sat, 21 Nov 2026 20:08:11 GMT", "X_Y:z"}))
	message := fmt.Sprintf("HTTP/%s %d %s\n%s\n\n%s", pick(w, []string{"1.1", "2", "1.0"}), pick(w, []int{200, 204, 400, 401, 403, 404, 429, 500, 503}),
		pick(w, []string{"OK", "Not Found", ""}), strings.Join(headers, "\n"), body)
	if w.chance(4) {
		message = "> GET / HTTP/1.1\n> Host: x\n>\n< " + strings.ReplaceAll(message, "\n", "\n< ")
	}
	if w.chance(3) {
		message = strings.ReplaceAll(message, "\n", "\r\n")
	}
	return message
}

// value returns what may stand where a form has its code.
func (w *writer) value(form *classify.Form) string {
	value := w.name()
	if w.chance(4) {
		value = pick(w, []string{"", "UNHEARD_OF", "unheard of", strings.Repeat("long ", 30), "0", "1.0", "1e3", "-1", "12345678901234567890", "é_Ü", "\t", "a\u2028b"})
	}
	if form.After != "" && !w.chance(3) {
		value = "x" + form.After + value
	}
	if form.Before != "" && !w.chance(3) {
		value += form.Before + "y"
	}
	return value
}

func (w *writer) success(test *classify.Test) string {
	if len(test.Values) == 0 || w.chance(4) {
		return pick(w, []string{"true", "1", "OK", "12.50"})
	}
	return pick(w, test.Values).Text
}

// json returns an object or an array with something at the places where a form
// looks. A place can be there twice.
func (w *writer) json(form *classify.Form) string {
	type member struct {
		at   classify.Path
		text string
	}
	var members []member
	for _, place := range form.Code {
		if w.chance(2) {
			continue
		}
		value := w.value(form)
		text := w.quoted(value)
		if json.Valid([]byte(value)) && w.chance(2) {
			text = value
		}
		members = append(members, member{place, text})
	}
	for _, test := range form.OK {
		if w.chance(2) {
			value := w.success(&test)
			if !json.Valid([]byte(value)) || w.chance(4) {
				value = w.quoted(value)
			}
			members = append(members, member{test.At, value})
		}
	}
	for w.chance(3) {
		members = append(members, member{classify.Path{pick(w, []string{"id", "ok", "code", "__proto__", "constructor"})}, pick(w, []string{"null", "{}", "[]", "0", `"x"`, "1.50", "false"})})
	}
	w.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	space := pick(w, []string{"", " ", "\n  ", "\t"})
	var parts []string
	for _, m := range members {
		parts = append(parts, w.jsonAt(m.at, m.text, space))
	}
	if len(members) > 0 && len(members[0].at) > 0 && (members[0].at[0] == "*" || members[0].at[0] == "0") {
		return parts[0]
	}
	for i, part := range parts {
		parts[i] = strings.TrimSuffix(strings.TrimPrefix(part, "{"), "}")
	}
	return "{" + strings.Join(parts, ","+space) + "}"
}

// jsonAt returns a value inside the objects and arrays of a path.
func (w *writer) jsonAt(place classify.Path, value, space string) string {
	if len(place) == 0 {
		return value
	}
	inner := w.jsonAt(place[1:], value, space)
	if place[0] == "*" || place[0] == "0" {
		return "[" + pick(w, []string{"", "", `{"a":1}, `, "null,", `"]",`}) + space + inner + space + "]"
	}
	return "{" + space + w.quoted(place[0]) + space + ":" + space + inner + space + "}"
}

// quoted returns a text as a JSON string, in one of the ways to write it.
func (w *writer) quoted(text string) string {
	quoted, _ := json.Marshal(text)
	if !w.chance(4) {
		return string(quoted)
	}
	var out strings.Builder
	for _, r := range text {
		if r < 0x10000 {
			fmt.Fprintf(&out, `\u%04x`, r)
		} else {
			out.WriteString(`\ud83d\ude00`)
		}
	}
	return `"` + out.String() + pick(w, []string{"", "", `\ud83d`, `\ude00x`, `\/`}) + `"`
}

func (w *writer) plain(form *classify.Form) string {
	text := w.value(form)
	for _, place := range form.Code {
		if w.chance(len(form.Code)) {
			text = place[0] + text
		}
	}
	for _, test := range form.OK {
		if len(test.Prefix) > 0 && w.chance(3) {
			text = pick(w, test.Prefix) + text
		}
	}
	return pick(w, []string{"", "", `"`, "'", " "}) + text + pick(w, []string{"", "", `"`, "'", "\n"})
}

// rarely picks the first of some texts, and one in five times any.
func (w *writer) rarely(texts ...string) string {
	if !w.chance(5) {
		return texts[0]
	}
	return pick(w, texts)
}

// xml returns a document with elements at the places where a form looks.
func (w *writer) xml(form *classify.Form) string {
	var places []classify.Path
	places = append(places, form.Code...)
	for _, test := range form.OK {
		if len(test.At) > 0 {
			places = append(places, test.At)
		}
	}
	inner := ""
	place := pick(w, places)
	for i := len(place) - 1; i >= 0; i-- {
		name := place[i]
		if name == "*" {
			name = pick(w, []string{"Fault", "Body", "Code", "Fehler", "été", "_x.1-y"})
		}
		if i == len(place)-1 {
			inner = w.xmlText(form)
		}
		inner = w.element(name, inner)
	}
	start := w.rarely("", `<?xml version="1.0" encoding="UTF-8"?>`, "<?xml version='1.0' encoding='ISO-8859-1'?>\n", `<?xml version="1.1"?>`, "<!-- x -->",
		"<!-- a -- b -->", `<!DOCTYPE Error [<!ENTITY x "<y>"> <!-- ' -->]>`, "<?x y?>", "\ufeff", "<!>", "x", "<!DOCTYPE x '>'>")
	end := w.rarely("", "\n", "<!-- end -->", "<Error/>", "x", "\u0085", "<", "</Error>")
	return start + inner + end
}

func (w *writer) xmlText(form *classify.Form) string {
	text := w.value(form)
	switch w.IntN(8) {
	case 0:
		return "<![CDATA[" + text + "]]>"
	case 1:
		return text + pick(w, []string{"&", "&nbsp;", "]]>", "&#x41;", "&#65", "&#0;", "&#xD800;", "\x01", "\ufffe", "&#X41;", "&lt", "\r\n"})
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(text)
}

func (w *writer) element(name, inner string) string {
	tag := w.rarely("", "s:", "x:y:", ":") + name
	attributes := w.rarely("", " ", ` a="1"`, ` xmlns:s="urn:x" b='<'`, "\n a = '&amp;\"'b=\"]]>\"", " a=1", " a", ` a="&x;"`, ` été="1"`)
	siblings := w.rarely("", "<Other/>", "<!-- c -->", "<Code></Code>", "\n  ", "<?p?>", "<a b='c'>d</a >")
	end := tag
	if w.chance(20) {
		end = name
	}
	return "<" + tag + attributes + ">" + siblings + inner + "</" + end + w.rarely("", " ", "\n") + ">"
}

// Printed are replies of the shipped catalog as programs print them or their parts, and
// what is nearly that, with the first match of each, or nothing.
var Printed = map[string]string{
	"got {'success': False, 'error': 'Not enough credits', 'code': 'INSUFFICIENT_CREDITS'} back":                          "exact fastcaptcha code INSUFFICIENT_CREDITS",
	"APIStatusError: Error code: 402 - {'success': False, 'error': None, 'code': u'NEW_CODE',}":                           "exact fastcaptcha status 402",
	"{'status': 0, 'request': 'CAPCHA_NOT_READY'}":                                                                        "exact captchaai code CAPCHA_NOT_READY",
	`{"success" => false, "error" => nil, "code" => "API_KEY_INVALID"}`:                                                   "exact fastcaptcha code API_KEY_INVALID",
	`{success: false, error: "it's \x41\'", :code=>"API_KEY_INVALID"}`:                                                    "exact fastcaptcha code API_KEY_INVALID",
	"{ success: true, text: 'RATE_LIMIT_EXCEEDED', [Symbol(x)]: [Function: x], at: [Object], size: Map(2) { 'a' => 1 } }": "exact fastcaptcha status 200",
	"AxiosError: Request failed with status code 413\n    at settle {\n  code: 'ERR_BAD_REQUEST',\n  config: { url: 'https://fastcaptcha.org/api/v1/ocr/', method: 'post' },\n  response: {\n    status: 413,\n    headers: Object [AxiosHeaders] { 'content-type': 'application/json' },\n    data: {\n      success: false,\n      code: 'IMAGE_TOO_LARGE'\n    }\n  }\n}": "exact fastcaptcha code IMAGE_TOO_LARGE",
	`{"message":"Request failed with status code 500","name":"AxiosError","config":{"url":"https://fastcaptcha.org/api/v1/ocr/","method":"post"},"code":"ERR_BAD_RESPONSE","status":500}`:                                                                                                                                                                                    "exact fastcaptcha status 500",
	`2026-11-28,10:22:41,worker7,200,"{""status"":0,""request"":""MAX_USER_TURN""}"`:                                     "exact captchaai code MAX_USER_TURN",
	`status=402;{"success":false,"code":"NEW_CODE"}`:                                                                     "exact fastcaptcha status 402",
	"the solve call answered 200 with {\"success\": false}":                                                              "likely fastcaptcha unrecognised unrecognised",
	"res.php gave us OK|03AGdBq25SxXT-pmSeBXjzScW but the page says it is wrong":                                         "likely captchaai status 200",
	"first line\nOK|123\nOK|456":                                                                                         "likely captchaai status 200",
	"OK|123 first, then ERROR_ZERO_BALANCE":                                                                              "exact captchaai code ERROR_ZERO_BALANCE",
	`{"success":false,"error":"no","status":"402"}`:                                                                      "likely fastcaptcha status 402",
	`the log has {"level":"warn","statusCode":503}`:                                                                      "likely fastcaptcha status 503",
	"<html><head><title>504 Gateway Time-out</title></head><body><hr>nginx</body></html>":                                "likely fastcaptcha status_class 5xx",
	"<html>\n<head><title>fastcaptcha.org | 522: Connection timed out</title></head><body>Error code 522</body></html>":  "likely fastcaptcha status_class 5xx",
	"<h1>Server Error (500)</h1>":                                                                                        "likely fastcaptcha status 500",
	"ClientResponseError: 429, message='Too Many Requests', url='https://fastcaptcha.org/api/v1/ocr/'":                   "likely fastcaptcha status 429",
	"AuthenticationError: 401 Incorrect API key provided":                                                                "likely fastcaptcha status 401",
	`[{"request":{"url":"https://ocr.captchaai.com/in.php","method":"POST"},"response":{"status":502,"body":"<html>"}}]`: "exact captchaai status_class 5xx",
	// The status stands somewhere near the reply.
	"status 402\n```json\n{\n  \"success\": false,\n  \"code\": \"NEW_CODE\"\n}\n```":                               "exact fastcaptcha status 402",
	"HttpClientErrorException: 402 Payment Required: \"{\"success\":false,\"code\":\"NEW_CODE\"}\"":                 "exact fastcaptcha status 402",
	"POST resulted in a `402 Payment Required` response:\n{\"success\":false,\"code\":\"NEW_CODE\"}":                "exact fastcaptcha status 402",
	">>> r.status_code\n402\n>>> r.json()\n{'success': False, 'code': 'NEW_CODE'}":                                  "exact fastcaptcha status 402",
	`10:00,402,"{""success"":false,""code"":""NEW_CODE""}"`:                                                         "exact fastcaptcha status 402",
	`{"success":false,"code":"NEW_CODE"} (HTTP 402)`:                                                                "exact fastcaptcha status 402",
	`{"success":false,"code":"NEW_CODE"}402`:                                                                        "exact fastcaptcha status 402",
	`level=ERROR msg=failed status=402 body="{\"success\":false,\"error\":\"no \\\"x\\\"\",\"code\":\"NEW_CODE\"}"`: "exact fastcaptcha status 402",
	`status 503, all of it: {"a":{"success":false,"code":"NEW_CODE"}}`:                                              "exact fastcaptcha status 503",
	`{"success":false,"code":"NEW_CODE"}\n402 of these`:                                                             "likely fastcaptcha unknown unknown",
	`we got "{\"success`:                           "",
	`we got "{\"a": `:                              "",
	"code 503 from openai.com, your API is fine":   "guess fastcaptcha status 503",
	"{'success': False, 'code': 'API_KEY_INVALID'": "exact fastcaptcha code API_KEY_INVALID",
	"{'success': False, 'code': f(x)(y)}":          "",
	"{":                                            "",
	"{'":                                           "",
	"{a":                                           "",
	"{a:":                                          "",
	"{ color: red; }":                              "",
	"yes|no|maybe":                                 "",
}
