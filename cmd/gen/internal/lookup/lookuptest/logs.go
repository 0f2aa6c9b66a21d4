package lookuptest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/errkb/errkb/cmd/gen/internal/model"
)

// Log is a long text as programs write it.
type Log struct{ Name, Text string }

// Logs returns a log of each kind, of some bytes: lines of which few have to do with
// an error, with codes of the catalog's first API in them.
func Logs(c *model.Catalog, size int) []Log {
	kinds := []struct {
		name string
		line func(w *writer, code string) string
		bare bool // no time stands before the lines
	}{
		{"words", func(w *writer, code string) string {
			return pick(w, []string{
				"INFO  worker-3 uploaded image 4711.png (3012 bytes) in 183 ms", "DEBUG http: POST https://api.example.com/v1/solve 200 OK, 118 ms",
				"WARN  queue is at 80 % of its capacity, 1204 jobs wait", "INFO  order 500 of user 1042 was paid: 12.50 EUR",
				"ERROR request failed: " + code + ", attempt 2 of 5", "INFO  cache miss for session_key user_42_profile, took 3 ms",
				"DEBUG retry in 2.5s; the server answered with status 503 Service Unavailable",
			})
		}, false},
		{"fields", func(w *writer, code string) string {
			return pick(w, []string{
				`level=info msg="request done" method=POST path=/v1/solve status=200 bytes=3012 took=118ms user_id=42`,
				`level=debug msg="connection reused" host=api.example.com port=443 idle=12.3s trace_id=4bf92f3577b34da6`,
				`level=error msg="request failed" code=` + code + ` attempt=2 user_id=1042 request_id=req-8c1f`,
			})
		}, false},
		{"json", func(w *writer, code string) string {
			return pick(w, []string{
				`{"level":"info","msg":"request done","http":{"method":"POST","path":"/v1/solve","status":200},"took_ms":118,"user":{"id":42,"plan":"basic"}}`,
				`{"level":"debug","msg":"cache miss","key":"user_42_profile","shard":7}`,
				`{"level":"error","msg":"request failed","reply":{"code":"` + code + `","trace":"4bf92f35"},"attempt":2}`,
			})
		}, false},
		{"trace", func(w *writer, code string) string {
			return pick(w, []string{
				"    at com.example.orders.PaymentService.charge(PaymentService.java:118)", "    at java.base/java.lang.Thread.run(Thread.java:840)",
				"Caused by: com.example.client.ApiException: " + code, "goroutine 18 [running]:", "\t/go/src/example.com/app/internal/order/order.go:429 +0x1d",
				"  File \"/app/orders/payment_service.py\", line 503, in charge_customer",
			})
		}, false},
		{"access", func(w *writer, code string) string {
			return fmt.Sprintf("10.0.%d.%d - - [21/Nov/2026:20:08:11 +0000] %s", w.IntN(256), w.IntN(256), pick(w, []string{
				`"POST /v1/solve HTTP/1.1" 200 612 "-" "python-requests/2.32.3" 0.118`, `"GET /v1/orders/4711 HTTP/1.1" 404 89 "https://shop.example.com/orders" "Mozilla/5.0 (X11; Linux x86_64)" 0.004`,
				`"GET /health HTTP/2.0" 204 0 "-" "kube-probe/1.31" 0.001`, `"POST /v1/solve?retry=2 HTTP/1.1" 503 20 "-" "okhttp/4.12.0" 5.002`,
			}))
		}, true},
		{"page", func(w *writer, code string) string {
			return pick(w, []string{
				"<p>Thank you for your order, which we have <b>received</b> &ndash; it leaves our store tomorrow.</p>", `<div class="card"><a href="/help/delivery">How long does it take?</a></div>`,
				"<li>Parcels that weigh over 30 kg travel by rail; please be at home when the carrier rings.</li>", "&lt;none&gt; of these 12 pages say what went wrong, nor who would know.",
			})
		}, true},
	}
	var logs []Log
	for _, kind := range kinds {
		w := &writer{Rand: rand.New(rand.NewPCG(1, 0))}
		var text strings.Builder
		for second := 0; text.Len() < size; second++ {
			if !kind.bare {
				fmt.Fprintf(&text, "2026-11-21T%02d:%02d:%02d.%03dZ ", second/3600%24, second/60%60, second%60, w.IntN(1000))
			}
			text.WriteString(kind.line(w, pick(w, c.APIs[0].Codes).Code) + "\n")
		}
		logs = append(logs, Log{kind.name, text.String()[:size]})
	}
	return logs
}
