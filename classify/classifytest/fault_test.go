package classifytest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errkb/errkb/classify/classifytest"
	"github.com/errkb/errkb/generated/captchaai"
	"github.com/errkb/errkb/generated/fastcaptcha"
)

func TestBadFaults(t *testing.T) {
	srv := classifytest.NewPipe(nil, captchaai.Catalog())
	defer srv.Close()
	defer func() {
		if text := fmt.Sprint(recover()); !strings.HasPrefix(text, "classifytest: ok: the catalog reads the reply") {
			t.Error(text)
		}
	}()
	srv.Faults(1, 0.5, classifytest.OK("nothing"))
}

// TestResets checks, with a client that keeps its connections, that the faults
// are resets and that net/http does not hide them by sending a request again.
func TestResets(t *testing.T) {
	srv := classifytest.New(t, captchaai.Catalog())
	client := &http.Client{Transport: &http.Transport{}}
	for _, answer := range []classifytest.Answer{classifytest.Reset(), classifytest.ResetUnread()} {
		srv.Script(classifytest.OK("OK|1"), answer)
		for i := range 2 {
			resp, err := client.Get(srv.URL)
			if i == 0 && err == nil {
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
			if (i == 0) != (err == nil) {
				t.Errorf("%s: request %d: error %v", answer, i, err)
			}
			if i == 1 && runtime.GOOS == "linux" && !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("%s: error %v is not a reset", answer, err)
			}
		}
	}
	if n := len(srv.Requests()); n != 4 {
		t.Errorf("%d requests, want 4", n)
	}
}

// TestFaults checks that faults follow from the seed alone and leave the script
// where it is.
func TestFaults(t *testing.T) {
	play := func(seed uint64, share float64) (answers []string) {
		srv := classifytest.NewPipe(nil, fastcaptcha.Catalog())
		defer srv.Close()
		srv.Faults(seed, share, classifytest.Status(503), classifytest.Reset())
		for i := range 60 {
			srv.Script(classifytest.OK(fmt.Sprintf(`{"success":true,"n":%d}`, i)))
		}
		ok := 0
		for range 60 {
			answer := ask(srv.Client(), "POST", srv.URL+"/api/v1/ocr/", "")
			if strings.HasPrefix(answer, "200") {
				if want := fmt.Sprintf(`200 {"success":true,"n":%d}`, ok); answer != want {
					t.Errorf("answer %s, want %s", answer, want)
				}
				ok++
			}
			answers = append(answers, answer)
		}
		return answers
	}
	count := func(answers []string, start string) (n int) {
		for _, a := range answers {
			if strings.HasPrefix(a, start) {
				n++
			}
		}
		return n
	}
	one, again, other := play(1, 0.5), play(1, 0.5), play(2, 0.5)
	if !slices.Equal(one, again) || slices.Equal(one, other) {
		t.Error("the faults don't follow from the seed")
	}
	if count(one, "503") == 0 || count(one, "no reply") == 0 || count(one, "200") < 15 || count(one, "200") > 45 {
		t.Errorf("answers %q", one)
	}
	if n := count(play(1, 0), "200"); n != 60 {
		t.Errorf("%d answers by script at a share of 0", n)
	}
	if n := count(play(1, 1), "200"); n != 0 {
		t.Errorf("%d answers by script at a share of 1", n)
	}
}

// TestWaits checks, in time that costs none, when answers come.
func TestWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := classifytest.NewPipe(t, fastcaptcha.Catalog())
		srv.Script(
			classifytest.Status(500).Late(7*time.Second),
			classifytest.Reset().Late(time.Second),
			classifytest.Hang(),
			classifytest.Status(500).Late(time.Hour),
			classifytest.Hang(),
		)
		start := time.Now()
		passed := func() time.Duration { return time.Since(start) }
		if got := ask(srv.Client(), "GET", srv.URL, ""); !strings.HasPrefix(got, "500") || passed() != 7*time.Second {
			t.Errorf("%s after %s", got, passed())
		}
		if got := ask(srv.Client(), "GET", srv.URL, ""); got != "no reply: connection" || passed() != 8*time.Second {
			t.Errorf("%s after %s", got, passed())
		}
		client := *srv.Client()
		client.Timeout = 3 * time.Second
		for i := range 2 {
			if got := ask(&client, "GET", srv.URL, ""); got != "no reply: timeout" || passed() != time.Duration(11+3*i)*time.Second {
				t.Errorf("%s after %s", got, passed())
			}
		}
		time.AfterFunc(time.Second, srv.Close)
		if got := ask(srv.Client(), "GET", srv.URL, ""); got != "no reply: connection" || passed() != 15*time.Second {
			t.Errorf("%s after %s", got, passed())
		}
		if got := ask(srv.Client(), "GET", srv.URL, ""); got != "no reply: connection" {
			t.Errorf("%s from a closed server", got)
		}
		srv.Close()
	})
}

// TestHangEnds checks over a socket that a hanging answer ends with its client and
// with the server.
func TestHangEnds(t *testing.T) {
	srv := classifytest.New(nil, fastcaptcha.Catalog())
	srv.Script(classifytest.Hang().Always())
	ctx, cancel := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, "POST", srv.URL, strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for len(srv.Requests()) == 0 {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	if _, err := srv.Client().Do(req); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	ended := make(chan string)
	go func() { ended <- ask(srv.Client(), "GET", srv.URL, "") }()
	for len(srv.Requests()) < 2 {
		time.Sleep(time.Millisecond)
	}
	srv.Close()
	if got := <-ended; got != "no reply: connection" {
		t.Error(got)
	}
}
