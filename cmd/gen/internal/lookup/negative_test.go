package lookup

import "testing"

// negatives are texts that hold nothing of the shipped catalog: codes of other
// vendors, prose, and things with numbers in them.
var negatives = []string{
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
	"ERROR_INVALID_PARAMETER", "ERROR_BAD_FORMAT", "EACCES", "ECONNRESET", "ETIMEDOUT", "ENOTFOUND", "errno 13", "[Errno 111] Connection refused",
	"ERR_CONNECTION_REFUSED", "ERR_CERT_DATE_INVALID", "ERR_NAME_NOT_RESOLVED", "NS_ERROR_NET_TIMEOUT", "DLG_FLAGS_INVALID_CA",
	"TS2345", "CS0246", "E0382", "C2065", "SIGSEGV", "exit status 1", "exit code 137", "process exited with status 404", "kernel: Out of memory",
	"MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND", "ImportError: No module named requests", "KeyError: 'image'", "java.lang.NullPointerException",
	// Ids, dates, addresses, amounts.
	"550e8400-e29b-41d4-a716-446655440000", "429e8400-e29b-41d4-a716-446655440500", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "b1da396",
	"2026-11-21T20:08:11.429Z", "20:04:29", "1700000429", "2026-04-29", "10.0.4.29", "192.168.0.1:5003", "127.0.0.1:503", "::1", "fe80::429:1ff:fe23:4567",
	"$429.00", "€ 500", "500 €", "4.29", "1,429", "12,500", "429%", "5.03", "+1 429 555 0100", "4290", "0429", "999", "42", "-429", "#429", "600", "099",
	"order 5003", "order #429", "order no. 500", "order 503", "502 items", "port 503", "port 8429", "room 404", "page 404 of 500", "500 USD", "429 kg",
	"flight BA 429", "invoice 2026-500", "ticket SUP-429", "case 00429", "took 429 ms", "429ms", "size 503 bytes", "pid 502", "app[503]: started",
	"processed 500 images", "500 errors found while reading 503 files", "line 401, column 402", "main.go:429", "v4.2.9", "HTTP/1.1", "zip code 50301", "area code 415", "exit code 1",
	"promo code 429", "user 413", "chapter 415", "id=500", "count: 503", "429/500", "400x300", "1.2.400",
	// Prose.
	"hello", "thanks!", "ok", "OK", "no", "yes", "Please help me", "it does not work", "What is my balance?", "How do I get a new key?",
	"My image is too big I think", "Is there a limit for requests?", "The captcha was solved but the answer is wrong.",
	"I forgot my password and cannot log in to the dashboard.", "We are evaluating your service and would like a quote.",
	"Your order has shipped and arrives on Monday.", "The quick brown fox jumps over the lazy dog.", "lorem ipsum dolor sit amet",
	"error", "Error", "ERROR", "error!", "unknown error", "something went wrong", "fatal: not a git repository", "Segmentation fault (core dumped)",
	"timeout while reading the book", "The connection to the past is lost", "Das Guthaben reicht nicht aus", "余额不足", "エラーが発生しました", "ошибка сервера",
	// Documents.
	"{}", "[]", "null", `""`, `{"status":0}`, `{"ok":false,"error":"channel_not_found"}`, `{"message":"Not Found","documentation_url":"https://example.com"}`,
	"<html><body><h1>It works!</h1></body></html>", "<Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message></Error>",
	"SELECT * FROM images WHERE size > 500", "for (let i = 0; i < 429; i++) {}", "https://example.com/orders/429?page=500", "C:\\Users\\model\\error.log",
	"level=info msg=\"request done\" took=503ms bytes=429", "127.0.0.1 - - [21/Nov/2026:20:08:11 +0000] \"-\" 5003",
	"_", "__", "-", "*", "\\", "%", "&amp;", "{", "}", "\"", "....", "————", "🙂",
}

func TestNegatives(t *testing.T) {
	x := New(shipped(t))
	suggested := 0
	for _, text := range negatives {
		got := x.Explain(text)
		if len(got) > 0 {
			suggested++
			t.Logf("%q: %v", text, lines(got))
			if got[0].Confidence == Exact {
				t.Errorf("%q: got %v, want nothing exact", text, lines(got))
			}
		}
	}
	if suggested*100 > len(negatives)*2 {
		t.Errorf("%d of %d texts that hold nothing known got a suggestion, want at most 2 %%", suggested, len(negatives))
	}
	t.Logf("%d texts", len(negatives))
}
