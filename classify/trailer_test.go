package classify

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
	"time"
)

// trailing answers with a header, and after a while with the rest of its body and
// its trailers, one of them announced.
func trailing(status int, after time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Trailer", "Checksum")
		w.WriteHeader(status)
		io.WriteString(w, `{"ok":`)
		w.(http.Flusher).Flush()
		time.Sleep(after)
		io.WriteString(w, `true}`)
		w.Header().Set("Checksum", "a1")
		w.Header().Set(http.TrailerPrefix+"Late", "b2")
	}
}

// overBoth runs a test against a server of HTTP/1.1 and one of HTTP/2.
func overBoth(t *testing.T, handler http.Handler, test func(*testing.T, *httptest.Server)) {
	for _, version := range []string{"HTTP/1.1", "HTTP/2.0"} {
		t.Run(version, func(t *testing.T) {
			server := httptest.NewUnstartedServer(handler)
			server.EnableHTTP2 = version == "HTTP/2.0"
			server.StartTLS()
			defer server.Close()
			test(t, server)
		})
	}
}

// A ReverseProxy ranges over the announced trailers while the body is still on its
// way: nothing may be written into the response that it holds.
func TestReverseProxyWithTrailers(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusBadRequest} {
		for _, after := range []time.Duration{0, 24 * time.Millisecond, 26 * time.Millisecond, 28 * time.Millisecond} {
			overBoth(t, trailing(status, after), func(t *testing.T, origin *httptest.Server) {
				target, _ := url.Parse(origin.URL)
				proxy := httputil.NewSingleHostReverseProxy(target)
				proxy.Transport = &Transport{
					Options: Options{Catalog: shopAPI(time.Millisecond)},
					Base:    origin.Client().Transport,
				}
				front := httptest.NewServer(proxy)
				defer front.Close()
				for range 5 {
					resp, err := http.Get(front.URL)
					if err != nil {
						t.Fatal(err)
					}
					body, err := io.ReadAll(resp.Body)
					resp.Body.Close()
					if err != nil || string(body) != `{"ok":true}` || resp.StatusCode != status {
						t.Fatalf("status %d, body %q, error %v", resp.StatusCode, body, err)
					}
					if resp.Trailer.Get("Checksum") != "a1" || resp.Trailer.Get("Late") != "b2" {
						t.Errorf("trailers %v", resp.Trailer)
					}
				}
			})
		}
	}
}

// What RoundTrip returns is the caller's: the trailers come with the end of the
// body that the caller reads, and not before.
func TestTrailersComeWithTheEnd(t *testing.T) {
	overBoth(t, trailing(http.StatusBadRequest, 40*time.Millisecond), func(t *testing.T, server *httptest.Server) {
		transport := &Transport{Options: Options{Catalog: shopAPI(time.Millisecond)}, Base: server.Client().Transport}
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
		resp, err := transport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if values, announced := resp.Trailer["Checksum"]; !announced || values != nil {
			t.Errorf("before the body is read the trailers are %v, want Checksum announced without a value", resp.Trailer)
		}
		held := resp.Trailer
		for deadline := time.Now().Add(100 * time.Millisecond); time.Now().Before(deadline); {
			for range held { // a write by another goroutine meanwhile ends the program
			}
		}
		if _, err := io.ReadAll(resp.Body); err != nil {
			t.Fatal(err)
		}
		if resp.Trailer.Get("Checksum") != "a1" || resp.Trailer.Get("Late") != "b2" {
			t.Errorf("after the end the trailers are %v", resp.Trailer)
		}
	})
}

// The adapters have only the response that the library holds already.
func TestAdaptersLeaveTrailersAlone(t *testing.T) {
	overBoth(t, trailing(http.StatusBadRequest, 40*time.Millisecond), func(t *testing.T, server *httptest.Server) {
		resp, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if _, err := shopAPI(time.Millisecond).CheckRetry(context.Background(), resp, nil); err != nil {
			t.Fatal(err)
		}
		held := resp.Trailer
		for deadline := time.Now().Add(100 * time.Millisecond); time.Now().Before(deadline); {
			for range held {
			}
		}
		if body, err := io.ReadAll(resp.Body); err != nil || string(body) != `{"ok":true}` {
			t.Errorf("body %q, error %v", body, err)
		}
		if resp.Trailer.Get("Checksum") != "a1" {
			t.Errorf("trailers %v", resp.Trailer)
		}
	})
}
