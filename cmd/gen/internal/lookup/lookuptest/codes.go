package lookuptest

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Spellings returns a code in every clean spelling.
func Spellings(code string) []string {
	words := strings.Split(strings.ToLower(code), "_")
	var titled []string
	for _, w := range words {
		titled = append(titled, strings.ToUpper(w[:1])+w[1:])
	}
	camel := words[0] + strings.Join(titled[1:], "")
	sentence := titled[0] + strings.TrimPrefix(strings.Join(words, " "), words[0])
	lower, upper := strings.ToLower(code), strings.ToUpper(code)
	return []string{
		code, lower, upper, strings.Join(titled, "_"),
		strings.ReplaceAll(lower, "_", "-"), strings.ReplaceAll(upper, "_", "-"), strings.Join(titled, "-"),
		camel, strings.Join(titled, ""),
		strings.ReplaceAll(lower, "_", ""), strings.ReplaceAll(upper, "_", ""),
		strings.ReplaceAll(lower, "_", " "), strings.ReplaceAll(upper, "_", " "), strings.Join(titled, " "), sentence,
	}
}

// Typos yields every text one typo away: a character left out, doubled, swapped
// with the next, put in or changed into another.
func Typos(code string) map[string]bool {
	all := map[string]bool{}
	for i := range len(code) {
		all[code[:i]+code[i+1:]] = true
		all[code[:i]+code[i:i+1]+code[i:]] = true
		if i+1 < len(code) {
			all[code[:i]+code[i+1:i+2]+code[i:i+1]+code[i+2:]] = true
		}
		for _, letter := range []string{"E", "X", "0", "_", "-", " "} {
			all[code[:i]+letter+code[i:]] = true
			all[code[:i]+letter+code[i+1:]] = true
		}
	}
	delete(all, code)
	for query := range all {
		if strings.Trim(query, "_- ") == code {
			delete(all, query) // what stands around a code is not a typo
		}
	}
	return all
}

// Wrappers are texts around a code; %s stands for it.
var Wrappers = []string{
	"%s", " %s\n", "\t%s\r\n\r\n", `"%s"`, "`%s`", "'%s'", "“%s”", "«%s»", "**%s**", "(%s)", "[%s]", "<code>%s</code>", "%s.", "%s!", "Error: %s",
	"code=%s", `code: "%s"`, `{"success":false,"code":"%s"}`, "{\n  \"status\": 0,\n  \"request\": \"%s\"\n}",
	`{\"success\":false,\"code\":\"%s\"}`, `{"success":false,"code":"%s","err`, `{'success': False, 'code': '%s'}`,
	"&quot;%s&quot;", "> %s", "> > \"%s\"", "Hi,\n\n> it says:\n> %s\n\nBest\n", "\ufeff%s", "\u200b%s\u200b", "\x1b[31m%s\x1b[0m",
	`ts=2026-11-21T20:08:11Z level=error msg="request failed" code="%s" attempt=3`,
	"Nov 21 20:08:11 web-1 solver[4291]: request failed: \"%s\"",
	"Traceback (most recent call last):\n  File \"/app/solve.py\", line 42, in solve\n    raise RuntimeError(data)\nRuntimeError: %s",
	"panic: %s\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:12 +0x1d",
	"Error: %s\n    at solve (/app/index.js:10:9)\n    at async main (/app/index.js:20:3)",
	"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: application/json\r\n\r\n{\"success\":false,\"code\":\"%s\"}",
	"HTTP/2 200\ncontent-type: text/plain\n\n%s",
	"https://example.com/callback?error=%s&state=x1",
	"| code | count |\n|---|---|\n| %s | 12 |",
}

// Underscores are the ways in which web pages, programs and mail write one, also
// where a line ends at it.
var Underscores = []string{
	"_", "&#95;", "&#x5F;", "&lowbar;", "&amp;#95;", `\_`, `\u005f`, `\\u005F`, `\x5f`, "%5F", "＿", "\u00ad_", "_\u200b", "_&shy;", "_<wbr>",
	"_\n", "\n_", "_\r\n> ", "_=\n",
}

