package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestReplayDocs runs the example of docs/replay.md.
func TestReplayDocs(t *testing.T) {
	page := file(t, filepath.Join("..", "..", "..", "..", "docs", "replay.md"))
	_, rest, _ := strings.Cut(page, "```json\n")
	input, rest, _ := strings.Cut(rest, "```\n")
	_, rest, _ = strings.Cut(rest, "$ go tool gen replay calls.jsonl\n")
	shown, _, _ := strings.Cut(rest, "```\n")
	t.Chdir(t.TempDir())
	writeFile(t, "calls.jsonl", input)
	if stdout, stderr, status := run("", "replay", "calls.jsonl"); stdout != shown || status != 0 {
		t.Errorf("exit status %d, docs/replay.md does not show what gen replay prints:\n%s%s", status, stdout, stderr)
	}
}

const (
	oneKnown   = `{"api":"captchaai","status":200,"body":"ERROR_ZERO_BALANCE"}` + "\n"
	oneUnknown = `{"api":"captchaai","status":200,"body":"ERROR_REGION_CLOSED"}` + "\n"
)

func TestReplayStatus(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "known.jsonl", strings.Repeat(oneKnown, 19))
	writeFile(t, "unknown.jsonl", oneUnknown)
	writeFile(t, "none.jsonl", `{"level":"info"}`+"\n")
	both := []string{"replay", "known.jsonl", "unknown.jsonl"}
	want(t, 0, "20 replies in 20 lines", "", both...)
	want(t, 0, "with an unknown code  1, 5.0%", "", append(both, "--max-unknown", "5%")...)
	want(t, 1, "20 replies in 20 lines", "5.0% of the replies have a code that the catalog does not list; at most 4.9% are allowed", append(both, "--max-unknown", "4.9%")...)
	want(t, 1, "", "at most 0% are allowed", append(both, "--max-unknown", "0")...)
	want(t, 1, "0 replies in 1 line", "there is no reply in it", "replay", "none.jsonl")
	want(t, 2, "", "missing file", "replay")
	want(t, 2, "", "not a share such as 5%", append(both, "--max-unknown", "101%")...)
	want(t, 2, "", `unknown format "xml"`, append(both, "--from", "xml")...)
	want(t, 2, "", `bad field ""`, append(both, "--field-status", `""`)...)
	want(t, 2, "", `unknown api "nope"`, append(both, "--api", "nope")...)
	want(t, 2, "", "read replies: open gone.jsonl", "replay", "gone.jsonl")
	want(t, 2, "", "standard input can't be both", "replay", "--spec", "-", "-")
}

