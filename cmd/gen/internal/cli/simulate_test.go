package cli_test

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The chart and the example of the docs are what the command makes of the shipped catalog.
func TestSimulateDocs(t *testing.T) {
	const docs = "../../../../docs/"
	out := filepath.Join(t.TempDir(), "backoff.svg")
	stdout, stderr, status := run("", "simulate", "--policy", "backoff", "--svg", out)
	if status != 0 {
		t.Fatalf("exit status %d: %s", status, stderr)
	}
	if page := file(t, docs+"simulate.md"); !strings.Contains(page, "```text\n"+stdout+"```") {
		t.Errorf("docs/simulate.md does not show\n%s", stdout)
	}
	mark := regexp.MustCompile(`<!-- .* -->`)
	if got, want := mark.ReplaceAllString(file(t, out), ""), mark.ReplaceAllString(file(t, docs+"backoff.svg"), ""); got != want {
		t.Error("docs/backoff.svg is not what gen simulate draws; make generate writes it")
	}
}

// A policy's name, a title and figures that nobody would choose neither break the chart nor
// the JSON.
func TestSimulateOdd(t *testing.T) {
	dir := t.TempDir()
	spec, chart := filepath.Join(dir, "errors.yaml"), filepath.Join(dir, "a.svg")
	if err := os.WriteFile(spec, []byte(`format: 1
categories:
  transient: {action: retry, who: client}
policies:
  "a<b>&\"--": {base: 1s, retries: unlimited}
apis:
  shop:
    reply:
      - json: {code: [/code]}
    codes:
      BUSY: {category: transient, retry: "a<b>&\"--", fix: Wait, message: Busy}
`), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, stderr, status := run("", "simulate", "--spec", spec, "--svg", chart, "-o", "json", "--programs", "20", "--rate", "2", "--capacity", "4", "--after", "20s")
	if status != 1 || !strings.Contains(stderr, "the server does not recover") {
		t.Errorf("exit status %d: %s", status, stderr)
	}
	var reports []struct {
		Policy string
		Runs   []struct {
			Requests  int64
			Recovered *int64 `json:"recovered_ms"`
			Load      []int64
		}
	}
	if err := json.Unmarshal([]byte(stdout), &reports); err != nil {
		t.Fatal(err)
	}
	if len(reports) != 1 || reports[0].Policy != `a<b>&"--` || len(reports[0].Runs) != 5 || reports[0].Runs[0].Recovered != nil || len(reports[0].Runs[0].Load) != 110 {
		t.Errorf("%+v", reports)
	}
	decoder := xml.NewDecoder(strings.NewReader(file(t, chart)))
	for {
		if _, err := decoder.Token(); err != nil {
			if err.Error() != "EOF" {
				t.Error(err)
			}
			break
		}
	}
}

// No figure of a flag makes a run that does not end.
func TestSimulateBounds(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--programs", "0"}, "0 programs"},
		{[]string{"--programs", "10000000", "--callers", "2"}, "10000000 callers in all"},
		{[]string{"--rate", "NaN"}, "a rate of NaN"},
		{[]string{"--capacity", "-1"}, "a capacity of -1"},
		{[]string{"--refusal", "2"}, "a refusal that is 2"},
		{[]string{"--outage", "-1s"}, "below zero"},
		{[]string{"--after", "25h"}, "more than 24h"},
		{[]string{"--retry-after", "0s"}, "--retry-after 0s"},
		{[]string{"--policy", "nap"}, `unknown policy "nap"; known: backoff`},
		{[]string{"--svg", "x.svg"}, "--svg draws one policy"},
		{[]string{"--policy", "backoff", "--svg", "testdata/"}, `--svg "testdata/" is a directory; name a file`},
		{[]string{"now"}, `unexpected argument "now"`},
	} {
		stdout, stderr, status := run("", append([]string{"simulate"}, test.args...)...)
		if status != 2 || stdout != "" || !strings.Contains(stderr, test.want) {
			t.Errorf("%v: exit status %d\nstdout: %s\nstderr: %s\nwant 2, nothing and %q", test.args, status, stdout, stderr, test.want)
		}
	}
}