// Large returns a catalog of n codes of two to four words.
func Large(n int) *model.Catalog {
	parts := strings.Fields("account address amount api balance bank batch billing body bucket cache card channel client cloud contact customer data device document domain email event field file filter format gateway group header host image index input invoice item job key label limit link list location lock mail media member message method model module network node object offer option order output owner page parameter partner password payment phone plan policy port price product profile project proxy queue quota rate record region report request resource response role route rule schema scope server service session setting shard signature site size source stage state storage stream table tag target task team template tenant thread ticket token topic transfer type unit update upload user value vendor version volume wallet zone")
	ends := strings.Fields("INVALID MISSING EXPIRED LOCKED TOO_LARGE NOT_FOUND NOT_ALLOWED EXCEEDED BLOCKED CONFLICT")
	a := &model.API{Name: "large", Forms: []classify.Form{{Syntax: classify.JSON, Code: []classify.Path{{"code"}}}}}
	broken := &model.Category{Name: "broken"}
	seen := map[string]bool{}
	for i := 0; len(a.Codes) < n; i++ {
		code := strings.ToUpper(parts[i%len(parts)] + "_" + parts[(i/7)%len(parts)] + "_" + ends[(i/3)%len(ends)])
		if seen[code] {
			code += fmt.Sprintf("_%d", i)
		}
		seen[code] = true
		a.Codes = append(a.Codes, &model.Entry{
			API: a, Kind: classify.KindCode, Code: code, Number: uint16(len(a.Codes) + 1), Category: broken,
			Slug: strings.ToLower(strings.ReplaceAll(code, "_", "-")),
		})
	}
	return &model.Catalog{APIs: []*model.API{a}}
}

