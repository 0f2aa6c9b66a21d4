package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/errkb/errkb/classify"
	"github.com/errkb/errkb/generated/captchaai"
)

// BenchmarkReplay puts a log through gen replay, and beside it through what else says how
// often each code is in one: encoding/json with the generated classifier, jq, and grep, which
// finds codes anywhere. The first and the last two are processes, with their start. It stands
// apart from the report, whose groups are of the runtime:
//
//	go test -run '^$' -bench Replay -benchtime 1x
func BenchmarkReplay(b *testing.B) {
	const size = 128 << 20
	dir := b.TempDir()
	log, codes, gen := filepath.Join(dir, "calls.jsonl"), filepath.Join(dir, "codes"), filepath.Join(dir, "gen")
	if err := writeLog(log, size); err != nil {
		b.Fatal(err)
	}
	var names strings.Builder
	for code := range captchaai.Codes() {
		fmt.Fprintln(&names, code.String())
	}
	if err := os.WriteFile(codes, []byte(names.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", gen, "./cmd/gen")
	build.Dir = ".." // which is another module
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, c := range []struct {
		name string
		args []string
	}{
		{"errkb", []string{gen, "replay", "--api", "captchaai", log}},
		{"jq", []string{"jq", "-r", ".body | fromjson | .request", log}},
		{"grep", []string{"grep", "-o", "-F", "-f", codes, log}},
	} {
		b.Run(c.name, func(b *testing.B) {
			if _, err := exec.LookPath(c.args[0]); err != nil {
				b.Skipf("%s is not here", c.args[0])
			}
			var used time.Duration
			for b.Loop() {
				command := exec.Command(c.args[0], c.args[1:]...)
				command.Env = append(os.Environ(), "GOMAXPROCS=1", "LC_ALL=C")
				command.Stdout = io.Discard // a pipe: where it is the null device, grep stops at the first line
				if err := command.Run(); err != nil {
					b.Fatal(err)
				}
				used += command.ProcessState.UserTime() + command.ProcessState.SystemTime()
			}
			b.ReportMetric(float64(b.N)*size/1e6/used.Seconds(), "MB/cpu-s")
		})
	}
	b.Run("encoding-json", func(b *testing.B) {
		start := cpuTime(b)
		for b.Loop() {
			if err := countCodes(log); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)*size/1e6/(cpuTime(b)-start).Seconds(), "MB/cpu-s")
	})
}

// countCodes counts the entries that decide about the replies of a log.
func countCodes(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	counts := map[string]int{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var call struct {
			Status int
			Body   string
		}
		if err := json.Unmarshal(lines.Bytes(), &call); err != nil {
			return err
		}
		d := captchaai.Classify(classify.Reply{Status: call.Status, Body: []byte(call.Body)})
		counts[d.Entry.Code()]++
	}
	return lines.Err()
}

// writeLog writes JSON lines as a client logs its calls.
func writeLog(name string, size int) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	codes := []string{"ERROR_NO_SLOT_AVAILABLE", "CAPCHA_NOT_READY", "ERROR_WRONG_USER_KEY", "ERROR_ZERO_BALANCE", "CAPCHA_NOT_READY"}
	start := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	for i, written := 0, 0; written < size; i++ {
		body := fmt.Sprintf(`{"status":0,"request":%q,"error_text":"Try again in a few seconds, as all workers are busy at the moment."}`, codes[i%len(codes)])
		n, err := fmt.Fprintf(w, `{"time":%q,"level":"INFO","msg":"call of the API","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","method":"GET","url":"https://ocr.captchaai.com/res.php?action=get&id=%d","status":200,"headers":{"content-type":"application/json; charset=utf-8","date":"Mon, 30 Nov 2026 10:00:00 GMT","server":"nginx","x-request-id":"8f14e45f-ceea-467f-9575-7f2d3f1d0b1a"},"body":%q,"took_ms":%d}`+"\n",
			start.Add(time.Duration(i)*time.Millisecond).Format("2006-01-02T15:04:05.000Z07:00"), i, body, 20+i%100)
		if err != nil {
			return err
		}
		written += n
	}
	return w.Flush()
}
