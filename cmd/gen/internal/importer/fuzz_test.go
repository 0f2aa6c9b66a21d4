package importer

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errkb/errkb/cmd/gen/internal/check"
)

// FuzzImport imports anything as each kind: what comes of it is a spec without a problem, or
// a fault that names the file.
func FuzzImport(f *testing.F) {
	names, err := filepath.Glob(filepath.Join("testdata", "*", "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i := range readers {
			if string(readers[i].kind) == filepath.Base(filepath.Dir(name)) && !strings.HasSuffix(name, ".out") {
				f.Add(byte(i), content)
			}
		}
	}
	f.Fuzz(func(t *testing.T, kind byte, content []byte) {
		from := readers[int(kind)%len(readers)].kind
		result, err := Import([]File{{"a.x", content}}, Options{From: from})
		if err != nil {
			if !strings.HasPrefix(err.Error(), "a.x") {
				t.Errorf("%s: %v", from, err)
			}
			return
		}
		_, problems := check.Load("errors.yaml", result.Spec)
		for _, p := range problems {
			if p.Rule != check.RuleToDo {
				t.Fatalf("%s: %d:%d: %s [%s]\n%s", from, p.Line, p.Column, p.Message, p.Rule, result.Spec)
			}
		}
		if strings.ContainsFunc(string(result.Spec), func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == 0x202e }) {
			t.Errorf("%s: a character that is obeyed is in the spec:\n%q", from, result.Spec)
		}
	})
}
