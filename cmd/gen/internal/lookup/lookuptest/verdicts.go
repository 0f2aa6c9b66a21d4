package lookuptest

// Verdicts are what support agents paste, with all that is answered of the shipped catalog:
// one error is one match.
var Verdicts = []Answer{
	// A status is evidence of the code or the message that comes with it.
	{"ValueError: API error 402: Not enough credits", []string{"likely fastcaptcha code INSUFFICIENT_CREDITS"}},
	{"API error 401: Invalid API key", []string{"likely fastcaptcha code API_KEY_INVALID"}},
	{`"Prediction failed" (HTTP 500)`, []string{"likely fastcaptcha code MODEL_ERROR"}},
	{"INSUFFICIENT_CREDITS and HTTP 402, then HTTP 415", []string{"exact fastcaptcha code INSUFFICIENT_CREDITS", "likely fastcaptcha status 415"}},
	{"> INSUFFICIENT_CREDITS\n\nNow it is HTTP 402", []string{"exact fastcaptcha code INSUFFICIENT_CREDITS", "likely fastcaptcha status 402"}},
	{"MODEL_ERROR with status 502", []string{"exact fastcaptcha code MODEL_ERROR", "likely fastcaptcha status_class 5xx"}},
	// What may be any API's is that of the API that the text names.
	{"FastCaptcha 429", []string{"exact fastcaptcha status 429"}},
	{"FastCaptcha returns 500", []string{"guess fastcaptcha status 500"}},
	{"ERROR_ZERO_BALANCE, status code 502", []string{"exact captchaai code ERROR_ZERO_BALANCE", "likely captchaai status_class 5xx"}},
	{"HTTPSConnectionPool(host='fastcaptcha.org', port=443): Read timed out.", []string{"likely fastcaptcha transport timeout"}},
	{`Post "https://ocr.captchaai.com/in.php": context deadline exceeded`, []string{"likely captchaai transport timeout"}},
	{"cURL error 60: SSL certificate problem: unable to get local issuer certificate (see libcurl-errors) for https://fastcaptcha.org/api/v1/ocr/", []string{"likely fastcaptcha transport tls"}},
	{"got RATE_LIMT_EXCEEDED and HTTP 502", []string{"likely fastcaptcha status_class 5xx", "likely captchaai status_class 5xx", "guess fastcaptcha code RATE_LIMIT_EXCEEDED"}},
	// So is a reply in the form of an API, even if it tells only a status.
	{"HTTP/1.1 500 Internal Server Error\n\n{\"success\":false,\"error\":\"Prediction failed\"}", []string{"exact fastcaptcha status 500", "likely fastcaptcha code MODEL_ERROR"}},
	{"HTTP/1.1 503 Service Unavailable\n\n{\"success\":false,\"error\":\"Down\",\"code\":\"SERVICE_UNAVAILABLE\"}", []string{"exact fastcaptcha status 503"}},
	{"HTTP/1.1 502 Bad Gateway\n\n{\"status\":0,\"request\":\"x y\"}", []string{"exact captchaai status_class 5xx"}},
	// No call failed where a program has tried, or asked, often enough.
	{"Retryable error 503, waiting 4.2s (attempt 3)\nRuntimeError: Max retries exceeded", []string{"likely fastcaptcha status 503", "likely captchaai status_class 5xx"}},
	{"RuntimeError: Max retries exceeded", nil},
	{"TimeoutError: Poll timeout exceeded", nil},
	{"TimeoutError: Solve timed out", []string{"guess captchaai code CAPCHA_NOT_READY"}},
	{"asyncio.exceptions.TimeoutError: the captcha was not solved in time", nil},
	{"TimeoutError: request 17 timed out", []string{"likely fastcaptcha transport timeout", "likely captchaai transport timeout"}},
	// A proxy asks who calls; no API was reached.
	{"407", nil},
	{"HTTP/1.1 407 Proxy Authentication Required", nil},
	{"ProxyError('Unable to connect to proxy', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))", nil},
	{"The proxy tunnel request to proxy 'http://10.0.0.1:3128/' failed with status code '407'.", nil},
	{"Received HTTP code 407 from proxy after CONNECT", nil},
	{"Tunnel connection failed: 407 Proxy Authentication Required\nread ECONNRESET", []string{"likely fastcaptcha transport connection", "likely captchaai transport connection"}},
	// What is over comes last, and is no more than a guess.
	{"I do NOT get ERROR_ZERO_BALANCE any more", []string{"guess captchaai code ERROR_ZERO_BALANCE"}},
	{"> ERROR_IP_BANNED\n\nThat one is fixed. Now: ERROR_BAD_TOKEN_OR_PAGEURL", []string{"exact captchaai code ERROR_BAD_TOKEN_OR_PAGEURL", "guess captchaai code ERROR_IP_BANNED"}},
	{"ERROR_ZERO_BALANCE ist weg, danke. Jetzt kommt ERROR_NO_SLOT_AVAILABLE", []string{"exact captchaai code ERROR_NO_SLOT_AVAILABLE", "guess captchaai code ERROR_ZERO_BALANCE"}},
	{"we stopped getting the error ERROR_ZERO_BALANCE but see ERROR_PAGEURL", over},
	{"We fixed the error ERROR_ZERO_BALANCE. Now ERROR_PAGEURL", over},
	{"Wir bekommen keinen ERROR_ZERO_BALANCE mehr, sondern ERROR_PAGEURL", over},
	{"ERROR_ZERO_BALANCE. Das ist behoben. Jetzt ERROR_PAGEURL", over},
	{"Je n'ai plus ERROR_ZERO_BALANCE, mais ERROR_PAGEURL", over},
	{"ERROR_ZERO_BALANCE, c'est réglé. Maintenant ERROR_PAGEURL", over},
	{"ya no sale ERROR_ZERO_BALANCE, ahora ERROR_PAGEURL", over},
	{"ERROR_ZERO_BALANCE. Eso ya está resuelto. Ahora ERROR_PAGEURL", over},
	{"não recebo mais ERROR_ZERO_BALANCE. Agora ERROR_PAGEURL", over},
	{"ERROR_ZERO_BALANCE. Isso já foi resolvido. Agora ERROR_PAGEURL", over},
	{"non ricevo più ERROR_ZERO_BALANCE; ora ERROR_PAGEURL", over},
	{"ERROR_ZERO_BALANCE исчез, теперь ERROR_PAGEURL", over},
	{"ERROR_ZERO_BALANCE. Это уже исправлено. Теперь ERROR_PAGEURL", over},
	{"nie dostaję już ERROR_ZERO_BALANCE, teraz ERROR_PAGEURL", over},
	{"artık ERROR_ZERO_BALANCE almıyorum. Şimdi ERROR_PAGEURL", over},
	{"geen ERROR_ZERO_BALANCE meer, wel ERROR_PAGEURL", over},
	{"ERROR_ZERO_BALANCE 消失了。现在是 ERROR_PAGEURL", over},
	{"ERROR_ZERO_BALANCE は消えました。今は ERROR_PAGEURL です", over},
	// So is the catalog's own meaning, as a line or in quotes.
	{"Rate limit hit", []string{"guess captchaai code ERROR_TOO_MUCH_REQUESTS"}},
	{"hello\n> No funds\nwhat now?", []string{"guess captchaai code ERROR_ZERO_BALANCE"}},
	{`the page says "Queue full for your account"`, []string{"guess captchaai code MAX_USER_TURN"}},
	{"there were no funds for that project", nil},
	// What people say in plain words is a guess.
	{"we get 500", []string{"guess fastcaptcha status 500", "guess captchaai status_class 5xx"}},
	{"we get a 500 all the time", []string{"guess fastcaptcha status 500", "guess captchaai status_class 5xx"}},
	{"https://fastcaptcha.org/api/v1/ocr/ 503", []string{"guess fastcaptcha status 503"}},
	{"we get timeouts all the time", []string{"guess fastcaptcha transport timeout", "guess captchaai transport timeout"}},
	{"Wir haben ständig Timeouts bei FastCaptcha", []string{"guess fastcaptcha transport timeout"}},
	{"we get 500 solves a day", nil},
	{"we get 500 when it rains, 300 else", nil},
	{"500 users get an answer", nil},
	{"we have timeouts of 30 seconds in the settings", nil},
	{"https://fastcaptcha.org/api/v1/ocr/ 503 times a day", nil},
	// Nothing is over that is still there.
	{"I fixed my code but get ERROR_PAGEURL", []string{"exact captchaai code ERROR_PAGEURL"}},
	{"I fixed my code and get ERROR_PAGEURL", []string{"exact captchaai code ERROR_PAGEURL"}},
	{"ERROR_PAGEURL is not fixed yet", []string{"exact captchaai code ERROR_PAGEURL"}},
	{"we still get ERROR_PAGEURL", []string{"exact captchaai code ERROR_PAGEURL"}},
	{"I can't stand ERROR_PAGEURL any more", []string{"exact captchaai code ERROR_PAGEURL"}},
	{"ERROR_PAGEURL ist noch nicht weg", []string{"exact captchaai code ERROR_PAGEURL"}},
	{"why do we not get more than ERROR_PAGEURL?", []string{"exact captchaai code ERROR_PAGEURL"}},
}

var over = []string{"exact captchaai code ERROR_PAGEURL", "guess captchaai code ERROR_ZERO_BALANCE"}
