package lookuptest

// Orders are texts that speak of several entries of the shipped catalog, with the first
// match of each: the one that the text is about.
var Orders = []struct {
	Text, First string
	Count       int // how often the text holds it
}{
	{"We had ERROR_ZERO_BALANCE, fixed that. Now it says ERROR_NO_SLOT_AVAILABLE", "exact captchaai code ERROR_NO_SLOT_AVAILABLE", 1},
	{"RATE_LIMIT_EXCEEDED not any more, but MODEL_ERROR all the time", "exact fastcaptcha code MODEL_ERROR", 1},
	{"it's no longer RATE_LIMIT_EXCEEDED, it is MODEL_ERROR", "exact fastcaptcha code MODEL_ERROR", 1},
	{"We had ERROR_IP_NOT_ALLOWED yesterday but fixed that by adding our server. Now it says ERROR_TOO_MUCH_REQUESTS.", "exact captchaai code ERROR_TOO_MUCH_REQUESTS", 1},
	{"Der Fehler ERROR_GOOGLEKEY ist behoben. Jetzt kommt ERROR_PAGEURL.", "exact captchaai code ERROR_PAGEURL", 1},
	{"El error ERROR_GOOGLEKEY ya está resuelto, ahora sale ERROR_PAGEURL", "exact captchaai code ERROR_PAGEURL", 1},
	{"ошибку ERROR_GOOGLEKEY исправили, теперь ERROR_PAGEURL", "exact captchaai code ERROR_PAGEURL", 1},
	{"ERROR_GOOGLEKEY 已解决，现在是 ERROR_PAGEURL", "exact captchaai code ERROR_PAGEURL", 1},
	{"ERROR_ZERO_BALANCE is solved. New problem: \"API key required\".", "likely fastcaptcha code API_KEY_MISSING", 1},
	{"ERROR_GOOGLEKEY came up. That was over at noon. ERROR_PAGEURL came next", "exact captchaai code ERROR_PAGEURL", 1},
	{"ERROR_GOOGLEKEY is still not fixed, and ERROR_PAGEURL comes too", "exact captchaai code ERROR_GOOGLEKEY", 1},
	{"ERROR_GOOGLEKEY ist noch nicht behoben, dazu kommt ERROR_PAGEURL", "exact captchaai code ERROR_GOOGLEKEY", 1},
	{"When will ERROR_GOOGLEKEY be fixed? ERROR_PAGEURL comes too", "exact captchaai code ERROR_GOOGLEKEY", 1},
	{"On Monday you wrote:\n> you got API_KEY_MISSING\nNo, it is IMAGE_TOO_LARGE", "exact fastcaptcha code IMAGE_TOO_LARGE", 1},
	{"IMAGE_TOO_LARGE again\n-----Original Message-----\nAPI_KEY_MISSING is about the key", "exact fastcaptcha code IMAGE_TOO_LARGE", 1},
	{"2026-11-21 20:08:11 CAPCHA_NOT_READY\n2026-11-21 20:08:16 CAPCHA_NOT_READY\n2026-11-21 20:08:21 ERROR_CAPTCHA_UNSOLVABLE", "exact captchaai code ERROR_CAPTCHA_UNSOLVABLE", 1},
	{"2026-11-21 20:08:11 RATE_LIMIT_EXCEEDED\n2026-11-21 20:08:16 MODEL_ERROR\n2026-11-21 20:08:21 MODEL_ERROR", "exact fastcaptcha code MODEL_ERROR", 2},
	{"RATE_LIMIT_EXCEEDED, then MODEL_ERROR", "exact fastcaptcha code RATE_LIMIT_EXCEEDED", 1},
}
