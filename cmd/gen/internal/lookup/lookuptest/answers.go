package lookuptest

// Answer is a text with all that is answered, best first, as "confidence api kind code".
type Answer struct {
	Text    string
	Matches []string
}

// TextsOf returns the texts of answers.
func TextsOf(answers []Answer) []string {
	texts := make([]string, len(answers))
	for i, a := range answers {
		texts[i] = a.Text
	}
	return texts
}

// ShippedAnswers are of the shipped catalog: replies that are not a success with
// something inside that would be one alone, and an error beside a success.
var ShippedAnswers = []Answer{
	{`{"data":{"success":true},"success":false}`, nil},
	{`{"message":"{\"success\":true}","success":false}`, nil},
	{`> {"data":{"success":true},"success":false}`, nil},
	{"HTTP/1.1 200 OK\n\n{\"data\":{\"success\":true},\"success\":false}", []string{"likely fastcaptcha unrecognised unrecognised"}},
	{`log: {"data":{"success":true}}`, []string{"likely fastcaptcha status 200"}},
	{`request failed, status=500, body={"success":true}`, []string{"exact fastcaptcha status 500", "exact captchaai status_class 5xx"}},
}

// AbsentAnswers are of AbsentSpec, whose replies are success where they hold no error, or
// by the status alone, as most texts and messages are.
var AbsentAnswers = []Answer{
	{`{"foo":1}`, nil}, // the error may be told in another way
	{`log: {"foo":1}`, nil},
	{`<p>foo</p>`, nil},
	{`{"foo":1} {"a":{"state":"Failed"}}`, nil},
	{`{"foo":false}`, nil},
	{`{"foo":"no errors"}`, nil},
	{`{"foo":"NO_SUCH_ROW"}`, []string{"exact plain code NO_SUCH_ROW"}},
	{`{"foo":1} and status 404`, []string{"likely plain status 404"}},
	{`{"error":"NO_SUCH_ROW"}`, []string{"exact plain code NO_SUCH_ROW"}},
	{"got BROKEN_PIPE", []string{"exact plain code BROKEN_PIPE"}},
	{"got BROKEN_PIPE, ECONNRESET", []string{"exact plain code BROKEN_PIPE", "likely plain transport connection"}},
	{`{"done":true}`, []string{"exact both status 200"}},
	{`{"foo":1,"done":true}`, []string{"exact both status 200"}},
	{"HTTP/1.1 200 OK\nServer: x\n\n{\"foo\":1}", []string{"exact plain status 200", "exact both status 200", "exact status status 200"}},
	{"HTTP/1.1 200 OK\n\n{\"done\":false,\"fault\":1}", nil}, // of both, and no success
	{"HTTP/1.1 200 OK\n\n{\"done\":true,\"error\":1}", []string{"exact both status 200"}},
}

// FormAnswers are of FormsSpec: replies in plain text, which their API's form reads a
// listed code from, with the rest of what it sends.
var FormAnswers = []Answer{
	{"unmanned; come back at 9", []string{"likely words code unmanned"}},
	{"\ufeff ERROR unstaffed; come\nback\n", []string{"likely words code unmanned"}},
	{"> unmanned; come back", []string{"likely words code unmanned"}},
	{"unmanned;{\"done\":true}", []string{"likely words code unmanned"}},
	{"unmanned; {\"done\":true}", []string{"likely words code unmanned"}}, // an error beats success
	{"unmanned: come back", nil},                                          // no form ends a code there
	{"we are unmanned; come back", nil},                                   // the code is not where the form has it
}