// TestReplayJSON wants the members that are promised.
func TestReplayJSON(t *testing.T) {
	stdout, stderr, status := run(oneKnown+oneUnknown+"{", "replay", "-", "-o", "json")
	var got struct {
		Lines, Replies, Unread int
		ByEntry                []map[string]any `json:"by_entry"`
		Unknown                []map[string]any
		Wasted                 map[string]any
		Share                  *float64 `json:"share_unknown"`
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || status != 0 || stderr != "" {
		t.Fatalf("exit status %d, %v\n%s%s", status, err, stdout, stderr)
	}
	if got.Lines != 3 || got.Replies != 2 || got.Unread != 1 || got.Share == nil || *got.Share != 0.5 || len(got.ByEntry) != 2 || len(got.Unknown) != 1 {
		t.Errorf("got %+v", got)
	}
	for _, member := range []string{"api", "kind", "code", "count", "first", "last"} {
		if _, ok := got.ByEntry[0][member]; !ok {
			t.Errorf("by_entry lacks %s", member)
		}
	}
	for _, member := range []string{"api", "code", "count", "sample", "stub"} {
		if _, ok := got.Unknown[0][member]; !ok {
			t.Errorf("unknown lacks %s", member)
		}
	}
	for _, member := range []string{"retries_after_stop", "examples"} {
		if _, ok := got.Wasted[member]; !ok {
			t.Errorf("wasted lacks %s", member)
		}
	}
}

// TestReplayHostile has texts in every field that a terminal or a browser would obey.
func TestReplayHostile(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			text += `<script>alert(1)</script><img src=x onerror=alert(1)>"' --> {{.}}`
			body, _ := json.Marshal(map[string]any{"success": false, "code": text, "error": text})
			line, _ := json.Marshal(map[string]any{"status": 400, "api": "fastcaptcha", "method": "GET", "url": "https://" + text + "/" + text, "body": string(body), "time": text, "operation": text})
			bad := "{" + strings.ReplaceAll(text, "\n", " ")
			writeFile(t, "in.jsonl", string(line)+"\n"+string(line)+"\n"+bad+"\n")
			stdout, stderr, status := run("", "replay", "in.jsonl", "--html", "report.html")
			if raw := printedRaw(stdout+stderr, false); raw != "" || status != 0 {
				t.Errorf("exit status %d, %s\n%s", status, raw, stderr)
			}
			stdout, _, _ = run("", "replay", "in.jsonl", "-o", "json")
			if raw := printedRaw(stdout, false); raw != "" && !strings.Contains(raw, "characters") {
				t.Error(raw)
			}
			page := file(t, "report.html")
			for _, tag := range regexp.MustCompile(`<[a-z!/][^ >]*`).FindAllString(page, -1) {
				if name := strings.Trim(tag, "</"); name == "script" || name == "img" {
					t.Errorf("the page has %s", tag)
				}
			}
			if strings.Count(page, "<!--") != 1 {
				t.Error("the page has more comments than its mark")
			}
		})
	}
}

// TestReplayPage wants a page that loads nothing, says in words what its picture shows, and
// takes the place of no other file.
func TestReplayPage(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "in.jsonl", oneKnown+oneUnknown)
	want(t, 0, "", "gen: wrote 1 of 1 file\n", "replay", "in.jsonl", "--html", filepath.Join("out", "report.html"))
	page := file(t, filepath.Join("out", "report.html"))
	for _, part := range []string{"<!doctype html>\n<!-- Code generated by errkb from spec/errors.yaml; DO NOT EDIT. -->\n", `<html lang="en">`, `<svg`, `role="img"`,
		"known: 1, 50.0%; with an unknown code: 1, 50.0%</desc>", "ERROR_REGION_CLOSED", "TODO(author)"} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if found := regexp.MustCompile(`(?i)\b(src=|href|url\(|@import|https?:)`).FindAllString(page, -1); len(found) > 0 {
		t.Errorf("the page loads something: %q", found)
	}
	writeFile(t, "mine.html", "mine")
	want(t, 1, "", "is not a file of this generator", "replay", "in.jsonl", "--html", "mine.html")
	if file(t, "mine.html") != "mine" {
		t.Error("the page took the place of another file")
	}
}

// TestReplayFlags has a flag for each field that a log may have under another name.
func TestReplayFlags(t *testing.T) {
	const line = `{"rc":503,"q":{"who":"fastcaptcha"},"at":"2026-11-30T10:00:00Z"}` + "\n"
	stdout, _, status := run(line, "replay", "-", "--field-status", "code,rc", "--field-api", "/q/who", "--field-time", "at")
	if status != 0 || !strings.Contains(stdout, "fastcaptcha  status 503  2026-11-30T10:00:00Z\n") {
		t.Errorf("exit status %d\n%s", status, stdout)
	}
	help, _, _ := run("", "replay", "--help")
	flags := regexp.MustCompile(`--field-[a-z-]+`).FindAllString(help, -1)
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", "replay.md"))
	if err != nil || len(flags) != 10 {
		t.Fatal(err, flags)
	}
	for _, flag := range slices.Compact(flags) {
		if !strings.Contains(string(page), fmt.Sprintf("`%s`", flag)) {
			t.Errorf("docs/replay.md lacks %s", flag)
		}
	}
}
