package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// source is what is imported as one spec.
type source struct {
	api    string
	module string
	files  []string
	codes  int      // how many it has at least
	wants  []string // lines that the spec has, without what is around
	inPart bool     // it is small, and runs without -full
}

const (
	libopenapi = "github.com/pb33f/libopenapi"
	ogen       = "github.com/ogen-go/ogen"
	aws        = "github.com/aws/aws-sdk-go"
)

var sources = []source{
	// Descriptions of APIs.
	{"asana", libopenapi, []string{"test_specs/asana.yaml"}, 0, []string{"createTask: {", "402:"}, true},
	{"telegram", ogen, []string{"_testdata/examples/telegram_bot_api.json"}, 0, []string{"- {at: /ok, equals: true} ", "- /error_code ", "- /description "}, false},
	{"tinkoff", ogen, []string{"_testdata/examples/tinkoff.json"}, 0, []string{"- /payload/code "}, false},
	{"openai", ogen, []string{"_testdata/examples/openai-2.3.0.openapi.yaml"}, 0, []string{"createChatCompletion: {"}, false},
	// Lists of vendors.
	{"kafka", "github.com/segmentio/kafka-go", []string{"error.go"}, 80, []string{"go: NotEnoughReplicas"}, true},
	{"s3", aws, []string{"models/apis/s3/2006-03-01/api-2.json"}, 5, []string{"- /Error/Code ", "NoSuchKey:"}, false},
	// Protocol buffers.
	{"etcd", "go.etcd.io/etcd/api/v3", []string{"etcdserverpb/rpc.proto", "mvccpb/kv.proto", "authpb/auth.proto"}, 16,
		[]string{"path: /v3/kv/range}", "UNAVAILABLE:", "- /code "}, true},
}

// TestImport puts each source through import, check, fmt, generate and diff, and builds the
// packages of all.
func TestImport(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "go.mod", "module example.com/corpus\n\ngo 1.26\n\nrequire github.com/errkb/errkb v0.0.0\n\nreplace github.com/errkb/errkb => "+root+"\n")
	for _, s := range sources {
		if !s.inPart && !*full {
			continue
		}
		t.Run(s.api, func(t *testing.T) { s.roundTrip(t, dir) })
	}
	if out, err := run(dir, "go", "build", "-mod=mod", "./..."); err != nil {
		t.Errorf("what is generated does not build: %v\n%.3000s", err, out)
	}
}

func (s source) roundTrip(t *testing.T, dir string) {
	spec := filepath.Join(t.TempDir(), s.api+".yaml")
	args := append([]string{"import", "--api", s.api, "--max-size", "64MiB"}, matching(t, s.module, s.files...)...)
	must(t, dir, gen, append(args, "--out", spec)...)
	content, err := os.ReadFile(spec)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range s.wants {
		if !strings.Contains(string(content), " "+want) {
			t.Errorf("%q is not in the spec", want)
		}
	}
	if got := strings.Count(must(t, dir, gen, "list", "--spec", spec, "--api", s.api), "\n"); got < s.codes {
		t.Errorf("it has %d entries, want at least %d codes", got, s.codes)
	}
	for line := range strings.Lines(must(t, dir, gen, "check", "--spec", spec)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, spec) && !strings.HasSuffix(line, "[todo]") {
			t.Errorf("check finds more than what is left to write: %s", line)
		}
	}
	must(t, dir, gen, "fmt", "--check", spec)
	generate := []string{"generate", "--spec", spec, "--go", ".", "--ts", "ts/" + s.api, "--py", "py/" + s.api, "--docs", "docs/" + s.api, "--allow-todo"}
	must(t, dir, gen, generate...)
	must(t, dir, gen, append(generate, "--check")...)
	must(t, dir, gen, "diff", spec, spec, "--fail-on", "patch")
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
