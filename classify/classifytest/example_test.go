package classifytest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/classifytest"
	"github.com/errkb/errkb/generated/captchaai"
	"github.com/errkb/errkb/generated/fastcaptcha"
)

// In a test, give New the *testing.T instead of nil; it then closes the server.
func Example() {
	srv := classifytest.New(nil, fastcaptcha.Catalog())
	defer srv.Close()
	srv.Script(
		classifytest.Code("INSUFFICIENT_CREDITS"),
		classifytest.OK(`{"success":true,"text":"XK92B"}`),
	)

	// The code under test.
	solve := func() (string, error) {
		resp, err := srv.Client().Post(srv.URL+"/api/v1/ocr/", "image/png", strings.NewReader("…"))
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return "", err
		}
		reply := classify.Reply{Status: resp.StatusCode, Header: resp.Header, Body: body}
		return string(body), fastcaptcha.Catalog().Check(reply)
	}
	_, err := classify.Do(context.Background(), &classify.Options{Catalog: fastcaptcha.Catalog()},
		func(context.Context) (string, error) { return solve() })

	fmt.Println(errors.Is(err, fastcaptcha.InsufficientCredits))
	for _, r := range srv.Requests() {
		fmt.Println(r.Method, r.URL, r.Operation, "-", r.Answer)
	}
	// Output:
	// true
	// POST /api/v1/ocr/ solve - code INSUFFICIENT_CREDITS
}

func ExampleReplies() {
	for _, r := range classifytest.Replies(captchaai.Catalog(), "ERROR_ZERO_BALANCE") {
		fmt.Printf("%d %s\n", r.Status, r.Body)
	}
	// Output:
	// 200 {"request":"ERROR_ZERO_BALANCE","status":0}
	// 200 ERROR_ZERO_BALANCE
}