// OddAnswers are of OddSpec.
var OddAnswers = []Answer{
	// Numbers.
	{"1001", []string{"exact alpha code 1001"}},
	{" 1001. ", []string{"exact alpha code 1001"}},
	{"code: 1001", []string{"likely alpha code 1001"}},
	{`{"errorCode": 1001, "x`, []string{"likely alpha code 1001"}},
	{"failed with error code 1001 today", []string{"likely alpha code 1001"}},
	{"refusalReasonCode: 1001", []string{"likely alpha code 1001"}},
	{"subErrorCode=1001&x=1", []string{"likely alpha code 1001"}},
	{"promoCode: 1001", nil},
	{"704 request already processed, sadly", []string{"likely alpha code 704"}},
	{"we get (704) request already processed.", []string{"likely alpha code 704"}},
	{"705 request already rejected, sadly", nil},
	{"AlphaException: request already processed in /srv/alpha.php:401", []string{"likely alpha code 704"}},
	{`AlphaException: request already processed in C:\srv\alpha.php on line 401`, []string{"likely alpha code 704"}},
	{"AlphaException: request already processed in another shop", nil},
	{"barcode: 1001", nil},
	{"1001 nights", nil},
	{"DiscordAPIError[1001]: Missing Access", []string{"likely alpha code 1001"}},
	{`pymysql.err.OperationalError: (1001, "Unknown column")`, []string{"likely alpha code 1001"}},
	{`(1001, "Unknown column")`, []string{"guess alpha code 1001"}},
	{"#1001 - You have an error", []string{"guess alpha code 1001"}},
	{"MySQL said: #1001", []string{"guess alpha code 1001"}},
	{"order #1001", nil},
	{"RuntimeError: 1001 nights", nil},
	{"we (1001, mostly young) came", nil},
	{"got TWIN-CODE, then NEW_NAME", []string{"exact alpha code NEW_NAME", "exact alpha code TWIN_CODE", "exact beta code TWIN_CODE"}}, // literal before re-spelled
	{"order 1001", nil},
	{"zip code 1001", nil},
	{"code: 1001.50", nil},
	{"code: 1001-2", nil},
	{`{"code":1001}`, []string{"exact alpha code 1001"}},
	{`log: {"error":{"code":"1001"}} end`, []string{"exact alpha code 1001"}},
	{"-1", []string{"exact alpha code -1"}},
	{"errno: -1", []string{"likely alpha code -1"}},
	{"errno: 1", []string{"likely alpha code 1"}},
	{"exit code 1", nil},
	{"exit status 1", nil},
	{"process exited with code 1", nil},
	{"process ended with code 1", []string{"likely alpha code 1"}},
	{"01000", []string{"exact alpha code 01000"}},
	{"1000", nil},
	{"429", []string{"exact alpha code 429", "likely beta status_class 4xx"}},
	{"HTTP 429", []string{"likely beta status_class 4xx"}},
	{"HTTP 404", []string{"exact alpha status 404", "likely beta status_class 4xx"}},
	{"503", []string{"likely alpha status_class 5xx"}},
	{"999", nil},
	{"E-57", []string{"exact alpha code E-57"}},
	{"57", nil},
	{"it is 57 degrees", nil},
	// Ordinary words.
	{"ERROR", []string{"exact alpha code ERROR"}},
	{"timeout", []string{"exact alpha code timeout"}},
	{"Timeout", []string{"exact alpha code timeout"}},
	{"no", []string{"exact alpha code NO"}},
	{"no problem, there was a timeout and an error", nil},
	{"2026-11-21 ERROR could not write", []string{"likely alpha code ERROR"}},
	{`{"code":"timeout","x`, []string{"exact alpha code timeout"}},
	{`{"timeout":30}`, nil},
	{"NO-REPLY", nil},
	{"error code: timeout", []string{"exact alpha code timeout"}},
	{"error_timeout", nil},
	// Twins, case, other names.
	{"TWIN_CODE", []string{"exact alpha code TWIN_CODE", "exact beta code TWIN_CODE"}},
	{"got twin-code back", []string{"exact alpha code TWIN_CODE", "exact beta code TWIN_CODE"}},
	{`{"fault":"twin_code"}`, []string{"exact beta code TWIN_CODE", "likely alpha code TWIN_CODE"}},
	{"Case_Pair", []string{"exact alpha code Case_Pair"}},
	{"CASE_PAIR", []string{"exact alpha code CASE_PAIR"}},
	{"case_pair", []string{"likely alpha code Case_Pair", "likely alpha code CASE_PAIR"}},
	{"SPLIT_NAME", []string{"exact alpha code SPLIT_NAME", "likely beta code SplitName"}},
	{"splitname", []string{"exact beta code SplitName", "likely alpha code SPLIT_NAME"}},
	{"split-name", []string{"exact alpha code SPLIT_NAME", "exact beta code SplitName"}},
	{"ERR_CODE_4712", nil}, // another number is another code
	{"ERR_CODE_471", nil},
	{"ERR_CODE_47111", nil},
	{"ERR_CDOE_4711", []string{"guess alpha code ERR_CODE_4711"}},
	{"OLD_NAME", []string{"exact alpha code NEW_NAME"}},
	{"old name", []string{"exact alpha code NEW_NAME"}},
	{"no such key", []string{"exact alpha code NoSuchKey"}},
	{"there is no such key here", []string{"likely alpha code NoSuchKey"}},
	{"s3: NoSuchKey: gone", []string{"exact alpha code NoSuchKey"}},
	{"Throttling.User", []string{"exact alpha code Throttling.User"}},
	{"Throttling.RateExceeded", nil},
	{"Throttling", []string{"exact alpha code Throttling"}},
	{"ERROR: 77", []string{"exact alpha code ERROR: 77"}},
	{"got ERROR: 77", []string{"likely alpha code ERROR: 77"}},
	{"余额不足", []string{"exact alpha code 余额不足"}},
	{"错误TWIN_CODE请重试", []string{"exact alpha code TWIN_CODE", "exact beta code TWIN_CODE"}},
	// Prefixes.
	{"08*", []string{"exact alpha prefix 08*"}},
	{"08003", []string{"likely alpha prefix 08*"}},
	{"08006", []string{"exact alpha code 08006"}},
	{"SQLSTATE 08003", []string{"likely alpha prefix 08*"}},
	{"SQLSTATE[08006]: gone", []string{"likely alpha code 08006"}},
	{`{"code":"08003"}`, []string{"exact alpha prefix 08*"}},
	{"0800 123 456", nil},
	{"0812345678", nil},
	{"08:15", nil},
	{"2026-08-21 08:15:00", nil},
	{"at 08003 metres", nil},
	{"VENDOR_X_17", []string{"likely alpha prefix VENDOR_X_*"}},
	{"it said VENDOR_X_17 twice", []string{"guess alpha prefix VENDOR_X_*"}},
	{"There was no such key today", []string{"likely alpha code E-57"}},
	{"SPLIT_NA-\nME", []string{"exact alpha code SPLIT_NAME", "likely beta code SplitName"}},
	{"HttpError: No more rows for user ID 17.", []string{"likely alpha prefix No more rows for *"}},
	{"no more rows for you", nil},
	// Messages with values.
	{"Error: Column 'user_id' cannot be null", []string{"likely alpha code E-1048"}},
	{"Column 'user_id'\ncannot be null", nil},
	{"Sales is not a database known to our host, sorry.", []string{"likely alpha code E-1049"}},
	{"Sales is not a database known to me", nil},
	// Replies.
	{`{"a":{"b":1}} {"c":2} {"code":1001}`, []string{"exact alpha code 1001"}},
	{`{"level":"error","reply":{"code":1001}}`, []string{"exact alpha code 1001"}},
	{`{"ok":false,"code":"NEVER_HEARD"}`, nil},
	{`{"ok":true}`, nil}, // no entry says what success means
	{"OK|1", nil},
	{"HTTP/1.1 404 Not Found\nContent-Type: text/html\n\n<p>gone</p>", []string{"exact alpha status 404", "exact beta status_class 4xx"}},
	{"HTTP/1.1 404 Not Found\nX: y\n\n{\"ok\":false,\"code\":\"TWIN_CODE\"}", []string{"exact alpha code TWIN_CODE", "likely beta code TWIN_CODE"}},
}

// TitleAnswers are of TitlesSpec: words before a status do not name an API.
var TitleAnswers = []Answer{
	{"status 404", []string{"exact parcels status 404"}},
	{"we get status 404 from you", []string{"likely parcels status 404"}},
	{"Errors: status: 404", []string{"likely parcels status 404"}},
	{"it was in errors: There is no room left.", []string{"likely parcels code NO_ROOM_LEFT"}},
	{"status 503", []string{"exact status status 503"}},
	{"parcels: status 503 today", []string{"guess status status 503"}},
}
