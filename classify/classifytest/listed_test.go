package classifytest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/classify/classifytest"
	"github.com/errkb/errkb/generated/fastcaptcha"
)

// noted is a test that notes its failures.
type noted struct {
	testing.TB
	failures []string
}

func (n *noted) Helper() {}
func (n *noted) Errorf(f string, args ...any) {
	n.failures = append(n.failures, fmt.Sprintf(f, args...))
}

func TestListed(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		body   string
		fails  bool
	}{
		{"success", 200, `{"success":true,"text":"XK92B"}`, false},
		{"code", 413, `{"success":false,"code":"IMAGE_TOO_LARGE"}`, false},
		{"status alone", 503, "", false},
		{"another code", 400, `{"success":false,"code":"IMAGE_TOO_LRAGE"}`, true},
		{"another code under a listed status", 500, `{"success":false,"code":"DISK_FULL"}`, true},
		{"another status", 302, "over there", true},
		{"no sign of success", 0, "welcome", true},
		{"nothing", 0, "", true},
		{"a long success", 200, `{"success":true,"text":"` + strings.Repeat("x", classify.MaxBody) + `"}`, false},
	} {
		var n noted
		h := classifytest.Listed(&n, fastcaptcha.Catalog(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusEarlyHints)
			if test.status > 0 {
				w.WriteHeader(test.status)
			}
			if test.body != "" {
				fmt.Fprint(w, test.body)
			}
			w.(http.Flusher).Flush()
		}))
		server := httptest.NewServer(h)
		resp, err := http.Post(server.URL+"/api/v1/ocr/", "image/png", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		server.Close()
		if (len(n.failures) > 0) != test.fails {
			t.Errorf("%s: %q", test.name, n.failures)
		}
	}
}
