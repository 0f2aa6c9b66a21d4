package e2e_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a page of the browser, and what went wrong in it since it was opened.
type tab struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	problems []string
	requests []string
}

// openTab opens an empty page that is closed with the test. Its storage is its
// own.
func openTab(t testing.TB) *tab {
	t.Helper()
	return openTabOf(t, t)
}

// openTabOf opens a page that is closed with another test, of which t is a part.
func openTabOf(t, whole testing.TB) *tab {
	t.Helper()
	running, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, closeTab := chromedp.NewContext(running, chromedp.WithNewBrowserContext())
	whole.Cleanup(closeTab)
	b := &tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	return b
}

// turns are the tabs of a test whose parts run in parallel and take turns with them: a new tab
// costs more than most pages.
type turns struct {
	whole testing.TB
	free  chan *tab
}

func newTurns(whole testing.TB) turns { return turns{whole, make(chan *tab, 100)} }

// take returns a tab that a part of the test has until its end.
func (of turns) take(t testing.TB) *tab {
	t.Helper()
	var b *tab
	select {
	case b = <-of.free:
		b.t = t
	default:
		b = openTabOf(t, of.whole)
	}
	t.Cleanup(func() { of.free <- b })
	return b
}

// listen notes what a page of ours must never do.
func (b *tab) listen(event any) {
	switch event := event.(type) {
	case *runtime.EventConsoleAPICalled:
		switch event.Type {
		case runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeAssert:
			b.note("console " + string(event.Type) + ": " + arguments(event.Args))
		}
	case *runtime.EventExceptionThrown:
		thrown := &chromedp.ExceptionError{ExceptionDetails: event.ExceptionDetails}
		b.note("exception: " + thrown.Error())
	case *log.EventEntryAdded:
		if isNoNotices(404, event.Entry.URL) && strings.Contains(event.Entry.Text, "status of 404") {
			return
		}
		if event.Entry.Level == log.EntryLevelError || event.Entry.Level == log.EntryLevelWarning {
			b.note(fmt.Sprintf("log %s: %s %s", event.Entry.Source, event.Entry.Text, event.Entry.URL))
		}
	case *network.EventLoadingFailed:
		if !event.Canceled {
			b.note("failed request: " + event.ErrorText)
		}
	case *network.EventResponseReceived:
		if event.Response.Status >= 400 && !isNoNotices(event.Response.Status, event.Response.URL) {
			b.note(fmt.Sprintf("status %d: %s", event.Response.Status, event.Response.URL))
		}
	case *network.EventRequestWillBeSent:
		b.mu.Lock()
		defer b.mu.Unlock()
		b.requests = append(b.requests, event.Request.URL)
	case *page.EventJavascriptDialogOpening:
		b.note("dialog: " + event.Message)
		go chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{}) // in here nothing may wait
	}
}

// isNoNotices reports whether an answer means that a site has no notices, as most have.
func isNoNotices(status int64, address string) bool {
	return status == 404 && strings.HasSuffix(address, "/notices.json")
}

func arguments(args []*runtime.RemoteObject) string {
	var texts []string
	for _, arg := range args {
		if arg.Value != nil {
			texts = append(texts, string(arg.Value))
		} else {
			texts = append(texts, arg.Description)
		}
	}
	return strings.Join(texts, " ")
}

func (b *tab) note(problem string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.problems = append(b.problems, problem)
}

// within bounds what is done in a tab.
func (b *tab) within() (context.Context, context.CancelFunc) {
	return context.WithTimeout(b.ctx, patience)
}

// run runs actions; the test stops at an error.
func (b *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := b.within()
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// do runs an action and returns what it yields; the test stops at an error.
func do[T any](b *tab, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, stop := b.within()
	defer stop()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}

// call runs a command of the DevTools protocol; the test stops at an error.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	ctx, stop := b.within()
	defer stop()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		b.t.Fatal(err)
	}
	return result
}

// eval returns the value of an expression of JavaScript, and waits for it where
// it is a promise; the test stops at an error.
func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	return do(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// visit loads an address and waits until it is loaded. What the tab noted before
// is forgotten.
func (b *tab) visit(address string) {
	b.t.Helper()
	b.mu.Lock()
	b.problems, b.requests = nil, nil
	b.mu.Unlock()
	b.run(chromedp.Navigate(address))
}

// size sets the width and the height of the window, in CSS pixels.
func (b *tab) size(width, height int64) {
	b.t.Helper()
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

// theme asks for a colour scheme, "light" or "dark", and for no motion, so that
// colours are not measured halfway.
func (b *tab) theme(scheme string) {
	b.t.Helper()
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// trouble returns what went wrong since the last visit.
func (b *tab) trouble() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.problems)
}

// asked returns the addresses requested since the last visit.
func (b *tab) asked() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.requests)
}
