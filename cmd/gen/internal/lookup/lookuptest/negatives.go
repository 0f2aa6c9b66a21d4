package lookuptest

// Negatives are texts that hold nothing of the shipped catalog: codes of other
// vendors, prose, and things with numbers in them.
var Negatives = []string{
	// Codes of payment, mail and telephone services.
	"card_declined", "insufficient_funds", "expired_card", "incorrect_cvc", "processing_error", "rate_limit", "api_key_expired",
	"parameter_missing", "resource_missing", "balance_insufficient", "idempotency_key_in_use", "account_invalid",
	`{"error":{"code":"card_declined","decline_code":"insufficient_funds","type":"card_error"}}`,
	"21211", "20003", "20429", "Error 30007: Message filtered", `{"code":20003,"message":"Authenticate","status":20003}`,
	"INVALID_RESOURCE_ID", "PAYEE_ACCOUNT_RESTRICTED", "INSTRUMENT_DECLINED", "550 5.1.1 mailbox unavailable", "421 4.7.0 try again later",
	// Codes of clouds and their services.
	"ThrottlingException", "AccessDenied", "NoSuchBucket", "RequestLimitExceeded", "SlowDown", "InvalidAccessKeyId", "SignatureDoesNotMatch",
	"ProvisionedThroughputExceededException", "InvalidClientTokenId", "Throttling.RateExceeded", "ServiceQuotaExceededException",
	"PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "UNAUTHENTICATED", "userRateLimitExceeded", "dailyLimitExceeded", "quotaExceeded",
	"API_KEY_SERVICE_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED", "AADSTS50011", "AuthorizationFailed", "SubscriptionNotFound",
	"insufficient_quota", "context_length_exceeded", "invalid_api_key", "model_not_found", "overloaded_error", "rate_limit_error",
	`{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`, "billing_hard_limit_reached",
	"invalid_grant", "invalid_client", "unsupported_grant_type", "login_required", "ACCESS_TOKEN_EXPIRED_SOON",
	"channel_not_found", "not_authed", "token_revoked", "ratelimited", "msg_too_long", "name_taken",
	// Captcha services that are not in the catalog, in their own codes.
	"ERROR_PROXY_CONNECT_TIMEOUT", "ERROR_PROXY_CONNECT_REFUSED", "ERROR_TASK_ABSENT", "ERROR_ACCOUNT_SUSPENDED",
	"ERROR_RECAPTCHA_TIMEOUT", "ERROR_RECAPTCHA_INVALID_SITEKEY", "ERROR_ZERO_CAPTCHA_FILESIZE", "ERROR_TOO_BIG_CAPTCHA_FILESIZE",
	"ERROR_NO_SUCH_CAPCHA_ID", "ERROR_INCORRECT_SESSION_DATA", "ERROR_TASK_NOT_SUPPORTED", "ERROR_FUNCAPTCHA_NOT_ALLOWED",
	"ERROR_DOMAIN_NOT_ALLOWED", "ERROR_SITEKEY", "ERROR_ACCESS_DENIED", "ERROR_UNDER_CONSTRUCTION", "REPORT_NOT_RECORDED",
	"missing-input-secret", "invalid-input-response", "timeout-or-duplicate", "sitekey-secret-mismatch",
	`{"success":false,"error-codes":["invalid-input-response"]}`, `{"errorId":12,"errorCode":"ERROR_TASK_ABSENT"}`,
	// Databases, operating systems, browsers, compilers.
	"42P01", "23505", "SQLSTATE[42S02]: Base table or view not found", "ERROR 1045 (28000): Access denied for user", "ORA-00942", "ORA-12154: TNS",
	"ERROR: duplicate key value violates unique constraint (SQLSTATE 23505)", "MySQL server has gone away", "E11000 duplicate key error collection",
	"0x80070005", "0xC0000005", "HRESULT: 0x80131500", "STATUS_ACCESS_VIOLATION", "ERROR_FILE_NOT_FOUND", "ERROR_ACCESS_DENIED_BY_POLICY",
	"ERROR_INVALID_PARAMETER", "ERROR_BAD_FORMAT", "EACCES", "errno 13",
	"DLG_FLAGS_INVALID_CA",
	"TS2345", "CS0246", "E0382", "C2065", "SIGSEGV", "exit status 1", "exit code 137", "process exited with status 404", "kernel: Out of memory",
	"MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND", "ImportError: No module named requests", "KeyError: 'image'", "java.lang.NullPointerException",
	// Ids, dates, addresses, amounts.
	"550e8400-e29b-41d4-a716-446655440000", "429e8400-e29b-41d4-a716-446655440500", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "b1da396",
	"2026-11-21T20:08:11.429Z", "20:04:29", "1700000429", "2026-04-29", "10.0.4.29", "192.168.0.1:5003", "127.0.0.1:503", "::1", "fe80::429:1ff:fe23:4567",
	"$429.00", "€ 500", "500 €", "4.29", "1,429", "12,500", "429%", "5.03", "+1 429 555 0100", "4290", "0429", "999", "42", "-429", "#429", "600", "099",
	"order 5003", "order #429", "order no. 500", "order 503", "502 items", "port 503", "port 8429", "room 404", "page 404 of 500", "500 USD", "429 kg",
	"flight BA 429", "invoice 2026-500", "ticket SUP-429", "case 00429", "took 429 ms", "GET /res.php 429 ms", "429ms", "size 503 bytes", "pid 502", "app[503]: started",
	"processed 500 images", "500 errors found while reading 503 files", "line 401, column 402", "main.go:429", "v4.2.9", "HTTP/1.1", "zip code 50301", "area code 415", "exit code 1",
	"promo code 429", "user 413", "chapter 415", "id=500", "count: 503", "429/500", "400x300", "1.2.400",
	// Prose.
	"hello", "thanks!", "ok", "OK", "no", "yes", "Please help me", "it does not work", "What is my balance?", "How do I get a new key?",
	"My image is too big I think", "Is there a limit for requests?", "The captcha was solved but the answer is wrong.",
	"I forgot my password and cannot log in to the dashboard.", "We are evaluating your service and would like a quote.",
	"Your order has shipped and arrives on Monday.", "The quick brown fox jumps over the lazy dog.", "lorem ipsum dolor sit amet",
	"error", "Error", "ERROR", "error!", "unknown error", "something went wrong", "fatal: not a git repository", "Segmentation fault (core dumped)",
	"timeout while reading the book", "The connection to the past is lost", "Das Guthaben reicht nicht aus", "余额不足", "エラーが発生しました", "ошибка сервера",
	"a|b|c\nx|500|y\nOK|no|maybe", "<title>500 Days of Summer</title>", "unsere API braucht 500er Packungen", "the 400s of the API team",
	"サーバーから500が出荷されます", "the request was for about 500, not more", "API'den 500 adet alıyorum",
	"接口每天返回402个结果", "Der Server liefert 500 Bilder pro Minute", "l'API renvoie 500 lignes par page", "the request was for a 500 euro card",
	// Documents.
	"{}", "[]", "null", `""`, `{"status":0}`, `{"ok":false,"error":"channel_not_found"}`, `{"message":"Not Found","documentation_url":"https://example.com"}`,
	"<html><body><h1>It works!</h1></body></html>", "<Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message></Error>",
	"SELECT * FROM images WHERE size > 500", "for (let i = 0; i < 429; i++) {}", "https://example.com/orders/429?page=500", "C:\\Users\\model\\error.log",
	"level=info msg=\"request done\" took=503ms bytes=429", "127.0.0.1 - - [21/Nov/2026:20:08:11 +0000] \"-\" 5003",
	// And once more of each.
	"invoice_payment_failed", "authentication_required", "amount_too_large", "charge_already_captured", "payment_intent_unexpected_state", "testmode_charges_only", "token_already_used", "token_in_use", "customer_max_payment_methods", "Your card was declined.", "No such customer: 'cus_429'",
	"AuthFailure", "InvalidParameterValue", "UnauthorizedOperation", "LimitExceededException", "TooManyRequestsException", "ValidationException", "ResourceNotFoundException", "InternalFailure", "ServiceUnavailable", "503 Slow Down", "InsufficientInstanceCapacity", "RequestTimeTooSkewed", "InvalidImageFormatException", "ImageTooLargeException", "InvalidImageException",
	"30001 Queue overflow", "30003 Unreachable destination handset", "11200 HTTP retrieval failure", "Error code: 21608",
	"08006", "57014", "40P01", "SQLSTATE 08006", "ERROR:  canceling statement due to statement timeout", "55P03 lock_not_available", "invalid_text_representation", "too_many_connections", "insufficient_privilege",
	"0x80004005 (E_FAIL)", "0x8007000E", "E_INVALIDARG", "ERROR_SUCCESS", "ERROR_INVALID_HANDLE", "ERROR_NOT_ENOUGH_MEMORY", "ERROR_SHARING_VIOLATION", "ERROR_IMAGE_NOT_AT_BASE", "ERROR_TOO_MANY_OPEN_FILES", "ERROR_BAD_LENGTH", "ERROR_BAD_COMMAND", "ERROR_BAD_PATHNAME", "ERROR_NO_TOKEN", "ERROR_WRONG_DISK", "ERROR_WRONG_PASSWORD", "Windows error 487", "error 1603",
	"ERROR_NO_PROXY", "ERROR_BAD_PROXY", "ERROR_PROXY_FORMAT", "ERROR_UPLOAD", "ERROR_CAPTCHA_INVALID", "ERROR_INVALID_TASK_DATA", "ERROR_TOKEN_INVALID", "ERROR_IP_ADDRES", "ERROR_IP_BLOCKED_5MIN", "ERROR_KEY_DENIED_ACCESS", "ERROR_NO_IMAGE", "ERROR_TIMEOUT", "ERROR: 1001", "ERROR: NNNN", "MAX_USER_TURN_EXCEEDED", "REPORT_RECORDED_OK", "ERROR_VISIBLE_RECAPTCHA", "ERROR_OLD_BROWSER", "ERROR_DUPLICATE_REPORT", "ERROR_BAD_REQUEST",
	"MODEL_OVERLOADED", "MODEL_NOT_READY", "model_length", "IMAGE_TOO_SMALL", "IMAGE_NOT_FOUND", "IMAGE_SIZE_INVALID", "INVALID_IMAGE_FORMAT", "IMAGE_FORMAT_UNSUPPORTED", "API_KEY_EXPIRED", "API_KEY_REVOKED", "API_KEY_DISABLED", "MISSING_API_KEY", "INVALID_API_KEY", "INSUFFICIENT_FUNDS", "INSUFFICIENT_BALANCE", "INSUFFICIENT_PERMISSIONS", "CREDITS_INSUFFICIENT", "RATE_LIMITED", "RATE_LIMIT_HIT", "QUOTA_EXCEEDED", "TOO_MANY_REQUESTS", "too_many_requests", "TokenExpiredError", "jwt expired", "CAPTCHA_FAILED", "CAPTCHA_NOT_FOUND",
	"Order 429 was shipped at 5:00", "order number 500", "Room 503, floor 4", "We sold 429 units at $5.00", "chapter 4.29", "call 503-555-0100", "+44 20 7946 0500", "ISO 4217", "RFC 7231", "RFC 503", "section 429", "§ 500", "500 Internal Street", "5003", "50 000", "500k", "HTTP 42", "HTTP 1001", "status 1001", "statuscode 42", "code 200 lines per day", "the code is 503 lines long", "status: shipped", "error rate 5.03%", "500 error-free days",
	"Code review comments", "The image is missing from the page", "My API key is missing", "The rate limit was exceeded by far", "rate limits", "No model errors today", "He has no balance, zero", "the token has expired", "bad parameters were given", "user turn max", "Please wait", "not ready", "no slot available at the dentist", "Your credits are insufficient", "API key required for login", "No image",
	"2001:db8::429", "MAC 00:50:03:04:29:ff", "sha256:4290000000000000000000000000000000000000000000000000000000000500", "sk_live_429500503", "AKIA5003EXAMPLE429", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MjkifQ.x", "cus_NffrFeUfNV2Hib", "req_429500", "ch_500", "0c5003ab", "x-request-id: 429-500-503", "ETA 4:29", "Nov 21 20:04:29 host kernel: usb 1-4: 429",
	"Exit code: 429", "exit status: 500", "git: exit code 128", "Process finished with exit code 500", `{"code":0,"message":"ok"}`, `{"code":10001,"msg":"x"}`, `{"errors":[{"code":1020}]}`, `{"status":"error","code":"rate_limited"}`, `{"status":2,"result":"x"}`, `{"success":false,"error-codes":["x"]}`, `{"success":"no","code":""}`,
	// What is nearly said where no answer came.
	"ENOTFOUNDATION", "the connection was refused entry to the museum", "reset by a peer", "broken pipeline", "crypto/x509", "docs/connection-refused.html",
	"connection: refused", "no such hostess", "the tls handshakes", "NOT_ECONNRESET", "MY_ERR_CONNECTION_RESET", "curl: 28 ways to style it", "the EOF marker", `{"timeout":30}`, "timeout: 30", "timeout of work exceeded", "the deadline exceeded",
	// APIs by name, and what is nearly a status or a code with a mark in it.
	"captchaai", "FastCaptcha", "captchaai 500 credits", "fastcaptcha: 302", "captchaai v429", "it is 503", "the speed is 429 of 500", "a bad gateway", "service-unavailable",
	"the status of order 429", "the status is fine since 429 AD", "not found by the police", "my model: errors are human", "error: zero", "rate: limit", "the image: missing or not", "a model: error prone", "error - free days",
	"_", "__", "-", "*", "\\", "%", "&amp;", "{", "}", "\"", "....", "————", "🙂",
}
