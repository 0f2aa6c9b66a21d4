package classify_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/errkb/errkb/classify"
)

func ExampleTransport() {
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if calls++; calls == 1 {
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}))
	defer server.Close()

	client := &http.Client{Transport: &classify.Transport{
		Options: classify.Options{Catalog: payments},
	}}
	resp, err := client.Post(server.URL+"/charges", "text/plain", strings.NewReader("12.50"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	fmt.Println(resp.StatusCode, "after", calls, "calls")
	// Output: 200 after 2 calls
}

func ExampleErrorOf() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusTooManyRequests)
	}))
	defer server.Close()

	client := &http.Client{Transport: &classify.Transport{
		Options: classify.Options{Catalog: payments},
	}}
	resp, err := client.Get(server.URL + "/charges")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	fmt.Println(resp.StatusCode)
	fmt.Println(classify.ErrorOf(resp))
	// Output:
	// 429
	// Too many requests; stopped after 1 attempt: the server asks for a wait of 24h0m0s, over the limit of 5m0s
}

func ExampleWithOperation() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()

	// The path does not tell which call of the API this is, so the context does.
	client := &http.Client{Transport: &classify.Transport{Options: classify.Options{Catalog: payments}}}
	req, _ := http.NewRequest(http.MethodGet, server.URL, nil)
	resp, err := client.Do(req.WithContext(classify.WithOperation(req.Context(), "charge")))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	if stopped, ok := errors.AsType[*classify.Error](classify.ErrorOf(resp)); ok {
		fmt.Println(stopped.Decision.Operation)
	}
	// Output: charge
}