// Corners are texts about the APIs of FormsSpec that meet what hardly any text does.
var Corners = []string{
	"<Reply><ok>1</ok></Reply>", "<a:Error xmlns:a='x'><a:Code>a:NoSuchBucket</a:Code></a:Error>", "<a:b:Error><Code>AccessDenied</Code></a:b:Error>",
	"<:Error><Code>AccessDenied</Code></:Error>", "<Error><Code>AccessDenied</Code></a:Error>", "<Error><Code>R-17</Code></Error>\n",
	"<?xml version='1.0' encoding='ISO-8859-1'?><Error><Code>\u00c4nderung_Verboten</Code></Error>",
	"<?xml version='1.0' encoding='Utf-8'?><Error><Code>\u00c4nderung_Verboten</Code></Error>",
	"<?xml version='1.1'?><Error><Code>AccessDenied</Code></Error>", "<?xml version=''?><Error><Code>AccessDenied</Code></Error>",
	`<!DOCTYPE x "'>"><Error><Code>AccessDenied</Code></Error>`, `<!DOCTYPE x '">'><Error><Code>AccessDenied</Code></Error>`, "<!x [<!-- > -->]><Error><Code>AccessDenied</Code></Error>",
	"<!--><Error>--><Error><Code>AccessDenied</Code></Error>", "<!-- a ---><Error><Code>AccessDenied</Code></Error>",
	"<Error><Code>Access&#68;enied</Code></Error>", "<Error><Code>Access&#x44;enied</Code></Error>", "<Error><Code>Access&#X44;enied</Code></Error>",
	"<Error><Code>x:<![CDATA[AccessDenied]]></Code></Error>", "<Error><Code>Access]]&gt;Denied</Code></Error>", "<Error a='&lt;' b=\"'\"><Code>AccessDenied</Code></Error>",
	"<Error><Code>NoSuch&#13;Bucket</Code></Error>", "<Error><Code>NoSuch\r\nBucket</Code></Error>",
	`[{"code":"x#4711|y"}]`, `[{"code":"x#y#4711|z|#"}]`, `[{"code":"x#y#4711|z|"}]`, "<Error>]]><Code>AccessDenied</Code></Error>", `[null,{"code":{}},{"code":1e3}]`, `{"errors":[{"id":null},{"id":"STRASSE_GESPERRT"}]}`, `{"errors":{"0":{"id":4711}}}`,
	`{"errors":[{"id":"stra\u00dfe_gesperrt"}]}`, `{"a/b":{"c~d":4711}}`, `{"a/b":{"c~d":"no such thing"}} `, `{"n":12.50}`, `{"n":1.25e1}`, `{"n":1e401}`, `{"n":1e400}`, `{"n":"12.5"}`,
	`{"e":"x","e":"4711"}`, `{"e":"4711","e":"x"}`, `{"\u0065":"4711"}`, `{"__proto__":{"e":"4711"}}`, `{"constructor":"4711"}`, `{"error":"__proto__"}`, `{"error":{"type":"constructor"}}`,
	`[{"ok":1}]`, `[{"ok":"1"}]`, `[{"ok":true}]`, `[{"ok":1.0}]`, `[{"ok":"true"}]`, `{"error":"\ud83d\ude00_EMOJI"}`, `{"error":"\ude00\ud83d"}`, `{"error":"x\ty\u0000\u0085\ue000"}`,
	"ıSTANBUL_ARANIYOR", "{\"error\":\"ISTANBUL_ARANIYOR\"}", "{\"error\":\"\u0130stanbul_aran\u0131yor\"}", "{\"error\":\"\u0130stanbul_araniyor\"}",
	"{\"error\":\"\u212aelvin_\u017fcale_k\"}", "{\"error\":\"σίσυφος_κύλισε\"}", "{\"error\":\"STRAẞE_GESPERRT\"}", "{\"error\":\"\u1e9e_spezial_1\"}", "kelvin-scale-\u212a",
	"HTTP/1.1 400 No\nx-error: EMPTY_HANDED\nX-Error: BAD_THINGS_HAPPEN\n\n", "HTTP/2 403\nX-Error-Code: ;\nx-error:  NET_1 ; x\n\n", "HTTP/1.1 200 OK\nX-Result: done\n\nERR:EMPTY_HANDED",
	"HTTP/1.1 200 OK\nx_y: 1\n\nERR:EMPTY_HANDED", "HTTP/ 403 x\na:b", "HTTP/1.10 403 x\na:b", "HTTP/1.1 403\nno field", "HTTP/1.1 600 x\na:b", "HTTP/1.1 403 x\na\u00e9: b\n\nNET_1",
	"< HTTP/1.1 403 x\n< a: b\n<\n{ [17 bytes data]\n* Connection kept\nERR:EMPTY_HANDED\n} [0 bytes data]\n", "HTTP/1.1 302 x\nLocation: y\n\nHTTP/1.1 403 x\na: b\n\nERROR NET_DNS_7;y",
	`"OK|1"`, "'YES 1'", `"'OK|1'"`, "OK|", `{"done":true} {"done":true}`, `log {"done":true}`, `{"a":{"done":true}}`, "E:LATE_REPLY", `"E:LATE_REPLY`,
	"code 403, exi_t 403, ex it code 403", "BAD_THINGS_HAPPENX", "Bad things happen to 13 % of all requests", "bad things happen to 12 % of all request", "Internal errro", "Interna error, and it is internal error.",
	"There is nothing in it", "there IS nothing in it!", "We say There is nothing in it to everybody", "3 There is nothing in it.", "THERE_IS_NOTHING_IN_IT", "Thereisnothinginit",
	"EMPTY HANDED", "he came empty handed home", "EMPTY.HANDED", "EMPTY_HANDED.txt", "MY_EMPTY_HANDED", "my-EMPTY_HANDED", "empty-handed-ness", "BAD.THINGS.HAPPEN here", "x.BAD.THINGS.HAPPEN", "BAD__THINGS_HAPPEN",
	"\u1680EMPTY_HANDED\u1680", "\u180eEMPTY_HANDED", "4xx", "5XX", "TIMEOUT", "7*", "code 77é", "code 77.é", "code 77,x", "code: 7777777", "code: 77777777", "SQLSTATE[7X001]", "x*",
	"i/o timeout", "I/O\n> Timeout", "xi/o timeout", "i/o timeout_", "net/i/o timeout, read-timed-out", "EMPTY_HANDED i/o timeout", "i / o timeout", "i/o - timeout", "operation  timed   out",
	"words 403", "Array: 401", "words403", "Late: Bad Things Happen", "array says Internal error", "words says Internal error", "soap sons 404", "Soap & <Sons> 404", "soap & <sons> words array 404", "x.words.example 403.", "words 403 x",
	"Late late 404", "not found", "Words: Not\nFound!", "not  found?", "not found $", "I'm a teapot", "bad   gateway", "status is 404", "HTTP status code was 403", "is 404", "status: is 404", "no status of 403.",
	" ERROR unstaffed; come\nback ", "> unmanned ;{\"done\":true}", "we are unmanned; sorry", "unmanned: today", "ERR:unmanned;{\"code\":\"NET_1\"}",
	"answer of all: unmanned", "answer: unmanned", "[unmanned; x", "<unmanned; x",
	"bad: things happen", "BAD - things happen.", "say bad : THINGS_HAPPEN again", "bad: things-happen", "empty: handed", "an empty: handed one", "small - failure 1", "bad:things happen", "_bad: things happen",
}

