package golang

import (
	"go/ast"
	"go/format"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errkb/errkb/cmd/gen/internal/golang/golangtest"
	"github.com/errkb/errkb/cmd/gen/internal/model"
	"github.com/errkb/errkb/cmd/gen/internal/writing"
)

func serverFiles(t *testing.T, c *model.Catalog, o Options) map[string][]byte {
	t.Helper()
	var plans []*writing.Plan
	for _, api := range c.APIs {
		plans = append(plans, writing.New(api))
	}
	files, err := ServerFiles(c, plans, o)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestServerGolden(t *testing.T) {
	for name, o := range map[string]Options{
		"server":          {Spec: "errors.yaml"},
		"server-client":   {Spec: "errors.yaml", Client: "example.com/api"},
		"server-args":     {Spec: "errors.yaml"},
		"server-separate": {Spec: "errors.yaml", Client: "example.com/api", Separate: "example.com/api"},
	} {
		t.Run(name, func(t *testing.T) {
			c := golangtest.Full()
			switch name {
			case "server-separate":
				c = golangtest.Parts()["text"]
			case "server-args":
				c = golangtest.Args()
			}
			got := asText(serverFiles(t, c, o))
			dir := filepath.Join("testdata", name)
			if *update {
				write(t, dir, got)
			}
			if diff := cmp.Diff(read(t, dir), got); diff != "" {
				t.Errorf("files differ, rewrite with -update if that is meant (-want +got):\n%s", diff)
			}
		})
	}
}

func TestServerFormat(t *testing.T) {
	for name, c := range golangtest.Everything() {
		for path, source := range serverFiles(t, c, Options{Spec: "errors.yaml", Client: "example.com/api"}) {
			formatted, err := format.Source(source)
			if err != nil {
				t.Fatalf("%s: %s: %v", name, path, err)
			}
			if diff := cmp.Diff(string(formatted), string(source)); diff != "" {
				t.Errorf("%s: %s is not formatted (-want +got):\n%s", name, path, diff)
			}
			if !ast.IsGenerated(parse(t, path, source)) {
				t.Errorf("%s: %s is not marked as generated", name, path)
			}
		}
	}
}
