package e2e_test

import (
	"strings"
	"testing"
)

// TestVerdictDecides pastes replies that say something else than their entries say of all,
// and wants the verdict to be about the reply.
func TestVerdictDecides(t *testing.T) {
	t.Parallel()
	b := openTab(t)
	b.visit(must(t, shippedSite).overHTTP("index.html"))
	for _, test := range []struct {
		name, text string
		want, not  []string
	}{
		{
			name: "a wait over the limit",
			text: "HTTP/1.1 429 Too Many Requests\nRetry-After: 3600\n\n{\"success\":false,\"code\":\"RATE_LIMIT_EXCEEDED\"}",
			want: []string{"Stop: the server asks for a wait of 1 h, and at most 5 min is obeyed", "Not automatically", "Please try again in 1 h: FastCaptcha asks for that wait."},
			not:  []string{"Wait and retry", "sends the request again automatically"},
		},
		{
			name: "a wait of the server's",
			text: "HTTP/1.1 429 Too Many Requests\nRetry-After: 12\n\n{\"success\":false,\"code\":\"RATE_LIMIT_EXCEEDED\"}",
			want: []string{"Wait and retry: wait 12 to 13 s", "The server asks for a wait of 12 s."},
		},
		{
			name: "a call that may have been carried out",
			text: "> POST /in.php HTTP/1.1\n> Host: ocr.captchaai.com\n>\n< HTTP/1.1 502 Bad Gateway\n< Content-Type: text/html\n<\n<html><h1>502 Bad Gateway</h1></html>",
			want: []string{"Check first", "Submit a task", "The request may have been carried out all the same.", "Please check whether the request was carried out", "Make sure that no task was created"},
			not:  []string{"Wait and retry:", "FastCaptcha", "Only if it was not carried out:"},
		},
		{
			name: "one that may be another operation",
			text: "HTTP/1.1 502 Bad Gateway\nHost: ocr.captchaai.com\n\n<html><h1>502 Bad Gateway</h1></html>",
			want: []string{"Check first", "Only if it was not carried out:\nWait and poll again.", "Make sure that no task was created"},
			not:  []string{"Wait and retry:"},
		},
		{
			name: "a reply that did nothing",
			text: "HTTP/1.1 429 Too Many Requests\n\n{\"success\":false,\"code\":\"RATE_LIMIT_EXCEEDED\"}",
			not:  []string{"Only if it was not carried out:"},
		},
		{
			name: "a code that is not listed",
			text: "HTTP/1.1 200 OK\nHost: x\n\n{\"success\":false,\"code\":\"IMAGE_TO_LARGE\"}",
			want: []string{"We don’t know this code.", "Also found", "IMAGE_TOO_LARGE"},
			not:  []string{"Use the result"},
		},
	} {
		paste(b, test.text)
		for _, want := range test.want {
			if !strings.Contains(answer(b), want) {
				t.Errorf("%s: the answer lacks %q:\n%s", test.name, want, answer(b))
			}
		}
		for _, not := range test.not {
			if strings.Contains(answer(b), not) {
				t.Errorf("%s: the answer has %q:\n%s", test.name, not, answer(b))
			}
		}
	}
	for _, problem := range b.trouble() {
		t.Error(problem)
	}
}
