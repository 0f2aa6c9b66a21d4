package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
)

// logged is about that many bytes of JSON lines as a client logs its calls.
func logged(size int) []byte {
	codes := []string{"ERROR_NO_SLOT_AVAILABLE", "CAPCHA_NOT_READY", "ERROR_WRONG_USER_KEY", "ERROR_ZERO_BALANCE", "CAPCHA_NOT_READY"}
	var out bytes.Buffer
	for i := 0; out.Len() < size; i++ {
		body, _ := json.Marshal(map[string]any{"status": 0, "request": codes[i%len(codes)], "error_text": "Try again in a few seconds, as all workers are busy at the moment."})
		text, _ := json.Marshal(string(body))
		fmt.Fprintf(&out, `{"time":"2026-11-30T%02d:%02d:%02d.%03dZ","level":"INFO","msg":"call of the API","api":"captchaai","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","method":"GET","url":"https://ocr.captchaai.com/res.php?action=get&id=%d","status":200,"headers":{"content-type":"application/json; charset=utf-8","date":"Mon, 30 Nov 2026 10:00:00 GMT","server":"nginx","x-request-id":"8f14e45f-ceea-467f-9575-7f2d3f1d0b1a"},"body":%s,"took_ms":%d}`+"\n",
			i/3600000%24, i/60000%60, i/1000%60, i%1000, i, text, 20+i%100)
	}
	return out.Bytes()
}

func BenchmarkLines(b *testing.B) {
	input := logged(32 << 20)
	c := shipped(b)
	b.Run("replay", func(b *testing.B) {
		defer perSecond(b, len(input))()
		b.ReportAllocs()
		for b.Loop() {
			r, _ := New(c, Options{})
			if err := r.Read("in", bytes.NewReader(input)); err != nil || r.sums.replies == 0 {
				b.Fatal(err, r.sums.replies)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		table := c.APIs[1].Table()
		defer perSecond(b, len(input))()
		for b.Loop() {
			counts := map[string]int{}
			for line := range bytes.Lines(input) {
				var call struct {
					Status  int
					Headers map[string]string
					Body    string
				}
				if json.Unmarshal(line, &call) != nil {
					b.Fatal("not JSON")
				}
				d := table.Classify(classify.Reply{Status: call.Status, Body: []byte(call.Body)})
				counts[d.Entry.Code()]++
			}
		}
	})
}

// perSecond reports the megabytes for a second of the processor, whatever else it does.
func perSecond(b *testing.B, size int) func() {
	before := processor()
	return func() { b.ReportMetric(float64(size)*float64(b.N)/1e6/(processor()-before).Seconds(), "MB/cpu-s") }
}

func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