// Absences are texts about the APIs of AbsentSpec.
var Absences = []string{
	`{"foo":"FAILED"}`, `{"foo":"\u0045RROR"}`, `{"foo":1,"done":false}`,
	`[{"foo":1}]`, `{"a":{"foo":1}} {"done":true}`, `{"fault":1}`, "<p>foo</p>",
	`{"state":"ALL_DONE"}`, "broken pipe", `{"foo":1,"bar":"broken pipe"}`,
	"HTTP/1.1 204 No Content\nServer: x\n\n", "HTTP/1.1 200 OK\n\n<html>",
}

// Places are texts about the APIs of PlacesSpec, with request ids, fields and secrets.
var Places = []string{
	`{"error":{"code":"NO_ROOM_LEFT","id":"r-1","fields":[null,"shelf"]}}`, "HTTP/1.1 409 Conflict\nX-Request-Id: r-2\n\n{\"error\":{\"code\":\"NO_ROOM_LEFT\",\"id\":\"r-1\"}}",
	"HTTP/1.1 404 Not Found\nx-request-id: r-3\n\n<p>gone</p>", "<Error><Code>NO_ROOM_LEFT</Code><Id> r-4 </Id></Error>", "NO_ROOM_LEFT",
	`got {"error":{"code":"NO_ROOM_LEFT","id":"r-5"}} then {"error":{"code":"NO_ROOM_LEFT","id":"r-6","fields":["x"]}}`,
	`got {"error":{"code":"NO_ROOM_LEFT","id":"r-5"}} then {"error":{"code":"TOKEN_12345_67","key":"12345_67","id":"r-6"}} then {"error":{"code":"NEW_CODE"}}`,
	`{"parcel":{"id":1},"error":{"id":"r-7"}}`, `{"code":"NO_ROOM_LEFT","trace":7,"error":{"id":"r-8"}}`,
	`{"error":{"code":"TOKEN_12345_67","key":"12345_67"}}`, `{"error":{"reason":"TOKEN_12345_67","code":"NO_ROOM_LEFT","key":"TOKEN_12345_67","id":"id TOKEN_12345_67"}}`,
	"HTTP/1.1 400 Bad Request\nX-Key: QWERTZ_77\n\n{\"error\":{\"code\":\"TOKEN_QWERTZ_77\"}}", `{"error":{"code":"NEW_QWERTZ_77","key":"QWERTZ_77"}}`,
	"HTTP/1.1 400 Bad Request\n\n{\"error\":{\"code\":\"NEW_QWERTZ_77\",\"key\":\"QWERTZ_77\"}}", `{"error":{"key":"NO_ROOM_LEF","code":"x"}}`,
	"Depot and Harbour both say 404", "says 404",
}

// Specs that are hard to answer for.
var (
	// OddSpec holds the codes that are hard to tell from other things.
	//
	//go:embed odd.yaml
	OddSpec string

	// FormsSpec holds APIs that answer in every form, in any case, and in
	// characters that mean something to somebody.
	//
	//go:embed forms.yaml
	FormsSpec string

	// AbsentSpec holds APIs that say success by what is not in the reply, or by its
	// status alone.
	//
	//go:embed absent.yaml
	AbsentSpec string

	// TitlesSpec holds APIs whose names are ordinary words.
	//
	//go:embed titles.yaml
	TitlesSpec string

	// PlacesSpec holds APIs whose replies have request ids, fields and secrets.
	//
	//go:embed places.yaml
	PlacesSpec string
)
