// Package a makes every mistake, beside what is right.
package a

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/generated/captchaai"
)

func compared(d classify.Decision, p *classify.Decision, c captchaai.Code, err error, text string) {
	const zero = "ERROR_ZERO_BALANCE"
	if d.Code == "ERROR_ZERO_BALANCE" { // want `"ERROR_ZERO_BALANCE" is captchaai.ErrorZeroBalance: compare that with the Code of captchaai.ParseCode, or use errors.Is`
		fmt.Println()
	}
	if zero != p.Code { // want `is captchaai.ErrorZeroBalance`
		fmt.Println()
	}
	if d.Entry.Code() == "CAPCHA_NOT_READY" || c.String() == "CAPCHA_NOT_READY" { // want `is captchaai.CapchaNotReady` `is captchaai.CapchaNotReady`
		fmt.Println()
	}
	switch classify.CodeOf(err) {
	case "ERROR_PAGEURL", "NOT_LISTED": // want `is captchaai.ErrorPageURL`
	case "":
	}

	// All of these are right.
	if d.Code == "NOT_LISTED" || d.Code == text || text == zero || d.Field == zero || c.String() == text {
		fmt.Println()
	}
	if code, _ := captchaai.ParseCode(d.Code); code == captchaai.ErrorZeroBalance || errors.Is(err, captchaai.ErrorZeroBalance) {
		fmt.Println()
	}
}

func switched(d classify.Decision) {
	switch d.Action { // want `a switch over an Action without default`
	case classify.Retry, classify.Resubmit:
	}
	switch d.Action {
	case classify.Retry:
	default:
	}
	switch d.Source {
	case classify.KindCode:
	}
	switch {
	case d.Action == classify.Retry:
	}
}

func ignored(reply classify.Reply, resp *http.Response) error {
	captchaai.Classify(reply)             // want `the decision is not used`
	_ = captchaai.Classify(reply)         // want `the decision is not used`
	_, ok := captchaai.Classify(reply), 1 // want `the decision is not used`
	captchaai.Catalog().Classify(reply)   // want `the decision is not used`
	classify.ErrorOf(resp)                // want `the error of ErrorOf is not used`
	fmt.Println(captchaai.Classify(reply), ok)
	return classify.ErrorOf(resp)
}

func slept(ctx context.Context, call func() classify.Reply) {
	for n := range 3 {
		d := captchaai.Classify(call())
		time.Sleep(d.Wait(n))   // want `a loop that sleeps for a decision`
		<-time.After(d.Wait(n)) // want `a loop that sleeps for a decision`
		wait, again := d.Next(n)
		if !again {
			return
		}
		time.Sleep(wait) // want `a loop that sleeps for a decision`
	}
	for n := range 3 {
		wait, _ := captchaai.Classify(call()).Next(n)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		time.Sleep(time.Second)
	}
	time.Sleep(captchaai.Classify(call()).Wait(0))
}

func asserted(err error, value any) {
	if e, ok := err.(*classify.Error); ok { // want `an error is mostly wrapped`
		fmt.Println(e)
	}
	if e, ok := errors.AsType[*classify.Error](err); ok {
		fmt.Println(e, value.(*classify.Error))
	}
}
